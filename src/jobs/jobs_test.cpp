#include "jobs/jobs.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "jobs/runner.hpp"
#include "json/write.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::jobs {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Ref {
  SubjectId subject;
};
CHATIKA_JSON(Ref, subject)

const db::Statement kEffect("INSERT INTO counter (name, value) VALUES ($1, 1)");
const db::Statement kEffects("SELECT COUNT(*) FROM counter");

class JobTest : public chatika::testing::BothDatabases {
 protected:
  // What TenantDb does: an error undoes.
  template <class F>
  auto act(F f) -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> result = fail(Errc::unavailable);
    wake.reset();
    const auto outcome = db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      privacy::Access access(tx, keys, privacy::Principal::system(tenant), now, "test");
      result = f(access);
      if (result) access.finish(), wake = access.wake();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }
  JobId add(const NewJob& job) {
    return act([&](privacy::Access& a) -> Result<JobId> { return jobs::add(a, job); }).value();
  }
  Claimed claim(Room room = {.inside = 4, .outside = 4}) {
    return act([&](privacy::Access& a) -> Result<Claimed> { return jobs::claim(a, handlers, room); }).value();
  }
  Result<void> run(const Job& job) {
    return act([&](privacy::Access& a) { return jobs::run(a, handlers, job); });
  }
  void failed(const Job& job, std::string_view code = "unavailable") {
    (void)act([&](privacy::Access& a) -> Result<bool> { return jobs::failed(a, job, code), true; });
  }
  std::vector<Record> all(std::optional<State> state = {}) {
    return act([&](privacy::Access& a) -> Result<std::vector<Record>> {
             return list(a, {.state = state, .before_at = {}, .before_id = {}});
           })
        .value();
  }
  std::int64_t effects() {
    return in_tx([](db::Tx& tx) { return *tx.one(kEffects, [](const db::Row& r) { return r.i64(0); }); });
  }
  // Runs everything that is due now, as the shell does; gives how many ran.
  int work() {
    int ran = 0;
    for (auto claimed = claim(); !claimed.inside.empty(); claimed = claim())
      for (const auto& job : claimed.inside) {
        ++ran;
        if (const auto r = run(job); !r) failed(job, name(r.error().code));
      }
    return ran;
  }

  void SetUp() override {
    handlers.on("test.count", [this](privacy::Access& a, const Job& job) -> Result<Next> {
      a.tx().exec(kEffect, to_string(new_uuid()));
      seen.push_back(job);
      if (in_between) in_between(a);
      if (error) return fail(*error, "told to");
      return next;
    });
  }

  Time now = parse_rfc3339("2026-11-24T09:00:00Z").value();
  std::optional<Time> wake;
  privacy::TenantKeys keys{tenant, crypto::Key::fresh()};
  Handlers handlers;
  std::vector<Job> seen;
  std::function<void(privacy::Access&)> in_between;
  std::optional<Errc> error;
  Next next = Next::done();
};
CHATIKA_BOTH_DATABASES(JobTest);

TEST_P(JobTest, runs_once_with_its_payload_and_is_done) {
  const auto subject = SubjectId::fresh();
  const auto id = add({.kind = "test.count", .payload = json::write(Ref{subject})});
  EXPECT_EQ(wake, now);
  EXPECT_EQ(work(), 1);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].id, id);
  EXPECT_EQ(payload<Ref>(seen[0]).value().subject, subject);
  EXPECT_EQ(effects(), 1);
  EXPECT_EQ(all()[0].state, State::done);
  EXPECT_EQ(work(), 0);
}

TEST_P(JobTest, is_as_durable_as_its_cause) {
  EXPECT_FALSE(act([&](privacy::Access& a) -> Result<bool> {
    jobs::add(a, {.kind = "test.count"});
    return fail(Errc::conflict);
  }));
  EXPECT_TRUE(all().empty());
  add({.kind = "test.count"});
  reopen();
  EXPECT_EQ(work(), 1);
}

TEST_P(JobTest, a_live_key_is_added_once_and_brought_forward) {
  const auto first = add({.kind = "test.count", .key = "k", .run_at = now + hours(2)});
  EXPECT_EQ(add({.kind = "test.count", .key = "k", .run_at = now + hours(3)}), first);
  EXPECT_EQ(all().size(), 1U);
  EXPECT_EQ(all()[0].run_at, now + hours(2));
  EXPECT_EQ(add({.kind = "test.count", .key = "k", .run_at = now + hours(1)}), first);
  EXPECT_EQ(all()[0].run_at, now + hours(1));
  EXPECT_NE(add({.kind = "test.count", .key = "another"}), first);
  now += hours(1);
  EXPECT_EQ(work(), 2);
  EXPECT_NE(add({.kind = "test.count", .key = "k"}), first);  // the key is free again
}

TEST_P(JobTest, added_while_it_runs_it_runs_once_more) {
  add({.kind = "test.count", .key = "k"});
  in_between = [&](privacy::Access& a) {
    in_between = nullptr;
    jobs::add(a, {.kind = "test.count", .key = "k"});
  };
  EXPECT_EQ(work(), 2);
  EXPECT_EQ(all().size(), 1U);
}

TEST_P(JobTest, cancelled_it_does_not_run) {
  add({.kind = "test.count", .key = "k"});
  add({.kind = "test.count", .key = "stays"});
  ASSERT_TRUE(act([&](privacy::Access& a) -> Result<bool> { return cancel(a, "test.count", "k"), true; }));
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(seen[0].key, "stays");
}

TEST_P(JobTest, waits_for_its_time) {
  add({.kind = "test.count", .run_at = now + hours(1)});
  const auto claimed = claim();
  EXPECT_TRUE(claimed.inside.empty());
  EXPECT_EQ(claimed.next, now + hours(1));
  now += hours(1);
  EXPECT_EQ(work(), 1);
}

TEST_P(JobTest, an_error_undoes_the_effect_and_waits_longer_each_time_until_it_is_dead) {
  error = Errc::unavailable;
  add({.kind = "test.count", .max_attempts = 3});
  Micros waited{};
  for (int attempt = 1; attempt <= 2; ++attempt) {
    EXPECT_EQ(work(), 1);
    EXPECT_EQ(effects(), 0);
    const auto record = all()[0];
    EXPECT_EQ(record.state, State::waiting);
    EXPECT_EQ(record.attempts, attempt);
    EXPECT_EQ(record.error, "unavailable");
    EXPECT_EQ(wake, std::nullopt);  // of the claim that found nothing
    EXPECT_GT(record.run_at - now, waited);
    waited = record.run_at - now;
    now = record.run_at;
  }
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(all(State::dead).size(), 1U);
  now += days(30);
  EXPECT_EQ(work(), 0);
}

TEST_P(JobTest, a_dead_job_is_tried_again_when_a_person_says_so) {
  error = Errc::internal;
  const auto id = add({.kind = "test.count", .key = "k", .max_attempts = 1});
  work();
  error.reset();
  const auto again = [&] { return act([&](privacy::Access& a) { return retry(a, id); }); };
  EXPECT_EQ(again().value().state, State::waiting);
  EXPECT_EQ(wake, now);
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(again().error().code, Errc::conflict);
  EXPECT_EQ(act([&](privacy::Access& a) { return retry(a, JobId::fresh()); }).error().code, Errc::not_found);
}

TEST_P(JobTest, a_dead_job_whose_key_lives_again_stays_dead) {
  error = Errc::internal;
  const auto id = add({.kind = "test.count", .key = "k", .max_attempts = 1});
  work();
  add({.kind = "test.count", .key = "k"});
  EXPECT_EQ(act([&](privacy::Access& a) { return retry(a, id); }).error().code, Errc::conflict);
}

TEST_P(JobTest, a_lost_process_costs_one_attempt_and_the_lease) {
  add({.kind = "test.count", .max_attempts = 2});
  EXPECT_EQ(claim().inside.size(), 1U);  // and nothing more is heard of it
  EXPECT_EQ(claim().next, now + kLease);
  now += kLease;
  EXPECT_EQ(claim().inside.at(0).attempt, 2);
  now += kLease;
  EXPECT_TRUE(claim().inside.empty());
  EXPECT_EQ(all()[0].state, State::dead);
  EXPECT_EQ(all()[0].error, "lease_expired");
}

TEST_P(JobTest, after_a_crash_of_the_only_process_nothing_waits_for_leases) {
  add({.kind = "test.count"});
  claim();
  ASSERT_TRUE(act([&](privacy::Access& a) -> Result<bool> { return release_all(a), true; }));
  EXPECT_EQ(work(), 1);
}

TEST_P(JobTest, of_two_that_hold_it_one_takes_effect) {
  add({.kind = "test.count"});
  const auto lost = claim().inside.at(0);
  now += kLease;
  const auto held = claim().inside.at(0);
  EXPECT_EQ(run(lost).error().code, Errc::conflict);
  failed(lost);
  EXPECT_EQ(all()[0].state, State::leased);
  EXPECT_TRUE(run(held));
  EXPECT_EQ(run(held).error().code, Errc::conflict);
  EXPECT_EQ(effects(), 1);
}

TEST_P(JobTest, a_lease_of_an_earlier_round_is_not_one_of_the_next) {
  next = Next::again_in(seconds(0));
  add({.kind = "test.count"});
  const auto first = claim().inside.at(0);
  ASSERT_TRUE(run(first));
  const auto second = claim().inside.at(0);
  EXPECT_EQ(second.attempt, 1);
  EXPECT_EQ(run(first).error().code, Errc::conflict);
}

TEST_P(JobTest, recurring_work_comes_again) {
  next = Next::again_in(hours(1));
  add({.kind = "test.count"});
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(all()[0].run_at, now + hours(1));
  next = Next::again_at(now + days(2));
  now += hours(1);
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(all()[0].run_at, now + days(2) - hours(1));
  next = Next::dead("no_use");
  now += days(2);
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(all()[0].state, State::dead);
  EXPECT_EQ(all()[0].error, "no_use");
}

TEST_P(JobTest, every_tenant_has_its_recurring_job_once) {
  handlers.every_tenant("test.count");
  const auto tidy = [&] {
    ASSERT_TRUE(act([&](privacy::Access& a) -> Result<bool> { return jobs::tidy(a, handlers), true; }));
  };
  tidy();
  tidy();
  EXPECT_EQ(all().size(), 1U);
  EXPECT_EQ(work(), 1);
  now += kDoneKept + days(1);
  tidy();
  EXPECT_EQ(all().size(), 1U);  // a new one; the done one went
  EXPECT_EQ(all()[0].state, State::waiting);
}

TEST_P(JobTest, what_nobody_handles_waits_untouched) {
  add({.kind = "test.unknown"});
  const auto claimed = claim();
  EXPECT_TRUE(claimed.inside.empty());
  EXPECT_EQ(claimed.next, std::nullopt);
  EXPECT_EQ(all()[0].attempts, 0);
}

TEST_P(JobTest, a_clock_that_jumps_back_neither_stalls_nor_doubles) {
  add({.kind = "test.count", .key = "now"});
  error = Errc::unavailable;
  work();
  const auto delay = all()[0].run_at - now;
  const auto moment = now + hours(30);
  add({.kind = "test.count", .key = "moment", .run_at = moment});
  error.reset();
  now -= days(3);
  EXPECT_EQ(claim().next, now + delay);  // not three days and a delay
  EXPECT_EQ(work(), 0);
  now += delay;
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(seen.back().key, "now");
  now = moment;  // of the calendar: it did not move
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(effects(), 2);
}

TEST_P(JobTest, a_lease_holds_through_a_jump_back) {
  add({.kind = "test.count"});
  const auto job = claim().inside.at(0);
  now -= days(1);
  EXPECT_EQ(claim().next, now + kLease);
  EXPECT_TRUE(run(job));
  EXPECT_EQ(effects(), 1);
}

TEST_P(JobTest, outside_work_is_prepared_done_and_finished) {
  int acted = 0;
  handlers.on_outside("test.send", [&](privacy::Access&, const Job&) -> Result<std::variant<Next, Act>> {
    return Act([&]() -> Finish {
      ++acted;
      return [](privacy::Access& a) -> Result<Next> {
        a.tx().exec(kEffect, "sent");
        return Next::done();
      };
    });
  });
  add({.kind = "test.send"});
  EXPECT_TRUE(claim({.inside = 4, .outside = 0}).outside_waits);
  const auto claimed = claim({.inside = 4, .outside = 1});
  EXPECT_FALSE(claimed.outside_waits);
  const auto job = claimed.outside.at(0);
  auto begun = act([&](privacy::Access& a) { return prepare(a, handlers, job); });
  ASSERT_TRUE(begun && *begun);
  auto end = (**begun)();
  EXPECT_EQ(all()[0].state, State::leased);
  EXPECT_TRUE(act([&](privacy::Access& a) { return finish(a, job, end); }));
  EXPECT_EQ(acted, 1);
  EXPECT_EQ(effects(), 1);
  EXPECT_EQ(all()[0].state, State::done);
}

TEST_P(JobTest, outside_work_with_nothing_left_to_do_ends_in_its_preparation) {
  handlers.on_outside("test.send", [&](privacy::Access&, const Job&) -> Result<std::variant<Next, Act>> {
    return Next::done();
  });
  add({.kind = "test.send"});
  const auto job = claim().outside.at(0);
  EXPECT_FALSE(act([&](privacy::Access& a) { return prepare(a, handlers, job); }).value());
  EXPECT_EQ(all()[0].state, State::done);
}

TEST_P(JobTest, payloads_carry_no_words_of_people) {
  for (const auto* bad : {R"({"name":"Anna"})", R"({"m":"anna@example.org"})", R"({"t":"два слова"})",
                          R"(["a"])", R"({"a":[{"b":"+7 912"}]})", "{", ""})
    EXPECT_THROW(add({.kind = "test.count", .payload = bad}), std::exception) << bad;
  EXPECT_THROW(add({.kind = "test.count", .key = "Anna"}), std::exception);
  EXPECT_TRUE(all().empty());
  add({.kind = "test.count",
       .payload = R"({"at":"2026-11-24T09:00:00Z","n":3,"kind":"visitor","list":["a.b"]})"});
}

TEST_P(JobTest, pages_lose_none) {
  for (int n = 0; n < 5; ++n) add({.kind = "test.count"});
  std::size_t seen_in_pages = 0;
  Page page{.state = State::waiting, .before_at = {}, .before_id = {}, .limit = 2};
  while (true) {
    const auto got =
        act([&](privacy::Access& a) -> Result<std::vector<Record>> { return list(a, page); }).value();
    seen_in_pages += got.size();
    if (got.size() < page.limit) break;
    page.before_at = got.back().created_at, page.before_id = got.back().id;
  }
  EXPECT_EQ(seen_in_pages, 5U);
}

TEST(Backoff, doubles_within_bounds_and_spreads) {
  const auto a = JobId::fresh();
  for (int attempt = 1; attempt < 40; ++attempt) {
    const auto wait = backoff(attempt, a);
    EXPECT_GE(wait, Micros(kFirstRetry) * 8 / 10);
    EXPECT_LE(wait, Micros(kLastRetry) * 12 / 10);
  }
  std::set<std::int64_t> different;
  for (int n = 0; n < 50; ++n) different.insert(backoff(3, JobId::fresh()).count());
  EXPECT_GT(different.size(), 25U);
}

}  // namespace
}  // namespace chatika::jobs
