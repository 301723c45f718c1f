#include "privacy/register.hpp"

#include <algorithm>
#include <array>

namespace chatika::privacy {
namespace {

using enum Purpose;

constexpr std::uint8_t to(auto... recipients) {
  return static_cast<std::uint8_t>((0 | ... | static_cast<int>(recipients)));
}

// After the published policy: what is held, why, on which basis.
constexpr std::array<FieldRule, kFields> kRules{{
    {.field = Field::visitor_name,
     .table = "visitor",
     .column = "name_box",
     .category = Category::visitor,
     .consent = bits(addressing, lead),
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::visitor_phone,
     .table = "visitor",
     .column = "phone_box",
     .category = Category::visitor,
     .consent = bits(lead, callback),
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::visitor_email,
     .table = "visitor",
     .column = "email_box",
     .category = Category::visitor,
     .consent = bits(lead, notification),
     .contract = bits(visit),
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::visitor_ip,
     .table = "visitor",
     .column = "ip_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = bits(security, analytics),
     .retention = Retention::addresses,
     .recipients = to(Recipient::processor)},
    {.field = Field::message_body,
     .table = "message",
     .column = "body_box",
     .category = Category::visitor,
     .consent = bits(answering, lead),
     .contract = bits(visit),
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::conversations,
     .recipients = to(Recipient::processor)},
    {.field = Field::conversation_dialogue,
     .table = "conversation",
     .column = "dialogue_box",
     .category = Category::visitor,
     .consent = bits(answering),
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::conversations,
     .recipients = to(Recipient::processor)},
    {.field = Field::lead_note,
     .table = "lead",
     .column = "note_box",
     .category = Category::visitor,
     .consent = bits(lead, callback),
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::employee_name,
     .table = "employee",
     .column = "name_box",
     .category = Category::employee,
     .consent = 0,
     .contract = bits(authentication, notification, addressing),
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::employment,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::employee_email,
     .table = "employee",
     .column = "email_box",
     .category = Category::employee,
     .consent = 0,
     .contract = bits(authentication, notification),
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::employment,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::outbox_address,
     .table = "outbox",
     .column = "address_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = bits(notification),
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::outbox_secrets,
     .table = "outbox",
     .column = "secrets_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = bits(notification),
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::access_request_reason,
     .table = "access_request",
     .column = "reason_box",
     .category = Category::employee,
     .consent = 0,
     .contract = bits(authentication),
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::employment,
     .recipients = to(Recipient::processor)},
    // Sealed under a key of the breach's own: it may name several people.
    {.field = Field::breach_details,
     .table = "breach",
     .column = "details_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::restriction_reason,
     .table = "restriction",
     .column = "reason_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::correction_old,
     .table = "correction",
     .column = "old_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::correction_new,
     .table = "correction",
     .column = "new_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::correction_reason,
     .table = "correction",
     .column = "reason_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::hold_reason,
     .table = "legal_hold",
     .column = "reason_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::hold_release,
     .table = "legal_hold",
     .column = "release_box",
     .category = Category::visitor,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::contacts,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_name,
     .table = "request",
     .column = "name_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_contact,
     .table = "request",
     .column = "contact_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::request_phone,
     .table = "request",
     .column = "phone_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_description,
     .table = "request",
     .column = "description_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_essence,
     .table = "request",
     .column = "essence_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_answer,
     .table = "request",
     .column = "answer_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor, Recipient::mail)},
    {.field = Field::request_document,
     .table = "request",
     .column = "document_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
    {.field = Field::request_note,
     .table = "request_event",
     .column = "note_box",
     .category = Category::requester,
     .consent = 0,
     .contract = 0,
     .legal_duty = bits(subject_request),
     .legitimate_interest = 0,
     .retention = Retention::requests,
     .recipients = to(Recipient::processor)},
}};

constexpr int kYear = 365;
constexpr std::array<RetentionRule, kRetentions> kRetention{{
    {Retention::contacts, "contacts", kYear, 180, 30, 3 * kYear},            // after the last contact
    {Retention::conversations, "conversations", kYear, 180, 30, 3 * kYear},  // after its last message
    {Retention::addresses, "addresses", 30, 30, 1, 30},                      // then truncated
    {Retention::sessions, "sessions", 30, 30, 1, 30},
    {Retention::employment, "employment", 30, 30, 0, 90},  // after access has ended
    {Retention::requests, "requests", 3 * kYear, 3 * kYear, kYear, 3 * kYear},
    {Retention::evidence, "evidence", 3 * kYear, 3 * kYear, 3 * kYear, 3 * kYear},  // Order 179: three years
    {Retention::audit, "audit", 3 * kYear, 3 * kYear, 3 * kYear, 5 * kYear},
    {Retention::billing, "billing", 5 * kYear, 5 * kYear, 5 * kYear, 5 * kYear},  // Tax Code art. 23(1)(8)
}};

constexpr std::array<std::string_view, kPurposes> kPurposeNames{
    "addressing",     "lead",         "callback",        "answering", "security",
    "authentication", "notification", "subject_request", "analytics", "visit"};
constexpr std::array<std::string_view, kBases> kBasisNames{"consent", "contract", "legal_duty",
                                                           "legitimate_interest"};

}  // namespace

std::string_view name(Purpose purpose) {
  for (std::size_t i = 0; i < kPurposes; ++i)
    if (static_cast<unsigned>(purpose) == 1U << i) return kPurposeNames[i];
  return "unknown";
}

std::string names(Purposes purposes) {
  std::string out;
  for (std::size_t i = 0; i < kPurposes; ++i) {
    if ((purposes & 1U << i) == 0) continue;
    if (!out.empty()) out += ' ';
    out += kPurposeNames[i];
  }
  return out;
}

Purposes purposes_named(std::string_view names) {
  unsigned out = 0;
  while (!names.empty()) {
    const auto word = names.substr(0, names.find(' '));
    for (std::size_t i = 0; i < kPurposes; ++i)
      if (kPurposeNames[i] == word) out |= 1U << i;
    names.remove_prefix(std::min(word.size() + 1, names.size()));
  }
  return static_cast<Purposes>(out);
}

std::string_view name(Basis basis) {
  return kBasisNames[static_cast<std::size_t>(basis)];
}

const RetentionRule& rule(Retention retention) {
  return kRetention[static_cast<std::size_t>(retention)];
}

const FieldRule& rule(Field field) {
  return kRules[static_cast<std::size_t>(field)];
}

bool allows(Field field, Purpose purpose) {
  return (rule(field).purposes() & static_cast<Purposes>(purpose)) != 0;
}

}  // namespace chatika::privacy
