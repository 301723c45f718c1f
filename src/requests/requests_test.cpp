#include "requests/requests.hpp"

#include <algorithm>

#include "privacy/rights.hpp"
#include "requests/fixture_test.hpp"
#include "requests/handlers.hpp"
#include "requests/parts.hpp"
#include "requests/requests_rules.hpp"

namespace chatika::requests {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

bool has(const std::vector<EventKind>& events, EventKind kind) {
  return std::ranges::find(events, kind) != events.end();
}

class RequestTest : public RequestFixture {};
CHATIKA_BOTH_DATABASES(RequestTest);

TEST_P(RequestTest, P41_the_clock_is_that_of_the_production_calendar) {
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  EXPECT_EQ(found(f.id).deadline.due_day, "2026-05-14");
  EXPECT_FALSE(found(f.id).deadline.revisions.empty()) << "the revision it was counted with is kept";
  EXPECT_EQ(filed(form(RequestType::withdrawal, "anna@example.org")).due, found(filed(form(RequestType::withdrawal, "a@example.org")).id).deadline.due);
  EXPECT_EQ(found(filed(form(RequestType::withdrawal, "anna@example.org")).id).deadline.due_day, "2026-05-28");
}

TEST_P(RequestTest, P41_reminds_before_the_end_alarms_after_it_and_never_twice) {
  const auto f = filed(form(RequestType::information, "nobody@example.org"));
  work();
  EXPECT_TRUE(mailed().empty()) << "nobody is known: no code";
  const auto& reminders = found(f.id).deadline.reminders;
  ASSERT_EQ(reminders.size(), 2U);
  now = reminders[0] + minutes(1);
  work();
  EXPECT_EQ(mailed(), (std::vector<std::string>{"deadline_reminder"}));
  now -= days(5);  // the clock jumps back: nothing is sent again, nothing is lost
  work();
  now = reminders[0] + minutes(2);
  work();
  EXPECT_EQ(mailed().size(), 1U);
  now = reminders[1] + minutes(1);
  work();
  EXPECT_EQ(mailed().size(), 2U);
  now = found(f.id).deadline.due + std::chrono::seconds(2);
  work();
  EXPECT_EQ(mailed().back(), "deadline_alarm");
  EXPECT_TRUE(has(happened(f.id), EventKind::overdue));
  const auto overdue = act(officer(), [](privacy::Access& a) -> Result<std::vector<Case>> {
    return list(a, {.filter = RequestFilter::overdue, .after_at = {}, .after_id = {}});
  });
  ASSERT_EQ(overdue.value().size(), 1U);
  EXPECT_EQ(overdue.value()[0].id, f.id);
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return refuse(a, f.id, {"Личность не подтверждена", "ч. 3 ст. 14 152-ФЗ"}, pages()); }));
  now += days(3);
  work();
  EXPECT_EQ(std::ranges::count(mailed(), std::string("deadline_alarm")), 1) << "answered: no more alarms";
}

TEST_P(RequestTest, P41_is_extended_once_with_a_reason_and_the_person_is_told) {
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  const auto extend_it = [&] { return act(officer(), [&](privacy::Access& a) { return extend(a, f.id, "Данные в архиве"); }); };
  ASSERT_TRUE(extend_it());
  EXPECT_EQ(found(f.id).deadline.due_day, "2026-05-21");
  EXPECT_TRUE(found(f.id).deadline.extended);
  EXPECT_EQ(mailed().back(), "request_extended");
  EXPECT_EQ(code_of(extend_it()), "conflict");
  const auto w = filed(form(RequestType::withdrawal, "anna@example.org"));
  EXPECT_EQ(code_of(act(officer(), [&](privacy::Access& a) { return extend(a, w.id, "x"); })), "invalid") << "30 days have no extension";
}

TEST_P(RequestTest, P50_a_known_and_an_unknown_person_leave_the_same_answer_and_the_same_page) {
  person("Анна", "anna@example.org");
  const auto known = filed(form(RequestType::information, "Anna@Example.org"));
  const auto unknown = filed(form(RequestType::information, "nobody@example.org"));
  EXPECT_EQ(known.reference.size(), unknown.reference.size());
  EXPECT_EQ(known.link_token.size(), unknown.link_token.size());
  EXPECT_EQ(known.due, unknown.due);
  work();
  const auto page = [&](const Filed& f) {
    return act(by_link(f.link_token), [&](privacy::Access& a) { return progress(a, f.id); }).value();
  };
  EXPECT_FALSE(page(known).c.verified());
  EXPECT_FALSE(page(unknown).c.verified());
  EXPECT_EQ(found(known.id).subjects.size(), 1U);
  EXPECT_TRUE(found(unknown.id).subjects.empty());
  EXPECT_EQ(mailed(), (std::vector<std::string>{"request_code"})) << "to the address that was known";
}

TEST_P(RequestTest, P50_the_code_goes_to_the_known_address_and_not_to_the_one_typed_in) {
  const auto anna = person("Анна", "anna@example.org", "+79161234567");
  auto filing = form(RequestType::information, "stranger@example.org");
  filing.asked.description = "Мой телефон +7 916 123-45-67";
  const auto f = filed(filing);
  work();
  EXPECT_EQ(found(f.id).subjects, std::vector{anna}) << "found by the phone";
  EXPECT_EQ(found(f.id).verification, Verification::code_sent);
  EXPECT_EQ(code_addresses(), (std::vector<std::string>{"anna@example.org"}));
}

// Somebody who claims another's address and then changes it, or who has only claimed it, must not speak for the other.
TEST_P(RequestTest, P50_a_second_code_goes_where_the_first_went_whatever_people_say_of_themselves) {
  const auto mallory = person("Посторонний", "anna@example.org");
  now += minutes(1);
  const auto anna = person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  work();
  rename_email(mallory, "mallory@example.org");
  ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
    ask_for_code(a, f.id);
    return true;
  }));
  work();
  EXPECT_EQ(code_addresses(), (std::vector<std::string>{"anna@example.org", "anna@example.org"}));
  const auto code = mailed_code().value();
  ASSERT_TRUE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
  EXPECT_EQ(found(f.id).subjects, std::vector{anna}) << "the code proves nothing of who has another address";
}

TEST_P(RequestTest, P50_a_code_proves_nothing_when_nobody_has_its_address_any_more) {
  const auto anna = person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::blocking, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  rename_email(anna, "anna2@example.org");
  EXPECT_FALSE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
  EXPECT_FALSE(standing(anna).blocked_at);
  EXPECT_FALSE(found(f.id).verified());
}

TEST_P(RequestTest, P47_a_link_withdraws_for_everyone_who_has_its_address_and_says_so_once) {
  const auto first = person("Анна", "anna@example.org");
  const auto second = person("Анна", "anna@example.org");
  const auto other = person("Вера", "vera@example.org");
  const auto token = act(system(), [&](privacy::Access& a) -> Result<std::string> { return new_withdrawal_link(a, second).text; }).value();
  const auto click = [&] {
    const auto whose = in_tx([&](db::Tx& tx) { return subjects_of_withdrawal_link(tx, token, now); }).value();
    return act(visitor(whose.front()), [&](privacy::Access& a) {
             return withdraw(a, {whose.front(), {whose.begin() + 1, whose.end()}, RequestChannel::link, "ru", "Europe/Moscow"});
           }).value();
  };
  const auto done = click();
  EXPECT_TRUE(standing(first).closed());
  EXPECT_TRUE(standing(second).closed());
  EXPECT_NE(standing(other).granted, 0);
  EXPECT_EQ(found(done.id).subjects.size(), 2U);
  EXPECT_EQ(click().id, done.id);
  work();
  EXPECT_EQ(mailed_to("withdrawal_done"), (std::vector<std::string>{"anna@example.org"}));
}

TEST_P(RequestTest, P50_without_a_known_address_the_officer_is_asked_to_call) {
  person("Анна", "", "+79161234567");
  auto filing = form(RequestType::information, "stranger@example.org");
  filing.phone = "+79161234567";
  const auto f = filed(filing);
  work();
  EXPECT_TRUE(mailed().empty());
  EXPECT_TRUE(has(happened(f.id), EventKind::call_back));
  const auto todo = act(officer(), [&](privacy::Access& a) -> Result<std::vector<Task>> { return tasks(a, TRY(find(a, f.id))); }).value();
  ASSERT_EQ(todo.size(), 1U);
  EXPECT_EQ(todo[0].kind, TaskKind::call_back);
}

TEST_P(RequestTest, P50_without_a_mail_server_a_code_that_waits_becomes_a_call) {
  handlers = {};
  register_handlers(handlers, {.link = {}, .mails = false});
  person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  const auto stranger = filed(form(RequestType::information, "nobody@example.org"));
  work();
  EXPECT_EQ(mailed(), (std::vector<std::string>{"request_code"})) << "it waits for a server";
  const auto calls = [&](RequestId id) {
    const auto all = act(officer(), [&](privacy::Access& a) -> Result<std::vector<Task>> { return tasks(a, TRY(find(a, id))); }).value();
    return std::ranges::count(all, TaskKind::call_back, &Task::kind);
  };
  EXPECT_EQ(calls(f.id), 1);
  EXPECT_EQ(calls(stranger.id), 0) << "there is no number to call";
  ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
    ask_for_code(a, f.id);
    return true;
  }));
  work();
  EXPECT_EQ(calls(f.id), 1) << "once while it is open";
  EXPECT_EQ(std::ranges::count(happened(f.id), EventKind::call_back), 1);
}

TEST_P(RequestTest, reminders_lead_to_the_case_in_the_panel) {
  handlers = {};
  register_handlers(handlers, {.link = [](TenantId, RequestId id) { return "https://chat.example/panel/privacy/requests/" + to_string(id); }});
  const auto f = filed(form(RequestType::information, "nobody@example.org"));
  work();
  now = found(f.id).deadline.due - std::chrono::hours(1);
  work();
  const auto params = in_tx([](db::Tx& tx) {
    static const db::Statement kParams("SELECT params FROM outbox WHERE template = 'deadline_reminder'");
    return tx.all(kParams, [](const db::Row& r) { return r.str(0); });
  });
  ASSERT_FALSE(params.empty());
  EXPECT_NE(params.back().find("https://chat.example/panel/privacy/requests/" + to_string(f.id)), std::string::npos) << params.back();
}

TEST_P(RequestTest, P50_a_right_code_verifies_once) {
  person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  const auto enter = [&](const std::string& c) {
    return act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, c); }).value();
  };
  EXPECT_FALSE(enter(code == "000000" ? "000001" : "000000"));
  EXPECT_TRUE(enter(code));
  EXPECT_EQ(found(f.id).verification, Verification::verified);
  EXPECT_EQ(found(f.id).status, RequestStatus::in_work);
  EXPECT_FALSE(enter(code)) << "used";
}

TEST_P(RequestTest, P50_five_wrong_codes_and_the_right_one_is_worth_nothing) {
  person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  const auto enter = [&](const std::string& c) {
    return act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, c); }).value();
  };
  for (int i = 0; i < kCodeTries; ++i) EXPECT_FALSE(enter(code == "000000" ? "000001" : "000000"));
  EXPECT_FALSE(enter(code));
  EXPECT_EQ(found(f.id).verification, Verification::failed);
  EXPECT_TRUE(has(happened(f.id), EventKind::code_failed));
}

TEST_P(RequestTest, P50_a_code_ends_after_half_an_hour_and_codes_are_few) {
  person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  now += kCodeLife;
  EXPECT_FALSE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(act(system(), [&](privacy::Access& a) { return send_code(a, f.id); }));
  EXPECT_EQ(std::ranges::count(mailed(), std::string("request_code")), kCodesPerCase);
  for (int i = 0; i < 5; ++i) filed(form(RequestType::information, "anna@example.org"));
  work();
  EXPECT_EQ(std::ranges::count(mailed(), std::string("request_code")), kCodesPerSubjectADay)
      << "a stranger cannot fill a mailbox";
}

TEST_P(RequestTest, P50_an_unverified_requester_gets_no_answer_and_nothing_is_done) {
  const auto anna = person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::deletion, "anna@example.org"));
  work();
  EXPECT_EQ(code_of(act(officer(), [&](privacy::Access& a) { return answer(a, f.id, "Вот ваши данные", {}, pages()); })), "conflict");
  EXPECT_EQ(code_of(act(officer(), [&](privacy::Access& a) { return execute(a, f.id); })), "conflict");
  EXPECT_NE(standing(anna).granted, 0);
}

TEST_P(RequestTest, P48_every_refusal_has_a_reason_an_article_and_the_way_to_appeal) {
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  const auto refuse_with = [&](const Refusal& r) { return act(officer(), [&](privacy::Access& a) { return refuse(a, f.id, r, pages()); }); };
  EXPECT_EQ(refuse_with({"", "ст. 14"}).error().fields.front().pointer, "/reason");
  EXPECT_EQ(refuse_with({"Повторный запрос", ""}).error().fields.front().pointer, "/article");
  ASSERT_TRUE(refuse_with({"Повторный запрос", "ч. 6 ст. 14 152-ФЗ"}));
  const auto shown = act(by_link(f.link_token), [&](privacy::Access& a) { return progress(a, f.id); }).value();
  ASSERT_TRUE(shown.answer);
  EXPECT_EQ(shown.answer->reason, "Повторный запрос");
  EXPECT_EQ(shown.answer->article, "ч. 6 ст. 14 152-ФЗ");
  EXPECT_NE(shown.answer->appeal.find("Роскомнадзор"), std::string::npos);
  EXPECT_NE(shown.answer->appeal.find("суд"), std::string::npos);
  EXPECT_EQ(mailed().back(), "request_refused");
}

TEST_P(RequestTest, P47_withdrawal_has_one_effect_over_every_channel) {
  for (const auto channel : {"widget", "link", "form", "staff"}) {
    const std::string email = std::string(channel) + "@example.org";
    const auto who = person("Анна", email);
    ASSERT_TRUE(name_for(who, privacy::Purpose::addressing)) << channel;
    RequestId id;
    if (std::string(channel) == "widget") {
      id = act(visitor(who), [&](privacy::Access& a) { return withdraw(a, {who, {}, RequestChannel::widget, "ru", "Europe/Moscow"}); }).value().id;
    } else if (std::string(channel) == "link") {
      const auto token = act(system(), [&](privacy::Access& a) -> Result<std::string> { return new_withdrawal_link(a, who).text; }).value();
      const auto whose = in_tx([&](db::Tx& tx) { return subjects_of_withdrawal_link(tx, token, now); }).value().front();
      id = act(visitor(whose), [&](privacy::Access& a) { return withdraw(a, {whose, {}, RequestChannel::link, "ru", "Europe/Moscow"}); }).value().id;
    } else if (std::string(channel) == "form") {
      const auto f = filed(form(RequestType::withdrawal, email));
      work();
      const auto code = mailed_code().value();
      ASSERT_TRUE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
      id = f.id;
    } else {
      auto filing = form(RequestType::withdrawal, email);
      filing.channel = RequestChannel::email;
      const auto f = filed(filing);
      work();
      ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return verify_by_hand(a, f.id, "Позвонили по известному номеру"); }));
      id = f.id;
    }
    // P42: the next read is refused, for the system too.
    EXPECT_EQ(standing(who).granted, 0) << channel;
    EXPECT_TRUE(standing(who).closed()) << channel;
    EXPECT_EQ(code_of(name_for(who, privacy::Purpose::addressing)), "consent_required") << channel;
    EXPECT_EQ(code_of(name_for(who, privacy::Purpose::lead)), "consent_required") << channel;
    const auto c = found(id);
    EXPECT_EQ(c.type, RequestType::withdrawal) << channel;
    EXPECT_EQ(c.deadline.due_day, "2026-05-28") << channel;
    EXPECT_TRUE(has(happened(id), EventKind::stopped)) << channel;
    work();
    EXPECT_EQ(mailed().back(), "withdrawal_done") << channel;
  }
}

TEST_P(RequestTest, P42_a_person_who_withdraws_twice_has_one_case) {
  const auto who = person("Анна", "anna@example.org");
  const auto once = [&] { return act(visitor(who), [&](privacy::Access& a) { return withdraw(a, {who, {}, RequestChannel::widget, "ru", "Europe/Moscow"}); }).value(); };
  const auto first = once();
  const auto second = once();
  EXPECT_FALSE(first.again);
  EXPECT_TRUE(second.again);
  EXPECT_EQ(first.reference, second.reference);
}

TEST_P(RequestTest, a_request_is_not_lost_by_closing_it) {
  person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  const auto close_it = [&] { return act(officer(), [&](privacy::Access& a) { return requests::close(a, f.id); }); };
  EXPECT_EQ(code_of(close_it()), "conflict");
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return take(a, f.id); }));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return verify_by_hand(a, f.id, "Паспорт показан"); }));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return answer(a, f.id, "Ответ", "{\"document\":1}", pages()); }));
  EXPECT_EQ(mailed().back(), "request_answered");
  EXPECT_EQ(act(by_link(f.link_token), [&](privacy::Access& a) { return given_document(a, f.id); }).value(), "{\"document\":1}");
  ASSERT_TRUE(close_it());
  EXPECT_EQ(found(f.id).status, RequestStatus::closed);
}

TEST_P(RequestTest, P46_a_block_closes_the_copy_that_was_handed_out) {
  const auto anna = person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  ASSERT_TRUE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return answer(a, f.id, "Ответ", "{\"document\":1}", pages()); }));
  const auto seen = [&] { return act(by_link(f.link_token), [&](privacy::Access& a) { return progress(a, f.id); }).value(); };
  const auto copy = [&](const privacy::Principal& who) { return act(who, [&](privacy::Access& a) { return given_document(a, f.id); }); };
  EXPECT_TRUE(seen().document);
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return privacy::block_subject(a, anna, "Спор о данных"); }));
  EXPECT_FALSE(seen().document);
  EXPECT_TRUE(seen().answer) << "it may be what says that the data are blocked";
  EXPECT_EQ(code_of(copy(by_link(f.link_token))), "blocked");
  EXPECT_TRUE(copy(officer()));
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return privacy::unblock_subject(a, anna, "Спор кончен"); }));
  EXPECT_TRUE(copy(by_link(f.link_token)));
}

TEST_P(RequestTest, what_was_asked_is_for_the_officer_and_the_requester_only) {
  const auto f = filed(form(RequestType::information, "anna@example.org"));
  const auto read = [&](const privacy::Principal& who) {
    return act(who, [&](privacy::Access& a) -> Result<Asked> { return asked(a, TRY(find(a, f.id))); });
  };
  EXPECT_EQ(read(officer()).value().name, "Анна Примерова");
  EXPECT_EQ(code_of(read(privacy::Principal::employee(tenant, officer_id, privacy::Role::owner))), "forbidden");
  EXPECT_EQ(code_of(read(visitor(person("Другая", "other@example.org")))), "forbidden");
  EXPECT_EQ(code_of(in_tx([&](db::Tx& tx) { return requester_of(tx, "not a token", now); })), "unauthenticated");
  now += kLinkLife;
  EXPECT_EQ(code_of(in_tx([&](db::Tx& tx) { return requester_of(tx, f.link_token, now); })), "unauthenticated") << "expired";
}

TEST_P(RequestTest, a_block_that_is_asked_for_holds_from_the_moment_the_person_is_verified) {
  const auto anna = person("Анна", "anna@example.org");
  const auto f = filed(form(RequestType::blocking, "anna@example.org"));
  work();
  const auto code = mailed_code().value();
  ASSERT_TRUE(act(by_link(f.link_token), [&](privacy::Access& a) { return verify(a, f.id, code); }).value());
  EXPECT_TRUE(standing(anna).blocked_at);
  EXPECT_EQ(code_of(name_for(anna, privacy::Purpose::addressing)), "blocked");
}

TEST_P(RequestTest, a_withdrawal_link_is_mailed_to_the_known_address_only) {
  const auto anna = person("Анна", "anna@example.org");
  for (const auto* email : {"anna@example.org", "nobody@example.org"})
    ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
      ask_for_withdrawal_link(a, email, "ru", "https://chatika.example/privacy/withdraw#KEY.");
      return true;
    }));
  work();
  EXPECT_EQ(mailed(), (std::vector<std::string>{"withdrawal_link"}));
  EXPECT_NE(standing(anna).granted, 0) << "the link alone withdraws nothing";
}

constexpr const char* kWithdrawPage = "https://chatika.example/privacy/withdraw#KEY.";

// A stranger's chat, newer than hers, says her address, and says another as soon as the link is on its way.
TEST_P(RequestTest, P47_a_withdrawal_link_goes_to_the_address_it_speaks_for_and_stands_for_that_alone) {
  const auto anna = person("Анна", "anna@example.org");
  now += std::chrono::minutes(1);
  const auto stranger = person("Чужой", "anna@example.org");
  ask_link("anna@example.org");
  rename_email(stranger, "mallory@example.org");
  EXPECT_EQ(mailed_to("withdrawal_link"), (std::vector<std::string>{"anna@example.org"}));
  const auto token = mailed_secrets("withdrawal_link", "link").back().substr(std::string(kWithdrawPage).size());
  const auto whose = in_tx([&](db::Tx& tx) { return subjects_of_withdrawal_link(tx, token, now); }).value();
  ASSERT_EQ(whose, std::vector{anna}) << "who has another address by now is not spoken for";
  ASSERT_TRUE(act(visitor(anna), [&](privacy::Access& a) {
    return withdraw(a, {anna, {}, RequestChannel::link, "ru", "Europe/Moscow"});
  }));
  work();
  EXPECT_EQ(mailed_to("withdrawal_done"), (std::vector<std::string>{"anna@example.org"}));
}

TEST_P(RequestTest, P47_a_withdrawal_link_of_an_address_that_nobody_has_any_more_stands_for_nobody) {
  const auto anna = person("Анна", "anna@example.org");
  const auto token = act(system(), [&](privacy::Access& a) -> Result<std::string> { return new_withdrawal_link(a, anna).text; }).value();
  rename_email(anna, "mallory@example.org");
  EXPECT_EQ(code_of(in_tx([&](db::Tx& tx) { return subjects_of_withdrawal_link(tx, token, now); })), "unauthenticated");
}

TEST_P(RequestTest, P47_consent_withdrawn_is_told_to_the_address_though_it_ended_for_others_of_it_only) {
  const auto first = person("Анна", "anna@example.org");
  const auto second = person("Анна", "anna@example.org");
  ASSERT_TRUE(act(visitor(first), [&](privacy::Access& a) { return withdraw(a, {first, {}, RequestChannel::widget, "ru", "Europe/Moscow"}); }));
  work();
  ASSERT_EQ(mailed_to("withdrawal_done").size(), 1U);
  ASSERT_TRUE(act(visitor(first), [&](privacy::Access& a) { return withdraw(a, {first, {second}, RequestChannel::link, "ru", "Europe/Moscow"}); }));
  work();
  EXPECT_TRUE(standing(second).closed());
  EXPECT_EQ(mailed_to("withdrawal_done"), (std::vector<std::string>(2, "anna@example.org")));
}

TEST_P(RequestTest, P42_who_consents_again_and_withdraws_again_while_the_case_is_open_is_stopped_again) {
  const auto anna = person("Анна", "anna@example.org");
  const auto once = [&] { return act(visitor(anna), [&](privacy::Access& a) { return withdraw(a, {anna, {}, RequestChannel::widget, "ru", "Europe/Moscow"}); }).value(); };
  const auto first = once();
  consent(anna);
  ASSERT_NE(standing(anna).granted, 0);
  EXPECT_EQ(once().id, first.id);
  EXPECT_EQ(standing(anna).granted, 0);
}

TEST_P(RequestTest, P47_a_blocked_person_gets_the_link_and_withdraws_by_it) {
  const auto anna = person("Анна", "anna@example.org");
  ASSERT_TRUE(act(officer(), [&](privacy::Access& a) { return privacy::block_subject(a, anna, "Спор о данных"); }));
  ask_link("anna@example.org");
  ASSERT_EQ(mailed_to("withdrawal_link"), (std::vector<std::string>{"anna@example.org"}));
  ASSERT_TRUE(act(visitor(anna), [&](privacy::Access& a) { return withdraw(a, {anna, {}, RequestChannel::link, "ru", "Europe/Moscow"}); }));
  work();
  EXPECT_EQ(standing(anna).granted, 0);
  EXPECT_EQ(mailed_to("withdrawal_done"), (std::vector<std::string>{"anna@example.org"}));
}

TEST_P(RequestTest, P47_an_address_gets_three_links_a_day_however_many_chats_claim_it) {
  for (int i = 0; i < 4; ++i) {
    now += std::chrono::minutes(1);
    person("Чужой", "anna@example.org");
    ask_link("anna@example.org");
    ask_link("anna@example.org");
  }
  EXPECT_EQ(mailed_to("withdrawal_link").size(), 3U);
  now += std::chrono::days(1);
  ask_link("anna@example.org");
  EXPECT_EQ(mailed_to("withdrawal_link").size(), 4U);
}

TEST_P(RequestTest, nothing_of_a_request_is_stored_in_the_clear) {
  filed(form(RequestType::information, "canary-anna@example.org"));
  work();
  const auto rows = in_tx([](db::Tx& tx) {
    static const db::Statement kAll("SELECT payload FROM job");
    return tx.all(kAll, [](const db::Row& r) { return r.str(0); });
  });
  for (const auto& payload : rows) EXPECT_EQ(payload.find("canary"), std::string::npos);
}

}  // namespace
}  // namespace chatika::requests
