// Runs the durable jobs of all tenants while the program serves. The shell around jobs::claim, run, prepare
// and finish: one thread that watches the clock, operations on the storage's pool, and a few threads of its
// own for what blocks outside (mail).
//
// Due jobs are found without looking into the tenants: a commit that left work says when it is due
// (Tenants::on_wake), and a pass visits every tenant once after the start and then hourly.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "accounts/tenants.hpp"
#include "jobs/runner.hpp"
#include "jobs/schedule.hpp"

namespace chatika::api {

class Background {
 public:
  struct Options {
    // No other process works these tenants (SQLite): leases that the first pass finds are of a process that
    // died.
    bool sole = false;
    std::size_t outside_threads = 4;
    std::chrono::seconds pass_every = std::chrono::hours(1);
    std::chrono::seconds grace = std::chrono::seconds(10);  // of stop(), for what acts outside
    std::function<void()> hurry;  // called when the grace is over: what acts outside must return soon
    // On the watching thread, before every pass but the first; may block.
    std::function<void()> before_pass{};
  };

  // `tenants` and `handlers` outlive it. Work is taken from start() to stop().
  Background(accounts::Tenants& tenants, const jobs::Handlers& handlers, Options options);
  ~Background();
  void start();
  // Takes no new work and waits for what is under way. To be called before the storage stops.
  void stop();

  // Thread-safe. The tenant has work due then.
  void wake(TenantId tenant, Time due);
  // Looks at the clock now (for a clock that was set).
  void poke();
  // Waits until nothing is due and nothing is under way. For tests.
  void settle();

 private:
  struct Visit;
  void watch();
  void outside();
  void visit(TenantId tenant, bool full, std::unique_lock<std::mutex>& lock);
  void claimed(const std::shared_ptr<Visit>& visit, Result<jobs::Claimed> result);
  void run_inside(const std::shared_ptr<Visit>& visit, jobs::Job job);
  void run_outside(TenantId tenant, jobs::Job job);
  void act(TenantId tenant, jobs::Job job, jobs::Act act);
  void record_failure(TenantId tenant, const jobs::Job& job, Errc code, std::function<void()> then);
  void release_slots(std::size_t count);
  void leave(Visit& visit);

  // Runs one operation of the system on the tenant; `done` gets the result. A tenant that is gone gives
  // not_found.
  template <class Work, class Done>
  void submit(TenantId tenant, std::string_view operation, Work work, Done done);

  accounts::Tenants& tenants_;
  const jobs::Handlers& handlers_;
  const Options options_;

  std::mutex mutex_;
  std::condition_variable changed_;
  jobs::Schedule schedule_;
  std::deque<TenantId> pass_;  // still to be visited in this pass
  bool first_pass_ = true;
  std::set<TenantId> first_visits_;  // tenants whose leases are not freed yet
  std::chrono::steady_clock::time_point next_pass_;
  std::size_t visits_ = 0;      // under way
  std::size_t slots_;           // free outside
  std::set<TenantId> starved_;  // due outside work, but no slot was free
  std::deque<std::function<void()>> acts_;
  bool poked_ = false;
  bool stopping_ = false;
  std::thread watcher_;
  std::vector<std::thread> actors_;
};

}  // namespace chatika::api
