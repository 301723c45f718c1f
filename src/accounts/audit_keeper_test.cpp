#include "accounts/audit_keeper.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "accounts/fixture_test.hpp"
#include "tests/support/postgres.hpp"

namespace chatika::accounts {
namespace {

const db::Statement kRows("SELECT COUNT(*) FROM audit");
const db::Statement kSubjects("SELECT COUNT(*) FROM subject");
const db::Statement kIndexed("SELECT COUNT(*) FROM audit_subject");
const db::Statement kCutTail("DELETE FROM audit WHERE seq > $1");
const db::Statement kCutIndex("DELETE FROM audit_subject WHERE seq > $1");
const db::Statement kNoCheckpoints("DELETE FROM audit_checkpoint WHERE seq > $1");
// On SQLite: the operation fails at its audit row. On PostgreSQL the application may not alter tables.
const db::Statement kBreakAudit(
    "CREATE TRIGGER broken_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'broken'); END");
const db::Statement kBreakIndex(
    "CREATE TRIGGER broken_index BEFORE INSERT ON audit_subject BEGIN SELECT RAISE(ABORT, 'broken'); END");

class AuditKeeperTest : public AccountsFixture {
 protected:
  AuditKeeperTest() : dir(chatika::testing::temporary_directory("evidence")), keeper(*tenants, dir) {}
  ~AuditKeeperTest() override { std::filesystem::remove_all(dir); }

  Result<void> act(TenantId id, std::size_t people = 1) {
    return as(privacy::Principal::system(id), [&](privacy::Access& a) -> Result<void> {
      for (std::size_t i = 0; i < people; ++i) a.new_subject(privacy::SubjectKind::visitor);
      return {};
    });
  }
  std::int64_t count(TenantId id, const db::Statement& statement) {
    return in_tx(id,
                 [&](db::Tx& tx) { return *tx.one(statement, [](const db::Row& r) { return r.i64(0); }); });
  }
  std::size_t anchored(TenantId id) { return keeper.anchor().read(id).value().size(); }

  const std::string dir;
  AuditKeeper keeper;
};
CHATIKA_BOTH_DATABASES(AuditKeeperTest);

TEST_P(AuditKeeperTest, a_checkpoint_is_made_after_a_minute_of_news_or_a_thousand_commits_and_not_before) {
  const auto id = create("clinic");
  keeper.look();
  EXPECT_EQ(anchored(id), 0U);
  clock.advance(privacy::kCheckpointAge - Micros(1));
  keeper.look();
  EXPECT_EQ(anchored(id), 0U);
  clock.advance(Micros(1));
  keeper.look();
  EXPECT_EQ(anchored(id), 1U);
  clock.advance(privacy::kCheckpointAge * 5);
  keeper.look();
  EXPECT_EQ(anchored(id), 1U) << "no news, no checkpoint";
  keeper.look(true);  // as at stop
  EXPECT_EQ(anchored(id), 1U);
  ASSERT_TRUE(act(id));
  keeper.look(true);
  EXPECT_EQ(anchored(id), 2U);
  const auto verdict = keeper.verify(id).value();
  EXPECT_FALSE(verdict.fault);
  EXPECT_EQ(verdict.unsigned_rows, 0);
}

TEST_P(AuditKeeperTest, a_last_look_that_has_no_time_left_keeps_the_news_for_the_next) {
  const auto id = create("clinic");
  keeper.look(true, std::chrono::seconds(0));
  EXPECT_EQ(anchored(id), 0U);
  clock.advance(privacy::kCheckpointAge);
  keeper.look();
  EXPECT_EQ(anchored(id), 1U);
}

TEST_P(AuditKeeperTest, many_commits_do_not_wait_for_the_minute) {
  const auto id = create("clinic");
  keeper.look(true);
  const auto before = anchored(id);
  for (std::int64_t i = 0; i < privacy::kCheckpointRows - 1; ++i) ASSERT_TRUE(act(id));
  keeper.look();
  EXPECT_EQ(anchored(id), before);
  ASSERT_TRUE(act(id));
  keeper.look();
  EXPECT_EQ(anchored(id), before + 1);
}

TEST_P(AuditKeeperTest, a_cut_tail_is_found_by_the_anchor_file_though_the_data_agree_with_themselves) {
  const auto id = create("clinic");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(act(id));
  const auto made = keeper.checkpoint(id).value().value();
  in_tx(id, [](db::Tx& tx) {
    tx.exec(kCutTail, 5);
    tx.exec(kCutIndex, 5);
    tx.exec(kNoCheckpoints, 5);
  });
  const auto fault = keeper.verify(id).value().fault;
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, privacy::AuditFault::Kind::tail);
  EXPECT_EQ(fault->seq, 6);
  EXPECT_GT(made.seq, 6);
  // Without the file nobody could tell.
  std::filesystem::remove(keeper.anchor().path(id));
  EXPECT_FALSE(keeper.verify(id).value().fault);
}

TEST_P(AuditKeeperTest, a_line_torn_by_a_crash_is_mended_and_a_damaged_one_is_said) {
  const auto id = create("clinic");
  ASSERT_TRUE(keeper.checkpoint(id));
  std::ofstream(keeper.anchor().path(id), std::ios::app) << R"({"checkpoint":"head","ten)";
  EXPECT_EQ(anchored(id), 1U);
  ASSERT_TRUE(act(id));
  ASSERT_TRUE(keeper.checkpoint(id));
  EXPECT_EQ(anchored(id), 2U);
  ASSERT_TRUE(keeper.checkpoint(id));  // no news: the same again, and no second line
  EXPECT_EQ(anchored(id), 2U);
  std::ofstream(keeper.anchor().path(id), std::ios::app) << "nothing\n";
  EXPECT_FALSE(keeper.anchor().read(id));
  EXPECT_FALSE(keeper.verify(id));
  EXPECT_EQ(std::filesystem::status(keeper.anchor().path(id)).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_P(AuditKeeperTest, the_key_is_the_same_after_a_restart) {
  const auto id = create("clinic");
  ASSERT_TRUE(keeper.checkpoint(id));
  const auto key = keeper.public_key();
  restart();
  AuditKeeper again(*tenants, dir);
  EXPECT_EQ(again.public_key(), key);
  EXPECT_FALSE(again.verify(id).value().fault);
}

TEST_P(AuditKeeperTest, no_audit_row_no_operation) {
  const auto id = create("clinic");
  const auto rows = count(id, kRows), subjects = count(id, kSubjects);
  if (on_postgres())
    chatika::testing::run_sql(postgres().owner_url(),
                              "ALTER TABLE audit ADD CONSTRAINT broken CHECK (false) NOT VALID");
  else
    in_tx(id, [](db::Tx& tx) { tx.exec(kBreakAudit); });
  const auto result = act(id);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::unavailable);
  EXPECT_EQ(count(id, kRows), rows);
  EXPECT_EQ(count(id, kSubjects), subjects);
}

TEST_P(AuditKeeperTest, an_operation_that_cannot_be_indexed_leaves_nothing) {
  const auto id = create("clinic");
  const auto rows = count(id, kRows), subjects = count(id, kSubjects);
  if (on_postgres())
    chatika::testing::run_sql(postgres().owner_url(),
                              "ALTER TABLE audit_subject ADD CONSTRAINT broken CHECK (false) NOT VALID");
  else
    in_tx(id, [](db::Tx& tx) { tx.exec(kBreakIndex); });
  EXPECT_FALSE(act(id));
  EXPECT_EQ(count(id, kRows), rows);
  EXPECT_EQ(count(id, kSubjects), subjects);
}

TEST_P(AuditKeeperTest, an_operation_over_many_people_writes_one_row_that_names_them_all) {
  const auto id = create("clinic");
  const auto rows = count(id, kRows), indexed = count(id, kIndexed);
  ASSERT_TRUE(act(id, 500));
  EXPECT_EQ(count(id, kRows), rows + 1);
  EXPECT_EQ(count(id, kIndexed), indexed + 500);
  EXPECT_FALSE(keeper.verify(id).value().fault);
}

TEST_P(AuditKeeperTest, an_export_holds_every_row_and_is_audited_itself) {
  const auto id = create("clinic");
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(act(id));
  ASSERT_TRUE(keeper.checkpoint(id));
  const auto rows = count(id, kRows);
  std::vector<std::string> lines;
  ASSERT_TRUE(keeper.export_lines(id, privacy::Principal::system(id),
                                  [&](std::string_view line) { lines.emplace_back(line); }));
  // A head, a checkpoint, the rows and the row of the export.
  EXPECT_EQ(static_cast<std::int64_t>(lines.size()), 1 + 1 + rows + 1);
  EXPECT_EQ(count(id, kRows), rows + 1);
}

}  // namespace
}  // namespace chatika::accounts
