// Words of the register for the privacy centre, in the reader's language.
#pragma once

#include <string>
#include <string_view>

namespace chatika::api {

// In the middle of a sentence to the person: "телефон"; empty for what is not about visitors.
std::string visitor_word(std::string_view key, std::string_view language);

}  // namespace chatika::api
