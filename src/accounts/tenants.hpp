// The installation's tenants and the only door to their data. A tenant comes from a principal, a session or
// the widget's public key with a token; business code is handed an Access and cannot name another tenant.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <typeinfo>
#include <unordered_map>
#include <vector>

#include "accounts/model.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "crypto/signature.hpp"
#include "db/executor.hpp"
#include "privacy/access.hpp"
#include "privacy/erasure.hpp"

namespace chatika::accounts {

// Finds out inside the transaction who acts; an error ends the operation.
using Identify = std::move_only_function<Result<privacy::Principal>(db::Tx&, Time)>;

// One listener, set and called from any thread; it must not block.
template <class... What>
class Signal {
 public:
  using Listener = std::function<void(What...)>;
  void set(Listener listener) {
    const std::unique_lock lock(mutex_);
    listener_ = std::move(listener);
  }
  void operator()(What... what) const {
    const std::shared_lock lock(mutex_);
    if (listener_) listener_(what...);
  }

 private:
  mutable std::shared_mutex mutex_;
  Listener listener_;
};
// A commit left durable work of a tenant, due then. Called on a pool thread.
using WakeSignal = Signal<TenantId, Time>;

struct TenantEntry {
  TenantEntry(Tenant t, privacy::TenantKeys k)
      : id(t.id), keys(std::move(k)), versions(1, std::make_shared<const Tenant>(std::move(t))), tenant(versions[0].get()) {}

  const TenantId id;
  privacy::TenantKeys keys;  // used inside this tenant's operations only, which run one at a time
  std::atomic<std::uint32_t> commits = 0;  // since the audit keeper looked last
  // What the business says about itself, every version of it: readers hold plain pointers for as long as they like, so
  // none goes before the entry. Guarded by Tenants' mutex; a profile is some hundred bytes and changes by hand.
  std::vector<std::shared_ptr<const Tenant>> versions;
  std::atomic<const Tenant*> tenant;  // the version in force
  std::unique_ptr<privacy::ErasureKeeper> keeper{};  // the same
};

// The tenant's data is not behind its erasure ledger (privacy/erasure.hpp); else it is closed.
// `after` gets what is to be called after the commit.
Result<void> follow_ledger(TenantEntry& entry, db::Tx& tx, Time now, std::vector<privacy::Access::AfterCommit>& after);

// A tenant's data for one principal. Cheap to make; outlived by Tenants.
class TenantDb {
 public:
  // Queues `work(Access&) -> Result<R>`; `done(Result<R>)` is called once, on a pool thread, after the
  // commit. An error from `work` undoes everything it wrote. The audit row is part of the same commit.
  template <class Work, class Done>
  void submit(std::string_view operation, Work work, Done done);
  // The same, waiting. For the command line, start-up and tests; never on a pool thread.
  template <class Work>
  auto call(std::string_view operation, Work work) -> std::invoke_result_t<Work, privacy::Access&>;

 private:
  friend class Tenants;
  TenantDb(db::Storage& storage, const Clock& clock, const WakeSignal& wake, TenantEntry& entry,
           Identify identify)
      : storage_(storage), clock_(clock), wake_(wake), entry_(entry), identify_(std::move(identify)) {}

  db::Storage& storage_;
  const Clock& clock_;
  const WakeSignal& wake_;
  TenantEntry& entry_;
  Identify identify_;
};

class Tenants {
 public:
  // Whether the storage holds secrets already: then a master key that is missing must be found, never made
  // anew.
  static Result<bool> is_sealed(db::Storage& storage);
  // Reads the installation's tenants and secrets; makes the secrets at first start. `ledger_dir`: where the erasure
  // ledgers are, apart from the data; without one nothing can be erased.
  static Result<std::unique_ptr<Tenants>> open(db::Storage& storage, crypto::Key master, const Clock& clock,
                                               std::string ledger_dir = {});

  Result<TenantId> create(std::string_view slug, const Profile& profile);
  // Readers see the new profile from their next look on; those who hold the old one may go on. `done` is called once, from a
  // thread of the storage. Errc::not_found, Errc::unavailable.
  void update_profile(TenantId id, const Profile& profile, std::move_only_function<void(Result<void>)> done);
  [[nodiscard]] std::vector<Tenant> list() const;
  // Operations committed since the last call, of tenants that had any.
  [[nodiscard]] std::vector<std::pair<TenantId, std::uint32_t>> take_commits();
  [[nodiscard]] const Tenant* by_public_key(std::string_view key) const;  // lives as long as Tenants
  [[nodiscard]] const Tenant* by_slug(std::string_view slug) const;
  [[nodiscard]] const Tenant* by_id(TenantId id) const;

  // Errc::not_found for a tenant that does not exist.
  Result<TenantDb> enter(const privacy::Principal& who);
  Result<TenantDb> enter(TenantId tenant, Identify identify);

  // Erases again whoever the ledger says was erased; how many entries that were. Waits; never on a pool thread.
  Result<std::size_t> replay_erasures(TenantId id);
  // For tests: where an erasure may be killed.
  privacy::ErasureKeeper* keeper(TenantId id) const;

  // Who runs durable work (jobs) listens here.
  void on_wake(WakeSignal::Listener listener) { wake_.set(std::move(listener)); }
  // Who keeps lines open to people listens here (privacy::Closing).
  void on_closing(privacy::Closing listener) { closing_.set(std::move(listener)); }

  [[nodiscard]] const crypto::Key& pepper() const { return pepper_; }
  // What the installation signs with: checkpoints of the audit, evidence.
  [[nodiscard]] const crypto::SigningKey& signing_key() const { return signing_; }
  [[nodiscard]] std::string login_index(std::string_view email) const;  // of the folded address
  [[nodiscard]] db::Storage& storage() { return storage_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

 private:
  Tenants(db::Storage& storage, crypto::Key master, crypto::Key pepper, crypto::Key login,
          crypto::SigningKey signing, const Clock& clock, std::string ledger_dir);
  Result<void> load();
  void keep(Tenant tenant, crypto::Key key);
  [[nodiscard]] TenantEntry* find(TenantId id) const;

  db::Storage& storage_;
  const Clock& clock_;
  const std::string ledger_dir_;
  WakeSignal wake_;
  Signal<privacy::Access&, SubjectId> closing_;
  const privacy::Closing tell_closing_ = [this](privacy::Access& access, SubjectId subject) { closing_(access, subject); };
  crypto::Key master_;
  crypto::Key pepper_;
  crypto::Key login_;
  crypto::SigningKey signing_;
  mutable std::shared_mutex mutex_;  // guards the maps; entries never move or go
  std::unordered_map<TenantId, std::unique_ptr<TenantEntry>> by_id_;
  std::unordered_map<std::string, TenantEntry*> by_key_;
};

template <class Work, class Done>
void TenantDb::submit(std::string_view operation, Work work, Done done) {
  using R = std::invoke_result_t<Work, privacy::Access&>;
  struct State {
    R result = fail(Errc::unavailable, "the operation did not run");
    Work work;
    Done done;
    Identify identify;
    std::optional<Time> wake;
    std::vector<privacy::Access::AfterCommit> after{};
  };
  auto state = std::make_shared<State>(
      State{.work = std::move(work), .done = std::move(done), .identify = std::move(identify_)});
  storage_.submit(entry_.id,
                  {.work =
                       [state, operation, &clock = clock_, &entry = entry_](db::Tx& tx) {
                         const auto now = clock.now();
                         try {
                           state->after.clear();  // the work may be run again
                           auto followed = follow_ledger(entry, tx, now, state->after);
                           if (!followed) {
                             state->result = fail(std::move(followed).error());
                             return false;
                           }
                           auto who = state->identify(tx, now);
                           if (!who) {
                             state->result = fail(std::move(who).error());
                             return false;
                           }
                           privacy::Access access(tx, entry.keys, *who, now, operation);
                           state->result = state->work(access);
                           if (!state->result) return false;
                           access.finish();
                           state->wake = access.wake();
                           for (auto& call : access.take_after_commit()) state->after.push_back(std::move(call));
                           return true;
                         } catch (const db::DbError& e) {
                           state->result = fail(Errc::unavailable, e.what());
                           throw;  // the executor logs it
                         } catch (const std::exception& e) {
                           // what() might quote a value of the visitor's: only its type is kept.
                           state->result = fail(Errc::internal, std::string("exception ") + typeid(e).name());
                           return false;
                         }
                       },
                   .done =
                       [state, operation, &wake = wake_, &entry = entry_](db::Outcome outcome) {
                         if (outcome == db::Outcome::committed) ++entry.commits;
                         if (outcome == db::Outcome::failed) {  // what was written is not, or may not be, in the data
                           entry.keys.forget_all();
                           entry.keeper->doubt();
                         }
                         if (outcome == db::Outcome::committed)
                           for (auto& call : state->after) call();
                         if (outcome == db::Outcome::committed && state->wake)
                           wake(entry.id, *state->wake);
                         if (outcome == db::Outcome::failed && state->result)
                           state->result = fail(Errc::unavailable, "commit failed");
                         if (outcome == db::Outcome::refused)
                           state->result = fail(Errc::unavailable, "the tenant's queue is full");
                         if (!state->result && state->result.error().code == Errc::internal)
                           log::error("operation failed",
                                      {{"operation", operation}, {"cause", state->result.error().cause}});
                         state->done(std::move(state->result));
                       }});
}

template <class Work>
auto TenantDb::call(std::string_view operation, Work work) -> std::invoke_result_t<Work, privacy::Access&> {
  using R = std::invoke_result_t<Work, privacy::Access&>;
  std::promise<R> promise;
  auto future = promise.get_future();
  submit(operation, std::move(work), [&promise](R result) { promise.set_value(std::move(result)); });
  return future.get();
}

}  // namespace chatika::accounts
