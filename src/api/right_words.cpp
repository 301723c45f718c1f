#include "api/right_words.hpp"

#include <array>

namespace chatika::api {
namespace {

struct Word {
  std::string_view key;
  std::string_view ru;
  std::string_view en;
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

}  // namespace

std::string visitor_word(std::string_view key, std::string_view language) {
  for (const auto& w : kVisitorWords)
    if (w.key == key) return std::string(language == "en" ? w.en : w.ru);
  return {};
}
}  // namespace chatika::api
