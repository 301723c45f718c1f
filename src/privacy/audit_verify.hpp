// Verification of a tenant's audit against its hashes, its signed checkpoints and the anchor file.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "privacy/audit.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::privacy {

inline constexpr std::int64_t kVerifySlice = 20'000;  // rows an operation: about a tenth of a second

struct AuditFault {
  // row: it does not follow the one before. tail: a checkpoint vouches for rows that are not there.
  // checkpoint: a row is not the one a checkpoint vouches for. signature: a checkpoint nobody signed.
  // index: the index of persons names another row than the chain does.
  enum class Kind { row, tail, checkpoint, signature, index };
  std::int64_t lane = 0;
  std::int64_t seq = 0;  // of the first bad row
  Kind kind = Kind::row;
};
std::string_view name(AuditFault::Kind kind);

struct AuditVerdict {
  std::int64_t rows = 0;           // good ones
  std::int64_t checkpoints = 0;    // that they agree with
  std::int64_t unsigned_rows = 0;  // after the last checkpoint of their lane
  std::int64_t losses = 0;         // that a person acknowledged after a restore
  std::optional<AuditFault> fault;
};

// One entry of the index of persons.
struct IndexEntry {
  SubjectId subject{};
  Time at = Time::min();
  std::int64_t lane = 0;
  std::int64_t seq = 0;
};
// A sum over entries in any order, under a key nobody knows before: equal sums mean equal entries.
class IndexSum {
 public:
  void add(const IndexEntry& entry, const std::array<std::uint64_t, 2>& key);
  bool operator==(const IndexSum&) const = default;

 private:
  std::array<std::uint64_t, 2> sum_{};
  std::uint64_t count_ = 0;
};

// Walks every lane in slices, so that chat does not wait for a long chain. One walk, any number of
// transactions of the same tenant; what is appended meanwhile may be seen or not.
class AuditWalk {
 public:
  // `anchored` is the anchor file's content; empty where there is none.
  AuditWalk(TenantId tenant, const crypto::PublicKey& key, std::vector<Checkpoint> anchored);
  // Checks up to `rows` rows more; false when the verdict is final.
  bool step(db::Tx& tx, std::int64_t rows = kVerifySlice);
  [[nodiscard]] const AuditVerdict& verdict() const { return verdict_; }

 private:
  void start(db::Tx& tx);
  void enter_lane(db::Tx& tx);
  bool check(const AuditRow& row);
  bool check_promises(const AuditRow& row);
  void leave_lane(db::Tx& tx);
  bool fault(std::int64_t seq, AuditFault::Kind kind);
  // The index of persons against the chain: sums first, row by row only when they differ.
  void sum(const AuditRow& row);
  bool step_index(db::Tx& tx, std::int64_t rows);
  bool step_rows(db::Tx& tx, std::int64_t rows);
  bool step_index_rows(db::Tx& tx, std::int64_t rows);

  TenantId tenant_;
  crypto::PublicKey key_;
  std::vector<Checkpoint> promises_;  // by lane and seq
  std::vector<std::int64_t> lanes_;
  std::size_t at_ = 0;             // in lanes_
  std::size_t next_ = 0;           // in promises_
  std::int64_t seq_ = 0;           // the last good row
  std::int64_t last_promise_ = 0;  // the highest row of the lane that a checkpoint names
  std::int64_t vouched_ = 0;       // the last row of the lane a checkpoint agrees with
  std::string hash_;
  bool started_ = false;
  enum class Phase { chain, index, rows, index_rows, over } phase_ = Phase::chain;
  std::array<std::uint64_t, 2> sum_key_{};
  IndexSum of_chain_, of_index_;
  std::vector<std::int64_t> heads_;  // of lanes_, as the walk left them
  IndexEntry place_;                 // in the index
  AuditVerdict verdict_;
};

// In one go. For short chains and tests.
AuditVerdict verify_audit(db::Tx& tx, const crypto::PublicKey& key, std::vector<Checkpoint> anchored = {});

}  // namespace chatika::privacy
