#include "privacy/audit_export.hpp"

#include "json/write.hpp"
#include "privacy/audit.hpp"
#include "privacy/audit_store.hpp"

namespace chatika::privacy {

struct ExportHead {
  std::int64_t audit_export = 1;
  TenantId tenant;
  Time at;
  std::string public_key;
};
CHATIKA_JSON(ExportHead, audit_export, tenant, at, public_key)

struct ExportRow {
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  std::int64_t format = 0;
  Time at;
  std::string actor;
  std::string operation;
  std::string detail;
  std::string from;
  std::vector<SubjectId> subjects;
  std::string hash;
};
CHATIKA_JSON(ExportRow, lane, seq, format, at, actor, operation, detail, from, subjects, hash)

namespace {

constexpr std::int64_t kSlice = 2000;

}  // namespace

bool AuditExport::step(Access& access, const std::function<void(std::string_view)>& line) {
  auto& tx = access.tx();
  if (!started_) {
    started_ = true;
    lanes_ = store::audit_lanes(tx);
    line(json::write(ExportHead{1, tenant_, access.now(),
                                crypto::hex({reinterpret_cast<const char*>(key_.data()), key_.size()})}));
    // Before the rows: a checkpoint made meanwhile would vouch for rows that are not in here.
    for (const auto& c : store::checkpoints(tx)) line(write_line(tenant_, c));
    access.audit();
    return true;
  }
  std::int64_t seen = 0;
  store::each_audit(tx, lanes_[at_], seq_, kSlice, [&](const AuditRow& row) {
    line(json::write(ExportRow{row.lane, row.seq, row.format, row.at, row.actor, row.operation, row.detail,
                               row.from, subjects_of(row), crypto::hex(row.hash)}));
    seq_ = row.seq;
    return ++seen > 0;
  });
  if (seen < kSlice) ++at_, seq_ = kBeforeAll;
  return at_ < lanes_.size();
}

}  // namespace chatika::privacy
