// What a request does to people's data, and when it counts as done.
#include <algorithm>

#include "privacy/calendar.hpp"
#include "privacy/consent.hpp"
#include "privacy/erasure.hpp"
#include "privacy/rights.hpp"
#include "requests/fixture_test.hpp"
#include "requests/requests_rules.hpp"

namespace chatika::requests {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// As the job of privacy leaves the plan of a person of whom a field is held.
const db::Statement kDoneInPart(
    "UPDATE erasure SET state = 'done', done_at = $1, kept = 'visitor.phone' WHERE subject = $2");
const db::Statement kHeldRest(
    "INSERT INTO erasure (id, subject, reason, state, actor, planned_at, due_at, deadline_at, kept)"
    " VALUES ($1, $2, 'request', 'held', 'system', $3, $3, $3, '')");

// A revision in which 11 May 2026 is a working day is in force while this lives.
struct MayMoved {
  MayMoved() {
    auto year = *privacy::Calendars::shipped().in_force(privacy::kRussia, 2026);
    const auto day = privacy::parse_day("2026-05-11").value();
    year.days[static_cast<std::size_t>((day - privacy::parse_day("2026-01-01").value()).count())] =
        privacy::DayKind::working;
    year.id = "ru-2026-corrected";
    auto corrected = std::make_shared<privacy::Calendars>(privacy::Calendars::shipped());
    corrected->add(year);
    privacy::set_calendars(corrected);
  }
  ~MayMoved() { privacy::set_calendars(std::make_shared<privacy::Calendars>(privacy::Calendars::shipped())); }
  MayMoved(const MayMoved&) = delete;
};

class RequestActTest : public RequestFixture {
 protected:
  RequestId verified(RequestType type, const std::string& email) {
    now += minutes(31);  // past the life of an earlier code
    const auto f = filed(form(type, email));
    work();
    const auto code = mailed_code().value();
    EXPECT_TRUE(
        act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
    return f.id;
  }
  auto execute_it(RequestId id) {
    now += minutes(1);
    return act(officer(), [&](privacy::Access& a) { return execute(a, id); });
  }
  void correct_name(SubjectId who, const std::string& name) {
    now += minutes(1);
    ASSERT_TRUE(act(officer(), [&](privacy::Access& a) {
      return privacy::correct(a, who,
                              {.field = "visitor.name", .row = {}, .value = name, .reason = "по паспорту"});
    }));
  }
  bool open_task(RequestId id, TaskKind kind) {
    const auto all = act(officer(), [&](privacy::Access& a) -> Result<std::vector<Task>> {
                       return tasks(a, TRY(find(a, id)));
                     }).value();
    return std::ranges::any_of(all, [&](const Task& t) { return t.kind == kind && !t.done_at; });
  }
  std::vector<privacy::Restriction> restrictions(SubjectId who) {
    return act(officer(), [&](privacy::Access& a) { return privacy::restrictions_of(a, who); }).value();
  }
  void erase(SubjectId who) {
    ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
      a.destroy_key(who);
      return true;
    }));
  }
  void erase_but_the_phone(SubjectId who) {
    ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
      a.tx().exec(kDoneInPart, now, who);
      a.tx().exec(kHeldRest, new_uuid(), who, now);
      a.audit(who);
      return true;
    }));
  }
};
CHATIKA_BOTH_DATABASES(RequestActTest);

TEST_P(RequestActTest, P46_disputed_data_is_blocked_from_the_moment_of_the_request_until_it_is_corrected) {
  const auto anna = person("Ана", "anna@example.org");
  const auto id = verified(RequestType::correction, "anna@example.org");
  EXPECT_TRUE(standing(anna).blocked_at);
  EXPECT_EQ(code_of(name_for(anna, privacy::Purpose::addressing)), "blocked");
  EXPECT_FALSE(open_task(id, TaskKind::block));
  EXPECT_TRUE(open_task(id, TaskKind::correct));
  ASSERT_EQ(restrictions(anna).size(), 1U);
  EXPECT_NE(restrictions(anna)[0].reason.find(found(id).reference), std::string::npos);
  EXPECT_EQ(code_of(execute_it(id)), "conflict") << "nothing has been corrected";
  EXPECT_TRUE(standing(anna).blocked_at);
  correct_name(anna, "Анна");
  ASSERT_TRUE(execute_it(id));
  EXPECT_FALSE(standing(anna).blocked_at);
  EXPECT_FALSE(open_task(id, TaskKind::unblock));
  ASSERT_EQ(restrictions(anna).size(), 2U);
  EXPECT_EQ(restrictions(anna)[1].act, "unblocked");
}

TEST_P(RequestActTest, P50_who_is_blocked_gets_a_code_all_the_same) {
  const auto anna = person("Анна", "anna@example.org");
  ASSERT_TRUE(
      act(officer(), [&](privacy::Access& a) { return privacy::block_subject(a, anna, "предписание"); }));
  verified(RequestType::information, "anna@example.org");
  EXPECT_EQ(code_addresses(), (std::vector<std::string>{"anna@example.org"}));
}

TEST_P(RequestActTest, a_correction_that_was_carried_out_lifts_its_own_block_alone) {
  const auto anna = person("Ана", "anna@example.org");
  ASSERT_TRUE(
      act(officer(), [&](privacy::Access& a) { return privacy::block_subject(a, anna, "предписание"); }));
  const auto id = verified(RequestType::correction, "anna@example.org");
  correct_name(anna, "Анна");
  ASSERT_TRUE(execute_it(id));
  EXPECT_TRUE(standing(anna).blocked_at);
}

TEST_P(RequestActTest, a_block_that_another_request_asks_for_too_stands_until_that_one_is_carried_out) {
  const auto anna = person("Ана", "anna@example.org");
  const auto first = verified(RequestType::correction, "anna@example.org");
  const auto second = verified(RequestType::correction, "anna@example.org");
  const auto third = verified(RequestType::blocking, "anna@example.org");
  correct_name(anna, "Анна");
  ASSERT_TRUE(execute_it(first));
  EXPECT_TRUE(standing(anna).blocked_at);
  EXPECT_EQ(code_of(execute_it(first)), "none");
  EXPECT_TRUE(standing(anna).blocked_at) << "it is the second's by now";
  ASSERT_TRUE(execute_it(second));
  EXPECT_TRUE(standing(anna).blocked_at) << "the third asked for nothing else";
  now += minutes(1);
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) {
    return refuse(a, third, {"Оснований нет", "ч. 1 ст. 21 152-ФЗ"}, pages());
  }));
  EXPECT_FALSE(standing(anna).blocked_at);
}

TEST_P(RequestActTest, what_a_correction_blocked_is_free_again_when_the_data_prove_right) {
  const auto anna = person("Анна", "anna@example.org");
  const auto id = verified(RequestType::correction, "anna@example.org");
  now += minutes(1);
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) {
    return refuse(a, id, {"Данные верны", "ч. 1 ст. 21 152-ФЗ"}, pages());
  }));
  EXPECT_FALSE(standing(anna).blocked_at);
  EXPECT_FALSE(open_task(id, TaskKind::unblock));
}

TEST_P(RequestActTest, a_deletion_with_a_lawful_hold_ends_when_all_the_rest_is_destroyed) {
  const auto anna = person("Анна", "anna@example.org");
  const auto id = verified(RequestType::deletion, "anna@example.org");
  ASSERT_TRUE(execute_it(id));
  EXPECT_FALSE(found(id).executed_at);
  erase_but_the_phone(anna);
  now += minutes(2);
  work();
  EXPECT_TRUE(found(id).executed_at);
  EXPECT_FALSE(open_task(id, TaskKind::destroy));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) {
    return answer(a, id, "Уничтожено, кроме телефона", {}, pages());
  }));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return requests::close(a, id); }));
  const auto sent = mailed().size();
  now += days(60);
  work();
  EXPECT_EQ(mailed().size(), sent) << "nobody is alarmed";
}

TEST_P(RequestActTest, a_case_learns_within_a_minute_that_what_it_waits_for_is_destroyed) {
  const auto anna = person("Анна", "anna@example.org");
  const auto id = verified(RequestType::deletion, "anna@example.org");
  ASSERT_TRUE(execute_it(id));
  now += minutes(1);
  work();
  EXPECT_FALSE(found(id).executed_at) << "not destroyed yet";
  erase(anna);
  now += minutes(1);
  work();
  EXPECT_TRUE(found(id).executed_at);
}

TEST_P(RequestActTest, P50_whoever_is_linked_by_hand_to_a_verified_case_is_not_verified_by_it) {
  person("Посторонний", "mallory@example.org");
  const auto anna = person("Анна", "anna@example.org");
  const auto id = verified(RequestType::withdrawal, "mallory@example.org");
  const auto linked = act(officer(), [&](privacy::Access& a) { return link(a, id, anna); });
  ASSERT_TRUE(linked);
  EXPECT_FALSE(linked->verified());
  EXPECT_NE(standing(anna).granted, 0) << "nothing is done to her";
  EXPECT_TRUE(open_task(id, TaskKind::verify));
  EXPECT_EQ(code_of(execute_it(id)), "conflict");
  EXPECT_EQ(
      code_of(act(officer(), [&](privacy::Access& a) { return answer(a, id, "Вот данные", {}, pages()); })),
      "conflict");
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return verify_by_hand(a, id, "Позвонили Анне"); }));
  EXPECT_EQ(standing(anna).granted, 0);
}

TEST_P(RequestActTest, another_record_with_the_address_of_the_code_is_verified_by_it) {
  person("Анна", "anna@example.org");
  const auto id = verified(RequestType::withdrawal, "anna@example.org");
  const auto later = person("Анна", "anna@example.org");
  const auto linked = act(officer(), [&](privacy::Access& a) { return link(a, id, later); });
  ASSERT_TRUE(linked);
  EXPECT_TRUE(linked->verified());
  EXPECT_EQ(standing(later).granted, 0) << "and done at once";
}

TEST_P(RequestActTest,
       P41_a_calendar_that_makes_the_end_earlier_is_told_within_a_day_to_who_handles_the_case) {
  const auto f = filed(form(RequestType::information, "nobody@example.org"));
  work();
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return take(a, f.id); }));
  ASSERT_EQ(found(f.id).deadline.due_day, "2026-05-14");
  const MayMoved moved;
  now += days(1) + minutes(1);
  work();
  EXPECT_EQ(found(f.id).deadline.due_day, "2026-05-13");
  EXPECT_EQ(mailed(), (std::vector<std::string>{"deadline_reminder"}));
}

TEST_P(RequestActTest, an_imported_calendar_is_looked_at_at_once_by_every_case_that_runs) {
  std::vector<RequestId> running;
  for (int i = 0; i < 3; ++i)
    running.push_back(filed(form(RequestType::information, "nobody@example.org")).id);
  const auto ended = filed(form(RequestType::information, "nobody@example.org")).id;
  work();
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return take(a, running.front()); }));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) {
    return refuse(a, ended, {"Запись не найдена", "ч. 1 ст. 20 152-ФЗ"}, pages());
  }));
  const auto before = mailed().size();
  const MayMoved moved;
  ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
    recheck_deadlines(a);
    return true;
  }));
  work();
  for (const auto id : running) {
    EXPECT_EQ(found(id).deadline.due_day, "2026-05-13");
    EXPECT_TRUE(found(id).deadline.moved_earlier);
    EXPECT_EQ(found(id).reminded, 0) << "the reminders are of the new end";
  }
  EXPECT_EQ(found(ended).deadline.due_day, "2026-05-14") << "nothing of it is due any more";
  EXPECT_EQ(mailed().size(), before + 3) << "whoever handles it, else the officers, by case";
  EXPECT_EQ(mailed().back(), "deadline_reminder");
}

TEST_P(RequestActTest, P47_all_records_of_an_address_are_withdrawn_and_the_person_is_told_once) {
  const auto people = many("anna@example.org", 230);
  const auto id = verified(RequestType::withdrawal, "anna@example.org");
  EXPECT_EQ(found(id).subjects.size(), people.size());
  for (const auto subject : people) ASSERT_EQ(standing(subject).granted, 0);
  work();
  EXPECT_EQ(std::ranges::count(mailed(), std::string("withdrawal_done")), 1);
  EXPECT_EQ(std::ranges::count(happened(id), EventKind::stopped), 1);
  EXPECT_FALSE(open_task(id, TaskKind::more_people));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return execute(a, id); }));
  EXPECT_EQ(std::ranges::count(happened(id), EventKind::erasure_planned), 1);
  for (const auto subject : people)
    ASSERT_FALSE(in_tx([&](db::Tx& tx) { return privacy::erasures_of(tx, subject); }).empty());
}

TEST_P(RequestActTest, P46_a_block_is_placed_on_all_records_of_an_address) {
  const auto people = many("anna@example.org", 230);
  const auto id = verified(RequestType::blocking, "anna@example.org");
  for (const auto subject : people) ASSERT_TRUE(standing(subject).blocked_at);
  EXPECT_EQ(std::ranges::count(happened(id), EventKind::blocked), 1);
}

TEST_P(RequestActTest, more_records_than_a_case_takes_are_a_task_and_nothing_is_closed_before_it_is_done) {
  many("anna@example.org", kSubjectsPerCase + 1);
  const auto id = verified(RequestType::objection, "anna@example.org");
  EXPECT_EQ(found(id).subjects.size(), kSubjectsPerCase);
  ASSERT_TRUE(open_task(id, TaskKind::more_people));
  ASSERT_TRUE(
      act(officer(), [&](privacy::Access& a) { return answer(a, id, "Сделано", std::nullopt, pages()); }));
  const auto close_it = [&] {
    return act(officer(), [&](privacy::Access& a) { return requests::close(a, id); });
  };
  EXPECT_EQ(code_of(close_it()), "conflict");
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) -> Result<Case> {
    for (const auto& task : tasks(a, TRY(find(a, id))))
      if (task.kind == TaskKind::more_people) return finish_task(a, id, task.id);
    return fail(Errc::not_found);
  }));
  EXPECT_TRUE(close_it());
}

TEST_P(RequestActTest, however_many_cases_are_late_there_is_one_alarm_a_day) {
  for (int i = 0; i < 5; ++i) filed(form(RequestType::information, "nobody@example.org"));
  now += days(40);
  work();
  const auto alarms = [&] { return std::ranges::count(mailed(), std::string("deadline_alarm")); };
  EXPECT_EQ(alarms(), 1);
  now += days(1);
  work();
  EXPECT_EQ(alarms(), 2);
}

}  // namespace
}  // namespace chatika::requests
