// The durable jobs of requests.
#pragma once

#include "jobs/jobs.hpp"

namespace chatika::requests {

void register_handlers(jobs::Handlers& handlers);

}  // namespace chatika::requests
