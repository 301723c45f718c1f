// The register of processing: the one place that says which column holds personal data, whose, for which
// purposes, on which legal basis, for how long and who receives it. Start-up refuses a schema that differs;
// every open() asks here; retention, erasure, the subject's access answer and the published documents are
// made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace chatika::privacy {

enum class Category { visitor, employee, requester };

enum class Purpose : std::uint16_t {
  addressing = 1 << 0,       // calling a person by name, telling leads apart
  lead = 1 << 1,             // leads and communication
  callback = 1 << 2,         // calling back, confirming a booking
  answering = 1 << 3,        // processing the message, making the answer
  security = 1 << 4,         // security, fraud prevention
  authentication = 1 << 5,   // sign-in and access control
  notification = 1 << 6,     // notifying by mail
  subject_request = 1 << 7,  // the operator's duties towards the person (152-FZ art. 14, 20, 21)
  analytics = 1 << 8,        // counting visits
  visit = 1 << 9,            // performing what was agreed: a confirmed booking
};
inline constexpr std::size_t kPurposes = 10;
using Purposes = std::uint16_t;  // bits of Purpose
constexpr Purposes bits(auto... purposes) {
  return static_cast<Purposes>((0 | ... | static_cast<int>(purposes)));
}
std::string_view name(Purpose purpose);
// "answering lead": as the ledger keeps a set of purposes. Unknown names are left out when read.
std::string names(Purposes purposes);
Purposes purposes_named(std::string_view names);

// What the consent of a visitor is asked for.
inline constexpr Purposes kConsentPurposes =
    bits(Purpose::addressing, Purpose::lead, Purpose::callback, Purpose::answering, Purpose::notification);
// What rests on legitimate interest and can be objected to (152-FZ art. 6(1)(7), GDPR art. 21).
inline constexpr Purposes kObjectable = bits(Purpose::analytics);

enum class Basis {
  consent,
  contract,
  legal_duty,
  legitimate_interest
};  // 152-FZ art. 6(1): (1), (5), (2), (7)
inline constexpr std::size_t kBases = 4;
std::string_view name(Basis basis);

// For how long: a class has one period, which a tenant may change within its limits (retention.hpp).
enum class Retention {
  contacts,
  conversations,
  addresses,
  sessions,
  employment,
  requests,
  evidence,
  audit,
  billing
};
struct RetentionRule {
  Retention retention;
  std::string_view name;
  int days;         // default
  int clinic_days;  // default of the stricter profile
  int least;
  int most;
};
inline constexpr std::size_t kRetentions = 9;
const RetentionRule& rule(Retention retention);

// Who receives a field besides the business itself.
enum class Recipient : std::uint8_t {
  processor = 1 << 0,  // who runs this installation
  mail = 1 << 1,       // the mail server in use
};
inline constexpr std::size_t kRecipients = 2;

// Every sealed column. The order is the order of the register's rows.
enum class Field {
  visitor_name,
  visitor_phone,
  visitor_email,
  visitor_ip,
  message_body,
  conversation_dialogue,
  lead_note,
  employee_name,
  employee_email,
  outbox_address,
  outbox_secrets,
  access_request_reason,
  breach_details,
  restriction_reason,
  correction_old,
  correction_new,
  correction_reason,
  hold_reason,
  hold_release,
  request_name,
  request_contact,
  request_phone,
  request_description,
  request_essence,
  request_answer,
  request_document,
  request_note,
};
inline constexpr std::size_t kFields = 27;

struct FieldRule {
  Field field;
  std::string_view table;
  std::string_view column;
  Category category;
  Purposes consent;              // purposes that rest on consent,
  Purposes contract;             // on a contract with the person,
  Purposes legal_duty;           // on the operator's duty by law,
  Purposes legitimate_interest;  // on legitimate interest
  Retention retention;
  std::uint8_t recipients;  // bits of Recipient

  [[nodiscard]] constexpr Purposes purposes() const {
    return static_cast<Purposes>(consent | contract | legal_duty | legitimate_interest);
  }
};

const FieldRule& rule(Field field);
bool allows(Field field, Purpose purpose);

// Personal columns that are not sealed: pseudonyms, keyed images, technical values that link to a person.
struct LinkedColumn {
  std::string_view table;
  std::string_view column;
  std::string_view what;
};
std::span<const LinkedColumn> linked_columns();

// Compares the tenant schema as the engine has it with the register: every column is sealed, linked or
// declared free of personal data; nothing declared is missing. Errc::internal naming the first difference.
using Schema = std::vector<std::pair<std::string, std::vector<std::string>>>;
Result<void> check_schema(const Schema& schema);

}  // namespace chatika::privacy
