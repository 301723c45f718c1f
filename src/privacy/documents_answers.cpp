// Letters to a person: the access answer of art. 14(7), other answers, refusals, extensions.
#include <fmt/format.h>

#include <algorithm>

#include "privacy/documents_cases.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy {

using document::Document;
using document::Style;
using parts::Draft;

namespace {

// Letterhead: from whom, to whom, about which request.
void letterhead(Draft& draft, const Details& details, const RequestFacts& request) {
  const auto language = draft.language();
  draft.say(request.requester, Style::right);
  draft.say(parts::full_name(details.controller, language), Style::note);
  draft.pairs({{draft.in({"Обращение", "Request"}),
                fmt::format("{}{}{}{}", draft.in({"№ ", "No. "}), request.number, draft.in({" от ", " of "}),
                            parts::date(request.received_at, details, language))},
               {draft.in({"Суть обращения", "Essence"}), request.essence},
               {draft.in({"Дата ответа", "Date of the answer"}),
                parts::date(request.answered_at, details, language)}});
}

void close(Draft& draft, const Details& details, const RequestFacts& request) {
  draft.say(parts::appeal(details.law, draft.language()));
  const auto post =
      request.answered_by.post.empty()
          ? draft.in({"Ответственный за организацию обработки персональных данных", "Person responsible"})
          : request.answered_by.post;
  draft.add(document::Signature{
      post, request.answered_by.name.empty() ? details.officer : request.answered_by.name});
}

void holds(Draft& draft, const Register& reg, const std::vector<HeldBack>& held) {
  if (held.empty()) return;
  draft.text({"По закону не могут быть уничтожены сейчас и хранятся только для указанной цели:",
              "By law these cannot be destroyed now and are kept for that purpose only:"});
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : held)
    rows.push_back({parts::joined(parts::item_names({one.item}, reg, draft.language())), one.article,
                    one.until.empty() ? "—" : one.until});
  draft.table({{"Данные", "Data"}, {"Основание", "Ground"}, {"До какого времени", "Until"}}, std::move(rows));
}

const Item* find(const Register& reg, std::string_view key) {
  const auto found = std::ranges::find(reg.items, key, &Item::key);
  return found == reg.items.end() ? nullptr : &*found;
}

// The register's items that the data fall under, in its order.
std::vector<const Item*> concerned(const Register& reg, const std::vector<Datum>& data) {
  std::vector<const Item*> out;
  for (const auto& item : reg.items)
    if (std::ranges::any_of(data, [&](const Datum& datum) { return datum.item == item.key; }))
      out.push_back(&item);
  return out;
}

void data_table(Draft& draft, const Details& details, const Register& reg, const std::vector<Datum>& data) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& datum : data) {
    const auto* item = find(reg, datum.item);
    rows.push_back({item == nullptr ? datum.item : draft.in(item->name), datum.value,
                    datum.source.empty()
                        ? draft.in({"от вас, через чат на сайте", "from you, in the chat on the website"})
                        : datum.source,
                    datum.at == Time{} ? "—" : parts::date(datum.at, details, draft.language())});
  }
  draft.table(
      {{"Данные", "Data"}, {"Содержание", "Content"}, {"Источник", "Source"}, {"С какого времени", "Since"}},
      std::move(rows));
}

}  // namespace

Document access_answer(const Details& details, const Register& reg, const AccessFacts& facts,
                       std::string_view language) {
  Draft draft(language, {"Ответ на запрос о персональных данных", "Answer to a request for personal data"});
  letterhead(draft, details, facts.request);
  if (!facts.held) {
    draft.heading({"Подтверждение факта обработки", "Whether data are processed"});
    draft.text({"Персональные данные, относящиеся к вам, не обрабатываются.",
                "No personal data about you are processed."});
    close(draft, details, facts.request);
    return draft.done();
  }
  if (facts.destroyed_at) {
    const auto day = parts::date(*facts.destroyed_at, details, language);
    draft.heading({"Подтверждение факта обработки", "Whether data are processed"});
    draft.say(draft.english()
                  ? fmt::format("The data about you were destroyed on {}. What is still processed is this request, and the "
                                "record of your consents, which shows that the processing was lawful.", day)
                  : fmt::format("Данные, относящиеся к вам, уничтожены {}. Сейчас обрабатываются только это обращение и "
                                "сведения о ваших согласиях: ими подтверждается законность прежней обработки.", day));
    draft.lines(facts.consents);
    close(draft, details, facts.request);
    return draft.done();
  }
  const auto items = concerned(reg, facts.data);
  draft.text({"Сведения приведены в порядке ч. 7 ст. 14 Федерального закона № 152-ФЗ.",
              "The information follows the order of 152-FZ art. 14(7)."});
  draft.heading({"Подтверждение факта обработки", "Whether data are processed"});
  draft.say(draft.english() ? fmt::format("{} processes personal data about you.", details.controller.name)
                            : fmt::format("{} обрабатывает персональные данные, относящиеся к вам.",
                                          details.controller.name));
  draft.heading({"Правовые основания и цели обработки", "Legal bases and purposes"});
  std::vector<std::vector<std::string>> why;
  for (const auto* item : items)
    for (const auto basis : kAllBases)
      if (item->on(basis) != 0)
        why.push_back({draft.in(item->name), parts::basis_name(basis, details.law, language),
                       parts::joined(parts::purpose_names(item->on(basis), language))});
  draft.table({{"Данные", "Data"}, {"Правовое основание", "Legal basis"}, {"Цели", "Purposes"}},
              std::move(why));
  if (!facts.consents.empty()) draft.lines(facts.consents);
  draft.heading({"Способы обработки", "Methods of processing"});
  draft.say(draft.in(parts::methods()) + ": " + draft.in(parts::actions()) + ".");
  draft.heading({"Оператор и лица, которые имеют доступ к данным или могут их получить",
                 "The controller, and who has access to the data or may receive them"});
  draft.pairs(parts::party_pairs(details.controller, {"Оператор", "Controller"}, language));
  unsigned recipients = 0;
  for (const auto* item : items) recipients |= item->recipients;
  auto people = parts::recipient_names(static_cast<std::uint8_t>(recipients), details, language);
  for (const auto& one : facts.disclosures)
    people.push_back(parts::filled({one.recipient + (one.address.empty() ? "" : ", " + one.address), one.what,
                                    one.at == Time{} ? "" : parts::date(one.at, details, language)},
                                   "; "));
  draft.text({"Кроме работников оператора, доступ имеют или данные получили:",
              "Besides the controller's employees, access or data have been given to:"});
  draft.lines(std::move(people));
  draft.heading({"Обрабатываемые данные и их источник", "The data and their source"});
  data_table(draft, details, reg, facts.data);
  draft.heading({"Сроки обработки и хранения", "Terms of processing and storage"});
  std::vector<std::string> terms;
  for (const auto* item : items)
    terms.push_back(draft.in(item->name) + " — " + parts::period_of(*item, reg, language));
  draft.lines(std::move(terms));
  holds(draft, reg, facts.holds);
  draft.heading({"Как осуществить свои права", "How to exercise your rights"});
  draft.text(
      {"Вы вправе потребовать уточнить, заблокировать или уничтожить данные, отозвать согласие, возразить "
       "против "
       "учёта посещений и потребовать прекратить обработку.",
       "You may have the data corrected, blocked or destroyed, withdraw consent, object to the counting of "
       "visits and demand that processing stops."});
  draft.say(draft.english()
                ? "Consent is withdrawn in the chat with one click. Otherwise write " +
                      parts::how_to_write(details, language) + "."
                : "Согласие отзывается в чате одним нажатием. По остальным вопросам обращайтесь " +
                      parts::how_to_write(details, language) + ".");
  draft.heading({"Трансграничная передача", "Transfer across the border"});
  draft.text({"Не осуществлялась и не предполагается. Базы данных находятся в Российской Федерации.",
              "None was made and none is intended. The databases are in the Russian Federation."});
  draft.heading(
      {"Кто обрабатывает данные по поручению оператора", "Who processes on the controller's behalf"});
  draft.pairs(parts::party_pairs(details.processor, {"Обработчик", "Processor"}, language));
  draft.heading(
      {"Как исполняются обязанности по статье 18.1", "How the duties of article 18.1 are fulfilled"});
  draft.lines(parts::measures(details, language));
  draft.heading({"Иные сведения", "Other information"});
  draft.text(
      {"На сообщения сначала отвечает автоматический ассистент. Решений, порождающих юридические "
       "последствия, "
       "исключительно автоматизированно не принимается (ст. 16 152-ФЗ).",
       "An automated assistant answers first. No decision with legal effect is taken by automated means "
       "alone "
       "(152-FZ art. 16)."});
  close(draft, details, facts.request);
  return draft.done();
}

namespace {

Words outcome_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::corrected:
      return {"Данные уточнены. Прежние значения сохранены только в истории исправлений (ст. 21 152-ФЗ).",
              "The data are corrected. Former values are kept in the history of corrections only (152-FZ "
              "art. 21)."};
    case Outcome::blocked:
      return {
          "Данные заблокированы на время проверки: их не видит никто, кроме ответственного за персональные "
          "данные "
          "(ч. 1 ст. 21 152-ФЗ).",
          "The data are blocked while this is checked: nobody but the privacy officer can see them (152-FZ "
          "art. "
          "21(1))."};
    case Outcome::unblocked:
      return {"Проверка закончена, блокирование снято (ч. 2 ст. 21 152-ФЗ).",
              "The check is over, the block is lifted (152-FZ art. 21(2))."};
    case Outcome::deleted:
      return {
          "Данные уничтожены, о чём составлен акт (ст. 21 152-ФЗ, приказ Роскомнадзора от 28.10.2022 № 179).",
          "The data are destroyed; an act says so (152-FZ art. 21, Roskomnadzor's Order of 28.10.2022 No. "
          "179)."};
    case Outcome::withdrawn:
      return {
          "Отзыв согласия принят. Использование данных прекращено; они будут уничтожены в течение 30 дней "
          "(ч. 5 ст. 21 152-ФЗ).",
          "The withdrawal is received. Use of the data has stopped; they will be destroyed within 30 days "
          "(152-FZ "
          "art. 21(5))."};
    case Outcome::stopped:
      return {"Обработка прекращена (ч. 5.1 ст. 21 152-ФЗ).",
              "Processing has stopped (152-FZ art. 21(5.1))."};
    case Outcome::objection_kept:
      return {"Возражение принято: учёт посещений в отношении вас не ведётся.",
              "The objection is received: your visits are not counted."};
    case Outcome::no_data:
      return {"По указанным сведениям персональные данные не обрабатываются.",
              "No personal data are processed under the details given."};
  }
  return {};
}

}  // namespace

Document request_answer(const Details& details, const Register& reg, const AnswerFacts& facts,
                        std::string_view language) {
  Draft draft(language, {"Ответ на обращение", "Answer to a request"});
  letterhead(draft, details, facts.request);
  draft.text(outcome_text(facts.outcome));
  if (!facts.details.empty()) draft.say(facts.details);
  holds(draft, reg, facts.holds);
  if (!facts.told.empty()) {
    draft.text(
        {"Об этом сообщено тем, кому данные были переданы:", "Those who had received the data were told:"});
    draft.lines(facts.told);
  }
  close(draft, details, facts.request);
  return draft.done();
}

Words words(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::not_verified:
      return {"по обращению не удалось подтвердить личность и отношения с оператором",
              "the request did not let us verify the person and their relation to the controller"};
    case RefusalReason::repeated:
      return {"повторный запрос подан раньше чем через 30 дней после предыдущего",
              "the request was repeated sooner than 30 days after the last"};
    case RefusalReason::rights_of_others:
      return {"доступ нарушил бы права и законные интересы других людей",
              "access would infringe the rights and lawful interests of others"};
    case RefusalReason::limited_by_law:
      return {"право на доступ ограничено федеральным законом", "the right of access is limited by law"};
    case RefusalReason::other_ground:
      return {"обработка продолжается на другом законном основании",
              "processing continues on another lawful ground"};
    case RefusalReason::accurate:
      return {"данные проверены, их точность подтверждена", "the data were checked and are accurate"};
  }
  return {};
}

Words article(RefusalReason reason, Law law) {
  const bool gdpr = law == Law::gdpr;
  switch (reason) {
    case RefusalReason::not_verified:
      return gdpr ? Words{"ст. 12(2), 12(6) GDPR", "GDPR art. 12(2), 12(6)"}
                  : Words{"ч. 3 ст. 14 152-ФЗ", "152-FZ art. 14(3)"};
    case RefusalReason::repeated:
      return gdpr ? Words{"ст. 12(5) GDPR", "GDPR art. 12(5)"}
                  : Words{"ч. 4, 6 ст. 14 152-ФЗ", "152-FZ art. 14(4), 14(6)"};
    case RefusalReason::rights_of_others:
      return gdpr ? Words{"ст. 15(4) GDPR", "GDPR art. 15(4)"}
                  : Words{"п. 4 ч. 8 ст. 14 152-ФЗ", "152-FZ art. 14(8)(4)"};
    case RefusalReason::limited_by_law:
      return gdpr ? Words{"ст. 23 GDPR", "GDPR art. 23"} : Words{"ч. 8 ст. 14 152-ФЗ", "152-FZ art. 14(8)"};
    case RefusalReason::other_ground:
      return gdpr ? Words{"ст. 17(3), 21(1) GDPR", "GDPR art. 17(3), 21(1)"}
                  : Words{"ч. 2 ст. 9, ч. 5 ст. 21 152-ФЗ", "152-FZ art. 9(2), 21(5)"};
    case RefusalReason::accurate:
      return gdpr ? Words{"ст. 16 GDPR", "GDPR art. 16"} : Words{"ч. 2 ст. 21 152-ФЗ", "152-FZ art. 21(2)"};
  }
  return {};
}

Document refusal(const Details& details, const Register& reg, const RefusalFacts& facts,
                 std::string_view language) {
  Draft draft(language, {"Мотивированный отказ", "Reasoned refusal"});
  letterhead(draft, details, facts.request);
  draft.say(fmt::format("{}: {} ({}).",
                        draft.in({"Обращение не может быть исполнено", "The request cannot be granted"}),
                        words(facts.reason).in(language), article(facts.reason, details.law).in(language)));
  if (!facts.explanation.empty()) draft.say(facts.explanation);
  holds(draft, reg, facts.holds);
  close(draft, details, facts.request);
  return draft.done();
}

Document extension_notice(const Details& details, const ExtensionFacts& facts, std::string_view language) {
  Draft draft(language, {"Уведомление о продлении срока ответа", "Notice that the term is extended"});
  letterhead(draft, details, facts.request);
  draft.say(fmt::format(
      fmt::runtime(
          draft.english()
              ? "The term for the answer is extended by five business days at most ({}): from {} to {}."
              : "Срок ответа продлён, не более чем на пять рабочих дней ({}): с {} до {}."),
      details.law == Law::gdpr
          ? draft.in({"ст. 12(3) GDPR", "GDPR art. 12(3)"})
          : draft.in({"ч. 1 ст. 20, ч. 5.1 ст. 21 152-ФЗ", "152-FZ art. 20(1), 21(5.1)"}),
      parts::date(facts.due, details, language), parts::date(facts.new_due, details, language)));
  draft.say(draft.in({"Причина: ", "Reason: "}) + facts.reason);
  close(draft, details, facts.request);
  return draft.done();
}

}  // namespace chatika::privacy
