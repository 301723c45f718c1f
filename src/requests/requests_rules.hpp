// Pure decisions about requests: which term runs, what is to be done, what may follow what.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "requests/model.hpp"

namespace chatika::requests {

inline constexpr int kCodeDigits = 6;
inline constexpr auto kCodeLife = std::chrono::minutes(30);
inline constexpr int kCodeTries = 5;
inline constexpr int kCodesPerCase = 3;
inline constexpr int kCodesPerSubjectADay = 5;  // nobody's mailbox is filled by strangers
inline constexpr auto kLinkLife = std::chrono::days(60);
inline constexpr auto kWithdrawalLinkLife = std::chrono::days(90);
// Records of one contact that a request is carried out on, in one operation. Past it the officer is told (more_people).
inline constexpr std::size_t kSubjectsPerCase = 1000;
inline constexpr auto kAlarmEvery = std::chrono::days(1);

privacy::Trigger trigger_of(RequestType type);
// What the officer has to do once the requester is verified.
std::vector<TaskKind> tasks_of(RequestType type);

// "ЗПД-4821-9307": eight digits out of `random` (any 64 bits).
std::string reference_of(std::uint64_t random);
// Digits of `random`; every code equally likely as far as 64 bits go.
std::string code_of(std::uint64_t random);

// When to look at a case's clock next: its next reminder, the moment after its end, then every kAlarmEvery. Counts by number,
// not by time, so that a clock that jumps back sends nothing twice.
std::optional<Time> next_reminder(const privacy::Deadline& deadline, int reminded);

// What may be done to a case that stands so. Errc::conflict otherwise.
Result<void> may_verify(const Case& c);
Result<void> may_answer(const Case& c);
Result<void> may_execute(const Case& c);
Result<void> may_extend(const Case& c);
Result<void> may_close(const Case& c);

}  // namespace chatika::requests
