#include "privacy/rights.hpp"

#include <algorithm>

#include "privacy/rights_fixture_test.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kName("SELECT name_box FROM visitor WHERE id = $1");
const db::Statement kSpoilAct("UPDATE destruction SET subject = id, hash = id");

class RightsTest : public RightsFixture {
 protected:
  Result<Correction> fix(SubjectId subject, std::string field, std::string value, std::string reason = "опечатка",
                         std::optional<Uuid> row = {}) {
    return act(the_officer(), [&](Access& a) { return correct(a, subject, {field, row, value, reason}); });
  }
  std::string value(SubjectId subject, std::string_view field) {
    for (const auto& f : file(subject).value().fields)
      if (f.key == field) return f.value;
    return {};
  }
};
CHATIKA_BOTH_DATABASES(RightsTest);

TEST_P(RightsTest, P4_a_correction_keeps_its_history_and_the_index_follows) {
  const auto anna = add();
  ASSERT_TRUE(fix(anna.id, "visitor.phone", "+79120000002", "сменила номер"));
  EXPECT_EQ(value(anna.id, "visitor.phone"), "+79120000002");
  const auto find = [&](const char* phone) {
    return act(the_officer(), [&](Access& a) { return find_subjects(a, {.phone = phone}); }).value().size();
  };
  EXPECT_EQ(find("+79120000001"), 0U);
  EXPECT_EQ(find("+79120000002"), 1U);
  const auto history = file(anna.id).value().corrections;
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].before, "+79120000001");
  EXPECT_EQ(history[0].after, "+79120000002");
  EXPECT_EQ(history[0].reason, "сменила номер");
  EXPECT_EQ(history[0].actor, "employee:" + to_string(officer));
}

TEST_P(RightsTest, P4_only_what_the_person_said_can_be_corrected) {
  const auto anna = add();
  EXPECT_EQ(fix(anna.id, "visitor.ip", "203.0.113.1").error().fields.front().pointer, "/field");
  EXPECT_EQ(fix(anna.id, "visitor.name", "Анна", "").error().fields.front().pointer, "/reason");
  EXPECT_EQ(fix(anna.id, "visitor.name", "Анна Пример").error().code, Errc::conflict) << "nothing changes";
  EXPECT_EQ(fix(SubjectId::fresh(), "visitor.name", "Анна").error().code, Errc::not_found);
  EXPECT_EQ(fix(anna.id, "lead.note", "После семи", "уточнила").error().code, Errc::not_found) << "which lead?";
  EXPECT_TRUE(fix(anna.id, "lead.note", "После семи", "уточнила", anna.lead));
  EXPECT_EQ(file(anna.id).value().leads.front().note, "После семи");
  EXPECT_EQ(fix(add("Борис").id, "lead.note", "чужое", "проверка", anna.lead).error().code, Errc::not_found);
}

TEST_P(RightsTest, P4_a_receptionist_corrects_nothing) {
  const auto anna = add();
  const auto tried = act(receptionist(), [&](Access& a) { return correct(a, anna.id, {"visitor.name", {}, "Аня", "так"}); });
  EXPECT_EQ(tried.error().code, Errc::forbidden);
}

TEST_P(RightsTest, P34_an_employee_with_access_is_not_blocked) {
  const auto tried = [&] { return act(the_officer(), [&](Access& a) { return block_subject(a, officer, "спор"); }); };
  ASSERT_EQ(tried().error().code, Errc::conflict);
  EXPECT_EQ(tried().error().fields.front().code, "has_access");
  static const db::Statement kDisable("UPDATE employee SET disabled_at = $1 WHERE id = $2");
  act([&](Access& a) { a.tx().exec(kDisable, now, officer); return true; });
  EXPECT_TRUE(tried().value());
}

// Art. 21(1), 21(2): blocked at once, corrected while it is blocked, unblocked.
TEST_P(RightsTest, P46_a_blocked_person_is_corrected_and_unblocked) {
  const auto anna = add();
  EXPECT_TRUE(act(the_officer(), [&](Access& a) { return block_subject(a, anna.id, "спорит о номере"); }).value());
  EXPECT_FALSE(act(the_officer(), [&](Access& a) { return block_subject(a, anna.id, "ещё раз"); }).value());
  const auto read = [&](const Principal& who, Purpose purpose) {
    return act(who, [&](Access& a) {
      const auto box = a.tx().one(kName, [](const db::Row& r) { return r.bytes(0); }, anna.id);
      return a.open_field(Field::visitor_name, anna.id, anna.id, *box, purpose);
    });
  };
  EXPECT_EQ(read(receptionist(), Purpose::addressing).error().code, Errc::blocked);
  EXPECT_EQ(read(the_officer(), Purpose::addressing).error().code, Errc::blocked) << "not for everyday work";
  EXPECT_EQ(read(the_officer(), Purpose::subject_request).value(), "Анна Пример");
  EXPECT_TRUE(fix(anna.id, "visitor.name", "Анна Верная"));
  EXPECT_TRUE(act(the_officer(), [&](Access& a) { return unblock_subject(a, anna.id, "исправлено"); }).value());
  EXPECT_EQ(read(receptionist(), Purpose::addressing).value(), "Анна Верная");
  const auto history = file(anna.id).value().restrictions;
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].reason, "спорит о номере");
  EXPECT_EQ(history[1].act, "unblocked");
}

TEST_P(RightsTest, a_subject_file_holds_everything_and_opens_to_whom_it_is_due) {
  const auto anna = add("Анна Пример", 100);
  book(anna, now + std::chrono::days(2));
  const auto f = file(anna.id).value();
  EXPECT_EQ(f.subject.name, "Анна Пример");
  EXPECT_EQ(f.messages.size(), 100U);
  EXPECT_EQ(f.messages.back().text, "Сообщение 100");
  EXPECT_EQ(f.leads.front().note, "Перезвонить после шести");
  EXPECT_EQ(f.bookings.front().reference, "A-1");
  EXPECT_EQ(f.consents.front().act, Act::given);
  std::vector<std::string> keys;
  for (const auto& item : f.fields) keys.push_back(item.key);
  for (const auto* key : {"visitor.name", "visitor.phone", "visitor.email", "visitor.ip", "conversation.dialogue"})
    EXPECT_TRUE(std::ranges::find(keys, key) != keys.end()) << key;
  const auto& phone = f.fields[1];
  EXPECT_TRUE(std::ranges::find(phone.bases, "consent") != phone.bases.end());
  EXPECT_EQ(phone.retention, "contacts");
  EXPECT_TRUE(phone.until);
  EXPECT_TRUE(act(Principal::visitor(tenant, anna.id), [&](Access& a) { return subject_file(a, anna.id); }));
  EXPECT_EQ(act(Principal::visitor(tenant, add("Борис").id), [&](Access& a) { return subject_file(a, anna.id); }).error().code,
            Errc::not_found);
  EXPECT_EQ(act(receptionist(), [&](Access& a) { return subject_file(a, anna.id); }).error().code, Errc::forbidden);
  EXPECT_EQ(file(SubjectId::fresh()).error().code, Errc::not_found);
}

TEST_P(RightsTest, a_person_is_found_by_any_of_their_marks) {
  const auto anna = add();
  book(anna, now + std::chrono::days(2), "ЧК-42");
  const auto count = [&](const Find& find) {
    return act(the_officer(), [&](Access& a) { return find_subjects(a, find); }).value().size();
  };
  EXPECT_EQ(count({.email = "Anna@Visitor.example"}), 1U);
  EXPECT_EQ(count({.reference = "ЧК-42"}), 1U);
  EXPECT_EQ(count({.id = anna.conversation}), 1U);
  EXPECT_EQ(count({.id = anna.id}), 1U);
  EXPECT_EQ(count({.id = new_uuid()}), 0U);
  EXPECT_EQ(act(receptionist(), [&](Access& a) { return find_subjects(a, {.id = anna.id}); }).error().code, Errc::forbidden);
}

TEST_P(RightsTest, P56_recipients_are_told_until_they_acknowledge) {
  const auto anna = add();
  const auto crm = act(the_officer(), [](Access& a) {
                     return add_recipient(a, "CRM партнёра", "privacy@crm.example", RecipientKind::crm);
                   }).value();
  ASSERT_TRUE(fix(anna.id, "visitor.name", "Анна Верная"));
  const auto take = [&] { return act([](Access& a) { return take_notices(a, 10); }); };
  const auto first = take();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].email, "privacy@crm.example");
  EXPECT_EQ(first[0].notice.fields, std::vector<std::string>{"visitor.name"});
  EXPECT_TRUE(take().empty()) << "not again before the reminder";
  now += std::chrono::hours(25);
  const auto second = take();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(act([&](Access& a) { return acknowledge(a, first[0].token); }).error().code, Errc::not_found) << "a new link replaces it";
  EXPECT_TRUE(act([&](Access& a) { return acknowledge(a, second[0].token); }).value().acknowledged_at);
  now += std::chrono::days(30);
  EXPECT_TRUE(take().empty());
  erase(anna.id);
  const auto third = take();
  ASSERT_EQ(third.size(), 1U);
  EXPECT_EQ(third[0].notice.act, Told::erased);
  EXPECT_TRUE(act(the_officer(), [&](Access& a) { return acknowledge(a, third[0].notice.id); }).value().acknowledged_at);
  ASSERT_TRUE(act(the_officer(), [&](Access& a) { return retire_recipient(a, crm.id); }));
  erase(add("Борис").id);
  EXPECT_TRUE(take().empty());
}

TEST_P(RightsTest, P52_the_act_of_destruction_is_complete_and_matches_the_ledger) {
  const auto anna = add();
  act(the_officer(), [&](Access& a) { return place_hold(a, anna.id, {"visitor.phone", "ст. 29 402-ФЗ", "учёт"}).has_value(); });
  act(the_officer(), [&](Access& a) { return plan_erasure(a, anna.id, {}).has_value(); });
  ASSERT_TRUE(act(the_officer(), [](Access& a) { return erase_due(a, 10); }));
  const auto rows_ = in_tx([](db::Tx& tx) { return destructions(tx, {}); });
  ASSERT_EQ(rows_.size(), 1U);
  const auto record = act(the_officer(), [&](Access& a) { return destruction_act_of(a, rows_[0].id); }).value();
  EXPECT_TRUE(missing_in(record).empty());
  EXPECT_EQ(record.operator_name, "ООО «Пример»");
  EXPECT_EQ(record.destroyed_by.front(), "Ольга Ответственная");
  EXPECT_EQ(record.ordered_by, "Ольга Ответственная");
  EXPECT_NE(record.subject.find("Анна Пример"), std::string::npos);
  EXPECT_TRUE(std::ranges::find(record.categories, "message.body") != record.categories.end());
  EXPECT_TRUE(std::ranges::find(record.categories, "visitor.phone") == record.categories.end());
  ASSERT_EQ(record.kept.size(), 1U);
  EXPECT_EQ(record.kept[0].article, "ст. 29 402-ФЗ");
  const auto verdict = act(the_officer(), [](Access& a) { return verify_destructions(a); }).value();
  EXPECT_EQ(verdict.acts, 1);
  EXPECT_TRUE(verdict.bad.empty());
  EXPECT_EQ(act(receptionist(), [&](Access& a) { return destruction_act_of(a, rows_[0].id); }).error().code, Errc::forbidden);
}

TEST_P(RightsTest, P52_an_act_without_any_item_of_the_order_is_found) {
  const DestructionAct good{.number = 1,
                            .operator_name = "ООО",
                            .operator_address = "г. Пример",
                            .subject = "посетитель",
                            .subject_id = SubjectId::fresh(),
                            .destroyed_by = {"Ольга"},
                            .categories = {"visitor.phone"},
                            .system = "Chatika",
                            .method = "удаление",
                            .at = now,
                            .events = {{"посетитель", {"visitor.phone"}, "Chatika", ErasureReason::request, now}}};
  EXPECT_TRUE(missing_in(good).empty());
  const auto broken = [&](auto change) {
    auto act = good;
    change(act);
    return missing_in(act).size();
  };
  EXPECT_EQ(broken([](auto& a) { a.operator_name.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.subject.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.destroyed_by.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.categories.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.method.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.system.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.at = Time{}; }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.events.clear(); }), 1U);
  EXPECT_EQ(broken([](auto& a) { a.kept = {{"visitor.phone", "", "так"}}; }), 1U);
}

TEST_P(RightsTest, P52_evidence_that_was_changed_is_found) {
  erase(add().id);
  in_tx([](db::Tx& tx) { return tx.exec(kSpoilAct); });
  EXPECT_EQ(act(the_officer(), [](Access& a) { return verify_destructions(a); }).value().bad, std::vector<std::int64_t>{1});
}

}  // namespace
}  // namespace chatika::privacy
