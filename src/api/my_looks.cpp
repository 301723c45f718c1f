#include "api/my_looks.hpp"

#include <algorithm>

#include "api/right_words.hpp"
#include "privacy/register_texts.hpp"

namespace chatika::api {
namespace {

std::string by(std::string_view language, std::string_view ru, std::string_view en) {
  return std::string(language == "en" ? en : ru);
}

void add(std::string& list, std::string_view word) {
  if (!list.empty()) list += ", ";
  list += word;
}

// Only what is about visitors is named: an officer's row may have touched an employee's name as well.
std::string fields_of(const privacy::AuditView& view, std::string_view language) {
  std::vector<std::string> seen;
  std::string out;
  for (const auto* columns : {&view.read, &view.written})
    for (std::string key : *columns) {
      if (key.ends_with("_box")) key.resize(key.size() - 4);
      if (std::ranges::find(seen, key) != seen.end()) continue;
      seen.push_back(key);
      if (auto label = visitor_word(key, language); !label.empty()) add(out, label);
    }
  return out;
}

std::string purposes_of(const privacy::AuditView& view, std::string_view language) {
  std::string out;
  for (const auto& name : view.purposes)
    for (const auto purpose : privacy::each(privacy::purposes_named(name)))
      add(out, privacy::words(purpose).in(language));
  return out;
}

// Who does these is the privacy officer: the gates let nobody else.
bool by_officer(std::string_view operation) {
  return operation.starts_with("privacy.") || operation.starts_with("requests.") ||
         operation.starts_with("audit.");
}

std::string role_of(const privacy::AuditView& view, std::string_view language) {
  if (!view.actor.starts_with("employee:")) return by(language, "Программа", "The program");
  if (by_officer(view.operation))
    return by(language, "Ответственный за персональные данные", "Privacy officer");
  return by(language, "Сотрудник", "Employee");
}

}  // namespace

MyLooks my_looks(const std::vector<privacy::AuditView>& views, std::string_view language) {
  MyLooks out;
  for (const auto& view : views) {
    MyLook look{.at = view.at,
                .who = role_of(view, language),
                .what = fields_of(view, language),
                .why = purposes_of(view, language)};
    if (look.what.empty()) continue;
    if (!out.items.empty()) {
      auto& last = out.items.back();
      if (last.who == look.who && last.what == look.what && last.why == look.why) {
        ++last.times;
        continue;
      }
    }
    if (out.items.size() == kLooksShown) break;
    out.items.push_back(std::move(look));
  }
  return out;
}

}  // namespace chatika::api
