#include "requests/words.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace chatika::requests {
namespace {

struct Words {
  std::string_view ru;
  std::string_view en;
  [[nodiscard]] std::string_view in(std::string_view language) const { return language == "en" ? en : ru; }
};

Words of(EventKind kind) {
  switch (kind) {
    case EventKind::filed:
      return {"Обращение получено", "The request was received"};
    case EventKind::code_sent:
      return {"Код отправлен на известный адрес", "A code was sent to the address that is known"};
    case EventKind::call_back:
      return {"Код отправить некуда: позвоните по известному номеру", "No address for a code: call the number that is known"};
    case EventKind::code_failed:
      return {"Пять раз введён неверный код", "A wrong code was entered five times"};
    case EventKind::verified:
      return {"Личность подтверждена", "The requester was verified"};
    case EventKind::verified_by_hand:
      return {"Личность подтверждена сотрудником", "The requester was verified by hand"};
    case EventKind::taken:
      return {"Взято в работу", "Taken"};
    case EventKind::linked:
      return {"Найден человек, о данных которого обращение", "The person the data is about was found"};
    case EventKind::stopped:
      return {"Согласие отозвано, обработка прекращена", "Consent withdrawn, processing stopped"};
    case EventKind::blocked:
      return {"Данные заблокированы", "The data was blocked"};
    case EventKind::unblocked:
      return {"Блокирование снято", "The data was unblocked"};
    case EventKind::objected:
      return {"Возражение принято, статистика не ведётся", "The objection was accepted, no more analytics"};
    case EventKind::corrected:
      return {"Данные исправлены", "The data was corrected"};
    case EventKind::erasure_planned:
      return {"Уничтожение запланировано", "Destruction is planned"};
    case EventKind::erased:
      return {"Данные уничтожены", "The data was destroyed"};
    case EventKind::extended:
      return {"Срок продлён, человеку сообщено", "The term was extended, the person was told"};
    case EventKind::answered:
      return {"Ответ отправлен", "Answered"};
    case EventKind::refused:
      return {"Отказано", "Refused"};
    case EventKind::reminded:
      return {"Напоминание о сроке", "Reminder of the deadline"};
    case EventKind::overdue:
      return {"Срок пропущен", "The deadline has passed"};
    case EventKind::moved_earlier:
      return {"Срок стал раньше: изменился производственный календарь", "The deadline is earlier: the calendar has changed"};
    case EventKind::task_done:
      return {"Задача выполнена", "A task was done"};
    case EventKind::closed:
      return {"Обращение закрыто", "Closed"};
  }
  return {};
}

Words of(TaskKind kind) {
  switch (kind) {
    case TaskKind::call_back:
      return {"Позвонить по известному номеру и убедиться, что обратился этот человек",
              "Call the number that is known and make sure it is this person"};
    case TaskKind::verify:
      return {"Подтвердить личность обратившегося", "Verify the requester"};
    case TaskKind::find_person:
      return {"Найти, о чьих данных обращение", "Find whose data it is about"};
    case TaskKind::more_people:
      return {"Записей с этим контактом больше, чем вмещает одно обращение: сделайте то, о чём просят, и с остальными, "
              "заведя на них ещё одно обращение",
              "More records have this contact than one request takes: do what is asked for to the others too, by "
              "another request for them"};
    case TaskKind::answer:
      return {"Ответить", "Answer"};
    case TaskKind::block:
      return {"Заблокировать данные на время проверки", "Block the data while it is checked"};
    case TaskKind::correct:
      return {"Исправить данные", "Correct the data"};
    case TaskKind::unblock:
      return {"Снять блокирование", "Unblock the data"};
    case TaskKind::stop:
      return {"Прекратить обработку", "Stop the processing"};
    case TaskKind::destroy:
      return {"Уничтожить данные", "Destroy the data"};
  }
  return {};
}

Words of(RequestType type) {
  switch (type) {
    case RequestType::information:
      return {"Узнать, какие данные обо мне обрабатываются", "Learn what data about me is processed"};
    case RequestType::correction:
      return {"Исправить данные", "Correct my data"};
    case RequestType::blocking:
      return {"Заблокировать данные", "Block my data"};
    case RequestType::deletion:
      return {"Удалить данные", "Delete my data"};
    case RequestType::withdrawal:
      return {"Отозвать согласие", "Withdraw my consent"};
    case RequestType::stop:
      return {"Прекратить обработку", "Stop the processing"};
    case RequestType::objection:
      return {"Возразить против обработки", "Object to the processing"};
  }
  return {};
}

Words act_of(RequestType type) {
  switch (type) {
    case RequestType::information:
    case RequestType::blocking:
      return {"ответить", "answer"};
    case RequestType::correction:
      return {"исправить данные", "correct the data"};
    case RequestType::deletion:
    case RequestType::withdrawal:
      return {"уничтожить данные", "destroy the data"};
    case RequestType::stop:
    case RequestType::objection:
      return {"прекратить обработку", "stop the processing"};
  }
  return {};
}

constexpr std::array<Words, 12> kMonths{{{"января", "January"},
                                         {"февраля", "February"},
                                         {"марта", "March"},
                                         {"апреля", "April"},
                                         {"мая", "May"},
                                         {"июня", "June"},
                                         {"июля", "July"},
                                         {"августа", "August"},
                                         {"сентября", "September"},
                                         {"октября", "October"},
                                         {"ноября", "November"},
                                         {"декабря", "December"}}};

int number(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Words letter_of(RequestType type) {
  switch (type) {
    case RequestType::information:
      return {"Сведения о ваших персональных данных собраны в документе, который открывается вместе с этим ответом: какие данные "
              "у нас есть, откуда они, зачем и на каком основании обрабатываются, сколько хранятся и кто их получает.",
              "What we hold about you is in the document that opens together with this answer: which data, where it came from, why and "
              "on which basis it is processed, how long it is kept and who receives it."};
    case RequestType::correction:
      return {"Мы проверили сведения, которые вы указали, и исправили данные.",
              "We have checked what you told us and corrected the data."};
    case RequestType::blocking:
      return {"Ваши данные заблокированы: пока идёт проверка, ими не пользуются.",
              "Your data is blocked: nobody uses it while it is checked."};
    case RequestType::deletion:
      return {"Ваши данные уничтожены, кроме тех, которые мы обязаны хранить по закону.",
              "Your data has been destroyed, except what the law obliges us to keep."};
    case RequestType::withdrawal:
      return {"Ваше согласие отозвано, обработка, которая на нём основывалась, прекращена. Данные будут уничтожены в течение "
              "30 дней, кроме тех, которые мы обязаны хранить по закону.",
              "Your consent is withdrawn and the processing that rested on it has stopped. The data will be destroyed within "
              "30 days, except what the law obliges us to keep."};
    case RequestType::stop:
      return {"Мы прекратили обработку ваших персональных данных.", "We have stopped processing your personal data."};
    case RequestType::objection:
      return {"Мы приняли ваше возражение: статистика по вашим данным больше не ведётся.",
              "We have accepted your objection: your data is no longer used for analytics."};
  }
  return {};
}

}  // namespace

std::string_view words(EventKind kind, std::string_view language) {
  return of(kind).in(language);
}
std::string_view words(TaskKind kind, std::string_view language) {
  return of(kind).in(language);
}
std::string_view words(RequestType type, std::string_view language) {
  return of(type).in(language);
}
std::string_view act_words(RequestType type, std::string_view language) {
  return act_of(type).in(language);
}

std::string day_words(std::string_view day, std::string_view language) {
  if (day.size() != 10) return std::string(day);
  const auto month = number(day.substr(5, 2));
  if (month < 1 || month > 12) return std::string(day);
  const auto name = kMonths[static_cast<std::size_t>(month - 1)].in(language);
  const auto date = number(day.substr(8, 2));
  if (language == "en") return fmt::format("{} {} {}", date, name, day.substr(0, 4));
  return fmt::format("{} {} {} г.", date, name, day.substr(0, 4));
}

std::string_view kept_words(std::string_view language) {
  return Words{"Кроме того, что хранится на ином законном основании: оно заблокировано и будет уничтожено, когда основание отпадёт",
               "Except what is kept on another legal ground: it is blocked and will be destroyed when the ground ends"}
      .in(language);
}

std::string_view appeal_words(std::string_view language) {
  return Words{"Отказ можно обжаловать в Роскомнадзор (уполномоченный орган по защите прав субъектов персональных данных) или "
               "в суд: статья 17 Федерального закона № 152-ФЗ «О персональных данных».",
               "You may appeal against the refusal to Roskomnadzor (the authority for the protection of data subjects' rights) "
               "or to a court: article 17 of Federal Law No. 152-FZ \"On Personal Data\"."}
      .in(language);
}

std::string_view nameless(std::string_view language) {
  return Words{"Посетитель чата", "A visitor of the chat"}.in(language);
}
std::string_view chat_data(std::string_view language) {
  return Words{"Всё, что сообщено в чате на сайте", "Everything given in the chat on the website"}.in(language);
}

std::string letter(const Case& c, std::string_view name, std::string_view business) {
  const auto body = letter_of(c.type).in(c.language);
  if (c.language == "en")
    return fmt::format("Dear {},\n\nYou asked us on {}: {} (request {}).\n\n{}\n\n{}", name,
                       day_words(to_rfc3339(c.received_at).substr(0, 10), "en"), words(c.type, "en"), c.reference, body, business);
  return fmt::format("{}, здравствуйте!\n\n{} мы получили ваше обращение {}: «{}».\n\n{}\n\n{}", name,
                     day_words(to_rfc3339(c.received_at).substr(0, 10), "ru"), c.reference, words(c.type, "ru"), body, business);
}

}  // namespace chatika::requests
