// Pure decisions and words of the inbox.
#pragma once

#include <string>
#include <string_view>

namespace chatika::inbox {

inline constexpr std::size_t kPreviewChars = 120;

// The last message on one line of the panel's list.
std::string preview(std::string_view text);

// Lines the conversation shows when it changes hands, in its language.
std::string joined_text(std::string_view name, std::string_view language);
std::string handed_back_text(std::string_view language);
std::string closed_text(std::string_view language);

}  // namespace chatika::inbox
