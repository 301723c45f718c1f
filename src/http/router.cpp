#include <algorithm>

#include "http/http.hpp"

namespace chatika::http {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{';
}

// "/a/b" is {"a", "b"}, "/" is {""}.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const auto at = path.find('/');
    segments.push_back(path.substr(0, at));
    if (at == std::string_view::npos) return segments;
    path.remove_prefix(at + 1);
  }
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& segments) {
  return std::ranges::equal(pattern, segments, [](const std::string& part, std::string_view segment) {
    return is_parameter(part) ? !segment.empty() : part == segment;
  });
}

// Less than zero when `a` is the more literal one, looking from the left; zero for the same shape.
int compare_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (is_parameter(a[i]) != is_parameter(b[i])) return is_parameter(a[i]) ? 1 : -1;
  }
  return 0;
}

void allow_method(std::string& allow, Method method) {
  if (!allow.empty()) allow += ", ";
  allow += name(method);
  if (method == Method::get) allow += ", HEAD";
}

}  // namespace

void Router::add(Method method, std::string_view path_template, std::size_t route) {
  const auto parts = split(path_template);
  entries_.push_back({method, {parts.begin(), parts.end()}, route});
}

std::expected<Router::Match, Router::Miss> Router::find(Method method, std::string_view path,
                                                        std::string* allow) const {
  const auto segments = split(path);
  // The path alone picks the resource, so that a method missing on "/a/list" never falls to "/a/{id}".
  const Entry* shape = nullptr;
  const Entry* hit = nullptr;
  std::string allowed;
  for (const Entry& entry : entries_) {
    if (!fits(entry.segments, segments)) continue;
    const int order = shape ? compare_shape(entry.segments, shape->segments) : -1;
    if (order > 0) continue;
    if (order < 0) {
      shape = &entry;
      hit = nullptr;
      allowed.clear();
    }
    if (entry.method == method) hit = &entry;
    if (entry.method == Method::get && method == Method::head && !hit) hit = &entry;
    if (!hit) allow_method(allowed, entry.method);
  }
  if (!hit) {
    if (!shape) return std::unexpected(Miss::no_path);
    if (allow) *allow = std::move(allowed);
    return std::unexpected(Miss::no_method);
  }
  Match match{.route = hit->route, .params = {}};
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string& part = hit->segments[i];
    if (is_parameter(part)) match.params.emplace(part.substr(1, part.size() - 2), segments[i]);
  }
  return match;
}

}  // namespace chatika::http
