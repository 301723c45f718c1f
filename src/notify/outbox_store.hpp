// SQL of the notify room; nobody else includes it.
#pragma once

#include "notify/notify.hpp"

namespace chatika::notify::store {

struct NewRow {
  MailId id;
  std::optional<SubjectId> subject;
  std::optional<std::string> address_box;
  std::optional<std::string> address;
  Template what;
  std::string_view language;
  std::string params;
  std::optional<std::string> secrets_box;
  Time now;
};
void insert(db::Tx& tx, const NewRow& row);

struct Row {
  MailId id;
  std::optional<SubjectId> subject;
  std::optional<privacy::Sealed<privacy::Field::outbox_address>> address_box;
  std::optional<std::string> address;
  Template what;
  std::string language;
  std::string params;
  std::optional<privacy::Sealed<privacy::Field::outbox_secrets>> secrets_box;
  MailState state;
  int attempts;
  Time created_at;
};
std::optional<Row> row(db::Tx& tx, MailId id);

// The address of a person's own record. Absent: no such person, or no address is known.
std::optional<privacy::Sealed<privacy::Field::visitor_email>> visitor_email(db::Tx& tx, SubjectId subject);
std::optional<privacy::Sealed<privacy::Field::employee_email>> employee_email(db::Tx& tx, SubjectId subject);

struct Outcome {
  MailState state = MailState::waiting;
  std::string_view error;
  std::optional<int> code;
  std::optional<Time> next_at;  // exactly when it waits
};
// Keeps the outcome of one more attempt and logs it. What was sent or suppressed loses its parameters and
// secrets.
void settle(db::Tx& tx, MailId id, int attempt, const Outcome& outcome, Time now);
void revive(db::Tx& tx, MailId id, Time now);

std::vector<MailRecord> list(db::Tx& tx, const MailPage& page);
std::optional<MailRecord> find(db::Tx& tx, MailId id);
std::int64_t count(db::Tx& tx, MailState state);
std::vector<Attempt> attempts(db::Tx& tx, MailId id);

}  // namespace chatika::notify::store
