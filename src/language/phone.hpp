// Phone numbers in free text, by libphonenumber. Invented numbers ("+7 (000) …") are refused: no such plan
// exists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/tokens.hpp"

namespace chatika::language {

inline constexpr std::size_t kPhones = 8;  // found in one text

struct Phone {
  std::string e164;  // "+79123456789"
  Span span;
};

// Valid numbers in order. `region` (CLDR, "RU") reads numbers without a country code.
std::vector<Phone> find_phones(std::string_view utf8, std::string_view region = "RU");

// Whether the text looks like an attempt at a number (7 to 15 digits, hardly any letters): the asker may then
// say "check it".
bool looks_like_phone(std::string_view utf8);

// "+79123456789" -> "+7 912 345-67-89"; what is no E.164 number comes back as it is.
std::string format_phone(std::string_view e164);

}  // namespace chatika::language
