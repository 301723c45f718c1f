// Which tenant has work due when, in memory: told after each commit that left work, and by the runner's pass
// over all tenants. Losing it costs nothing but the time of a pass.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace chatika::jobs {

class Schedule {
 public:
  // Keeps the earliest of what is said of a tenant.
  void wake(TenantId tenant, Time due);
  // Takes out the tenants that are due, the longest due first.
  std::vector<TenantId> take(Time now, std::size_t limit);
  [[nodiscard]] std::optional<Time> next() const;
  // To be told each reading of the clock. After a jump back every tenant here is due at once: what it waits
  // for has moved along in its database (see jobs::claim).
  void observe(Time now);

 private:
  std::map<TenantId, Time> due_;
  std::set<std::pair<Time, TenantId>> order_;  // the same, by time
  std::optional<Time> last_;
};

}  // namespace chatika::jobs
