// The tamper-evident log of a tenant: who did what with whose data, which fields, for which purpose, on which
// basis, from where, when. Each row's hash covers the one before, so an edit, a deletion or a reordering
// breaks the chain at that row; a cut tail is found by the signed checkpoints (checkpoint.hpp).
//
// One chain a lane; a lane is a node's number, so that nodes which share a PostgreSQL do not wait for each
// other (docs/adr/0005-audit-lanes.md). Rows are only added. What a row says is ids and names, never personal
// data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "db/db.hpp"

namespace chatika::privacy {

struct AuditEntry {
  Time at;
  std::string actor;
  std::string operation;
  std::string detail;                 // JSON of ids and names of fields, purposes, bases; never personal data
  std::vector<SubjectId> subjects{};  // whose data; the detail need not repeat them
  std::string from{};                 // a truncated network, "cli" or "job"
};

// Appends to the lane of this node. Throws when the row cannot be written: then the operation must not
// commit.
void append_audit(db::Tx& tx, const AuditEntry& entry);

// As stored. `subjects` are the 16-byte ids, ascending, one after the other.
struct AuditRow {
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  std::int64_t format = 0;
  Time at;
  std::string actor;
  std::string operation;
  std::string detail;
  std::string from;
  std::string subjects;
  std::string hash;
};
std::vector<SubjectId> subjects_of(const AuditRow& row);

// Format 1 (rows from before lanes): SHA-256 of the previous hash (nothing for the first row), seq and at as
// big-endian 64 bits, then actor, operation and detail, each with its length before it as big-endian 64 bits.
// Format 2: SHA-256 of "chatika audit 2", the previous hash (genesis for the first row), seq, at, then actor,
// operation, detail, from and subjects in the same way.
std::string chain_hash(std::string_view previous, const AuditRow& row);
// What stands for the hash before the first row: SHA-256 of "chatika audit genesis", tenant, lane.
std::string genesis(TenantId tenant, std::int64_t lane);

// A place in the list, newest first.
struct AuditPlace {
  Time at;
  std::int64_t lane = 0;
  std::int64_t seq = 0;
};
struct AuditSearch {
  std::optional<SubjectId> subject{};  // whose data, or who acted
  std::string actor{};                 // "employee:<id>", "system", …; empty: anyone
  std::string operation{};             // empty: any
  std::optional<Time> from{};          // included
  std::optional<Time> to{};            // excluded
  std::optional<AuditPlace> before{};  // continues a list
  std::size_t limit = 50;
};
// Newest first.
std::vector<AuditRow> search_audit(db::Tx& tx, const AuditSearch& search);
// What others did with this person's data, newest first; `search.subject` and `search.actor` are not used.
std::vector<AuditRow> looked_at(db::Tx& tx, SubjectId subject, const AuditSearch& search);

}  // namespace chatika::privacy
