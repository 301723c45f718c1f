#include "api/my_looks.hpp"

#include <gtest/gtest.h>

#include "api/subject_paper.hpp"

namespace chatika::api {
namespace {

privacy::AuditView row(std::string actor, std::string operation, std::vector<std::string> read,
                       std::vector<std::string> purposes) {
  privacy::AuditView out;
  out.actor = std::move(actor);
  out.actor_name = "Нина Тополева";
  out.operation = std::move(operation);
  out.read = std::move(read);
  out.purposes = std::move(purposes);
  return out;
}
const std::string kEmployee = "employee:01939f3c-aaaa-7000-8000-000000000000";

TEST(MyLooks, tell_role_and_purpose_in_words_and_never_a_name) {
  const auto looks = my_looks({row(kEmployee, "conversation.get",
                                   {"visitor.name_box", "message.body_box", "employee.name_box"}, {"lead"}),
                               row(kEmployee, "privacy.subject", {"visitor.phone_box"}, {"subject_request"}),
                               row("system", "message.receive", {"message.body_box"}, {"answering"})},
                              "ru");
  ASSERT_EQ(looks.items.size(), 3U);
  EXPECT_EQ(looks.items[0].who, "Сотрудник");
  EXPECT_EQ(looks.items[0].what, "имя, сообщения");
  EXPECT_FALSE(looks.items[0].why.empty());
  EXPECT_EQ(looks.items[1].who, "Ответственный за персональные данные");
  EXPECT_EQ(looks.items[2].who, "Программа");
  for (const auto& look : looks.items)
    for (const auto& text : {look.who, look.what, look.why})
      EXPECT_EQ(text.find("Тополева"), std::string::npos) << text;
}

TEST(MyLooks, count_the_same_one_after_another_and_leave_out_what_touched_nothing) {
  const auto list = row(kEmployee, "conversations.list", {"visitor.name_box"}, {"lead"});
  const auto looks = my_looks({list, list, row(kEmployee, "panel.open", {}, {}), list,
                               row("system", "x", {"message.body_box"}, {}), list},
                              "en");
  ASSERT_EQ(looks.items.size(), 3U);
  EXPECT_EQ(looks.items[0].times, 3);
  EXPECT_EQ(looks.items[0].what, "name");
  EXPECT_EQ(looks.items[2].times, 1);
}

TEST(MyLooks, are_no_more_than_fit) {
  std::vector<privacy::AuditView> views;
  for (int i = 0; i < 100; ++i)
    views.push_back(row(kEmployee, "x", {i % 2 ? "visitor.name_box" : "visitor.phone_box"}, {}));
  EXPECT_EQ(my_looks(views, "ru").items.size(), kLooksShown);
}

TEST(SubjectPaper, has_what_is_held_by_the_clock_of_the_business) {
  privacy::SubjectFile file;
  file.subject.name = "Ксения Лугова";
  file.subject.first_at = *parse_rfc3339("2026-11-24T22:30:00Z");
  file.fields.push_back({.key = "visitor.phone",
                         .row = {},
                         .value = "+79123456789",
                         .purposes = {"callback"},
                         .bases = {},
                         .retention = {},
                         .until = {},
                         .recipients = {}});
  file.messages.push_back({.id = {},
                           .conversation = {},
                           .at = file.subject.first_at.value(),
                           .from = "visitor",
                           .text = "перезвоните"});
  file.more_messages = true;
  const PaperOptions options{.language = "ru", .zone = "Europe/Moscow", .at = file.subject.first_at.value()};
  const auto text = document::to_text(subject_paper(file, options));
  for (const auto* part :
       {"Ксения Лугова", "25.11.2026 01:30", "+79123456789", "перезвоните", "посетитель", "не вся переписка"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  EXPECT_EQ(text.find("visitor.phone"), std::string::npos) << text;
  EXPECT_TRUE(
      document::check(subject_paper(file, {.language = "en", .zone = "Europe/Moscow", .at = options.at}))
          .has_value());
}

}  // namespace
}  // namespace chatika::api
