#include "jobs/jobs.hpp"

#include <algorithm>
#include <stdexcept>

#include "jobs/jobs_store.hpp"

namespace chatika::jobs {
namespace {

constexpr std::size_t kWordChars = 64;
constexpr Time kAtOnce{};  // of rerun_at: no moment of the calendar, so no clock can make it late

// Ids, times, names of kinds and states: no person's name, address or words pass.
bool is_plain(std::string_view word) {
  if (word.size() > kWordChars) return false;
  const bool simple = std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ':';
  });
  return simple || parse_rfc3339(word).has_value();
}

bool is_plain(const json::Value& value) {
  if (value.is_string()) {
    const auto& s = value.get_string();
    return is_plain(std::string_view(s.data(), s.size()));
  }
  if (value.is_array())
    return std::ranges::all_of(value.get_array(), [](const auto& v) { return is_plain(v); });
  if (value.is_object())
    return std::ranges::all_of(value.get_object(), [](const auto& m) { return is_plain(m.value()); });
  return true;
}

void check(const NewJob& job) {
  const auto value = json::parse(job.payload);
  if (job.payload.size() > kPayloadBytes || !value || !value->is_object() || !is_plain(*value))
    throw std::logic_error("jobs: a payload is a small JSON object of ids, numbers and short words");
  if (!is_plain(job.kind) || job.kind.empty() || !is_plain(job.key))
    throw std::logic_error("jobs: kind and key are short lower-case words or ids");
}

}  // namespace

JobId add(privacy::Access& access, const NewJob& job) {
  check(job);
  auto& tx = access.tx();
  const auto now = access.now();
  const auto run_at = job.run_at.value_or(now);
  const auto set_at = job.run_at ? std::nullopt : std::optional(now);
  const auto id = JobId::fresh();
  const auto key = job.key.empty() ? std::nullopt : std::optional<std::string_view>(job.key);
  access.wake_at(run_at);
  if (store::insert(tx, {id, job.kind, key, job.payload, run_at, set_at, job.max_attempts, now})) return id;
  const auto live = store::live(tx, job.kind, job.key);
  if (!live) throw db::DbError("jobs: a live job came and went", true);
  if (live->state == State::waiting) {
    if (run_at < live->run_at) store::set_run_at(tx, live->id, run_at, set_at);
  } else {
    const auto rerun_at = job.run_at.value_or(kAtOnce);
    if (!live->rerun_at || rerun_at < *live->rerun_at) store::set_rerun_at(tx, live->id, rerun_at);
  }
  return live->id;
}

void cancel(privacy::Access& access, std::string_view kind, std::string_view key) {
  store::drop_waiting(access.tx(), kind, key);
}

void Handlers::on(std::string kind, Inside handler) {
  if (find(kind) != nullptr) throw std::logic_error("jobs: two handlers for " + kind);
  entries_.push_back({std::move(kind), std::move(handler), {}, false});
}
void Handlers::on_outside(std::string kind, Prepare handler) {
  if (find(kind) != nullptr) throw std::logic_error("jobs: two handlers for " + kind);
  entries_.push_back({std::move(kind), {}, std::move(handler), false});
}
void Handlers::every_tenant(std::string kind) {
  const auto found = std::ranges::find(entries_, kind, &Entry::kind);
  if (found == entries_.end()) throw std::logic_error("jobs: no handler for " + kind);
  found->every_tenant = true;
}
const Handlers::Entry* Handlers::find(std::string_view kind) const {
  const auto found = std::ranges::find(entries_, kind, &Entry::kind);
  return found == entries_.end() ? nullptr : &*found;
}

std::vector<Record> list(privacy::Access& access, const Page& page) {
  return store::list(access.tx(), page);
}
std::int64_t count(privacy::Access& access, State state) {
  return store::count(access.tx(), state);
}

Result<Record> retry(privacy::Access& access, JobId id) {
  const auto found = store::find(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such job");
  if (found->state == State::leased || found->state == State::done)
    return fail(Errc::conflict, "the job runs or is done");
  if (!store::revive(access.tx(), id, access.now()))
    return fail(Errc::conflict, "a live job of this kind and key stands");
  access.wake_at(access.now());
  access.audit();
  return *store::find(access.tx(), id);
}

}  // namespace chatika::jobs
