// Mail and durable jobs: what waits, what died, and trying it again.
#include "api/route.hpp"
#include "api/wire_notify.hpp"

namespace chatika::api {

using Mails = Items<MailItem>;
CHATIKA_JSON(Mails, items, next)
using Jobs = Items<JobItem>;
CHATIKA_JSON(Jobs, items, next)
using MailAttempts = Items<MailAttempt>;
CHATIKA_JSON(MailAttempts, items, next)

namespace {

MailItem item(const notify::MailRecord& r) {
  return {.id = r.id,
          .template_ = r.what,
          .state = r.state,
          .attempts = r.attempts,
          .last_code = r.last_code,
          .error = r.error,
          .next_at = r.next_at,
          .created_at = r.created_at,
          .finished_at = r.finished_at};
}
JobItem item(const jobs::Record& r) {
  return {.id = r.id,
          .kind = r.kind,
          .state = r.state,
          .attempts = r.attempts,
          .max_attempts = r.max_attempts,
          .error = r.error,
          .run_at = r.run_at,
          .created_at = r.created_at,
          .finished_at = r.finished_at};
}

// Both lists page alike: newest first, by time and id.
template <class Page, class State>
Result<Page> page_of(const Desk& desk) {
  Page page{.state = TRY(query_enum<State>(desk.call, "state")), .before_at = {}, .before_id = {}};
  page.limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)));
  if (const auto cursor = TRY(query_cursor(desk.call)))
    page.before_at = cursor->at, page.before_id = decltype(page.before_id)(cursor->id);
  return page;
}
template <class Item, class Record>
Items<Item> items(const std::vector<Record>& records, std::size_t limit) {
  Items<Item> out;
  for (const auto& r : records) out.items.push_back(item(r));
  if (out.items.size() == limit) out.next = write_cursor({out.items.back().created_at, out.items.back().id});
  return out;
}

Result<MailStatus> mail_status(Desk& desk, const Nothing&) {
  return MailStatus{.configured = desk.app.settings.mail_configured,
                    .waiting = notify::count(desk.access, notify::MailState::waiting),
                    .dead = notify::count(desk.access, notify::MailState::dead)};
}

Result<Mails> list_mails(Desk& desk, const Nothing&) {
  const auto page = TRY(page_of<notify::MailPage, notify::MailState>(desk));
  return items<MailItem>(notify::list(desk.access, page), page.limit);
}
Result<MailAttempts> list_attempts(Desk& desk, const Nothing&) {
  MailAttempts out;
  for (auto& a : TRY(notify::attempts(desk.access, TRY(desk.id<notify::MailId>()))))
    out.items.push_back({a.number, a.at, std::move(a.result), a.code});
  return out;
}
Result<MailItem> retry_mail(Desk& desk, const Nothing&) {
  return item(TRY(notify::retry(desk.access, TRY(desk.id<notify::MailId>()))));
}

Result<MailItem> check_mail(Desk& desk, const Nothing&) {
  const auto id = TRY(notify::mail(desk.access, {.what = notify::Template::mail_check,
                                                 .to = notify::Person{SubjectId(desk.access.who().id)},
                                                 .language = desk.call.language}));
  return item(TRY(notify::find(desk.access, id)));
}

Result<Jobs> list_jobs(Desk& desk, const Nothing&) {
  const auto page = TRY(page_of<jobs::Page, jobs::State>(desk));
  return items<JobItem>(jobs::list(desk.access, page), page.limit);
}
Result<JobItem> retry_job(Desk& desk, const Nothing&) {
  return item(TRY(jobs::retry(desk.access, TRY(desk.id<jobs::JobId>()))));
}

}  // namespace

void add_notify_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(panel_route<mail_status>(get, "/api/v1/mail", Gate::steward, "mail.status",
                                           "Whether a mail server is configured, and what waits"));
  table.push_back(panel_route<check_mail>(post, "/api/v1/mail/check", Gate::owner, "mail.check",
                                          "Send a short mail to the own address", {}, 201));
  table.push_back(panel_route<list_mails>(get, "/api/v1/outbox", Gate::steward, "outbox.list",
                                          "Mails, newest first; never an address",
                                          {"state", "limit", "cursor"}));
  table.push_back(panel_route<list_attempts>(get, "/api/v1/outbox/{id}/attempts", Gate::steward,
                                             "outbox.attempts", "Delivery log of a mail"));
  table.push_back(panel_route<retry_mail>(post, "/api/v1/outbox/{id}/retry", Gate::steward, "outbox.retry",
                                          "Send a mail that waits or is dead now"));
  table.push_back(panel_route<list_jobs>(get, "/api/v1/jobs", Gate::steward, "jobs.list",
                                         "Durable jobs, newest first", {"state", "limit", "cursor"}));
  table.push_back(panel_route<retry_job>(post, "/api/v1/jobs/{id}/retry", Gate::steward, "jobs.retry",
                                         "Run a job that waits or is dead now"));
}

}  // namespace chatika::api
