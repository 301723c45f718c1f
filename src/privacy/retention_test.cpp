#include "privacy/retention.hpp"

#include <algorithm>

#include "privacy/audit_verify.hpp"
#include "privacy/destruction.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/recipients.hpp"
#include "privacy/rights.hpp"
#include "privacy/rights_fixture_test.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kDay = std::chrono::days(1);
const db::Statement kAnswered(
    "INSERT INTO request (id, reference, kind, status, channel, language, requester, name_box, contact_box, description_box,"
    " essence_box, received_at, due_at, deadline, zone, reminded, verification, answered_at)"
    " VALUES ($1, $2, 'information', 'answered', 'form', 'ru', $3, $4, $4, $4, $4, $5, $5, '{}', 'Europe/Moscow', 0,"
    " 'verified', $5)");
const db::Statement kCountRequests("SELECT count(*) FROM request");
const db::Statement kTouch("UPDATE conversation SET last_at = $1 WHERE visitor = $2");
const db::Statement kObject("UPDATE subject SET objected = $1 WHERE id = $2");

const db::Statement kMail(
    "INSERT INTO outbox (id, address, template, language, params, state, attempts, next_at, error, created_at, finished_at)"
    " VALUES ($1, 'office@example.org', 'mail_check', 'ru', '{}', $2, 1, $3, '', $4, $5)");
const db::Statement kDelivery("INSERT INTO delivery (mail, number, at, result) VALUES ($1, 1, $2, 'accepted')");
const db::Statement kMails("SELECT state FROM outbox ORDER BY state");

class RetentionTest : public RightsFixture {
 protected:
  std::int64_t counted(std::string_view name) {
    const auto report = in_tx([](db::Tx& tx) { return last_sweep(tx); });
    for (const auto& c : report->counts)
      if (c.name == name) return c.rows;
    return 0;
  }
  std::string address(SubjectId subject) {
    for (const auto& f : file(subject).value().fields)
      if (f.key == "visitor.ip") return f.value;
    return {};
  }
};
CHATIKA_BOTH_DATABASES(RetentionTest);

TEST_P(RetentionTest, P5_when_the_period_is_over_no_row_is_left) {
  for (int i = 0; i < 5; ++i) add("Человек " + std::to_string(i));
  now += kDay * 364;
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 5);
  now += kDay * 2;
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
  EXPECT_EQ(rows(sql::kCountMessages), 0);
  EXPECT_EQ(rows(sql::kCountConversations), 0);
  EXPECT_EQ(rows(sql::kCountLeads), 0);
  EXPECT_EQ(rows(sql::kCountNoKey), 5);
  EXPECT_EQ(counted("expired"), 5);
}

TEST_P(RetentionTest, P5_mails_go_with_their_delivery_log_after_the_period_of_the_register_and_not_before) {
  act([&](Access& a) {
    for (const auto* state : {"sent", "dead", "waiting"}) {
      const auto id = new_uuid();
      const bool waits = std::string(state) == "waiting";
      a.tx().exec(kMail, id, state, waits ? std::optional(now) : std::nullopt, now, waits ? std::nullopt : std::optional(now));
      a.tx().exec(kDelivery, id, now);
    }
    set_period(a, "contacts", 400).value();
    return true;
  });
  const auto left = [&] { return in_tx([](db::Tx& tx) { return tx.all(kMails, [](const db::Row& r) { return r.str(0); }); }); };
  now += kDay * 399;
  sweep();
  EXPECT_EQ(left().size(), 3U) << "no other clock than the register's";
  now += kDay * 2;
  sweep();
  EXPECT_EQ(left(), std::vector<std::string>{"waiting"});
}

TEST_P(RetentionTest, P43_a_sweep_goes_in_slices_and_takes_up_where_it_stood) {
  for (int i = 0; i < 230; ++i) add("Человек", 1);
  now += kDay * 366;
  act([](Access& a) { return start_sweep(a).id; });
  while (in_tx([](db::Tx& tx) { return last_sweep(tx); })->done == 0)
    ASSERT_TRUE(act([](Access& a) { return sweep_slice(a); }));
  start();  // killed in the middle
  const auto middle = in_tx([](db::Tx& tx) { return last_sweep(tx); }).value();
  EXPECT_FALSE(middle.finished_at);
  EXPECT_GT(middle.done, 0);
  EXPECT_LT(middle.done, 230);
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
  EXPECT_EQ(in_tx([](db::Tx& tx) { return last_sweep(tx); })->done, 230) << "nobody was looked at twice";
}

TEST_P(RetentionTest, P43_sweeping_twice_is_as_sweeping_once) {
  add();
  now += kDay * 366;
  sweep();
  const auto acts = in_tx([](db::Tx& tx) { return destructions(tx, {}).size(); });
  sweep();
  EXPECT_EQ(in_tx([](db::Tx& tx) { return destructions(tx, {}).size(); }), acts);
  EXPECT_EQ(counted("expired"), 0);
}

TEST_P(RetentionTest, P5_the_last_contact_counts) {
  const auto anna = add(), boris = add("Борис");
  now += kDay * 366;
  in_tx([&](db::Tx& tx) { return tx.exec(kTouch, now - kDay, anna.id); });
  book(boris, now - kDay * 2);
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 2);
}

TEST_P(RetentionTest, P5_old_conversations_and_leads_go_though_the_person_stays) {
  const auto anna = add();
  now += kDay * 366;
  book(anna, now - kDay);
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 1);
  EXPECT_EQ(rows(sql::kCountMessages), 0);
  EXPECT_EQ(rows(sql::kCountLeads), 0);
  sweep();
  EXPECT_EQ(rows(sql::kCountConversations), 0);
  EXPECT_EQ(rows(sql::kCountBookings), 1);
}

TEST_P(RetentionTest, P52_what_goes_though_the_person_stays_has_its_act_and_recipients_are_told) {
  const auto anna = add("Анна Пример"), boris = add("Борис Пример"), vera = add("Вера Пример");
  act([&](Access& a) { return add_recipient(a, "CRM", "crm@partner.example", RecipientKind::crm).value().id; });
  ASSERT_TRUE(act(the_officer(), [&](Access& a) { return block_subject(a, vera.id, "спор"); }));
  book(anna, now + kDay * 300, "V-1");  // the person stays: they were here later
  book(boris, now + kDay * 301, "V-2");
  book(vera, now + kDay * 302, "V-3");
  now += kDay * 366;
  in_tx([&](db::Tx& tx) { return tx.exec(kTouch, now, boris.id); });
  sweep();
  EXPECT_EQ(rows(sql::kCountMessages), 6) << "of one the period is over, of another it is not, the third is disputed";
  const auto acts = in_tx([](db::Tx& tx) { return destructions(tx, {}); });
  ASSERT_FALSE(acts.empty());
  for (const auto& row : acts) EXPECT_NE(row.subject, vera.id);
  const auto of_anna = std::ranges::find(acts, anna.id, &DestructionRow::subject);
  ASSERT_NE(of_anna, acts.end());
  EXPECT_EQ(of_anna->ledger_seq, 0);
  const auto told = in_tx([&](db::Tx& tx) { return notices_of(tx, anna.id); });
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front().act, Told::erased);
  const auto verdict = act(the_officer(), [](Access& a) { return verify_destructions(a); }).value();
  EXPECT_EQ(verdict.bad, std::vector<std::int64_t>{});
  EXPECT_EQ(verdict.acts, static_cast<std::int64_t>(acts.size()));
}

TEST_P(RetentionTest, P5_requests_go_with_who_filed_them_three_years_after_the_answer) {
  const auto requester = act([&](Access& a) -> Result<SubjectId> {
    const auto id = new_uuid();
    const auto who = a.new_subject(SubjectKind::requester);
    const auto box = TRY(a.seal<Field::request_name>(who, id, "Анна Пример")).box;
    a.tx().exec(kAnswered, id, to_string(id), who, db::Blob{box}, now);
    return who;
  }).value();
  now += kDay * (3 * 365 - 2);
  sweep();
  EXPECT_EQ(rows(kCountRequests), 1);
  now += kDay * 4;
  sweep();
  EXPECT_EQ(rows(kCountRequests), 0);
  EXPECT_TRUE(act([&](Access& a) { return a.standing(requester); }).value().erased_at);
}

TEST_P(RetentionTest, P43_a_clock_that_was_ahead_does_not_stop_the_sweeps) {
  const auto anna = add();
  const auto real = now;
  now += kDay * 700;
  sweep();  // nobody is left; the sweep and the counted days are of the future
  now = real;
  const auto boris = add("Борис Пример");
  now += kDay * 366;
  sweep();
  EXPECT_TRUE(act([&](Access& a) { return a.standing(boris.id); }).value().erased_at);
  EXPECT_TRUE(act([&](Access& a) { return a.standing(anna.id); }).value().erased_at);
  const auto last = in_tx([](db::Tx& tx) { return last_sweep(tx); });
  EXPECT_LE(last->started_at, now);
}

TEST_P(RetentionTest, P11_an_address_is_truncated_after_its_period) {
  const auto anna = add();
  now += kDay * 29;
  sweep();
  EXPECT_EQ(address(anna.id), "203.0.113.77");
  now += kDay * 2;
  sweep();
  EXPECT_EQ(address(anna.id), "203.0.113.0/24");
  EXPECT_EQ(counted("addresses"), 1);
  sweep();
  EXPECT_EQ(counted("addresses"), 0);
}

TEST_P(RetentionTest, P11_a_blocked_persons_address_is_truncated_too) {
  const auto anna = add();
  act(the_officer(), [&](Access& a) { return block_subject(a, anna.id, "спор").has_value(); });
  now += kDay * 31;
  sweep();
  EXPECT_EQ(address(anna.id), "203.0.113.0/24");
}

TEST_P(RetentionTest, P51_a_hold_outlasts_the_period) {
  const auto anna = add();
  act(the_officer(), [&](Access& a) { return place_hold(a, anna.id, {"message.body", "ст. 86 ГПК", "спор"}).has_value(); });
  now += kDay * 400;
  sweep();
  EXPECT_EQ(rows(sql::kCountMessages), 3);
  EXPECT_EQ(rows(sql::kCountLeads), 0);
  sweep();
  EXPECT_EQ(rows(sql::kCountMessages), 3);
}

// Blocking is for the time of a dispute; it does not stop the period (152-FZ art. 21(1), 21(4)).
TEST_P(RetentionTest, P5_a_blocked_person_goes_too_after_the_officer_had_time_for_a_hold) {
  const auto anna = add(), boris = add("Борис");
  for (const auto& p : {anna, boris})
    act(the_officer(), [&](Access& a) { return block_subject(a, p.id, "спор").has_value(); });
  now += kDay * 366;
  sweep();
  EXPECT_EQ(counted(kExpiredBlocked), 2);
  EXPECT_EQ(rows(sql::kCountVisitors), 2) << "the officer has time";
  const auto plan = in_tx([&](db::Tx& tx) { return erasures_of(tx, anna.id); }).at(0);
  EXPECT_EQ(plan.due_at, now + kBlockedNotice);
  EXPECT_EQ(plan.deadline_at, now + kDay * 30);
  now += kDay;
  sweep();
  EXPECT_EQ(counted(kExpiredBlocked), 0) << "each is told of once";
  act(the_officer(), [&](Access& a) { return place_hold(a, boris.id, {"visitor.name", "ст. 86 ГПК", "спор"}).has_value(); });
  now += kBlockedNotice;
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountVisitors), 1) << "whom a hold keeps";
  EXPECT_TRUE(in_tx([&](db::Tx& tx) { return erasures_of(tx, anna.id); }).at(0).done_at);
}

TEST_P(RetentionTest, P5_the_audits_rows_go_after_their_period_and_the_rest_is_still_proved) {
  static const db::Statement kCount("SELECT count(*) FROM audit");
  static const db::Statement kOldest("SELECT min(at) FROM audit");
  static const db::Statement kEdit("UPDATE audit SET detail = '{}' WHERE seq = (SELECT max(seq) FROM audit)");
  const auto signing = crypto::SigningKey::from_seed(crypto::Key::fresh());
  const auto let_go = [&] { return act([&](Access& a) { return let_audit_go(a, signing); }); };
  const auto verify = [&] { return in_tx([&](db::Tx& tx) { return verify_audit(tx, signing.public_key()); }); };
  for (int i = 0; i < 20; ++i) add();
  const auto before = rows(kCount);
  now += kDay * (3 * 365 - 1);
  EXPECT_TRUE(let_go().empty());
  add();
  now += kDay * 2;
  ASSERT_EQ(let_go().size(), 1U);
  while (!let_go().empty()) {
  }
  EXPECT_LT(rows(kCount), before / 2);
  EXPECT_GT(from_micros(rows(kOldest)), now - kDay * 3) << "what is young enough stays";
  EXPECT_FALSE(verify().fault);
  in_tx([](db::Tx& tx) { return tx.exec(kEdit); });
  EXPECT_TRUE(verify().fault) << "and an edit is still found";
}

TEST_P(RetentionTest, P42_whoever_withdrew_is_planned_whatever_way_it_came) {
  const auto anna = add();
  act([&](Access& a) { return withdraw_consent(a, anna.id, {.channel = Channel::form}).has_value(); });
  sweep();
  now += kDay * 4;
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
}

TEST_P(RetentionTest, a_tenant_sets_its_periods_within_the_limits) {
  const auto set = [&](const char* category, int days) {
    return act(the_officer(), [&](Access& a) { return set_period(a, category, days); });
  };
  EXPECT_EQ(set("contacts", 10).error().fields.front().code, "too_small");
  EXPECT_EQ(set("contacts", 4000).error().fields.front().code, "too_big");
  EXPECT_EQ(set("evidence", 30).error().fields.front().code, "too_small") << "three years by the order";
  EXPECT_EQ(set("shoes", 30).error().code, Errc::not_found);
  EXPECT_EQ(set("contacts", 30).value().days, 30);
  EXPECT_EQ(set("grace", 31).error().fields.front().code, "too_big");
  add();
  now += kDay * 31;
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
}

TEST_P(RetentionTest, P52_evidence_goes_after_three_years_and_not_before) {
  erase(add().id);
  now += kDay * (3 * 365);
  sweep();
  EXPECT_EQ(in_tx([](db::Tx& tx) { return destructions(tx, {}).size(); }), 1U);
  now += kDay * 2;
  sweep();
  EXPECT_TRUE(in_tx([](db::Tx& tx) { return destructions(tx, {}).empty(); }));
}

TEST_P(RetentionTest, sessions_that_ended_go) {
  in_tx([&](db::Tx& tx) {
    tx.exec(sql::kSession, db::Blob{"old"}, officer, now, now, now + kDay);
    return tx.exec(sql::kSession, db::Blob{"new"}, officer, now, now, now + kDay * 3);
  });
  now += kDay * 2;
  sweep();
  EXPECT_EQ(rows(sql::kCountSessions), 1);
}

TEST_P(RetentionTest, P18_numbers_stay_without_persons_and_without_who_objected) {
  add();
  const auto boris = add("Борис");
  in_tx([&](db::Tx& tx) { return tx.exec(kObject, static_cast<std::int64_t>(Purpose::analytics), boris.id); });
  now += kDay * 366;
  sweep();
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
  const auto day = to_micros(now - kDay * 366) / std::chrono::microseconds(kDay).count();
  const auto numbers = in_tx([&](db::Tx& tx) { return statistics(tx, day, day); });
  ASSERT_EQ(numbers.size(), 3U);
  for (const auto& n : numbers) EXPECT_EQ(n.value, n.name == "bookings" ? 0 : 1) << n.name;
}

}  // namespace
}  // namespace chatika::privacy
