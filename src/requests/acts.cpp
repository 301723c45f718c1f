// What requests do to people's data: the ends of the room that reach into privacy.
#include <algorithm>

#include "privacy/erasure.hpp"
#include "privacy/rights.hpp"
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

constexpr auto kLookAfter =
    std::chrono::minutes(1);  // an erasure that is due is carried out by a job of its own
constexpr auto kLookLater = std::chrono::minutes(10);  // one that is late is looked for less often

bool destroys(RequestType type) {
  return type == RequestType::withdrawal || type == RequestType::deletion;
}

// As the restriction's reason: whose block it is.
std::string reason_of(const Case& c) {
  return "Обращение " + c.reference;
}

// The person may have been erased since.
Result<bool> is_erased(privacy::Access& access, SubjectId subject) {
  return TRY(access.standing(subject)).erased_at.has_value();
}

// What the acts on a case's people were, each noted once: a case may have many.
class Happened {
 public:
  void add(EventKind kind) {
    if (std::ranges::find(kinds_, kind) == kinds_.end()) kinds_.push_back(kind);
  }
  Result<void> note_in(privacy::Access& access, const Case& c) const {
    for (const auto kind : kinds_) CHECK(note(access, c, kind));
    return {};
  }

 private:
  std::vector<EventKind> kinds_;
};

Result<void> block_for(privacy::Access& access, const Case& c, SubjectId subject, Happened& happened) {
  // While an employee's data are looked into the contract goes on needing them (152-FZ art. 21(1): without harm to it).
  if (c.type == RequestType::correction && !privacy::check_no_access(access, subject)) return {};
  if (TRY(privacy::block_on_request(access, subject, reason_of(c)))) happened.add(EventKind::blocked);
  return {};
}

// Consents end; whoever withdrew is told.
Result<void> stop(privacy::Access& access, const Case& c, const std::vector<SubjectId>& people,
                  Happened& happened) {
  bool ended = false;
  for (const auto subject : people) ended = TRY(end_consent(access, subject, c.channel)) || ended;
  if (!ended) return {};
  happened.add(EventKind::stopped);
  if (c.type == RequestType::withdrawal) tell_withdrawn(access, c);
  return {};
}

// Would `c` have blocked the person if somebody else's block, which stood since then, had not?
bool wants_block(const Case& c, Time since) {
  if (!c.verified() || c.status == RequestStatus::refused) return false;
  if (c.type == RequestType::correction) return !c.executed_at && c.status != RequestStatus::closed;
  return c.type == RequestType::blocking && c.executed_at && *c.executed_at >= since;
}

Result<void> lift_block(privacy::Access& access, const Case& c, SubjectId subject, Happened& happened) {
  if (TRY(is_erased(access, subject))) return {};
  if (!TRY(access.standing(subject)).blocked_at) return {};
  const auto history = TRY(privacy::restrictions_of(access, subject));
  if (history.empty() || history.back().act != "blocked" || history.back().reason != reason_of(c)) return {};
  // What is to be destroyed, or is kept for a duty alone, is for nobody's work (152-FZ art. 21(6)).
  for (const auto& erasure : privacy::erasures_of(access.tx(), subject))
    if (erasure.state == privacy::ErasureState::planned || erasure.state == privacy::ErasureState::held)
      return {};
  (void)TRY(privacy::unblock_subject(access, subject, reason_of(c)));
  happened.add(EventKind::unblocked);
  for (const auto& other : store::of_subject(access.tx(), subject)) {
    if (other.id == c.id || !wants_block(other, history.back().at)) continue;
    Happened there;
    CHECK(block_for(access, other, subject, there));
    return there.note_in(access, other);
  }
  return {};
}

// A correction since the request came, of anybody's data the case is about.
Result<bool> was_corrected(privacy::Access& access, const Case& c) {
  for (const auto subject : c.subjects) {
    if (TRY(is_erased(access, subject))) return true;  // nothing is left to be wrong
    for (const auto& correction : TRY(privacy::corrections_of(access, subject)))
      if (correction.at >= c.received_at) return true;
  }
  return false;
}

}  // namespace

// Withdrawal and objection are the person's own acts, and disputed or unlawful processing is blocked from the
// moment of the request (152-FZ art. 21(1)): nothing of it waits for the officer.
Result<void> at_once(privacy::Access& access, Case& c) {
  Happened happened;
  switch (c.type) {
    case RequestType::withdrawal:
      CHECK(stop(access, c, c.subjects, happened));
      return happened.note_in(access, c);
    case RequestType::objection:
    case RequestType::blocking:
      return carry_out(access, c);
    case RequestType::correction:
      for (const auto subject : c.subjects)
        if (!TRY(is_erased(access, subject))) CHECK(block_for(access, c, subject, happened));
      finish_tasks(access, c, TaskKind::block);
      return happened.note_in(access, c);
    case RequestType::information:
    case RequestType::deletion:
    case RequestType::stop:
      return {};
  }
  return {};
}

Result<void> lift_blocks(privacy::Access& access, const Case& c) {
  Happened happened;
  for (const auto subject : c.subjects) CHECK(lift_block(access, c, subject, happened));
  return happened.note_in(access, c);
}

Result<bool> is_gone(privacy::Access& access, const Case& c, SubjectId subject) {
  if (TRY(is_erased(access, subject))) return true;
  bool in_part = false;
  bool held = false;
  bool planned = false;
  for (const auto& erasure : privacy::erasures_of(access.tx(), subject)) {
    held = held || erasure.state == privacy::ErasureState::held;
    planned = planned || erasure.state == privacy::ErasureState::planned;
    in_part = in_part || (erasure.state == privacy::ErasureState::done && erasure.done_at >= c.received_at);
  }
  // What a hold keeps stays out of any further erasure too, so it matters not when the rest went.
  return held || (planned && in_part);
}

Time next_look(privacy::Access& access, const Case& c) {
  // Once a day at least: a calendar that came meanwhile may have made the deadline earlier.
  auto at = std::min(*next_reminder(c.deadline, c.reminded), access.now() + Micros(std::chrono::days(1)));
  if (!destroys(c.type)) return at;
  for (const auto subject : c.subjects)
    for (const auto& erasure : privacy::erasures_of(access.tx(), subject)) {
      if (erasure.state != privacy::ErasureState::planned) continue;
      const bool late = erasure.due_at + kLookLater < access.now();
      at = std::min(at, std::max(erasure.due_at, access.now()) + Micros(late ? kLookLater : kLookAfter));
    }
  return at;
}

Result<bool> end_consent(privacy::Access& access, SubjectId subject, RequestChannel channel) {
  if (TRY(is_erased(access, subject))) return false;
  return privacy::withdraw_consent(access, subject, {.channel = channel_of(channel)});
}

Result<void> carry_out(privacy::Access& access, Case& c) {
  if (c.type == RequestType::correction && !c.executed_at && !TRY(was_corrected(access, c)))
    return fail(Errc::conflict, "nothing has been corrected since the request came");
  bool all_done = true;
  bool in_part = false;
  Happened happened;
  const bool ends = destroys(c.type) || c.type == RequestType::stop;
  std::vector<SubjectId> to_stop;
  for (const auto subject : c.subjects)
    if (ends && !(destroys(c.type) && TRY(is_gone(access, c, subject)))) to_stop.push_back(subject);
  CHECK(stop(access, c, to_stop, happened));
  for (const auto subject : c.subjects) {
    if (TRY(is_erased(access, subject))) continue;
    switch (c.type) {
      case RequestType::information:
      case RequestType::stop:
        break;
      case RequestType::correction:
        CHECK(lift_block(access, c, subject, happened));
        break;
      case RequestType::blocking:
        CHECK(block_for(access, c, subject, happened));
        break;
      case RequestType::objection:
        if (TRY(privacy::object(access, subject, privacy::kObjectable, channel_of(c.channel))))
          happened.add(EventKind::objected);
        break;
      case RequestType::withdrawal:
      case RequestType::deletion: {
        if (TRY(is_gone(access, c, subject))) {
          in_part = true;
          break;
        }
        const auto reason = c.type == RequestType::deletion ? privacy::ErasureReason::request
                                                            : privacy::ErasureReason::withdrawn;
        CHECK(privacy::plan_erasure(access, subject,
                                    {.reason = reason, .due = access.now(), .deadline = c.deadline.due}));
        access.close(subject);
        happened.add(EventKind::erasure_planned);
        all_done = false;
        break;
      }
    }
  }
  CHECK(happened.note_in(access, c));
  // What is planned is carried out by a job after the commit; the case's own looks whether it is done.
  if (!all_done || c.executed_at) return {};
  c.executed_at = access.now();
  switch (c.type) {
    case RequestType::correction:
      CHECK(note(access, c, EventKind::corrected));
      for (const auto task : {TaskKind::block, TaskKind::correct, TaskKind::unblock})
        finish_tasks(access, c, task);
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
      CHECK(note(access, c, EventKind::erased, in_part ? kept_words(c.language) : ""));
      finish_tasks(access, c, TaskKind::destroy);
      break;
    case RequestType::information:
      break;
  }
  return {};
}

}  // namespace chatika::requests
