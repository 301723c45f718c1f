// The three notices to Roskomnadzor, with the fields of the forms approved by its Order of 28.10.2022 No. 180
// (152-FZ art. 22). Filing them is the business's act: these are the texts to copy into the authority's site
// or to print and sign. What the program cannot know is left blank.
#include <fmt/format.h>

#include "privacy/documents_parts.hpp"

namespace chatika::privacy {
namespace parts {
namespace {

using document::Document;
using document::Pair;

void addressee(Draft& draft) {
  draft.say(draft.in({"В территориальный орган Роскомнадзора\nпо месту нахождения оператора",
                      "To the territorial office of Roskomnadzor\nat the operator's place"}),
            document::Style::right);
}

std::vector<Pair> operator_pairs(Draft& draft, const Details& details) {
  return {{draft.in({"Наименование оператора", "Name of the operator"}), details.controller.name},
          {draft.in({"Адрес оператора", "Address of the operator"}), details.controller.address},
          {draft.in({"ИНН", "Tax number (INN)"}), details.controller.tax_number},
          {draft.in({"ОГРН (ОГРНИП)", "State registration number (OGRN)"}), ""}};
}

Words subjects(Category category, bool clinic) {
  if (category == Category::visitor && clinic)
    return {"посетители сайта, в том числе пациенты и лица, обратившиеся за медицинской помощью",
            "visitors of the website, patients and people who seek medical care among them"};
  return words(category);
}

// One purpose of the register with everything form 1 asks about it.
struct Process {
  Purpose purpose;
  std::vector<std::string> data, bases, subjects;
};

std::vector<Process> processes(const Details& details, const Register& reg, std::string_view language) {
  std::vector<Process> out;
  const auto once = [](std::vector<std::string>& list, std::string text) {
    for (const auto& have : list)
      if (have == text) return;
    list.push_back(std::move(text));
  };
  for (std::size_t i = 0; i < kPurposes; ++i) {
    Process process{.purpose = static_cast<Purpose>(1U << i)};
    for (const auto& item : reg.items) {
      if (item.category == Category::employee) continue;  // of these the processor is the operator
      for (const auto basis : kAllBases) {
        if ((item.on(basis) & bits(process.purpose)) == 0) continue;
        once(process.data, std::string(item.name.in(language)));
        once(process.bases, basis_name(basis, details.law, language));
        once(process.subjects, std::string(subjects(item.category, details.clinic).in(language)));
      }
    }
    if (!process.data.empty()) out.push_back(std::move(process));
  }
  return out;
}

void longest_terms(Draft& draft, const Register& reg) {
  std::vector<std::string> out;
  for (const auto& item : reg.items)
    if (item.category != Category::employee)
      out.push_back(draft.in(item.name) + " — " + period_of(item, reg, draft.language()));
  draft.lines(std::move(out));
}

}  // namespace

Document notification_of_start(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Уведомление о намерении осуществлять обработку персональных данных",
                         "Notice of the intention to process personal data"});
  draft.say(draft.english() ? "Form 1 of Roskomnadzor's Order of 28.10.2022 No. 180 (152-FZ art. 22)."
                            : "Форма 1 приказа Роскомнадзора от 28.10.2022 № 180 (ст. 22 152-ФЗ).",
            document::Style::note);
  addressee(draft);
  draft.heading({"Оператор", "Operator"});
  draft.pairs(operator_pairs(draft, details));
  draft.heading({"Цели обработки", "Purposes of processing"});
  for (const auto& process : processes(details, reg, language)) {
    draft.subheading(capital(words(process.purpose).in(language)));
    auto data = joined(process.data);
    if (details.clinic && (process.purpose == Purpose::answering || process.purpose == Purpose::visit))
      data += draft.english()
                  ? "; special category: information about health that the person gives in the chat (with "
                    "a separate consent, 152-FZ art. 10(2)(1))"
                  : "; специальная категория: сведения о состоянии здоровья, которые человек сообщит в чате "
                    "(с отдельного согласия, п. 1 ч. 2 ст. 10 152-ФЗ)";
    draft.pairs(
        {{draft.in({"Категории персональных данных", "Categories of personal data"}), std::move(data)},
         {draft.in({"Категории субъектов", "Categories of data subjects"}), joined(process.subjects)},
         {draft.in({"Правовое основание", "Legal basis"}), joined(process.bases)},
         {draft.in({"Перечень действий", "Actions"}), draft.in(actions())},
         {draft.in({"Способы обработки", "Methods"}), draft.in(methods())}});
  }
  draft.heading({"Меры, предусмотренные статьями 18.1 и 19", "Measures under articles 18.1 and 19"});
  draft.lines(measures(details, language));
  draft.pairs(
      {{draft.in({"Шифровальные (криптографические) средства", "Cryptographic means"}),
        draft.in({"AES-256-GCM средствами программы; сертифицированные средства не используются",
                  "AES-256-GCM by the program's own means; no certified means are used"})},
       {draft.in({"Ответственный за организацию обработки", "Person responsible"}), details.officer},
       {draft.in({"Телефон, почтовый адрес, электронная почта", "Phone, postal address, e-mail"}),
        filled({details.controller.phone, details.controller.address, details.controller.email})},
       {draft.in({"Дата начала обработки", "Date of beginning"}), ""},
       {draft.in({"Условие прекращения обработки", "Condition of ending"}),
        draft.in({"достижение целей, истечение сроков хранения, отзыв согласия, прекращение деятельности",
                  "purposes reached, periods ended, consent withdrawn, business ended"})},
       {draft.in({"Трансграничная передача", "Transfer across the border"}),
        draft.in({"не осуществляется", "none"})},
       {draft.in({"Страна нахождения базы данных", "Country of the database"}),
        draft.in({"Российская Федерация", "Russian Federation"})},
       {draft.in({"Адрес центра обработки данных", "Address of the data centre"}), ""},
       {draft.in({"Организация, ответственная за хранение", "Organisation in charge of storage"}),
        full_name(details.processor, language)},
       {draft.in({"Лицо, обрабатывающее данные по поручению", "Who processes on the operator's behalf"}),
        full_name(details.processor, language)},
       {draft.in({"Получатели данных", "Recipients"}),
        joined(recipient_names(all_recipients(reg), details, language))},
       {draft.in({"Обеспечение безопасности", "Protection"}),
        draft.english()
            ? fmt::format("protection level {} under Government Decree 1119 of 01.11.2012",
                          protection_level(details))
            : fmt::format(
                  "{}-й уровень защищённости по требованиям постановления Правительства от 01.11.2012 № 1119",
                  protection_level(details))}});
  draft.heading({"Сроки хранения", "Periods of storage"});
  longest_terms(draft, reg);
  draft.sign({"Руководитель оператора", "Head of the operator"});
  return draft.done();
}

}  // namespace parts

document::Document notification_of_change(const Details& details, const Register& reg,
                                          const NotificationFacts& facts, std::string_view language) {
  using parts::Draft;
  Draft draft(language,
              {"Уведомление об изменении сведений, содержащихся в уведомлении о намерении осуществлять "
               "обработку персональных данных",
               "Notice of a change of the information in the notice of the intention to process"});
  draft.say(
      draft.english()
          ? "Form 2 of Roskomnadzor's Order of 28.10.2022 No. 180. Filed by the 15th of the month after the "
            "change (152-FZ art. 22(7))."
          : "Форма 2 приказа Роскомнадзора от 28.10.2022 № 180. Подаётся не позднее 15-го числа месяца, "
            "следующего за месяцем изменений (ч. 7 ст. 22 152-ФЗ).",
      document::Style::note);
  parts::addressee(draft);
  auto pairs = parts::operator_pairs(draft, details);
  pairs.push_back(
      {draft.in({"Регистрационный номер в реестре операторов", "Number in the register of operators"}),
       facts.registry_number});
  pairs.push_back({draft.in({"Дата изменения", "Date of the change"}), facts.since});
  pairs.push_back({draft.in({"Основание изменений", "Reason of the change"}), facts.reason});
  draft.pairs(std::move(pairs));
  draft.heading({"Изменённые сведения", "What has changed"});
  if (facts.changed.empty())
    draft.say(std::string(parts::kBlank));
  else
    draft.lines(facts.changed, true);
  draft.heading({"Сведения после изменения", "The information after the change"});
  for (const auto& process : parts::processes(details, reg, language))
    draft.subheading(parts::capital(words(process.purpose).in(language)))
        .pairs({{draft.in({"Категории персональных данных", "Categories of personal data"}),
                 parts::joined(process.data)},
                {draft.in({"Правовое основание", "Legal basis"}), parts::joined(process.bases)}});
  draft.subheading(draft.in({"Сроки хранения", "Periods of storage"}));
  parts::longest_terms(draft, reg);
  draft.pairs({{draft.in({"Получатели данных", "Recipients"}),
                parts::joined(parts::recipient_names(parts::all_recipients(reg), details, language))}});
  draft.sign({"Руководитель оператора", "Head of the operator"});
  return draft.done();
}

document::Document notification_of_end(const Details& details, const Register&,
                                       const NotificationFacts& facts, std::string_view language) {
  using parts::Draft;
  Draft draft(language, {"Уведомление о прекращении обработки персональных данных",
                         "Notice of the end of processing of personal data"});
  draft.say(
      draft.english()
          ? "Form 3 of Roskomnadzor's Order of 28.10.2022 No. 180. Filed within ten business days after "
            "processing has ended (152-FZ art. 22(7))."
          : "Форма 3 приказа Роскомнадзора от 28.10.2022 № 180. Подаётся в течение десяти рабочих дней с "
            "даты "
            "прекращения обработки (ч. 7 ст. 22 152-ФЗ).",
      document::Style::note);
  parts::addressee(draft);
  auto pairs = parts::operator_pairs(draft, details);
  pairs.push_back(
      {draft.in({"Регистрационный номер в реестре операторов", "Number in the register of operators"}),
       facts.registry_number});
  pairs.push_back({draft.in({"Основание прекращения обработки", "Reason of the end"}), facts.reason});
  pairs.push_back({draft.in({"Дата прекращения обработки", "Date of the end"}), facts.since});
  draft.pairs(std::move(pairs));
  draft.text(
      {"Персональные данные уничтожены, о чём составлен акт по приказу Роскомнадзора от 28.10.2022 № 179.",
       "The personal data are destroyed; an act under Roskomnadzor's Order of 28.10.2022 No. 179 says so."});
  draft.sign({"Руководитель оператора", "Head of the operator"});
  return draft.done();
}

}  // namespace chatika::privacy
