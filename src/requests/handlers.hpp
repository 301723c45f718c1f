// The durable jobs of requests.
#pragma once

#include <functional>
#include <string>

#include "jobs/jobs.hpp"
#include "privacy/access.hpp"
#include "requests/model.hpp"

namespace chatika::requests {

// What the program knows and this room does not.
struct Outside {
  std::function<std::string(TenantId, RequestId)> link{};  // of the case in the panel; none: mails carry no link
  bool mails = true;  // false: no mail server; a code that cannot be sent becomes a call
};
void register_handlers(jobs::Handlers& handlers, const Outside& outside = {});

// After the production calendar changed: every case whose clock runs is looked at by a job, and who handles one that
// now ends earlier is told.
void recheck_deadlines(privacy::Access& access);

}  // namespace chatika::requests
