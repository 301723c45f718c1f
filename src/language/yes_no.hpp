// A visitor's answer to "Всё верно?".
#pragma once

#include <string_view>

namespace chatika::language {

enum class YesNo { yes, no, neither };

// Careful: a long sentence, a question, or words beside the yes or no that change its sense ("да, но в
// пятницу") are neither.
YesNo yes_no(std::string_view utf8);

}  // namespace chatika::language
