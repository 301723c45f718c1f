#include "jobs/schedule.hpp"

namespace chatika::jobs {
namespace {

constexpr auto kJump = std::chrono::seconds(1);  // a clock that is slewed does not go back at all

}  // namespace

void Schedule::wake(TenantId tenant, Time due) {
  const auto [place, fresh] = due_.try_emplace(tenant, due);
  if (!fresh) {
    if (place->second <= due) return;
    order_.erase({place->second, tenant});
    place->second = due;
  }
  order_.emplace(due, tenant);
}

std::vector<TenantId> Schedule::take(Time now, std::size_t limit) {
  std::vector<TenantId> out;
  while (out.size() < limit && !order_.empty() && order_.begin()->first <= now) {
    out.push_back(order_.begin()->second);
    due_.erase(out.back());
    order_.erase(order_.begin());
  }
  return out;
}

std::optional<Time> Schedule::next() const {
  return order_.empty() ? std::nullopt : std::optional(order_.begin()->first);
}

void Schedule::observe(Time now) {
  const bool back = last_ && now + kJump < *last_;
  last_ = now;
  if (!back) return;
  order_.clear();
  for (auto& [tenant, due] : due_) {
    if (due > now) due = now;
    order_.emplace(due, tenant);
  }
}

}  // namespace chatika::jobs
