// Groups, order, bounds and stopping, on both engines; files and processes, on SQLite.
#include "db/executor.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <mutex>
#include <set>

#include "base/limits.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::db {
namespace {

using chatika::testing::BothDatabases;
using chatika::testing::DatabaseKind;
using testing::ElementsAre;
namespace fs = std::filesystem;

const Statement insert_counter("INSERT INTO counter (name, value) VALUES ($1, $2)");
const Statement all_counters("SELECT name FROM counter ORDER BY name");
const Statement count_counters("SELECT COUNT(*) FROM counter");

constexpr auto kText = [](const Row& row) { return row.str(0); };
constexpr auto kNumber = [](const Row& row) { return row.i64(0); };

// Outcomes in the order in which `done` was called.
class Outcomes {
 public:
  std::move_only_function<void(Outcome)> note(int which) {
    return [this, which](Outcome o) {
      const std::scoped_lock lock(mutex_);
      seen_.emplace_back(which, o);
      changed_.notify_all();
    };
  }
  std::vector<std::pair<int, Outcome>> wait(std::size_t n) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return seen_.size() >= n; });
    return seen_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<int, Outcome>> seen_;
};

class ExecutorTest : public BothDatabases {
 protected:
  // Holds the tenant's lane until the promise is kept, so that what comes next waits and forms a group.
  std::promise<void> hold_lane() {
    std::promise<void> go;
    storage().submit(tenant, {.work = [wait = go.get_future().share()](Tx&) { wait.wait(); return false; }, .done = nullptr});
    return go;
  }
  auto adding(int i) {
    return [i](Tx& tx) { return tx.exec(insert_counter, "n" + std::to_string(1000 + i), i) == 1; };
  }
  std::vector<std::string> names() {
    return in_tx([](Tx& tx) { return tx.all(all_counters, kText); });
  }
};
CHATIKA_BOTH_DATABASES(ExecutorTest);

TEST_P(ExecutorTest, one_that_fails_leaves_the_others_of_its_group) {
  auto go = hold_lane();
  Outcomes outcomes;
  storage().submit(tenant, {adding(0), outcomes.note(0)});
  storage().submit(tenant, {[&](Tx& tx) { adding(1)(tx); return false; }, outcomes.note(1)});
  storage().submit(tenant, {[&](Tx& tx) -> bool { adding(2)(tx); throw std::runtime_error("x"); }, outcomes.note(2)});
  storage().submit(tenant, {[&](Tx& tx) { adding(3)(tx); tx.exec(insert_counter, "n1000", 1); return true; }, outcomes.note(3)});
  storage().submit(tenant, {[&](Tx& tx) { adding(4)(tx); return tx.try_exec(insert_counter, "n1000", 1) == Refusal::unique; },
                            outcomes.note(4)});
  storage().submit(tenant, {adding(5), outcomes.note(5)});
  go.set_value();
  using P = std::pair<int, Outcome>;
  EXPECT_THAT(outcomes.wait(6), ElementsAre(P(0, Outcome::committed), P(1, Outcome::rolled_back), P(2, Outcome::failed),
                                            P(3, Outcome::failed), P(4, Outcome::committed), P(5, Outcome::committed)));
  EXPECT_THAT(names(), ElementsAre("n1000", "n1004", "n1005"));
}

TEST_P(ExecutorTest, a_tenants_operations_run_in_order_and_done_comes_once_each) {
  constexpr int kMany = 600;  // several groups
  Outcomes outcomes;
  std::vector<int> ran;  // unguarded on purpose: a tenant's operations never overlap
  for (int i = 0; i < kMany; ++i)
    storage().submit(tenant, {[&, i](Tx& tx) { ran.push_back(i); return adding(i)(tx); }, outcomes.note(i)});
  const auto seen = outcomes.wait(kMany);
  storage().stop();
  ASSERT_EQ(outcomes.wait(kMany).size(), static_cast<std::size_t>(kMany));
  for (int i = 0; i < kMany; ++i) {
    EXPECT_EQ(ran[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(seen[static_cast<std::size_t>(i)], std::pair(i, Outcome::committed));
  }
}

TEST_P(ExecutorTest, a_full_queue_refuses) {
  std::promise<void> started;
  std::promise<void> go;
  storage().submit(tenant, {[&](Tx&) { started.set_value(); go.get_future().wait(); return true; }, nullptr});
  started.get_future().wait();  // it has left the queue
  Outcomes outcomes;
  for (std::size_t i = 0; i < limits::kTenantQueue; ++i) storage().submit(tenant, {[](Tx&) { return false; }, outcomes.note(0)});
  Outcome refused{};
  bool ran = false;
  storage().submit(tenant, {[&](Tx&) { return ran = true; }, [&](Outcome o) { refused = o; }});
  EXPECT_EQ(refused, Outcome::refused);
  EXPECT_EQ(in_tx(other, [](Tx& tx) { return tx.one(count_counters, kNumber); }), 0);  // another tenant is not held up
  go.set_value();
  outcomes.wait(limits::kTenantQueue);
  EXPECT_FALSE(ran);
}

TEST_P(ExecutorTest, stop_finishes_what_is_queued_and_refuses_the_rest) {
  Outcomes outcomes;
  auto go = hold_lane();
  for (int i = 0; i < 300; ++i) storage().submit(tenant, {adding(i), outcomes.note(i)});
  std::thread stopper([&] { storage().stop(); });
  go.set_value();
  stopper.join();
  const auto seen = outcomes.wait(300);
  EXPECT_EQ(std::count_if(seen.begin(), seen.end(), [](const auto& s) { return s.second == Outcome::committed; }), 300);
  EXPECT_EQ(run_and_wait(storage(), tenant, adding(999)), Outcome::refused);
  storage().stop();  // again: nothing to do
  reopen();
  EXPECT_EQ(names().size(), 300U);
}

TEST_P(ExecutorTest, done_may_submit_and_waiting_inside_the_pool_is_a_bug) {
  std::promise<Outcome> second;
  storage().submit(tenant, {adding(1), [&](Outcome) {
                              storage().submit(tenant, {adding(2), [&](Outcome o) { second.set_value(o); }});
                            }});
  EXPECT_EQ(second.get_future().get(), Outcome::committed);
  EXPECT_THROW(in_tx([&](Tx&) { run_and_wait(storage(), other, adding(3)); }), std::logic_error);
}

TEST_P(ExecutorTest, an_unknown_tenant_sees_nothing) {
  std::optional<std::int64_t> count;
  const auto outcome = run_and_wait(storage(), TenantId::fresh(), [&](Tx& tx) {
    count = tx.one(count_counters, kNumber);
    return true;
  });
  if (on_postgres()) {
    EXPECT_EQ(count, 0);
  } else {
    EXPECT_EQ(outcome, Outcome::failed);
  }
}

TEST_P(ExecutorTest, many_tenants_at_once_keep_apart) {
  std::vector<TenantId> tenants;
  for (int i = 0; i < 12; ++i) {
    tenants.push_back(TenantId::fresh());
    ASSERT_TRUE(storage().create_tenant(tenants.back()));
  }
  Outcomes outcomes;
  for (int round = 0; round < 25; ++round)
    for (std::size_t t = 0; t < tenants.size(); ++t)
      storage().submit(tenants[t], {[this, t](Tx& tx) { return adding(static_cast<int>(t))(tx); }, outcomes.note(0)});
  const auto seen = outcomes.wait(25 * tenants.size());  // the first of each tenant is kept, 24 break the key
  EXPECT_EQ(std::count_if(seen.begin(), seen.end(), [](const auto& s) { return s.second == Outcome::committed; }), 12);
  for (std::size_t t = 0; t < tenants.size(); ++t)
    EXPECT_THAT(in_tx(tenants[t], [](Tx& tx) { return tx.all(all_counters, kText); }), ElementsAre("n" + std::to_string(1000 + t)));
}

class SqliteTest : public ExecutorTest {
 protected:
  fs::path file(TenantId id) { return fs::path(data_dir()) / "tenants" / (to_string(id) + ".sqlite"); }
};
INSTANTIATE_TEST_SUITE_P(on, SqliteTest, ::testing::Values(DatabaseKind::sqlite), chatika::testing::database_name);

TEST_P(SqliteTest, files_are_the_owners_only) {
  in_tx([&](Tx& tx) { adding(1)(tx); });
  const auto group_and_others = fs::perms::group_all | fs::perms::others_all;
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(data_dir())) {
    EXPECT_EQ(entry.status().permissions() & group_and_others, fs::perms::none) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 5);  // lock, control, two tenants, a log
}

TEST_P(SqliteTest, a_second_process_is_refused) {
  const auto again = Storage::open(config());  // flock binds to the open file, so this process is as good as another
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::unavailable);
  EXPECT_THAT(again.error().cause, testing::HasSubstr("another process"));
}

TEST_P(SqliteTest, files_beyond_the_limit_are_closed_and_opened_again) {
  std::vector<TenantId> tenants;
  for (std::size_t i = 0; i < limits::kOpenTenants + 20; ++i) {
    tenants.push_back(TenantId::fresh());
    fs::copy_file(file(other), file(tenants.back()));  // nobody has opened `other` yet: it is whole
  }
  Outcomes outcomes;
  for (int round = 0; round < 3; ++round)
    for (const TenantId& id : tenants) storage().submit(id, {adding(round), outcomes.note(round)});
  for (const auto& [round, outcome] : outcomes.wait(3 * tenants.size())) EXPECT_EQ(outcome, Outcome::committed);
  std::size_t open = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    open += fs::read_symlink(entry.path(), gone).native().ends_with(".sqlite") ? 1U : 0U;
  }
  EXPECT_LE(open, limits::kOpenTenants + 1);  // and the control database
  for (const TenantId& id : tenants) EXPECT_EQ(in_tx(id, [](Tx& tx) { return tx.one(count_counters, kNumber); }), 3);
}

TEST_P(SqliteTest, a_damaged_file_fails_alone) {
  close();
  std::ofstream(file(tenant), std::ios::binary) << std::string(8192, 'x');
  reopen();
  EXPECT_EQ(run_and_wait(storage(), tenant, adding(1)), Outcome::failed);
  EXPECT_EQ(run_and_wait(storage(), tenant, adding(1)), Outcome::failed);
  EXPECT_EQ(run_and_wait(storage(), other, adding(1)), Outcome::committed);
}

// The register is true of what the migrations make, so of every file that is opened.
TEST_P(SqliteTest, P1_a_file_with_another_column_is_refused) {
  for (const auto* altered : {"ALTER TABLE visitor ADD COLUMN diary TEXT", "CREATE TABLE patient (id BLOB PRIMARY KEY)",
                              "ALTER TABLE lead DROP COLUMN note_box"}) {
    const auto id = TenantId::fresh();
    ASSERT_TRUE(storage().create_tenant(id));
    sqlite3* by_hand = nullptr;
    ASSERT_EQ(sqlite3_open(file(id).c_str(), &by_hand), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(by_hand, altered, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(by_hand);
    sqlite3_close(by_hand);
    EXPECT_EQ(run_and_wait(storage(), id, adding(1)), Outcome::failed) << altered;
  }
  EXPECT_EQ(run_and_wait(storage(), tenant, adding(1)), Outcome::committed);
}

TEST_P(SqliteTest, an_existing_tenant_is_not_made_again) {
  in_tx([&](Tx& tx) { adding(1)(tx); });
  EXPECT_TRUE(storage().create_tenant(tenant));
  EXPECT_EQ(names().size(), 1U);
  for (const auto& entry : fs::directory_iterator(fs::path(data_dir()) / "tenants"))
    EXPECT_EQ(entry.path().extension().string().find(".new"), std::string::npos);
}

// Another process writes, says what was acknowledged, and is killed in the middle.
TEST_P(SqliteTest, what_was_acknowledged_survives_kill_9) {
  close();
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const db::Config where = config();
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto child_storage = Storage::open(where);
    if (!child_storage) ::_exit(1);
    for (std::int64_t i = 0;; ++i) {
      (*child_storage)->submit(tenant, {[i](Tx& tx) { return tx.exec(insert_counter, "k" + std::to_string(i), i) == 1; },
                                        [i, out = ends[1]](Outcome o) {
                                          if (o == Outcome::committed && ::write(out, &i, sizeof i) != sizeof i) ::_exit(1);
                                        }});
    }
  }
  ::close(ends[1]);
  std::set<std::int64_t> acknowledged;
  std::int64_t i = 0;
  while (::read(ends[0], &i, sizeof i) == sizeof i) {
    acknowledged.insert(i);
    if (acknowledged.size() == 2000) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  ASSERT_GE(acknowledged.size(), 2000U);
  reopen();
  std::set<std::string> kept;
  in_tx([&](Tx& tx) { tx.each(all_counters, [&](const Row& row) { return kept.insert(row.str(0)).second; }); });
  for (const std::int64_t n : acknowledged) EXPECT_TRUE(kept.contains("k" + std::to_string(n))) << n;
}

}  // namespace
}  // namespace chatika::db
