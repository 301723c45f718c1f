#include "privacy/prove.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "privacy/prove_checks.hpp"

namespace chatika::privacy {
namespace {

Finding one(PromiseState state, std::string fact) {
  Finding out{.state = state, .evidence = {}};
  out.evidence.push_back(std::move(fact));
  return out;
}

// The worse stands before.
int rank(PromiseState state) {
  switch (state) {
    case PromiseState::failed:
      return 0;
    case PromiseState::attested:
      return 1;
    case PromiseState::passed:
      return 2;
    case PromiseState::not_applicable:
      return 3;
  }
  return 0;
}

// what() of an exception may quote a value: only an engine's error, which never carries one, is shown.
Finding run(const PromiseCheck& check, ProveScope& scope) {
  try {
    return check(scope);
  } catch (const db::DbError& e) {
    return failed(fmt::format("the check could not be finished: {}", e.what()));
  } catch (const std::exception& e) {
    return failed(fmt::format("the check could not be finished: {}", typeid(e).name()));
  }
}

}  // namespace

Finding passed(std::string fact) {
  return one(PromiseState::passed, std::move(fact));
}
Finding failed(std::string fact) {
  return one(PromiseState::failed, std::move(fact));
}
Finding attested(std::string fact) {
  return one(PromiseState::attested, std::move(fact));
}
Finding not_applicable(std::string fact) {
  return one(PromiseState::not_applicable, std::move(fact));
}

Finding both(Finding a, Finding b) {
  Finding out{.state = rank(a.state) <= rank(b.state) ? a.state : b.state, .evidence = std::move(a.evidence)};
  std::ranges::move(b.evidence, std::back_inserter(out.evidence));
  return out;
}

Result<std::int64_t> ProveScope::sum(const std::function<Result<std::int64_t>(const Business&, Access&)>& f) {
  std::int64_t total = 0;
  for (const auto& business : businesses)
    CHECK(enter(business, [&](Access& access) -> Result<void> {
      total += TRY(f(business, access));
      return {};
    }));
  return total;
}

std::vector<Promise> privacy_promises() {
  std::vector<Promise> out;
  for (const auto theme : {prove_register, prove_sealing, prove_consent, prove_terms, prove_organisation,
                           prove_rights, prove_requests, prove_trials, prove_documents, prove_elsewhere})
    std::ranges::move(theme(), std::back_inserter(out));
  return out;
}

ProveReport prove(ProveScope& scope, const std::vector<Promise>& promises) {
  ProveReport report{.checked_at = scope.now,
                     .businesses = static_cast<std::int64_t>(scope.businesses.size()),
                     .promises = {}};
  for (int number = 1; number <= kPromises; ++number) {
    std::optional<Finding> finding;
    std::string what;
    for (const auto& promise : promises) {
      if (promise.number != number) continue;
      auto next = run(promise.check, scope);
      finding = finding ? both(std::move(*finding), std::move(next)) : std::move(next);
      if (what.empty()) what = promise.what;
    }
    if (!finding) finding = failed("nothing checks this promise");
    auto& count = finding->state == PromiseState::passed     ? report.passed
                  : finding->state == PromiseState::failed   ? report.failed
                  : finding->state == PromiseState::attested ? report.attested
                                                             : report.not_applicable;
    ++count;
    report.promises.push_back(
        {fmt::format("P{}", number), std::move(what), finding->state, std::move(finding->evidence)});
  }
  return report;
}

}  // namespace chatika::privacy
