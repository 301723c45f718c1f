#pragma once

#include "privacy/access.hpp"

namespace chatika::accounts {

// Nobody decides on their own access or office while another lasting owner could. Errc::conflict.
Result<void> check_not_oneself(privacy::Access& access, EmployeeId id);

}  // namespace chatika::accounts
