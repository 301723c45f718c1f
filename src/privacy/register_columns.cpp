// The register's columns that are not sealed, and the check of the whole schema against it.
#include <algorithm>
#include <array>
#include <set>

#include "privacy/register.hpp"

namespace chatika::privacy {
namespace {

constexpr std::array kLinked{
    LinkedColumn{"subject", "id", "pseudonym"},
    LinkedColumn{"subject", "kind", "visitor, employee or requester"},
    LinkedColumn{"subject", "capacity", "processor or controller"},
    LinkedColumn{"subject", "key_box", "wrapped key"},
    LinkedColumn{"subject", "granted", "standing: purposes consented"},
    LinkedColumn{"subject", "health", "standing: health consent"},
    LinkedColumn{"subject", "objected", "standing: purposes objected to"},
    LinkedColumn{"subject", "blocked_at", "standing: time of blocking"},
    LinkedColumn{"subject", "erased_at", "time of erasure"},
    LinkedColumn{"subject", "closed", "standing"},
    LinkedColumn{"subject", "created_at", "time"},
    LinkedColumn{"employee", "id", "pseudonym"},
    LinkedColumn{"employee", "role", "role and permissions"},
    LinkedColumn{"employee", "officer", "appointed privacy officer"},
    LinkedColumn{"employee", "password_hash", "password hash; read by sign-in only"},
    LinkedColumn{"employee", "created_at", "time"},
    LinkedColumn{"session", "token_hash", "hash of a secret"},
    LinkedColumn{"session", "employee", "pseudonym"},
    LinkedColumn{"session", "created_at", "time"},
    LinkedColumn{"session", "seen_at", "time"},
    LinkedColumn{"session", "expires_at", "time"},
    LinkedColumn{"visitor", "id", "pseudonym"},
    LinkedColumn{"visitor", "phone_index", "keyed image"},
    LinkedColumn{"visitor", "email_index", "keyed image"},
    LinkedColumn{"visitor", "created_at", "time"},
    LinkedColumn{"consent", "subject", "pseudonym"},
    LinkedColumn{"consent", "seq", "number"},
    LinkedColumn{"consent", "act", "consent ledger"},
    LinkedColumn{"consent", "text_hash", "consent ledger"},
    LinkedColumn{"consent", "purposes", "consent ledger"},
    LinkedColumn{"consent", "health", "consent ledger"},
    LinkedColumn{"consent", "channel", "consent ledger"},
    LinkedColumn{"consent", "actor", "pseudonym"},
    LinkedColumn{"consent", "widget_version", "consent ledger"},
    LinkedColumn{"consent", "at", "time"},
    LinkedColumn{"conversation", "id", "pseudonym"},
    LinkedColumn{"conversation", "visitor", "pseudonym"},
    LinkedColumn{"conversation", "client_id", "pseudonym"},
    LinkedColumn{"conversation", "token_hash", "hash of a secret"},
    LinkedColumn{"conversation", "status", "state"},
    LinkedColumn{"conversation", "language", "language of the conversation"},
    LinkedColumn{"conversation", "operator", "pseudonym"},
    LinkedColumn{"conversation", "last_seq", "number"},
    LinkedColumn{"conversation", "visitor_read_seq", "number"},
    LinkedColumn{"conversation", "staff_read_seq", "number"},
    LinkedColumn{"conversation", "started_at", "time"},
    LinkedColumn{"conversation", "last_at", "time"},
    LinkedColumn{"message", "conversation", "pseudonym"},
    LinkedColumn{"message", "seq", "number"},
    LinkedColumn{"message", "id", "pseudonym"},
    LinkedColumn{"message", "sender", "kind of sender"},
    LinkedColumn{"message", "author", "pseudonym"},
    LinkedColumn{"message", "client_id", "pseudonym"},
    LinkedColumn{"message", "at", "time"},
    LinkedColumn{"lead", "id", "pseudonym"},
    LinkedColumn{"lead", "visitor", "pseudonym"},
    LinkedColumn{"lead", "conversation", "pseudonym"},
    LinkedColumn{"lead", "kind", "state"},
    LinkedColumn{"lead", "status", "state"},
    LinkedColumn{"lead", "created_at", "time"},
    LinkedColumn{"booking", "id", "pseudonym"},
    LinkedColumn{"booking", "reference", "number of the booking"},
    LinkedColumn{"booking", "service", "what was booked"},
    LinkedColumn{"booking", "specialist", "with whom"},
    LinkedColumn{"booking", "visitor", "pseudonym"},
    LinkedColumn{"booking", "conversation", "pseudonym"},
    LinkedColumn{"booking", "starts_at", "time"},
    LinkedColumn{"booking", "ends_at", "time"},
    LinkedColumn{"booking", "status", "state"},
    LinkedColumn{"booking", "hold_until", "time"},
    LinkedColumn{"booking", "created_at", "time"},
    LinkedColumn{"feed", "seq", "number"},
    LinkedColumn{"feed", "kind", "kind of change"},
    LinkedColumn{"feed", "ref", "pseudonym"},
    LinkedColumn{"feed", "from_seq", "number"},
    LinkedColumn{"feed", "at", "time"},
    LinkedColumn{"job", "id", "pseudonym"},
    LinkedColumn{"job", "kind", "kind of work"},
    LinkedColumn{"job", "key", "pseudonym"},
    LinkedColumn{"job", "payload", "pseudonyms"},
    LinkedColumn{"job", "state", "state"},
    LinkedColumn{"job", "run_at", "time"},
    LinkedColumn{"job", "set_at", "time"},
    LinkedColumn{"job", "attempts", "number"},
    LinkedColumn{"job", "leases", "number"},
    LinkedColumn{"job", "max_attempts", "number"},
    LinkedColumn{"job", "lease_until", "time"},
    LinkedColumn{"job", "rerun_at", "time"},
    LinkedColumn{"job", "error", "code of an error"},
    LinkedColumn{"job", "created_at", "time"},
    LinkedColumn{"job", "finished_at", "time"},
    LinkedColumn{"employee", "access_until", "time"},
    LinkedColumn{"employee", "disabled_at", "time"},
    LinkedColumn{"appointment", "id", "pseudonym"},
    LinkedColumn{"appointment", "employee", "pseudonym"},
    LinkedColumn{"appointment", "actor", "pseudonym"},
    LinkedColumn{"appointment", "order_number", "number of an order"},
    LinkedColumn{"appointment", "order_date", "date of an order"},
    LinkedColumn{"appointment", "text_hash", "hash of a text"},
    LinkedColumn{"appointment", "at", "time"},
    LinkedColumn{"appointment", "ended_at", "time"},
    LinkedColumn{"appointment", "live", "state"},
    LinkedColumn{"internal_document", "id", "pseudonym"},
    LinkedColumn{"internal_document", "kind", "kind of document"},
    LinkedColumn{"internal_document", "version", "number"},
    LinkedColumn{"internal_document", "title", "title of a document"},
    LinkedColumn{"internal_document", "language", "language of the text"},
    LinkedColumn{"internal_document", "text_hash", "hash of a text"},
    LinkedColumn{"internal_document", "approver", "pseudonym"},
    LinkedColumn{"internal_document", "approved_at", "time"},
    LinkedColumn{"internal_document", "in_force_from", "time"},
    LinkedColumn{"internal_document", "superseded_at", "time"},
    LinkedColumn{"familiarisation", "employee", "pseudonym"},
    LinkedColumn{"familiarisation", "document", "pseudonym"},
    LinkedColumn{"familiarisation", "text_hash", "hash of a text"},
    LinkedColumn{"familiarisation", "at", "time"},
    LinkedColumn{"familiarisation", "network", "truncated network address"},
    LinkedColumn{"acceptance", "id", "pseudonym"},
    LinkedColumn{"acceptance", "kind", "kind of agreement"},
    LinkedColumn{"acceptance", "employee", "pseudonym"},
    LinkedColumn{"acceptance", "version", "version of the text"},
    LinkedColumn{"acceptance", "language", "language of the text"},
    LinkedColumn{"acceptance", "text_hash", "hash of a text"},
    LinkedColumn{"acceptance", "at", "time"},
    LinkedColumn{"acceptance", "network", "truncated network address"},
    LinkedColumn{"access_request", "id", "pseudonym"},
    LinkedColumn{"access_request", "employee", "pseudonym"},
    LinkedColumn{"access_request", "role", "role and permissions"},
    LinkedColumn{"access_request", "wanted_until", "time"},
    LinkedColumn{"access_request", "asked_at", "time"},
    LinkedColumn{"access_request", "state", "state"},
    LinkedColumn{"access_request", "decided_by", "pseudonym"},
    LinkedColumn{"access_request", "decided_at", "time"},
    LinkedColumn{"access_request", "until", "time"},
    LinkedColumn{"review", "id", "pseudonym"},
    LinkedColumn{"review", "kind", "kind of review"},
    LinkedColumn{"review", "due_at", "time"},
    LinkedColumn{"review", "done_at", "time"},
    LinkedColumn{"review", "done_by", "pseudonym"},
    LinkedColumn{"review", "outcome", "outcome, of the organisation"},
    LinkedColumn{"breach", "id", "pseudonym"},
    LinkedColumn{"breach", "serial", "number"},
    LinkedColumn{"breach", "number", "number of the breach"},
    LinkedColumn{"breach", "subject", "pseudonym"},
    LinkedColumn{"breach", "found_at", "time"},
    LinkedColumn{"breach", "people", "how many people"},
    LinkedColumn{"breach", "categories", "kinds of data"},
    LinkedColumn{"breach", "state", "state"},
    LinkedColumn{"breach", "notice_due", "time"},
    LinkedColumn{"breach", "notice_at", "time"},
    LinkedColumn{"breach", "notice_reference", "number of a letter"},
    LinkedColumn{"breach", "report_due", "time"},
    LinkedColumn{"breach", "report_at", "time"},
    LinkedColumn{"breach", "report_reference", "number of a letter"},
    LinkedColumn{"breach", "closed_at", "time"},
    LinkedColumn{"breach_event", "breach", "pseudonym"},
    LinkedColumn{"breach_event", "seq", "number"},
    LinkedColumn{"breach_event", "at", "time"},
    LinkedColumn{"breach_event", "kind", "what was done"},
    LinkedColumn{"breach_event", "actor", "pseudonym"},
    LinkedColumn{"task", "id", "pseudonym"},
    LinkedColumn{"task", "kind", "kind of task"},
    LinkedColumn{"task", "ref", "pseudonym"},
    LinkedColumn{"task", "title", "what is to be done"},
    LinkedColumn{"task", "due_at", "time"},
    LinkedColumn{"task", "created_at", "time"},
    LinkedColumn{"task", "done_at", "time"},
    LinkedColumn{"task", "done_by", "pseudonym"},
    LinkedColumn{"task", "live", "state"},
    LinkedColumn{"outbox", "id", "pseudonym"},
    LinkedColumn{"outbox", "subject", "pseudonym"},
    LinkedColumn{"outbox", "address", "address of a business, not of a person"},
    LinkedColumn{"outbox", "template", "kind of mail"},
    LinkedColumn{"outbox", "language", "language of the mail"},
    LinkedColumn{"outbox", "params", "numbers and dates of a case"},
    LinkedColumn{"outbox", "state", "state"},
    LinkedColumn{"outbox", "attempts", "number"},
    LinkedColumn{"outbox", "next_at", "time"},
    LinkedColumn{"outbox", "error", "code of an error"},
    LinkedColumn{"outbox", "code", "reply of the mail server"},
    LinkedColumn{"outbox", "created_at", "time"},
    LinkedColumn{"outbox", "finished_at", "time"},
    LinkedColumn{"delivery", "mail", "pseudonym"},
    LinkedColumn{"delivery", "number", "number"},
    LinkedColumn{"delivery", "at", "time"},
    LinkedColumn{"delivery", "result", "result of an attempt"},
    LinkedColumn{"delivery", "code", "reply of the mail server"},
    LinkedColumn{"audit", "seq", "number"},
    LinkedColumn{"audit", "at", "time"},
    LinkedColumn{"audit", "actor", "pseudonym"},
    LinkedColumn{"audit", "operation", "what was done"},
    LinkedColumn{"audit", "detail", "pseudonyms, fields, purposes"},
    LinkedColumn{"audit", "hash", "hash chain"},
    LinkedColumn{"audit", "lane", "number"},
    LinkedColumn{"audit", "format", "number"},
    LinkedColumn{"audit", "subjects", "pseudonyms"},
    LinkedColumn{"audit", "origin", "truncated network address"},
    LinkedColumn{"audit_subject", "subject", "pseudonym"},
    LinkedColumn{"audit_subject", "at", "time"},
    LinkedColumn{"audit_subject", "lane", "number"},
    LinkedColumn{"audit_subject", "seq", "number"},
};

// Tables about the business, not about visitors or accounts. A specialist's name and title are what the
// business itself publishes about its staff.
struct PlainTable {
  std::string_view table;
  std::string_view columns;  // space separated
};
constexpr std::array kPlain{
    PlainTable{"document_version", "kind language version hash body at notify_by filed_at"},
    PlainTable{"paper_text", "hash body created_at"},
    PlainTable{"consent_text", "hash version language body created_at"},
    PlainTable{"article", "id language title text version deleted updated_at"},
    PlainTable{"service", "id name_ru name_en aliases_ru aliases_en duration_min price place"},
    PlainTable{"specialist", "id name_ru name_en title_ru title_en place"},
    PlainTable{"specialist_service", "specialist service"},
    PlainTable{"working_window", "specialist weekday start_min end_min"},
    PlainTable{"counter", "name value"},
    PlainTable{"audit_checkpoint", "lane seq kind hash at signature"},
};

using Column = std::pair<std::string, std::string>;

std::set<Column> declared_columns() {
  std::set<Column> out;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    out.emplace(r.table, r.column);
  }
  for (const auto& l : kLinked) out.emplace(l.table, l.column);
  for (const auto& p : kPlain) {
    std::string_view rest = p.columns;
    while (!rest.empty()) {
      const auto space = std::min(rest.find(' '), rest.size());
      out.emplace(p.table, rest.substr(0, space));
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
  return out;
}

}  // namespace

std::span<const LinkedColumn> linked_columns() {
  return kLinked;
}

Result<void> check_schema(const Schema& schema) {
  auto declared = declared_columns();
  for (const auto& [table, columns] : schema)
    for (const auto& column : columns)
      if (declared.erase({table, column}) == 0)
        return fail(Errc::internal,
                    "column " + table + "." + column + " is not in the register of personal data");
  if (!declared.empty())
    return fail(Errc::internal, "the register names " + declared.begin()->first + "." +
                                    declared.begin()->second + ", which the schema does not have");
  return {};
}

}  // namespace chatika::privacy
