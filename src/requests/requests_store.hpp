// SQL of the requests room; nobody else includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "requests/model.hpp"
#include "requests/requests.hpp"

namespace chatika::requests::store {

struct Boxes {
  std::string name;
  std::string contact;
  std::optional<std::string> phone;
  std::string description;
  std::string essence;
  std::optional<std::string> answer;
  std::optional<std::string> document;
};

// False when the reference is taken.
bool insert(db::Tx& tx, const Case& c, const Boxes& boxes);
std::optional<Case> find(db::Tx& tx, RequestId id);
std::optional<Boxes> boxes(db::Tx& tx, RequestId id);
// Everything of a case that changes, but boxes and subjects.
void save(db::Tx& tx, const Case& c);
void set_answer(db::Tx& tx, RequestId id, std::string_view answer_box);
void set_document(db::Tx& tx, RequestId id, std::string_view document_box);
std::vector<Case> list(db::Tx& tx, const Page& page, Time now);
std::vector<Case> of_subject(db::Tx& tx, SubjectId subject);

void add_subject(db::Tx& tx, RequestId id, SubjectId subject);
void drop_subject(db::Tx& tx, RequestId id, SubjectId subject);

void insert_link(db::Tx& tx, const crypto::Hash& token, RequestId id, Time now, Time expires);
std::optional<RequestId> case_of_link(db::Tx& tx, const crypto::Hash& token, Time now);

struct Code {
  std::int64_t number = 0;
  std::string index;
  SubjectId subject;
  std::optional<std::string> contact_index;  // keyed image of the address it was sent to: what it proves
  int attempts = 0;
  Time expires_at;
  std::optional<Time> used_at;
};
void insert_code(db::Tx& tx, RequestId id, const Code& code, Time now);
std::optional<Code> newest_code(db::Tx& tx, RequestId id);
void count_attempt(db::Tx& tx, RequestId id, std::int64_t number);
void use_code(db::Tx& tx, RequestId id, std::int64_t number, Time now);
std::int64_t codes_since(db::Tx& tx, SubjectId subject, Time since);

struct EventRow {
  Uuid id;
  EventKind kind = EventKind::filed;
  std::string actor;
  std::optional<std::string> note_box;
  Time at;
};
void insert_event(db::Tx& tx, RequestId id, const EventRow& row);
std::vector<EventRow> events(db::Tx& tx, RequestId id);

void insert_task(db::Tx& tx, RequestId id, const Task& task);
std::vector<Task> tasks(db::Tx& tx, RequestId id);
void finish_task(db::Tx& tx, RequestId id, TaskId task, std::string_view actor, Time now);

struct WithdrawalLink {
  SubjectId subject;
  std::optional<std::string> email_index;  // of the address it was sent to
};
void insert_withdrawal_link(db::Tx& tx, const crypto::Hash& token, const WithdrawalLink& link, Time now, Time expires);
std::optional<WithdrawalLink> withdrawal_link(db::Tx& tx, const crypto::Hash& token, Time now);
// To this address, of whichever person.
std::int64_t withdrawal_links_since(db::Tx& tx, std::string_view email_index, Time since);

struct WithdrawalAsk {
  std::string email_index;
  std::string language;
  std::string page;
};
void insert_withdrawal_ask(db::Tx& tx, const Uuid& id, const WithdrawalAsk& ask, Time now);
// Takes it away.
std::optional<WithdrawalAsk> take_withdrawal_ask(db::Tx& tx, const Uuid& id);

// Visitors who are not erased, newest first.
std::vector<SubjectId> visitors_by_email(db::Tx& tx, std::string_view index, std::size_t limit);
std::vector<SubjectId> visitors_by_phone(db::Tx& tx, std::string_view index, std::size_t limit);
struct Known {
  std::optional<std::string> email_index;
  bool phone = false;
};
struct VisitorBoxes {
  std::optional<std::string> name_box;
  std::optional<std::string> email_box;
};
std::optional<VisitorBoxes> visitor(db::Tx& tx, SubjectId id);
std::optional<Known> known_contact(db::Tx& tx, SubjectId visitor);

// Alarms that were mailed since then, to whomever.
std::int64_t alarms_since(db::Tx& tx, Time since);
// Whom clocks are told: the privacy officers, else the owners.
std::vector<SubjectId> officers(db::Tx& tx);
std::optional<std::string> employee_name_box(db::Tx& tx, EmployeeId id);

}  // namespace chatika::requests::store
