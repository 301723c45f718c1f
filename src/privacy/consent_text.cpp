// The consent as the widget shows it: what the register rests on consent, in the words of art. 9(4) of
// 152-FZ.
#include <fmt/format.h>

#include <algorithm>

#include "crypto/crypto.hpp"
#include "privacy/consent.hpp"
#include "privacy/documents_parts.hpp"

namespace chatika::privacy {
namespace {

std::vector<const Item*> asked_for(const Register& reg) {
  std::vector<const Item*> out;
  for (const auto* item : parts::items_of(reg, Category::visitor))
    if (item->consent != 0) out.push_back(item);
  return out;
}

// "имя, телефон — 365 дней после последнего обращения; …": items of one period together.
std::string periods(const std::vector<const Item*>& items, const Register& reg, std::string_view language) {
  std::vector<std::string> out;
  std::vector<Retention> said;
  for (const auto* item : items) {
    if (std::ranges::find(said, item->retention) != said.end()) continue;
    said.push_back(item->retention);
    std::vector<std::string> names;
    for (const auto* other : items)
      if (other->retention == item->retention) names.emplace_back(other->name.in(language));
    out.push_back(parts::joined(names, ", ") + " — " + parts::period_of(*item, reg, language));
  }
  return parts::joined(out);
}

// What is processed about a visitor without this consent for the business's own interest, named so that nobody is
// misled. Records that a duty requires are of no choice either: the policy lists them.
std::string without_consent(const Register& reg, std::string_view language) {
  std::vector<const Item*> items;
  for (const auto* item : parts::items_of(reg, Category::visitor))
    if (item->consent == 0 && item->contract == 0 && item->legitimate_interest != 0) items.push_back(item);
  return periods(items, reg, language);
}

std::string contacts(const Party& party, bool en) {
  std::vector<std::string> out;
  if (!party.email.empty()) out.push_back((en ? "by e-mail to " : "по электронной почте ") + party.email);
  if (!party.phone.empty()) out.push_back((en ? "by phone " : "по телефону ") + party.phone);
  return parts::joined(out, en ? " or " : " или ");
}

}  // namespace

ConsentText consent_text(const Details& details, const Register& reg, std::string_view chosen) {
  const bool en = chosen == "en";
  const std::string_view language = en ? "en" : "ru";
  const auto items = asked_for(reg);
  Purposes purposes = 0;
  std::uint8_t recipients = 0;
  std::vector<std::string> names;
  for (const auto* item : items) {
    purposes = static_cast<Purposes>(purposes | item->consent);
    recipients = static_cast<std::uint8_t>(recipients | item->recipients);
    names.emplace_back(item->name.in(language));
  }
  const auto controller = parts::full_name(details.controller, language);
  const auto who = parts::joined(parts::recipient_names(recipients, details, language));
  const auto what = parts::joined(names);
  const auto why = parts::joined(parts::purpose_names(purposes, language));
  const auto done = std::string(parts::actions().in(language));
  const auto kept = periods(items, reg, language);
  const auto contact = contacts(details.controller, en);
  const auto rest = without_consent(reg, language);

  ConsentText t;
  t.version = kConsentVersion;
  t.language = language;
  t.title = en ? "Consent to the processing of personal data" : "Согласие на обработку персональных данных";
  if (en) {
    t.paragraphs = {
        "I consent to the processing of my personal data. Controller: " + controller + ".",
        "Which data: " + what + ". Name and contacts only if I give them.",
        "What for: " + why + ".",
        "What is done, by software: " + done + ". Who receives the data: " + who +
            ". They are stored encrypted.",
        "How long: " + kept + ". I can withdraw my consent at any time with one click in the chat" +
            (contact.empty() ? "." : ", or " + contact + "."),
        "Without consent, for security and to deliver mail: " + rest +
            ". Records that the law requires, and all the details, are in the policy.",
        "An automated assistant answers first. I can ask for a member of staff at any moment.",
    };
    t.agree = "I consent to the processing of my personal data on these terms";
  } else {
    t.paragraphs = {
        "Я даю согласие на обработку моих персональных данных. Оператор: " + controller + ".",
        "Какие данные: " + what + ". Имя и контакты — только если я их сообщу.",
        "Зачем: " + why + ".",
        "Что с ними делают с помощью программ: " + done + ". Кому передают: " + who +
            ". Данные хранятся в зашифрованном виде.",
        "Как долго: " + kept + ". Согласие можно отозвать в любой момент одним нажатием в чате" +
            (contact.empty() ? "." : ", " + contact + "."),
        "Без согласия, ради безопасности и доставки писем, обрабатываются: " + rest +
            ". Записи, которые обязывает вести закон, и все подробности — в политике.",
        "Сначала отвечает автоматический ассистент. Сотрудника можно позвать в любую минуту.",
    };
    t.agree = "Даю согласие на обработку персональных данных на этих условиях";
  }
  if (details.clinic)
    t.health =
        en ? "I consent to the processing of information about my health that I give in the chat, so that the "
             "clinic can answer and book me. Without it the assistant still helps with booking and general questions."
           : "Даю согласие на обработку сведений о моём здоровье, если сообщу о них в чате, — чтобы клиника могла "
             "ответить и записать меня. Без этого согласия ассистент поможет с записью и общими вопросами.";
  const auto hash = crypto::sha256(shown_text(t));
  t.hash = crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
  return t;
}

std::string shown_text(const ConsentText& text) {
  std::string body = text.title;
  for (const auto& paragraph : text.paragraphs) body += "\n" + paragraph;
  body += "\n" + text.agree;
  if (text.health) body += "\n" + *text.health;
  return body;
}

}  // namespace chatika::privacy
