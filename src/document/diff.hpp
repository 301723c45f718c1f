// What has changed between two documents, line by line of their canonical text.
#pragma once

#include <string>
#include <vector>

#include "document/document.hpp"

namespace chatika::document {

enum class ChangeKind { added, removed, changed };
CHATIKA_JSON_ENUM(ChangeKind, added, removed, changed)

struct Change {
  ChangeKind kind = ChangeKind::changed;
  std::string section;  // the heading above it; "" before the first
  std::string before;   // "" when added
  std::string after;    // "" when removed
  bool operator==(const Change&) const = default;
};
CHATIKA_JSON(Change, kind, section, before, after)

// Compared line by line up to this many pairs of differing lines; past it all of them count as replaced.
inline constexpr std::size_t kMaxCompared = 4'000'000;

// In the order of the new text. Empty when the texts are the same.
std::vector<Change> diff(std::string_view before, std::string_view after);
inline std::vector<Change> diff(const Document& before, const Document& after) {
  return diff(to_text(before), to_text(after));
}

}  // namespace chatika::document
