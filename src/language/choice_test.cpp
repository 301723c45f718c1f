#include "language/choice.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chatika::language {
namespace {

const std::vector<Named> kPeople = {{"Анна Сергеевна Лебедева", {}},
                                    {"Пётр Ильич Орлов", {}},
                                    {"Анна Павловна Журавская", {}},
                                    {"Вера Юрьевна Луговая", {}},
                                    {"Глеб Андреевич Зимин", {}}};
const std::vector<Named> kSalon = {{"Женская стрижка", {"подстричься"}},
                                   {"Мужская стрижка", {}},
                                   {"Детская стрижка", {}},
                                   {"Маникюр с покрытием", {"гель-лак", "маникюр", "ногти"}},
                                   {"Окрашивание в один тон", {"покрасить волосы", "окрашивание"}},
                                   {"Вечерний макияж", {"макияж"}}};
const std::vector<Named> kClinic = {{"Приём терапевта", {"терапевт", "простуда"}},
                                    {"Приём кардиолога", {"кардиолог", "сердце"}},
                                    {"УЗИ брюшной полости", {"узи"}},
                                    {"Вакцинация", {"прививка", "сделать прививку"}},
                                    {"Профессиональная чистка зубов", {"чистка"}}};
const std::vector<Named> kEnglish = {{"GP appointment", {"doctor", "general practitioner"}},
                                     {"Professional teeth cleaning", {"scaling"}},
                                     {"Tooth filling", {"cavity"}}};

struct Case {
  const std::vector<Named>* list;
  std::string text;
  std::string first;  // "" none, "?" ambiguous
};

TEST(Choice, FindsWhatATextSpeaksOf) {
  const std::vector<Case> cases = {
      {&kPeople, "к Лебедевой", "Анна Сергеевна Лебедева"},
      {&kPeople, "хочу к Анне Сергеевне", "Анна Сергеевна Лебедева"},
      {&kPeople, "у доктора Орлова есть время?", "Пётр Ильич Орлов"},
      {&kPeople, "к орлову петру", "Пётр Ильич Орлов"},
      {&kPeople, "запишите к журавской", "Анна Павловна Журавская"},
      {&kPeople, "к Луговой", "Вера Юрьевна Луговая"},
      {&kPeople, "к Зимину можно?", "Глеб Андреевич Зимин"},
      {&kPeople, "к Лебидевой", "Анна Сергеевна Лебедева"},
      {&kPeople, "к Анне", "?"},
      {&kPeople, "к Кузнецовой", ""},
      {&kPeople, "всё равно", ""},
      {&kSalon, "хочу женскую стрижку", "Женская стрижка"},
      {&kSalon, "стрижка", "?"},
      {&kSalon, "муж. не знаю, мужскую стрижку", "Мужская стрижка"},
      {&kSalon, "на маникюр", "Маникюр с покрытием"},
      {&kSalon, "манекюр", "Маникюр с покрытием"},
      {&kSalon, "окрашивания", "Окрашивание в один тон"},
      {&kSalon, "сделать макияж вечером", "Вечерний макияж"},
      {&kSalon, "татуировка", ""},
      {&kClinic, "запишите к терапевту", "Приём терапевта"},
      {&kClinic, "на приём к кардиологу", "Приём кардиолога"},
      {&kClinic, "кардеолог", "Приём кардиолога"},
      {&kClinic, "сделать узи", "УЗИ брюшной полости"},
      {&kClinic, "на приём", ""},
      {&kClinic, "почистить зубы, профессиональная чистка", "Профессиональная чистка зубов"},
      {&kEnglish, "I need a teeth cleaning", "Professional teeth cleaning"},
      {&kEnglish, "a filling please", "Tooth filling"},
      {&kEnglish, "botox for my dog", ""},
  };
  for (const Case& c : cases) {
    const auto matches = match_choices(c.text, *c.list);
    if (c.first.empty()) {
      EXPECT_TRUE(matches.empty()) << c.text << " -> "
                                   << (*c.list)[matches.empty() ? 0 : matches[0].index].name << " "
                                   << (matches.empty() ? 0 : matches[0].score);
    } else if (c.first == "?") {
      EXPECT_TRUE(ambiguous(matches)) << c.text;
    } else {
      ASSERT_FALSE(matches.empty()) << c.text;
      EXPECT_EQ((*c.list)[matches[0].index].name, c.first) << c.text;
      EXPECT_FALSE(ambiguous(matches)) << c.text;
    }
  }
}

TEST(Choice, AFullNameBeatsAnAliasOfGenericWords) {
  const std::vector<Named> dental = {{"Осмотр стоматолога", {"посмотреть зубы", "болит зуб"}},
                                     {"Чистка зубов", {"почистить зубы"}},
                                     {"Лечение кариеса", {"вылечить зуб"}}};
  const auto matches = match_choices("запишите на чистку зубов", dental);
  ASSERT_GE(matches.size(), 2U);
  EXPECT_EQ(matches[0].index, 1U);
  EXPECT_FALSE(ambiguous(matches));
}

TEST(Choice, AWholeNameScoresOne) {
  EXPECT_DOUBLE_EQ(match_choices("мужская стрижка", kSalon).at(0).score, 1);
  EXPECT_TRUE(match_choices("", kSalon).empty());
  EXPECT_TRUE(match_choices("стрижка", {}).empty());
}

}  // namespace
}  // namespace chatika::language
