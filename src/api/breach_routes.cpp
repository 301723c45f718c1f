// The breach register, tasks, and what is missing.
#include <algorithm>

#include "api/papers.hpp"
#include "api/route.hpp"
#include "api/wire_organisation.hpp"
#include "base/text.hpp"
#include "jobs/jobs.hpp"
#include "organisation/staff.hpp"
#include "organisation/tasks.hpp"
#include "privacy/calendar.hpp"
#include "privacy/checkpoint.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/retention.hpp"
#include "requests/requests.hpp"

namespace chatika::api {
namespace {

constexpr std::size_t kTitleChars = 80;
constexpr std::size_t kCounted = 100;  // more requests than that are as red as that

std::string first_words(std::string_view what) {
  auto line = what.substr(0, what.find('\n'));
  return text::length(line) <= kTitleChars ? std::string(line)
                                           : std::string(text::prefix(line, kTitleChars)) + "…";
}

BreachView view_of(organisation::BreachFile file) {
  auto& b = file.breach;
  return {.id = b.id,
          .number = b.number,
          .title = first_words(file.details.what),
          .found_at = b.found_at,
          .state = b.state,
          .notify_due = b.notice.due,
          .notified_at = b.notice.sent_at,
          .notify_reference = b.notice.reference,
          .report_due = b.report.due,
          .reported_at = b.report.sent_at,
          .report_reference = b.report.reference,
          .what = std::move(file.details.what),
          .cause = std::move(file.details.cause),
          .harm = std::move(file.details.harm),
          .measures = std::move(file.details.measures),
          .people = b.people,
          .categories = std::move(b.categories),
          .happened_at = file.details.happened_at,
          .inquiry = std::move(file.details.inquiry).value_or(""),
          .responsible = std::move(file.details.responsible).value_or(""),
          .told_at = b.told_at,
          .told_how = std::move(b.told_how),
          .events = std::move(file.events)};
}

Result<organisation::Circumstances> said(const BreachInput& in) {
  organisation::Circumstances out{.found_at = in.found_at,
                                  .details = {.what = in.what,
                                              .cause = in.cause,
                                              .harm = in.harm,
                                              .measures = in.measures,
                                              .happened_at = in.happened_at},
                                  .people = {},
                                  .categories = {}};
  if (in.people) out.people = in.people->value;
  if (in.happened_at && *in.happened_at > in.found_at) return fail_field("/happened_at", "too_big");
  if (in.inquiry) out.details.inquiry = std::string(*in.inquiry);
  if (in.responsible) out.details.responsible = std::string(*in.responsible);
  const auto reg = privacy::register_in_force(false);
  for (std::size_t i = 0; i < in.categories.size(); ++i) {
    const bool known =
        std::ranges::any_of(reg.items, [&](const auto& item) { return item.key == in.categories[i]; });
    if (!known) return fail_field("/categories/" + std::to_string(i), "not_one_of");
    out.categories.push_back(in.categories[i]);
  }
  return out;
}

Result<Breaches> list_breaches(Desk& desk, const Nothing&) {
  Breaches out;
  for (auto& file : TRY(organisation::breaches(desk.access))) out.items.push_back(view_of(std::move(file)));
  return out;
}
Result<BreachView> get_breach(Desk& desk, const Nothing&) {
  return view_of(TRY(organisation::breach(desk.access, TRY(desk.id<organisation::BreachId>()))));
}
Result<BreachView> add_breach(Desk& desk, const BreachInput& in) {
  return view_of(TRY(organisation::report_breach(desk.access, TRY(said(in)), desk.tenant.profile.time_zone)));
}
Result<BreachView> edit_breach(Desk& desk, const BreachInput& in) {
  return view_of(TRY(organisation::correct_breach(desk.access, TRY(desk.id<organisation::BreachId>()),
                                                  TRY(said(in)), desk.tenant.profile.time_zone)));
}
Result<BreachView> mark_sent(Desk& desk, const BreachSent& in, organisation::NoticeKind kind) {
  return view_of(
      TRY(organisation::mark_sent(desk.access, TRY(desk.id<organisation::BreachId>()),
                                  {.kind = kind, .reference = in.reference, .sent_at = in.sent_at})));
}
Result<BreachView> notified(Desk& desk, const BreachSent& in) {
  return mark_sent(desk, in, organisation::NoticeKind::notice);
}
Result<BreachView> reported(Desk& desk, const BreachSent& in) {
  return mark_sent(desk, in, organisation::NoticeKind::report);
}
Result<BreachView> told(Desk& desk, const BreachSent& in) {
  return mark_sent(desk, in, organisation::NoticeKind::persons);
}
Result<BreachView> close_breach(Desk& desk, const Nothing&) {
  return view_of(TRY(organisation::close_breach(desk.access, TRY(desk.id<organisation::BreachId>()))));
}

// Drafts of the notices.

Result<organisation::NoticeKind> notice_kind(const Call& call) {
  for (const auto kind : {organisation::NoticeKind::notice, organisation::NoticeKind::report,
                          organisation::NoticeKind::persons})
    if (json::name_of(kind) == call.params.at("kind")) return kind;
  return fail(Errc::not_found, "no such notice");
}

struct Drafted {
  organisation::NoticeKind kind;
  organisation::Breach breach;
  privacy::Details details;
  document::Document document;
};
Result<Drafted> draft(Desk& desk) {
  const auto kind = TRY(notice_kind(desk.call));
  const auto chosen = TRY(query_enum<Language>(desk.call, "language"));
  const auto language = chosen ? std::string(json::name_of(*chosen)) : desk.call.language;
  auto file = TRY(organisation::breach(desk.access, TRY(desk.id<organisation::BreachId>())));
  const Papers papers{desk.app, desk.tenant, desk.access, language};
  auto details = TRY(details_with_officer(papers));
  const auto reg = register_for(papers);
  const auto& b = file.breach;
  auto& d = file.details;
  const bool en = language == "en";
  const privacy::BreachFacts facts{
      .number = b.number,
      .happened_at = d.happened_at.value_or(Time{}),
      .found_at = b.found_at,
      .what = std::move(d.what),
      .cause = std::move(d.cause),
      .harm = std::move(d.harm),
      .measures = std::move(d.measures),
      .categories = b.categories,
      .subjects = b.people ? std::to_string(*b.people)
                  : en     ? "being established"
                           : "устанавливается",
      .contact = {details.officer, en ? "person responsible for personal data"
                                      : "ответственный за организацию обработки персональных данных"},
      .contact_phone = details.controller.phone,
      .contact_email = details.controller.email,
      .inquiry = std::move(d.inquiry).value_or(""),
      .responsible = std::move(d.responsible).value_or(""),
      .notice_24 = b.notice.reference};
  CHECK(privacy::publishable(details));
  auto made = kind == organisation::NoticeKind::notice
                  ? privacy::breach_notice_24h(details, reg, facts, language)
              : kind == organisation::NoticeKind::report
                  ? privacy::breach_notice_72h(details, reg, facts, language)
                  : privacy::breach_notice_to_persons(details, reg, facts, language);
  return Drafted{kind, b, std::move(details), std::move(made)};
}

Result<BreachNotice> get_notice(Desk& desk, const Nothing&) {
  auto made = TRY(draft(desk));
  BreachNotice out{.kind = made.kind,
                   .title = made.document.title,
                   .document = {},
                   .html = to_html(made.document),
                   .text = to_text(made.document)};
  out.document = std::move(made.document);
  return out;
}

Result<File> notice_pdf(Desk& desk) {
  auto made = TRY(draft(desk));
  return pdf_file("breach-" + made.breach.number + "-" + std::string(json::name_of(made.kind)) + ".pdf",
                  std::move(made.document),
                  {.at = desk.access.now(), .author = made.details.controller.name, .footer = made.breach.number});
}

OrganisationTask view_of(const organisation::Task& t, std::string_view language) {
  using enum organisation::DutyKind;
  return {.id = t.id,
          .kind = t.kind,
          .title = organisation::title_of(t, language, ""),
          .due = t.due_at,
          .done_at = t.done_at,
          .ref = t.kind == other ? std::string() : t.ref,
          .by_hand = !t.done_at && t.kind != review && t.kind != breach_notice && t.kind != breach_report &&
                     t.kind != register_change};
}

Result<OrganisationTasks> list_tasks(Desk& desk, const Nothing&) {
  OrganisationTasks out;
  for (const auto& t : organisation::live_tasks(desk.access))
    out.items.push_back(view_of(t, desk.call.language));
  return out;
}
Result<OrganisationTask> add_task(Desk& desk, const AddTask& in) {
  if (in.due <= desk.access.now()) return fail_field("/due", "past");
  const auto ref = to_string(new_uuid());
  const auto id = TRY(organisation::add_task(
      desk.access, {.kind = organisation::DutyKind::other, .ref = ref, .title = in.title, .due_at = in.due}));
  return OrganisationTask{
      .id = id, .title = in.title, .due = in.due, .done_at = {}, .ref = {}, .by_hand = true};
}
Result<OrganisationTask> finish_task(Desk& desk, const Nothing&) {
  return view_of(TRY(organisation::finish_task(desk.access, TRY(desk.id<organisation::TaskId>()))),
                 desk.call.language);
}

Result<void> add_staff_facts(Desk& desk, organisation::Facts& facts) {
  auto& access = desk.access;
  facts.responsible = organisation::responsible(access);
  const auto accepted = organisation::service_accepted(access);
  for (const auto& e : TRY(accounts::employees(access))) {
    if (e.disabled_at) continue;
    const bool over = e.access_until && *e.access_until <= access.now();
    if (facts.responsible && facts.responsible->employee == e.id) facts.responsible_acts = !over;
    if (over) {
      ++facts.access_ended;
      continue;
    }
    ++facts.employees;
    if (std::ranges::find(accepted, e.id, &organisation::Acceptance::employee) == accepted.end())
      ++facts.without_agreement;
    for (const auto& v : organisation::to_sign(access, e.id))
      if (v.in_force(access.now())) {
        ++facts.without_signatures;
        break;
      }
  }
  for (const auto& r : TRY(organisation::access_requests(access)))
    if (r.state == organisation::AccessState::asked) ++facts.waiting_access_requests;
  return {};
}

Result<PrivacyStatus> get_status(Desk& desk, const Nothing&) {
  auto& access = desk.access;
  const auto details = details_of(desk.app, desk.tenant, "ru");
  organisation::Facts facts{.now = access.now(), .clinic = details.clinic};
  facts.contact = has_privacy_contact(desk.tenant);
  facts.legal_details = has_legal_details(desk.tenant);
  CHECK(add_staff_facts(desk, facts));
  const auto papers =
      organisation::standing_of(access, [&](organisation::PaperKind kind, std::string_view language) {
        const auto text = internal_document({desk.app, desk.tenant, access, language}, kind);
        return text ? organisation::hash_of(organisation::paper_of(*text)) : std::string();
      });
  facts.papers.assign(papers.begin(), papers.end());
  facts.processing_agreement = organisation::processing_accepted(access).has_value();
  facts.widget_grace = desk.tenant.agreement_due;
  for (auto& r : organisation::reviews(access))
    if (!r.done_at) facts.reviews.push_back(std::move(r));
  for (auto& b : organisation::breach_clocks(access))
    if (b.state != organisation::BreachState::closed) facts.breaches.push_back(std::move(b));
  facts.tasks = organisation::live_tasks(access);
  facts.dead_jobs = static_cast<int>(jobs::count(access, jobs::State::dead));
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(access.now()));
  facts.calendar_year = static_cast<int>(today.year());
  const auto calendars = privacy::calendars();
  facts.calendar_known = calendars->in_force(privacy::kRussia, facts.calendar_year) != nullptr;
  facts.next_calendar_known = today.month() != std::chrono::December ||
                              calendars->in_force(privacy::kRussia, facts.calendar_year + 1) != nullptr;
  const auto cases = [&](requests::RequestFilter filter) {
    return static_cast<int>(requests::list(access, {.filter = filter, .limit = kCounted}).size());
  };
  facts.requests_open = cases(requests::RequestFilter::open);
  facts.requests_overdue = cases(requests::RequestFilter::overdue);
  facts.mail_configured = desk.app.settings.mail_configured;
  facts.address_known = desk.app.settings.public_url_known;
  facts.audit_known = true;
  facts.audit_unsigned_since = privacy::unsigned_since(access.tx());
  facts.retention_known = true;
  if (const auto sweep = privacy::last_sweep(access.tx())) facts.retention_swept_at = sweep->finished_at;
  PrivacyStatus out;
  const auto checks = organisation::checks(facts, desk.call.language);
  out.health = organisation::worst(checks);
  for (const auto& c : checks) out.items.push_back({c.code, c.health, c.title, c.detail, c.link, c.due});
  return out;
}

}  // namespace

void add_breach_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(panel_route<get_status>(get, "/api/v1/privacy/status", Gate::steward, "privacy.status",
                                          "What is missing for the promises about personal data to hold"));
  table.push_back(panel_route<list_breaches>(get, "/api/v1/privacy/breaches", Gate::officer, "breaches.list",
                                             "Breaches with their clocks, newest first"));
  table.push_back(panel_route<add_breach>(post, "/api/v1/privacy/breaches", Gate::officer, "breach.report",
                                          "Record a breach: the 24-hour and the 72-hour clock start", {},
                                          201));
  table.push_back(panel_route<get_breach>(get, "/api/v1/privacy/breaches/{id}", Gate::officer, "breach.get",
                                          "One breach with its events"));
  table.push_back(panel_route<edit_breach>(post, "/api/v1/privacy/breaches/{id}/edit", Gate::officer,
                                           "breach.correct", "Correct what is known"));
  table.push_back(panel_route<notified>(post, "/api/v1/privacy/breaches/{id}/notified", Gate::officer,
                                        "breach.notified", "The authority was notified (24 hours)"));
  table.push_back(panel_route<reported>(post, "/api/v1/privacy/breaches/{id}/reported", Gate::officer,
                                        "breach.reported", "The inquiry was reported (72 hours)"));
  table.push_back(panel_route<told>(post, "/api/v1/privacy/breaches/{id}/told", Gate::officer, "breach.told",
                                    "The people whose data it is were told"));
  table.push_back(panel_route<get_notice>(
      get, "/api/v1/privacy/breaches/{id}/notices/{kind}", Gate::officer, "breach.notice",
      "A draft: notice (24 h), report (72 h), or persons, as blocks, HTML and text", {"language"}));
  table.push_back(file_route<notice_pdf>("/api/v1/privacy/breaches/{id}/notices/{kind}/pdf", Gate::officer,
                                         "breach.notice_pdf", "The draft as PDF", {"language"}));
  table.push_back(panel_route<close_breach>(post, "/api/v1/privacy/breaches/{id}/close", Gate::officer,
                                            "breach.close", "Close a breach whose notices are sent"));
  table.push_back(panel_route<list_tasks>(get, "/api/v1/privacy/tasks", Gate::steward, "tasks.list",
                                          "What is to be done, by due time"));
  table.push_back(
      panel_route<add_task>(post, "/api/v1/privacy/tasks", Gate::steward, "task.add", "Add a task", {}, 201));
  table.push_back(panel_route<finish_task>(post, "/api/v1/privacy/tasks/{id}/done", Gate::steward,
                                           "task.finish", "Tick a task off"));
}

}  // namespace chatika::api
