// What `prove` counts in a tenant's tables. Counts and names of algorithms only: nothing of a person leaves.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "privacy/principal.hpp"
#include "privacy/register.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy::prove_store {

struct BoxCount {
  std::int64_t boxes = 0;
  std::int64_t malformed = 0;  // too short for a box, or not of the format
};
// nullopt: this check does not know the field, which is a finding.
std::optional<BoxCount> boxes(db::Tx& tx, Field field);

struct PasswordGroup {
  std::string head;  // "$2b$12$": algorithm and cost
  std::int64_t hashes = 0;
};
std::vector<PasswordGroup> passwords(db::Tx& tx);
std::int64_t repeated_salts(db::Tx& tx);

std::int64_t subjects(db::Tx& tx);
std::int64_t visitors_without_consent_act(db::Tx& tx);
void each_consent_text(db::Tx& tx,
                       const std::function<void(std::string_view hash, std::string_view body)>& f);
struct SubjectRow {
  SubjectId id;
  Standing standing;
};
std::vector<SubjectRow> standings(db::Tx& tx);
// Subjects whose capacity is not the one of their kind.
std::int64_t wrong_capacities(db::Tx& tx);
std::int64_t sessions_older_than(db::Tx& tx, Time limit);
// Who works here, without a name: at most `limit` employees.
struct Worker {
  EmployeeId id;
  Role role = Role::receptionist;
  bool officer = false;
};
std::vector<Worker> workers(db::Tx& tx, std::int64_t limit);

struct OrganisationCounts {
  std::int64_t employees = 0;  // whose access is not taken away
  std::int64_t not_accepted = 0;
  std::int64_t processing_agreements = 0;
  std::int64_t responsible = 0;
  std::int64_t document_kinds = 0;  // in force
  std::int64_t unsigned_documents = 0;
  std::int64_t access_outlived = 0;
  std::int64_t reviews = 0;
  std::int64_t reviews_overdue = 0;
  std::int64_t breaches = 0;
  std::int64_t breaches_late = 0;
};
OrganisationCounts organisation(db::Tx& tx, Time now);

struct RightsCounts {
  std::int64_t corrections = 0;
  std::int64_t corrections_of_nobody = 0;  // without who made them
  std::int64_t holds = 0;                  // alive
  std::int64_t holds_without_article = 0;
  std::int64_t erasures_overdue = 0;  // planned, past their last day
  std::int64_t erasures_late = 0;     // done after it
  std::int64_t erased_with_key = 0;
  std::int64_t notices = 0;
  std::int64_t notices_open = 0;  // recipients that have not acknowledged
  std::int64_t notices_not_told = 0;
  std::int64_t evidence_too_old = 0;
};
RightsCounts rights(db::Tx& tx, Time now);
std::int64_t whole_addresses_older_than(db::Tx& tx, Time limit);
// Without those of people some of whose data a legal hold keeps.
std::int64_t unheld_conversations_older_than(db::Tx& tx, Time limit);
std::optional<Time> last_good_sweep(db::Tx& tx);
std::optional<Time> first_subject_at(db::Tx& tx);
struct RequestCounts {
  std::int64_t all = 0;
  std::int64_t refused = 0;
  std::int64_t overdue = 0;
  std::int64_t refused_without_article = 0;
  std::int64_t without_field = 0;  // one of the four required ones is empty
  std::int64_t done_unverified = 0;
};
RequestCounts requests(db::Tx& tx, Time now);
// What those were told whose requests were refused; a refusal without a text has an empty box.
struct RefusalBox {
  SubjectId requester;
  Uuid request;
  std::string box;
};
std::vector<RefusalBox> refusals(db::Tx& tx);

// A scratch installation's only: keeps the box in a column of bytes.
void keep_scratch_box(db::Tx& tx, SubjectId subject, std::string_view box, Time now);

}  // namespace chatika::privacy::prove_store
