#include "requests/requests_rules.hpp"

#include <gtest/gtest.h>

#include <set>

namespace chatika::requests {
namespace {

TEST(RequestRules, P41_every_type_has_its_term_and_its_article) {
  using privacy::Trigger;
  EXPECT_EQ(trigger_of(RequestType::information), Trigger::information_request);
  EXPECT_EQ(trigger_of(RequestType::correction), Trigger::accuracy_correct);
  EXPECT_EQ(trigger_of(RequestType::withdrawal), Trigger::consent_withdrawn);
  EXPECT_EQ(trigger_of(RequestType::stop), Trigger::stop_demand);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::deletion)).article, "152-FZ art. 20(3)");
  EXPECT_EQ(privacy::term(trigger_of(RequestType::deletion)).unit, privacy::TermUnit::business_days);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::deletion)).amount, 7);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::information)).amount, 10);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::information)).extension, 5);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::withdrawal)).unit, privacy::TermUnit::calendar_days);
  EXPECT_EQ(privacy::term(trigger_of(RequestType::withdrawal)).amount, 30);
}

TEST(RequestRules, a_reference_says_nothing_about_how_many_there_are) {
  EXPECT_EQ(reference_of(48219307), "ЗПД-4821-9307");
  EXPECT_EQ(reference_of(7), "ЗПД-0000-0007");
  EXPECT_EQ(reference_of(18'446'744'073'709'551'615U), "ЗПД-0955-1615");
}

TEST(RequestRules, a_code_has_six_digits_always) {
  EXPECT_EQ(code_of(0), "000000");
  EXPECT_EQ(code_of(1'234'567), "234567");
}

TEST(RequestRules, reminders_are_counted_and_alarms_go_on) {
  privacy::Deadline d;
  d.due = parse_rfc3339("2026-05-14T20:59:59Z").value();
  d.reminders = {parse_rfc3339("2026-05-08T06:00:00Z").value(), parse_rfc3339("2026-05-13T06:00:00Z").value()};
  EXPECT_EQ(next_reminder(d, 0), d.reminders[0]);
  EXPECT_EQ(next_reminder(d, 1), d.reminders[1]);
  EXPECT_EQ(next_reminder(d, 2), d.due + std::chrono::seconds(1));
  EXPECT_EQ(next_reminder(d, 4), d.due + std::chrono::seconds(1) + 2 * kAlarmEvery);
}

TEST(RequestRules, what_may_follow_what) {
  Case c;
  EXPECT_TRUE(may_verify(c));
  EXPECT_FALSE(may_execute(c)) << "not verified";
  EXPECT_FALSE(may_close(c)) << "not answered";
  c.verification = Verification::manual;
  EXPECT_FALSE(may_verify(c)) << "verified already";
  EXPECT_FALSE(may_execute(c)) << "nobody found";
  c.subjects = {SubjectId::fresh()};
  EXPECT_TRUE(may_execute(c));
  c.status = RequestStatus::answered;
  EXPECT_FALSE(may_answer(c));
  EXPECT_TRUE(may_close(c));
  c.type = RequestType::deletion;
  EXPECT_TRUE(c.clock_runs()) << "promised, not done";
  EXPECT_FALSE(may_close(c));
  c.executed_at = Time{};
  EXPECT_TRUE(may_close(c));
}

}  // namespace
}  // namespace chatika::requests
