// What visitors say about themselves: names, phones, addresses, yes and no.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "language/detect.hpp"
#include "language/email.hpp"
#include "language/person_name.hpp"
#include "language/phone.hpp"
#include "language/yes_no.hpp"

namespace chatika::language {
namespace {

TEST(PersonName, IsReadFromAnAnswer) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Анна", "Анна"},
      {"анна", "Анна"},
      {"Сергей Петрович Вешняков", "Сергей Петрович Вешняков"},
      {"меня зовут Анна", "Анна"},
      {"Меня зовут анна-мария.", "Анна-Мария"},
      {"это Сергей Петрович", "Сергей Петрович"},
      {"Иван, 8 912 345 67 89", "Иван"},
      {"ольга телефон 89123456789", "Ольга"},
      {"Здравствуйте, Ольга", "Ольга"},
      {"я Ольга", "Ольга"},
      {"my name is John Smith", "John Smith"},
      {"John O'Neil", "John O'Neil"},
      {"I'm Kate", "Kate"},
      {"ПЁТР", "Пётр"},
      {"Ёлка", "Ёлка"},
      {"мое имя: Лев", "Лев"},
      {"зовут Игорь", "Игорь"},
      {"да", ""},
      {"нет", ""},
      {"не скажу", ""},
      {"зачем вам?", ""},
      {"Анна?", ""},
      {"12345", ""},
      {"хочу записаться к врачу", ""},
      {"сколько стоит стрижка", ""},
      {"ааааа", ""},
      {"asdf", ""},
      {"прст", ""},
      {"завтра", ""},
      {"а зачем имя", ""},
      {"", ""},
      {"отмена", ""},
      {"не важно", ""},
      {"сука", ""},
      {"no", ""},
      {"why do you need it", ""},
      {"Анна хочет записаться к вам завтра", ""},
      {"никак", ""},
      {"ламинирование ресниц", ""},
      {"любой специалист", ""},
      {"маша 27 ноября", ""},
      {"☺", ""},
      {"можно без имени", ""}};
  for (const auto& [text, name] : cases)
    EXPECT_EQ(answered_name(text).value_or(PersonName{}).name, name) << text;
}

TEST(PersonName, IsVolunteeredOnlyWithAnIntroduction) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Здравствуйте, меня зовут Анна, хочу на стрижку", "Анна"},
      {"Добрый день! Это Сергей Петрович, можно записаться?", "Сергей Петрович"},
      {"my name is John Smith and I need a doctor", "John Smith"},
      {"меня зовут ольга", "Ольга"},
      {"меня анна зовут 89161234567", "Анна"},
      {"Меня Пётр Ильич зовут", "Пётр Ильич"},
      {"Call me Anna", "Anna"},
      {"Please call me back about the bill", ""},
      {"Call Me Back", ""},
      {"call me tomorrow, call me on Friday", ""},
      {"Call me Monday morning", ""},
      {"Анна", ""},
      {"это срочно", ""},
      {"я опаздываю", ""},
      {"это сколько стоит", ""},
      {"I'm late", ""},
      {"это Яблоневая улица?", ""},
      {"как меня зовут", ""}};
  for (const auto& [text, name] : cases)
    EXPECT_EQ(volunteered_name(text).value_or(PersonName{}).name, name) << text;
}

TEST(Phone, IsFoundInFreeText) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"8 912 345 67 89", "+79123456789"},
      {"мой +7(912)345-67-89 звоните", "+79123456789"},
      {"89123456789", "+79123456789"},
      {"9123456789", "+79123456789"},
      {"тел.: 7 912 345-67-89.", "+79123456789"},
      {"8-912-3456789", "+79123456789"},
      {"8 9 1 2 3 4 5 6 7 8 9", "+79123456789"},
      {"+44 20 7946 0958", "+442079460958"},
      {"8 (495) 123-45-67", "+74951234567"},
      {"+7 (000) 214-55-10", ""},
      {"12345", ""},
      {"2 500 рублей", ""},
      {"11111111111111111111", ""},
      {"15.03.2027 в 15:00", ""},
      {"", ""},
      {"8 912 345", ""}};
  for (const auto& [text, e164] : cases) {
    const auto found = find_phones(text);
    EXPECT_EQ(found.empty() ? "" : found[0].e164, e164) << text;
    if (!found.empty()) EXPECT_LE(found[0].span.end, text.size());
  }
  const std::string text = "Анна, 8 912 345 67 89 и 8 913 345 67 89";
  ASSERT_EQ(find_phones(text).size(), 2U);
  EXPECT_EQ(slice(text, find_phones(text)[0].span), "8 912 345 67 89");
  EXPECT_EQ(format_phone("+79123456789"), "+7 912 345-67-89");
  EXPECT_EQ(format_phone("нет"), "нет");
  EXPECT_TRUE(looks_like_phone("8 912 345 67"));
  EXPECT_FALSE(looks_like_phone("хочу 15 марта"));
}

TEST(Email, IsFoundConservatively) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"пишите на anna.k@Mail.Example, спасибо", "anna.k@mail.example"},
      {"a_b+c@x-y.example.", "a_b+c@x-y.example"},
      {"(ivan@pochta.example)", "ivan@pochta.example"},
      {"«ivan@pochta.example»", "ivan@pochta.example"},
      {"почта:i@b.io", "i@b.io"},
      {"@nick", ""},
      {"a@b", ""},
      {"a@@b.example", ""},
      {"a..b@c.example", ""},
      {"a@-c.example", ""},
      {"иван@почта.рф", ""},
      {"цена 5@ 7.50", ""},
      {"a@b.1", ""}};
  for (const auto& [text, address] : cases) {
    const auto found = find_emails(text);
    EXPECT_EQ(found.empty() ? "" : found[0].address, address) << text;
  }
}

TEST(YesNo, ReadsPlainAnswersOnly) {
  for (const std::string yes :
       {"да", "Да!", "ага", "давайте", "подтверждаю", "ок", "Всё верно", "да, все верно, спасибо", "конечно",
        "yes", "Yes please", "ok", "sure", "👍", "+", "да-да", "да, записывайте", "не против", "sounds good"})
    EXPECT_EQ(yes_no(yes), YesNo::yes) << yes;
  for (const std::string no :
       {"нет", "не надо", "отмена", "другое время", "Нет, спасибо", "да нет", "нет, давайте другое время",
        "no", "No, thanks", "не подходит", "неверно", "cancel", "don't", "передумала"})
    EXPECT_EQ(yes_no(no), YesNo::no) << no;
  for (const std::string neither :
       {"", "да?", "да, но в пятницу", "а сколько стоит", "да или нет", "да, в 15:00", "может быть",
        "я думаю что да но мне ещё надо спросить мужа", "хорошо а парковка есть", "Анна", "дай подумать",
        "нет ли у вас парковки"})
    EXPECT_EQ(yes_no(neither), YesNo::neither) << neither;
}

TEST(Detect, TellsTheLanguageOfAMessage) {
  EXPECT_EQ(detect("сколько стоит?", "en"), "ru");
  EXPECT_EQ(detect("how much is it", "ru"), "en");
  EXPECT_EQ(detect("хочу Shellac в Beauty Room", "en"), "ru");
  EXPECT_EQ(detect("8 912 345", "ru"), "ru");
  EXPECT_EQ(detect("ok", "ru"), "ru");
  EXPECT_EQ(detect("anna@mail.example", "ru"), "ru");
  EXPECT_EQ(detect("", "en"), "en");
}

}  // namespace
}  // namespace chatika::language
