#include "privacy/audit_verify.hpp"

#include <algorithm>
#include <tuple>

#include "privacy/audit_store.hpp"

namespace chatika::privacy {

std::string_view name(AuditFault::Kind kind) {
  switch (kind) {
    case AuditFault::Kind::row:
      return "row";
    case AuditFault::Kind::tail:
      return "tail";
    case AuditFault::Kind::checkpoint:
      return "checkpoint";
    case AuditFault::Kind::signature:
      return "signature";
    case AuditFault::Kind::index:
      return "index";
  }
  return "row";
}

AuditWalk::AuditWalk(TenantId tenant, const crypto::PublicKey& key, std::vector<Checkpoint> anchored)
    : tenant_(tenant), key_(key), promises_(std::move(anchored)) {
  std::array<std::uint8_t, 16> bytes{};
  crypto::random_bytes(bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) sum_key_[i / 8] = sum_key_[i / 8] << 8U | bytes[i];
}

bool AuditWalk::fault(std::int64_t seq, AuditFault::Kind kind) {
  verdict_.fault = AuditFault{lanes_.at(at_), seq, kind};
  return false;
}

void AuditWalk::start(db::Tx& tx) {
  started_ = true;
  for (auto& c : store::checkpoints(tx)) promises_.push_back(std::move(c));
  const auto place = [](const Checkpoint& c) {
    return std::tie(c.lane, c.seq, c.kind, c.at, c.hash, c.signature);
  };
  std::ranges::sort(promises_, [&](const auto& a, const auto& b) { return place(a) < place(b); });
  const auto repeated = std::ranges::unique(promises_);
  promises_.erase(repeated.begin(), repeated.end());
  drop_lost(key_, tenant_, promises_);
  lanes_ = store::audit_lanes(tx);
  for (const auto& c : promises_) lanes_.push_back(c.lane);
  std::ranges::sort(lanes_);
  const auto same = std::ranges::unique(lanes_);
  lanes_.erase(same.begin(), same.end());
  heads_.assign(lanes_.size(), 0);
  enter_lane(tx);
}

// The lane begins with its genesis, or with what a genuine floor vouches for.
void AuditWalk::enter_lane(db::Tx& tx) {
  seq_ = vouched_ = 0;
  hash_.clear();
  while (next_ < promises_.size() && promises_[next_].lane < lanes_[at_]) ++next_;
  for (auto i = next_; i < promises_.size() && promises_[i].lane == lanes_[at_]; ++i) {
    const auto& c = promises_[i];
    if (c.kind == Checkpoint::Kind::loss) {
      if (!is_genuine(key_, tenant_, c)) {
        fault(c.seq, AuditFault::Kind::signature);
        return;
      }
      ++verdict_.losses;
    }
    if (c.kind != Checkpoint::Kind::floor) continue;
    if (!is_genuine(key_, tenant_, c)) {
      fault(c.seq, AuditFault::Kind::signature);
      return;
    }
    seq_ = vouched_ = c.seq;
    hash_ = c.hash;
  }
  // No chain leads to what stands before its beginning, yet a search would show it.
  if (const auto stray = store::audit_up_to(tx, lanes_[at_], seq_)) {
    fault(*stray, AuditFault::Kind::row);
    return;
  }
  last_promise_ = 0;
  for (auto i = next_; i < promises_.size() && promises_[i].lane == lanes_[at_]; ++i)
    last_promise_ = promises_[i].seq;
  // What was vouched for below the floor is gone, and rightly.
  while (next_ < promises_.size() && promises_[next_].lane == lanes_[at_] && promises_[next_].seq <= seq_)
    ++next_;
}

bool AuditWalk::check(const AuditRow& row) {
  if (row.seq != seq_ + 1) return fault(row.seq, AuditFault::Kind::row);
  const bool old_format = row.format == 1 && row.lane == 0 && row.subjects.empty() && row.from.empty();
  if (row.format != 2 && !old_format) return fault(row.seq, AuditFault::Kind::row);
  if (seq_ == 0 && row.format == 2) hash_ = genesis(tenant_, row.lane);
  if (row.hash != chain_hash(hash_, row)) return fault(row.seq, AuditFault::Kind::row);
  seq_ = row.seq;
  hash_ = row.hash;
  if (!check_promises(row)) return false;
  sum(row);
  ++verdict_.rows;
  return true;
}

bool AuditWalk::check_promises(const AuditRow& row) {
  for (; next_ < promises_.size() && promises_[next_].lane == row.lane && promises_[next_].seq <= row.seq;
       ++next_) {
    const auto& c = promises_[next_];
    // Signatures are checked at the lane's last promised row and where one differs: what the chain confirms
    // needs none.
    const bool last = c.seq == last_promise_;
    const bool same = c.seq == row.seq && c.hash == row.hash;
    if (same && !last) {
      ++verdict_.checkpoints;
      continue;
    }
    if (!is_genuine(key_, tenant_, c)) return fault(row.seq, AuditFault::Kind::signature);
    if (!same) return fault(row.seq, AuditFault::Kind::checkpoint);
    ++verdict_.checkpoints;
    vouched_ = row.seq;
  }
  return true;
}

void AuditWalk::leave_lane(db::Tx& tx) {
  if (next_ < promises_.size() && promises_[next_].lane == lanes_[at_]) {
    const bool genuine = std::ranges::any_of(
        promises_.begin() + static_cast<std::ptrdiff_t>(next_), promises_.end(),
        [&](const Checkpoint& c) { return c.lane == lanes_[at_] && is_genuine(key_, tenant_, c); });
    fault(seq_ + 1, genuine ? AuditFault::Kind::tail : AuditFault::Kind::signature);
    return;
  }
  verdict_.unsigned_rows += seq_ - vouched_;
  heads_[at_] = seq_;
  if (++at_ < lanes_.size())
    enter_lane(tx);
  else
    phase_ = Phase::index;
}

bool AuditWalk::step(db::Tx& tx, std::int64_t rows) {
  if (!started_) start(tx);
  if (verdict_.fault) return false;
  switch (phase_) {
    case Phase::chain:
      break;
    case Phase::index:
      return step_index(tx, rows);
    case Phase::rows:
      return step_rows(tx, rows);
    case Phase::index_rows:
      return step_index_rows(tx, rows);
    case Phase::over:
      return false;
  }
  while (rows > 0 && !verdict_.fault && at_ < lanes_.size()) {
    std::int64_t seen = 0;
    store::each_audit(tx, lanes_[at_], seq_, rows, [&](const AuditRow& row) {
      ++seen;
      return check(row);
    });
    if (seen < rows && !verdict_.fault) leave_lane(tx);
    rows -= seen;
  }
  return !verdict_.fault;
}

AuditVerdict verify_audit(db::Tx& tx, const crypto::PublicKey& key, std::vector<Checkpoint> anchored) {
  AuditWalk walk(tx.tenant(), key, std::move(anchored));
  while (walk.step(tx)) {
  }
  return walk.verdict();
}

}  // namespace chatika::privacy
