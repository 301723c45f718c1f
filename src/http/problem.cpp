// What a person reads when something is refused, in both languages, and the shape it travels in.
#include <fmt/format.h>

#include <array>

#include "base/text.hpp"
#include "http/http.hpp"

namespace chatika::http {
namespace {

struct Words {
  std::string_view ru;
  std::string_view en;

  [[nodiscard]] std::string_view in(std::string_view language) const { return language == "en" ? en : ru; }
};

struct CodeRow {
  Errc code;
  int status;
  Words words;
};

constexpr std::array kCodes{
    CodeRow{Errc::invalid, 422, {"Проверьте введённые данные.", "Please check what you entered."}},
    CodeRow{Errc::unauthenticated,
            401,
            {"Вход не выполнен или сеанс истёк. Войдите и попробуйте ещё раз.",
             "You are not signed in, or your session has ended. Please sign in and try again."}},
    CodeRow{
        Errc::forbidden, 403, {"У вас нет прав на это действие.", "You do not have permission to do this."}},
    CodeRow{Errc::not_found,
            404,
            {"Ничего не нашлось: запись удалена или ссылка неверна.",
             "Nothing was found: the record is gone, or the link is wrong."}},
    CodeRow{Errc::conflict,
            409,
            {"Данные успели измениться. Обновите страницу и попробуйте ещё раз.",
             "Something has changed in the meantime. Refresh the page and try again."}},
    CodeRow{Errc::taken,
            409,
            {"Уже занято. Выберите другой вариант.", "That is already taken. Please choose another."}},
    CodeRow{Errc::too_large,
            413,
            {"Данных слишком много. Сократите их и отправьте ещё раз.",
             "That is too much data. Please shorten it and send it again."}},
    CodeRow{Errc::too_many,
            429,
            {"Слишком много попыток. Подождите немного и попробуйте ещё раз.",
             "Too many attempts. Please wait a little and try again."}},
    CodeRow{Errc::consent_required,
            403,
            {"Чтобы продолжить, нужно согласие на обработку персональных данных.",
             "To go on, we need consent to process personal data."}},
    CodeRow{Errc::agreement_required,
            403,
            {"Чтобы начать работу, примите соглашение об использовании сервиса.",
             "Please accept the terms of use to start working."}},
    CodeRow{Errc::familiarisation_required,
            403,
            {"Чтобы начать работу, ознакомьтесь с документами о персональных данных и подпишите их.",
             "Please read and sign the documents about personal data to start working."}},
    CodeRow{Errc::access_expired,
            403,
            {"Срок вашего доступа истёк. Отправьте заявку, чтобы продлить его.",
             "Your access has ended. Please send a request to renew it."}},
    CodeRow{Errc::off,
            403,
            {"Чат пока не работает. Свяжитесь с нами по телефону или приходите.",
             "The chat is not available yet. Please call us or come by."}},
    CodeRow{
        Errc::blocked,
        403,
        {"Данные этого человека заблокированы: доступ есть только у ответственного за персональные данные.",
         "This person's data are blocked: only the privacy officer has access."}},
    CodeRow{Errc::gone,
            410,
            {"Это больше не доступно: разговор завершён или данные удалены.",
             "This is no longer available: the conversation has ended, or the data was deleted."}},
    CodeRow{Errc::unavailable,
            503,
            {"Сервис временно недоступен. Попробуйте ещё раз через минуту.",
             "The service is unavailable for the moment. Please try again in a minute."}},
    CodeRow{Errc::internal,
            500,
            {"На нашей стороне произошла ошибка. Попробуйте ещё раз чуть позже.",
             "Something went wrong on our side. Please try again a little later."}},
};

struct FieldRow {
  std::string_view code;
  Words words;
  bool shape = false;  // the body cannot be read as what was asked for: 400 instead of 422
};

constexpr std::array kFields{
    FieldRow{"required", {"Заполните это поле.", "Please fill in this field."}},
    FieldRow{"unknown", {"Такого поля здесь нет.", "There is no such field here."}, true},
    FieldRow{"duplicate", {"Поле указано несколько раз.", "This field is given more than once."}, true},
    FieldRow{"too_short", {"Слишком короткий текст.", "This text is too short."}},
    FieldRow{"too_long",
             {"Слишком длинный текст. Сократите его.", "This text is too long. Please shorten it."}},
    FieldRow{
        "not_utf8", {"Текст должен быть в кодировке UTF-8.", "The text must be encoded in UTF-8."}, true},
    FieldRow{"control_characters",
             {"В тексте есть недопустимые управляющие символы.",
              "The text has control characters, which are not allowed."}},
    FieldRow{"not_uuid",
             {"Здесь нужен идентификатор в формате UUID.", "This must be an identifier in UUID format."}},
    FieldRow{"not_time",
             {"Укажите дату и время с часовым поясом, например 2026-11-23T09:00:00Z.",
              "Give a date and time with its time zone, for example 2026-11-23T09:00:00Z."}},
    FieldRow{"not_integer", {"Здесь нужно целое число.", "This must be a whole number."}},
    FieldRow{"not_string", {"Здесь нужен текст.", "This must be text."}},
    FieldRow{"not_boolean", {"Здесь нужно значение true или false.", "This must be true or false."}},
    FieldRow{"not_object", {"Здесь нужен объект JSON.", "This must be a JSON object."}},
    FieldRow{"not_array", {"Здесь нужен массив JSON.", "This must be a JSON array."}},
    FieldRow{"not_number", {"Здесь нужно число.", "This must be a number."}},
    FieldRow{"too_small", {"Слишком маленькое значение.", "This value is too small."}},
    FieldRow{"too_big", {"Слишком большое значение.", "This value is too big."}},
    FieldRow{"not_one_of",
             {"Выберите один из допустимых вариантов.", "Please choose one of the allowed values."}},
    FieldRow{"bad_phone",
             {"Похоже, в номере телефона ошибка. Проверьте его, пожалуйста.",
              "The phone number does not look right. Please check it."}},
    FieldRow{"bad_email",
             {"Похоже, в адресе электронной почты ошибка. Проверьте его, пожалуйста.",
              "The e-mail address does not look right. Please check it."}},
    FieldRow{"no_privacy_contact",
             {"Укажите адрес электронной почты для обращений о персональных данных: без него документы не "
              "публикуются.",
              "Give the e-mail address for privacy requests: without it no document is published."}},
    FieldRow{"no_legal_details",
             {"Укажите зарегистрированное наименование и адрес организации.",
              "Give the registered name and address of the business."}},
    FieldRow{"no_operator_details",
             {"В настройках установки не указано, кто её обслуживает.",
              "The installation's settings do not say who runs it."}},
    FieldRow{
        "past",
        {"Это время уже прошло. Выберите другое.", "That time has already passed. Please choose another."}},
    FieldRow{"too_far",
             {"Так далеко вперёд записать нельзя. Выберите время поближе.",
              "That is too far ahead to book. Please choose an earlier time."}},
    FieldRow{"outside_hours",
             {"В это время приёма нет. Выберите другое.", "Nobody works then. Please choose another time."}},
    FieldRow{"off_grid",
             {"На такое время записать нельзя. Выберите одно из предложенных.",
              "That start time cannot be booked. Please choose one of those offered."}},
    FieldRow{"taken", {"Это значение уже занято.", "This value is already taken."}},
    FieldRow{"malformed",
             {"Не удалось прочитать данные: они записаны с ошибкой.",
              "The data could not be read: it is not well formed."},
             true},
    FieldRow{"not_json", {"Данные нужно передать в формате JSON.", "The data must be sent as JSON."}, true},
    FieldRow{
        "too_deep", {"У данных слишком много уровней вложенности.", "The data is nested too deeply."}, true},
    FieldRow{"wrong_code",
             {"Код неверный, уже использован или устарел. Проверьте его или запросите новый.",
              "The code is wrong, was used already, or has expired. Check it or ask for another one."}},
    FieldRow{"has_access",
             {"Это сотрудник с доступом: его данные нельзя заблокировать или уничтожить. Сначала владелец закрывает "
              "ему доступ в разделе «Сотрудники».",
              "This is an employee with access: their data cannot be blocked or destroyed. An owner ends their access "
              "first, under Staff."}},
    FieldRow{"oneself",
             {"Свой доступ и своё назначение решает другой владелец, не вы сами.",
              "Another owner decides on your own access and office, not you."}},
    FieldRow{"pdf_too_long",
             {"Документ слишком длинный для PDF. Возьмите те же данные в формате JSON.",
              "The document is too long for a PDF. Please take the same data as JSON."}},
    FieldRow{"pdf_busy",
             {"Сейчас готовится много документов. Попробуйте ещё раз через несколько секунд.",
              "Many documents are being made right now. Please try again in a few seconds."}},
    FieldRow{"mismatch",
             {"Значение уже не совпадает с нашим. Обновите страницу и попробуйте ещё раз.",
              "This no longer matches what we have. Refresh the page and try again."}},
};

constexpr Words kAnyField{"Недопустимое значение.", "This value is not allowed."};

struct RefusalRow {
  int status;
  Errc code;
  Words words;
};

constexpr std::array kRefusals{
    RefusalRow{400, Errc::invalid, {"Запрос составлен неправильно.", "The request is not well formed."}},
    RefusalRow{
        405, Errc::invalid, {"Этот метод здесь не поддерживается.", "This method is not supported here."}},
    RefusalRow{
        408,
        Errc::unavailable,
        {"Запрос пришёл не полностью: время ожидания истекло.", "The request did not arrive in time."}},
    RefusalRow{
        413, Errc::too_large, {"Тело запроса слишком велико.", "The body of the request is too large."}},
    RefusalRow{
        414, Errc::too_large, {"Адрес запроса слишком длинный.", "The address of the request is too long."}},
    RefusalRow{
        417,
        Errc::invalid,
        {"Заголовок Expect запроса не поддерживается.", "The request expects something we do not support."}},
    RefusalRow{426,
               Errc::invalid,
               {"Нужна версия 13 протокола WebSocket.", "Version 13 of the WebSocket protocol is needed."}},
    RefusalRow{431,
               Errc::too_large,
               {"Заголовки запроса слишком велики.", "The headers of the request are too large."}},
    RefusalRow{501, Errc::invalid, {"Такой метод не поддерживается.", "This method is not supported."}},
    RefusalRow{503,
               Errc::unavailable,
               {"Сервер перегружен. Попробуйте ещё раз через минуту.",
                "The server is busy. Please try again in a minute."}},
    RefusalRow{505,
               Errc::invalid,
               {"Поддерживаются только HTTP/1.1 и HTTP/1.0.", "Only HTTP/1.1 and HTTP/1.0 are supported."}},
};

const CodeRow& row_of(Errc code) {
  for (const CodeRow& row : kCodes) {
    if (row.code == code) return row;
  }
  return kCodes.back();
}

const FieldRow* row_of(std::string_view field_code) {
  for (const FieldRow& row : kFields) {
    if (row.code == field_code) return &row;
  }
  return nullptr;
}

std::string_view field_sentence(std::string_view code, std::string_view language) {
  const FieldRow* row = row_of(code);
  return (row ? row->words : kAnyField).in(language);
}

bool breaks_shape(const Error& error) {
  if (error.code != Errc::invalid) return false;
  for (const FieldError& field : error.fields) {
    const FieldRow* row = row_of(field.code);
    if (row && row->shape) return true;
  }
  return false;
}

std::string body_of(int status, Errc code, std::string_view title, const std::vector<FieldError>& fields,
                    std::string_view language) {
  std::string body =
      fmt::format(R"({{"type":"about:blank","status":{},"code":"{}","title":)", status, name(code));
  text::append_json_string(body, title);
  body += R"(,"errors":[)";
  for (const FieldError& field : fields) {
    if (body.back() == '}') body += ',';
    body += R"({"pointer":)";
    text::append_json_string(body, field.pointer);
    body += R"(,"code":)";
    text::append_json_string(body, field.code);
    body += R"(,"message":)";
    text::append_json_string(body, field_sentence(field.code, language));
    body += '}';
  }
  body += "]}";
  return body;
}

Response response_of(int status, std::string body, std::string_view language) {
  Response response{.status = status, .headers = {}, .body = std::move(body), .static_body = {}};
  response.headers.emplace_back("content-type", "application/problem+json");
  response.headers.emplace_back("content-language", language == "en" ? "en" : "ru");
  response.headers.emplace_back("cache-control", "no-store");
  return response;
}

}  // namespace

int status_of(Errc code) {
  return row_of(code).status;
}

std::string sentence(const Error& error, std::string_view language) {
  if (!error.fields.empty()) return std::string(field_sentence(error.fields.front().code, language));
  return std::string(row_of(error.code).words.in(language));
}

Response problem(const Error& error, std::string_view language) {
  const CodeRow& row = row_of(error.code);
  const int status = breaks_shape(error) ? 400 : row.status;
  // A reason that is of no field is what the person reads.
  const bool whole = error.code != Errc::invalid && error.fields.size() == 1 && error.fields.front().pointer.empty() &&
                     row_of(error.fields.front().code);
  const auto title = whole ? field_sentence(error.fields.front().code, language) : row.words.in(language);
  Response response = response_of(status, body_of(status, error.code, title, error.fields, language), language);
  // RFC 9110 11.6.1 wants a challenge; browsers show no dialogue of their own for this scheme.
  if (error.code == Errc::unauthenticated) response.headers.emplace_back("www-authenticate", "Bearer");
  if (error.retry_after_s > 0)
    response.headers.emplace_back("retry-after", std::to_string(error.retry_after_s));
  return response;
}

Response refusal(int status, std::string_view language) {
  for (const RefusalRow& row : kRefusals) {
    if (row.status == status) {
      return response_of(status, body_of(status, row.code, row.words.in(language), {}, language), language);
    }
  }
  const Words& words = row_of(Errc::internal).words;
  return response_of(500, body_of(500, Errc::internal, words.in(language), {}, language), language);
}

}  // namespace chatika::http
