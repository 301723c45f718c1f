#include "api/right_jobs.hpp"

#include "notify/notify.hpp"
#include "privacy/erasure.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention.hpp"

namespace chatika::api {
namespace {

constexpr const char* kErase = "privacy.erase";
constexpr const char* kSweep = "privacy.sweep";
constexpr const char* kTell = "privacy.recipients";

constexpr std::size_t kErasuresAtOnce = 8;  // one operation: chat waits for no more
constexpr std::size_t kNoticesAtOnce = 20;
constexpr Micros kBetweenSlices = std::chrono::milliseconds(20);  // chat's operations go in between
constexpr Micros kIdle = std::chrono::minutes(10);

jobs::Next later(const privacy::Access& access, std::optional<Time> due) {
  const auto latest = access.now() + kIdle;
  return jobs::Next::again_at(due ? std::min(*due, latest) : latest);
}

Result<jobs::Next> erase(privacy::Access& access) {
  if (access.keeper() == nullptr || !access.keeper()->ledger().exists()) return later(access, {});
  const auto done = TRY(privacy::erase_due(access, kErasuresAtOnce));
  if (done > 0) ask_to_tell(access);
  if (done == kErasuresAtOnce) return jobs::Next::again_in(kBetweenSlices);
  return later(access, privacy::next_due(access.tx()));
}

Result<jobs::Next> sweep(privacy::Access& access, const jobs::Job& job) {
  const auto last = privacy::last_sweep(access.tx());
  if (!last || (last->finished_at && access.now() - last->started_at >= privacy::kSweepEvery))
    privacy::start_sweep(access);
  const auto report = TRY(privacy::sweep_slice(access, job.attempt));
  if (report && !report->finished_at) return jobs::Next::again_in(kBetweenSlices);
  if (report) ask_to_erase(access, access.now());
  const auto began = report ? report->started_at : last ? last->started_at : access.now();
  return jobs::Next::again_at(began + privacy::kSweepEvery);
}

Result<jobs::Next> tell(App& app, privacy::Access& access) {
  const auto tenant = access.who().tenant;
  const auto* business = app.tenants.by_id(tenant);
  for (auto& due : privacy::take_notices(access, kNoticesAtOnce)) {
    const bool erased = due.notice.act == privacy::Told::erased;
    const auto link = app.settings.public_url + "/recipients/" + (business == nullptr ? "" : business->public_key) + "#" +
                      due.token;
    (void)TRY(notify::mail(access, {.what = erased ? notify::Template::recipient_erasure
                                                   : notify::Template::recipient_correction,
                                    .to = notify::BusinessAddress{due.email},
                                    .language = "ru",
                                    .params = {{"reference", to_string(due.notice.subject)}, {"link", link}}}));
  }
  return later(access, privacy::next_notice(access.tx()));
}

}  // namespace

void register_right_jobs(App& app, jobs::Handlers& handlers) {
  handlers.on(kErase, [](privacy::Access& access, const jobs::Job&) { return erase(access); });
  handlers.on(kSweep, [](privacy::Access& access, const jobs::Job& job) { return sweep(access, job); });
  handlers.on(kTell, [&app](privacy::Access& access, const jobs::Job&) { return tell(app, access); });
  for (const auto* kind : {kErase, kSweep, kTell}) handlers.every_tenant(kind);
}

void ask_to_erase(privacy::Access& access, Time due) {
  jobs::add(access, {.kind = kErase, .key = std::string(jobs::kTenantKey), .run_at = due});
}
void ask_to_sweep(privacy::Access& access) {
  jobs::add(access, {.kind = kSweep, .key = std::string(jobs::kTenantKey)});
}
void ask_to_tell(privacy::Access& access) {
  jobs::add(access, {.kind = kTell, .key = std::string(jobs::kTenantKey)});
}

}  // namespace chatika::api
