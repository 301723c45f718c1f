// What an attempt's outcome means for the mail. Pure.
#pragma once

#include <chrono>

#include "base/clock.hpp"
#include "notify/notify.hpp"
#include "notify/smtp.hpp"

namespace chatika::notify {

inline constexpr auto kTryFor = std::chrono::days(3);  // since the mail was put into the outbox

struct Verdict {
  MailState state = MailState::waiting;
  std::string_view error;      // "" when sent
  std::optional<Micros> wait;  // exactly when it waits
};

// `attempt` counts from 1, `age` is that of the mail.
Verdict judge(const Reply& reply, int attempt, Micros age);

// After the n-th failed attempt: 1 min, then longer, 12 h at most.
Micros pause_after(int attempt);

}  // namespace chatika::notify
