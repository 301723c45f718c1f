// How each business is organised: agreements, the responsible person, documents, access, reviews, breaches.
#include <fmt/format.h>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::int64_t kInternalDocuments = 4;  // policy, rules, list of access, protection

using Counts = prove_store::OrganisationCounts;

// Every business has to satisfy `holds`; those that do not are named by their short names.
Finding every(ProveScope& scope, const std::function<bool(const Counts&)>& holds, const char* otherwise,
              const char* fact) {
  std::string lacking;
  const auto looked = scope.sum([&](const auto& business, Access& access) -> Result<std::int64_t> {
    if (holds(prove_store::organisation(access.tx(), scope.now))) return 0;
    lacking += (lacking.empty() ? "" : ", ") + business.slug;
    return 1;
  });
  if (!looked) return failed(looked.error().cause);
  if (*looked > 0) return failed(fmt::format("{}: {}", otherwise, lacking));
  return passed(fmt::format("{} businesses: {}", scope.businesses.size(), fact));
}

Promise promise(int number, std::string_view what, std::function<bool(const Counts&)> holds,
                const char* otherwise, const char* fact) {
  return {number, what, [holds = std::move(holds), otherwise, fact](ProveScope& scope) {
            return every(scope, holds, otherwise, fact);
          }};
}

}  // namespace

std::vector<Promise> prove_organisation() {
  return {
      promise(
          22, "employees accept the terms of use", [](const Counts& c) { return c.not_accepted == 0; },
          "someone has not accepted the terms of use", "every employee has accepted the terms of use"),
      promise(
          24, "the business accepts the processing agreement",
          [](const Counts& c) { return c.processing_agreements > 0; },
          "the processing agreement is not accepted", "the processing agreement is accepted"),
      promise(
          25, "a responsible person is appointed", [](const Counts& c) { return c.responsible == 1; },
          "nobody is responsible for personal data", "one person is responsible for personal data"),
      promise(
          26, "internal documents are approved",
          [](const Counts& c) { return c.document_kinds >= kInternalDocuments; },
          "internal documents are not in force", "all internal documents are approved and in force"),
      promise(
          27, "staff sign the documents before access",
          [](const Counts& c) { return c.unsigned_documents == 0; },
          "documents in force are not signed by everyone",
          "every employee has signed the documents in force"),
      promise(
          28, "access by request and approval ends at its time",
          [](const Counts& c) { return c.access_outlived == 0; }, "an access was used after its end",
          "no access was used after its end"),
      promise(
          29, "periodic reviews are done",
          [](const Counts& c) { return c.reviews > 0 && c.reviews_overdue == 0; },
          "a review is overdue or none is planned", "reviews are planned and none is overdue"),
      promise(
          54, "breaches: 24 h and 72 h", [](const Counts& c) { return c.breaches_late == 0; },
          "the authority was not told of a breach in time", "no notice of a breach is late"),
  };
}

}  // namespace chatika::privacy
