#include "db/executor.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <typeinfo>
#include <unordered_map>

#include "base/limits.hpp"
#include "base/log.hpp"
#include "db/engine.hpp"

namespace chatika::db {
namespace {

constexpr unsigned kMostThreads = 256;

thread_local bool on_pool_thread = false;

// The work of one tenant (or of the control tables). Guarded by Executor::mutex_, except that the worker
// which runs the lane alone touches `session`.
struct Lane {
  std::optional<TenantId> tenant;
  std::deque<Operation> queue;
  std::unique_ptr<Session> session;  // only where sessions belong to tenants
  enum class State { idle, ready, running } state = State::idle;
  std::list<Lane*>::iterator idle_place;  // valid when idle with a session
};

void log_exception(const std::exception& e) {
  // Only messages that are ours by contract: another library's might quote a value.
  const bool ours =
      dynamic_cast<const DbError*>(&e) != nullptr || dynamic_cast<const std::logic_error*>(&e) != nullptr;
  log::error("db.operation_failed", {{"type", typeid(e).name()}, {"cause", ours ? e.what() : ""}});
}

Outcome run_one(Session& session, Tx& tx, Operation& operation) {
  session.start_operation();
  try {
    if (!operation.work(tx)) return Outcome::rolled_back;
    if (!session.spoiled()) return Outcome::committed;
    log::error("db.operation_went_on_after_an_error");
  } catch (const std::exception& e) {
    log_exception(e);
  } catch (...) {
    log::error("db.operation_failed");
  }
  return Outcome::failed;
}

// Runs the operations in one transaction. `outcomes` is as long as `group` and starts as all failed.
void run_group(Session& session, const std::optional<TenantId>& tenant, std::int64_t node,
               std::span<Operation> group, std::span<Outcome> outcomes) {
  const bool shared = group.size() > 1;
  bool any = false;
  try {
    session.begin(tenant);
    Tx tx(session, tenant.value_or(TenantId{}), node);
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (shared) session.savepoint();
      outcomes[i] = run_one(session, tx, group[i]);
      if (session.broken()) throw DbError("the transaction was lost", true);
      const bool keep = outcomes[i] == Outcome::committed;
      any = any || keep;
      if (shared && keep) session.release();
      if (shared && !keep) session.rollback_to();
    }
    if (any) {
      session.commit();
    } else {
      session.rollback();
    }
  } catch (const std::exception& e) {  // whatever it was, it must not leave the pool's thread
    log_exception(e);
    session.rollback();
    std::replace(outcomes.begin(), outcomes.end(), Outcome::committed, Outcome::failed);
  }
}

void call_done(Operation& operation, Outcome outcome) noexcept {
  try {
    if (operation.done) operation.done(outcome);
  } catch (const std::exception& e) {
    log_exception(e);
  } catch (...) {
    log::error("db.done_failed");
  }
}

class Executor final : public Storage {
 public:
  Executor(std::unique_ptr<Engine> engine, unsigned threads, std::int64_t node)
      : engine_(std::move(engine)), node_(node) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are for the main thread
    for (unsigned i = 0; i < std::clamp(threads, 1U, kMostThreads); ++i)
      threads_.emplace_back([this] { work(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  ~Executor() override { stop(); }

  void submit(TenantId tenant, Operation operation) override { enqueue(tenant, std::move(operation)); }
  void submit_control(Operation operation) override { enqueue(std::nullopt, std::move(operation)); }
  Result<void> create_tenant(TenantId tenant) override { return engine_->create_tenant(tenant); }
  std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() override {
    return engine_->tenant_schema();
  }
  std::vector<std::string> unprepared_statements() override { return engine_->unprepared_statements(); }

  void stop() override {
    const std::scoped_lock once(stop_mutex_);
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    idle_.clear();
    lanes_.clear();
    control_.session.reset();
  }

 private:
  void enqueue(const std::optional<TenantId>& tenant, Operation operation) {
    {
      std::unique_lock lock(mutex_);
      Lane* lane = stopping_ ? nullptr : &lane_of(tenant);
      if (lane == nullptr || lane->queue.size() >= limits::kTenantQueue) {
        lock.unlock();
        return call_done(operation, Outcome::refused);
      }
      lane->queue.push_back(std::move(operation));
      if (lane->state != Lane::State::idle) return;  // its worker, or the list of the ready, has it already
      leave_idle(*lane);
      make_ready(*lane);
    }
    wake_.notify_one();
  }

  Lane& lane_of(const std::optional<TenantId>& tenant) {
    if (!tenant) return control_;
    const auto [place, fresh] = lanes_.try_emplace(*tenant);
    if (fresh) place->second.tenant = tenant;  // never again: its worker reads it without the lock
    return place->second;
  }

  void make_ready(Lane& lane) {
    lane.state = Lane::State::ready;
    ready_.push_back(&lane);
  }

  // Idle lanes with an open file stand in a list, the longest idle first.
  void leave_idle(Lane& lane) {
    if (lane.tenant && lane.session) idle_.erase(lane.idle_place);
  }

  void work() {
    on_pool_thread = true;
    std::unique_ptr<Session> own_session;
    std::vector<Operation> group;
    std::vector<Outcome> outcomes;
    group.reserve(limits::kGroupOperations);
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return !ready_.empty() || (stopping_ && running_ == 0); });
      if (ready_.empty()) return;
      Lane& lane = *ready_.front();
      ready_.pop_front();
      lane.state = Lane::State::running;
      ++running_;
      while (!lane.queue.empty() && group.size() < limits::kGroupOperations) {
        group.push_back(std::move(lane.queue.front()));
        lane.queue.pop_front();
      }
      lock.unlock();
      outcomes.assign(group.size(), Outcome::failed);
      serve(lane, engine_->session_per_tenant() ? lane.session : own_session, group, outcomes);
      group.clear();  // closures end here, outside the lock
      lock.lock();
      --running_;
      settle(lane);
    }
  }

  void serve(Lane& lane, std::unique_ptr<Session>& session, std::vector<Operation>& group,
             std::vector<Outcome>& outcomes) {
    try {
      if (session && session->is_dead()) close(lane, session);
      if (!session) session = open(lane);
      run_group(*session, lane.tenant, node_, group, outcomes);
    } catch (const std::exception& e) {
      log_exception(e);
    }
    for (std::size_t i = 0; i < group.size(); ++i) call_done(group[i], outcomes[i]);
    if (!session) return;
    if (!session->broken()) session->maintain(nothing_waits(lane));
    if (session->broken()) close(lane, session);
  }

  bool nothing_waits(const Lane& lane) {
    const std::scoped_lock lock(mutex_);
    return lane.queue.empty();
  }

  std::unique_ptr<Session> open(Lane& lane) {
    if (!engine_->session_per_tenant() || !lane.tenant) return engine_->open_session(lane.tenant);
    {
      std::unique_lock lock(mutex_);
      while (open_files_ >= limits::kOpenTenants && evict_one(lock)) {
      }
      ++open_files_;
    }
    try {
      return engine_->open_session(lane.tenant);
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      --open_files_;
      throw;
    }
  }

  void close(Lane& lane, std::unique_ptr<Session>& session) {
    session.reset();
    if (!engine_->session_per_tenant() || !lane.tenant) return;
    const std::scoped_lock lock(mutex_);
    --open_files_;
  }

  // Closes the file of the longest idle tenant, else of the one whose turn is furthest away. The lane counts
  // as running meanwhile, so that nobody opens the file a second time before it is closed.
  bool evict_one(std::unique_lock<std::mutex>& lock) {
    Lane* victim = nullptr;
    if (!idle_.empty()) {
      victim = idle_.front();
      idle_.pop_front();
    } else {
      const auto last =
          std::find_if(ready_.rbegin(), ready_.rend(), [](const Lane* l) { return l->tenant && l->session; });
      if (last == ready_.rend()) return false;
      victim = *last;
      ready_.erase(std::next(last).base());
    }
    victim->state = Lane::State::running;
    ++running_;
    std::unique_ptr<Session> session = std::move(victim->session);
    lock.unlock();
    session.reset();
    lock.lock();
    --open_files_;
    --running_;
    settle(*victim);
    return true;
  }

  // A lane that ran is put where it belongs now.
  void settle(Lane& lane) {
    lane.state = Lane::State::idle;
    if (!lane.queue.empty()) {
      make_ready(lane);
      if (ready_.size() > 1) wake_.notify_one();  // this worker takes one itself
    } else if (lane.tenant && lane.session) {
      lane.idle_place = idle_.insert(idle_.end(), &lane);
    } else if (lane.tenant) {
      lanes_.erase(*lane.tenant);
    }
    if (stopping_ && running_ == 0) wake_.notify_all();
  }

  const std::unique_ptr<Engine> engine_;
  const std::int64_t node_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Lane control_;
  std::unordered_map<TenantId, Lane> lanes_;  // with work or an open file
  std::deque<Lane*> ready_;                   // round robin
  std::list<Lane*> idle_;
  std::size_t open_files_ = 0;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::mutex stop_mutex_;
  std::vector<std::thread> threads_;
};

Outcome wait_for(const std::function<void(Operation)>& submit, std::function<bool(Tx&)> work) {
  if (on_pool_thread) throw std::logic_error("db: waiting for an operation on a thread of the pool");
  const auto promise =
      std::make_shared<std::promise<Outcome>>();  // shared: set_value still runs when the waiter wakes
  auto outcome = promise->get_future();
  submit({.work = std::move(work), .done = [promise](Outcome o) { promise->set_value(o); }});
  return outcome.get();
}

}  // namespace

std::unique_ptr<Storage> make_executor(std::unique_ptr<Engine> engine, unsigned threads, std::int64_t node) {
  return std::make_unique<Executor>(std::move(engine), threads, node);
}

Outcome run_and_wait(Storage& storage, TenantId tenant, std::function<bool(Tx&)> work) {
  return wait_for([&](Operation o) { storage.submit(tenant, std::move(o)); }, std::move(work));
}

Outcome run_and_wait_control(Storage& storage, std::function<bool(Tx&)> work) {
  return wait_for([&](Operation o) { storage.submit_control(std::move(o)); }, std::move(work));
}

}  // namespace chatika::db
