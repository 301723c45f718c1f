#include "inbox/inbox_rules.hpp"

#include "base/text.hpp"

namespace chatika::inbox {

std::string preview(std::string_view text) {
  const auto line = text::clean_line(text);
  const auto head = text::prefix(line, kPreviewChars);
  return head.size() == line.size() ? line : std::string(head) + "…";
}

std::string joined_text(std::string_view name, std::string_view language) {
  return language == "en" ? std::string(name) + " has joined the conversation."
                          : "К диалогу присоединился сотрудник: " + std::string(name) + ".";
}

std::string handed_back_text(std::string_view language) {
  return language == "en" ? "The automated assistant is answering again."
                          : "Снова отвечает автоматический ассистент.";
}

std::string closed_text(std::string_view language) {
  return language == "en" ? "The conversation is closed. Write again whenever you need."
                          : "Диалог завершён. Напишите, если появятся вопросы.";
}

}  // namespace chatika::inbox
