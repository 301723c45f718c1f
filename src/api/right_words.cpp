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

std::string word(std::span<const Word> words, std::string_view key, std::string_view language) {
  for (const auto& w : words)
    if (w.key == key) return std::string(language == "en" ? w.en : w.ru);
  return std::string(key);
}

}  // namespace

std::string field_label(std::string_view key, std::string_view language) {
  return word(kFieldWords, key, language);
}
std::string reason_label(privacy::ErasureReason reason, std::string_view language) {
  return word(kReasonWords, json::name_of(reason), language);
}

}  // namespace chatika::api
