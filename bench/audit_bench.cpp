// Verification of an audit chain in a SQLite file against bare SHA-256 chaining of the same bytes in memory,
// in turns. Exit 1 below 200,000 rows a second.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <vector>

#include "crypto/crypto.hpp"
#include "db/executor.hpp"
#include "privacy/audit_verify.hpp"

namespace {

using namespace chatika;

constexpr std::int64_t kRows = 200'000;
constexpr std::int64_t kAtOnce = 2'000;
constexpr std::size_t kRuns = 5;
constexpr double kLeast = 200'000;

privacy::AuditEntry entry(std::int64_t i) {
  return {.at = from_micros(1'764'000'000'000'000 + i * 1'000'000),
          .actor = "employee:" + to_string(new_uuid()),
          .operation = "conversation.open",
          .detail = R"({"read":["visitor.name_box","visitor.phone_box","message.body_box"],)"
                    R"("purposes":["addressing","lead","answering"],"bases":["consent"]})",
          .subjects = {SubjectId::fresh(), SubjectId::fresh()},
          .from = "192.0.2.0/24"};
}

template <class Work>
double rows_per_second(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return static_cast<double>(kRows) / took.count();
}

double median(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

}  // namespace

int main() {
  const auto dir =
      (std::filesystem::temp_directory_path() / ("audit_bench." + std::to_string(getpid()))).string();
  const auto tenant = TenantId::fresh();
  const auto key = crypto::SigningKey::from_seed(crypto::Key::fresh());
  std::vector<double> bare, verified, by_cpu, written;
  bool whole = true;
  {
    auto storage = db::Storage::open({.data_dir = dir}).value();
    if (!storage->create_tenant(tenant)) return 1;
    written.push_back(rows_per_second([&] {
      for (std::int64_t done = 0; done < kRows; done += kAtOnce)
        db::run_and_wait(*storage, tenant, [&](db::Tx& tx) {
          for (std::int64_t i = done; i < done + kAtOnce; ++i) append_audit(tx, entry(i));
          static_cast<void>(privacy::checkpoint(tx, from_micros(done), key, true));
          return true;
        });
    }));
    // As many bytes as chain_hash() gathers for a row.
    const auto e = entry(1);
    const std::string row(
        15 + 32 + 16 + 5 * 8 + e.actor.size() + e.operation.size() + e.detail.size() + e.from.size() + 32,
        'x');
    for (std::size_t run = 0; run < kRuns; ++run) {
      bare.push_back(rows_per_second([&] {
        auto bytes = row;
        for (std::int64_t i = 0; i < kRows; ++i) {
          const auto hash = crypto::sha256(bytes);
          std::copy(hash.begin(), hash.end(), bytes.begin() + 15);
        }
      }));
      const auto cpu = std::clock();
      verified.push_back(rows_per_second([&] {
        privacy::AuditWalk walk(tenant, key.public_key(), {});
        bool more = true;
        while (more)
          db::run_and_wait(*storage, tenant, [&](db::Tx& tx) {
            more = walk.step(tx);
            return false;
          });
        whole = whole && !walk.verdict().fault && walk.verdict().rows == kRows;
      }));
      by_cpu.push_back(static_cast<double>(kRows) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - cpu));
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(dir, ignored);
  const double rate = median(verified), limit = median(bare);
  fmt::print(
      "audit verification: {:.0f} rows/s, bare SHA-256 chaining {:.0f} rows/s, ratio {:.2f} (reach >= {:.0f} "
      "rows/s)\n",
      rate, limit, limit / rate, kLeast);
  fmt::print("    {:.0f} rows a second of CPU: what a busy machine would give alone\n", median(by_cpu));
  fmt::print("    appending {:.0f} rows/s with index of persons\n", written.front());
  return whole && rate >= kLeast ? 0 : 1;
}
