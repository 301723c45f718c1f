// Whether a signed-in employee may work at all. Asked inside every operation of the panel, before the role.
//
// Refuses: who has not accepted the terms of use, who has not signed the documents in force, whose access has
// ended.
#pragma once

#include "base/result.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

// For Principal::Kind::employee. Errc::access_expired, Errc::agreement_required,
// Errc::familiarisation_required.
Result<void> clearance(privacy::Access& access);

}  // namespace chatika::organisation
