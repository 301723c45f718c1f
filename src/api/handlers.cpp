#include "api/handlers.hpp"

#include <fmt/format.h>

#include "api/papers.hpp"
#include "api/right_jobs.hpp"
#include "base/log.hpp"
#include "base/zone.hpp"
#include "notify/sending.hpp"
#include "organisation/tasks.hpp"
#include "requests/handlers.hpp"

namespace chatika::api {
namespace {

notify::Business business_in_mail(const App& app, TenantId tenant, std::string_view language) {
  const auto* found = app.tenants.by_id(tenant);
  if (found == nullptr) return {};
  const auto& profile = found->profile;
  const auto& address = profile.address.in(language);
  return {profile.name.in(language), profile.phone.empty() || address.empty()
                                         ? profile.phone + address
                                         : profile.phone + ", " + address};
}

// A page of the panel. Where this installation is was configured: whoever sends a request chooses its Host.
std::string in_panel(const App& app, const std::string& page) {
  return app.settings.public_url + "/panel/privacy" + page;
}

// Where the panel shows what a task is about.
std::string task_in_panel(const App& app, const organisation::Task& task) {
  switch (task.kind) {
    case organisation::DutyKind::breach_notice:
    case organisation::DutyKind::breach_report:
      return in_panel(app, "/breaches/" + task.ref);
    case organisation::DutyKind::register_change:
    case organisation::DutyKind::approve_document:
      return in_panel(app, "/documents");
    case organisation::DutyKind::appoint:
      return in_panel(app, "/staff");
    case organisation::DutyKind::review:
    case organisation::DutyKind::expired_blocked:
    case organisation::DutyKind::other:
      break;
  }
  return in_panel(app, "");
}

// "09:00, 24.11.2026" on the business's clock.
std::string moment_in_mail(const App& app, TenantId tenant, Time moment) {
  const auto* found = app.tenants.by_id(tenant);
  const auto local = to_local(moment, found == nullptr ? "UTC" : found->profile.time_zone);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::minutes>(local - day));
  return fmt::format("{:02}:{:02}, {:02}.{:02}.{}", time.hours().count(), time.minutes().count(),
                     static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                     static_cast<int>(date.year()));
}

}  // namespace

jobs::Handlers job_handlers(App& app, MailServer mail) {
  jobs::Handlers handlers;
  notify::register_handlers(handlers, {.transport = std::move(mail.transport),
                                       .from = std::move(mail.from),
                                       .business = [&app](TenantId tenant, std::string_view language) {
                                         return business_in_mail(app, tenant, language);
                                       }});
  organisation::on_reminders(
      handlers,
      {.when = [&app](TenantId tenant, Time moment) { return moment_in_mail(app, tenant, moment); },
       .link = [&app](TenantId, const organisation::Task& task) { return task_in_panel(app, task); }},
      [&app](privacy::Access& access) -> Result<void> {
        const auto* tenant = app.tenants.by_id(access.tx().tenant());
        return tenant == nullptr ? Result<void>() : refresh_papers(app, *tenant, access);
      });
  requests::register_handlers(handlers, {.link =
                                             [&app](TenantId, requests::RequestId id) {
                                               return in_panel(app, "/requests/" + to_string(id));
                                             },
                                         .mails = app.settings.mail_configured});
  register_right_jobs(app, handlers);
  return handlers;
}

// Nothing else rests on the calendar: breaches count hours, a change of what was notified is due on the 15th.
void recheck_deadlines(accounts::Tenants& tenants) {
  for (const auto& tenant : tenants.list()) {
    auto db = tenants.enter(privacy::Principal::system(tenant.id));
    if (!db) continue;  // gone meanwhile
    const auto added = db->call("calendar.recheck", [](privacy::Access& access) -> Result<bool> {
      requests::recheck_deadlines(access);
      return true;
    });
    // Once a day each case looks by itself.
    if (!added) log::warn("calendar_recheck_failed", {{"tenant", to_string(tenant.id)}});
  }
}

}  // namespace chatika::api
