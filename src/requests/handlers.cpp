#include "requests/handlers.hpp"

#include "json/read.hpp"
#include "notify/notify.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {
namespace {

// Destroyed meanwhile by whoever destroys: then the case has what it waited for.
Result<bool> all_erased(privacy::Access& access, const Case& c) {
  if (c.subjects.empty()) return false;
  for (const auto subject : c.subjects)
    if (!TRY(is_gone(access, c, subject))) return false;
  return true;
}

Result<void> tell_officers(privacy::Access& access, const Case& c, bool alarm) {
  for (const auto officer : store::officers(access.tx()))
    CHECK(notify::mail(access, {.what = alarm ? notify::Template::deadline_alarm : notify::Template::deadline_reminder,
                              .to = notify::Person{officer},
                              .language = "ru",
                              .params = {{"number", c.reference},
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
    return c.clock_runs() ? jobs::Next::again_at(*next_reminder(c.deadline, c.reminded)) : jobs::Next::done();
  }
  if (const auto earlier = privacy::recheck(c.deadline, c.zone, *privacy::calendars())) {
    const bool moved = earlier->due < c.deadline.due;
    c.deadline = *earlier;
    if (moved) CHECK(note(access, c, EventKind::moved_earlier));
  }
  // Counted, not compared with the last time: what a clock that jumped back has sent is not sent again. Several that are due
  // (the program was off) are one mail.
  const auto before = c.reminded;
  while (*next_reminder(c.deadline, c.reminded) <= access.now()) ++c.reminded;
  if (c.reminded > before) {
    const bool alarm = c.deadline.overdue(access.now());
    CHECK(note(access, c, alarm ? EventKind::overdue : EventKind::reminded));
    CHECK(tell_officers(access, c, alarm));
  }
  store::save(access.tx(), c);
  return jobs::Next::again_at(next_look(access, c));
}

}  // namespace

void register_handlers(jobs::Handlers& handlers) {
  handlers.on(std::string(kMatchJob), [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
    CHECK(look_for_person(access, TRY(jobs::payload<CaseJob>(job)).request));
    return jobs::Next::done();
  });
  handlers.on(std::string(kCodeJob), [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
    CHECK(send_code(access, TRY(jobs::payload<CaseJob>(job)).request));
    return jobs::Next::done();
  });
  handlers.on(std::string(kRemindJob), remind);
  handlers.on(std::string(kWithdrawalLinkJob), [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
    CHECK(mail_withdrawal_link(access, TRY(jobs::payload<WithdrawalLinkJob>(job)).ask));
    return jobs::Next::done();
  });
}

}  // namespace chatika::requests
