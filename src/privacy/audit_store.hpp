// SQL of the audit; only this room's audit files include it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "privacy/audit.hpp"
#include "privacy/audit_verify.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::privacy::store {

struct AuditHead {
  std::int64_t seq = 0;
  std::string hash;
  bool operator==(const AuditHead&) const = default;
};
AuditHead audit_head(db::Tx& tx, std::int64_t lane);
// The last row that retention let go; 0 when none was.
AuditHead audit_floor(db::Tx& tx, std::int64_t lane);
// The lane's rows and checkpoints up to `seq`.
void delete_audit(db::Tx& tx, std::int64_t lane, std::int64_t seq);
void unindex_subject(db::Tx& tx, SubjectId subject, const AuditRow& row);
// False when the place is taken: another process of this node number was faster.
bool insert_audit(db::Tx& tx, const AuditRow& row);
// Into the index of persons: the row's subjects but `actor`.
void index_subjects(db::Tx& tx, std::int64_t lane, std::int64_t seq, const Uuid& actor);

std::vector<std::int64_t> audit_lanes(db::Tx& tx);
// The first row numbered `seq` or lower.
std::optional<std::int64_t> audit_up_to(db::Tx& tx, std::int64_t lane, std::int64_t seq);
// The lane's rows above `after`, in order, at most `limit`; `f` returns false to stop. Views live for the
// call.
void each_audit(db::Tx& tx, std::int64_t lane, std::int64_t after, std::int64_t limit,
                const std::function<bool(const AuditRow&)>& f);
// The index of persons from behind `after`, in its order.
void each_indexed(db::Tx& tx, const IndexEntry& after, std::int64_t limit, const std::function<void(const IndexEntry&)>& f);
bool is_indexed(db::Tx& tx, const IndexEntry& entry);
std::vector<AuditRow> audit_by_subject(db::Tx& tx, SubjectId subject, const AuditSearch& search);
std::vector<AuditRow> audit_by_actor(db::Tx& tx, std::string_view actor, const AuditSearch& search);
std::vector<AuditRow> audit_by_time(db::Tx& tx, const AuditSearch& search);
// Rows of others about this person.
std::vector<AuditRow> audit_about(db::Tx& tx, SubjectId subject, const AuditSearch& search);

std::optional<std::string> employee_name(db::Tx& tx, EmployeeId id);  // sealed

void insert_checkpoint(db::Tx& tx, const Checkpoint& checkpoint);
void delete_checkpoint(db::Tx& tx, const Checkpoint& checkpoint);
std::vector<Checkpoint> checkpoints(db::Tx& tx);  // by lane and seq
// Of the lane's first row above `seq`.
std::optional<Time> audit_time_after(db::Tx& tx, std::int64_t lane, std::int64_t seq);
// Newest first.
std::vector<Checkpoint> last_checkpoints(db::Tx& tx, std::int64_t lane, std::int64_t limit);

}  // namespace chatika::privacy::store
