// The organisation's duties on both engines, in a time that is told to move.
#include <gtest/gtest.h>

#include "accounts/fixture_test.hpp"
#include "jobs/jobs.hpp"
#include "jobs/runner.hpp"
#include "json/write.hpp"
#include "notify/notify.hpp"
#include "organisation/agreements.hpp"
#include "organisation/breaches.hpp"
#include "organisation/clearance.hpp"
#include "organisation/papers.hpp"
#include "organisation/staff.hpp"
#include "organisation/status.hpp"
#include "organisation/tasks.hpp"

namespace chatika::organisation {
namespace {

using privacy::Access;
using privacy::Principal;
using privacy::Role;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view kZone = "Europe/Moscow";

class OrganisationTest : public accounts::AccountsFixture {
 protected:
  OrganisationTest() {
    id = create("clinic");
    owner = add("Мария Пробная", "owner@clinic.example", Role::owner, true);
    clerk = add("Олег Пробный", "clerk@clinic.example", Role::receptionist, false);
  }
  Principal add(const char* name, const char* email, Role role, bool officer) {
    const auto made =
        accounts::add_employee(*tenants, id, {name, email, role, officer}, "correct horse").value();
    auto who = Principal::employee(id, made, role);
    who.officer = officer;
    who.from = "198.51.100.0";
    return who;
  }
  static EmployeeId of(const Principal& who) { return EmployeeId(who.id); }

  Result<void> cleared(const Principal& who) {
    return as(who, [](Access& a) { return clearance(a); });
  }
  Errc refused(const Principal& who) {
    const auto result = cleared(who);
    return result ? Errc::internal : result.error().code;
  }
  void accept(const Principal& who) {
    const auto paper = paper_of(service_agreement({"Клиника", "Оператор"}, "ru"));
    ASSERT_TRUE(as(who, [&](Access& a) { return accept_service(a, paper, hash_of(paper)); }));
  }
  Result<PaperVersion> approve_text(const char* text, std::optional<Time> from = {}) {
    const Paper paper{"Положение", "ru", text};
    return as(owner, [&](Access& a) {
      return approve(a, {.kind = PaperKind::processing_rules,
                         .paper = paper,
                         .hash = hash_of(paper),
                         .in_force_from = from});
    });
  }
  Result<void> sign_it(const Principal& who, const PaperVersion& v) {
    return as(who, [&](Access& a) { return sign(a, v.id, v.hash); });
  }
  std::vector<Task> tasks() {
    return as(Principal::system(id), [](Access& a) -> Result<std::vector<Task>> { return live_tasks(a); })
        .value();
  }
  // Runs the jobs that are due, as the program does.
  void run_jobs() {
    jobs::Handlers handlers;
    on_reminders(handlers, {.when = [](TenantId, Time at) { return to_rfc3339(at); },
                            .link = [](TenantId, const Task& t) { return "https://chat.example/panel/" + t.ref; }});
    const auto claimed = as(Principal::system(id), [&](Access& a) -> Result<jobs::Claimed> {
                           return jobs::claim(a, handlers, {.inside = 100, .outside = 0});
                         }).value();
    for (const auto& job : claimed.inside)
      ASSERT_TRUE(as(Principal::system(id), [&](Access& a) { return jobs::run(a, handlers, job); }));
  }
  std::int64_t mails() {
    return as(Principal::system(id),
              [](Access& a) -> Result<std::int64_t> { return notify::count(a, notify::MailState::waiting); })
        .value();
  }

  TenantId id;
  Principal owner;
  Principal clerk;
};
CHATIKA_BOTH_DATABASES(OrganisationTest);

TEST_P(OrganisationTest, P22_nobody_works_before_accepting_the_terms_of_use) {
  EXPECT_EQ(refused(clerk), Errc::agreement_required);
  const auto paper = paper_of(service_agreement({"Клиника", "Оператор"}, "ru"));
  const auto other = as(clerk, [&](Access& a) { return accept_service(a, paper, std::string(64, '0')); });
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::conflict);
  EXPECT_EQ(refused(clerk), Errc::agreement_required);
  accept(clerk);
  EXPECT_TRUE(cleared(clerk));
  EXPECT_EQ(refused(owner), Errc::agreement_required) << "each for themself";
  accept(clerk);
  const auto accepted =
      as(owner, [](Access& a) -> Result<std::vector<Acceptance>> { return service_accepted(a); }).value();
  ASSERT_EQ(accepted.size(), 1U) << "a second time changes nothing";
  EXPECT_EQ(accepted[0].hash, hash_of(paper));
  EXPECT_EQ(accepted[0].network, "198.51.100.0");
  EXPECT_EQ(accepted[0].at, clock.now());
}

TEST_P(OrganisationTest, P24_only_an_owner_accepts_the_processing_agreement) {
  const Paper paper{"Поручение", "ru", "Оператор поручает обработку."};
  const auto accepted = [&] {
    return as(owner, [](Access& a) -> Result<bool> { return processing_accepted(a).has_value(); }).value();
  };
  EXPECT_FALSE(accepted());
  const auto by_clerk = as(clerk, [&](Access& a) { return accept_processing(a, paper, hash_of(paper)); });
  ASSERT_FALSE(by_clerk);
  EXPECT_EQ(by_clerk.error().code, Errc::forbidden);
  EXPECT_FALSE(accepted());
  ASSERT_TRUE(as(owner, [&](Access& a) { return accept_processing(a, paper, hash_of(paper)); }));
  EXPECT_TRUE(accepted());
}

TEST_P(OrganisationTest, P25_one_person_is_responsible_by_an_order) {
  const Paper order{"Приказ", "ru", "Назначить ответственного."};
  const auto appointed = [&](const Principal& who, const char* number, const char* date) {
    return as(owner, [&](Access& a) { return appoint(a, {of(who), number, date}, order); });
  };
  EXPECT_FALSE(appointed(clerk, "", "2026-11-23"));
  EXPECT_FALSE(appointed(clerk, "7-ПД", "2026-02-30"));
  ASSERT_TRUE(appointed(clerk, "7-ПД", "2026-11-23"));
  clock.advance(hours(1));
  ASSERT_TRUE(appointed(owner, "8-ПД", "2026-11-23"));
  const auto live =
      as(owner, [](Access& a) -> Result<std::optional<Appointment>> { return responsible(a); }).value();
  ASSERT_TRUE(live);
  EXPECT_EQ(live->employee, of(owner));
  EXPECT_EQ(live->text_hash, hash_of(order));
  const auto all =
      as(owner, [](Access& a) -> Result<std::vector<Appointment>> { return appointments(a); }).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].ended_at, clock.now());
  ASSERT_TRUE(as(owner, [](Access& a) { return end_appointment(a); }));
  EXPECT_FALSE(as(owner, [](Access& a) -> Result<bool> { return responsible(a).has_value(); }).value());
  EXPECT_FALSE(as(owner, [](Access& a) { return end_appointment(a); }));
}

TEST_P(OrganisationTest, P26_the_exact_text_is_approved_and_a_change_of_it_is_seen) {
  const Paper paper{"Положение", "ru", "Текст один."};
  const auto wrong = as(owner, [&](Access& a) {
    return approve(a, {.kind = PaperKind::processing_rules, .paper = paper, .hash = std::string(64, '0')});
  });
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::conflict);
  EXPECT_FALSE(approve_text("Текст один.", clock.now() - minutes(1))) << "in force in the past";
  const auto v = approve_text("Текст один.").value();
  EXPECT_EQ(v.version, 1);
  EXPECT_EQ(as(owner, [&](Access& a) { return text_of(a, v); }).value(), "Текст один.");
  EXPECT_FALSE(approve_text("Текст один.")) << "the same text again";
  const auto state_of = [&](const char* generated) {
    return as(owner,
              [&](Access& a) -> Result<PaperState> {
                return standing_of(a,
                                   [&](PaperKind, std::string_view) {
                                     return hash_of({"", "ru", generated});
                                   })[static_cast<std::size_t>(PaperKind::processing_rules)]
                    .state;
              })
        .value();
  };
  EXPECT_EQ(state_of("Текст один."), PaperState::approved);
  EXPECT_EQ(state_of("Текст два."), PaperState::changed);
  ASSERT_TRUE(approve_text("Текст два."));
  EXPECT_EQ(state_of("Текст два."), PaperState::approved);
}

TEST_P(OrganisationTest, P27_a_document_in_force_is_signed_before_access_and_a_new_version_again) {
  accept(owner);
  accept(clerk);
  const auto first = approve_text("Текст один.").value();
  EXPECT_TRUE(cleared(owner)) << "who approves has read it";
  EXPECT_EQ(refused(clerk), Errc::familiarisation_required);
  const auto wrong = as(clerk, [&](Access& a) { return sign(a, first.id, std::string(64, '0')); });
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::conflict);
  EXPECT_EQ(refused(clerk), Errc::familiarisation_required);
  ASSERT_TRUE(sign_it(clerk, first));
  EXPECT_TRUE(cleared(clerk));
  // A version of next week may be signed before, and must be from then on.
  const auto next = approve_text("Текст два.", clock.now() + days(7)).value();
  EXPECT_TRUE(cleared(clerk));
  clock.advance(days(7) - minutes(1));
  EXPECT_TRUE(cleared(clerk));
  clock.advance(minutes(1));
  EXPECT_EQ(refused(clerk), Errc::familiarisation_required);
  EXPECT_FALSE(sign_it(clerk, first)) << "superseded";
  ASSERT_TRUE(sign_it(clerk, next));
  EXPECT_TRUE(cleared(clerk));
  const auto signatures_made =
      as(owner, [](Access& a) -> Result<std::vector<Signature>> { return signatures(a); }).value();
  EXPECT_EQ(signatures_made.size(), 4U);
}

TEST_P(OrganisationTest, P28_access_by_request_and_approval_ends_at_its_time) {
  accept(clerk);
  const auto until = clock.now() + days(30);
  const auto asked =
      as(clerk, [&](Access& a) {
        return ask(a, {.role = Role::owner, .reason = "Замена на время отпуска", .until = until});
      }).value();
  auto clerk_as_owner = clerk;
  clerk_as_owner.role = Role::owner;
  EXPECT_FALSE(as(clerk_as_owner, [&](Access& a) { return refuse(a, asked.id); })) << "nobody decides on their own request";
  const auto own = as(clerk_as_owner, [&](Access& a) { return grant(a, asked.id, until); });
  ASSERT_FALSE(own) << "one's own request";
  EXPECT_EQ(own.error().code, Errc::conflict);
  EXPECT_FALSE(as(owner, [&](Access& a) { return grant(a, asked.id, clock.now()); }))
      << "a term that has passed";
  const auto granted = as(owner, [&](Access& a) { return grant(a, asked.id, until); }).value();
  EXPECT_EQ(granted.state, AccessState::granted);
  EXPECT_EQ(granted.reason, "Замена на время отпуска");
  EXPECT_FALSE(as(owner, [&](Access& a) { return refuse(a, asked.id); })) << "decided already";
  const auto role = [&] {
    return as(owner, [&](Access& a) { return accounts::employee(a, of(clerk)); }).value().role;
  };
  EXPECT_EQ(role(), Role::owner);
  EXPECT_TRUE(cleared(clerk));
  clock.advance(days(30) - minutes(1));
  EXPECT_TRUE(cleared(clerk));
  clock.advance(minutes(1));
  EXPECT_EQ(refused(clerk), Errc::access_expired);
  // They ask again; then it is taken back at once.
  const auto again =
      as(clerk, [&](Access& a) { return ask(a, {.role = Role::receptionist, .reason = "Работа"}); }).value();
  ASSERT_TRUE(as(owner, [&](Access& a) { return grant(a, again.id, std::nullopt); }));
  EXPECT_TRUE(cleared(clerk));
  EXPECT_EQ(role(), Role::receptionist);
  ASSERT_TRUE(as(owner, [&](Access& a) { return revoke(a, again.id); }));
  EXPECT_EQ(refused(clerk), Errc::access_expired);
  EXPECT_FALSE(as(owner, [&](Access& a) { return revoke(a, again.id); }));
}

TEST_P(OrganisationTest, the_last_owner_keeps_their_access) {
  const auto set = [&](const Principal& who, Role role, std::optional<Time> until) {
    return as(owner, [&](Access& a) { return accounts::set_access(a, of(who), role, until); });
  };
  EXPECT_FALSE(set(owner, Role::receptionist, {}));
  EXPECT_FALSE(set(owner, Role::owner, clock.now() + days(1)));
  ASSERT_TRUE(set(clerk, Role::owner, clock.now() + days(1)));
  EXPECT_FALSE(set(owner, Role::receptionist, {})) << "an owner for a day does not last";
  ASSERT_TRUE(set(clerk, Role::owner, {}));
  EXPECT_FALSE(set(owner, Role::receptionist, {})) << "one's own access is the other owner's to decide";
  EXPECT_TRUE(as(clerk, [&](Access& a) { return accounts::set_access(a, of(owner), Role::receptionist, {}); }));
  EXPECT_FALSE(as(clerk, [&](Access& a) { return accounts::disable(a, of(clerk)); })) << "oneself";
}

TEST_P(OrganisationTest, P29_reviews_come_due_and_plan_the_next) {
  ASSERT_TRUE(as(owner, [](Access& a) { return plan_reviews(a); }));
  ASSERT_TRUE(as(owner, [](Access& a) { return plan_reviews(a); })) << "once each";
  const auto open = [&] {
    auto all = as(owner, [](Access& a) -> Result<std::vector<Review>> { return reviews(a); }).value();
    std::erase_if(all, [](const Review& r) { return r.done_at.has_value(); });
    return all;
  };
  ASSERT_EQ(open().size(), kReviewKinds);
  EXPECT_EQ(tasks().size(), kReviewKinds);
  const auto first = open()[0];
  EXPECT_EQ(first.kind, ReviewKind::access_rights);
  EXPECT_EQ(to_rfc3339(first.due_at).substr(0, 10), "2027-05-23");
  const auto health = [&] {
    Facts facts{.now = clock.now(), .reviews = open()};
    for (const auto& c : checks(facts, "ru"))
      if (c.code == "review_access_rights") return c.health;
    return Health::warning;
  };
  EXPECT_EQ(health(), Health::ok);
  clock.advance(first.due_at - clock.now() - days(7));
  EXPECT_EQ(health(), Health::warning);
  run_jobs();
  EXPECT_EQ(mails(), 1) << "the officer is reminded a week before";
  clock.advance(days(7));
  EXPECT_EQ(health(), Health::missing);
  run_jobs();
  EXPECT_EQ(mails(), 2) << "one reminder a moment, however late the program looks";
  ASSERT_TRUE(
      as(owner, [&](Access& a) { return finish_review(a, first.id, "Доступ соответствует обязанностям"); }));
  EXPECT_FALSE(as(owner, [&](Access& a) { return finish_review(a, first.id, "Ещё раз"); }));
  EXPECT_EQ(health(), Health::ok);
  EXPECT_EQ(open().size(), kReviewKinds);
  EXPECT_EQ(tasks().size(), kReviewKinds);
  clock.advance(days(1));
  run_jobs();
  EXPECT_EQ(mails(), 2) << "what is done reminds of nothing";
}

TEST_P(OrganisationTest, P54_a_breach_runs_a_24_hour_and_a_72_hour_clock) {
  const auto found = clock.now() - hours(2);
  const Circumstances said{
      .found_at = found,
      .details = {"Письмо ушло не тому человеку: Ивану Пробному", "Ошибка в адресе", "", "Отозвано"},
      .people = 3,
      .categories = {"visitor.email"}};
  const auto future = as(owner, [&](Access& a) {
    auto later = said;
    later.found_at = a.now() + minutes(1);
    return report_breach(a, later, kZone);
  });
  ASSERT_FALSE(future);
  const auto made = as(owner, [&](Access& a) { return report_breach(a, said, kZone); }).value();
  EXPECT_EQ(made.breach.number, "2026-1");
  EXPECT_EQ(made.breach.notice.due, found + hours(24));
  EXPECT_EQ(made.breach.report.due, found + hours(72));
  ASSERT_EQ(tasks().size(), 2U);
  const auto by_clerk = as(clerk, [&](Access& a) { return breach(a, made.breach.id); });
  ASSERT_FALSE(by_clerk) << "the description is the officer's";
  EXPECT_EQ(by_clerk.error().code, Errc::forbidden);

  // Found earlier than thought: the clocks move; found later: they do not.
  auto corrected = said;
  corrected.found_at = found - hours(1);
  EXPECT_EQ(as(owner, [&](Access& a) { return correct_breach(a, made.breach.id, corrected, kZone); })
                .value()
                .breach.notice.due,
            found + hours(23));
  corrected.found_at = found;
  EXPECT_FALSE(as(owner, [&](Access& a) { return correct_breach(a, made.breach.id, corrected, kZone); }));

  const auto send = [&](NoticeKind kind, const char* number) {
    return as(owner, [&](Access& a) { return mark_sent(a, made.breach.id, {kind, number, {}}); });
  };
  EXPECT_FALSE(send(NoticeKind::report, "2")) << "before the notice";
  EXPECT_FALSE(as(owner, [&](Access& a) { return close_breach(a, made.breach.id); })) << "a clock runs";
  const auto health = [&] {
    return as(owner,
              [&](Access& a) -> Result<std::vector<Check>> {
                Facts facts{.now = a.now(), .breaches = breach_clocks(a)};
                return checks(facts, "ru");
              })
        .value()[0];
  };
  EXPECT_EQ(health().health, Health::missing);
  EXPECT_EQ(health().due, found + hours(23));
  clock.advance(hours(22));  // past the end
  run_jobs();
  EXPECT_EQ(mails(), 1) << "the late clock alarms";
  const auto notified = send(NoticeKind::notice, "РКН-1").value();
  EXPECT_TRUE(notified.breach.notice.late(clock.now()));
  EXPECT_FALSE(send(NoticeKind::notice, "РКН-1")) << "once";
  EXPECT_EQ(tasks().size(), 1U);
  EXPECT_EQ(health().due, found + hours(71));
  const auto reported = send(NoticeKind::report, "РКН-2").value();
  EXPECT_FALSE(reported.breach.report.late(clock.now()));
  EXPECT_EQ(health().health, Health::warning);
  EXPECT_TRUE(tasks().empty());
  const auto closed = as(owner, [&](Access& a) { return close_breach(a, made.breach.id); }).value();
  EXPECT_EQ(closed.events.size(), 5U);
  EXPECT_EQ(closed.details.what, corrected.details.what);
}

TEST(Reminders, go_out_before_and_until_it_is_done) {
  const auto at = [](const char* text) { return parse_rfc3339(text).value(); };
  Task task{.kind = DutyKind::other,
            .due_at = at("2026-12-20T09:00:00Z"),
            .created_at = at("2026-11-23T09:00:00Z")};
  EXPECT_EQ(next_reminder(task, task.created_at), at("2026-12-13T09:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2026-12-13T09:00:00Z")), at("2026-12-17T09:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2026-12-19T10:00:00Z")), task.due_at);
  EXPECT_EQ(next_reminder(task, task.due_at), at("2026-12-21T09:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2027-02-17T09:30:00Z")), at("2027-02-18T09:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2027-02-18T09:00:00Z")), std::nullopt);
  task = {.kind = DutyKind::breach_notice,
          .due_at = at("2026-11-24T09:00:00Z"),
          .created_at = at("2026-11-23T09:00:00Z")};
  EXPECT_EQ(next_reminder(task, task.created_at), at("2026-11-23T21:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2026-11-23T21:00:00Z")), at("2026-11-24T07:00:00Z"));
  EXPECT_EQ(next_reminder(task, at("2026-11-24T08:00:00Z")), task.due_at);
  EXPECT_EQ(next_reminder(task, task.due_at), at("2026-11-24T11:00:00Z"));
}

// Everything in order; each case breaks one thing and must be seen.
Facts in_order() {
  const auto now = parse_rfc3339("2026-11-24T09:00:00Z").value();
  Facts f{.now = now, .legal_details = true, .contact = true};
  f.responsible = Appointment{};
  f.responsible_acts = true;
  for (std::size_t i = 0; i < kPaperKinds; ++i)
    f.papers.push_back({static_cast<PaperKind>(i), PaperState::approved, PaperVersion{}});
  f.employees = 2;
  f.processing_agreement = true;
  f.reviews = {{.kind = ReviewKind::access_rights, .due_at = now + days(100)}};
  f.mail_configured = true;
  f.dead_jobs = 0;
  f.calendar_year = 2026;
  f.requests_open = 1;
  f.requests_overdue = 0;
  f.retention_known = f.audit_known = true;
  f.retention_swept_at = now - hours(1);
  f.audit_unsigned_since = now - minutes(2);
  f.address_known = true;
  return f;
}

TEST(Status, is_red_when_anything_is_missing) {
  const auto red = [](const Facts& f) {
    std::vector<std::string> out;
    for (const auto& c : checks(f, "ru")) {
      EXPECT_FALSE(c.title.empty()) << c.code;
      EXPECT_EQ(c.health == Health::ok, c.detail.empty()) << c.code;
      if (c.health == Health::missing) out.push_back(c.code);
    }
    EXPECT_EQ(checks(f, "en").size(), checks(f, "ru").size());
    return out;
  };
  EXPECT_EQ(red(in_order()), std::vector<std::string>());
  const std::pair<const char*, void (*)(Facts&)> cases[] = {
      {"legal", [](Facts& f) { f.legal_details = false; }},
      {"contact", [](Facts& f) { f.contact = false; }},
      {"responsible", [](Facts& f) { f.responsible.reset(); }},
      {"responsible", [](Facts& f) { f.responsible_acts = false; }},
      {"document_policy", [](Facts& f) { f.papers[0].state = PaperState::missing; }},
      {"document_access_list", [](Facts& f) { f.papers[2].state = PaperState::changed; }},
      {"familiarisation", [](Facts& f) { f.without_signatures = 1; }},
      {"agreement", [](Facts& f) { f.without_agreement = 1; }},
      {"processing_agreement", [](Facts& f) { f.processing_agreement = false; }},
      {"reviews", [](Facts& f) { f.reviews.clear(); }},
      {"review_access_rights", [](Facts& f) { f.reviews[0].due_at = f.now; }},
      {"breach", [](Facts& f) { f.breaches = {{.notice = {.due = f.now + hours(3)}}}; }},
      {"task", [](Facts& f) { f.tasks = {{.kind = DutyKind::register_change, .due_at = f.now - hours(1)}}; }},
      {"requests", [](Facts& f) { f.requests_overdue = 1; }},
      {"mail", [](Facts& f) { f.mail_configured = false; }},
      {"calendar", [](Facts& f) { f.calendar_known = false; }},
      {"retention", [](Facts& f) { f.retention_swept_at = f.now - hours(26); }},
      {"retention", [](Facts& f) { f.retention_swept_at.reset(); }},
      {"address", [](Facts& f) { f.address_known = false; }},
      {"audit", [](Facts& f) { f.audit_unsigned_since = f.now - hours(2); }},
  };
  for (const auto& [code, spoil] : cases) {
    auto facts = in_order();
    spoil(facts);
    EXPECT_EQ(red(facts), std::vector<std::string>{code});
  }
}

}  // namespace
}  // namespace chatika::organisation
