#include "api/request_views.hpp"

#include <fmt/format.h>

#include "base/zone.hpp"
#include "inbox/inbox.hpp"
#include "privacy/calendar.hpp"
#include "requests/words.hpp"

namespace chatika::api {
namespace {

std::string by(std::string_view language, std::string_view ru, std::string_view en) {
  return std::string(language == "en" ? en : ru);
}

std::vector<std::string> explained(const requests::Case& c, std::string_view language) {
  const auto& d = c.deadline;
  const auto& term = privacy::term(d.trigger);
  const auto received = std::chrono::floor<std::chrono::days>(to_local(d.received, c.zone));
  std::vector<std::string> out;
  out.push_back(fmt::format(fmt::runtime(by(language, "Получено {}", "Received {}")),
                            requests::day_words(privacy::to_text(received), language)));
  const auto article = language == "en" ? d.article : d.article_ru;
  if (term.unit == privacy::TermUnit::business_days)
    out.push_back(fmt::format(
        fmt::runtime(by(language, "Рабочих дней: {} ({}), выходные и праздники не считаются",
                        "{} business days ({}), weekends and holidays do not count")),
        term.amount, article));
  else
    out.push_back(fmt::format(fmt::runtime(by(language, "Календарных дней: {} ({})", "{} calendar days ({})")), term.amount,
                              article));
  out.push_back(by(language, "Отсчёт начинается со следующего дня", "Counting starts on the next day"));
  if (d.extended)
    out.push_back(fmt::format(
        fmt::runtime(by(language, "Продлён на рабочих дней: {}", "Extended by {} business days")), term.extension));
  out.push_back(fmt::format(fmt::runtime(by(language, "Последний день: {}", "Last day: {}")),
                            requests::day_words(d.due_day, language)));
  for (const auto& revision : d.revisions)
    out.push_back(fmt::format(fmt::runtime(by(language, "Производственный календарь {}", "Production calendar {}")), revision));
  if (d.provisional)
    out.push_back(by(language, "Календаря на этот год ещё нет: считаем с понедельника по пятницу",
                     "No calendar of this year yet: Monday to Friday count"));
  return out;
}

RequestDeadline deadline_view(const requests::Case& c, std::string_view language, bool explain) {
  const auto& d = c.deadline;
  std::optional<Time> done;
  if (!c.clock_runs()) done = c.type == requests::RequestType::information || !c.executed_at ? c.answered_at : c.executed_at;
  return {.act = std::string(requests::act_words(c.type, language)),
          .due = d.due,
          .article = language == "en" ? d.article : d.article_ru,
          .extended = d.extended,
          .extendable = !d.extended && privacy::term(d.trigger).extension > 0,
          .provisional = d.provisional,
          .done_at = done,
          .explanation = explain ? explained(c, language) : std::vector<std::string>()};
}

// "Ольга" of "employee:0190…"; the person and the program in words.
Result<std::string> actor_words(privacy::Access& access, std::string_view actor, std::string_view language) {
  if (actor.starts_with("employee:"))
    if (const auto id = parse_uuid(actor.substr(9)))
      if (auto name = TRY(requests::employee_name(access, EmployeeId(*id)))) return std::move(*name);
  if (actor.starts_with("visitor:")) return by(language, "обратившийся", "the requester");
  return std::string("Chatika");
}

Result<std::optional<RequestPerson>> assignee(privacy::Access& access, const requests::Case& c) {
  if (!c.handler) return std::optional<RequestPerson>();
  auto name = TRY(requests::employee_name(access, *c.handler));
  return std::optional(RequestPerson{*c.handler, std::move(name).value_or("")});
}

}  // namespace

Result<RequestSummary> request_summary(privacy::Access& access, const requests::Case& c, std::string_view language) {
  return RequestSummary{.id = c.id,
                        .number = c.reference,
                        .type = c.type,
                        .status = c.status,
                        .name = TRY(requests::name_of_requester(access, c)),
                        .received_at = c.received_at,
                        .verification = c.verification,
                        .assignee = TRY(assignee(access, c)),
                        .deadline = deadline_view(c, language, false)};
}

Result<RequestCase> request_case(privacy::Access& access, const requests::Case& c, std::string_view business,
                                 std::string_view language) {
  auto asked = TRY(requests::asked(access, c));
  auto answer = TRY(requests::answer_of(access, c));
  RequestCase out{.id = c.id,
                  .number = c.reference,
                  .type = c.type,
                  .status = c.status,
                  .name = asked.name,
                  .received_at = c.received_at,
                  .verification = c.verification,
                  .assignee = TRY(assignee(access, c)),
                  .deadline = deadline_view(c, language, true),
                  .contact = std::move(asked.contact),
                  .data = std::move(asked.description),
                  .essence = std::move(asked.essence),
                  .channel = c.channel,
                  .subject = c.subjects.empty() ? std::nullopt : std::optional(c.subjects.front()),
                  .subjects = c.subjects,
                  .deadlines = {deadline_view(c, language, true)},
                  .tasks = {},
                  .events = {},
                  .answer = answer ? answer->text : "",
                  .template_ = requests::letter(c, asked.name, business),
                  .refusal = {},
                  .executed = c.executed_at.has_value()};
  if (answer && !answer->article.empty())
    out.refusal = RequestRefusal{answer->reason, answer->article, answer->appeal};
  for (const auto& task : requests::tasks(access, c)) {
    RequestTaskView view{.id = task.id,
                         .kind = std::string(requests::words(task.kind, language)),
                         .done_at = task.done_at,
                         .done_by = {}};
    if (task.done_by) view.done_by = TRY(actor_words(access, *task.done_by, language));
    out.tasks.push_back(std::move(view));
  }
  for (auto& event : TRY(requests::events(access, c)))
    out.events.push_back({.id = event.id,
                          .at = event.at,
                          .kind = std::string(requests::words(event.kind, language)),
                          .actor = TRY(actor_words(access, event.actor, language)),
                          .note = std::move(event.note)});
  return out;
}

RequestProgress request_progress(const requests::Progress& progress, std::string_view business) {
  const auto& c = progress.c;
  RequestProgress out{.reference = c.reference,
                      .type = c.type,
                      .status = PublicStatus::received,
                      .received_at = c.received_at,
                      .due = c.deadline.due_day,
                      .extended = c.deadline.extended,
                      .verified = c.verified(),
                      .answer = {},
                      .business = std::string(business)};
  switch (c.status) {
    case requests::RequestStatus::new_:
      break;
    case requests::RequestStatus::in_work:  // taken, but not verified: an outsider learns nothing from it
      if (c.verified()) out.status = PublicStatus::in_work;
      break;
    case requests::RequestStatus::answered:
      out.status = PublicStatus::answered;
      break;
    case requests::RequestStatus::refused:
      out.status = PublicStatus::refused;
      break;
    case requests::RequestStatus::closed:
      out.status = PublicStatus::closed;
      break;
  }
  if (progress.answer) {
    out.answer = RequestAnswer{.text = progress.answer->text,
                               .refusal = {},
                               .at = c.answered_at.value_or(c.received_at),
                               .document = progress.document};
    if (!progress.answer->article.empty())
      out.answer->refusal = RequestRefusal{progress.answer->reason, progress.answer->article, progress.answer->appeal};
  }
  return out;
}

void announce_request(privacy::Access& access, requests::RequestId id, Outbox& out) {
  out.to_panels(PanelRequest{inbox::record(access, inbox::FeedKind::request, id), id});
}

}  // namespace chatika::api
