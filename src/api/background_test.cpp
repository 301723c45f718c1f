#include "api/background.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "accounts/fixture_test.hpp"

namespace chatika::api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class BackgroundTest : public accounts::AccountsFixture {
 protected:
  void SetUp() override {
    business = tenants->create("clinic", accounts::profile("Клиника")).value();
    second = tenants->create("salon", accounts::profile("Салон")).value();
    handlers.on("test.count", [this](privacy::Access&, const jobs::Job& job) -> Result<jobs::Next> {
      ++ran;
      if (job.attempt <= failures) return fail(Errc::unavailable, "told to");
      return jobs::Next::done();
    });
    handlers.on_outside(
        "test.send",
        [this](privacy::Access&, const jobs::Job&) -> Result<std::variant<jobs::Next, jobs::Act>> {
          return jobs::Act([this]() -> jobs::Finish {
            const auto now = ++acting;
            for (int most = most_acting; now > most && !most_acting.compare_exchange_weak(most, now);) {
            }
            gate.wait(false);
            --acting;
            ++sent;
            return [](privacy::Access&) -> Result<jobs::Next> { return jobs::Next::done(); };
          });
        });
  }
  void open_gate() {
    gate = true;
    gate.notify_all();
  }
  void begin(bool sole = false) {
    background = std::make_unique<Background>(*tenants, handlers, Background::Options{.sole = sole});
    background->start();
  }
  void TearDown() override {
    open_gate();
    background.reset();
  }
  template <class F>
  auto in(TenantId tenant_id, F f) {
    return tenants->enter(privacy::Principal::system(tenant_id)).value().call("test", std::move(f));
  }
  void add(TenantId tenant_id, std::string_view kind, std::optional<Time> run_at = {}) {
    ASSERT_TRUE(in(tenant_id, [&](privacy::Access& a) -> Result<jobs::JobId> {
      return jobs::add(a, {.kind = kind, .run_at = run_at});
    }));
  }
  std::int64_t count(TenantId tenant_id, jobs::State state) {
    return in(tenant_id, [&](privacy::Access& a) -> Result<std::int64_t> { return jobs::count(a, state); })
        .value();
  }

  TenantId business;
  TenantId second;
  jobs::Handlers handlers;
  std::unique_ptr<Background> background;
  std::atomic<int> ran = 0;
  std::atomic<int> failures = 0;
  std::atomic<int> sent = 0;
  std::atomic<int> acting = 0;
  std::atomic<int> most_acting = 0;
  std::atomic<bool> gate = false;
};
CHATIKA_BOTH_DATABASES(BackgroundTest);

TEST_P(BackgroundTest, work_runs_after_the_commit_that_left_it) {
  begin();
  background->settle();
  add(business, "test.count");
  background->settle();
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(count(business, jobs::State::done), 1);
}

TEST_P(BackgroundTest, the_first_pass_finds_what_an_earlier_life_left) {
  add(business, "test.count");
  add(second, "test.count");
  begin();
  background->settle();
  EXPECT_EQ(ran, 2);
}

TEST_P(BackgroundTest, work_of_later_waits_for_the_clock) {
  begin();
  add(business, "test.count", clock.now() + hours(3));
  background->settle();
  EXPECT_EQ(ran, 0);
  clock.advance(hours(3));
  background->settle();
  EXPECT_EQ(ran, 1);
}

TEST_P(BackgroundTest, what_failed_comes_back_later) {
  failures = 1;
  begin();
  add(business, "test.count");
  background->settle();
  EXPECT_EQ(ran, 1);
  EXPECT_EQ(count(business, jobs::State::waiting), 1);
  clock.advance(minutes(1));
  background->settle();
  EXPECT_EQ(ran, 2);
  EXPECT_EQ(count(business, jobs::State::done), 1);
}

TEST_P(BackgroundTest, every_tenant_is_given_its_recurring_work) {
  handlers.every_tenant("test.count");
  begin();
  background->settle();
  EXPECT_EQ(ran, 2);
}

TEST_P(BackgroundTest, a_clock_that_jumps_back_does_not_stall_what_was_counted_from_it) {
  failures = 1;
  begin();
  add(business, "test.count");
  background->settle();
  clock.advance(-hours(24));
  background->settle();
  EXPECT_EQ(ran, 1);
  clock.advance(minutes(1));
  background->settle();
  EXPECT_EQ(ran, 2);
}

TEST_P(BackgroundTest, outside_work_runs_on_few_threads_and_all_of_it_runs) {
  begin();
  for (int n = 0; n < 7; ++n) add(business, "test.send"), add(second, "test.send");
  add(second, "test.count");
  open_gate();
  background->settle();
  EXPECT_EQ(sent, 14);
  EXPECT_EQ(ran, 1);
  EXPECT_LE(most_acting, 4);
  EXPECT_EQ(count(business, jobs::State::done), 7);
}

TEST_P(BackgroundTest, slow_outside_work_holds_up_nothing_inside) {
  begin();
  for (int n = 0; n < 6; ++n) add(business, "test.send");
  add(business, "test.count");
  while (ran == 0) std::this_thread::yield();
  EXPECT_EQ(sent, 0);
}

TEST_P(BackgroundTest, stopping_waits_for_what_is_under_way) {
  begin();
  add(business, "test.send");
  while (acting == 0) std::this_thread::yield();
  std::thread opener([this] { open_gate(); });
  background->stop();
  opener.join();
  EXPECT_EQ(sent, 1);
  EXPECT_EQ(count(business, jobs::State::done), 1);
}

TEST_P(BackgroundTest, leases_of_a_dead_process_are_free_at_the_next_start_where_nobody_else_works) {
  add(business, "test.count");
  ASSERT_TRUE(in(business, [&](privacy::Access& a) -> Result<bool> {
    return jobs::claim(a, handlers, {}).inside.size() == 1;  // and the process dies
  }));
  begin(true);
  background->settle();
  EXPECT_EQ(ran, 1);
}

TEST_P(BackgroundTest, leases_of_others_are_kept) {
  add(business, "test.count");
  ASSERT_TRUE(in(business, [&](privacy::Access& a) -> Result<bool> {
    return jobs::claim(a, handlers, {}).inside.size() == 1;
  }));
  begin(false);
  background->settle();
  EXPECT_EQ(ran, 0);
  clock.advance(jobs::kLease);
  background->settle();
  EXPECT_EQ(ran, 1);
}

}  // namespace
}  // namespace chatika::api
