#include "organisation/breaches.hpp"

#include "json/write.hpp"
#include "organisation/organisation_store.hpp"
#include "organisation/tasks.hpp"
#include "privacy/deadline.hpp"

namespace chatika::organisation {
namespace {

using std::chrono::year_month_day;

Result<void> check(const privacy::Access& access, const Circumstances& said) {
  if (said.found_at > access.now()) return fail_field("/found_at", "too_big");
  if (said.categories.size() > kBreachCategories) return fail_field("/categories", "too_long");
  return {};
}

Time due(privacy::Trigger trigger, Time found_at, std::string_view zone) {
  return privacy::compute(trigger, found_at, zone, *privacy::calendars()).due;
}

void log_event(privacy::Access& access, BreachId id, std::string_view kind) {
  const auto before = store::events(access.tx(), id);
  store::insert_event(access.tx(), id,
                      {.seq = before.empty() ? 1 : before.back().seq + 1,
                       .at = access.now(),
                       .kind = std::string(kind),
                       .actor = privacy::actor(access.who())});
}

Result<void> run_clocks(privacy::Access& access, const Breach& b) {
  const auto ref = to_string(b.id);
  if (!b.notice.sent_at)
    CHECK(
        add_task(access, {.kind = DutyKind::breach_notice, .ref = ref, .title = {}, .due_at = b.notice.due}));
  if (!b.report.sent_at)
    CHECK(
        add_task(access, {.kind = DutyKind::breach_report, .ref = ref, .title = {}, .due_at = b.report.due}));
  return {};
}

Result<BreachFile> file(privacy::Access& access, store::BreachRow row, bool with_events) {
  BreachFile out{.breach = std::move(row.breach), .details = {}, .events = {}};
  if (row.details)
    out.details =
        TRY(json::read<BreachDetails>(TRY(access.open(*row.details, privacy::Purpose::subject_request))));
  if (with_events) out.events = store::events(access.tx(), out.breach.id);
  return out;
}

Result<store::BreachRow> open_one(privacy::Access& access, BreachId id) {
  auto row = store::breach(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such breach");
  if (row->breach.state == BreachState::closed) return fail(Errc::conflict, "the breach is closed");
  return std::move(*row);
}

Result<BreachFile> mark_told(privacy::Access& access, Breach& b, const Sent& sent) {
  if (b.told_at) return fail(Errc::conflict, "people were told already");
  const auto at = sent.sent_at.value_or(access.now());
  if (at > access.now()) return fail_field("/sent_at", "too_big");
  if (at < b.found_at) return fail_field("/sent_at", "too_small");
  b.told_at = at;
  b.told_how = sent.reference;
  store::update_breach(access.tx(), b);
  log_event(access, b.id, "told");
  return breach(access, b.id);
}

std::string year_of(Time at) {
  return std::to_string(static_cast<int>(year_month_day(std::chrono::floor<std::chrono::days>(at)).year()));
}

}  // namespace

Result<BreachFile> report_breach(privacy::Access& access, const Circumstances& said, std::string_view zone) {
  CHECK(check(access, said));
  Breach b{.id = BreachId::fresh(),
           .subject = access.new_subject(privacy::SubjectKind::requester),
           .serial = store::last_serial(access.tx()) + 1,
           .number = {},
           .found_at = said.found_at,
           .people = said.people,
           .categories = said.categories,
           .notice = {.due = due(privacy::Trigger::breach_notify, said.found_at, zone),
                      .sent_at = {},
                      .reference = {}},
           .report = {.due = due(privacy::Trigger::breach_report, said.found_at, zone),
                      .sent_at = {},
                      .reference = {}},
           .closed_at = {}};
  b.number = year_of(said.found_at) + "-" + std::to_string(b.serial);
  const auto sealed =
      TRY(access.seal<privacy::Field::breach_details>(b.subject, b.id, json::write(said.details)));
  store::insert_breach(access.tx(), b, sealed);
  log_event(access, b.id, "found");
  CHECK(run_clocks(access, b));
  return breach(access, b.id);
}

Result<BreachFile> correct_breach(privacy::Access& access, BreachId id, const Circumstances& said,
                                  std::string_view zone) {
  CHECK(check(access, said));
  auto row = TRY(open_one(access, id));
  auto& b = row.breach;
  b.people = said.people;
  b.categories = said.categories;
  // What was counted from stays: a later discovery would make a clock longer that has begun to run.
  if (said.found_at < b.found_at) {
    b.found_at = said.found_at;
    if (!b.notice.sent_at) b.notice.due = due(privacy::Trigger::breach_notify, b.found_at, zone);
    if (!b.report.sent_at) b.report.due = due(privacy::Trigger::breach_report, b.found_at, zone);
  } else if (said.found_at > b.found_at) {
    return fail_field("/found_at", "too_big");
  }
  const auto sealed =
      TRY(access.seal<privacy::Field::breach_details>(b.subject, b.id, json::write(said.details)));
  store::update_breach(access.tx(), b);
  store::update_details(access.tx(), b.id, sealed);
  log_event(access, id, "corrected");
  CHECK(run_clocks(access, b));
  return breach(access, id);
}

Result<BreachFile> mark_sent(privacy::Access& access, BreachId id, const Sent& sent) {
  auto row = TRY(open_one(access, id));
  auto& b = row.breach;
  if (sent.kind == NoticeKind::persons) return mark_told(access, b, sent);
  const bool first = sent.kind == NoticeKind::notice;
  auto& clock = first ? b.notice : b.report;
  if (clock.sent_at) return fail(Errc::conflict, "it was sent already");
  if (!first && !b.notice.sent_at) return fail(Errc::conflict, "the notice goes before the report");
  const auto at = sent.sent_at.value_or(access.now());
  if (at > access.now()) return fail_field("/sent_at", "too_big");
  if (at < b.found_at) return fail_field("/sent_at", "too_small");
  clock.sent_at = at;
  clock.reference = sent.reference;
  b.state = BreachState::notified;
  store::update_breach(access.tx(), b);
  finish_task(access, first ? DutyKind::breach_notice : DutyKind::breach_report, to_string(id));
  log_event(access, id, first ? "notified" : "reported");
  return breach(access, id);
}

Result<BreachFile> close_breach(privacy::Access& access, BreachId id) {
  auto row = TRY(open_one(access, id));
  if (!row.breach.notice.sent_at || !row.breach.report.sent_at)
    return fail(Errc::conflict, "a clock of the breach still runs");
  row.breach.state = BreachState::closed;
  row.breach.closed_at = access.now();
  store::update_breach(access.tx(), row.breach);
  log_event(access, id, "closed");
  return breach(access, id);
}

Result<BreachFile> breach(privacy::Access& access, BreachId id) {
  auto row = store::breach(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such breach");
  return file(access, std::move(*row), true);
}

Result<std::vector<BreachFile>> breaches(privacy::Access& access) {
  std::vector<BreachFile> out;
  for (auto& row : store::breaches(access.tx())) out.push_back(TRY(file(access, std::move(row), false)));
  return out;
}

std::vector<Breach> breach_clocks(privacy::Access& access) {
  std::vector<Breach> out;
  for (auto& row : store::breaches(access.tx())) out.push_back(std::move(row.breach));
  return out;
}

}  // namespace chatika::organisation
