#include "api/right_words.hpp"

#include <array>
#include <span>

#include "json/write.hpp"

namespace chatika::api {
namespace {

struct Word {
  std::string_view key;
  std::string_view ru;
  std::string_view en;
};

constexpr std::array kFieldWords{
    Word{"visitor.name", "Имя", "Name"},
    Word{"visitor.phone", "Телефон", "Phone"},
    Word{"visitor.email", "Эл. почта", "E-mail"},
    Word{"visitor.ip", "IP-адрес", "IP address"},
    Word{"message.body", "Сообщения", "Messages"},
    Word{"conversation.dialogue", "Память ассистента о разговоре", "What the assistant keeps in mind"},
    Word{"lead.note", "Заявки", "Leads"},
    Word{"booking", "Записи", "Bookings"},
    Word{"subject", "Ключ и запись о человеке", "The person's record and key"},
    Word{"employee.name", "Имя сотрудника", "Employee's name"},
    Word{"employee.email", "Эл. почта сотрудника", "Employee's e-mail"},
    Word{"outbox.address", "Адрес письма", "Address of a mail"},
    Word{"outbox.secrets", "Коды и ссылки письма", "Codes and links of a mail"},
};
constexpr std::array kReasonWords{
    Word{"withdrawn", "отозвано согласие", "consent withdrawn"},
    Word{"expired", "истёк срок хранения", "the period is over"},
    Word{"request", "требование человека", "the person's demand"},
    Word{"unlawful", "неправомерная обработка", "unlawful processing"},
};

constexpr std::array kVisitorWords{
    Word{"visitor.name", "имя", "name"},
    Word{"visitor.phone", "телефон", "phone"},
    Word{"visitor.email", "почта", "e-mail"},
    Word{"visitor.ip", "сетевой адрес", "network address"},
    Word{"message.body", "сообщения", "messages"},
    Word{"conversation.dialogue", "ход разговора", "state of the talk"},
    Word{"lead.note", "заявка", "lead"},
    Word{"request.name", "имя в обращении", "name in a request"},
    Word{"request.contact", "почта в обращении", "e-mail in a request"},
    Word{"request.phone", "телефон в обращении", "phone in a request"},
    Word{"request.description", "обращение", "request"},
    Word{"request.answer", "ответ на обращение", "answer to a request"},
};

std::string word(std::span<const Word> words, std::string_view key, std::string_view language) {
  for (const auto& w : words)
    if (w.key == key) return std::string(language == "en" ? w.en : w.ru);
  return std::string(key);
}

}  // namespace

std::string field_label(std::string_view key, std::string_view language) {
  return word(kFieldWords, key, language);
}
std::string visitor_word(std::string_view key, std::string_view language) {
  for (const auto& w : kVisitorWords)
    if (w.key == key) return std::string(language == "en" ? w.en : w.ru);
  return {};
}
std::string reason_label(privacy::ErasureReason reason, std::string_view language) {
  return word(kReasonWords, json::name_of(reason), language);
}

}  // namespace chatika::api
