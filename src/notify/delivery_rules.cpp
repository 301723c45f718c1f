#include "notify/delivery_rules.hpp"

#include <algorithm>
#include <array>

namespace chatika::notify {
namespace {

using std::chrono::minutes;
constexpr std::array kPauses{minutes(1),  minutes(3),   minutes(10),  minutes(30),
                             minutes(60), minutes(180), minutes(360), minutes(720)};

std::string_view word(Reply::Kind kind) {
  using enum Reply::Kind;
  switch (kind) {
    case accepted:
      return "";
    case refused:
      return "refused";
    case deferred:
      return "deferred";
    case unreachable:
      return "unreachable";
    case untrusted:
      return "untrusted";
    case timed_out:
      return "timed_out";
    case stopped:
      return "stopped";
  }
  return "unreachable";
}

}  // namespace

Micros pause_after(int attempt) {
  const auto index = static_cast<std::size_t>(std::max(attempt, 1) - 1);
  return kPauses[std::min(index, kPauses.size() - 1)];
}

Verdict judge(const Reply& reply, int attempt, Micros age) {
  if (reply.kind == Reply::Kind::accepted) return {.state = MailState::sent, .error = {}, .wait = {}};
  const auto pause = reply.kind == Reply::Kind::stopped ? Micros(0) : pause_after(attempt);
  if (reply.kind == Reply::Kind::refused || age + pause > kTryFor)
    return {.state = MailState::dead, .error = word(reply.kind), .wait = {}};
  return {.state = MailState::waiting, .error = word(reply.kind), .wait = pause};
}

}  // namespace chatika::notify
