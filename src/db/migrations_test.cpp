#include "db/migrations.hpp"

#include <gmock/gmock.h>

namespace chatika::db {
namespace {

using ::testing::HasSubstr;

const std::vector<Migration> known = {{"t/0001_a", "", "h1"}, {"t/0002_b", "", "h2"}};

TEST(Migrations, what_is_not_applied_is_pending) {
  EXPECT_EQ(pending_migrations(known, {})->size(), 2U);
  const std::vector<AppliedMigration> one = {{"t/0001_a", "h1"}};
  EXPECT_EQ(pending_migrations(known, one)->front().name, "t/0002_b");
  const std::vector<AppliedMigration> both = {{"t/0001_a", "h1"}, {"t/0002_b", "h2"}};
  EXPECT_TRUE(pending_migrations(known, both)->empty());
}

TEST(Migrations, an_edited_one_is_refused_by_name) {
  const std::vector<AppliedMigration> edited = {{"t/0001_a", "other"}};
  const auto result = pending_migrations(known, edited);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().cause, HasSubstr("t/0001_a was edited"));
}

TEST(Migrations, a_newer_or_a_strange_one_is_refused_by_name) {
  const std::vector<AppliedMigration> newer = {{"t/0001_a", "h1"}, {"t/0002_b", "h2"}, {"t/0003_c", "h3"}};
  const std::vector<AppliedMigration> strange = {{"t/0001_x", "h1"}};
  EXPECT_THAT(pending_migrations(known, newer).error().cause, HasSubstr("t/0003_c"));
  EXPECT_THAT(pending_migrations(known, strange).error().cause, HasSubstr("t/0001_x"));
}

TEST(Migrations, the_fingerprint_is_fnv_1a) {
  EXPECT_EQ(fingerprint(""), "6c62272e07bb014262b821756295c58d");  // the offset basis
  EXPECT_EQ(fingerprint("a"), "d228cb696f1a8caf78912b704e4a8964");
}

TEST(Migrations, both_engines_have_the_same_ones) {
  for (const Schema schema : {Schema::control, Schema::tenant}) {
    const auto sqlite = migrations(schema, Dialect::sqlite);
    const auto pg = migrations(schema, Dialect::pg);
    ASSERT_EQ(sqlite.size(), pg.size());
    ASSERT_FALSE(sqlite.empty());
    for (std::size_t i = 0; i < sqlite.size(); ++i) EXPECT_EQ(sqlite[i].name, pg[i].name);
  }
}

}  // namespace
}  // namespace chatika::db
