// P45, P48, P52, P54: what the law wants in each document of a case is there.
#include "privacy/documents_cases.hpp"

#include <gtest/gtest.h>

#include "privacy/documents_fixture_test.hpp"
#include "privacy/holdings.hpp"

namespace chatika::privacy {
namespace {

void has(const std::string& text, std::initializer_list<std::string> parts) {
  for (const auto& part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

// The text under the numbered heading `n`, until the next.
std::string section(const std::string& text, int n) {
  const auto from = text.find("\n## " + std::to_string(n) + ". ");
  EXPECT_NE(from, std::string::npos) << n;
  if (from == std::string::npos) return "";
  return text.substr(from, text.find("\n## ", from + 1) - from);
}

TEST(P45, the_access_answer_holds_every_item_of_article_14_part_7) {
  for (const bool clinic : {true, false}) {
    const auto details = sample_details(clinic);
    const auto reg = register_in_force(clinic);
    const auto facts = sample_access();
    const auto text = to_text(access_answer(details, reg, facts, "ru"));
    has(section(text, 1), {"обрабатывает персональные данные, относящиеся к вам"});
    // 2: bases and purposes of each datum held, as the register has them.
    const auto why = section(text, 2);
    for (const auto& datum : facts.data)
      for (const auto& item : reg.items)
        if (item.key == datum.item)
          for (const auto basis : kAllBases) {
            if (item.on(basis) == 0) continue;
            has(why, {std::string(item.name.ru) + " | " + std::string(words(basis).ru),
                      std::string(article(basis, Law::russia).ru)});
            for (const auto purpose : each(item.on(basis))) has(why, {std::string(words(purpose).ru)});
          }
    EXPECT_EQ(why.find("адрес электронной почты"), std::string::npos)
        << "nothing is said of what is not held";
    has(why, {facts.consents[0]});
    has(section(text, 3), {"автоматизированная", "сбор", "хранение", "уничтожение"});
    has(section(text, 4), {details.controller.name, details.controller.address, details.processor.name,
                           "ООО «Учёт»", "имя и телефон"});
    const auto data = section(text, 5);
    for (const auto& datum : facts.data) has(data, {datum.value});
    has(data, {"от вас, через чат на сайте"});
    const auto terms = section(text, 6);
    for (const auto& datum : facts.data)
      for (const auto& item : reg.items)
        if (item.key == datum.item)
          has(terms, {period(item.retention, reg.period_days(item.retention), "ru")});
    has(terms, {"п. 5 ч. 1 ст. 6 152-ФЗ", "до 26 ноября 2029 г."});
    has(section(text, 7),
        {"уточнить, заблокировать или уничтожить", "отозвать согласие", details.controller.email});
    has(section(text, 8), {"Не осуществлялась"});
    has(section(text, 9), {details.processor.name, details.processor.address});
    has(section(text, 10), {"ст. 18.1", clinic ? "2-му уровню" : "3-му уровню"});
    has(section(text, 11), {"автоматический ассистент", "Роскомнадзор", "суд"});
    has(text, {facts.request.number, facts.request.essence, facts.request.requester, "17 ноября 2026 г."});
  }
}

TEST(P45, who_is_not_known_gets_a_plain_no) {
  auto facts = sample_access();
  facts.held = false;
  const auto text = to_text(access_answer(sample_details(true), register_in_force(true), facts, "ru"));
  has(text, {"не обрабатываются", "Роскомнадзор"});
  EXPECT_EQ(text.find("+7 000"), std::string::npos);
}

TEST(P45, whose_data_were_destroyed_is_told_so_and_shown_no_empty_tables) {
  auto facts = sample_access();
  facts.data.clear();
  facts.holds.clear();
  facts.destroyed_at = parse_rfc3339("2026-11-24T09:00:00Z").value();
  const auto text = to_text(access_answer(sample_details(true), register_in_force(true), facts, "ru"));
  has(text, {"уничтожены 24 ноября 2026 г.", facts.consents[0], "Роскомнадзор"});
  EXPECT_EQ(text.find("обрабатывает персональные данные, относящиеся к вам"), std::string::npos);
  EXPECT_EQ(text.find("Содержание"), std::string::npos);
}

TEST(P48, every_refusal_and_answer_names_its_article_and_the_way_to_appeal) {
  for (const auto law : {Law::russia, Law::gdpr})
    for (const auto* language : {"ru", "en"}) {
      auto details = sample_details(true, language);
      details.law = law;
      const auto reg = register_in_force(true);
      const std::string authority = law == Law::gdpr   ? "77"
                                    : *language == 'e' ? "Roskomnadzor"
                                                       : "Роскомнадзоре";
      const std::string court = *language == 'e' ? "court" : "суд";
      for (int r = 0; r <= static_cast<int>(RefusalReason::accurate); ++r) {
        const auto reason = static_cast<RefusalReason>(r);
        const auto text = to_text(refusal(details, reg, {sample_request(), reason, "", {}}, language));
        has(text, {std::string(words(reason).in(language)), std::string(article(reason, law).in(language)),
                   authority, court});
      }
      for (int o = 0; o <= static_cast<int>(Outcome::no_data); ++o)
        has(to_text(request_answer(details, reg, {sample_request(), static_cast<Outcome>(o), "", {}, {}},
                                   language)),
            {authority, court});
    }
}

TEST(Extension, says_why_and_until_when) {
  const auto text = to_text(extension_notice(
      sample_details(true),
      {sample_request(), "Сведения в архиве.", kSampleTime, kSampleTime + std::chrono::days(7)}, "ru"));
  has(text,
      {"с 24 ноября 2026 г. до 1 декабря 2026 г.", "Сведения в архиве.", "пять рабочих дней", "ст. 20"});
}

TEST(P52, the_act_has_every_field_of_order_179) {
  const auto details = sample_details(true);
  const auto act = sample_destruction();
  ASSERT_TRUE(missing_in(act).empty());
  const auto paper = destruction_paper(details, register_in_force(true), act, "ru");
  const std::string categories = "фамилия, имя и отчество; номер телефона; текст сообщений в чате";
  has(to_text(paper),
      {act.operator_name, act.operator_address,                                // a
       details.processor.name, details.processor.address,                      // b
       act.subject,                                                            // c
       "Уничтожение назначил: Примеров П. П.", "уничтожил: Chatika", "_____",  // d: and a signature
       categories,                                                             // e
       "Информационная система: Chatika",                                      // g
       "уничтожение ключа шифрования",                                         // h
       "Причина уничтожения: согласие отозвано (ч. 5 ст. 21 152-ФЗ)",          // i
       "24 ноября 2026 г., 12:30 (UTC+3)", "№ 5", "три года", "ст. 29 402-ФЗ",
       act.subject + " | " + categories + " | Chatika | согласие отозвано"});  // item 4
  for (const auto* language : {"ru", "en"})
    for (const auto reason :
         {ErasureReason::withdrawn, ErasureReason::expired, ErasureReason::request, ErasureReason::unlawful})
      EXPECT_NE(words(reason).in(language).find(*language == 'e' ? "152-FZ art." : "152-ФЗ"),
                std::string::npos);
}

TEST(P52, every_category_that_an_act_can_name_has_words) {
  auto act = sample_destruction();
  act.categories = {"subject", "booking"};
  for (std::size_t i = 0; i < kFields; ++i) act.categories.push_back(field_key(static_cast<Field>(i)));
  for (const auto* language : {"ru", "en"}) {
    const auto text =
        to_text(destruction_paper(sample_details(true), register_in_force(true), act, language));
    for (const auto& key : act.categories)
      if (key.contains('.')) EXPECT_EQ(text.find(key), std::string::npos) << key;
    EXPECT_NE(text.find(*language == 'e' ? "bookings" : "записи на приём"), std::string::npos);
  }
}

TEST(P54, breach_notices_have_what_article_21_part_3_1_wants) {
  const auto details = sample_details(true);
  const auto reg = register_in_force(true);
  const auto facts = sample_breach();
  has(to_text(breach_notice_24h(details, reg, facts, "ru")),
      {details.controller.name, facts.what, facts.cause, facts.harm, facts.measures, facts.contact.name,
       facts.contact_phone, "24 ноября 2026 г., 12:30", "устанавливается", "номер телефона", facts.subjects,
       "24 часов"});
  has(to_text(breach_notice_72h(details, reg, facts, "ru")),
      {facts.inquiry, "не установлены", facts.notice_24, "72 часов", facts.measures});
}

}  // namespace
}  // namespace chatika::privacy
