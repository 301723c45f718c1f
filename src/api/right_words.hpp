// Words of the register for the privacy centre, in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "privacy/erasure_ledger.hpp"

namespace chatika::api {

// Of a field's key; what is unknown comes back as it is.
std::string field_label(std::string_view key, std::string_view language);
// In the middle of a sentence to the person: "телефон"; empty for what is not about visitors.
std::string visitor_word(std::string_view key, std::string_view language);
std::string reason_label(privacy::ErasureReason reason, std::string_view language);

}  // namespace chatika::api
