// Evidence of destruction after Roskomnadzor's Order of 28.10.2022 No. 179: the act and the extract of the
// log.
#include "privacy/documents_cases.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy {

using parts::Draft;

Words words(DestructionReason reason) {
  switch (reason) {
    case DestructionReason::purpose_reached:
      return {"цель обработки достигнута (ч. 4 ст. 21 152-ФЗ)", "the purpose is reached (152-FZ art. 21(4))"};
    case DestructionReason::consent_withdrawn:
      return {"согласие отозвано (ч. 5 ст. 21 152-ФЗ)", "consent is withdrawn (152-FZ art. 21(5))"};
    case DestructionReason::unlawful:
      return {"обработка была неправомерной (ч. 3 ст. 21 152-ФЗ)",
              "processing was unlawful (152-FZ art. 21(3))"};
    case DestructionReason::inaccurate:
      return {"данные получены незаконно или не нужны для заявленной цели (ч. 3 ст. 20 152-ФЗ)",
              "the data were got unlawfully or are not needed for the purpose (152-FZ art. 20(3))"};
    case DestructionReason::demand:
      return {"субъект потребовал прекратить обработку (ч. 5.1 ст. 21 152-ФЗ)",
              "the person demanded that processing stops (152-FZ art. 21(5.1))"};
    case DestructionReason::period_over:
      return {"истёк срок хранения (ч. 7 ст. 5 152-ФЗ)",
              "the period of storage has ended (152-FZ art. 5(7))"};
  }
  return {};
}

std::vector<FieldError> missing_in(const Details& details, const DestructionFacts& facts) {
  std::vector<FieldError> out;
  const auto need = [&](bool there, const char* pointer) {
    if (!there) out.push_back({pointer, "required"});
  };
  const auto filled = [](const std::vector<std::string>& list) {
    for (const auto& one : list)
      if (one.empty()) return false;
    return !list.empty();
  };
  need(!details.controller.name.empty(), "/operator/name");
  need(!details.controller.address.empty(), "/operator/address");
  need(!details.processor.name.empty(), "/processor/name");
  need(filled(facts.subjects), "/subjects");
  need(filled(facts.categories), "/categories");
  bool people = !facts.destroyed_by.empty();
  for (const auto& person : facts.destroyed_by)
    people = people && !person.name.empty() && !person.post.empty();
  need(people, "/destroyed_by");
  need(!facts.system.empty(), "/system");
  need(facts.at != Time{}, "/at");
  return out;
}

document::Document destruction_act(const Details& details, const Register& reg, const DestructionFacts& facts,
                                   std::string_view language) {
  Draft draft(language, {"Акт об уничтожении персональных данных", "Act of destruction of personal data"});
  draft.say((draft.english() ? "No. " : "№ ") +
                (facts.number.empty() ? std::string(parts::kBlank) : facts.number) +
                (draft.english() ? " of " : " от ") + parts::date(facts.at, details, language),
            document::Style::centre);
  draft.note(
      {"Составлен по приказу Роскомнадзора от 28.10.2022 № 179. Хранится три года с даты уничтожения.",
       "Made under Roskomnadzor's Order of 28.10.2022 No. 179. Kept for three years after the destruction."});
  std::vector<document::Pair> pairs{
      {draft.in({"Оператор: наименование и адрес", "Operator: name and address"}),
       parts::full_name(details.controller, language)},
      {draft.in(
           {"Лицо, обрабатывавшее данные по поручению оператора", "Who processed on the operator's behalf"}),
       parts::full_name(details.processor, language)},
      {draft.in({"Субъекты персональных данных", "Data subjects"}), parts::joined(facts.subjects, "\n")},
      {draft.in({"Категории уничтоженных данных", "Categories of destroyed data"}),
       parts::joined(parts::item_names(facts.categories, reg, language))},
      {draft.in({"Информационная система", "Information system"}), facts.system},
      {draft.in({"Способ уничтожения", "Method"}),
       facts.method.empty() ? draft.in({"удаление записей из базы данных и уничтожение ключа шифрования, без "
                                        "которого оставшиеся копии "
                                        "не читаются",
                                        "deletion of the records from the database and destruction of the "
                                        "encryption key, without which "
                                        "remaining copies cannot be read"})
                            : facts.method},
      {draft.in({"Причина уничтожения", "Reason"}), draft.in(words(facts.reason))},
      {draft.in({"Дата и время уничтожения", "Date and time"}),
       parts::date_time(facts.at, details, language)}};
  draft.pairs(std::move(pairs));
  draft.say(draft.in({"Данные уничтожили:", "Destroyed by:"}));
  for (const auto& person : facts.destroyed_by) draft.add(document::Signature{person.post, person.name});
  if (facts.destroyed_by.empty()) draft.sign({"Должность", "Post"});
  return draft.done();
}

document::Document event_log_extract(const Details& details, const Register& reg,
                                     const std::vector<DestructionEvent>& events, std::string_view language) {
  Draft draft(language, {"Выгрузка из журнала регистрации событий", "Extract of the log of events"});
  draft.note(
      {"Прилагается к акту об уничтожении персональных данных (п. 4 приказа Роскомнадзора от 28.10.2022 № "
       "179).",
       "Goes with the act of destruction (Roskomnadzor's Order of 28.10.2022 No. 179, item 4)."});
  draft.pairs(
      {{draft.in({"Оператор", "Operator"}), parts::full_name(details.controller, language)},
       {draft.in({"Обработчик по поручению", "Processor"}), parts::full_name(details.processor, language)}});
  std::vector<std::vector<std::string>> rows;
  for (const auto& event : events)
    rows.push_back({event.subject, parts::joined(parts::item_names(event.categories, reg, language)),
                    event.system, draft.in(words(event.reason)),
                    parts::date_time(event.at, details, language),
                    event.audit_seq.empty() ? "—" : event.audit_seq});
  draft.table({{"Субъект", "Data subject"},
               {"Категории данных", "Categories"},
               {"Система", "System"},
               {"Причина", "Reason"},
               {"Дата и время", "Date and time"},
               {"Запись журнала", "Log entry"}},
              std::move(rows));
  draft.sign({"Ответственный за организацию обработки персональных данных", "Person responsible"},
             details.officer);
  return draft.done();
}

}  // namespace chatika::privacy
