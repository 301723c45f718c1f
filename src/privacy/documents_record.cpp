// For the business and its processor: the record of processing, the agreement that charges the processor.
#include <fmt/format.h>

#include "privacy/documents_parts.hpp"

namespace chatika::privacy::parts {
using document::Document;

Document processing_record(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language,
              {"Реестр процессов обработки персональных данных", "Record of processing activities"});
  draft.say(draft.english()
                ? "Kept under GDPR art. 30; in Russia, as an internal document under 152-FZ art. 18.1."
                : "Внутренний документ оператора (ст. 18.1 152-ФЗ); по форме соответствует ст. 30 GDPR.",
            document::Style::note);
  draft.heading({"Оператор и обработчик", "Controller and processor"});
  draft.pairs(party_pairs(details.controller, {"Оператор", "Controller"}, language));
  draft.pairs(party_pairs(details.processor, {"Обработчик по поручению", "Processor"}, language));
  draft.pairs({{draft.in({"Ответственный", "Person responsible"}), details.officer}});
  for (const auto category : {Category::visitor, Category::requester, Category::employee}) {
    if (!has(reg, category)) continue;
    draft.heading(words(category));
    draft.say(category == Category::employee
                  ? (draft.english() ? "Controller: " : "Оператор: ") + details.processor.name + "."
                  : fmt::format(fmt::runtime(draft.english() ? "Controller: {}; processor: {}."
                                                             : "Оператор: {}; обработчик: {}."),
                                details.controller.name, details.processor.name));
    std::vector<std::vector<std::string>> rows;
    for (const auto* item : items_of(reg, category)) {
      for (const auto basis : kAllBases) {
        if (item->on(basis) == 0) continue;
        rows.push_back({draft.in(item->name), joined(purpose_names(item->on(basis), language)),
                        basis_name(basis, details.law, language), period_of(*item, reg, language),
                        joined(recipient_names(item->recipients, details, language)),
                        item->sealed ? draft.in({"да", "yes"}) : draft.in({"псевдонимы", "pseudonyms"})});
      }
    }
    draft.table({{"Данные", "Data"},
                 {"Цели", "Purposes"},
                 {"Основание", "Basis"},
                 {"Срок", "Period"},
                 {"Получатели", "Recipients"},
                 {"Шифрование", "Encrypted"}},
                std::move(rows));
  }
  draft.heading({"Способы обработки, передача, защита", "Methods, transfers, protection"});
  draft.pairs(
      {{draft.in({"Действия", "Actions"}), draft.in(actions())},
       {draft.in({"Способ", "Method"}), draft.in(methods())},
       {draft.in({"Место нахождения базы данных", "Place of the database"}),
        draft.in({"Российская Федерация", "Russian Federation"})},
       {draft.in({"Трансграничная передача", "Transfer across the border"}),
        draft.in({"не осуществляется", "none"})},
       {draft.in({"Уровень защищённости", "Protection level"}), std::to_string(protection_level(details))}});
  draft.lines(measures(details, language));
  return draft.done();
}

Document processing_agreement(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Поручение на обработку персональных данных", "Data processing agreement"});
  draft.say(draft.english() ? "Under 152-FZ art. 6(3) and GDPR art. 28." : "Составлено по ч. 3 ст. 6 152-ФЗ.",
            document::Style::note);
  draft.heading({"Стороны", "Parties"});
  draft.pairs(party_pairs(details.controller, {"Оператор", "Controller"}, language));
  draft.pairs(party_pairs(details.processor, {"Обработчик", "Processor"}, language));
  draft.heading({"Предмет", "Subject"});
  draft.text(
      {"Оператор поручает Обработчику обрабатывать персональные данные посетителей сайта и лиц, подавших "
       "обращения, чтобы обеспечить работу чата, а Обработчик обязуется делать с ними только то, что указано "
       "здесь.",
       "The Controller charges the Processor with processing the personal data of the website's visitors and "
       "of "
       "people who file requests, so that the chat works; the Processor does with them only what is said "
       "here."});
  draft.heading({"Данные, цели и сроки", "Data, purposes and periods"});
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : reg.items) {
    if (item.category == Category::employee) continue;
    rows.push_back(
        {draft.in(item.name), bases_of(item, details.law, language), period_of(item, reg, language)});
  }
  draft.table({{"Данные", "Data"}, {"Основания и цели", "Bases and purposes"}, {"Срок", "Period"}},
              std::move(rows));
  draft.heading({"Действия с данными", "Actions"});
  const auto first = draft.in(actions());
  draft.say(first + ". " + (draft.english() ? "Method: " : "Способ: ") + draft.in(methods()) + ".");
  draft.heading({"Обязанности Обработчика", "Duties of the Processor"});
  draft.list({
      {"соблюдать конфиденциальность: не раскрывать и не передавать данные третьим лицам без указания "
       "Оператора "
       "(ст. 7, ч. 3 ст. 6 152-ФЗ);",
       "keep the data confidential: disclose or transfer them to nobody without the Controller's instruction "
       "(152-FZ "
       "art. 7, 6(3));"},
      {"записывать, хранить и уточнять данные граждан России в базах данных на территории России (ч. 5 ст. "
       "18);",
       "record, store and correct data of Russian citizens in databases in Russia (art. 18(5));"},
      {"принимать меры, предусмотренные ст. 18.1, и обеспечивать безопасность данных по ст. 19;",
       "take the measures of art. 18.1 and protect the data under art. 19;"},
      {"по запросу Оператора в течение срока поручения, в том числе до начала обработки, предоставлять "
       "документы и "
       "сведения, подтверждающие соблюдение этих требований;",
       "on the Controller's request, while this agreement lasts and before processing begins, give documents "
       "that show "
       "these requirements are kept;"},
      {"уведомлять Оператора о случаях, указанных в ч. 3.1 ст. 21, сразу, как они обнаружены, чтобы Оператор "
       "успел "
       "уведомить Роскомнадзор в течение 24 часов;",
       "tell the Controller of the cases of art. 21(3.1) as soon as they are found, so that the Controller "
       "can notify "
       "the authority within 24 hours;"},
      {"помогать Оператору отвечать на обращения субъектов, уточнять, блокировать и уничтожать данные в "
       "сроки закона;",
       "help the Controller to answer data subjects and to correct, block and destroy data within the law's "
       "terms;"},
      {"обрабатывать данные только по документированному указанию Оператора; привлекать других лиц — только "
       "с его "
       "согласия;",
       "process the data on the Controller's documented instruction only; engage others only with its "
       "consent;"},
      {"по окончании поручения передать данные Оператору и уничтожить их у себя в течение 30 дней с "
       "оформлением акта.",
       "when this agreement ends, hand the data over and destroy its own copies within 30 days, with an "
       "act."},
  });
  draft.heading({"Меры защиты", "Measures of protection"});
  draft.lines(measures(details, language));
  draft.heading({"Кому ещё доступны данные", "Who else has the data"});
  draft.lines(recipient_names(all_recipients(reg), details, language));
  draft.heading({"Ответственность и срок", "Liability and term"});
  draft.text(
      {"Перед субъектом персональных данных отвечает Оператор, перед Оператором — Обработчик (ч. 5 ст. 6). "
       "Поручение действует, пока Оператор пользуется чатом; согласие с ним в панели равнозначно подписи "
       "уполномоченного лица Оператора.",
       "The Controller answers to the data subject, the Processor to the Controller (art. 6(5)). The "
       "agreement "
       "lasts as long as the Controller uses the chat; accepting it in the panel equals the signature of the "
       "Controller's representative."});
  draft.sign({"За Оператора", "For the Controller"}).sign({"За Обработчика", "For the Processor"});
  return draft.done();
}

}  // namespace chatika::privacy::parts
