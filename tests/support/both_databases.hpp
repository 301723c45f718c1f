// Store tests run on both engines:
//
//   class BookingStoreTest : public chatika::testing::BothDatabases {};
//   CHATIKA_BOTH_DATABASES(BookingStoreTest);
//   TEST_P(BookingStoreTest, an_overlap_is_refused) {
//     const auto id = in_tx([&](db::Tx& tx) { return add(tx, …); });
//     EXPECT_FALSE(in_tx(other, [&](db::Tx& tx) { return find(tx, id); }));
//   }
#pragma once

#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "db/executor.hpp"
#include "tests/support/postgres.hpp"

namespace chatika::testing {

// Inside namespace chatika, `testing::` means this one: let GoogleTest's names be found in it.
using namespace ::testing;  // NOLINT(google-build-using-namespace)

enum class DatabaseKind { sqlite, postgres };

class BothDatabases : public ::testing::TestWithParam<DatabaseKind> {
 protected:
  BothDatabases();  // an empty installation with the two tenants
  ~BothDatabases() override;

  [[nodiscard]] db::Storage& storage() { return *storage_; }
  [[nodiscard]] bool on_postgres() const { return GetParam() == DatabaseKind::postgres; }
  [[nodiscard]] const std::string& data_dir() const { return dir_; }       // SQLite only
  [[nodiscard]] PostgresDatabase& postgres() { return postgres_.value(); }  // PostgreSQL only
  [[nodiscard]] db::Config config() const;

  void close();   // no storage() until reopened
  void reopen();  // as after a restart of the program

  // Commits what `f(db::Tx&)` does and gives what it returns. An exception of `f` undoes it and arrives here;
  // anything else but a commit throws.
  template <class F>
  auto in_tx(TenantId of, F f) -> std::invoke_result_t<F, db::Tx&> {
    return commit(std::move(f), [&](auto work) { return db::run_and_wait(storage(), of, std::move(work)); });
  }
  template <class F>
  auto in_tx(F f) {
    return in_tx(tenant, std::move(f));
  }
  template <class F>
  auto in_control_tx(F f) -> std::invoke_result_t<F, db::Tx&> {
    return commit(std::move(f), [&](auto work) { return db::run_and_wait_control(storage(), std::move(work)); });
  }

  const TenantId tenant = TenantId::fresh();
  const TenantId other = TenantId::fresh();

 private:
  template <class F, class Run>
  static auto commit(F f, Run run) -> std::invoke_result_t<F, db::Tx&> {
    using T = std::invoke_result_t<F, db::Tx&>;
    std::conditional_t<std::is_void_v<T>, std::optional<bool>, std::optional<T>> value;
    std::exception_ptr thrown;
    const db::Outcome outcome = run([&](db::Tx& tx) {
      try {
        if constexpr (std::is_void_v<T>) {
          f(tx);
          value = true;
        } else {
          value.emplace(f(tx));
        }
        return true;
      } catch (...) {
        thrown = std::current_exception();
        return false;
      }
    });
    if (thrown) std::rethrow_exception(thrown);
    if (outcome != db::Outcome::committed || !value) throw std::runtime_error("the transaction was not committed");
    if constexpr (!std::is_void_v<T>) return std::move(*value);
  }

  std::string dir_;
  std::optional<PostgresDatabase> postgres_;
  std::unique_ptr<db::Storage> storage_;
};

std::string database_name(const ::testing::TestParamInfo<DatabaseKind>& info);

}  // namespace chatika::testing

// At namespace scope of the test file, after the fixture.
#define CHATIKA_BOTH_DATABASES(Fixture)                                                             \
  INSTANTIATE_TEST_SUITE_P(on, Fixture,                                                             \
                           ::testing::Values(::chatika::testing::DatabaseKind::sqlite,              \
                                             ::chatika::testing::DatabaseKind::postgres),           \
                           ::chatika::testing::database_name)
