#include "jobs/runner.hpp"

#include <algorithm>

#include "jobs/jobs_store.hpp"

namespace chatika::jobs {
namespace {

// Clocks of nodes that share a PostgreSQL differ a little; only more than this is a clock that jumped back.
constexpr auto kSkew = std::chrono::seconds(5);

void earlier(std::optional<Time>& next, std::optional<Time> time) {
  if (time && (!next || *time < *next)) next = time;
}

void lease_due(privacy::Access& access, const Handlers::Entry& entry, std::size_t limit,
               std::vector<Job>& out) {
  const auto now = access.now();
  for (auto& job : store::due(access.tx(), entry.kind, now, limit))
    if (store::lease(access.tx(), job.id, now + kLease, now)) out.push_back(std::move(job));
}

Result<void> hold(privacy::Access& access, const Job& job) {
  if (!store::hold(access.tx(), job.id, job.lease)) return fail(Errc::conflict, "the lease is lost");
  return {};
}

Result<void> settle(privacy::Access& access, const Job& job, const Next& next) {
  auto& tx = access.tx();
  const auto now = access.now();
  const auto rerun_at = store::rerun_at(tx, job.id);  // the handler itself may have set it
  if (next.kind() == Next::Kind::dead) {
    store::set_dead(tx, job.id, next.code(), now);
    return {};
  }
  if (next.kind() == Next::Kind::done && !rerun_at) {
    store::set_done(tx, job.id, now);
    return {};
  }
  std::optional<Time> at;
  std::optional<Time> set_at;
  if (next.kind() == Next::Kind::again) {
    at = next.moment().value_or(now + next.delay());
    if (!next.moment()) set_at = now;
  }
  if (rerun_at && (!at || *rerun_at < *at)) {
    at = std::max(*rerun_at, now);
    set_at = *rerun_at <= now ? std::optional(now) : std::nullopt;
  }
  store::set_waiting(tx, job.id, *at, set_at, 0, "");
  access.wake_at(*at);
  return {};
}

}  // namespace

Claimed claim(privacy::Access& access, const Handlers& handlers, const Room& room) {
  auto& tx = access.tx();
  const auto now = access.now();
  store::move_back(tx, now + kSkew, now);
  store::expire_leases(tx, now, now);
  Claimed out;
  for (const auto& entry : handlers.all()) {
    const bool inside = entry.inside != nullptr;
    const auto limit = inside ? room.inside : room.outside - std::min(room.outside, out.outside.size());
    if (limit > 0) lease_due(access, entry, limit, inside ? out.inside : out.outside);
    const auto left = store::earliest(tx, entry.kind);
    if (!inside && left && *left <= now)
      out.outside_waits = true;  // told again when there is room, not by a timer
    else
      earlier(out.next, left);
  }
  earlier(out.next, store::earliest_lease(tx));
  return out;
}

void release_all(privacy::Access& access) {
  store::expire_leases(access.tx(), Time::max(), access.now());
}

void tidy(privacy::Access& access, const Handlers& handlers) {
  store::delete_done(access.tx(), access.now() - kDoneKept);
  for (const auto& entry : handlers.all())
    if (entry.every_tenant && !store::live(access.tx(), entry.kind, kTenantKey))
      add(access, {.kind = entry.kind, .key = std::string(kTenantKey)});
}

Result<void> run(privacy::Access& access, const Handlers& handlers, const Job& job) {
  CHECK(hold(access, job));
  const auto next = TRY(handlers.find(job.kind)->inside(access, job));
  return settle(access, job, next);
}

Result<std::optional<Act>> prepare(privacy::Access& access, const Handlers& handlers, const Job& job) {
  CHECK(hold(access, job));
  auto begun = TRY(handlers.find(job.kind)->outside(access, job));
  if (auto* act = std::get_if<Act>(&begun)) return std::optional<Act>(std::move(*act));
  CHECK(settle(access, job, std::get<Next>(begun)));
  return std::optional<Act>();
}

Result<void> finish(privacy::Access& access, const Job& job, Finish& finish) {
  CHECK(hold(access, job));
  const auto next = TRY(finish(access));
  return settle(access, job, next);
}

void failed(privacy::Access& access, const Job& job, std::string_view code) {
  if (!store::hold(access.tx(), job.id, job.lease)) return;
  const auto now = access.now();
  if (job.attempt >= job.max_attempts && !store::rerun_at(access.tx(), job.id))
    return store::set_dead(access.tx(), job.id, code, now);
  const auto attempts = std::min(job.attempt, job.max_attempts - 1);
  const auto at = now + backoff(job.attempt, job.id);
  store::set_waiting(access.tx(), job.id, at, now, attempts, code);
  access.wake_at(at);
}

Micros backoff(int attempt, const JobId& id) {
  const auto doublings = std::clamp(attempt - 1, 0, 20);
  const Micros whole =
      std::min<Micros>(Micros(kFirstRetry) * (std::int64_t{1} << doublings), Micros(kLastRetry));
  // The id's random half, moved on with each attempt: jobs that failed together do not come back together.
  const auto draw = (UuidHash{}(id) / 64 + static_cast<std::size_t>(attempt) * 7919) % 401;
  return whole * (800 + static_cast<std::int64_t>(draw)) / 1000;
}

}  // namespace chatika::jobs
