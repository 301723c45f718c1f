// Rights carried out: correction, retention, erasure, holds, evidence, recipients.
#include <fmt/format.h>

#include "privacy/destruction.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"
#include "privacy/retention.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kSweepPause = std::chrono::days(2);  // a sweep that could not run yesterday has run by then

using Counts = prove_store::RightsCounts;

// The counts of all businesses, added up by `member`; `what` says what a number above nought means.
Finding none_of(ProveScope& scope, std::int64_t Counts::* member, const char* what,
                const std::function<std::string(const Counts&)>& fact) {
  Counts all;
  const auto bad = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    const auto c = prove_store::rights(access.tx(), scope.now);
    all.corrections += c.corrections;
    all.holds += c.holds;
    all.notices += c.notices;
    all.notices_open += c.notices_open;
    return c.*member;
  });
  if (!bad) return failed(bad.error().cause);
  if (*bad > 0) return failed(fmt::format("{} {}", *bad, what));
  return passed(fact(all));
}

Finding corrections_have_history(ProveScope& scope) {
  return none_of(
      scope, &Counts::corrections_of_nobody, "corrections do not say who made them", [](const Counts& all) {
        return all.corrections == 0
                   ? std::string("nobody's data have been corrected here yet")
                   : fmt::format("{} corrections looked at: each says who made it", all.corrections);
      });
}

Finding periods_are_kept(ProveScope& scope) {
  std::string stalled;
  const auto old = scope.sum([&](const auto& business, Access& access) -> Result<std::int64_t> {
    const auto first = prove_store::first_subject_at(access.tx());
    const auto swept = prove_store::last_good_sweep(access.tx());
    const auto due = scope.now - kSweepPause;
    if (first && *first < due && (!swept || *swept < due)) stalled = business.slug;
    const auto before = [&](Retention retention) {
      return scope.now - std::chrono::days(days_of(access, retention)) - kSweepPause;
    };
    return prove_store::unheld_conversations_older_than(access.tx(), before(Retention::conversations)) +
           prove_store::sessions_older_than(access.tx(), before(Retention::sessions));
  });
  if (!old) return failed(old.error().cause);
  if (*old > 0)
    return failed(fmt::format("{} conversations and sessions are older than their business's period", *old));
  if (!stalled.empty()) return failed(fmt::format("no sweep of {} has ended well for two days", stalled));
  return passed("no conversation and no session is older than its business's period, and the sweeps run");
}

Finding addresses_are_truncated(ProveScope& scope) {
  const auto old = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    return prove_store::whole_addresses_older_than(
        access.tx(), scope.now - std::chrono::days(days_of(access, Retention::addresses)) - kSweepPause);
  });
  if (!old) return failed(old.error().cause);
  if (*old > 0)
    return failed(fmt::format("{} addresses are older than their period and not truncated", *old));
  return passed("no whole address is older than its business's period");
}

Finding erasures_are_in_time(ProveScope& scope) {
  return both(none_of(scope, &Counts::erasures_overdue, "erasures are past their last day",
                      [](const Counts& all) {
                        return fmt::format("no erasure is past its last day; {} fields are held", all.holds);
                      }),
              none_of(scope, &Counts::holds_without_article, "legal holds name no article",
                      [](const Counts&) { return std::string("every legal hold names its article"); }));
}

Finding evidence_is_complete(ProveScope& scope) {
  std::int64_t acts = 0;
  const auto bad = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    const auto verdict = TRY(verify_destructions(access));
    acts += verdict.acts;
    return static_cast<std::int64_t>(verdict.bad.size());
  });
  if (!bad) return failed(bad.error().cause);
  if (*bad > 0)
    return failed(fmt::format("{} acts of destruction are incomplete, changed or not in the ledger", *bad));
  if (acts == 0)
    return not_applicable(
        "nothing to look at yet: the erasure ledger is in its place, nobody has been erased");
  return both(passed(fmt::format("{} acts of destruction are complete, unchanged and in the ledger", acts)),
              none_of(scope, &Counts::evidence_too_old, "acts are kept past their three years",
                      [](const Counts&) { return std::string("none is kept past its three years"); }));
}

// Entering a business whose data are behind its ledger is refused, so having been in all of them is the
// proof.
Finding ledgers_are_followed(ProveScope& scope) {
  return none_of(scope, &Counts::erased_with_key, "erased persons still have a key", [&](const Counts&) {
    return fmt::format(
        "{} businesses have followed their erasure ledgers to the head; no erased person has a key",
        scope.businesses.size());
  });
}

Finding recipients_are_told(ProveScope& scope) {
  return none_of(scope, &Counts::notices_not_told, "notices to recipients are due and not sent",
                 [](const Counts& all) {
                   return all.notices == 0 ? std::string("no recipient has had to be told of anything yet")
                                           : fmt::format(
                                                 "{} notices to recipients looked at: {} are not "
                                                 "acknowledged yet and go on being repeated",
                                                 all.notices, all.notices_open);
                 });
}

}  // namespace

std::vector<Promise> prove_rights() {
  return {
      {4, "data can be corrected, with history", corrections_have_history},
      {5, "retention is enforced by the program", periods_are_kept},
      {11, "network addresses serve security only, then they are truncated", addresses_are_truncated},
      {43, "data are deleted when their period ends", periods_are_kept},
      {51, "deletion within 30 days unless a hold with its article says otherwise", erasures_are_in_time},
      {52, "destruction is evidenced after Order 179", evidence_is_complete},
      {53, "who was erased never comes back", ledgers_are_followed},
      {56, "recipients are told of correction and erasure until they acknowledge", recipients_are_told},
  };
}

}  // namespace chatika::privacy
