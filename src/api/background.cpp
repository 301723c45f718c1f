#include "api/background.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace chatika::api {
namespace {

constexpr std::size_t kVisits = 8;  // tenants worked at once
constexpr std::size_t kOutsidePerVisit =
    2;  // so that one tenant's slow mail server does not take all threads
constexpr auto kLongestWait = std::chrono::seconds(30);  // a clock may be set while nobody pokes
constexpr auto kStorageRetry = std::chrono::seconds(30);

}  // namespace

// One look at one tenant, until the inside jobs it took are settled.
struct Background::Visit {
  TenantId tenant;
  std::size_t slots = 0;  // reserved outside
  std::size_t open = 1;   // the claim and the inside jobs that are not settled; guarded by mutex_
};

Background::Background(accounts::Tenants& tenants, const jobs::Handlers& handlers, Options options)
    : tenants_(tenants),
      handlers_(handlers),
      options_(std::move(options)),
      next_pass_(std::chrono::steady_clock::now()),
      slots_(options_.outside_threads) {
  tenants_.on_wake([this](TenantId tenant, Time due) { wake(tenant, due); });
}

Background::~Background() {
  stop();
  tenants_.on_wake(nullptr);
}

void Background::start() {
  for (std::size_t i = 0; i < options_.outside_threads; ++i) actors_.emplace_back([this] { outside(); });
  watcher_ = std::thread([this] { watch(); });
}

void Background::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  const auto idle = [this] { return visits_ == 0 && slots_ == options_.outside_threads; };
  if (!changed_.wait_for(lock, options_.grace, idle)) {
    if (options_.hurry) options_.hurry();
    changed_.wait(lock, idle);
  }
  lock.unlock();
  if (watcher_.joinable()) watcher_.join();
  for (auto& actor : actors_) actor.join();
  actors_.clear();
}

void Background::wake(TenantId tenant, Time due) {
  const std::scoped_lock lock(mutex_);
  schedule_.wake(tenant, due);
  changed_.notify_all();
}

void Background::poke() {
  const std::scoped_lock lock(mutex_);
  poked_ = true;
  changed_.notify_all();
}

void Background::settle() {
  poke();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    const auto next = schedule_.next();
    return !poked_ && visits_ == 0 && slots_ == options_.outside_threads && pass_.empty() &&
           starved_.empty() && (!next || *next > tenants_.clock().now());
  });
}

void Background::watch() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    poked_ = false;
    const auto now = tenants_.clock().now();
    schedule_.observe(now);
    if (std::chrono::steady_clock::now() >= next_pass_ && pass_.empty()) {
      next_pass_ = std::chrono::steady_clock::now() + options_.pass_every;
      if (!first_pass_ && options_.before_pass) {
        lock.unlock();
        options_.before_pass();
        lock.lock();
      }
      for (const auto& tenant : tenants_.list()) pass_.push_back(tenant.id);
      if (std::exchange(first_pass_, false) && options_.sole)
        first_visits_.insert(pass_.begin(), pass_.end());
    }
    while (visits_ < kVisits && !stopping_) {
      if (const auto due = schedule_.take(now, 1); !due.empty()) {
        visit(due.front(), first_visits_.contains(due.front()), lock);
      } else if (!pass_.empty()) {
        const auto tenant = pass_.front();
        pass_.pop_front();
        visit(tenant, true, lock);
      } else {
        break;
      }
    }
    changed_.notify_all();  // settle() looks again
    auto wait = std::chrono::duration_cast<Micros>(kLongestWait);
    const auto next = schedule_.next();
    if (next && *next > now)
      wait = std::min(wait, *next - now);  // otherwise all visits are taken: one will end
    changed_.wait_for(lock, wait, [&] {
      const auto earliest = schedule_.next();
      return stopping_ || poked_ ||
             (visits_ < kVisits &&
              (!pass_.empty() || (earliest && *earliest <= tenants_.clock().now()) || earliest != next));
    });
  }
}

template <class Work, class Done>
void Background::submit(TenantId tenant, std::string_view operation, Work work, Done done) {
  using R = std::invoke_result_t<Work, privacy::Access&>;
  auto who = privacy::Principal::system(tenant);
  who.from = "job";
  auto db = tenants_.enter(who);
  if (!db) return done(R(fail(std::move(db).error())));
  db->submit(operation, std::move(work), std::move(done));
}

// Called and left with the lock; not held while submitting, since a refused operation calls back at once.
void Background::visit(TenantId tenant, bool full, std::unique_lock<std::mutex>& lock) {
  const auto visit = std::make_shared<Visit>();
  visit->tenant = tenant;
  visit->slots = std::min(slots_, kOutsidePerVisit);
  slots_ -= visit->slots;
  ++visits_;
  const bool free_leases = first_visits_.erase(tenant) > 0;
  lock.unlock();
  submit(
      tenant, "jobs.claim",
      [this, visit, full, free_leases](privacy::Access& access) -> Result<jobs::Claimed> {
        if (free_leases) jobs::release_all(access);
        if (full) jobs::tidy(access, handlers_);
        return jobs::claim(access, handlers_, {.outside = visit->slots});
      },
      [this, visit](Result<jobs::Claimed> result) { claimed(visit, std::move(result)); });
  lock.lock();
}

void Background::claimed(const std::shared_ptr<Visit>& visit, Result<jobs::Claimed> result) {
  jobs::Claimed work;
  {
    const std::scoped_lock lock(mutex_);
    if (result) {
      work = std::move(*result);
      if (work.next) schedule_.wake(visit->tenant, *work.next);
      if (work.outside_waits) starved_.insert(visit->tenant);
    } else if (result.error().code != Errc::not_found) {
      schedule_.wake(visit->tenant, tenants_.clock().now() + kStorageRetry);
    }
    visit->open += work.inside.size();
  }
  for (auto& job : work.outside) run_outside(visit->tenant, std::move(job));
  release_slots(visit->slots - work.outside.size());
  for (auto& job : work.inside) run_inside(visit, std::move(job));
  leave(*visit);
}

void Background::run_inside(const std::shared_ptr<Visit>& visit, jobs::Job job) {
  const auto* entry = handlers_.find(job.kind);  // its name outlives the operation
  auto shared = std::make_shared<jobs::Job>(std::move(job));
  submit(
      visit->tenant, entry->kind,
      [this, shared](privacy::Access& access) { return jobs::run(access, handlers_, *shared); },
      [this, visit, shared](Result<void> result) {
        if (result || result.error().code == Errc::conflict) return leave(*visit);
        record_failure(visit->tenant, *shared, result.error().code, [this, visit] { leave(*visit); });
      });
}

void Background::run_outside(TenantId tenant, jobs::Job job) {
  const auto* entry = handlers_.find(job.kind);
  auto shared = std::make_shared<jobs::Job>(std::move(job));
  submit(
      tenant, entry->kind,
      [this, shared](privacy::Access& access) { return jobs::prepare(access, handlers_, *shared); },
      [this, tenant, shared](Result<std::optional<jobs::Act>> result) {
        if (result && *result) {
          auto held = std::make_shared<jobs::Act>(std::move(**result));
          const std::scoped_lock lock(mutex_);
          acts_.emplace_back([this, tenant, shared, held] { act(tenant, *shared, std::move(*held)); });
          changed_.notify_all();
          return;
        }
        if (result || result.error().code == Errc::conflict) return release_slots(1);
        record_failure(tenant, *shared, result.error().code, [this] { release_slots(1); });
      });
}

void Background::outside() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] {
      return !acts_.empty() || (stopping_ && visits_ == 0 && slots_ == options_.outside_threads);
    });
    if (acts_.empty()) return;
    const auto act = std::move(acts_.front());
    acts_.pop_front();
    lock.unlock();
    act();
    lock.lock();
  }
}

// On a thread of its own: may block.
void Background::act(TenantId tenant, jobs::Job job, jobs::Act act) {
  auto shared = std::make_shared<jobs::Job>(std::move(job));
  auto finish = std::make_shared<jobs::Finish>();
  try {
    *finish = act();
  } catch (const std::exception& e) {
    log::error("job failed outside", {{"kind", shared->kind}, {"type", typeid(e).name()}});
    return record_failure(tenant, *shared, Errc::internal, [this] { release_slots(1); });
  }
  submit(
      tenant, handlers_.find(shared->kind)->kind,
      [shared, finish](privacy::Access& access) { return jobs::finish(access, *shared, *finish); },
      [this, tenant, shared](Result<void> result) {
        if (result || result.error().code == Errc::conflict) return release_slots(1);
        record_failure(tenant, *shared, result.error().code, [this] { release_slots(1); });
      });
}

// If this fails too, the lease runs out.
void Background::record_failure(TenantId tenant, const jobs::Job& job, Errc code,
                                std::function<void()> then) {
  log::warn("job failed", {{"kind", job.kind}, {"attempt", job.attempt}, {"code", name(code)}});
  submit(
      tenant, "jobs.failed",
      [job, code](privacy::Access& access) -> Result<void> {
        jobs::failed(access, job, name(code));
        return {};
      },
      [then = std::move(then)](Result<void>) { then(); });
}

void Background::release_slots(std::size_t count) {
  const std::scoped_lock lock(mutex_);
  slots_ += count;
  if (slots_ > 0) {
    const auto now = tenants_.clock().now();
    for (const auto& tenant : starved_) schedule_.wake(tenant, now);
    starved_.clear();
  }
  changed_.notify_all();
}

void Background::leave(Visit& visit) {
  const std::scoped_lock lock(mutex_);
  if (--visit.open > 0) return;
  --visits_;
  changed_.notify_all();
}

}  // namespace chatika::api
