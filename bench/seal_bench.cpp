// T13: sealing a field of 256 bytes with a subject key against bare OpenSSL, in turns. Exit 1 beyond the
// reach.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "bench/limits/seal_limit.hpp"
#include "crypto/crypto.hpp"

namespace {

using namespace chatika;

constexpr std::size_t kFieldBytes = 256;
constexpr std::size_t kRounds = 200'000;
constexpr std::size_t kRuns = 9;
constexpr std::size_t kSubjects = 64;  // neighbours in work are fields of different people
constexpr double kReach = 2.0;

// Nanoseconds a call of `work(i)`.
template <class Work>
double ns_each(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < kRounds; ++i) work(i);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  return took.count() / static_cast<double>(kRounds);
}

double median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

}  // namespace

int main() {
  std::vector<crypto::Key> keys;
  std::vector<crypto::Place> places;
  std::vector<std::string> boxes;
  const std::string text(kFieldBytes, 'x');
  for (std::size_t i = 0; i < kSubjects; ++i) {
    keys.push_back(crypto::Key::fresh());
    places.push_back(
        {.tenant = TenantId::fresh(), .table = "visitors", .column = "phone", .row = new_uuid()});
    boxes.push_back(crypto::seal(keys[i], 1, places[i], text));
  }
  std::size_t bytes = 0;  // keeps the work from being dropped
  std::vector<double> limit, seal, open;
  for (std::size_t run = 0; run < kRuns; ++run) {
    limit.push_back(bench::seal_limit_ns(kFieldBytes, kRounds));
    seal.push_back(ns_each([&](std::size_t i) {
      const std::size_t at = i % kSubjects;
      bytes += crypto::seal(keys[at], 1, places[at], text).size();
    }));
    open.push_back(ns_each([&](std::size_t i) {
      const std::size_t at = i % kSubjects;
      bytes += crypto::open(keys[at], places[at], boxes[at])->size();
    }));
  }
  const double least = median(limit), sealing = median(seal), opening = median(open);
  const double ratio = sealing / least;
  fmt::print("T13 seal {} B: {:.3f} us, limit {:.3f} us, ratio {:.2f} (reach <= {:.0f})\n", kFieldBytes,
             sealing / 1000, least / 1000, ratio, kReach);
  fmt::print("    open {} B: {:.3f} us, ratio {:.2f}\n", kFieldBytes, opening / 1000, opening / least);
  return ratio <= kReach && bytes > 0 ? 0 : 1;
}
