// Conversations on both engines: everything but the booking itself, and what must never be stored.
#include <gmock/gmock.h>

#include "assistant/fixture_test.hpp"

namespace chatika::assistant {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class TalkTest : public AssistantFixture {};
CHATIKA_BOTH_DATABASES(TalkTest);

TEST_P(TalkTest, garbage_choices_are_refused_and_leave_nothing) {
  say("хочу на чистку");
  const auto before = messages();
  const auto foreign = to_string(new_uuid());  // what another business has is as unknown as what nobody has
  const std::string long_id = "time:" + std::string(115, '9');
  for (const auto& id : {std::string("time:abc"), std::string("time:"), "time:1:" + foreign + "x",
                         std::string("time:-5:") + foreign, std::string("service:not-a-uuid"),
                         "service:" + foreign, "specialist:" + foreign, std::string("specialist:"), long_id,
                         std::string("nonsense"), std::string(":")})
    EXPECT_EQ(choose_id(id), "error invalid") << id;
  EXPECT_EQ(messages(), before);
  EXPECT_TRUE(bookings().empty());
  EXPECT_THAT(say("к любому"), StartsWith("Чистка зубов. Выберите")) << "the conversation is where it was";
}

TEST_P(TalkTest, a_time_that_was_never_offered_is_not_held) {
  say("хочу к кардиологу");
  const auto vera = to_string(catalog.specialists[2].id);
  const auto id = [&](const char* time) {
    return "time:" + std::to_string(to_micros(parse_rfc3339(time).value()) / 60'000'000) + ":" + vera;
  };
  for (const auto* time :
       {"2026-11-22T07:00:00Z", "2026-11-24T07:01:00Z", "2026-11-24T01:00:00Z", "2027-11-24T07:00:00Z"}) {
    EXPECT_THAT(choose_id(id(time)), StartsWith("На это время записаться нельзя.")) << time;
    EXPECT_FALSE(last.days.empty());
  }
  EXPECT_TRUE(bookings().empty());
}

TEST_P(TalkTest, buttons_of_an_earlier_question_do_no_harm) {
  EXPECT_THAT(choose_id("yes"), HasSubstr("Чем ещё помочь?"));
  EXPECT_THAT(choose_id("no"), HasSubstr("Чем ещё помочь?"));
  EXPECT_EQ(choose_id("other_time"), "На что вас записать?");
  say("к кардиологу завтра в 10");
  EXPECT_THAT(choose_id("yes"), HasSubstr("имя"));
  EXPECT_EQ(bookings().front().status, booking::BookingStatus::held);
}

TEST_P(TalkTest, callback) {
  EXPECT_EQ(say("перезвоните мне насчёт скидок"), "Перезвоним. Как вас зовут?");
  EXPECT_EQ(say("Пётр"), "На какой номер перезвонить?");
  EXPECT_EQ(say("89123456789"), "Заявка принята: вам перезвонят на +7 912 345-67-89 в рабочее время.");
  ASSERT_EQ(leads().size(), 1U);
  const auto lead = leads().front();
  EXPECT_EQ(lead.kind, inbox::LeadKind::callback);
  EXPECT_EQ(lead.note, "перезвоните мне насчёт скидок");
  EXPECT_EQ(lead.name, "Пётр");
  EXPECT_EQ(result.leads.size(), 1U);
  EXPECT_EQ(choose_id("callback"), "Заявка принята: вам перезвонят на +7 912 345-67-89 в рабочее время.")
      << "both are known";
}

TEST_P(TalkTest, a_person_is_offered_when_one_conversation_has_enough_bookings) {
  say("меня зовут Пётр, мой телефон 89123456789");
  for (const auto* time : {"10:00", "11:00", "12:00", "13:00", "14:00"}) {
    say(std::string("запишите к кардиологу завтра в ") + time);
    ASSERT_THAT(say("да"), StartsWith("Готово")) << time;
  }
  EXPECT_THAT(say("запишите к кардиологу завтра в 16:00"), StartsWith("На вас уже оформлено"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_EQ(bookings().size(), 5U);
}

TEST_P(TalkTest, a_name_and_nothing_else_is_a_greeting) {
  EXPECT_EQ(say("меня Пётр зовут"), "Очень приятно, Пётр! Чем помочь?");
  EXPECT_EQ(contact().name, "Пётр");
}

TEST_P(TalkTest, callback_says_the_number_it_knows) {
  EXPECT_EQ(say("мой телефон 89123456789, перезвоните"), "Перезвоним на +7 912 345-67-89. Как вас зовут?");
  EXPECT_THAT(say("не скажу"), StartsWith("Напишите, пожалуйста, имя"));
  EXPECT_THAT(say("не хочу"), StartsWith("Заявка принята: вам перезвонят на +7 912 345-67-89"))
      << "a number is enough";
  EXPECT_FALSE(contact().name);
  EXPECT_EQ(leads().size(), 1U);
}

TEST_P(TalkTest, callback_while_a_time_is_held_gives_it_back) {
  say("к кардиологу завтра в 10");
  EXPECT_EQ(say("лучше перезвоните мне"), "Перезвоним. Как вас зовут?");
  EXPECT_EQ(bookings().front().status, booking::BookingStatus::cancelled);
  EXPECT_EQ(say("лучше запишите на чистку"), "К кому записать?");
}

TEST_P(TalkTest, contacts_that_nobody_asked_for_are_kept_and_a_lead) {
  EXPECT_EQ(say("это мой номер 8 912 345-67-89"),
            "Контакт сохранён: +7 912 345-67-89. Сотрудник его увидит. Чем ещё помочь?");
  EXPECT_EQ(leads().front().kind, inbox::LeadKind::contact);
  EXPECT_EQ(say("пишите на anna@example.org"),
            "Контакт сохранён: anna@example.org. Сотрудник его увидит. Чем ещё помочь?");
  EXPECT_EQ(contact().phone, "+79123456789");
  EXPECT_EQ(contact().email, "anna@example.org");
}

TEST_P(TalkTest, a_human_is_called_once_and_the_assistant_keeps_company) {
  EXPECT_THAT(say("позовите человека"), StartsWith("Зову сотрудника"));
  EXPECT_TRUE(result.status_changed);
  EXPECT_EQ(thread().status, inbox::Status::waiting);
  EXPECT_THAT(say("человек!!!"), StartsWith("Сотрудник уже знает"));
  EXPECT_FALSE(result.status_changed);
  EXPECT_THAT(say("где парковка?"), HasSubstr("парковка"));
  EXPECT_THAT(say("лор у вас есть?"), HasSubstr("Сотрудник увидит ваше сообщение"));
  EXPECT_EQ(say("а невролог есть?"), "") << "said once: the colleague will read it";
}

TEST_P(TalkTest, the_assistant_is_silent_while_a_human_has_the_conversation) {
  const auto olga = employee();
  ASSERT_TRUE(act(as(olga), [&](privacy::Access& a) { return inbox::take(a, guest.conversation); }));
  EXPECT_EQ(say("где парковка?"), "");
  EXPECT_EQ(say("запишите на чистку"), "");
  EXPECT_EQ(result.messages.size(), 1U) << "the visitor's own";
  ASSERT_TRUE(act(as(olga), [&](privacy::Access& a) { return inbox::hand_back(a, guest.conversation); }));
  EXPECT_THAT(say("где парковка?"), HasSubstr("парковка"));
}

TEST_P(TalkTest, a_closed_conversation_opens_again) {
  const auto olga = employee();
  ASSERT_TRUE(act(as(olga), [&](privacy::Access& a) { return inbox::close(a, guest.conversation); }));
  EXPECT_THAT(say("где парковка?"), HasSubstr("парковка"));
  EXPECT_TRUE(result.status_changed);
  EXPECT_EQ(thread().status, inbox::Status::assistant);
}

TEST_P(TalkTest, an_emergency_goes_before_everything) {
  EXPECT_THAT(say("мне трудно дышать"), HasSubstr("103 или 112"));
  EXPECT_EQ(thread().status, inbox::Status::waiting);
  guest = arrive(false);
  say("к кардиологу завтра в 10");
  say("Анна");
  EXPECT_THAT(say("боль в груди"), HasSubstr("103 или 112")) << "without the health consent too";
  EXPECT_THAT(say("89123456789"), HasSubstr("Всё верно?"));
}

TEST_P(TalkTest, symptoms_are_not_discussed) {
  EXPECT_THAT(say("болит спина"), HasSubstr("по переписке диагнозы не ставят"));
  EXPECT_EQ(say("да"), "На что вас записать?");
  guest = arrive(false);
  EXPECT_THAT(say("болит спина"), StartsWith("О здоровье здесь можно говорить только с вашего согласия"));
  EXPECT_TRUE(offers("Записаться"));
  EXPECT_THAT(say("болит спина, запишите к кардиологу"), StartsWith("Приём кардиолога."))
      << "a time can always be had";
}

TEST_P(TalkTest, a_demand_about_ones_own_data_is_never_answered_with_free_times) {
  EXPECT_THAT(say("удалите мои данные"), HasSubstr("«Мои данные»"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  say("к кардиологу завтра в 10");
  EXPECT_THAT(say("кто увидит мою переписку?"), ::testing::AllOf(HasSubstr("«Мои данные»"), HasSubstr("обращаться")))
      << "and the open question stands";
  EXPECT_THAT(say("Анна"), Not(HasSubstr("«Мои данные»")));
}

TEST_P(TalkTest, nobody_is_treated_by_chat) {
  EXPECT_THAT(say("говорить ли о боли в сердце?"), StartsWith("О боли в сердце расскажите врачу"));
  EXPECT_THAT(say("что делать при боли в сердце?"), HasSubstr("по переписке диагнозы не ставят"));
}

TEST_P(TalkTest, a_question_nobody_knows_the_answer_to) {
  const auto first = say("есть ли у вас лор?");
  const auto second = say("а невролог есть?");
  const auto third = say("а уролог есть?");
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_TRUE(offers("Перезвоните мне"));
  EXPECT_THAT(third, HasSubstr(business.phone));
  say("где парковка?");
  EXPECT_EQ(say("есть ли у вас лор?"), first) << "an answer in between begins anew";
  say("а невролог есть?");
  EXPECT_THAT(say("да"), StartsWith("Зову сотрудника")) << "the offer is taken";
}

// Whoever asks is told; a person is offered with what is not known, and comes when called.
TEST_P(TalkTest, P40_the_assistant_says_what_it_is_and_a_person_is_one_word_away) {
  for (const auto* question : {"это бот?", "вы робот?"})
    EXPECT_THAT(say(question), StartsWith("Вам отвечает автоматический ассистент.")) << question;
  say("есть ли у вас лор?");
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_THAT(say("позовите человека"), StartsWith("Зову сотрудника"));
}

TEST_P(TalkTest, small_talk) {
  EXPECT_EQ(say("добрый день"), "Здравствуйте! Чем помочь?");
  EXPECT_EQ(say("вы тут?"), "Да, я здесь. Чем помочь?");
  EXPECT_THAT(say("это бот?"), StartsWith("Вам отвечает автоматический ассистент."));
  EXPECT_EQ(say("😀"), "Напишите, пожалуйста, словами, чем помочь.");
  EXPECT_EQ(say("спс"), "Пожалуйста! Если появятся вопросы — пишите.");
  EXPECT_THAT(say("до свидания"), StartsWith("До свидания!"));
  EXPECT_THAT(say("what time is it now, good man? hello"), Not(HasSubstr("Здравствуйте")));
  EXPECT_TRUE(bookings().empty());
}

TEST_P(TalkTest, what_is_offered_and_by_whom) {
  say("какие у вас услуги");
  EXPECT_EQ(last.choices.size(), catalog.services.size());
  EXPECT_EQ(last.choices[1].label, "Чистка зубов · 5\u00A0500\u00A0₽");
  say("кто у вас работает");
  EXPECT_EQ(last.choices.size(), catalog.specialists.size());
  EXPECT_THAT(choose("Вера"), StartsWith("Приём кардиолога. Выберите"));
  EXPECT_THAT(say("сколько стоит приём кардиолога?"), Not(HasSubstr("₽")))
      << "the catalogue has no price of it";
}

TEST_P(TalkTest, a_very_long_message_gets_an_answer) {
  std::string text;
  while (text.size() < 7900) text += "слово ";
  EXPECT_NE(say(text), "");
  EXPECT_EQ(result.messages.front().text, text);
}

TEST_P(TalkTest, the_same_client_id_is_one_turn) {
  const auto client = new_uuid();
  const auto first = turn(guest, "где парковка?", {}, client).value();
  const auto before = messages();
  now += std::chrono::minutes(5);
  const auto again = turn(guest, "где парковка?", {}, client).value();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.seq, first.seq);
  EXPECT_EQ(again.at, first.at);
  EXPECT_TRUE(again.messages.empty());
  EXPECT_EQ(messages(), before);
}

TEST_P(TalkTest, a_turn_that_fails_leaves_nothing) {
  const auto feed = [&] {
    return act(system(), [&](privacy::Access& a) -> Result<std::int64_t> { return inbox::feed_head(a); })
        .value();
  };
  say("хочу к кардиологу");
  const auto rows = messages();
  const auto head = feed();
  const auto seq = thread().last_seq;
  EXPECT_EQ(choose_id("service:" + to_string(new_uuid())), "error invalid");
  EXPECT_EQ(messages(), rows);
  EXPECT_EQ(feed(), head);
  EXPECT_EQ(thread().last_seq, seq);
}

TEST_P(TalkTest, to_a_visitor_only_their_own_conversation_exists) {
  const auto stranger = arrive();
  const auto reach = turn({guest.conversation, stranger.visitor}, "привет");
  ASSERT_FALSE(reach);
  EXPECT_EQ(reach.error().code, Errc::not_found);
}

TEST_P(TalkTest, one_fsync_tells_panels_everything_that_changed) {
  say("к кардиологу завтра в 10");
  say("Анна");
  say("89123456789");
  const auto head =
      act(system(), [&](privacy::Access& a) -> Result<std::int64_t> { return inbox::feed_head(a); }).value();
  say("да");
  const auto entries = act(system(), [&](privacy::Access& a) -> Result<std::vector<inbox::FeedEntry>> {
                         return inbox::feed_after(a, head, 10);
                       }).value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].kind, inbox::FeedKind::messages);
  EXPECT_EQ(entries[0].from_seq, result.seq);
  EXPECT_EQ(entries[1].kind, inbox::FeedKind::booking);
  EXPECT_EQ(entries[1].ref, bookings().back().id);
}

}  // namespace
}  // namespace chatika::assistant
