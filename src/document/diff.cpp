#include "document/diff.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace chatika::document {
namespace {

using Lines = std::vector<std::string_view>;

// Without empty lines: they part blocks and say nothing.
Lines lines_of(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end != 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_heading(std::string_view line) {
  return line.starts_with("## ") || line.starts_with("### ") || line.starts_with("#### ");
}
std::string heading(std::string_view line) {
  return std::string(line.substr(line.find(' ') + 1));
}

// Pairs a run of removed lines with the run of added ones that took its place: one for one, the rest alone.
struct Run {
  Lines removed;
  Lines added;

  void flush(const std::string& section, std::vector<Change>& out) {
    const auto pairs = std::min(removed.size(), added.size());
    for (std::size_t i = 0; i < pairs; ++i)
      out.push_back({ChangeKind::changed, section, std::string(removed[i]), std::string(added[i])});
    for (auto i = pairs; i < removed.size(); ++i)
      out.push_back({ChangeKind::removed, section, std::string(removed[i]), ""});
    for (auto i = pairs; i < added.size(); ++i)
      out.push_back({ChangeKind::added, section, "", std::string(added[i])});
    removed.clear();
    added.clear();
  }
};

// For each line of `a`, whether it stays (longest common subsequence); `keep_b` the same for `b`.
void common(std::span<const std::string_view> a, std::span<const std::string_view> b,
            std::vector<bool>& keep_a, std::vector<bool>& keep_b) {
  keep_a.assign(a.size(), false);
  keep_b.assign(b.size(), false);
  if (a.empty() || b.empty() || a.size() > kMaxCompared / b.size()) return;
  const auto width = b.size() + 1;
  std::vector<std::uint32_t> best((a.size() + 1) * width, 0);
  for (auto i = a.size(); i-- > 0;)
    for (auto j = b.size(); j-- > 0;)
      best[i * width + j] = a[i] == b[j] ? best[(i + 1) * width + j + 1] + 1
                                         : std::max(best[(i + 1) * width + j], best[i * width + j + 1]);
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      keep_a[i++] = true, keep_b[j++] = true;
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1])
      ++i;
    else
      ++j;
  }
}

}  // namespace

std::vector<Change> diff(std::string_view before, std::string_view after) {
  const auto a = lines_of(before);
  const auto b = lines_of(after);
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  std::vector<bool> keep_a;
  std::vector<bool> keep_b;
  const auto middle_a = std::span(a).subspan(head, a.size() - head - tail);
  const auto middle_b = std::span(b).subspan(head, b.size() - head - tail);
  common(middle_a, middle_b, keep_a, keep_b);

  std::vector<Change> out;
  std::string section;
  for (std::size_t i = 0; i < head; ++i)
    if (is_heading(a[i])) section = heading(a[i]);
  Run run;
  for (std::size_t i = 0, j = 0; i < middle_a.size() || j < middle_b.size();) {
    if (i < middle_a.size() && !keep_a[i]) {
      run.removed.push_back(middle_a[i++]);
    } else if (j < middle_b.size() && !keep_b[j]) {
      run.added.push_back(middle_b[j++]);
    } else {
      run.flush(section, out);
      if (is_heading(middle_b[j])) section = heading(middle_b[j]);
      ++i, ++j;
    }
  }
  run.flush(section, out);
  return out;
}

}  // namespace chatika::document
