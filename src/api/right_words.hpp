// Words of the register for the privacy centre, in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "privacy/erasure_ledger.hpp"

namespace chatika::api {

// Of a field's key; what is unknown comes back as it is.
std::string field_label(std::string_view key, std::string_view language);
std::string reason_label(privacy::ErasureReason reason, std::string_view language);

}  // namespace chatika::api
