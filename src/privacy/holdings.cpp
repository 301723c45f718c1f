#include "privacy/holdings.hpp"

#include <array>

namespace chatika::privacy {
namespace {

using enum Erasing;
using enum TableRule::Whose;

constexpr std::array kRules{
    TableRule{"delivery", "mail", "outbox", drop, "", ""},
    TableRule{"outbox", "subject", "", drop, "", "id"},
    TableRule{"lead", "visitor", "", drop, "", "id", visitor},
    TableRule{"message", "conversation", "conversation", drop, "", "id", visitor},
    TableRule{"message", "author", "", detach, "author", "", employee},
    TableRule{"booking", "visitor", "", detach, "visitor conversation reference", "", visitor},
    TableRule{"conversation", "visitor", "", drop, "", "id", visitor},
    TableRule{"conversation", "operator", "", detach, "operator", "", employee},
    TableRule{"visitor", "id", "", drop, "", "id", visitor},
    // Of who filed it: the case outlives the data it is about, sealed under the requester's own key.
    TableRule{"request_event", "request", "request", drop, "", "id"},
    TableRule{"request_task", "request", "request", drop, "", ""},
    TableRule{"request_code", "request", "request", drop, "", ""},
    TableRule{"request_link", "request", "request", drop, "", ""},
    TableRule{"request_subject", "request", "request", drop, "", ""},
    TableRule{"request", "requester", "", drop, "", "id"},
    TableRule{"request_subject", "subject", "", keep, "which request was about the person (152-FZ art. 20, 21); a pseudonym", ""},
    TableRule{"withdrawal_link", "subject", "", drop, "", ""},
    TableRule{"correction", "subject", "", drop, "", "id"},
    TableRule{"restriction", "subject", "", drop, "", "id"},
    TableRule{"legal_hold", "subject", "", drop, "", "id"},
    TableRule{"access_request", "employee", "", keep, "who was given access and why (152-FZ art. 22.1)", "id", employee},
    TableRule{"familiarisation", "employee", "", keep, "who has read the rules before access (art. 18.1(1)(6))", "", employee},
    TableRule{"acceptance", "employee", "", keep, "the agreement that was accepted", "", employee},
    TableRule{"appointment", "employee", "", keep, "who was responsible, and when (art. 22.1)", "", employee},
    TableRule{"internal_document", "approver", "", keep, "who approved the document", "", employee},
    TableRule{"breach", "subject", "", keep, "under a key of the breach's own; names several people", "id", employee},
    TableRule{"session", "employee", "", drop, "", "", employee},
    TableRule{"employee", "id", "", drop, "", "id", employee},
    TableRule{"consent", "subject", "", keep,
              "the operator must be able to prove the consent (152-FZ art. 9(3)); a pseudonym, no datum", ""},
    TableRule{"erasure", "subject", "", keep, "what was erased, when and why; a pseudonym", ""},
    TableRule{"destruction", "subject", "", keep,
              "evidence of destruction, sealed under its own key, three years (Order 179)", ""},
    TableRule{"recipient_notice", "subject", "", keep, "until the recipient has acknowledged; a pseudonym", ""},
    TableRule{"audit_subject", "subject", "", keep, "who has looked at the data: provable for three years; pseudonyms", ""},
    TableRule{"subject", "id", "", keep, "a tombstone without a key: the person never comes back", ""},
};

constexpr std::array kFree{
    FreeTable{"withdrawal_ask", "a keyed image for the moment until a job has looked at it"},
    FreeTable{"feed", "numbers of changes, swept after its period"},
    FreeTable{"job", "ids of work; done work is dropped after a week"},
    FreeTable{"audit", "proof of every operation, three years; pseudonyms only"},
    FreeTable{"review", "who reviewed the organisation's measures, and when"},
    FreeTable{"breach_event", "what was done about a breach, and by whom"},
    FreeTable{"task", "what is left to be done"},
    FreeTable{"erasure_head", "a number"},
    FreeTable{"sweep", "counts of a sweep"},
    FreeTable{"retention_setting", "periods the business set"},
    FreeTable{"recipient", "businesses that are given data"},
};

}  // namespace

std::span<const TableRule> table_rules() {
  return kRules;
}
std::span<const FreeTable> free_tables() {
  return kFree;
}

std::string field_key(Field field) {
  const auto& r = rule(field);
  auto column = r.column;
  if (column.ends_with("_box")) column.remove_suffix(4);
  return std::string(r.table) + "." + std::string(column);
}

std::optional<Field> field_of(std::string_view key) {
  for (std::size_t i = 0; i < kFields; ++i)
    if (field_key(static_cast<Field>(i)) == key) return static_cast<Field>(i);
  return std::nullopt;
}

bool correctable(Field field) {
  return field == Field::visitor_name || field == Field::visitor_phone || field == Field::visitor_email ||
         field == Field::lead_note;
}

std::string_view blind_index(Field field) {
  if (field == Field::visitor_phone) return "visitor.phone";
  if (field == Field::visitor_email) return "visitor.email";
  return "";
}

}  // namespace chatika::privacy
