// P53 at the level of the program: an old database file put back is not served until the ledger is replayed.
#include <filesystem>

#include "accounts/fixture_test.hpp"
#include "privacy/erasure.hpp"

namespace chatika::accounts {
namespace {

namespace fs = std::filesystem;
const db::Statement kErased("SELECT count(*) FROM subject WHERE erased_at IS NOT NULL");

class RestoreTest : public AccountsFixture {
 protected:
  RestoreTest() {
    ledger = fs::temp_directory_path() / ("chatika-ledger-" + to_string(new_uuid()));
    with_ledger();
  }
  ~RestoreTest() override { fs::remove_all(ledger); }

  void with_ledger() {
    tenants.reset();
    auto opened = Tenants::open(storage(), master.clone(), clock, ledger.string());
    if (!opened) throw std::runtime_error(opened.error().cause);
    tenants = std::move(*opened);
  }
  void restart_with_ledger() {
    tenants.reset();
    reopen();
    with_ledger();
  }
  SubjectId person(TenantId of) {
    return as(privacy::Principal::system(of), [](privacy::Access& a) -> Result<SubjectId> {
             return a.new_subject(privacy::SubjectKind::visitor);
           }).value();
  }
  void plan(TenantId of, SubjectId subject) {
    ASSERT_TRUE(as(privacy::Principal::system(of), [&](privacy::Access& a) { return privacy::plan_erasure(a, subject, {}); }));
  }
  Result<std::size_t> carry_out(TenantId of) {
    return as(privacy::Principal::system(of), [](privacy::Access& a) { return privacy::erase_due(a, 10); });
  }
  Result<std::int64_t> erased(TenantId of) {
    return as(privacy::Principal::system(of), [](privacy::Access& a) -> Result<std::int64_t> {
      return a.tx().one(kErased, [](const db::Row& r) { return r.i64(0); }).value_or(0);
    });
  }
  [[nodiscard]] fs::path file(TenantId of) const { return fs::path(data_dir()) / "tenants" / (to_string(of) + ".sqlite"); }

  fs::path ledger;
};
CHATIKA_BOTH_DATABASES(RestoreTest);

// PostgreSQL has no file to put back; erasure_test has the same with old data.
class RestoredFileTest : public RestoreTest {};
INSTANTIATE_TEST_SUITE_P(on, RestoredFileTest, ::testing::Values(chatika::testing::DatabaseKind::sqlite),
                         chatika::testing::database_name);

TEST_P(RestoredFileTest, P53_an_old_database_file_is_refused_until_it_is_replayed) {
  const auto clinic = create("clinic"), salon = create("salon");
  const auto anna = person(clinic);
  tenants.reset();
  close();
  const auto backup = fs::path(data_dir()) / "backup";
  fs::copy_file(file(clinic), backup);
  restart_with_ledger();
  plan(clinic, anna);
  ASSERT_TRUE(carry_out(clinic));
  EXPECT_EQ(erased(clinic).value(), 1);
  tenants.reset();
  close();
  for (const char* suffix : {"-wal", "-shm"}) fs::remove(file(clinic).string() + suffix);
  fs::copy_file(backup, file(clinic), fs::copy_options::overwrite_existing);
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).error().code, Errc::unavailable);
  EXPECT_NE(erased(clinic).error().cause.find("chatika privacy replay"), std::string::npos);
  EXPECT_EQ(erased(salon).value(), 0) << "the others are served";
  EXPECT_EQ(tenants->replay_erasures(clinic).value(), 1U);
  EXPECT_EQ(erased(clinic).value(), 1) << "still gone";
}

TEST_P(RestoreTest, P53_a_lost_ledger_closes_the_tenant) {
  const auto clinic = create("clinic");
  plan(clinic, person(clinic));
  ASSERT_TRUE(carry_out(clinic));
  fs::remove_all(ledger);
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).error().code, Errc::unavailable);
  EXPECT_FALSE(tenants->replay_erasures(clinic));
}

TEST_P(RestoreTest, P53_a_lost_or_emptied_ledger_closes_also_who_has_erased_nobody) {
  const auto clinic = create("clinic");
  person(clinic);
  const auto file = ledger / (to_string(clinic) + ".jsonl");
  ASSERT_TRUE(fs::exists(file)) << "before anybody is erased";
  fs::resize_file(file, 0);
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).error().code, Errc::unavailable);
  fs::remove_all(ledger);
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).error().code, Errc::unavailable);
  EXPECT_FALSE(fs::exists(file)) << "a new one would hide the loss";
}

TEST_P(RestoreTest, P53_killed_between_ledger_and_commit_the_next_operation_finishes) {
  const auto clinic = create("clinic");
  plan(clinic, person(clinic));
  tenants->keeper(clinic)->at_step = [](privacy::Step step) {
    if (step == privacy::Step::before_commit) throw std::runtime_error("killed");
  };
  EXPECT_FALSE(carry_out(clinic));
  tenants->keeper(clinic)->at_step = {};
  EXPECT_EQ(erased(clinic).value(), 1) << "without a restart too";
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).value(), 1);
}

TEST_P(RestoreTest, P53_killed_and_restarted_the_next_operation_finishes) {
  const auto clinic = create("clinic");
  plan(clinic, person(clinic));
  tenants->keeper(clinic)->at_step = [](privacy::Step step) {
    if (step == privacy::Step::after_ledger) throw std::runtime_error("killed");
  };
  EXPECT_FALSE(carry_out(clinic));
  restart_with_ledger();
  EXPECT_EQ(erased(clinic).value(), 1);
}

TEST_P(RestoreTest, without_a_ledger_directory_nothing_is_erased) {
  const auto clinic = create("clinic");
  plan(clinic, person(clinic));
  open();
  EXPECT_EQ(carry_out(clinic).error().code, Errc::unavailable);
  EXPECT_EQ(erased(clinic).value(), 0);
}

}  // namespace
}  // namespace chatika::accounts
