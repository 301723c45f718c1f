// What the files of this room share; nobody else includes it.
#pragma once

#include <string>
#include <string_view>

#include "requests/requests.hpp"
#include "requests/requests_rules.hpp"
#include "requests/requests_store.hpp"

namespace chatika::requests {

inline constexpr std::string_view kMatchJob = "requests.match";
inline constexpr std::string_view kCodeJob = "requests.code";
inline constexpr std::string_view kRemindJob = "requests.remind";
inline constexpr std::string_view kRecheckJob = "requests.recheck";
inline constexpr std::string_view kWithdrawalLinkJob = "requests.withdrawal_link";
inline constexpr std::string_view kWithdrawnJob = "requests.withdrawn";

struct CaseJob {
  RequestId request;
};
CHATIKA_JSON(CaseJob, request)
struct WithdrawalLinkJob {
  Uuid ask;
};
CHATIKA_JSON(WithdrawalLinkJob, ask)

std::uint64_t random_number();
Result<Case> load(privacy::Access& access, RequestId id);
// Writes the case; its clock's job is added while it runs.
void save(privacy::Access& access, const Case& c);
void schedule(privacy::Access& access, const Case& c);
Result<void> note(privacy::Access& access, const Case& c, EventKind kind, std::string_view text = {});
void add_task(privacy::Access& access, const Case& c, TaskKind kind);
void finish_tasks(privacy::Access& access, const Case& c, TaskKind kind);
// Cuts `people` to what a case takes; whoever is left out is a task of its officer, and it cannot be closed before.
void keep_to_limit(privacy::Access& access, const Case& c, std::vector<SubjectId>& people);
// Of one kind: not done yet.
bool has_open_task(privacy::Access& access, const Case& c, TaskKind kind);
// The text of a new private link, which is kept as a hash.
std::string new_link(privacy::Access& access, RequestId id);
// The address of a link's page: of the page, then the token. Nothing secret stands before the '#'.
std::string link_to(const Pages& pages, std::string_view token);

// Verified from now on, and what the law wants at once is done.
Result<void> verified_now(privacy::Access& access, Case& c, Verification how, std::string_view text = {});
// What the law wants of a verified request at once, for every person of the case.
Result<void> at_once(privacy::Access& access, Case& c);
// Lifts the blocks that this case has placed, where nothing else keeps them.
Result<void> lift_blocks(privacy::Access& access, const Case& c);
// Nothing is left to destroy: the person is erased, or what is left waits for a duty or a visit to end.
Result<bool> is_gone(privacy::Access& access, const Case& c, SubjectId subject);
// When the case's job looks at it again: at its clock, and soon after an erasure that it waits for.
Time next_look(privacy::Access& access, const Case& c);
// What was asked, done to every person of the case.
Result<void> carry_out(privacy::Access& access, Case& c);
// Consent ends, without a word to the person. False: there was none.
Result<bool> end_consent(privacy::Access& access, SubjectId subject, RequestChannel channel);
// "Consent is withdrawn", once, at the first address that is known: the records of a case are one person's. By a job,
// because whoever withdraws may not open it.
void tell_withdrawn(privacy::Access& access, const Case& c);
Result<void> mail_withdrawn(privacy::Access& access, RequestId id);

}  // namespace chatika::requests
