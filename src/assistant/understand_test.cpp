#include "assistant/understand.hpp"

#include <gtest/gtest.h>

#include "assistant/fixture_test.hpp"

namespace chatika::assistant {
namespace {

// What was understood, by name, so that a table says all that matters of a message.
std::string flags(const Understanding& u) {
  std::string out;
  const auto add = [&](bool set, const char* word) {
    if (set) out += (out.empty() ? "" : " ") + std::string(word);
  };
  add(u.emergency, "emergency");
  add(u.wants_human, "human");
  add(u.asks_bot, "bot");
  add(u.wants_callback, "callback");
  add(u.books, "books");
  add(u.wants_booking && !u.books, "booking");
  add(u.manages, "manages");
  add(u.cancels, "cancels");
  add(u.other_time, "other_time");
  add(u.soonest, "soonest");
  add(u.any, "any");
  add(u.greets, "greets");
  add(u.farewell, "farewell");
  add(u.thanks, "thanks");
  add(u.asks_price, "price");
  add(u.asks_fact && !u.asks_price, "fact");
  add(u.asks_services, "services");
  add(u.asks_staff, "staff");
  add(u.question, "question");
  add(u.symptoms, "symptoms");
  add(u.own_data, "own_data");
  add(u.wordless, "wordless");
  return out;
}

struct Case {
  const char* text;
  const char* flags;
};

class Understand : public ::testing::Test {
 protected:
  Understanding of(std::string_view text, std::string_view language = "ru") const {
    return understand(text, offerings, noon, language);
  }
  const Offerings offerings{clinic_catalog()};
  const std::chrono::local_seconds noon{std::chrono::local_days(std::chrono::year(2026) / 11 / 23) +
                                        std::chrono::hours(12)};
};

// Words of the visitor's own data, and what only sounds like them.
TEST_F(Understand, own_data) {
  constexpr const char* kOwn[] = {
      "удалите мои данные", "удали все данные обо мне", "сотрите переписку", "кто увидит мою переписку", "а кто видит что я пишу",
      "вы передаете мои данные кому нибудь?", "я боюсь что вы продадите мой номер", "отзываю согласие", "хочу отозвать согласие",
      "какие данные обо мне у вас есть", "уберите мой номер из базы", "больше не звоните мне", "у вас есть политика конфиденциальности?",
      "передадите данные третьим лицам?", "do you sell my phone number?", "who can read this chat?", "delete my data please",
      "what do you know about me", "i want to withdraw my consent", "is there a privacy policy", "please don't call me anymore"};
  constexpr const char* kOther[] = {
      "запишите мои данные: Анна, 89123456789", "удалить зуб мудрости", "сколько стоит удаление зуба", "удалите мою запись",
      "мой номер 89123456789", "когда будут данные анализов", "кто принимает в субботу", "пишите мне на anna@example.com",
      "можно удалить родинку", "удаление чего вы делаете", "передайте врачу что я опоздаю", "delete my appointment", "my number is wrong"};
  for (const auto* text : kOwn) EXPECT_TRUE(of(text).own_data) << text;
  for (const auto* text : kOther) EXPECT_FALSE(of(text).own_data) << text;
}

TEST_F(Understand, intents_in_russian) {
  constexpr Case kCases[] = {
      {"позовите человека", "human"},
      {"человек!!!", "human"},
      {"хочу поговорить с администратором", "human"},
      {"соедините с оператором", "human"},
      {"хочу пожаловаться на врача", "human"},
      {"человеческая кожа", ""},
      {"сколько человек в очереди", "question"},
      {"вы человек или бот?", "bot question"},
      {"перезвоните мне пожалуйста", "callback"},
      {"закажу обратный звонок", "callback"},
      {"сколько ждать перезвона", "question"},
      {"вы мне так и не перезвонили", "human"},
      {"запиши к зубному завтра в пол 3", "books"},
      {"хочу на чистку", "books"},
      {"и еще запишите на чистку", "books"},
      {"как записаться", "books"},
      {"окошко на чистку есть сегодня?", "booking"},
      {"можно завтра к стоматологу?", "booking"},
      {"хочу почистить зубы", "booking"},
      {"чистка завтра", "booking"},
      {"есть запись на завтра?", "books"},
      {"а к Лебедевой в пятницу после 6", "booking"},
      {"сколько длится запись экг", "fact question"},
      {"запись на экг платная? сколько стоит", "price question"},
      {"нужно ли записываться на анализы", "fact question"},
      {"хочу узнать про чистку зубов", ""},
      {"можно есть перед чисткой?", "question"},
      {"скок стоит чистка", "price question"},
      {"почем чистка", "price"},
      {"сколько стоит чистка и запишите на завтра", "books price question"},
      {"где вы находитесь", "fact question"},
      {"хочу отменить запись", "manages cancels"},
      {"перенести запись можно?", "manages question"},
      {"отмена", "cancels"},
      {"я передумала", "cancels"},
      {"не хочу записываться, просто спросить", "cancels"},
      {"давайте в другой день", "other_time"},
      {"не подходит", "other_time"},
      {"самое раннее что есть", "soonest"},
      {"к любому", "any"},
      {"без разницы", "any"},
      {"добрый день!", "greets"},
      {"алло вы тут?", "greets question"},
      {"до свидания", "farewell"},
      {"спасибо большое", "thanks"},
      {"спасибо, а где парковка?", "fact question"},
      {"какие у вас услуги", "services question"},
      {"какие у вас врачи", "staff question"},
      {"кто принимает в воскресенье", "question"},
      {"муж потерял сознание", "emergency"},
      {"у мамы инсульт", "emergency"},
      {"реабилитация после инсульта", ""},
      {"болит зуб", "symptoms"},
      {"😀👍", "wordless"},
      {"???", "question wordless"},
      {"", "wordless"},
  };
  for (const auto& c : kCases) EXPECT_EQ(flags(of(c.text)), c.flags) << c.text;
}

TEST_F(Understand, intents_in_english) {
  constexpr Case kCases[] = {
      {"can I talk to a person please", "human"},
      {"human hair extensions", ""},
      {"are you a human?", "bot question"},
      {"call me back", "callback"},
      {"I'd like to see a dentist tomorrow at 3", "books"},
      {"book a cleaning", "books"},
      {"can I come to the dentist tomorrow?", "booking"},
      {"do I need an appointment for tests?", "books"},
      {"how much is a cleaning", "price question"},
      {"cancel my appointment", "manages cancels"},
      {"never mind", "cancels"},
      {"another day please", "other_time"},
      {"as soon as possible", "soonest"},
      {"anyone is fine", "any"},
      {"hello", "greets"},
      {"goodbye", "farewell"},
      {"thanks a lot", "thanks"},
      {"what services do you have", "services question"},
      {"I have chest pain", "emergency symptoms"},
      {"my tooth hurts", "symptoms"},
  };
  for (const auto& c : kCases) {
    const auto u = of(c.text, "en");
    EXPECT_EQ(flags(u), c.flags) << c.text;
    EXPECT_EQ(u.language, "en") << c.text;
  }
}

TEST_F(Understand, services_and_specialists_by_their_names_with_typos_and_endings) {
  const auto service = [&](const char* text) {
    const auto u = of(text);
    return u.services.empty() ? std::string("none")
                              : offerings.catalog.services[u.services.front().index].name_en;
  };
  EXPECT_EQ(service("к стаматологу бы"), "Dental check-up");
  EXPECT_EQ(service("кардеолог"), "Cardiologist appointment");
  EXPECT_EQ(service("женскую стрижку"), "Women's haircut");
  EXPECT_EQ(service("cleaning please"), "Teeth cleaning");
  EXPECT_EQ(service("погода сегодня"), "none");
  EXPECT_TRUE(language::ambiguous(of("хочу постричься сегодня вечером").services));
  const auto person = [&](const char* text) {
    const auto u = of(text);
    return u.specialists.empty() ? std::string("none")
                                 : offerings.catalog.specialists[u.specialists.front().index].name_en;
  };
  EXPECT_EQ(person("а можно к лебедевой"), "Anna Lebedeva");
  EXPECT_EQ(person("у доктора Орлова"), "Boris Orlov");
  EXPECT_EQ(person("завтра утром"), "none");
}

TEST_F(Understand, a_time_does_not_name_a_service) {
  booking::Catalog salon;
  for (const auto* name : {"Стрижка", "Вечерний макияж"})
    salon.services.push_back({.id = ServiceId::fresh(), .name_ru = name, .name_en = name});
  const auto u = understand("стрижка сегодня вечером", Offerings(salon), noon, "ru");
  ASSERT_EQ(u.services.size(), 1U);
  EXPECT_EQ(u.services.front().index, 0U);
}

TEST_F(Understand, contacts_and_names) {
  const auto both = of("анна 89123456789");
  EXPECT_EQ(both.phone, "+79123456789");
  EXPECT_EQ(both.answered_name, "Анна");
  EXPECT_FALSE(both.volunteered_name);
  EXPECT_EQ(of("меня зовут Пётр Ильич").volunteered_name, "Пётр Ильич");
  EXPECT_EQ(of("мой адрес ivan@example.org").email, "ivan@example.org");
  EXPECT_TRUE(of("12345").phone_attempt);
  EXPECT_TRUE(of("8 912 345").phone_attempt);
  EXPECT_FALSE(of("завтра в 15:30").phone_attempt);
  EXPECT_FALSE(of("не скажу").phone_attempt);
  EXPECT_FALSE(of("не скажу").answered_name);
}

TEST_F(Understand, a_very_long_message_is_read_within_bounds) {
  std::string text;
  for (int n = 0; n < 800; ++n) text += "слово ";
  const auto u = of(text + "запишите");
  EXPECT_EQ(u.yes_no, language::YesNo::neither);
  EXPECT_TRUE(u.books) << "4000 characters are read to the end";
}

}  // namespace
}  // namespace chatika::assistant
