// The language a visitor writes in.
#pragma once

#include <string_view>

namespace chatika::language {

// "ru" or "en" by the letters of the text; `fallback` when there are too few to tell (digits, "ok", an e-mail
// address).
std::string_view detect(std::string_view utf8, std::string_view fallback);

}  // namespace chatika::language
