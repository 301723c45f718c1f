#include "requests/requests_rules.hpp"

#include <fmt/format.h>

namespace chatika::requests {

using privacy::Trigger;

Trigger trigger_of(RequestType type) {
  switch (type) {
    case RequestType::information:
      return Trigger::information_request;
    case RequestType::correction:
      return Trigger::accuracy_correct;
    case RequestType::blocking:
      return Trigger::information_request;  // the block itself is at once; the person is told within this term
    case RequestType::deletion:
      // Whatever the grounds turn out to be, the strictest that may apply: art. 20(3) before 21(3) and 21(5).
      return Trigger::destroy_on_demand;
    case RequestType::withdrawal:
      return Trigger::consent_withdrawn;
    case RequestType::stop:
    case RequestType::objection:
      return Trigger::stop_demand;
  }
  return Trigger::information_request;
}

std::vector<TaskKind> tasks_of(RequestType type) {
  switch (type) {
    case RequestType::information:
      return {TaskKind::answer};
    case RequestType::correction:
      return {TaskKind::block, TaskKind::correct, TaskKind::unblock, TaskKind::answer};
    case RequestType::blocking:
      return {TaskKind::block, TaskKind::answer};
    case RequestType::deletion:
    case RequestType::withdrawal:
      return {TaskKind::destroy, TaskKind::answer};
    case RequestType::stop:
    case RequestType::objection:
      return {TaskKind::stop, TaskKind::answer};
  }
  return {};
}

std::string reference_of(std::uint64_t random) {
  const auto digits = fmt::format("{:08}", random % 100'000'000);
  return "ЗПД-" + digits.substr(0, 4) + "-" + digits.substr(4);
}

std::string code_of(std::uint64_t random) {
  return fmt::format("{:06}", random % 1'000'000);
}

std::optional<Time> next_reminder(const privacy::Deadline& deadline, int reminded) {
  const auto n = static_cast<std::size_t>(reminded);
  if (n < deadline.reminders.size()) return deadline.reminders[n];
  const auto alarms = static_cast<int>(n - deadline.reminders.size());
  return deadline.due + std::chrono::seconds(1) + alarms * kAlarmEvery;
}

Result<void> may_verify(const Case& c) {
  if (!c.live()) return fail(Errc::conflict, "the request is answered");
  if (c.verified()) return fail(Errc::conflict, "the requester is verified");
  return {};
}

Result<void> may_answer(const Case& c) {
  if (!c.live()) return fail(Errc::conflict, "the request is answered");
  return {};
}

// Answered or not: what was promised may be carried out after the answer.
Result<void> may_execute(const Case& c) {
  if (c.status == RequestStatus::closed || c.status == RequestStatus::refused)
    return fail(Errc::conflict, "the request has ended");
  if (!c.verified()) return fail(Errc::conflict, "the requester is not verified");
  if (c.subjects.empty()) return fail(Errc::conflict, "nobody's data has been found for it");
  return {};
}

Result<void> may_extend(const Case& c) {
  if (!c.live()) return fail(Errc::conflict, "the request is answered");
  return {};
}

// An answer or a refusal comes first: a request may not be lost by closing it.
Result<void> may_close(const Case& c) {
  if (c.status != RequestStatus::answered && c.status != RequestStatus::refused)
    return fail(Errc::conflict, "answer or refuse it first");
  if (c.clock_runs()) return fail(Errc::conflict, "what was asked for is not carried out yet");
  return {};
}

}  // namespace chatika::requests
