// A made-up business and made-up cases, for the tests of the documents.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "privacy/documents_cases.hpp"

namespace chatika::privacy {

inline const Time kSampleTime = *parse_rfc3339("2026-11-24T09:30:00Z");

inline Details sample_details(bool clinic, std::string_view language = "ru") {
  if (language == "en")
    return {.controller = {"Example Clinic Ltd", "0000000000", "1 Example Street, Exampleville",
                           "privacy@clinic.example", "+7 (000) 000-00-00"},
            .processor = {"Example Hosting Ltd", "0000000000", "2 Example Street", "dpo@hosting.example", ""},
            .site = "clinic.example",
            .officer = "A. Example, deputy head",
            .clinic = clinic};
  return {.controller = {"ООО «Пример»", "0000000000", "г. Примерск, ул. Примерная, 1",
                         "privacy@clinic.example", "+7 (000) 000-00-00"},
          .processor = {"ООО «Обработчик»", "0000000000", "г. Примерск, ул. Примерная, 2",
                        "dpo@hosting.example", ""},
          .site = "clinic.example",
          .officer = "Примеров П. П., заместитель директора",
          .clinic = clinic};
}

inline RequestFacts sample_request() {
  return {.number = "2026-17",
          .requester = "Примерова Анна Ивановна",
          .essence = "Прошу сообщить, какие мои данные вы обрабатываете.",
          .received_at = kSampleTime - std::chrono::days(7),
          .answered_at = kSampleTime,
          .answered_by = {"Примеров П. П.", "Ответственный за организацию обработки персональных данных"}};
}

inline AccessFacts sample_access() {
  return {.request = sample_request(),
          .held = true,
          .data = {{"visitor.name", "Анна", "", kSampleTime - std::chrono::days(90)},
                   {"visitor.phone", "+7 000 000-00-01", "", kSampleTime - std::chrono::days(90)},
                   {"visitor.ip", "192.0.2.0", "", kSampleTime - std::chrono::days(3)},
                   {"message.body", "«Здравствуйте, можно записаться на четверг?»", "", kSampleTime},
                   {"visitor.booking", "Приём терапевта, 26 ноября 2026 г., 10:00", "", kSampleTime}},
          .disclosures = {{"ООО «Учёт»", "г. Примерск", "имя и телефон", kSampleTime}},
          .consents = {"24 августа 2026 г.: согласие дано в чате, редакция 2026-11-3"},
          .holds = {{"visitor.booking", "п. 5 ч. 1 ст. 6 152-ФЗ", "до 26 ноября 2029 г."}}};
}

inline DestructionAct sample_destruction() {
  const std::string who = "Анна Примерова (01930000-0000-7000-8000-000000000001)";
  const std::vector<std::string> categories{"visitor.name", "visitor.phone", "message.body"};
  return {.number = 5,
          .operator_name = "ООО «Пример»",
          .operator_address = "г. Примерск, ул. Примерная, 1",
          .subject = who,
          .subject_id = SubjectId::fresh(),
          .ordered_by = "Примеров П. П.",
          .destroyed_by = {"Chatika, автоматически"},
          .categories = categories,
          .system = "Chatika",
          .method = std::string(kDestructionMethod),
          .reason = ErasureReason::withdrawn,
          .at = kSampleTime,
          .kept = {{"visitor.booking", "ст. 29 402-ФЗ", "учёт"}},
          .events = {{who, categories, "Chatika", ErasureReason::withdrawn, kSampleTime}},
          .replayed = {}};
}

inline BreachFacts sample_breach() {
  return {.number = "1",
          .happened_at = Time{},
          .found_at = kSampleTime,
          .what = "Утрачен ноутбук сотрудника с открытым сеансом панели.",
          .cause = "Кража",
          .harm = "Возможно раскрытие имён и телефонов",
          .measures = "Сеанс закрыт, пароль сменён",
          .categories = {"visitor.name", "visitor.phone"},
          .subjects = "не более 120",
          .contact = {"Примеров П. П.", "заместитель директора"},
          .contact_phone = "+7 (000) 000-00-00",
          .contact_email = "privacy@clinic.example",
          .inquiry = "По журналу после кражи действий не было.",
          .responsible = "",
          .notice_24 = "№ 1 от 24 ноября 2026 г."};
}

// Every document of a case, by name.
inline std::vector<std::pair<std::string, document::Document>> sample_cases(const Details& details,
                                                                            const Register& reg,
                                                                            std::string_view language) {
  const auto request = sample_request();
  return {{"access_answer", access_answer(details, reg, sample_access(), language)},
          {"answer", request_answer(details, reg,
                                    {request, Outcome::withdrawn, "", sample_access().holds, {"ООО «Учёт»"}},
                                    language)},
          {"refusal", refusal(details, reg, {request, RefusalReason::rights_of_others, "", {}}, language)},
          {"extension", extension_notice(details,
                                         {request, "Нужно собрать сведения из архива.", kSampleTime,
                                          kSampleTime + std::chrono::days(7)},
                                         language)},
          {"destruction_act", destruction_paper(details, reg, sample_destruction(), language)},
          {"breach_24h", breach_notice_24h(details, reg, sample_breach(), language)},
          {"breach_72h", breach_notice_72h(details, reg, sample_breach(), language)}};
}

}  // namespace chatika::privacy
