// What a look at the installation cannot prove: it is said who vouches for it, or that it is not there.
#include <fmt/format.h>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

PromiseCheck attest(const char* fact) {
  return [fact](ProveScope&) { return attested(fact); };
}
PromiseCheck absent(const char* fact) {
  return [fact](ProveScope&) { return not_applicable(fact); };
}

Finding size(ProveScope& scope) {
  const auto subjects = scope.sum(
      [](const auto&, Access& access) -> Result<std::int64_t> { return prove_store::subjects(access.tx()); });
  if (!subjects) return failed(subjects.error().cause);
  return attested(
      fmt::format("{} businesses, {} persons here; 1,000 x 10,000 is shown by a benchmark, not by a look",
                  scope.businesses.size(), *subjects));
}

}  // namespace

std::vector<Promise> prove_elsewhere() {
  return {
      {10, "chat text goes to a language model outside only masked",
       absent("this version has no connection to a language model outside the installation")},
      {16, "1,000 businesses with 10,000 persons each", size},
      {36, "automatic encrypted backups with restore drills",
       absent("this version makes no backups: whoever runs the installation has to")},
      {37, "a recipe for a certified Russian cloud, data kept in Russia",
       absent("this version has no such recipe; where the machine stands only its operator can say")},
      {38, "vulnerability scanning and updates",
       absent("this version carries no list of its parts to be scanned against; dependencies are named in "
              "docs/dependencies.md")},
      {40, "automated means are disclosed, a person is one click away",
       attest("shown by the widget and tested in a browser when the program is built; nobody looks at a "
              "screen here")},
  };
}

}  // namespace chatika::privacy
