#include "language/grams.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace chatika::language {

std::vector<std::uint64_t> grams(std::string_view folded) {
  constexpr std::uint64_t kEdge = 1;
  std::vector<std::uint64_t> out;
  std::uint64_t window = kEdge;
  std::size_t filled = 1;
  const auto push = [&](std::uint64_t letter) {
    window = window << 16U | (letter & 0xFFFFU);
    if (++filled >= 4) out.push_back(window);
  };
  for (std::size_t at = 0; at < folded.size();) push(text::next(folded, at));
  if (filled < 5) return {};
  push(kEdge);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

double similarity(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      ++both, ++i, ++j;
    else if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  return 2.0 * static_cast<double>(both) / static_cast<double>(a.size() + b.size());
}

}  // namespace chatika::language
