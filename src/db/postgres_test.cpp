// What only PostgreSQL can get wrong: rights, row-level security, lost connections. Hostile SQL runs as the
// application's own role.
#include <gmock/gmock.h>

#include "db/executor.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::db {
namespace {

using chatika::testing::BothDatabases;
using chatika::testing::DatabaseKind;
using chatika::testing::run_sql;
using testing::HasSubstr;

const Statement insert_counter("INSERT INTO counter (name, value) VALUES ($1, 1)");
const Statement count_counters("SELECT COUNT(*) FROM counter");
// A tenant's table looked at from the control side, where no tenant is set.
const Statement counters_without_tenant("SELECT COUNT(*) FROM counter", Statement::Scope::control);

constexpr auto kNumber = [](const Row& row) { return row.i64(0); };

class PostgresTest : public BothDatabases {
 protected:
  std::string as_app(const std::string& sql) { return run_sql(postgres().app_url(), sql); }
  std::string as_tenant(const TenantId& id, const std::string& sql) {
    return as_app("BEGIN; SELECT set_config('chatika.tenant', '" + to_string(id) + "', true); " + sql);
  }
  std::string refusal_after(const std::string& admin_sql) {
    storage().stop();
    run_sql(postgres().admin_url(), admin_sql);
    const auto opened = Storage::open(config());
    return opened ? "" : opened.error().cause;
  }
  void add(TenantId id, std::string_view name) {
    in_tx(id, [&](Tx& tx) { tx.exec(insert_counter, name); });
  }
};
INSTANTIATE_TEST_SUITE_P(on, PostgresTest, ::testing::Values(DatabaseKind::postgres), chatika::testing::database_name);

TEST_P(PostgresTest, P33_hostile_sql_as_the_application_reaches_no_other_tenant) {
  add(tenant, "mine");
  add(other, "theirs");
  EXPECT_EQ(as_app("SELECT COUNT(*) FROM counter"), "0");  // no tenant, no rows
  EXPECT_EQ(as_tenant(tenant, "SELECT COUNT(*) FROM counter"), "1");
  EXPECT_EQ(as_tenant(tenant, "SELECT COUNT(*) FROM counter WHERE tenant = '" + to_string(other) + "'"), "0");
  EXPECT_EQ(as_tenant(tenant, "WITH d AS (DELETE FROM counter RETURNING 1) SELECT COUNT(*) FROM d"), "1");
  const std::string foreign = "INSERT INTO counter (tenant, name, value) VALUES ('" + to_string(other) + "', 'x', 1)";
  EXPECT_THROW(
      try { as_tenant(tenant, foreign); } catch (const std::runtime_error& e) {
        EXPECT_THAT(e.what(), HasSubstr("42501"));
        throw;
      },
      std::runtime_error);
  EXPECT_THROW(as_tenant(tenant, "UPDATE counter SET tenant = '" + to_string(other) + "'"), std::runtime_error);
  EXPECT_THROW(as_app("INSERT INTO counter (name, value) VALUES ('x', 1)"), std::runtime_error);
  for (const char* sql : {"SET row_security = off; SELECT * FROM counter", "ALTER TABLE counter DISABLE ROW LEVEL SECURITY",
                          "DROP POLICY tenant_only ON counter", "TRUNCATE counter", "SET ROLE chatika_owner", "SET ROLE postgres",
                          "CREATE TABLE mine (x int)", "UPDATE schema_migration SET hash = ''",
                          "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
                          "COPY counter TO PROGRAM 'cat'"})
    EXPECT_THROW(as_app(sql), std::runtime_error) << sql;
  EXPECT_EQ(run_sql(postgres().admin_url(), "SELECT COUNT(*) FROM counter WHERE name = 'theirs'"), "1");
}

TEST_P(PostgresTest, the_owner_is_bound_too) {
  add(tenant, "mine");
  EXPECT_EQ(run_sql(postgres().owner_url(), "SELECT COUNT(*) FROM counter"), "0");
}

TEST_P(PostgresTest, a_connection_of_the_pool_carries_no_tenant_on) {
  storage().stop();
  Config one = config();
  one.threads = 1;
  const auto single = Storage::open(one);
  ASSERT_TRUE(single);
  for (int round = 0; round < 3; ++round) {
    const std::string name = "r" + std::to_string(round);
    EXPECT_EQ(run_and_wait(**single, tenant, [&](Tx& tx) { return tx.exec(insert_counter, name) == 1; }), Outcome::committed);
    EXPECT_EQ(run_and_wait_control(**single, [&](Tx& tx) { return tx.one(counters_without_tenant, kNumber) == 0; }), Outcome::committed);
    EXPECT_EQ(run_and_wait(**single, other, [&](Tx& tx) { return tx.one(count_counters, kNumber) == 0; }), Outcome::committed);
    EXPECT_EQ(run_and_wait(**single, tenant, [&](Tx& tx) -> bool { tx.exec(insert_counter, name); return true; }), Outcome::failed);
    EXPECT_EQ(run_and_wait(**single, other, [&](Tx& tx) { return tx.one(count_counters, kNumber) == 0; }), Outcome::committed);
  }
}

TEST_P(PostgresTest, a_lost_connection_fails_what_ran_and_is_replaced) {
  add(tenant, "before");
  const auto kill = [&] {
    const std::string ours = " FROM pg_stat_activity WHERE usename = 'chatika_app' AND datname = current_database()";
    run_sql(postgres().admin_url(), "SELECT COUNT(pg_terminate_backend(pid))" + ours);
    while (run_sql(postgres().admin_url(), "SELECT COUNT(*)" + ours) != "0") {
    }
  };
  EXPECT_EQ(run_and_wait(storage(), tenant, [&](Tx& tx) {
    tx.exec(insert_counter, "during");
    kill();
    return true;
  }), Outcome::failed);
  add(tenant, "after");
  kill();  // while idle: noticed before the next transaction, which is not lost
  add(tenant, "later");
  EXPECT_EQ(in_tx([](Tx& tx) { return tx.one(count_counters, kNumber); }), 3);
}

TEST_P(PostgresTest, the_application_as_superuser_is_refused) {
  storage().stop();
  Config wrong = config();
  wrong.postgres_url = postgres().admin_url();
  const auto opened = Storage::open(wrong);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().cause, HasSubstr("superuser"));
}

TEST_P(PostgresTest, the_application_as_owner_is_refused) {
  storage().stop();
  Config wrong = config();
  wrong.postgres_url = postgres().owner_url();
  const auto opened = Storage::open(wrong);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().cause, HasSubstr("owner"));
}

TEST_P(PostgresTest, a_table_without_forced_security_is_refused) {
  EXPECT_THAT(refusal_after("ALTER TABLE counter NO FORCE ROW LEVEL SECURITY"), HasSubstr("forced row-level security: counter"));
}

TEST_P(PostgresTest, a_policy_that_lets_more_in_is_refused) {
  EXPECT_THAT(refusal_after("CREATE POLICY hole ON counter USING (true)"), HasSubstr("exactly one policy: counter"));
}

TEST_P(PostgresTest, a_database_without_its_migrations_is_refused) {
  storage().stop();
  run_sql(postgres().admin_url(), "DELETE FROM schema_migration WHERE name LIKE 'tenant/%'");
  Config no_owner = config();
  no_owner.postgres_owner_url.clear();
  const auto opened = Storage::open(no_owner);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().cause, HasSubstr("tenant/0001"));
}

TEST_P(PostgresTest, an_edited_or_a_newer_migration_is_refused) {
  EXPECT_THAT(refusal_after("UPDATE schema_migration SET hash = 'other' WHERE name LIKE 'tenant/0001%'"), HasSubstr("was edited"));
  EXPECT_THAT(refusal_after("INSERT INTO schema_migration VALUES ('control/9999_future', '', 0)"), HasSubstr("newer"));
}

}  // namespace
}  // namespace chatika::db
