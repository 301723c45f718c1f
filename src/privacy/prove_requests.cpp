// People's requests: in time, verified, refused only with an article.
#include <fmt/format.h>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

using Counts = prove_store::RequestCounts;

Finding none_of(ProveScope& scope, std::int64_t Counts::* member, const char* what, const char* fact) {
  std::int64_t all = 0;
  const auto bad = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    const auto counts = prove_store::requests(access.tx(), scope.now);
    all += counts.all;
    return counts.*member;
  });
  if (!bad) return failed(bad.error().cause);
  if (*bad > 0) return failed(fmt::format("{} {}", *bad, what));
  return passed(fmt::format("{} requests: {}", all, fact));
}

}  // namespace

std::vector<Promise> prove_requests() {
  return {
      {41, "requests are answered in 10 business days (+5)",
       [](ProveScope& scope) {
         return none_of(scope, &Counts::overdue, "requests are overdue", "none is overdue");
       }},
      {48, "every refusal names the way to appeal",
       [](ProveScope& scope) {
         return none_of(scope, &Counts::refused_without_article, "refusals name no article",
                        "every refusal names its article");
       }},
      {49, "a request has name, contact, description and essence",
       [](ProveScope& scope) {
         return none_of(scope, &Counts::without_field, "requests lack a required field",
                        "all four fields are there");
       }},
      {50, "the requester is verified; the unknown learn nothing",
       [](ProveScope& scope) {
         return both(
             none_of(scope, &Counts::done_unverified, "requests were carried out for someone unverified",
                     "none was carried out for someone unverified"),
             attested(
                 "that answers to the known and the unknown are equal is tested when the program is built"));
       }},
  };
}

}  // namespace chatika::privacy
