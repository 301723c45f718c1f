#include "accounts/tenants.hpp"

#include <gtest/gtest.h>

#include "accounts/fixture_test.hpp"
#include "json/write.hpp"
#include "privacy/audit_verify.hpp"

namespace chatika::accounts {
namespace {

const db::Statement kSetCounter("UPDATE counter SET value = $1 WHERE name = 'feed'");
const db::Statement kCounter("SELECT value FROM counter WHERE name = 'feed'");

// A storage whose process ends after so many operations.
class EndsAfter final : public db::Storage {
 public:
  EndsAfter(db::Storage& storage, int operations) : storage_(storage), left_(operations) {}
  void submit(TenantId tenant, db::Operation operation) override {
    if (left_-- > 0) return storage_.submit(tenant, std::move(operation));
    operation.done(db::Outcome::refused);
  }
  void submit_control(db::Operation operation) override {
    if (left_-- > 0) return storage_.submit_control(std::move(operation));
    operation.done(db::Outcome::refused);
  }
  Result<void> create_tenant(TenantId tenant) override { return storage_.create_tenant(tenant); }
  std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() override {
    return storage_.tenant_schema();
  }
  std::vector<std::string> unprepared_statements() override { return storage_.unprepared_statements(); }
  void stop() override {}

 private:
  db::Storage& storage_;
  int left_;
};

class TenantsTest : public AccountsFixture {
 protected:
  std::int64_t counter(TenantId id) {
    return in_tx(id, [](db::Tx& tx) {
      return tx.one(kCounter, [](const db::Row& r) { return r.i64(0); }).value_or(-1);
    });
  }
  std::int64_t audited(TenantId id) {
    return in_tx(id, [](db::Tx& tx) { return privacy::verify_audit(tx, {}).rows; });
  }
};
CHATIKA_BOTH_DATABASES(TenantsTest);

TEST_P(TenantsTest, a_tenant_is_there_after_a_restart) {
  const auto id = create("clinic"), second = create("salon");
  const auto key = tenants->by_id(id)->public_key;
  EXPECT_NE(key, tenants->by_id(second)->public_key);
  const auto sealed = as(privacy::Principal::system(id), [](privacy::Access& a) {
    const auto subject = a.new_subject(privacy::SubjectKind::employee);
    return a.seal<privacy::Field::employee_name>(subject, subject, "Анна");
  });
  ASSERT_TRUE(sealed);

  restart();
  ASSERT_NE(tenants->by_id(id), nullptr);
  EXPECT_EQ(tenants->by_id(id)->slug, "clinic");
  EXPECT_EQ(tenants->by_slug("clinic"), tenants->by_id(id));
  EXPECT_EQ(tenants->by_public_key(key), tenants->by_id(id));
  EXPECT_EQ(json::write(tenants->by_id(id)->profile), json::write(profile("clinic")));
  const auto listed = tenants->list();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].slug, "clinic");
  EXPECT_EQ(listed[1].slug, "salon");
  EXPECT_EQ(tenants->by_slug("other"), nullptr);
  EXPECT_EQ(tenants->by_public_key("pk_0"), nullptr);
  EXPECT_EQ(tenants->by_id(TenantId::fresh()), nullptr);
  const auto name = as(privacy::Principal::system(id),
                       [&](privacy::Access& a) { return a.open(*sealed, privacy::Purpose::authentication); });
  EXPECT_EQ(name.value(), "Анна");
}

TEST_P(TenantsTest, secrets_stay_and_a_wrong_master_key_is_refused) {
  const auto pepper = crypto::hex({reinterpret_cast<const char*>(tenants->pepper().bytes().data()), 32});
  const auto index = tenants->login_index("owner@example.org");
  restart();
  EXPECT_EQ(crypto::hex({reinterpret_cast<const char*>(tenants->pepper().bytes().data()), 32}), pepper);
  EXPECT_EQ(tenants->login_index("owner@example.org"), index);
  const auto wrong = Tenants::open(storage(), crypto::Key::fresh(), clock);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::internal);
  EXPECT_TRUE(Tenants::open(storage(), master.clone(), clock));  // the refusal has changed nothing
}

TEST_P(TenantsTest, a_name_is_given_once) {
  const auto id = create("clinic");
  const auto again = tenants->create("clinic", profile("other"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().fields, (std::vector<FieldError>{{"/slug", "taken"}}));
  EXPECT_EQ(tenants->list().size(), 1U);
  EXPECT_EQ(tenants->by_slug("clinic")->id, id);
}

TEST_P(TenantsTest, an_interrupted_creation_leaves_a_tenant_that_works_or_none) {
  constexpr int kEnough = 16;
  bool created = false;
  for (int operations = 0; operations < kEnough && !created; ++operations) {
    EndsAfter ending(storage(), operations);
    auto dying = Tenants::open(ending, master.clone(), clock);
    if (!dying) continue;
    const auto slug = "clinic" + std::to_string(operations);
    created = (*dying)->create(slug, profile("clinic")).has_value();
    restart();
    const auto* left = tenants->by_slug(slug);
    if (left != nullptr) EXPECT_EQ(counter(left->id), 0) << operations;
    if (created) EXPECT_NE(left, nullptr);
  }
  EXPECT_TRUE(created);
}

TEST_P(TenantsTest, nobody_enters_a_tenant_that_is_not) {
  const auto db = tenants->enter(privacy::Principal::system(TenantId::fresh()));
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().code, Errc::not_found);
}

TEST_P(TenantsTest, an_error_an_exception_or_an_unknown_person_undoes_everything) {
  const auto id = create("clinic");
  const auto rows = audited(id);
  const auto write = [](privacy::Access& a, int value) {
    a.tx().exec(kSetCounter, value);
    a.audit();
  };
  const auto who = privacy::Principal::system(id);
  const auto refused =
      as(who, [&](privacy::Access& a) -> Result<void> { return write(a, 1), fail(Errc::conflict); });
  EXPECT_EQ(refused.error().code, Errc::conflict);
  const auto thrown = as(who, [&](privacy::Access& a) -> Result<void> {
    write(a, 2);
    throw std::runtime_error("bug");
  });
  EXPECT_EQ(thrown.error().code, Errc::internal);
  bool ran = false;
  auto unknown = tenants->enter(id, [](db::Tx& tx, Time) -> Result<privacy::Principal> {
    tx.exec(kSetCounter, 3);
    return fail(Errc::unauthenticated);
  });
  const auto nobody =
      unknown->call("test", [&](privacy::Access&) -> Result<void> { return ran = true, Result<void>{}; });
  EXPECT_EQ(nobody.error().code, Errc::unauthenticated);
  EXPECT_FALSE(ran);
  EXPECT_EQ(counter(id), 0);
  EXPECT_EQ(audited(id), rows);

  EXPECT_TRUE(as(who, [&](privacy::Access& a) -> Result<void> { return write(a, 4), Result<void>{}; }));
  EXPECT_EQ(counter(id), 4);
  EXPECT_EQ(audited(id), rows + 1);
}

TEST_P(TenantsTest, tenants_do_not_see_each_other) {
  const auto a = create("a"), b = create("b");
  ASSERT_TRUE(as(privacy::Principal::system(a), [](privacy::Access& x) -> Result<void> {
    x.tx().exec(kSetCounter, 7);
    return {};
  }));
  EXPECT_EQ(counter(a), 7);
  EXPECT_EQ(counter(b), 0);
}

TEST_P(TenantsTest, a_login_is_found_however_it_is_written) {
  const auto index = tenants->login_index("owner@example.org");
  EXPECT_EQ(index.size(), 16U);
  EXPECT_EQ(tenants->login_index("  OWNER@Example.ORG\n"), index);
  EXPECT_NE(tenants->login_index("owner@example.com"), index);
}

TEST_P(TenantsTest, a_new_profile_is_seen_at_the_next_look_and_the_old_one_may_still_be_read) {
  const auto id = create("clinic");
  const auto* before = tenants->by_id(id);
  auto next = before->profile;
  next.phone = "+7 000 000-00-01";
  next.legal = Legal{"ООО «Пример»", "0000000000", "Пример", "privacy@clinic.example", "Example LLC", {}};
  std::promise<Result<void>> promise;
  tenants->update_profile(id, next, [&](Result<void> r) { promise.set_value(std::move(r)); });
  ASSERT_TRUE(promise.get_future().get());
  EXPECT_EQ(before->profile.phone, "+7 000 000-00-00");
  EXPECT_EQ(tenants->by_id(id)->profile.phone, "+7 000 000-00-01");
  EXPECT_EQ(tenants->by_public_key(before->public_key), tenants->by_id(id));
  restart();
  ASSERT_TRUE(tenants->by_slug("clinic")->profile.legal);
  EXPECT_EQ(tenants->by_slug("clinic")->profile.legal->tax_number, "0000000000");
  EXPECT_FALSE(tenants->by_slug("clinic")->agreement_due) << "a new business has no grace";
}

}  // namespace
}  // namespace chatika::accounts
