// What requests do to people's data: the ends of the room that reach into privacy.
#include "jobs/jobs.hpp"
#include "json/write.hpp"
#include "notify/notify.hpp"
#include "privacy/erasure.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {
namespace {

privacy::Channel channel_of(RequestChannel channel) {
  switch (channel) {
    case RequestChannel::form:
      return privacy::Channel::form;
    case RequestChannel::widget:
      return privacy::Channel::widget;
    case RequestChannel::link:
      return privacy::Channel::link;
    case RequestChannel::email:
    case RequestChannel::phone:
    case RequestChannel::paper:
      return privacy::Channel::staff;
  }
  return privacy::Channel::staff;
}

// The person may have been erased since.
Result<bool> is_erased(privacy::Access& access, SubjectId subject) {
  return TRY(access.standing(subject)).erased_at.has_value();
}

}  // namespace

Result<bool> end_consent(privacy::Access& access, const Case& c, SubjectId subject) {
  if (TRY(is_erased(access, subject))) return false;
  const bool ended =
      TRY(privacy::withdraw_consent(access, subject, {.channel = channel_of(c.channel)}));
  if (ended) CHECK(note(access, c, EventKind::stopped));
  return ended;
}

Result<void> stop(privacy::Access& access, Case& c, SubjectId subject) {
  const bool ended = TRY(end_consent(access, c, subject));
  if (!ended || c.type != RequestType::withdrawal) return {};
  const auto known = store::known_contact(access.tx(), subject);
  if (known && known->email_index)
    CHECK(notify::mail(access, {.what = notify::Template::withdrawal_done,
                              .to = notify::Person{subject},
                              .language = c.language,
                              .params = {{"date", day_words(to_rfc3339(access.now()).substr(0, 10), c.language)},
                                         {"due", day_words(c.deadline.due_day, c.language)}}}));
  return {};
}

Result<void> carry_out(privacy::Access& access, Case& c) {
  bool all_done = true;
  for (const auto subject : c.subjects) {
    if (TRY(is_erased(access, subject))) continue;
    switch (c.type) {
      case RequestType::information:
        break;
      case RequestType::correction:
        if (TRY(privacy::unblock(access, subject))) CHECK(note(access, c, EventKind::unblocked));
        break;
      case RequestType::blocking:
        if (TRY(privacy::block(access, subject))) CHECK(note(access, c, EventKind::blocked));
        break;
      case RequestType::objection:
        if (TRY(privacy::object(access, subject, privacy::kObjectable, channel_of(c.channel))))
          CHECK(note(access, c, EventKind::objected));
        break;
      case RequestType::stop:
        CHECK(stop(access, c, subject));
        break;
      case RequestType::withdrawal:
      case RequestType::deletion: {
        CHECK(stop(access, c, subject));
        const auto reason =
            c.type == RequestType::deletion ? privacy::ErasureReason::request : privacy::ErasureReason::withdrawn;
        CHECK(privacy::plan_erasure(access, subject, {.reason = reason, .due = access.now(), .deadline = c.deadline.due}));
        access.close(subject);
        CHECK(note(access, c, EventKind::erasure_planned));
        all_done = false;
        break;
      }
    }
  }
  // Carried out by a job after the commit; the case's own looks whether it is done.
  if (!all_done)
    jobs::add(access, {.kind = kRemindJob,
                       .payload = json::write(CaseJob{c.id}),
                       .key = to_string(c.id),
                       .run_at = access.now() + std::chrono::minutes(1)});
  if (!all_done || c.executed_at) return {};
  c.executed_at = access.now();
  switch (c.type) {
    case RequestType::correction:
      CHECK(note(access, c, EventKind::corrected));
      for (const auto task : {TaskKind::block, TaskKind::correct, TaskKind::unblock}) finish_tasks(access, c, task);
      break;
    case RequestType::blocking:
      finish_tasks(access, c, TaskKind::block);
      break;
    case RequestType::stop:
    case RequestType::objection:
      finish_tasks(access, c, TaskKind::stop);
      break;
    case RequestType::withdrawal:
    case RequestType::deletion:
      CHECK(note(access, c, EventKind::erased));
      finish_tasks(access, c, TaskKind::destroy);
      break;
    case RequestType::information:
      break;
  }
  return {};
}

}  // namespace chatika::requests
