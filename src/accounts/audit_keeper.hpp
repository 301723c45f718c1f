// Keeps every tenant's audit vouched for: signed checkpoints in its data and in the anchor file outside it,
// made in the background and at stop; and verifies and exports what is kept.
//
// A checkpoint that cannot be made is logged and tried again; operations do not wait for it.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "accounts/tenants.hpp"
#include "privacy/audit_verify.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::accounts {

class AuditKeeper {
 public:
  static constexpr std::chrono::seconds kLastLook{3};

  // `evidence_dir`: DATA.evidence, apart from the data so that who can write one need not be able to write
  // both. Outlived by `tenants`.
  AuditKeeper(Tenants& tenants, const std::string& evidence_dir);
  ~AuditKeeper();
  AuditKeeper(const AuditKeeper&) = delete;

  // Starts the thread that makes checkpoints when they are due.
  void start();
  // Ends it after a last checkpoint of every tenant with news, as far as kLastLook reaches: with a thousand of them a stop must
  // not take a minute. The others get theirs with their next news, within a day: the daily jobs are news. While the storage still
  // takes operations.
  void stop();
  // One look at all tenants: those with kCheckpointRows commits, or older news than kCheckpointAge, get
  // theirs. Waits for them; not on a pool thread. `all`: every tenant with news, until `at_most` has passed.
  void look(bool all = false, std::chrono::steady_clock::duration at_most = kLastLook);

  // Makes one now (nothing for an empty audit), or gives the last if there is no news. Waits; not on a pool
  // thread.
  Result<std::optional<privacy::Checkpoint>> checkpoint(TenantId tenant);
  // In slices between which the tenant's other operations run. `done` is called once, on a pool thread.
  void verify(TenantId tenant, std::function<void(Result<privacy::AuditVerdict>)> done);
  Result<privacy::AuditVerdict> verify(TenantId tenant);  // waits
  // After a restore: says, signed and in the anchor file, that what the data lack of the anchor is lost, and writes an audit
  // row with the reason. Errc::conflict when something else is wrong or nothing is lost. Waits; not on a pool thread.
  Result<std::vector<privacy::Checkpoint>> acknowledge_loss(TenantId tenant, std::string_view reason);
  // Lines of JSON without their ends: a head, every row, every checkpoint. Waits; `line` runs on a pool
  // thread.
  Result<void> export_lines(TenantId tenant, const privacy::Principal& who,
                            const std::function<void(std::string_view)>& line);

  [[nodiscard]] const privacy::Anchor& anchor() const { return anchor_; }
  [[nodiscard]] std::string public_key() const;  // in hex

 private:
  void run();

  Tenants& tenants_;
  privacy::Anchor anchor_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
  struct News {
    Time since;
    std::uint64_t commits = 0;
  };
  std::unordered_map<TenantId, News> news_;  // used by look() only, guarded by look_mutex_
  std::unordered_map<TenantId, std::uint32_t> own_;  // commits of checkpoints, likewise
  std::mutex look_mutex_;
};

}  // namespace chatika::accounts
