// Conversations over a real business on both engines: booking from the first wish to the yes.
#include <gmock/gmock.h>

#include "assistant/fixture_test.hpp"

namespace chatika::assistant {
namespace {

using booking::BookingStatus;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class DialogueTest : public AssistantFixture {
 protected:
  // The only booking of the conversation that is not cancelled.
  booking::Booking live() {
    std::vector<booking::Booking> out;
    for (auto& b : bookings())
      if (b.status != BookingStatus::cancelled) out.push_back(b);
    EXPECT_EQ(out.size(), 1U);
    return out.empty() ? booking::Booking{} : out.front();
  }
  std::size_t live_count() {
    const auto all = bookings();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const auto& b) { return b.status != BookingStatus::cancelled; }));
  }
  std::string starts() { return to_rfc3339(live().starts_at); }
  // Up to the question for the name, Tuesday 10:00.
  void hold_cardiologist() { ASSERT_THAT(say("к кардиологу завтра в 10"), HasSubstr("Как вас зовут?")); }
  void reach_confirmation() {
    hold_cardiologist();
    say("Анна");
    ASSERT_THAT(say("89123456789"), HasSubstr("Всё верно?"));
  }
};
CHATIKA_BOTH_DATABASES(DialogueTest);

TEST_P(DialogueTest, booking_by_typing) {
  EXPECT_EQ(say("запиши к зубному завтра в пол 3"), "К кому записать?");
  EXPECT_EQ(
      say("без разницы"),
      "Осмотр стоматолога, во вторник, 24 ноября, в 14:30. Это время держу за вами 10 минут. Как вас зовут?");
  EXPECT_EQ(last.ask, inbox::Ask::name);
  EXPECT_EQ(live().status, BookingStatus::held);
  EXPECT_THAT(say("анна"), StartsWith("Какой у вас телефон?"));
  EXPECT_EQ(last.ask, inbox::Ask::phone);
  const auto check = say("89123456789");
  EXPECT_THAT(check, HasSubstr("Осмотр стоматолога\n"));
  EXPECT_THAT(check, HasSubstr("во вторник, 24 ноября, в 14:30\nАнна, +7 912 345-67-89\nВсё верно?"));
  EXPECT_EQ(last.booking->status, inbox::CardStatus::held);
  EXPECT_EQ(live().status, BookingStatus::held) << "nothing is booked without the yes";
  const auto done = say("ладно давайте");
  EXPECT_EQ(live().status, BookingStatus::confirmed);
  EXPECT_EQ(done,
            "Готово, вы записаны во вторник, 24 ноября, в 14:30. Номер записи — " + live().reference + ".");
  EXPECT_EQ(starts(), "2026-11-24T11:30:00Z");
  EXPECT_EQ(contact().name, "Анна");
}

TEST_P(DialogueTest, booking_by_choices) {
  choose_id("book");
  EXPECT_EQ(last.text, "На что вас записать?");
  EXPECT_EQ(last.choices.size(), catalog.services.size());
  choose("Чистка зубов");
  EXPECT_EQ(last.choices.size(), 3U);
  choose("Борис Ильич");
  EXPECT_EQ(last.days.size(), 7U);
  choose("13:15");
  say("Анна 89123456789");
  EXPECT_TRUE(offers("Другое время"));
  choose("Да, записать");
  EXPECT_EQ(live().status, BookingStatus::confirmed);
  EXPECT_EQ(live().specialist, catalog.specialists[1].id);
  EXPECT_EQ(starts(), "2026-11-23T10:15:00Z");
}

TEST_P(DialogueTest, what_was_said_at_once_is_not_asked_again) {
  EXPECT_EQ(say("Меня зовут Олег, 8 912 345-67-89, запишите на чистку к Орлову в пятницу в 11:00"),
            "Проверьте, пожалуйста:\nЧистка зубов\nБорис Ильич Орлов\nв пятницу, 27 ноября, в 11:00\nОлег, "
            "+7 912 345-67-89\nВсё верно?");
}

TEST_P(DialogueTest, a_specialist_alone_is_asked_for_the_service_and_stays_chosen) {
  say("а можно к лебедевой в пт после 16");
  EXPECT_EQ(last.text, "На что вас записать?");
  EXPECT_EQ(last.choices.size(), 4U) << "only what she does";
  EXPECT_THAT(say("чистка"), StartsWith("Чистка зубов. Выберите"));
  ASSERT_EQ(last.days.size(), 1U);
  EXPECT_EQ(last.days[0].date, "2026-11-27");
  EXPECT_EQ(last.days[0].times.front().label, "16:00");
  choose("16:00");
  EXPECT_EQ(live().specialist, catalog.specialists[0].id);
}

TEST_P(DialogueTest, a_specialist_who_does_not_do_the_service_is_said_so) {
  EXPECT_THAT(say("запишите к Гусевой на чистку"), StartsWith("Эту услугу оказывает не Вера Юрьевна Гусева"));
  EXPECT_THAT(last.text, HasSubstr("К кому записать?"));
}

TEST_P(DialogueTest, like_services_are_asked_about) {
  EXPECT_EQ(say("хочу постричься"), "Уточните, пожалуйста, что именно:");
  EXPECT_EQ(last.choices.size(), 2U);
  EXPECT_THAT(say("женская"), StartsWith("Женская стрижка."));
}

TEST_P(DialogueTest, a_day_without_free_time_is_named) {
  EXPECT_EQ(say("кардиолог в субботу"), "Свободного времени в субботу, 28 ноября, нет. Ближайшее:");
  EXPECT_EQ(last.days.front().date, "2026-11-30");
  EXPECT_EQ(say("завтра в 20:00"), "Время 20:00 во вторник, 24 ноября, недоступно. Вот что свободно:");
  EXPECT_EQ(last.days.front().date, "2026-11-24");
  EXPECT_THAT(say("1 марта"), StartsWith("Записаться можно не больше чем на 60 дней вперёд."));
  EXPECT_FALSE(last.days.empty());
}

TEST_P(DialogueTest, the_soonest_is_held_at_once) {
  EXPECT_THAT(say("на чистку как можно раньше"), HasSubstr("в понедельник, 23 ноября, в 12:30"));
}

TEST_P(DialogueTest, a_change_of_mind_moves_the_held_time) {
  hold_cardiologist();
  EXPECT_THAT(say("а нет, на 11"), HasSubstr("во вторник, 24 ноября, в 11:00"));
  EXPECT_EQ(starts(), "2026-11-24T08:00:00Z");
  say("Анна");
  say("89123456789");
  EXPECT_THAT(say("а можно в среду?"), StartsWith("Приём кардиолога. Выберите"));
  EXPECT_EQ(live_count(), 0U) << "the held time was given back";
  EXPECT_THAT(say("в 9"), HasSubstr("в среду, 25 ноября, в 09:00"));
  EXPECT_EQ(say("лучше чистку"), "К кому записать?");
  EXPECT_EQ(live_count(), 0U);
  EXPECT_THAT(say("к Орлову"), HasSubstr("в среду, 25 ноября, в 09:00\nАнна")) << "day and time stay";
}

TEST_P(DialogueTest, other_time_keeps_the_service) {
  reach_confirmation();
  EXPECT_EQ(say("нет"), "Хорошо, не записываю. Подобрать другое время?");
  EXPECT_EQ(live_count(), 0U);
  EXPECT_THAT(say("да"), Not(HasSubstr("На что вас записать?")));
  EXPECT_FALSE(last.days.empty());
  choose("10:00");
  EXPECT_THAT(say("другой день"), StartsWith("Приём кардиолога. Выберите"));
  EXPECT_EQ(live_count(), 0U);
  choose("10:00");
  choose("Другое время");
  EXPECT_EQ(live_count(), 0U);
  EXPECT_FALSE(last.days.empty());
}

TEST_P(DialogueTest, a_question_is_answered_and_the_booking_goes_on) {
  hold_cardiologist();
  EXPECT_EQ(say("а парковка у вас есть?"),
            "У клиники есть бесплатная парковка на 12 машин. Въезд на парковку со двора.\nНапишите, "
            "пожалуйста, имя: как к вам обращаться?");
  EXPECT_EQ(result.messages[1].sources.size(), 1U);
  EXPECT_EQ(last.ask, inbox::Ask::name);
  say("Анна");
  EXPECT_THAT(say("сколько стоит чистка?"), StartsWith("Чистка зубов — 5\u00A0500\u00A0₽, 60\u00A0минут."));
  EXPECT_EQ(live().service, catalog.services[2].id) << "asking is not choosing";
  EXPECT_EQ(last.ask, inbox::Ask::phone);
  say("89123456789");
  EXPECT_THAT(say("где парковка?"), HasSubstr("Всё верно?"));
  EXPECT_EQ(say("да").substr(0, 12), "Готово");
}

TEST_P(DialogueTest, can_be_given_up_at_every_step) {
  const std::vector<std::vector<const char*>> ways = {
      {"хочу записаться"},
      {"хочу на чистку"},
      {"хочу к кардиологу"},
      {"к кардиологу завтра в 10"},
      {"к кардиологу завтра в 10", "Анна"},
      {"к кардиологу завтра в 10", "Анна", "89123456789"},
  };
  for (const auto& way : ways) {
    guest = arrive();
    for (const auto* line : way) say(line);
    EXPECT_EQ(say("отмена"), "Хорошо, отменяем. Чем ещё помочь?") << way.back();
    EXPECT_EQ(live_count(), 0U) << way.back();
    EXPECT_EQ(say("да"), "Пожалуйста! Если появятся вопросы — пишите.") << "nothing is under way";
  }
}

TEST_P(DialogueTest, a_question_put_in_vain_changes_and_then_offers_a_person) {
  say("хочу записаться");
  const auto second = say("эээ даже так");
  EXPECT_THAT(second, StartsWith("Выберите, пожалуйста, услугу"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  const auto third = say("ну такое");
  EXPECT_NE(third, second);
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_TRUE(offers("Перезвоните мне"));
  EXPECT_THAT(say("к кардиологу"), StartsWith("Приём кардиолога.")) << "and still goes on";
}

TEST_P(DialogueTest, times_shown_again_say_something_new) {
  say("к кардиологу");
  EXPECT_THAT(say("хм"), StartsWith("Выберите, пожалуйста, время или напишите"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_THAT(say("ну хз"), StartsWith("Если ничего не подходит"));
  EXPECT_FALSE(last.days.empty());
}

TEST_P(DialogueTest, a_phone_that_is_none_is_refused_three_ways) {
  hold_cardiologist();
  say("Анна");
  EXPECT_THAT(say("8 912 345"), StartsWith("Не похоже на номер телефона."));
  EXPECT_THAT(say("12345"), StartsWith("Это не похоже на номер телефона. Проверьте цифры"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_THAT(say("не скажу"), StartsWith("Без номера"));
  EXPECT_FALSE(contact().phone);
  EXPECT_THAT(say("8 (912) 345 67 89"), HasSubstr("Всё верно?"));
}

TEST_P(DialogueTest, a_name_refused) {
  hold_cardiologist();
  EXPECT_THAT(say("не скажу"), StartsWith("Напишите, пожалуйста, имя"));
  EXPECT_THAT(say("зачем вам мое имя"), StartsWith("Без имени записать не получится."));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_FALSE(contact().name);
  EXPECT_EQ(live_count(), 1U) << "the time is still held";
  EXPECT_THAT(say("Вера"), StartsWith("Какой у вас телефон?")) << "a name, though a specialist has it too";
  EXPECT_EQ(contact().name, "Вера");
}

TEST_P(DialogueTest, somebody_was_faster) {
  say("к кардиологу завтра утром");
  const auto wish = last;
  const auto me = guest;
  guest = arrive();
  hold_cardiologist();
  guest = me;
  last = wish;
  EXPECT_EQ(choose("10:00"), "Это время только что заняли. Выберите другое:");
  for (const auto& time : last.days.front().times) EXPECT_NE(time.label, "10:00");
  EXPECT_EQ(live_count(), 0U);
  choose("11:00");
  EXPECT_EQ(live_count(), 1U);
}

TEST_P(DialogueTest, a_hold_that_ran_out_is_not_booked) {
  reach_confirmation();
  now += booking::kHold + Micros(1);
  EXPECT_THAT(say("да"), StartsWith("10 минут прошли"));
  EXPECT_EQ(live_count(), 0U);
  choose("10:00");
  EXPECT_THAT(last.text, HasSubstr("Всё верно?")) << "name and number are known";
  say("да");
  EXPECT_EQ(live().status, BookingStatus::confirmed);
}

TEST_P(DialogueTest, after_a_booking_questions_are_about_it) {
  reach_confirmation();
  say("да");
  EXPECT_THAT(say("а как подготовиться?"), StartsWith("К приёму кардиолога подготовка не нужна."));
  EXPECT_EQ(say("спасибо!"), "Пожалуйста! Если появятся вопросы — пишите.");
  EXPECT_THAT(say("отменить запись"), HasSubstr("поможет сотрудник"));
  EXPECT_TRUE(offers("Позвать сотрудника"));
  EXPECT_EQ(live().status, BookingStatus::confirmed);
}

TEST_P(DialogueTest, an_answer_and_a_booking_in_one_message) {
  const auto both = say("сколько стоит чистка и запишите на завтра");
  EXPECT_EQ(both, "Чистка зубов — 5\u00A0500\u00A0₽, 60\u00A0минут.\nК кому записать?");
  EXPECT_TRUE(result.messages[1].choices.empty());
  say("к любому");
  EXPECT_EQ(last.days.front().date, "2026-11-24");
}

TEST_P(DialogueTest, what_was_spoken_of_is_booked) {
  EXPECT_THAT(say("почем чистка"), StartsWith("Чистка зубов — "));
  EXPECT_EQ(say("запишите"), "К кому записать?");
  guest = arrive();
  say("почем чистка");
  EXPECT_EQ(choose("Записаться"), "К кому записать?");
}

TEST_P(DialogueTest, a_specialist_of_what_was_spoken_of_is_not_asked_for_the_service) {
  say("почем чистка");
  EXPECT_THAT(say("к Орлову"), StartsWith("Чистка зубов. Выберите"));
  guest = arrive();
  say("почем чистка");
  EXPECT_THAT(say("к Гусевой"), StartsWith("Приём кардиолога. Выберите")) << "she does not clean teeth";
}

TEST_P(DialogueTest, a_day_after_an_answer_is_a_wish_to_come) {
  say("почем чистка");
  EXPECT_EQ(say("на послезавтра в 9 утра"), "К кому записать?");
  EXPECT_THAT(say("лучше в пятницу"), StartsWith("Чистка зубов. Выберите"))
      << "who answers with a day does not mind who";
  EXPECT_EQ(last.days.front().date, "2026-11-27");
}

TEST_P(DialogueTest, a_time_may_be_looked_for_after_all) {
  reach_confirmation();
  say("отмена");
  EXPECT_THAT(say("давайте другое время"), StartsWith("Приём кардиолога. Выберите"));
}

TEST_P(DialogueTest, a_day_instead_of_the_service_is_kept_and_the_question_changes) {
  const auto first = say("к Лебедевой");
  const auto second = say("завтра");
  const auto third = say("нет, в среду");
  EXPECT_NE(first, second);
  EXPECT_NE(second, third);
  EXPECT_THAT(say("чистка"), StartsWith("Чистка зубов. Выберите"));
  EXPECT_EQ(last.days.front().date, "2026-11-25");
}

TEST_P(DialogueTest, an_earlier_time_is_looked_for) {
  reach_confirmation();
  EXPECT_THAT(say("а можно пораньше?"), StartsWith("Приём кардиолога. Выберите"));
}

TEST_P(DialogueTest, two_languages) {
  EXPECT_EQ(say("хочу на чистку"), "К кому записать?");
  EXPECT_THAT(say("anyone who is free please"), StartsWith("Teeth cleaning. Choose"));
  EXPECT_THAT(say("tomorrow at 10:00"), HasSubstr("on Tuesday, 24 November at 10:00"));
  EXPECT_THAT(say("меня зовут Анна"), StartsWith("Какой у вас телефон?"));
}

}  // namespace
}  // namespace chatika::assistant
