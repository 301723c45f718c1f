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
  if (all == 0) return not_applicable("nothing to look at yet: nobody has made a request");
  return passed(fmt::format("{} requests looked at: {}", all, fact));
}

// The way to appeal stands in the sealed answer; counted, never shown.
Finding refusals_name_the_appeal(ProveScope& scope) {
  std::int64_t refused = 0;
  const auto silent = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    std::int64_t bad = 0;
    for (const auto& r : prove_store::refusals(access.tx())) {
      // Whoever was erased since cannot be told anything any more.
      const auto standing = access.standing(r.requester);
      if (!standing || standing->erased_at) continue;
      ++refused;
      const auto text =
          access.open_field(Field::request_answer, r.requester, r.request, r.box, Purpose::subject_request);
      const auto at = text ? text->find("\"appeal\":\"") : std::string::npos;
      if (at == std::string::npos || text->at(at + std::string_view("\"appeal\":\"").size()) == '"') ++bad;
    }
    return bad;
  });
  if (!silent) return failed(silent.error().cause);
  if (*silent > 0)
    return failed(fmt::format("{} of {} refusals do not tell the person where to appeal", *silent, refused));
  if (refused == 0) return not_applicable("nothing to look at yet: no request has been refused");
  return passed(fmt::format("{} refusals opened: each tells where to appeal", refused));
}

}  // namespace

std::vector<Promise> prove_requests() {
  return {
      {41, "requests are answered in 10 business days (+5)",
       [](ProveScope& scope) {
         return none_of(scope, &Counts::overdue, "requests are not answered and past their last day",
                        "none is past its last day");
       }},
      {48, "every refusal names the way to appeal",
       [](ProveScope& scope) {
         return both(none_of(scope, &Counts::refused_without_article, "refusals name no article of the law",
                             "each refusal among them names its article"),
                     refusals_name_the_appeal(scope));
       }},
      {49, "a request has name, contact, description and essence",
       [](ProveScope& scope) {
         return none_of(scope, &Counts::without_field,
                        "requests lack a name, a contact, a description or an essence",
                        "each has a name, a contact, a description and an essence");
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
