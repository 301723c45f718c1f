#include "privacy/prove.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "json/write.hpp"
#include "privacy/calendar.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kAddVisitor(
    "INSERT INTO visitor (id, name_box, phone_box, ip_box, created_at) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kAddEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, password_hash, created_at) VALUES ($1, $2, $3, "
    "'owner', $4, $5)");
const db::Statement kAddSession(
    "INSERT INTO session (token_hash, employee, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $3, "
    "$3)");
const db::Statement kPlainName("UPDATE visitor SET name_box = $1");
const db::Statement kGrantMore("UPDATE subject SET granted = granted + 512");
const db::Statement kWrongCapacity("UPDATE subject SET capacity = 'controller' WHERE kind = 'visitor'");
const db::Statement kOtherText("UPDATE consent_text SET body = 'something else'");
const db::Statement kWeakHash("UPDATE employee SET password_hash = $1");

class ProveTest : public chatika::testing::BothDatabases {
 protected:
  const Time now = parse_rfc3339("2026-11-24T12:00:00Z").value();
  const crypto::Key key = crypto::Key::fresh();
  SubjectId visitor_id{};

  // One operation of the tenant, as `prove` and the fixture do it.
  Result<void> operate(const std::function<Result<void>(Access&)>& f) {
    Result<void> out;
    in_tx([&](db::Tx& tx) {
      TenantKeys keys(tenant, key.clone());
      Access access(tx, keys, Principal::system(tenant), now, "prove");
      out = f(access);
      access.finish();
    });
    return out;
  }

  void SetUp() override {
    ASSERT_TRUE(operate([&](Access& access) -> Result<void> {
      visitor_id = access.new_subject(SubjectKind::visitor);
      CHECK(give_consent(access, visitor_id, consent_text({}, "ru"), false, "1"));
      const auto name = TRY(seal_any(access, Field::visitor_name, visitor_id, visitor_id, "Имя"));
      const auto phone = TRY(seal_any(access, Field::visitor_phone, visitor_id, visitor_id, "+7"));
      const auto ip = TRY(seal_any(access, Field::visitor_ip, visitor_id, visitor_id, "192.0.2.1"));
      access.tx().exec(kAddVisitor, visitor_id, db::Blob{name}, db::Blob{phone}, db::Blob{ip}, now);
      return {};
    }));
  }

  SubjectId employee(std::string_view hash) {
    SubjectId id{};
    EXPECT_TRUE(operate([&](Access& access) -> Result<void> {
      id = access.new_subject(SubjectKind::employee);
      const auto name = TRY(seal_any(access, Field::employee_name, id, id, "Имя"));
      const auto email = TRY(seal_any(access, Field::employee_email, id, id, "a@example.org"));
      access.tx().exec(kAddEmployee, id, db::Blob{name}, db::Blob{email}, hash, now);
      return {};
    }));
    return id;
  }

  ProveReport run() {
    ProveScope scope{.storage = storage(),
                     .businesses = {{tenant, "test", "Europe/Moscow", false}},
                     .enter = [&](const ProveScope::Business&, const auto& f) { return operate(f); },
                     .isolation =
                         [&] {
                           return on_postgres() ? db::postgres_isolation(postgres().app_url())
                                                : db::sqlite_isolation(data_dir());
                         },
                     .data_dir = data_dir(),
                     .now = now};
    return prove(scope, privacy_promises());
  }
  PromiseState state(int number) { return run().promises.at(static_cast<std::size_t>(number - 1)).state; }
  static std::string facts(const PromiseReport& promise) {
    std::string out = promise.promise + " " + promise.what + ":";
    for (const auto& fact : promise.evidence) out += " " + fact + ";";
    return out;
  }
};
CHATIKA_BOTH_DATABASES(ProveTest);

constexpr int kLooked[] = {1,  2,  4,  5,  6,  7,  8,  9,  11, 13, 17, 18, 19, 20, 21, 23, 28, 30,
                           32, 33, 39, 41, 42, 43, 44, 45, 46, 47, 48, 51, 53, 54, 55, 56};

TEST_P(ProveTest, a_whole_installation_passes_what_is_looked_at) {
  employee(crypto::hash_password(crypto::Key::fresh(), "password"));
  const auto report = run();
  for (const int number : kLooked) {
    const auto& promise = report.promises.at(static_cast<std::size_t>(number - 1));
    EXPECT_EQ(promise.state, PromiseState::passed) << facts(promise);
  }
}

// Nobody has asked for anything yet: what there is nothing to look at for is not passed, or was tried.
TEST_P(ProveTest, P4_P48_P49_P56_empty_tables_pass_nothing) {
  const auto report = run();
  const auto of = [&](std::size_t n) { return report.promises.at(n - 1); };
  EXPECT_EQ(of(49).state, PromiseState::not_applicable) << facts(of(49));
  for (const auto n : {4U, 48U, 56U}) EXPECT_NE(facts(of(n)).find("tried: "), std::string::npos) << facts(of(n));
}

TEST_P(ProveTest, names_every_promise_once_and_passes_none_it_did_not_look_at) {
  const auto report = run();
  ASSERT_EQ(report.promises.size(), static_cast<std::size_t>(kPromises));
  std::set<int> checked;
  for (const auto& promise : privacy_promises()) checked.insert(promise.number);
  for (int n = 1; n <= kPromises; ++n) {
    const auto& promise = report.promises[static_cast<std::size_t>(n - 1)];
    EXPECT_EQ(promise.promise, "P" + std::to_string(n));
    EXPECT_FALSE(promise.evidence.empty());
    if (!checked.contains(n)) EXPECT_EQ(promise.state, PromiseState::failed) << facts(promise);
  }
  EXPECT_EQ(report.passed + report.failed + report.attested + report.not_applicable, kPromises);
}

TEST_P(ProveTest, evidence_carries_nothing_of_a_person) {
  const auto text = json::write(run());
  for (const auto* word : {"Имя", "192.0.2.1", "a@example.org"})
    EXPECT_EQ(text.find(word), std::string::npos);
  EXPECT_EQ(text.find(to_string(visitor_id)), std::string::npos);
}

TEST_P(ProveTest, P9_a_plain_value_in_a_sealed_column_fails) {
  in_tx([&](db::Tx& tx) { tx.exec(kPlainName, db::Blob{"Анна Петровна, телефон 0000000000"}); });
  EXPECT_EQ(state(9), PromiseState::failed);
  EXPECT_EQ(state(30), PromiseState::failed);
}

TEST_P(ProveTest, P11_an_old_whole_address_fails) {
  ASSERT_TRUE(operate([&](Access& access) -> Result<void> {
    const auto id = access.new_subject(SubjectKind::visitor);
    const auto ip = TRY(seal_any(access, Field::visitor_ip, id, id, "192.0.2.1"));
    access.tx().exec(kAddVisitor, id, nullptr, nullptr, db::Blob{ip}, now - std::chrono::days(40));
    return {};
  }));
  EXPECT_EQ(state(11), PromiseState::failed);
}

TEST_P(ProveTest, P5_P43_a_session_kept_too_long_fails) {
  const auto id = employee("$2b$12$0123456789012345678901");
  in_tx([&](db::Tx& tx) { tx.exec(kAddSession, db::Blob{"t"}, id, now - std::chrono::days(40)); });
  EXPECT_EQ(state(5), PromiseState::failed);
  EXPECT_EQ(state(43), PromiseState::failed);
}

TEST_P(ProveTest, P19_a_visitor_without_an_act_of_consent_fails) {
  ASSERT_TRUE(operate([&](Access& access) -> Result<void> {
    const auto id = access.new_subject(SubjectKind::visitor);
    access.tx().exec(kAddVisitor, id, nullptr, nullptr, nullptr, now);
    return {};
  }));
  EXPECT_EQ(state(19), PromiseState::failed);
}

TEST_P(ProveTest, P20_a_changed_consent_text_fails) {
  in_tx([&](db::Tx& tx) { tx.exec(kOtherText); });
  EXPECT_EQ(state(20), PromiseState::failed);
}

TEST_P(ProveTest, P21_a_standing_that_the_ledger_does_not_give_fails) {
  in_tx([&](db::Tx& tx) { tx.exec(kGrantMore); });
  EXPECT_EQ(state(21), PromiseState::failed);
}

TEST_P(ProveTest, P23_a_person_in_the_wrong_capacity_fails) {
  in_tx([&](db::Tx& tx) { tx.exec(kWrongCapacity); });
  EXPECT_EQ(state(23), PromiseState::failed);
}

TEST_P(ProveTest, P32_a_weak_password_hash_fails) {
  employee(crypto::hash_password(crypto::Key::fresh(), "password", 10));
  EXPECT_EQ(state(32), PromiseState::failed);
  in_tx([&](db::Tx& tx) { tx.exec(kWeakHash, "5f4dcc3b5aa765d61d8327deb882cf99"); });
  EXPECT_EQ(state(32), PromiseState::failed);
}

TEST_P(ProveTest, P32_a_salt_used_twice_fails) {
  const auto hash = crypto::hash_password(crypto::Key::fresh(), "password");
  employee(hash);
  employee(hash);
  EXPECT_EQ(state(32), PromiseState::failed);
}

TEST_P(ProveTest, P33_a_wall_that_was_taken_down_fails) {
  if (on_postgres())
    chatika::testing::run_sql(postgres().owner_url(), "ALTER TABLE visitor NO FORCE ROW LEVEL SECURITY");
  else
    std::filesystem::permissions(data_dir() + "/tenants/" + to_string(tenant) + ".sqlite",
                                 std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_EQ(state(33), PromiseState::failed);
}

TEST_P(ProveTest, P1_a_column_nobody_declared_fails) {
  if (on_postgres()) {
    chatika::testing::run_sql(postgres().owner_url(), "ALTER TABLE visitor ADD COLUMN diary text");
    EXPECT_EQ(state(1), PromiseState::failed);
    return;
  }
  // Such a file is not even opened (db/executor_test): the business is closed, and `prove` says of which it is.
  ProveScope scope{.storage = storage(),
                   .businesses = {{tenant, "closed-one", "Europe/Moscow", false}},
                   .enter = [](const auto&, const auto&) -> Result<void> { return fail(Errc::unavailable); },
                   .isolation = {},
                   .data_dir = {},
                   .now = now};
  const auto first = prove(scope, privacy_promises()).promises.front();
  EXPECT_EQ(first.state, PromiseState::failed);
  EXPECT_NE(facts(first).find("closed-one"), std::string::npos);
}

TEST_P(ProveTest, P41_a_year_without_a_calendar_fails) {
  set_calendars(std::make_shared<const Calendars>());
  EXPECT_EQ(state(41), PromiseState::failed);
  set_calendars(std::make_shared<const Calendars>(Calendars::shipped()));
}

TEST(Prove, P13_fields_of_employees_serve_only_their_work) {
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& r = rule(static_cast<Field>(i));
    if (r.category != Category::employee) continue;
    for (const auto purpose : {Purpose::lead, Purpose::callback, Purpose::answering, Purpose::analytics})
      EXPECT_FALSE(allows(r.field, purpose)) << r.table << "." << r.column << " for " << name(purpose);
  }
}

// A check that breaks its word is never taken for one that passed.
TEST_P(ProveTest, a_check_that_cannot_be_finished_has_failed) {
  ProveScope scope{
      .storage = storage(), .businesses = {}, .enter = {}, .isolation = {}, .data_dir = {}, .now = now};
  const auto report =
      prove(scope, {{1, "throws", [](ProveScope&) -> Finding { throw std::runtime_error("Анна"); }}});
  EXPECT_EQ(report.promises[0].state, PromiseState::failed);
  EXPECT_EQ(report.promises[0].evidence[0].find("Анна"), std::string::npos);
}

TEST_P(ProveTest, P52_an_installation_without_an_erasure_ledger_fails) {
  EXPECT_EQ(state(52), PromiseState::failed);  // the fixture has none
}

TEST(Prove, the_worse_of_two_findings_stands_with_the_facts_of_both) {
  const auto finding = both(passed("a"), failed("b"));
  EXPECT_EQ(finding.state, PromiseState::failed);
  EXPECT_EQ(finding.evidence, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(both(attested("a"), passed("b")).state, PromiseState::attested);
  EXPECT_EQ(both(not_applicable("a"), passed("b")).state, PromiseState::passed);
}

}  // namespace
}  // namespace chatika::privacy
