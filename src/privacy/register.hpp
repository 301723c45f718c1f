// The register of processing: the one place that says which column holds personal data, whose, for which
// purposes, on which legal basis and for how long. Start-up refuses a schema that differs; every open() asks
// here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace chatika::privacy {

enum class Category { visitor, employee };

enum class Purpose : std::uint16_t {
  addressing = 1 << 0,       // calling a person by name, telling leads apart
  lead = 1 << 1,             // leads and communication
  callback = 1 << 2,         // calling back, confirming a booking
  answering = 1 << 3,        // processing the message, making the answer
  security = 1 << 4,         // security, fraud prevention
  authentication = 1 << 5,   // sign-in and access control
  notification = 1 << 6,     // notifying by mail
  subject_request = 1 << 7,  // answering the person's own request (152-FZ art. 14)
};
std::string_view name(Purpose purpose);

enum class Basis { consent, contract, legitimate_interest };  // 152-FZ art. 6(1): (1), (5), (7)

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
};
inline constexpr std::size_t kFields = 11;

struct FieldRule {
  Field field;
  std::string_view table;
  std::string_view column;
  Category category;
  std::uint16_t purposes;  // bits of Purpose
  Basis basis;
  int retention_days;  // after the last contact (visitors) or the end of employment
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
