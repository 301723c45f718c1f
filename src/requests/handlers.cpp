#include "requests/handlers.hpp"

#include "json/read.hpp"
#include "json/write.hpp"
#include "notify/notify.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {
namespace {

constexpr std::size_t kCasesAPage = 200;
constexpr std::size_t kLateCounted = 100;  // cases of one alarm; past it: "or more"

// Destroyed meanwhile by whoever destroys: then the case has what it waited for.
Result<bool> all_erased(privacy::Access& access, const Case& c) {
  if (c.subjects.empty()) return false;
  for (const auto subject : c.subjects)
    if (!TRY(is_gone(access, c, subject))) return false;
  return true;
}

// Alarms of all cases come as one mail a day: the case that is late longest, and how many there are besides.
Result<void> tell(privacy::Access& access, const Case& about, bool alarm, const std::vector<SubjectId>& whom,
                  const Outside& outside) {
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
  notify::Params params{{"number", number},
                        {"what", std::string(act_words(c.type, "ru"))},
                        {"due", day_words(c.deadline.due_day, "ru")}};
  if (outside.link) params.emplace("link", outside.link(access.tx().tenant(), c.id));
  for (const auto officer : whom)
    CHECK(notify::mail(
        access, {.what = alarm ? notify::Template::deadline_alarm : notify::Template::deadline_reminder,
                 .to = notify::Person{officer},
                 .language = "ru",
                 .params = params}));
  return {};
}

Result<jobs::Next> remind(privacy::Access& access, const jobs::Job& job, const Outside& outside) {
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
      CHECK(tell(access, c, false, whom, outside));
    }
  }
  // Counted, not compared with the last time: what a clock that jumped back has sent is not sent again.
  // Several that are due (the program was off) are one mail.
  const auto before = c.reminded;
  while (*next_reminder(c.deadline, c.reminded) <= access.now()) ++c.reminded;
  if (c.reminded > before) {
    const bool alarm = c.deadline.overdue(access.now());
    CHECK(note(access, c, alarm ? EventKind::overdue : EventKind::reminded));
    CHECK(tell(access, c, alarm, store::officers(access.tx()), outside));
  }
  store::save(access.tx(), c);
  return jobs::Next::again_at(next_look(access, c));
}

// A code that waits for a mail server proves nothing to anybody: somebody calls instead. Once while the task is open.
Result<void> call_instead(privacy::Access& access, RequestId id) {
  const auto c = TRY(load(access, id));
  if (c.verification != Verification::code_sent || !c.live()) return {};
  for (const auto& task : store::tasks(access.tx(), id))
    if (task.kind == TaskKind::call_back && !task.done_at) return {};
  add_task(access, c, TaskKind::call_back);
  return note(access, c, EventKind::call_back);
}

// Every running case looks at its clock now: in a job of its own, so that a thousand of them hold nobody up.
Result<jobs::Next> recheck_all(privacy::Access& access, const jobs::Job&) {
  Page page{.filter = RequestFilter::open, .after_at = {}, .after_id = {}, .limit = kCasesAPage};
  while (true) {
    const auto cases = store::list(access.tx(), page, access.now());
    for (const auto& c : cases)
      jobs::add(access, {.kind = kRemindJob, .payload = json::write(CaseJob{c.id}), .key = to_string(c.id)});
    if (cases.size() < page.limit) return jobs::Next::done();
    page.after_at = cases.back().deadline.due;
    page.after_id = Uuid(cases.back().id);
  }
}

}  // namespace

void recheck_deadlines(privacy::Access& access) {
  jobs::add(access, {.kind = kRecheckJob, .key = std::string(jobs::kTenantKey)});
}

void register_handlers(jobs::Handlers& handlers, const Outside& outside) {
  const bool mails = outside.mails;
  handlers.on(std::string(kMatchJob),
              [mails](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
                const auto id = TRY(jobs::payload<CaseJob>(job)).request;
                CHECK(look_for_person(access, id));
                if (!mails) CHECK(call_instead(access, id));
                return jobs::Next::done();
              });
  handlers.on(std::string(kCodeJob),
              [mails](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
                const auto id = TRY(jobs::payload<CaseJob>(job)).request;
                CHECK(send_code(access, id));
                if (!mails) CHECK(call_instead(access, id));
                return jobs::Next::done();
              });
  handlers.on(std::string(kRemindJob), [outside](privacy::Access& access, const jobs::Job& job) {
    return remind(access, job, outside);
  });
  handlers.on(std::string(kRecheckJob), recheck_all);
  handlers.on(std::string(kWithdrawalLinkJob),
              [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
                CHECK(mail_withdrawal_link(access, TRY(jobs::payload<WithdrawalLinkJob>(job)).ask));
                return jobs::Next::done();
              });
  handlers.on(std::string(kWithdrawnJob), [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
    CHECK(mail_withdrawn(access, TRY(jobs::payload<CaseJob>(job)).request));
    return jobs::Next::done();
  });
}

}  // namespace chatika::requests
