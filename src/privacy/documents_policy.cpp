// What visitors read: the public policy, the consent as a document of its own, the health consent of clinics.
#include <fmt/format.h>

#include <algorithm>

#include "privacy/consent.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy::parts {
namespace {

using document::Document;
using document::Style;

void who(Draft& draft, const Details& details) {
  draft.heading({"Кто отвечает за данные", "Who is responsible for the data"});
  auto rows = party_pairs(details.controller, {"Оператор", "Controller"}, draft.language());
  if (!details.officer.empty())
    rows.push_back(
        {draft.in({"Ответственный за персональные данные", "Person responsible"}), details.officer});
  draft.pairs(std::move(rows));
  draft.say(
      draft.english()
          ? fmt::format("{} decides what the visitors' data are used for. {} runs the chat on its behalf and "
                        "may only do what it was told to (152-FZ art. 6(3)).",
                        details.controller.name, full_name(details.processor, "en"))
          : fmt::format("{} определяет, для чего используются данные посетителей. По поручению оператора чат "
                        "обслуживает {} и делает с данными только то, что поручено (ч. 3 ст. 6 152-ФЗ).",
                        details.controller.name, full_name(details.processor, "ru")));
}

void what(Draft& draft, const Details& details, const Register& reg) {
  draft.heading({"Какие данные, для чего и как долго", "Which data, what for and for how long"});
  draft.text(
      {"Чат не собирает данных о посетителе, пока тот не дал согласие. Имя и контакты сообщать не обязательно.",
       "The chat collects no data about a visitor before their consent. You need not give your name or contacts."});
  for (const auto category : {Category::visitor, Category::requester, Category::employee}) {
    if (!has(reg, category)) continue;
    draft.subheading(draft.in(words(category)));
    if (category == Category::employee)
      draft.say(draft.english() ? fmt::format("{} is the controller of the accounts.", details.processor.name)
                                : fmt::format("Оператор учётных записей — {}.", details.processor.name));
    // What is treated alike stands in one row: a reader compares treatments, not fields.
    std::vector<std::vector<std::string>> rows;
    for (const auto* item : items_of(reg, category)) {
      std::vector<std::string> row{draft.in(item->name), bases_of(*item, details.law, draft.language()),
                                   period_of(*item, reg, draft.language()),
                                   joined(recipient_names(item->recipients, details, draft.language()))};
      const auto alike = std::ranges::find_if(
          rows, [&](const auto& r) { return std::equal(r.begin() + 1, r.end(), row.begin() + 1); });
      if (alike == rows.end())
        rows.push_back(std::move(row));
      else
        alike->front() += "; " + row.front();
    }
    draft.table({{"Данные", "Data"},
                 {"Правовые основания и цели", "Legal bases and purposes"},
                 {"Срок хранения", "Period of storage"},
                 {"Кому передаются", "Recipients"}},
                std::move(rows));
  }
  if (details.clinic)
    draft.text(
        {"Сведения о здоровье — специальная категория данных. Они обрабатываются только с отдельного "
         "согласия "
         "(ст. 10 152-ФЗ); сам факт обращения в клинику составляет врачебную тайну (ст. 13 323-ФЗ).",
         "Information about health is a special category of data. It is processed only with a separate "
         "consent "
         "(152-FZ art. 10); even the fact that a person turned to the clinic is a medical secret (323-FZ "
         "art. "
         "13)."});
}

void how(Draft& draft, const Details& details) {
  draft.heading({"Как обрабатываются данные", "How the data are processed"});
  draft.say(draft.english() ? "Actions: " + draft.in(actions()) + ". Method: " + draft.in(methods()) + "."
                            : "Действия: " + draft.in(actions()) + ". Способ: " + draft.in(methods()) + ".");
  draft.text(
      {"На вопросы сначала отвечает автоматический ассистент. Сотрудника можно позвать в любую минуту. "
       "Решений, "
       "которые порождают для вас юридические последствия, ассистент не принимает (ст. 16 152-ФЗ).",
       "An automated assistant answers first. You can ask for a member of staff at any moment. The assistant "
       "takes no decision that has legal effect for you (152-FZ art. 16)."});
  draft.text({"Базы данных находятся в России. Трансграничной передачи нет.",
              "The databases are in Russia. Data are not transferred across the border."});
  draft.heading({"Как защищены данные", "How the data are protected"});
  draft.lines(measures(details, draft.language()));
}

void rights(Draft& draft, const Details& details) {
  draft.heading({"Ваши права", "Your rights"});
  draft.list({
      {"узнать, какие данные о вас обрабатываются, и получить их — ответ в течение 10 рабочих дней (ст. 14, "
       "20 152-ФЗ);",
       "to know which of your data are processed and to receive them — answered within 10 business days "
       "(152-FZ art. "
       "14, 20);"},
      {"потребовать исправить неверные данные — в течение 7 рабочих дней, на время проверки данные "
       "блокируются (ст. 21);",
       "to have wrong data corrected — within 7 business days; the data are blocked while this is checked "
       "(art. 21);"},
      {"потребовать прекратить обработку — в течение 10 рабочих дней (ч. 5.1 ст. 21);",
       "to demand that the processing stops — within 10 business days (art. 21(5.1));"},
      {"отозвать согласие — использование прекращается сразу, данные уничтожаются в течение 30 дней, если "
       "для их "
       "хранения нет другого основания (ч. 5 ст. 21);",
       "to withdraw consent — use stops at once, the data are destroyed within 30 days unless there is "
       "another ground "
       "to keep them (art. 21(5));"},
      {"возразить против учёта посещений;", "to object to the counting of visits;"},
      {"обжаловать действия оператора.", "to complain about the controller."},
  });
  draft.say(draft.english()
                ? "Consent is withdrawn in the chat with one click. For everything else write " +
                      how_to_write(details, "en") + "."
                : "Отозвать согласие можно одним нажатием в чате. По остальным вопросам обращайтесь " +
                      how_to_write(details, "ru") + ".");
  draft.say(appeal(details.law, draft.language()));
}

}  // namespace

Document policy(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Политика обработки персональных данных", "Privacy policy"});
  draft.say(
      draft.english()
          ? fmt::format("How {} handles the data that you leave in the chat{}{}. Published under 152-FZ art. "
                        "18.1(2).",
                        details.controller.name, details.site.empty() ? "" : " on ", details.site)
          : fmt::format("Как {} обращается с данными, которые вы оставляете в чате{}{}. Опубликовано во "
                        "исполнение ч. 2 ст. 18.1 Федерального закона № 152-ФЗ.",
                        details.controller.name, details.site.empty() ? "" : " на сайте ", details.site),
      Style::note);
  who(draft, details);
  what(draft, details, reg);
  how(draft, details);
  rights(draft, details);
  draft.heading({"Изменения", "Changes"});
  draft.text(
      {"Действует последняя опубликованная редакция. Прежние редакции и их отличия хранятся у оператора и "
       "предоставляются по запросу.",
       "The last published version is in force. The controller keeps former versions with their differences "
       "and "
       "gives them on request."});
  return draft.done();
}

Document consent(const Details& details, const Register& reg, std::string_view language) {
  const auto text = consent_text(details, reg, language);
  Draft draft(language, {"", ""});
  auto out = draft.done();
  out.title = text.title;
  for (const auto& paragraph : text.paragraphs) out.blocks.push_back(document::Paragraph{paragraph});
  out.blocks.push_back(document::Paragraph{text.agree + "."});
  return out;
}

Document health_consent(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Согласие на обработку сведений о здоровье",
                         "Consent to the processing of information about health"});
  const auto text = consent_text(details, reg, language);
  draft.say(draft.english()
                ? "This consent is separate from the consent to the processing of personal data and is "
                  "not a condition of it (152-FZ art. 10(2)(1))."
                : "Это согласие отдельное от согласия на обработку персональных данных и не является его "
                  "условием (п. 1 ч. 2 ст. 10 152-ФЗ).",
            Style::note);
  draft.pairs(party_pairs(details.controller, {"Оператор", "Controller"}, language));
  draft.say(text.health.value_or("") + (text.health && text.health->ends_with('.') ? "" : "."));
  std::vector<std::string> where;
  for (const auto* item : items_of(reg, Category::visitor))
    if (item->sealed && (item->consent & bits(Purpose::answering)) != 0)
      where.push_back(draft.in(item->name) + " — " + period_of(*item, reg, language));
  draft.text({"Сведения о здоровье могут содержаться в следующих данных; срок их хранения:",
              "Information about health may be part of these data; their period of storage:"});
  draft.lines(std::move(where));
  draft.say(draft.english() ? "Actions: " + draft.in(actions()) + ". Method: " + draft.in(methods()) + "."
                            : "Действия: " + draft.in(actions()) + ". Способ: " + draft.in(methods()) + ".");
  draft.say(draft.english() ? fmt::format("{} processes the data on the controller's behalf.",
                                          full_name(details.processor, "en"))
                            : fmt::format("По поручению оператора данные обрабатывает {}.",
                                          full_name(details.processor, "ru")));
  draft.say(draft.english() ? "I can withdraw this consent at any time in the chat or by writing " +
                                  how_to_write(details, "en") + "; the assistant then goes on without it."
                            : "Согласие можно отозвать в любой момент в чате, " +
                                  how_to_write(details, "ru") + "; ассистент продолжит работать без него.");
  return draft.done();
}

}  // namespace chatika::privacy::parts
