// Evidence of destruction after Roskomnadzor's Order of 28.10.2022 No. 179: the act and the extract of the
// log, on one paper.
#include <array>

#include "privacy/documents_cases.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy {

using parts::Draft;

Words words(ErasureReason reason) {
  switch (reason) {
    case ErasureReason::withdrawn:
      return {"согласие отозвано (ч. 5 ст. 21 152-ФЗ)", "consent is withdrawn (152-FZ art. 21(5))"};
    case ErasureReason::expired:
      return {"цель обработки достигнута, срок хранения истёк (ч. 4 ст. 21, ч. 7 ст. 5 152-ФЗ)",
              "the purpose is reached, the period of storage has ended (152-FZ art. 21(4), 5(7))"};
    case ErasureReason::request:
      return {"субъект потребовал уничтожить данные (ч. 3 ст. 20 152-ФЗ)",
              "the person demanded destruction (152-FZ art. 20(3))"};
    case ErasureReason::unlawful:
      return {"обработка была неправомерной (ч. 3 ст. 21 152-ФЗ)",
              "processing was unlawful (152-FZ art. 21(3))"};
  }
  return {};
}

namespace {

// What an act names and the register of what is collected does not.
struct Other {
  std::string_view key;
  Words name;
};
constexpr std::array kOthers{
    Other{"booking", {"записи на приём", "bookings"}},
    Other{"subject", {"запись о человеке", "the person's record"}},
    Other{"access_request.reason", {"причина запроса доступа", "reason of a request for access"}},
    Other{"request_event.note", {"заметки к обращению", "notes of a request"}},
    Other{"outbox.address", {"адрес письма", "address of a mail"}},
    Other{"outbox.secrets", {"коды и ссылки писем", "codes and links of mails"}},
};

std::string names_of(const std::vector<std::string>& keys, const Register& reg, std::string_view language) {
  auto names = parts::item_names(keys, reg, language);
  for (std::size_t i = 0; i < keys.size(); ++i)
    for (const auto& other : kOthers)
      if (names[i] == other.key) names[i] = other.name.in(language);
  return parts::joined(names, "; ");
}

}  // namespace

document::Document destruction_paper(const Details& details, const Register& reg, const DestructionAct& act,
                                     std::string_view language) {
  Draft draft(language, {"Акт об уничтожении персональных данных", "Act of destruction of personal data"});
  draft.say((draft.english() ? "No. " : "№ ") + std::to_string(act.number) +
                (draft.english() ? " of " : " от ") + parts::date(act.at, details, language),
            document::Style::centre);
  draft.note(
      {"Составлен по приказу Роскомнадзора от 28.10.2022 № 179. Хранится три года с даты уничтожения.",
       "Made under Roskomnadzor's Order of 28.10.2022 No. 179. Kept for three years after the destruction."});
  std::vector<document::Pair> pairs{
      {draft.in({"Оператор: наименование и адрес", "Operator: name and address"}),
       act.operator_name + ", " + act.operator_address},
      {draft.in(
           {"Лицо, обрабатывавшее данные по поручению оператора", "Who processed on the operator's behalf"}),
       parts::full_name(details.processor, language)},
      {draft.in({"Субъект персональных данных", "Data subject"}), act.subject},
      {draft.in({"Категории уничтоженных данных", "Categories of destroyed data"}),
       names_of(act.categories, reg, language)},
      {draft.in({"Информационная система", "Information system"}), act.system},
      {draft.in({"Способ уничтожения", "Method"}), act.method},
      {draft.in({"Причина уничтожения", "Reason"}), draft.in(words(act.reason))},
      {draft.in({"Дата и время уничтожения", "Date and time"}), parts::date_time(act.at, details, language)}};
  if (act.ordered_by)
    pairs.push_back({draft.in({"Уничтожение назначил", "Destruction was ordered by"}), *act.ordered_by});
  pairs.push_back({draft.in({"Данные уничтожил", "Destroyed by"}), parts::joined(act.destroyed_by, "; ")});
  if (act.replayed)
    pairs.push_back({draft.in({"Повторено после восстановления из копии", "Done again after a restore"}),
                     draft.in({"журнал уничтожения, запись ", "ledger of erasures, entry "}) +
                         std::to_string(*act.replayed)});
  draft.pairs(std::move(pairs));
  if (!act.kept.empty()) {
    draft.heading({"Сохранено на ином законном основании", "Kept on another legal ground"});
    std::vector<std::vector<std::string>> rows;
    for (const auto& kept : act.kept)
      rows.push_back({names_of({kept.field}, reg, language), kept.article, kept.reason});
    draft.table({{"Данные", "Data"}, {"Основание", "Article"}, {"Причина", "Reason"}}, std::move(rows));
  }
  draft.heading({"Выгрузка из журнала регистрации событий", "Extract of the log of events"});
  std::vector<std::vector<std::string>> rows;
  for (const auto& event : act.events)
    rows.push_back({event.subject, names_of(event.categories, reg, language), event.system,
                    draft.in(words(event.reason)), parts::date_time(event.at, details, language)});
  draft.table({{"Субъект", "Data subject"},
               {"Категории данных", "Categories"},
               {"Система", "System"},
               {"Причина", "Reason"},
               {"Дата и время", "Date and time"}},
              std::move(rows));
  draft.sign({"Ответственный за организацию обработки персональных данных", "Person responsible"},
             details.officer);
  return draft.done();
}

}  // namespace chatika::privacy
