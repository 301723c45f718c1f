// `chatika prove`: looks at a live installation and says of every promise P1 to P56 whether it is kept.
//
// Every check looks: at the schema, at rows (counts, never contents), at files, or at what the program does
// in a scratch installation of its own that is gone afterwards. It changes nothing of a tenant but one row of
// the audit.
//
// Refuses: to pass what it did not look at. What only people can vouch for is `attested`; what this
// installation has no use for, or this version does not have, is `not_applicable` and says which. Evidence
// carries counts and names of columns, never personal data.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "db/executor.hpp"
#include "db/isolation.hpp"
#include "json/types.hpp"
#include "privacy/access.hpp"

namespace chatika::privacy {

inline constexpr int kPromises = 56;

enum class PromiseState { passed, failed, attested, not_applicable };
CHATIKA_JSON_ENUM(PromiseState, passed, failed, attested, not_applicable)

struct Finding {
  PromiseState state = PromiseState::failed;
  std::vector<std::string> evidence;  // short facts
};
Finding passed(std::string fact);
Finding failed(std::string fact);
Finding attested(std::string fact);
Finding not_applicable(std::string fact);
// The worse of both, with the facts of both: failed before attested before passed before not_applicable.
Finding both(Finding a, Finding b);

// What is looked at.
struct ProveScope {
  struct Business {
    TenantId id;
    std::string slug;
    std::string zone;
    bool clinic = false;
  };
  db::Storage& storage;
  std::vector<Business> businesses;
  // Runs in one operation of the business as the system; what it returns undoes or commits.
  std::function<Result<void>(const Business&, const std::function<Result<void>(Access&)>&)> enter;
  std::function<db::Isolation()> isolation;
  std::string data_dir;  // SQLite
  Time now;

  // Adds up f over all businesses; an error of one ends it.
  Result<std::int64_t> sum(const std::function<Result<std::int64_t>(const Business&, Access&)>& f);
};

using PromiseCheck = std::function<Finding(ProveScope&)>;
struct Promise {
  int number = 0;
  std::string_view what;
  PromiseCheck check;
};
// What this room can check itself; the rooms above add theirs. A later one of the same number is added to the
// earlier (both()).
std::vector<Promise> privacy_promises();

struct PromiseReport {
  std::string promise;  // "P1"
  std::string what;
  PromiseState state = PromiseState::failed;
  std::vector<std::string> evidence;
};
CHATIKA_JSON(PromiseReport, promise, what, state, evidence)

struct ProveReport {
  Time checked_at;
  std::int64_t businesses = 0;
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  std::int64_t attested = 0;
  std::int64_t not_applicable = 0;
  std::vector<PromiseReport> promises;  // P1 to P56, each once, in order
};
CHATIKA_JSON(ProveReport, checked_at, businesses, passed, failed, attested, not_applicable, promises)

// Runs all. A check that throws or errs has failed; a promise nobody checks has failed too.
ProveReport prove(ProveScope& scope, const std::vector<Promise>& promises);

}  // namespace chatika::privacy
