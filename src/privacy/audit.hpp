// The tamper-evident log: each row's hash covers the one before, so an edit, a deletion or a reordering
// breaks the chain at that row. (A cut tail needs an outside anchor: signed checkpoints are not built yet.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

void append_audit(db::Tx& tx, const AuditEntry& entry);

struct AuditVerdict {
  std::int64_t rows = 0;
  std::optional<std::int64_t> first_bad;  // seq of the first row that does not fit
};
// Walks the whole chain from its first row.
AuditVerdict verify_audit(db::Tx& tx);

}  // namespace chatika::privacy
