#include "requests/handlers.hpp"

#include "json/read.hpp"
#include "notify/notify.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {
namespace {

constexpr std::size_t kLateCounted = 100;  // cases of one alarm; past it: "or more"

// Destroyed meanwhile by whoever destroys: then the case has what it waited for.
Result<bool> all_erased(privacy::Access& access, const Case& c) {
  if (c.subjects.empty()) return false;
  for (const auto subject : c.subjects)
    if (!TRY(is_gone(access, c, subject))) return false;
  return true;
}

// Alarms of all cases come as one mail a day: the case that is late longest, and how many there are besides.
Result<void> tell(privacy::Access& access, const Case& about, bool alarm,
                  const std::vector<SubjectId>& whom) {
  auto c = about;
  auto number = c.reference;
  if (alarm) {
    if (store::alarms_since(access.tx(), access.now() - kAlarmEvery + std::chrono::hours(1)) > 0) return {};
    const auto late =
        store::list(access.tx(),
                    {.filter = RequestFilter::overdue, .after_at = {}, .after_id = {}, .limit = kLateCounted},
                    access.now());
    if (!late.empty()) c = late.front();
    number = c.reference;
    if (late.size() > 1)
      number +=
          " и ещё " + std::to_string(late.size() - 1) + (late.size() == kLateCounted ? " или больше" : "");
  }
  for (const auto officer : whom)
    CHECK(notify::mail(
        access, {.what = alarm ? notify::Template::deadline_alarm : notify::Template::deadline_reminder,
                 .to = notify::Person{officer},
                 .language = "ru",
                 .params = {{"number", number},
                            {"what", std::string(act_words(c.type, "ru"))},
                            {"due", day_words(c.deadline.due_day, "ru")}}}));
  return {};
}

Result<jobs::Next> remind(privacy::Access& access, const jobs::Job& job) {
  const auto found = store::find(access.tx(), TRY(jobs::payload<CaseJob>(job)).request);
  if (!found || !found->clock_runs()) return jobs::Next::done();
  auto c = *found;
  if ((c.type == RequestType::withdrawal || c.type == RequestType::deletion) && TRY(all_erased(access, c))) {
    CHECK(carry_out(access, c));
    store::save(access.tx(), c);
    return c.clock_runs() ? jobs::Next::again_at(next_look(access, c)) : jobs::Next::done();
  }
  if (const auto earlier = privacy::recheck(c.deadline, c.zone, *privacy::calendars())) {
    const bool moved = earlier->due < c.deadline.due;
    c.deadline = *earlier;
    if (moved) {
      CHECK(note(access, c, EventKind::moved_earlier));
      c.reminded = 0;  // the reminders are of the new end; those that have passed are this mail
      while (*next_reminder(c.deadline, c.reminded) <= access.now()) ++c.reminded;
      const auto whom = c.handler ? std::vector{SubjectId(*c.handler)} : store::officers(access.tx());
      CHECK(tell(access, c, false, whom));
    }
  }
  // Counted, not compared with the last time: what a clock that jumped back has sent is not sent again.
  // Several that are due (the program was off) are one mail.
  const auto before = c.reminded;
  while (*next_reminder(c.deadline, c.reminded) <= access.now()) ++c.reminded;
  if (c.reminded > before) {
    const bool alarm = c.deadline.overdue(access.now());
    CHECK(note(access, c, alarm ? EventKind::overdue : EventKind::reminded));
    CHECK(tell(access, c, alarm, store::officers(access.tx())));
  }
  store::save(access.tx(), c);
  return jobs::Next::again_at(next_look(access, c));
}

}  // namespace

void register_handlers(jobs::Handlers& handlers) {
  handlers.on(std::string(kMatchJob),
              [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
                CHECK(look_for_person(access, TRY(jobs::payload<CaseJob>(job)).request));
                return jobs::Next::done();
              });
  handlers.on(std::string(kCodeJob), [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
    CHECK(send_code(access, TRY(jobs::payload<CaseJob>(job)).request));
    return jobs::Next::done();
  });
  handlers.on(std::string(kRemindJob), remind);
  handlers.on(std::string(kWithdrawalLinkJob),
              [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
                CHECK(mail_withdrawal_link(access, TRY(jobs::payload<WithdrawalLinkJob>(job)).ask));
                return jobs::Next::done();
              });
}

}  // namespace chatika::requests
