#include "accounts/sign_in.hpp"

#include <gtest/gtest.h>

#include "accounts/fixture_test.hpp"

namespace chatika::accounts {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const db::Statement kSetRole("UPDATE employee SET role = $1 WHERE id = $2");
const db::Statement kHash("SELECT password_hash FROM employee WHERE id = $1");
const db::Statement kSetHash("UPDATE employee SET password_hash = $1 WHERE id = $2");
const db::Statement kEmployees("SELECT COUNT(*) FROM employee");
const db::Statement kSessions("SELECT COUNT(*) FROM session");

constexpr const char* kEmail = "owner@example.org";
constexpr const char* kPassword = "correct horse";

class SignInTest : public AccountsFixture {
 protected:
  SignInTest() {
    clinic = create("clinic");
    salon = create("salon");
    owner =
        add_employee(*tenants, clinic, {"Анна Примерова", kEmail, privacy::Role::owner}, kPassword).value();
    // Cheap: this test signs in often.
    set_hash(crypto::hash_password(tenants->pepper(), kPassword, 4));
    door = std::make_unique<SignIn>(*tenants);
  }
  ~SignInTest() override { door.reset(); }

  void set_hash(const std::string& hash) {
    in_tx(clinic, [&](db::Tx& tx) { tx.exec(kSetHash, hash, owner); });
  }
  std::int64_t count(const db::Statement& s) {
    return in_tx(clinic, [&](db::Tx& tx) { return *tx.one(s, [](const db::Row& r) { return r.i64(0); }); });
  }
  Result<SignedIn> sign_in(const char* email, const char* password, const char* peer = "192.0.2.1") {
    std::promise<Result<SignedIn>> promise;
    door->sign_in(email, password, peer, [&](Result<SignedIn> r) { promise.set_value(std::move(r)); });
    return promise.get_future().get();
  }
  crypto::Hash token() { return parse_cookie(sign_in(kEmail, kPassword)->cookie)->token_hash; }

  TenantId clinic, salon;
  EmployeeId owner;
  std::unique_ptr<SignIn> door;
};
CHATIKA_BOTH_DATABASES(SignInTest);

TEST_P(SignInTest, the_right_pair_opens_a_session_of_that_employee) {
  const auto in = sign_in(" Owner@EXAMPLE.org ", kPassword);
  ASSERT_TRUE(in) << in.error().cause;
  EXPECT_EQ(in->tenant, clinic);
  const auto ref = parse_cookie(in->cookie);
  ASSERT_TRUE(ref);
  EXPECT_EQ(ref->tenant, clinic);
  const auto principal = who(clinic, ref->token_hash);
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->kind, privacy::Principal::Kind::employee);
  EXPECT_EQ(principal->id, owner);
  EXPECT_EQ(principal->role, privacy::Role::owner);
  EXPECT_EQ(principal->tenant, clinic);
  // The cookie names a tenant, but only that tenant knows the token.
  EXPECT_EQ(who(salon, ref->token_hash).error().code, Errc::unauthenticated);
}

TEST_P(SignInTest, all_wrong_pairs_are_alike) {
  const auto same = [&](const Result<SignedIn>& r) {
    return !r && r.error().code == Errc::unauthenticated && r.error().fields.empty() &&
           r.error().retry_after_s == 0 && r.error().cause == "wrong e-mail or password";
  };
  EXPECT_TRUE(same(sign_in(kEmail, "wrong horse")));
  EXPECT_TRUE(same(sign_in(kEmail, "")));
  EXPECT_TRUE(same(sign_in("nobody@example.org", kPassword)));
  EXPECT_TRUE(same(sign_in("", "")));
  set_hash("damaged");
  EXPECT_TRUE(same(sign_in(kEmail, kPassword)));
  EXPECT_EQ(count(kSessions), 0);
}

TEST_P(SignInTest, guessing_is_slowed_down_for_one_address_only) {
  for (int i = 0; i < 6; ++i) ASSERT_EQ(sign_in(kEmail, "wrong horse").error().code, Errc::unauthenticated);
  const auto refused = sign_in(kEmail, kPassword);  // the right one does not get through either
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::too_many);
  EXPECT_EQ(refused.error().retry_after_s, 10);
  EXPECT_TRUE(sign_in(kEmail, kPassword, "192.0.2.2"));
  EXPECT_EQ(sign_in(kEmail, kPassword).error().code, Errc::too_many);  // which changes nothing here
  clock.advance(std::chrono::seconds(10));
  EXPECT_TRUE(sign_in(kEmail, kPassword));
  for (int i = 0; i < 6; ++i)
    ASSERT_EQ(sign_in(kEmail, "wrong horse").error().code, Errc::unauthenticated) << "reset by the right one";
}

TEST_P(SignInTest, many_accounts_from_one_address_are_slowed_down_together) {
  int refused = 0;
  std::vector<std::future<Errc>> codes;
  for (int i = 0; i < 40; ++i) {
    auto promise = std::make_shared<std::promise<Errc>>();
    codes.push_back(promise->get_future());
    door->sign_in("u" + std::to_string(i) + "@example.org", "x", "192.0.2.9",
                  [promise](Result<SignedIn> r) { promise->set_value(r ? Errc::internal : r.error().code); });
    if (codes.back().wait_for(std::chrono::seconds(0)) == std::future_status::ready)
      refused += codes.back().get() == Errc::too_many ? 1 : 0;
  }
  EXPECT_EQ(refused, 10);  // a burst of 30
}

TEST_P(SignInTest, a_session_ends_after_a_day_without_use) {
  const auto t = token();
  clock.advance(kSessionIdle - Micros(1));
  EXPECT_TRUE(who(clinic, t));
  clock.advance(kSessionIdle - Micros(1));
  EXPECT_TRUE(who(clinic, t)) << "use did not keep it";
  clock.advance(kSessionIdle);
  EXPECT_EQ(who(clinic, t).error().code, Errc::unauthenticated);
  EXPECT_EQ(who(clinic, t).error().code, Errc::unauthenticated);
}

TEST_P(SignInTest, a_session_ends_after_its_life_however_it_is_used) {
  const auto t = token();
  const auto end = clock.now() + kSessionLife;
  for (;;) {
    clock.advance(hours(20));
    if (clock.now() >= end) break;
    ASSERT_TRUE(who(clinic, t)) << to_rfc3339(clock.now());
  }
  clock.set(end - Micros(1));
  EXPECT_TRUE(who(clinic, t));
  clock.set(end);
  EXPECT_EQ(who(clinic, t).error().code, Errc::unauthenticated);
  ASSERT_TRUE(sign_in(kEmail, kPassword));
  EXPECT_EQ(count(kSessions), 1) << "what has ended is swept at the next sign-in";
}

TEST_P(SignInTest, sign_out_ends_this_session_and_no_other) {
  const auto first = token(), second = token();
  ASSERT_TRUE(tenants->enter(clinic, identify_session(first))
                  ->call("sign_out", [&](privacy::Access& a) -> Result<void> {
                    sign_out(a.tx(), first);
                    return {};
                  }));
  EXPECT_EQ(who(clinic, first).error().code, Errc::unauthenticated);
  EXPECT_TRUE(who(clinic, second));
}

TEST_P(SignInTest, the_role_is_what_the_database_says_now) {
  const auto t = token();
  EXPECT_EQ(who(clinic, t)->role, privacy::Role::owner);
  in_tx(clinic, [&](db::Tx& tx) { tx.exec(kSetRole, "receptionist", owner); });
  EXPECT_EQ(who(clinic, t)->role, privacy::Role::receptionist);
}

TEST_P(SignInTest, a_session_outlives_a_restart) {
  const auto t = token();
  door.reset();
  restart();
  EXPECT_TRUE(who(clinic, t));
  EXPECT_EQ(who(clinic, crypto::new_token().hash).error().code, Errc::unauthenticated);
}

TEST_P(SignInTest, an_old_hash_is_renewed_at_sign_in) {
  ASSERT_TRUE(sign_in(kEmail, kPassword));
  const auto hash = in_tx(
      clinic, [&](db::Tx& tx) { return *tx.one(kHash, [](const db::Row& r) { return r.str(0); }, owner); });
  EXPECT_FALSE(crypto::needs_rehash(hash));
  EXPECT_TRUE(crypto::verify_password(tenants->pepper(), kPassword, hash));
}

TEST_P(SignInTest, an_employee_is_a_name_and_a_role) {
  const auto found = as(privacy::Principal::employee(clinic, owner, privacy::Role::owner),
                        [](privacy::Access& a) { return current_employee(a); });
  ASSERT_TRUE(found) << found.error().cause;
  const auto& [id, name, role, officer, until, disabled] = *found;  // and nothing else: no hash, no address
  EXPECT_EQ(id, owner);
  EXPECT_EQ(name, "Анна Примерова");
  EXPECT_EQ(role, privacy::Role::owner);
  EXPECT_FALSE(officer || until || disabled);
  const auto unknown =
      as(privacy::Principal::system(salon), [&](privacy::Access& a) { return employee(a, owner); });
  EXPECT_EQ(unknown.error().code, Errc::not_found);
}

TEST_P(SignInTest, a_bad_password_or_a_taken_address_leaves_nothing_behind) {
  const auto before = count(kEmployees);
  const auto add = [&](const char* email, const char* password) {
    return add_employee(*tenants, clinic, {"Борис", email, privacy::Role::receptionist}, password);
  };
  EXPECT_EQ(add("b@example.org", "семь 67").error().fields,
            (std::vector<FieldError>{{"/password", "too_short"}}));
  EXPECT_EQ(add("OWNER@example.org", "long enough").error().fields,
            (std::vector<FieldError>{{"/email", "taken"}}));
  // An address signs in to one business only.
  EXPECT_FALSE(add_employee(*tenants, salon, {"Борис", kEmail, privacy::Role::owner}, "long enough"));
  EXPECT_EQ(count(kEmployees), before);
  EXPECT_TRUE(sign_in(kEmail, kPassword));
}

TEST_P(SignInTest, attempts_in_flight_are_answered_when_it_stops) {
  std::vector<std::future<Errc>> answers;
  for (int i = 0; i < 5; ++i) {
    auto promise = std::make_shared<std::promise<Errc>>();
    answers.push_back(promise->get_future());
    door->sign_in("nobody@example.org", "x", "192.0.2.1",
                  [promise](Result<SignedIn> r) { promise->set_value(r ? Errc::internal : r.error().code); });
  }
  door.reset();
  for (auto& a : answers) {
    ASSERT_EQ(a.wait_for(std::chrono::seconds(10)), std::future_status::ready);
    const auto code = a.get();
    EXPECT_TRUE(code == Errc::unauthenticated || code == Errc::unavailable) << name(code);
  }
}

TEST_P(SignInTest, it_does_not_go_before_its_look_ups_have_come_back) {
  std::promise<void> release;
  storage().submit_control(
      {.work = [&](db::Tx&) { return release.get_future().wait(), true; }, .done = [](db::Outcome) {}});
  std::promise<Errc> answer;
  door->sign_in("nobody@example.org", "x", "192.0.2.1",
                [&](Result<SignedIn> r) { answer.set_value(r ? Errc::internal : r.error().code); });
  auto gone = std::async(std::launch::async, [&] { door.reset(); });
  EXPECT_EQ(gone.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  release.set_value();
  gone.get();
  auto answered = answer.get_future();
  ASSERT_EQ(answered.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  EXPECT_EQ(answered.get(), Errc::unavailable);
}

TEST(Cookie, garbage_is_nobody) {
  const auto tenant = TenantId::fresh();
  const auto good = cookie_value(tenant, crypto::new_token().text);
  const auto parsed = parse_cookie(good);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->tenant, tenant);
  const auto refused = [](std::string_view value) {
    const auto r = parse_cookie(value);
    return !r && r.error().code == Errc::unauthenticated;
  };
  for (std::size_t n = 0; n < good.size(); ++n) EXPECT_TRUE(refused(good.substr(0, n))) << n;
  for (const auto& bad :
       {good + "A", good + "=", " " + good, good + " ", std::string(80, '.'), std::string(37, '.'),
        std::string(100'000, 'a'), std::string(80, '\0'), "x" + good.substr(1),
        good.substr(0, 36) + "," + good.substr(37), good.substr(0, 37) + "*" + good.substr(38),
        good.substr(0, 37) + "\xFF" + good.substr(38)})
    EXPECT_TRUE(refused(bad)) << bad.substr(0, 90);
}

TEST(Cookie, the_csrf_token_is_of_the_whole_cookie) {
  const auto a = cookie_value(TenantId::fresh(), crypto::new_token().text);
  EXPECT_EQ(csrf_token(a), csrf_token(a));
  EXPECT_NE(csrf_token(a), csrf_token(cookie_value(TenantId::fresh(), crypto::new_token().text)));
  EXPECT_EQ(csrf_token(a).find(a.substr(37)), std::string::npos);
}

TEST_P(SignInTest, P15_a_change_of_role_or_office_acts_on_the_next_request) {
  const auto session = token();
  EXPECT_FALSE(who(clinic, session)->officer);
  const auto system = privacy::Principal::system(clinic);
  ASSERT_TRUE(as(system, [&](privacy::Access& a) { return appoint_officer(a, owner, true); }));
  EXPECT_TRUE(who(clinic, session)->officer);
  const auto other = add_employee(*tenants, clinic, {"Олег", "other@example.org", privacy::Role::owner}, kPassword).value();
  ASSERT_TRUE(as(system, [&](privacy::Access& a) { return set_access(a, owner, privacy::Role::receptionist, {}); }));
  EXPECT_EQ(who(clinic, session)->role, privacy::Role::receptionist);
  EXPECT_FALSE(as(system, [&](privacy::Access& a) { return set_access(a, other, privacy::Role::receptionist, {}); }))
      << "the last owner";
}

TEST_P(SignInTest, P28_nobody_decides_on_their_own_access_while_another_owner_could) {
  const auto tried = [&](EmployeeId whose, std::optional<Time> until) {
    return as(privacy::Principal::employee(clinic, owner, privacy::Role::owner),
              [&](privacy::Access& a) { return set_access(a, whose, privacy::Role::owner, until); });
  };
  EXPECT_TRUE(tried(owner, {})) << "nobody else is there";
  const auto other = add_employee(*tenants, clinic, {"Олег", "other@example.org", privacy::Role::owner}, kPassword).value();
  const auto refused = tried(owner, {});
  ASSERT_EQ(refused.error().code, Errc::conflict);
  EXPECT_EQ(refused.error().fields.front().code, "oneself");
  EXPECT_TRUE(tried(other, {}));
}

// Control 63: what was tried is seen afterwards, and trying fills nothing.
TEST_P(SignInTest, P35_wrong_passwords_of_an_account_are_in_the_audit_a_few_a_minute) {
  static const db::Statement kFailures("SELECT count(*) FROM audit WHERE operation = 'sign_in.failed'");
  const auto failures = [&] {
    return as(privacy::Principal::system(clinic), [](privacy::Access& a) -> Result<std::int64_t> {
             return a.tx().one(kFailures, [](const db::Row& r) { return r.i64(0); }).value_or(0);
           })
        .value();
  };
  EXPECT_FALSE(sign_in("nobody@example.org", "wrong"));
  EXPECT_EQ(failures(), 0);
  EXPECT_FALSE(sign_in(kEmail, "wrong"));
  EXPECT_EQ(failures(), 1);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(sign_in(kEmail, "wrong", ("203.0.113." + std::to_string(i)).c_str()));
  EXPECT_EQ(failures(), 6);
}

TEST_P(SignInTest, P15_a_disabled_employee_is_out_at_once_and_cannot_come_back) {
  const auto session = token();
  ASSERT_TRUE(who(clinic, session));
  add_employee(*tenants, clinic, {"Олег", "other@example.org", privacy::Role::owner}, kPassword).value();
  const auto system = privacy::Principal::system(clinic);
  const auto ended = as(system, [&](privacy::Access& a) { return disable(a, owner); });
  ASSERT_TRUE(ended);
  EXPECT_EQ(*ended, std::vector<crypto::Hash>{session});
  EXPECT_EQ(who(clinic, session).error().code, Errc::unauthenticated);
  EXPECT_EQ(sign_in(kEmail, kPassword).error().code, Errc::unauthenticated);
  ASSERT_TRUE(as(system, [&](privacy::Access& a) { return enable(a, owner); }));
  EXPECT_EQ(who(clinic, session).error().code, Errc::unauthenticated) << "the old session stays over";
  EXPECT_TRUE(sign_in(kEmail, kPassword));
}

}  // namespace
}  // namespace chatika::accounts
