// What `prove` counts in a tenant's tables. Counts and names of algorithms only: nothing of a person leaves.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
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
std::int64_t addresses_older_than(db::Tx& tx, Time limit);
std::int64_t sessions_older_than(db::Tx& tx, Time limit);
std::int64_t conversations_older_than(db::Tx& tx, Time limit);

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

// A scratch installation's only: keeps the box in a column of bytes.
void keep_scratch_box(db::Tx& tx, SubjectId subject, std::string_view box, Time now);

}  // namespace chatika::privacy::prove_store
