#include "privacy/erasure.hpp"

#include <algorithm>

#include "privacy/rights_fixture_test.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kDay = std::chrono::days(1);
const db::Statement kCase(
    "INSERT INTO request (id, reference, kind, status, channel, language, requester, name_box, contact_box, description_box,"
    " essence_box, received_at, due_at, deadline, zone, reminded, verification, document_box, answer_box)"
    " VALUES ($1, $2, 'information', 'answered', 'form', 'ru', $3, $4, $4, $4, $4, $5, $5, '{}', 'Europe/Moscow', 0,"
    " 'verified', $4, $4)");
const db::Statement kCaseOf("INSERT INTO request_subject (request, subject) VALUES ($1, $2)");
const db::Statement kDocument("SELECT coalesce(document_box, answer_box) FROM request WHERE id = $1");
const db::Statement kDamageMessages("UPDATE message SET body_box = $1 WHERE conversation = $2");
const db::Statement kKey("SELECT key_box FROM subject WHERE id = $1");

class ErasureTest : public RightsFixture {
 protected:
  Erasure last(SubjectId subject) {
    return in_tx([&](db::Tx& tx) { return erasures_of(tx, subject).back(); });
  }
  Result<Hold> hold(SubjectId subject, std::string field, std::string article = "ст. 29 402-ФЗ",
                    std::string reason = "учёт оплаты") {
    return act(the_officer(), [&](Access& a) { return place_hold(a, subject, {field, article, reason}); });
  }
  // A request about the person whose access answer was given.
  Uuid answered_case(SubjectId subject) {
    return act([&](Access& a) -> Result<Uuid> {
             const auto id = new_uuid();
             const auto requester = a.new_subject(SubjectKind::requester);
             const auto box = TRY(a.seal<Field::request_document>(requester, id, "{\"messages\":[\"Сообщение 1\"]}")).box;
             a.tx().exec(kCase, id, to_string(id), requester, db::Blob{box}, now);
             a.tx().exec(kCaseOf, id, subject);
             return id;
           }).value();
  }
  bool has_document(const Uuid& request) {
    return in_tx([&](db::Tx& tx) { return tx.one(kDocument, [](const db::Row& r) { return !r.is_null(0); }, request).value(); });
  }
  std::vector<std::string> fields(SubjectId subject) {
    std::vector<std::string> out;
    for (const auto& f : file(subject).value().fields) out.push_back(f.key);
    return out;
  }
};
CHATIKA_BOTH_DATABASES(ErasureTest);

TEST_P(ErasureTest, P46_erasure_takes_everything_of_one_person_and_nothing_of_another) {
  const auto anna = add("Анна Пример"), boris = add("Борис Пример");
  book(anna, now - kDay, "A-1");
  book(boris, now - kDay - std::chrono::hours(2), "B-1");
  erase(anna.id);
  EXPECT_EQ(rows(sql::kCountVisitors), 1);
  EXPECT_EQ(rows(sql::kCountConversations), 1);
  EXPECT_EQ(rows(sql::kCountMessages), 3);
  EXPECT_EQ(rows(sql::kCountLeads), 1);
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
  EXPECT_EQ(rows(sql::kCountBookings), 2) << "the number of bookings stays";
  EXPECT_EQ(rows(sql::kCountDetached), 1) << "without the person";
  const auto gone = file(anna.id).value();
  EXPECT_TRUE(gone.subject.erased_at);
  EXPECT_TRUE(gone.fields.empty() && gone.messages.empty() && gone.leads.empty() && gone.bookings.empty());
  EXPECT_EQ(gone.consents.size(), 1U) << "the proof of the consent stays, as a pseudonym";
  EXPECT_EQ(file(boris.id).value().messages.size(), 3U);
  EXPECT_EQ(act(the_officer(), [&](Access& a) { return find_subjects(a, {.phone = "+79120000001"}); }).value().size(), 1U);
}

// What was handed out to the person about themself is a copy under another key.
TEST_P(ErasureTest, P46_the_access_answer_that_was_handed_out_goes_too) {
  const auto anna = add("Анна Пример"), boris = add("Борис Пример");
  const auto of_anna = answered_case(anna.id), of_boris = answered_case(boris.id);
  erase(anna.id);
  EXPECT_FALSE(has_document(of_anna));
  EXPECT_TRUE(has_document(of_boris));
}

TEST_P(ErasureTest, P51_one_persons_damaged_box_keeps_nobody_else_waiting) {
  const auto anna = add("Анна Пример"), boris = add("Борис Пример");
  ASSERT_TRUE(hold(anna.id, "message.body"));
  in_tx([&](db::Tx& tx) { return tx.exec(kDamageMessages, db::Blob{"broken"}, anna.conversation); });
  ASSERT_TRUE(act([&](Access& a) { return plan_erasure(a, anna.id, {.due = now}); }));
  now += std::chrono::seconds(1);
  ASSERT_TRUE(act([&](Access& a) { return plan_erasure(a, boris.id, {.due = now}); }));
  erase_what_is_due();
  EXPECT_TRUE(file(boris.id).value().subject.erased_at);
  EXPECT_GT(last(anna.id).due_at, now) << "tried again later";
}

TEST_P(ErasureTest, P52_an_act_names_the_operator_as_it_is_called_now) {
  const auto anna = add();
  operator_of_data.name = "ООО «Новое имя»";
  erase(anna.id);
  const auto row = in_tx([](db::Tx& tx) { return destructions(tx, {}); }).front();
  EXPECT_EQ(act(the_officer(), [&](Access& a) { return destruction_act_of(a, row.id); }).value().operator_name, "ООО «Новое имя»");
}

TEST_P(ErasureTest, the_key_is_gone_from_the_cache_too) {
  const auto anna = add();
  erase(anna.id);
  EXPECT_EQ(keys->cached(anna.id), nullptr);
  const auto again = act([&](Access& a) { return plan_erasure(a, anna.id, {}); });
  EXPECT_EQ(again.error().code, Errc::gone);
}

TEST_P(ErasureTest, P51_withdrawal_is_planned_with_grace_and_within_thirty_days) {
  const auto anna = add();
  const auto plan = act([&](Access& a) { return plan_erasure(a, anna.id, {.reason = ErasureReason::withdrawn}); }).value();
  EXPECT_EQ(plan.due_at, now + kDay * 3);
  EXPECT_EQ(plan.deadline_at, now + kDay * 30);
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 0) << "not before the grace is over";
  now += kDay * 3;
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
}

TEST_P(ErasureTest, a_second_plan_brings_the_first_forward) {
  const auto anna = add();
  act([&](Access& a) { return plan_erasure(a, anna.id, {.reason = ErasureReason::withdrawn}).has_value(); });
  act([&](Access& a) { return plan_erasure(a, anna.id, {.reason = ErasureReason::request}).has_value(); });
  EXPECT_EQ(last(anna.id).due_at, now);
  EXPECT_EQ(in_tx([&](db::Tx& tx) { return erasures_of(tx, anna.id).size(); }), 1U);
  EXPECT_TRUE(act([&](Access& a) { return cancel_erasure(a, anna.id); }));
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 0);
}

TEST_P(ErasureTest, P51_a_held_field_survives_and_the_rest_goes_in_time) {
  const auto anna = add();
  ASSERT_TRUE(hold(anna.id, "visitor.phone"));
  erase(anna.id);
  EXPECT_EQ(fields(anna.id), std::vector<std::string>{"visitor.phone"});
  EXPECT_EQ(file(anna.id).value().fields.front().value, "+79120000001");
  EXPECT_EQ(rows(sql::kCountMessages), 0);
  EXPECT_EQ(rows(sql::kCountLeads), 0);
  EXPECT_EQ(last(anna.id).state, ErasureState::held);
}

TEST_P(ErasureTest, P51_what_is_held_is_for_the_officer_only) {
  const auto anna = add();
  ASSERT_TRUE(hold(anna.id, "visitor.phone"));
  erase(anna.id);
  const auto everyday = act(receptionist(), [&](Access& a) {
    const auto box = std::string(50, 'x');
    return a.open_field(Field::visitor_phone, anna.id, anna.id, box, Purpose::callback);
  });
  EXPECT_EQ(everyday.error().code, Errc::blocked);
  EXPECT_EQ(act(receptionist(), [&](Access& a) { return subject_file(a, anna.id); }).error().code, Errc::forbidden);
}

TEST_P(ErasureTest, the_rest_is_sealed_under_a_new_key) {
  const auto anna = add();
  const auto old = in_tx([&](db::Tx& tx) { return *tx.one(kKey, [](const db::Row& r) { return r.bytes(0); }, anna.id); });
  ASSERT_TRUE(hold(anna.id, "message.body"));
  erase(anna.id);
  EXPECT_NE(in_tx([&](db::Tx& tx) { return *tx.one(kKey, [](const db::Row& r) { return r.bytes(0); }, anna.id); }), old);
  start();
  EXPECT_EQ(file(anna.id).value().messages.size(), 3U);
  EXPECT_EQ(file(anna.id).value().messages.front().text, "Сообщение 1");
  EXPECT_TRUE(fields(anna.id).empty());
}

TEST_P(ErasureTest, P51_release_resumes_the_erasure_that_waited) {
  const auto anna = add();
  const auto held = hold(anna.id, "visitor.phone").value();
  erase(anna.id);
  now += kDay * 40;
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 0);
  ASSERT_TRUE(act(the_officer(), [&](Access& a) { return release_hold(a, held.id, "срок хранения документа истёк"); }));
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
  EXPECT_EQ(rows(sql::kCountVisitors), 0);
}

TEST_P(ErasureTest, P17_what_a_live_booking_needs_stays_until_the_visit_is_over) {
  const auto anna = add();
  book(anna, now + kDay * 5);
  act([&](Access& a) { return withdraw_consent(a, anna.id, {}).has_value(); });
  erase(anna.id, ErasureReason::withdrawn);
  const auto kept = fields(anna.id);
  EXPECT_EQ(kept, std::vector<std::string>{"visitor.email"}) << "phone and name rest on consent alone";
  EXPECT_EQ(file(anna.id).value().messages.size(), 3U);
  EXPECT_EQ(file(anna.id).value().bookings.size(), 1U);
  EXPECT_FALSE(file(anna.id).value().subject.blocked_at) << "the contract still reads what it needs";
  now += kDay * 5 + std::chrono::minutes(31);
  erase_what_is_due();
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
  EXPECT_EQ(rows(sql::kCountDetached), 1);
}

TEST_P(ErasureTest, unlawful_processing_waits_for_no_visit) {
  const auto anna = add();
  book(anna, now + kDay * 5);
  erase(anna.id, ErasureReason::unlawful);
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
}

TEST_P(ErasureTest, what_cannot_be_destroyed_in_time_is_blocked_for_six_months) {
  const auto anna = add();
  act([&](Access& a) { return plan_erasure(a, anna.id, {.due = now + kDay}).has_value(); });
  const auto later =
      act(the_officer(), [&](Access& a) { return postpone_erasure(a, anna.id, "копия у следователя"); }).value();
  EXPECT_EQ(later.deadline_at, now + kDay * 180);
  EXPECT_TRUE(file(anna.id).value().subject.blocked_at);
}

TEST_P(ErasureTest, a_hold_names_its_article_and_reason_and_a_field_that_is) {
  const auto anna = add();
  EXPECT_EQ(hold(anna.id, "visitor.phone", "").error().fields.front().pointer, "/article");
  EXPECT_EQ(hold(anna.id, "visitor.phone", "ст. 1", "").error().fields.front().pointer, "/reason");
  EXPECT_EQ(hold(anna.id, "visitor.shoe_size").error().fields.front().pointer, "/field");
  EXPECT_EQ(hold(SubjectId::fresh(), "visitor.phone").error().code, Errc::not_found);
  EXPECT_TRUE(hold(anna.id, "visitor.phone"));
  EXPECT_EQ(hold(anna.id, "visitor.phone").error().code, Errc::conflict);
}

TEST_P(ErasureTest, without_a_ledger_nothing_is_erased) {
  const auto anna = add();
  keys->set_keeper(nullptr);
  act([&](Access& a) { return plan_erasure(a, anna.id, {}).has_value(); });
  EXPECT_EQ(act([](Access& a) { return erase_due(a, 10); }).error().code, Errc::unavailable);
  EXPECT_EQ(rows(sql::kCountNoKey), 0);
}

TEST_P(ErasureTest, an_employees_data_rest_on_the_contract) {
  EXPECT_EQ(act([&](Access& a) { return plan_erasure(a, officer, {}); }).error().code, Errc::conflict);
  EXPECT_EQ(act([&](Access& a) { return plan_erasure(a, SubjectId::fresh(), {}); }).error().code, Errc::not_found);
}

TEST_P(ErasureTest, P34_an_employee_who_is_let_in_again_is_not_erased) {
  static const db::Statement kDisable("UPDATE employee SET disabled_at = $1 WHERE id = $2");
  const auto access_ended = [&](std::optional<Time> at) {
    act([&](Access& a) { a.tx().exec(kDisable, at, officer); return true; });
  };
  access_ended(now);
  ASSERT_TRUE(act([&](Access& a) { return plan_erasure(a, officer, {}); }));
  access_ended({});
  now += std::chrono::days(40);
  ASSERT_TRUE(act([](Access& a) { return erase_due(a, 10); }));
  EXPECT_EQ(rows(sql::kCountNoKey), 0);
  access_ended(now);
  now += std::chrono::days(1);
  ASSERT_TRUE(act([](Access& a) { return erase_due(a, 10); }));
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
}

// Killed before the ledger, after it, and just before the commit: in each case the restart finishes or forgets it whole.
TEST_P(ErasureTest, P53_an_erasure_killed_at_any_point_is_resumed) {
  for (const auto step : {Step::before_ledger, Step::after_ledger, Step::before_commit}) {
    const auto anna = add();
    const auto before = rows(sql::kCountNoKey);
    act([&](Access& a) { return plan_erasure(a, anna.id, {}).has_value(); });
    keeper->at_step = [&](Step at) {
      if (at == step) throw std::runtime_error("killed");
    };
    EXPECT_THROW(act([](Access& a) { return erase_due(a, 10).has_value(); }), std::runtime_error);
    EXPECT_EQ(rows(sql::kCountNoKey), before) << "nothing by halves";
    start();
    ASSERT_TRUE(act([&](Access& a) { return keeper->ready(a); }));
    const bool in_ledger = step != Step::before_ledger;
    EXPECT_EQ(rows(sql::kCountNoKey), before + (in_ledger ? 1 : 0));
    ASSERT_TRUE(act([&](Access& a) { return keeper->ready(a); }));
    EXPECT_TRUE(keeper->followed());
    erase_what_is_due();
    EXPECT_EQ(rows(sql::kCountNoKey), before + 1);
    EXPECT_TRUE(file(anna.id).value().subject.erased_at);
    const auto verdict = act([](Access& a) { return verify_destructions(a); }).value();
    EXPECT_TRUE(verdict.bad.empty());
  }
}

TEST_P(ErasureTest, P53_data_behind_the_ledger_are_closed_until_it_is_replayed) {
  const auto anna = add(), boris = add("Борис");
  erase(boris.id);
  // As an older database: it has never heard of the second erasure.
  auto elsewhere = ErasureLedger(ledger_file(), keys->ledger_key());
  const auto head = elsewhere.after({}).value().head;
  std::vector<LedgerEntry> entries{{.at = now, .erasure = new_uuid(), .subject = anna.id, .act = "00"}};
  ASSERT_TRUE(elsewhere.append(head, entries));
  start();
  const auto closed = act([&](Access& a) { return keeper->ready(a); });
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, Errc::unavailable);
  EXPECT_NE(closed.error().cause.find("chatika privacy replay"), std::string::npos);
  EXPECT_EQ(rows(sql::kCountNoKey), 1);
  EXPECT_EQ(act([&](Access& a) { return keeper->replay(a); }).value(), 1U);
  ASSERT_TRUE(act([&](Access& a) { return keeper->ready(a); }));
  EXPECT_TRUE(file(anna.id).value().subject.erased_at);
  EXPECT_EQ(act([&](Access& a) { return keeper->replay(a); }).value(), 0U) << "replaying twice is as once";
  EXPECT_TRUE(act([](Access& a) { return verify_destructions(a); }).value().bad.empty());
}

TEST_P(ErasureTest, P53_a_replayed_partial_erasure_leaves_what_was_held) {
  const auto anna = add();
  auto ledger = ErasureLedger(ledger_file(), keys->ledger_key());
  std::vector<LedgerEntry> entries{
      {.at = now, .erasure = new_uuid(), .subject = anna.id, .kept = {"visitor.phone"}, .act = "00"},
      {.at = now, .erasure = new_uuid(), .subject = SubjectId::fresh(), .act = "00"}};  // younger than this data
  ASSERT_TRUE(ledger.append({}, entries));
  start();
  EXPECT_EQ(act([&](Access& a) { return keeper->replay(a); }).value(), 2U);
  EXPECT_EQ(fields(anna.id), std::vector<std::string>{"visitor.phone"});
  EXPECT_EQ(file(anna.id).value().holds.size(), 1U) << "the hold that the old data did not know";
}

}  // namespace
}  // namespace chatika::privacy
