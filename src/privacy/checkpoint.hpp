// Signed checkpoints of the audit chain: the installation's key vouches that at this time the lane's row
// `seq` had this hash. They are kept in the tenant's data and, with fsync, in an anchor file outside it, so
// that a cut tail and a chain rewritten from its first row are found by whoever holds the file or the public
// key.
//
// What remains open is what came after the last checkpoint: kCheckpointRows rows or kCheckpointAge.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "crypto/signature.hpp"
#include "db/db.hpp"

namespace chatika::privacy {

inline constexpr std::int64_t kCheckpointRows = 1000;
inline constexpr std::chrono::seconds kCheckpointAge{60};

struct Checkpoint {
  // head: the last row so far. floor: the last row that retention let go; the chain goes on from its hash. loss: a person
  // said that the rows after this one, which checkpoints from before vouch for, are lost (a restored backup).
  enum class Kind { head, floor, loss };
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  Kind kind = Kind::head;
  std::string hash;
  Time at;
  std::string signature;
  bool operator==(const Checkpoint&) const = default;
};
std::string_view name(Checkpoint::Kind kind);

// What is signed: "chatika audit checkpoint 1", kind, tenant, lane, seq, hash in hex, time (RFC 3339), a line
// each.
std::string signed_text(TenantId tenant, const Checkpoint& checkpoint);
bool is_genuine(const crypto::PublicKey& key, TenantId tenant, const Checkpoint& checkpoint);
// One line of JSON, without its end; and back. Errc::invalid for a line that says no checkpoint of this
// tenant.
std::string write_line(TenantId tenant, const Checkpoint& checkpoint);
Result<Checkpoint> read_line(TenantId tenant, std::string_view line);

// Signs the head of this node's lane and keeps it in the tenant's data. Nothing when no row came since the
// last. `must`: also when kCheckpointRows and kCheckpointAge say it is too early.
std::optional<Checkpoint> checkpoint(db::Tx& tx, Time now, const crypto::SigningKey& key, bool must);
// When the oldest row of this node's lane was written that no checkpoint covers; nothing when all are vouched for.
std::optional<Time> unsigned_since(db::Tx& tx);

// Retention: lets the lane's rows from before `before` go, oldest first and at most kLetGoRows of them, and
// signs the floor the chain goes on from. Nothing when the oldest row is young enough; the newest row stays.
inline constexpr std::int64_t kLetGoRows = 1000;
std::optional<Checkpoint> let_go_audit(db::Tx& tx, std::int64_t lane, Time now, Time before,
                                       const crypto::SigningKey& key);

// After a restore: the data are behind what `anchored` vouches for. For each lane where that is so, signs the last row both
// agree on; from then on the older checkpoints past it count as lost, and every verification says so. Empty: nothing is lost.
// The caller has verified that nothing but that is wrong, and writes down who says so and why.
std::vector<Checkpoint> acknowledge_loss(db::Tx& tx, Time now, const crypto::SigningKey& key,
                                         const std::vector<Checkpoint>& anchored);
// Takes out of `all` what acknowledged losses explain. Losses that `key` did not sign explain nothing and stay.
void drop_lost(const crypto::PublicKey& key, TenantId tenant, std::vector<Checkpoint>& all);

// DIR/<tenant>.jsonl, one for each tenant: lines are only added, each on disk before append() returns.
class Anchor {
 public:
  explicit Anchor(std::string directory) : directory_(std::move(directory)) {}
  // Errc::invalid when a line is damaged; the last one may be torn by a crash and is then not read.
  [[nodiscard]] Result<std::vector<Checkpoint>> read(TenantId tenant) const;
  // Adds those the file lacks: a crash between commit and append is mended by the next.
  Result<void> append(TenantId tenant, const std::vector<Checkpoint>& checkpoints) const;
  [[nodiscard]] std::string path(TenantId tenant) const;

 private:
  std::string directory_;
};

}  // namespace chatika::privacy
