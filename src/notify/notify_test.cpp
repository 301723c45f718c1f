// The outbox on both engines, with a mail server that says what it is told.
#include "notify/notify.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <stdexcept>

#include "jobs/runner.hpp"
#include "notify/sending.hpp"
#include "privacy/consent.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::notify {
namespace {

using privacy::Access;
using privacy::Field;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const db::Statement kInsertVisitor("INSERT INTO visitor (id, email_box, created_at) VALUES ($1, $2, $3)");
const db::Statement kRaw("SELECT params, secrets_box, address_box FROM outbox");

struct Sent {
  std::string from, to, message;
};
class FakeServer final : public Transport {
 public:
  Reply send(const std::string& from, const std::string& to, const std::string& message) override {
    sent.push_back({from, to, message});
    if (replies.empty()) return {Reply::Kind::accepted, 250};
    const auto reply = replies.front();
    replies.pop_front();
    return reply;
  }
  std::vector<Sent> sent;
  std::deque<Reply> replies;
};

class NotifyTest : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override {
    register_handlers(
        handlers,
        {.transport = server, .from = "noreply@clinic.example", .business = [](TenantId, std::string_view) {
           return Business{"Клиника", "+7 000 000-00-00"};
         }});
  }
  template <class F>
  auto act(F f) -> std::invoke_result_t<F, Access&> {
    std::invoke_result_t<F, Access&> result = fail(Errc::unavailable);
    const auto outcome = db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      Access access(tx, keys, privacy::Principal::system(tenant), now, "test");
      result = f(access);
      if (result) access.finish();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }
  SubjectId visitor(const char* email, bool consent = true) {
    return act([&](Access& a) -> Result<SubjectId> {
             const auto id = a.new_subject(privacy::SubjectKind::visitor);
             if (consent) CHECK(privacy::give_consent(a, id, privacy::consent_text({}, "ru"), false, "1"));
             std::optional<std::string> box;
             if (email != nullptr) box = TRY(a.seal<Field::visitor_email>(id, id, email)).box;
             a.tx().exec(kInsertVisitor, id, box ? std::optional(db::Blob{*box}) : std::nullopt, now);
             return id;
           })
        .value();
  }
  void withdraws(SubjectId id) {
    ASSERT_TRUE(act([&](Access& a) { return privacy::withdraw_consent(a, id, {}); }));
  }

  MailId put(const Mail& m) {
    return act([&](Access& a) { return mail(a, m); }).value();
  }
  // Everything that is due, as the runner does it.
  void deliver() {
    const auto claimed = act([&](Access& a) -> Result<jobs::Claimed> {
                           return jobs::claim(a, handlers, {.inside = 0, .outside = 100});
                         }).value();
    for (const auto& job : claimed.outside) {
      auto begun = act([&](Access& a) { return jobs::prepare(a, handlers, job); });
      ASSERT_TRUE(begun) << begun.error().cause;
      if (!*begun) continue;
      auto finish = (**begun)();
      ASSERT_TRUE(act([&](Access& a) { return jobs::finish(a, job, finish); }));
    }
  }
  MailRecord record(MailId id) {
    for (auto& r : act([&](Access& a) -> Result<std::vector<MailRecord>> {
                     return list(a, {.state = {}, .before_at = {}, .before_id = {}});
                   }).value())
      if (r.id == id) return r;
    throw std::runtime_error("no such mail");
  }
  std::vector<Attempt> log(MailId id) {
    return act([&](Access& a) { return attempts(a, id); }).value();
  }
  static Mail waiting_for(SubjectId id) {
    return {
        .what = Template::message_waiting, .to = Person{id}, .params = {{"link", "https://clinic.example/"}}};
  }
  static Mail code_for(SubjectId id, const char* address = "") {
    return {.what = Template::request_code,
            .to = Person{id, address},
            .params = {{"number", "12"}, {"minutes", "30"}},
            .secrets = {{"code", "483920"}}};
  }

  Time now = parse_rfc3339("2026-11-24T09:00:00Z").value();
  privacy::TenantKeys keys{tenant, crypto::Key::fresh()};
  std::shared_ptr<FakeServer> server = std::make_shared<FakeServer>();
  jobs::Handlers handlers;
};
CHATIKA_BOTH_DATABASES(NotifyTest);

TEST_P(NotifyTest, is_sent_to_the_persons_own_address_and_logged_without_it) {
  const auto id = put(waiting_for(visitor("anna@example.org")));
  EXPECT_EQ(record(id).state, MailState::waiting);
  deliver();
  ASSERT_EQ(server->sent.size(), 1U);
  EXPECT_EQ(server->sent[0].to, "anna@example.org");
  EXPECT_EQ(server->sent[0].from, "noreply@clinic.example");
  EXPECT_NE(server->sent[0].message.find("<" + to_string(id) + "@clinic.example>"), std::string::npos);
  EXPECT_EQ(record(id).state, MailState::sent);
  ASSERT_EQ(log(id).size(), 1U);
  EXPECT_EQ(log(id)[0].result, "sent");
  EXPECT_EQ(log(id)[0].code, 250);
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
}

TEST_P(NotifyTest, a_cause_that_is_undone_sends_nothing) {
  const auto anna = visitor("anna@example.org");
  EXPECT_FALSE(act([&](Access& a) -> Result<MailId> {
    CHECK(mail(a, waiting_for(anna)));
    return fail(Errc::conflict);
  }));
  deliver();
  EXPECT_TRUE(server->sent.empty());
}

TEST_P(NotifyTest, secrets_are_sealed_until_they_are_sent_and_gone_after) {
  const auto id = put(code_for(visitor("anna@example.org"), "other@example.org"));
  const auto raw = [&] {
    return in_tx([](db::Tx& tx) {
      return *tx.one(kRaw, [](const db::Row& r) {
        return r.str(0) + (r.is_null(1) ? "" : r.bytes(1)) + (r.is_null(2) ? "" : r.bytes(2));
      });
    });
  };
  EXPECT_EQ(raw().find("483920"), std::string::npos);
  EXPECT_EQ(raw().find("other@"), std::string::npos);
  EXPECT_NE(raw().find("\"number\""), std::string::npos);
  deliver();
  EXPECT_EQ(server->sent.at(0).to, "other@example.org");
  EXPECT_EQ(raw(), "{}");
  EXPECT_EQ(record(id).state, MailState::sent);
}

TEST_P(NotifyTest, withdrawal_suppresses_what_still_waits) {
  const auto anna = visitor("anna@example.org");
  const auto id = put(waiting_for(anna));
  withdraws(anna);
  deliver();
  EXPECT_TRUE(server->sent.empty());
  EXPECT_EQ(record(id).state, MailState::suppressed);
  EXPECT_EQ(record(id).error, "withdrawn");
  EXPECT_EQ(log(id).at(0).result, "withdrawn");
}

TEST_P(NotifyTest, withdrawal_between_two_attempts_suppresses_the_second) {
  const auto anna = visitor("anna@example.org");
  const auto id = put(waiting_for(anna));
  server->replies = {{Reply::Kind::deferred, 451}};
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
  withdraws(anna);
  now += minutes(1);
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
  EXPECT_EQ(record(id).state, MailState::suppressed);
}

TEST_P(NotifyTest, blocking_and_erasure_suppress_too) {
  const auto anna = visitor("anna@example.org");
  const auto boris = visitor("boris@example.org");
  const auto blocked = put(waiting_for(anna));
  const auto erased = put(code_for(boris));
  ASSERT_TRUE(act([&](Access& a) { return privacy::block(a, anna); }));
  ASSERT_TRUE(act([&](Access& a) -> Result<bool> { return a.destroy_key(boris), true; }));
  deliver();
  EXPECT_TRUE(server->sent.empty());
  EXPECT_EQ(record(blocked).error, "blocked");
  EXPECT_EQ(record(erased).error, "erased");
  EXPECT_EQ(record(erased).state, MailState::suppressed);
}

TEST_P(NotifyTest, what_the_person_asked_for_is_answered_after_withdrawal_too) {
  const auto anna = visitor("anna@example.org");
  withdraws(anna);
  put({.what = Template::withdrawal_done,
       .to = Person{anna},
       .params = {{"date", "24 ноября 2026 г."}, {"due", "24 декабря 2026 г."}}});
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
}

TEST_P(NotifyTest, without_an_address_it_is_suppressed) {
  const auto id = put(waiting_for(visitor(nullptr)));
  deliver();
  EXPECT_EQ(record(id).state, MailState::suppressed);
  EXPECT_EQ(record(id).error, "no_address");
}

TEST_P(NotifyTest, a_stored_address_that_could_end_a_line_is_never_used) {
  const auto id = put(waiting_for(visitor("anna@example.org\r\nRCPT TO:<b@example.org>")));
  deliver();
  EXPECT_TRUE(server->sent.empty());
  EXPECT_EQ(record(id).error, "bad_address");
}

TEST_P(NotifyTest, a_temporary_no_comes_back_with_the_same_message_id) {
  const auto id = put(waiting_for(visitor("anna@example.org")));
  server->replies = {{Reply::Kind::deferred, 451}, {Reply::Kind::unreachable, 0}};
  deliver();
  EXPECT_EQ(record(id).state, MailState::waiting);
  EXPECT_EQ(record(id).last_code, 451);
  EXPECT_EQ(record(id).error, "deferred");
  EXPECT_EQ(record(id).next_at, now + minutes(1));
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
  now += minutes(1);
  deliver();
  EXPECT_EQ(record(id).last_code, std::nullopt);
  now += minutes(3);
  deliver();
  EXPECT_EQ(record(id).state, MailState::sent);
  EXPECT_EQ(server->sent.size(), 3U);
  const auto header = "<" + to_string(id) + "@clinic.example>";
  for (const auto& s : server->sent) EXPECT_NE(s.message.find(header), std::string::npos);
  EXPECT_EQ(log(id).size(), 3U);
}

TEST_P(NotifyTest, a_permanent_no_is_dead_until_a_person_says_again) {
  const auto id = put(code_for(visitor("anna@example.org")));
  server->replies = {{Reply::Kind::refused, 550}};
  deliver();
  EXPECT_EQ(record(id).state, MailState::dead);
  EXPECT_EQ(record(id).last_code, 550);
  now += days(1);
  deliver();
  EXPECT_EQ(server->sent.size(), 1U);
  ASSERT_TRUE(act([&](Access& a) { return retry(a, id); }));
  deliver();
  EXPECT_EQ(server->sent.size(), 2U);
  EXPECT_EQ(record(id).state, MailState::sent);
  EXPECT_EQ(act([&](Access& a) { return retry(a, id); }).error().code, Errc::conflict);
  EXPECT_EQ(act([&](Access& a) { return retry(a, MailId::fresh()); }).error().code, Errc::not_found);
}

TEST_P(NotifyTest, three_days_without_success_are_enough) {
  const auto id = put(waiting_for(visitor("anna@example.org")));
  server->replies.assign(100, {Reply::Kind::unreachable, 0});
  for (int hour = 0; hour < 24 * 4; ++hour) deliver(), now += hours(1);
  EXPECT_EQ(record(id).state, MailState::dead);
  EXPECT_EQ(record(id).error, "unreachable");
  EXPECT_LT(server->sent.size(), 20U);
}

TEST_P(NotifyTest, a_process_that_dies_after_the_server_accepted_sends_again_under_the_same_id) {
  const auto id = put(waiting_for(visitor("anna@example.org")));
  const auto job = act([&](Access& a) -> Result<jobs::Claimed> {
                     return jobs::claim(a, handlers, {.inside = 0, .outside = 1});
                   })
                       .value()
                       .outside.at(0);
  (void)(*act([&](Access& a) { return jobs::prepare(a, handlers, job); }).value())();  // accepted, and gone
  EXPECT_EQ(record(id).state, MailState::waiting);
  now += jobs::kLease;
  deliver();
  ASSERT_EQ(server->sent.size(), 2U);
  EXPECT_EQ(server->sent[0].message, server->sent[1].message);
  EXPECT_EQ(record(id).state, MailState::sent);
}

TEST_P(NotifyTest, a_partner_is_written_to_at_its_business_address) {
  const auto id = put({.what = Template::recipient_erasure,
                       .to = BusinessAddress{"privacy@crm.example"},
                       .language = "en",
                       .params = {{"reference", "A-7"}, {"link", "https://clinic.example/ack/1"}}});
  deliver();
  EXPECT_EQ(server->sent.at(0).to, "privacy@crm.example");
  EXPECT_EQ(record(id).state, MailState::sent);
  EXPECT_EQ(act([&](Access& a) {
              return mail(a, {.what = Template::recipient_erasure,
                              .to = BusinessAddress{"a@b.example\nBcc: c@d.example"},
                              .params = {{"reference", "A-7"}, {"link", "https://clinic.example/ack/1"}}});
            })
                .error()
                .code,
            Errc::invalid);
}

TEST_P(NotifyTest, parameters_must_be_the_templates_own) {
  const auto anna = visitor("anna@example.org");
  auto missing = code_for(anna);
  missing.params.erase("minutes");
  auto unknown = code_for(anna);
  unknown.params["name"] = "Анна";
  auto twice = code_for(anna);
  twice.params["code"] = "1";
  for (const auto& bad : {missing, unknown, twice}) EXPECT_THROW(put(bad), std::exception);
}

TEST_P(NotifyTest, without_a_configured_server_mails_wait_for_one) {
  handlers = {};
  register_handlers(handlers, {});
  const auto id = put(waiting_for(visitor("anna@example.org")));
  deliver();
  EXPECT_EQ(record(id).state, MailState::waiting);
  EXPECT_EQ(act([&](Access& a) -> Result<std::int64_t> { return count(a, MailState::waiting); }).value(), 1);
  handlers = {};
  SetUp();
  deliver();
  EXPECT_EQ(record(id).state, MailState::sent);
}

}  // namespace
}  // namespace chatika::notify
