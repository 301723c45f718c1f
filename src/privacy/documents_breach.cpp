// Drafts of the notices of a breach to Roskomnadzor: within 24 hours that it happened, within 72 hours what
// the inquiry has found (152-FZ art. 21(3.1); Order of 14.11.2022 No. 187).
#include "privacy/documents_cases.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy {
namespace {

using parts::Draft;

void operator_block(Draft& draft, const Details& details, const BreachFacts& facts) {
  draft.heading({"Оператор", "Operator"});
  auto pairs = parts::party_pairs(details.controller, {"Наименование", "Name"}, draft.language());
  pairs.push_back({draft.in({"Обработчик по поручению", "Processor"}),
                   parts::full_name(details.processor, draft.language())});
  pairs.push_back(
      {draft.in({"Кто взаимодействует с Роскомнадзором", "Who talks to the authority"}),
       parts::filled({facts.contact.name, facts.contact.post, facts.contact_phone, facts.contact_email})});
  draft.pairs(std::move(pairs));
}

std::string time_or_blank(Draft& draft, Time at, const Details& details) {
  return at == Time{} ? draft.in({"устанавливается", "being established"})
                      : parts::date_time(at, details, draft.language());
}

}  // namespace

document::Document breach_notice_24h(const Details& details, const Register& reg, const BreachFacts& facts,
                                     std::string_view language) {
  Draft draft(language, {"Первичное уведомление об инциденте с персональными данными",
                         "First notice of a personal data breach"});
  draft.note(
      {"В Роскомнадзор, в течение 24 часов с момента выявления (п. 1 ч. 3.1 ст. 21 152-ФЗ). Проект: "
       "проверьте и "
       "подайте через портал Роскомнадзора.",
       "To Roskomnadzor within 24 hours of finding it (152-FZ art. 21(3.1)(1)). A draft: check it and file "
       "it on "
       "the authority's site."});
  operator_block(draft, details, facts);
  draft.heading({"Инцидент", "The breach"});
  draft.pairs(
      {{draft.in({"Номер в учёте", "Number in the record"}), facts.number},
       {draft.in({"Когда произошёл", "When it happened"}), time_or_blank(draft, facts.happened_at, details)},
       {draft.in({"Когда выявлен", "When it was found"}), time_or_blank(draft, facts.found_at, details)},
       {draft.in({"Что произошло", "What happened"}), facts.what},
       {draft.in({"Предполагаемые причины", "Presumed causes"}), facts.cause},
       {draft.in({"Категории данных", "Categories of data"}),
        parts::joined(parts::item_names(facts.categories, reg, language))},
       {draft.in({"Число субъектов", "Number of data subjects"}), facts.subjects},
       {draft.in({"Предполагаемый вред субъектам", "Presumed harm to data subjects"}), facts.harm},
       {draft.in({"Принятые меры", "Measures taken"}), facts.measures}});
  draft.sign({"Руководитель оператора", "Head of the operator"});
  return draft.done();
}

document::Document breach_notice_72h(const Details& details, const Register& reg, const BreachFacts& facts,
                                     std::string_view language) {
  Draft draft(language, {"Уведомление о результатах внутреннего расследования инцидента",
                         "Notice of the findings of the inquiry into a breach"});
  draft.note(
      {"В Роскомнадзор, в течение 72 часов с момента выявления (п. 2 ч. 3.1 ст. 21 152-ФЗ). Проект: "
       "проверьте и "
       "подайте через портал Роскомнадзора.",
       "To Roskomnadzor within 72 hours of finding it (152-FZ art. 21(3.1)(2)). A draft: check it and file "
       "it on "
       "the authority's site."});
  operator_block(draft, details, facts);
  draft.heading({"Инцидент", "The breach"});
  draft.pairs(
      {{draft.in({"Номер в учёте", "Number in the record"}), facts.number},
       {draft.in({"Первичное уведомление", "First notice"}), facts.notice_24},
       {draft.in({"Когда выявлен", "When it was found"}), time_or_blank(draft, facts.found_at, details)},
       {draft.in({"Категории данных", "Categories of data"}),
        parts::joined(parts::item_names(facts.categories, reg, language))},
       {draft.in({"Число субъектов", "Number of data subjects"}), facts.subjects}});
  draft.heading({"Результаты расследования", "Findings"});
  draft.pairs(
      {{draft.in({"Что установлено", "What was found"}), facts.inquiry},
       {draft.in({"Причины", "Causes"}), facts.cause},
       {draft.in({"Вред субъектам", "Harm to data subjects"}), facts.harm},
       {draft.in({"Лица, действия которых стали причиной", "Whose acts caused it"}),
        facts.responsible.empty() ? draft.in({"не установлены", "not established"}) : facts.responsible},
       {draft.in({"Принятые меры", "Measures taken"}), facts.measures}});
  draft.sign({"Руководитель оператора", "Head of the operator"});
  return draft.done();
}

document::Document breach_notice_to_persons(const Details& details, const Register& reg,
                                            const BreachFacts& facts, std::string_view language) {
  Draft draft(language, {"Уведомление людей об инциденте с их персональными данными",
                         "Notice to people of a breach of their personal data"});
  draft.note(
      {"Проект: проверьте его и разошлите тем, кого касается инцидент. Не называйте в нём других людей.",
       "A draft: check it and send it to those whom the breach concerns. Name no other people in it."});
  draft.text({"Здравствуйте!", "Hello!"});
  const auto& name = details.controller.name;
  draft.say(draft.english()
                ? name + " informs you of a breach that may concern your personal data."
                : "Сообщаем об инциденте, который мог затронуть ваши персональные данные. Оператор: " + name +
                      ".");
  draft.pairs(
      {{draft.in({"Когда произошёл", "When it happened"}), time_or_blank(draft, facts.happened_at, details)},
       {draft.in({"Когда выявлен", "When it was found"}), time_or_blank(draft, facts.found_at, details)},
       {draft.in({"Что произошло", "What happened"}), facts.what},
       {draft.in({"Какие данные", "Which data"}),
        parts::joined(parts::item_names(facts.categories, reg, language))},
       {draft.in({"Чем это может грозить", "What it may lead to"}), facts.harm},
       {draft.in({"Что мы сделали", "What we have done"}), facts.measures}});
  draft.heading({"Что сделать вам", "What you can do"});
  draft.list(
      {{"Не называйте коды из сообщений и не переходите по ссылкам от тех, кто пишет или звонит от нашего "
        "имени: "
        "перезвоните нам сами.",
        "Tell nobody codes from messages and open no links from those who write or call in our name: call "
        "us back yourself."},
       {"Если пароль, который вы нам сообщали, используется где-то ещё, смените его.",
        "If you have used elsewhere a password that you told us, change it."},
       {"Вы вправе узнать, какие ваши данные мы обрабатываем, отозвать согласие и потребовать удаления.",
        "You may ask which of your data we process, withdraw your consent and demand erasure."}});
  draft.heading({"Куда обратиться", "Whom to ask"});
  draft.say(
      parts::filled({facts.contact.name, facts.contact.post, facts.contact_phone, facts.contact_email}));
  draft.say(parts::appeal(details.law, language));
  return draft.done();
}

}  // namespace chatika::privacy
