#include "api/right_jobs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "json/write.hpp"
#include "notify/notify.hpp"
#include "organisation/tasks.hpp"
#include "privacy/erasure.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention.hpp"

namespace chatika::api {
namespace {

constexpr const char* kErase = "privacy.erase";
constexpr const char* kSweep = "privacy.sweep";
constexpr const char* kSettle = "privacy.settle";
constexpr const char* kTell = "privacy.recipients";
constexpr const char* kLetGo = "privacy.audit";
constexpr const char* kForgetLogin = "employee.forget_login";

constexpr std::size_t kErasuresAtOnce = 8;  // one operation: chat waits for no more
constexpr std::size_t kNoticesAtOnce = 20;
constexpr auto kAddressMended = std::chrono::days(7);
constexpr Micros kSettled = std::chrono::milliseconds(1500);
constexpr Micros kBetweenSlices = std::chrono::milliseconds(20);  // chat's operations go in between
constexpr Micros kIdle = std::chrono::hours(24);  // whoever makes work asks (close_lines, ask_to_*); this is for what nobody did

jobs::Next later(const privacy::Access& access, std::optional<Time> due) {
  const auto latest = access.now() + kIdle;
  return jobs::Next::again_at(due ? std::min(*due, latest) : latest);
}

// SQLite's log is emptied once a second at most, and only at an operation: after a destruction there is one more, so that
// nothing of it waits in a file for the next visitor.
void ask_to_settle(privacy::Access& access) {
  jobs::add(access, {.kind = kSettle, .key = std::string(jobs::kTenantKey), .run_at = access.now() + kSettled});
}

Result<jobs::Next> erase(privacy::Access& access) {
  if (access.keeper() == nullptr || !access.keeper()->ledger().exists()) return later(access, {});
  const auto done = TRY(privacy::erase_due(access, kErasuresAtOnce));
  if (done > 0) {
    ask_to_tell(access);
    ask_to_settle(access);
  }
  if (done == kErasuresAtOnce) return jobs::Next::again_in(kBetweenSlices);
  return later(access, privacy::next_due(access.tx()));
}

std::int64_t expired_blocked(const privacy::SweepReport& report) {
  const auto found = std::ranges::find(report.counts, privacy::kExpiredBlocked, &privacy::SweepCount::name);
  return found == report.counts.end() ? 0 : found->rows;
}

// Blocked people whose period is over go too, unless the officer writes a ground down: a sweep's are one task.
Result<void> ask_the_officer(privacy::Access& access, const privacy::SweepReport& report) {
  if (expired_blocked(report) == 0) return {};
  (void)TRY(organisation::add_task(
      access, {.kind = organisation::DutyKind::expired_blocked,
               .ref = "expired." + to_string(report.id),
               .title = std::to_string(expired_blocked(report)),
               .due_at = access.now() + privacy::kBlockedNotice}));
  return {};
}

Result<jobs::Next> sweep(privacy::Access& access, const jobs::Job& job) {
  const auto last = privacy::last_sweep(access.tx());
  if (!last || (last->finished_at && (access.now() - last->started_at >= privacy::kSweepEvery || last->started_at > access.now())))
    privacy::start_sweep(access);
  const auto report = TRY(privacy::sweep_slice(access, job.attempt));
  if (report && !report->finished_at) return jobs::Next::again_in(kBetweenSlices);
  if (report) {
    ask_to_erase(access, access.now());
    ask_to_settle(access);
    CHECK(ask_the_officer(access, *report));
  }
  const auto began = report ? report->started_at : last ? last->started_at : access.now();
  return jobs::Next::again_at(std::min(began, access.now()) + privacy::kSweepEvery);
}

// An address that cannot be written to (kept before addresses were checked) holds up nobody else's notice. It stays due,
// and the officer has a task: one for each recipient while it is open.
Result<void> ask_for_address(privacy::Access& access, const privacy::Notice& notice) {
  (void)TRY(organisation::add_task(
      access, {.kind = organisation::DutyKind::other,
               .ref = "recipient." + to_string(notice.recipient),
               .title = fmt::format("Исправьте адрес получателя данных «{}»: уведомление не отправлено. Добавьте его заново с верным "
                                    "адресом, а прежнего уведомите сами и отметьте подтверждение",
                                    notice.recipient_name),
               .due_at = notice.created_at + kAddressMended}));
  return {};
}

Result<jobs::Next> tell(App& app, privacy::Access& access) {
  const auto* business = app.tenants.by_id(access.who().tenant);
  const auto page = app.settings.public_url + "/recipients/" + (business == nullptr ? "" : business->public_key) + "#";
  for (auto& due : privacy::take_notices(access, kNoticesAtOnce)) {
    const bool erased = due.notice.act == privacy::Told::erased;
    const auto mailed = notify::mail(access, {.what = erased ? notify::Template::recipient_erasure
                                                             : notify::Template::recipient_correction,
                                              .to = notify::BusinessAddress{due.email},
                                              .language = "ru",
                                              .params = {{"reference", to_string(due.notice.subject)}, {"link", page + due.token}}});
    if (mailed) continue;
    if (mailed.error().code != Errc::invalid) return fail(mailed.error());
    CHECK(ask_for_address(access, due.notice));
  }
  return later(access, privacy::next_notice(access.tx()));
}

struct ForgetLogin {
  EmployeeId employee;
};
CHATIKA_JSON(ForgetLogin, employee)

// Another database than the tenant's: so outside, after the commit, as often as it takes. Only of who is gone by then: an
// erasure may have been taken back.
Result<std::variant<jobs::Next, jobs::Act>> forget_login(App& app, privacy::Access& access, const jobs::Job& job) {
  const auto in = TRY(jobs::payload<ForgetLogin>(job));
  if (!TRY(access.standing(SubjectId(in.employee))).erased_at) return std::variant<jobs::Next, jobs::Act>(jobs::Next::done());
  return std::variant<jobs::Next, jobs::Act>(jobs::Act([&app, tenant = access.who().tenant, id = in.employee]() -> jobs::Finish {
    const bool gone = accounts::forget_login(app.tenants, tenant, id).has_value();
    return [gone](privacy::Access&) -> Result<jobs::Next> {
      if (!gone) return fail(Errc::unavailable, "the login cannot be deleted");
      return jobs::Next::done();
    };
  }));
}

Result<jobs::Next> let_audit_go(App& app, privacy::Access& access) {
  auto floors = privacy::let_audit_go(access, app.tenants.signing_key());
  if (floors.empty()) return jobs::Next::again_in(std::chrono::days(1));
  access.after_commit([&app, tenant = access.who().tenant, floors = std::move(floors)] {
    if (auto kept = app.audit.anchor().append(tenant, floors); !kept)
      log::error("audit.anchor_failed", {{"tenant", to_string(tenant)}, {"cause", kept.error().cause}});
  });
  return jobs::Next::again_in(kBetweenSlices);
}

}  // namespace

void register_right_jobs(App& app, jobs::Handlers& handlers) {
  handlers.on(kErase, [](privacy::Access& access, const jobs::Job&) { return erase(access); });
  handlers.on(kSweep, [](privacy::Access& access, const jobs::Job& job) { return sweep(access, job); });
  handlers.on(kTell, [&app](privacy::Access& access, const jobs::Job&) { return tell(app, access); });
  handlers.on(kLetGo, [&app](privacy::Access& access, const jobs::Job&) { return let_audit_go(app, access); });
  handlers.on_outside(kForgetLogin,
                      [&app](privacy::Access& access, const jobs::Job& job) { return forget_login(app, access, job); });
  handlers.on(kSettle, [](privacy::Access&, const jobs::Job&) -> Result<jobs::Next> { return jobs::Next::done(); });
  for (const auto* kind : {kErase, kSweep, kTell, kLetGo}) handlers.every_tenant(kind);
}

void ask_to_erase(privacy::Access& access, Time due) {
  jobs::add(access, {.kind = kErase, .key = std::string(jobs::kTenantKey), .run_at = due});
}
void ask_to_sweep(privacy::Access& access) {
  jobs::add(access, {.kind = kSweep, .key = std::string(jobs::kTenantKey)});
}
void ask_to_forget_login(privacy::Access& access, EmployeeId id) {
  jobs::add(access, {.kind = kForgetLogin, .payload = json::write(ForgetLogin{id}), .key = to_string(id)});
}
void ask_to_tell(privacy::Access& access) {
  jobs::add(access, {.kind = kTell, .key = std::string(jobs::kTenantKey)});
}

}  // namespace chatika::api
