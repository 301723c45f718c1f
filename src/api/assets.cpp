#include "api/assets.hpp"

#include <algorithm>

namespace chatika::api {
namespace {

constexpr std::string_view kSeed = "/seed/";

const Asset* find(std::string_view path) {
  const auto table = all_assets();
  const auto it = std::ranges::lower_bound(table, path, {}, &Asset::path);
  return it != table.end() && it->path == path ? &*it : nullptr;
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  return path.starts_with(kSeed) ? nullptr : find(path);
}

const Asset* find_seed(std::string_view path) {
  return path.starts_with(kSeed) ? find(path) : nullptr;
}

}  // namespace chatika::api
