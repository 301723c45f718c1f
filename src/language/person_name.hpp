// A visitor's own name. Refuses what is a sentence, a question, a refusal, a number or abuse: asking again
// costs less than greeting somebody as "Не Скажу".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "language/tokens.hpp"

namespace chatika::language {

struct PersonName {
  std::string name;  // one to three words, each with a capital
  Span span;
};

// The answer to "Как вас зовут?": a bare name, or one with its introduction ("меня зовут Анна", "Анна,
// телефон …").
std::optional<PersonName> answered_name(std::string_view utf8);

// A name nobody asked for: only with its introduction ("меня зовут …", "это Сергей Петрович", "my name is
// …").
std::optional<PersonName> volunteered_name(std::string_view utf8);

}  // namespace chatika::language
