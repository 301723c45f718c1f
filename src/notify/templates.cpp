#include "notify/templates.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace chatika::notify {
namespace {

struct Text {
  std::string_view subject;
  std::string_view body;  // paragraphs apart by an empty line
};
struct Row {
  Template what;
  privacy::Purpose purpose;
  Text ru;
  Text en;
};

using privacy::Purpose;

// Ways to appeal after 152-FZ art. 17; extension after art. 14(3), 20, 21(5.1); partners are told after art.
// 21(1)–(3).
constexpr std::array kRows{
    Row{Template::message_waiting,
        Purpose::notification,
        {"Вам ответили в чате", R"(Здравствуйте!

На ваш вопрос ответили. Прочитать ответ и продолжить разговор:

{link}

Вы получили это письмо, потому что оставили адрес в чате. Чтобы таких писем больше не было, отзовите согласие в окне чата.)"},
        {"You have an answer in the chat", R"(Hello!

Your question has been answered. Read the answer and go on with the conversation:

{link}

You receive this message because you left your address in the chat. To stop such messages, withdraw your consent in the chat window.)"}},
    Row{Template::request_code,
        Purpose::subject_request,
        {"Код подтверждения обращения {number}", R"(Здравствуйте!

Мы получили обращение {number} о персональных данных. Чтобы мы убедились, что его отправили вы, введите на странице обращения код:

{code}

Код действует {minutes} мин. Никому его не сообщайте. Если вы не отправляли обращение, ничего делать не нужно: без кода мы не дадим по нему никаких сведений.)"},
        {"Confirmation code of request {number}", R"(Hello!

We have received request {number} about personal data. So that we know it comes from you, enter this code on the page of the request:

{code}

The code is valid for {minutes} minutes. Do not tell it to anyone. If you did not send the request, there is nothing to do: without the code we disclose nothing.)"}},
    Row{Template::request_received,
        Purpose::subject_request,
        {"Обращение {number} принято", R"(Здравствуйте!

Мы приняли ваше обращение {number} о персональных данных и ответим не позднее {due}.

?Ход обращения виден по личной ссылке:

?{link})"},
        {"Request {number} has been accepted", R"(Hello!

We have accepted your request {number} about personal data and will answer by {due}.

?You can follow it by your private link:

?{link})"}},
    Row{Template::request_answered,
        Purpose::subject_request,
        {"Ответ на обращение {number}", R"(Здравствуйте!

Ответ на ваше обращение {number} готов. Он открывается по личной ссылке:

{link}

Ссылка действует до {until}. Не пересылайте её: по ней видны ваши персональные данные.)"},
        {"Answer to request {number}", R"(Hello!

The answer to your request {number} is ready. It opens by your private link:

{link}

The link is valid until {until}. Do not pass it on: it shows your personal data.)"}},
    Row{Template::request_refused,
        Purpose::subject_request,
        {"Отказ по обращению {number}", R"(Здравствуйте!

По вашему обращению {number} принято решение об отказе. Основание: {article}.

?Причина: {reason}

?Мотивированный ответ открывается по личной ссылке:

?{link}

Отказ можно обжаловать в Роскомнадзор (уполномоченный орган по защите прав субъектов персональных данных) или в суд: статья 17 Федерального закона № 152-ФЗ «О персональных данных».)"},
        {"Refusal of request {number}", R"(Hello!

Your request {number} has been refused. Ground: {article}.

?Reason: {reason}

?The reasoned answer opens by your private link:

?{link}

You may appeal against the refusal to Roskomnadzor (the authority for the protection of data subjects' rights) or to a court: article 17 of Federal Law No. 152-FZ "On Personal Data".)"}},
    Row{Template::request_extended,
        Purpose::subject_request,
        {"Срок ответа на обращение {number} продлён", R"(Здравствуйте!

Для ответа на ваше обращение {number} нужно больше времени. Причина: {reason}

Мы ответим не позднее {due}. Закон допускает продление не более чем на пять рабочих дней (статьи 14, 20 и 21 Федерального закона № 152-ФЗ).)"},
        {"Request {number} needs more time", R"(Hello!

We need more time to answer your request {number}. Reason: {reason}

We will answer by {due}. The law allows an extension of five business days at most (articles 14, 20 and 21 of Federal Law No. 152-FZ).)"}},
    Row{Template::withdrawal_link,
        Purpose::subject_request,
        {"Отзыв согласия", R"(Здравствуйте!

Вы попросили ссылку, чтобы отозвать согласие на обработку персональных данных. Откройте её и подтвердите отзыв одной кнопкой:

{link}

Если вы не просили об этом, ничего делать не нужно: согласие останется в силе. Не пересылайте ссылку.)"},
        {"Withdrawal of consent", R"(Hello!

You asked for a link to withdraw your consent to the processing of personal data. Open it and confirm with one button:

{link}

If you did not ask for it, there is nothing to do: the consent stays in force. Do not pass the link on.)"}},
    Row{Template::withdrawal_done,
        Purpose::subject_request,
        {"Согласие отозвано", R"(Здравствуйте!

Ваше согласие на обработку персональных данных отозвано {date}. Обработка, которая на нём основывалась, прекращена.

Данные будут уничтожены не позднее {due}, кроме тех, которые мы обязаны хранить по закону.)"},
        {"Your consent has been withdrawn", R"(Hello!

Your consent to the processing of personal data was withdrawn on {date}. The processing that rested on it has stopped.

The data will be destroyed by {due}, except what the law obliges us to keep.)"}},
    Row{Template::erasure_done,
        Purpose::subject_request,
        {"Персональные данные уничтожены", R"(Здравствуйте!

Ваши персональные данные уничтожены {date}.

?Обращение: {number}.

?По закону сохранено: {kept}.)"},
        {"Your personal data has been destroyed", R"(Hello!

Your personal data was destroyed on {date}.

?Request: {number}.

?Kept as the law requires: {kept}.)"}},
    Row{Template::recipient_correction,
        Purpose::notification,
        {"Исправление переданных вам персональных данных", R"(Здравствуйте!

Мы передавали вам персональные данные. Сведения по записи {reference} исправлены: внесите исправление и у себя (статья 21 Федерального закона № 152-ФЗ).

Подтвердите, что исправление внесено:

{link}

Мы будем напоминать, пока не получим подтверждение.)"},
        {"Correction of personal data passed to you", R"(Hello!

We have passed personal data to you. Record {reference} has been corrected: please correct it on your side too (article 21 of Federal Law No. 152-FZ).

Acknowledge that the correction is made:

{link}

We will remind you until we have your acknowledgement.)"}},
    Row{Template::recipient_erasure,
        Purpose::notification,
        {"Уничтожение переданных вам персональных данных", R"(Здравствуйте!

Мы передавали вам персональные данные. Сведения по записи {reference} у нас уничтожены: уничтожьте их и у себя (статья 21 Федерального закона № 152-ФЗ).

Подтвердите, что данные уничтожены:

{link}

Мы будем напоминать, пока не получим подтверждение.)"},
        {"Erasure of personal data passed to you", R"(Hello!

We have passed personal data to you. Record {reference} has been destroyed here: please destroy it on your side too (article 21 of Federal Law No. 152-FZ).

Acknowledge that the data is destroyed:

{link}

We will remind you until we have your acknowledgement.)"}},
    Row{Template::deadline_reminder,
        Purpose::notification,
        {"Обращение {number}: срок {due}", R"(Срок по обращению {number} подходит: {what}, до {due}.

?Открыть дело:

?{link})"},
        {"Request {number}: due {due}", R"(The deadline of request {number} is near: {what}, by {due}.

?Open the case:

?{link})"}},
    Row{Template::deadline_alarm,
        Purpose::notification,
        {"Срок пропущен: обращение {number}",
         R"(Срок по обращению {number} истёк {due}: {what}. Ответьте сейчас и запишите причину задержки.

?Открыть дело:

?{link})"},
        {"Overdue: request {number}",
         R"(The deadline of request {number} passed on {due}: {what}. Answer now and record why it is late.

?Open the case:

?{link})"}},
    Row{Template::breach_reminder,
        Purpose::notification,
        {"Инцидент {number}: {what} до {due}",
         R"(По инциденту {number} идёт срок: {what}, до {due} (часть 3.1 статьи 21 Федерального закона № 152-ФЗ). Часы не останавливаются в выходные.

?Открыть запись и черновик уведомления:

?{link})"},
        {"Breach {number}: {what} by {due}",
         R"(The clock of breach {number} is running: {what}, by {due} (article 21(3.1) of Federal Law No. 152-FZ). It does not stop at weekends.

?Open the record and the draft of the notice:

?{link})"}},
    Row{Template::task_reminder,
        Purpose::notification,
        {"{task}: срок {due}", R"(Подходит срок: {task}, до {due}.

?Открыть:

?{link})"},
        {"{task}: due {due}", R"(A task is due: {task}, by {due}.

?Open:

?{link})"}},
    Row{Template::mail_check,
        Purpose::notification,
        {"Проверка почты", R"(Здравствуйте!

Это письмо вы запросили в панели Chatika. Оно дошло: почта настроена.)"},
        {"Mail check", R"(Hello!

You asked for this message in the Chatika panel. It has arrived: mail works.)"}},
};

const Row& row(Template what) {
  for (const auto& r : kRows)
    if (r.what == what) return r;
  throw std::logic_error("notify: a template without words");
}

std::vector<std::string_view> paragraphs(std::string_view body) {
  std::vector<std::string_view> out;
  while (!body.empty()) {
    const auto end = std::min(body.find("\n\n"), body.size());
    out.push_back(body.substr(0, end));
    body.remove_prefix(std::min(end + 2, body.size()));
  }
  return out;
}

// Calls text(piece) and param(name) in order.
void each_part(std::string_view text, auto&& piece, auto&& param) {
  while (!text.empty()) {
    const auto open = std::min(text.find('{'), text.size());
    if (open > 0) piece(text.substr(0, open));
    if (open == text.size()) return;
    const auto close = text.find('}', open);
    param(std::string(text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
}

std::set<std::string> names_in(std::string_view text) {
  std::set<std::string> out;
  each_part(text, [](std::string_view) {}, [&](const std::string& name) { out.insert(name); });
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "<br>";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A value that brings its own full stop ("14 мая 2026 г.") ends the sentence: no second one follows.
std::string filled(std::string_view text, const Params& params) {
  std::string out;
  each_part(
      text,
      [&](std::string_view piece) {
        if (piece.starts_with('.') && out.ends_with('.')) piece.remove_prefix(1);
        out += piece;
      },
      [&](const std::string& name) { out += params.at(name); });
  return out;
}

bool is_web_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

std::string html_paragraph(std::string_view paragraph, const Params& params) {
  const auto text = escaped(filled(paragraph, params));
  if (paragraph == "{link}" && is_web_address(params.at("link")))
    return "<p><a href=\"" + text + "\">" + text + "</a></p>\n";
  if (paragraph == "{code}")
    return "<p style=\"font-size:24px;letter-spacing:4px\"><b>" + text + "</b></p>\n";
  return "<p>" + text + "</p>\n";
}

}  // namespace

privacy::Purpose purpose_of(Template what) {
  return row(what).purpose;
}

Wording wording(Template what, std::string_view language) {
  const auto& text = language == "en" ? row(what).en : row(what).ru;
  return {text.subject, paragraphs(text.body)};
}

Needs needs(Template what) {
  Needs out;
  const auto w = wording(what, "ru");
  out.required = names_in(w.subject);
  for (const auto p : w.paragraphs)
    for (const auto& name : names_in(p)) (p.starts_with('?') ? out.optional : out.required).insert(name);
  return out;
}

Rendered render(Template what, std::string_view language, const Params& params, const Business& business) {
  const auto w = wording(what, language);
  Rendered out{.subject = filled(w.subject, params), .text = {}, .html = {}};
  out.html = "<!doctype html>\n<html lang=\"" + std::string(language == "en" ? "en" : "ru") +
             "\"><head><meta charset=\"utf-8\"><title>" + escaped(out.subject) +
             "</title></head>\n<body "
             "style=\"font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a\">\n";
  for (auto p : w.paragraphs) {
    if (p.starts_with('?')) {
      p.remove_prefix(1);
      bool absent = false;
      for (const auto& name : names_in(p)) absent = absent || !params.contains(name);
      // A line that introduces what is absent goes with it.
      if (p.ends_with(':') && !params.contains("link")) absent = true;
      if (absent) continue;
    }
    out.text += filled(p, params) + "\n\n";
    out.html += html_paragraph(p, params);
  }
  const auto sign = business.contact.empty() ? business.name : business.name + "\n" + business.contact;
  out.text += "-- \n" + sign + "\n";
  out.html += "<p style=\"color:#5c5c5c\">" + escaped(sign) + "</p>\n</body></html>\n";
  return out;
}

}  // namespace chatika::notify
