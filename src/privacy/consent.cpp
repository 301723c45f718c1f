#include "privacy/consent.hpp"

#include <fmt/format.h>

#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "privacy/privacy_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::string_view kPurposes = "answering lead callback addressing";

ConsentText russian(const Controller& c) {
  ConsentText t;
  t.title = "Согласие на обработку персональных данных";
  t.paragraphs = {
      fmt::format("Я даю согласие на обработку моих персональных данных. Оператор: {}, {}.", c.name,
                  c.address),
      "Какие данные: имя, телефон и адрес электронной почты, если я их сообщу; текст моих сообщений; "
      "сведения о моих "
      "записях; IP-адрес.",
      "Зачем: чтобы отвечать на мои вопросы, записывать меня и перезванивать. IP-адрес нужен только для "
      "защиты от "
      "злоупотреблений.",
      fmt::format(
          "Что с ними делают: собирают, записывают, хранят, уточняют, используют и удаляют — с помощью "
          "программ. По поручению оператора данные обрабатывает {}. Имя, контакты и сообщения хранятся в "
          "зашифрованном виде.",
          c.processor),
      fmt::format("Как долго: 365 дней после последнего обращения, IP-адрес — 30 дней. Согласие можно "
                  "отозвать в любой "
                  "момент по телефону {}.",
                  c.contact),
      "Сначала отвечает автоматический ассистент. Сотрудника можно позвать в любую минуту.",
  };
  t.agree = "Даю согласие на обработку персональных данных на этих условиях";
  if (c.clinic)
    t.health =
        "Даю согласие на обработку сведений о моём здоровье, если сообщу о них в чате, — чтобы клиника могла "
        "ответить и записать меня. Без этого согласия ассистент поможет с записью и общими вопросами.";
  return t;
}

ConsentText english(const Controller& c) {
  ConsentText t;
  t.title = "Consent to the processing of personal data";
  t.paragraphs = {
      fmt::format("I consent to the processing of my personal data. Controller: {}, {}.", c.name, c.address),
      "Which data: my name, phone number and e-mail address if I give them; the text of my messages; details "
      "of my "
      "appointments; my IP address.",
      "What for: to answer my questions, book appointments and call me back. The IP address is used only to "
      "prevent "
      "abuse.",
      fmt::format(
          "What is done: the data are collected, recorded, stored, corrected, used and erased by software. "
          "{} "
          "processes them on the controller's behalf. Name, contacts and messages are stored encrypted.",
          c.processor),
      fmt::format("How long: 365 days after the last contact, the IP address for 30 days. I can withdraw my "
                  "consent at "
                  "any time by calling {}.",
                  c.contact),
      "An automated assistant answers first. I can ask for a member of staff at any moment.",
  };
  t.agree = "I consent to the processing of my personal data on these terms";
  if (c.clinic)
    t.health =
        "I consent to the processing of information about my health that I give in the chat, so that the "
        "clinic "
        "can answer and book me. Without it the assistant still helps with booking and general questions.";
  return t;
}

// What the hash covers and the ledger keeps: the text exactly as it was shown.
std::string body_of(const ConsentText& text) {
  std::string body = text.title;
  for (const auto& paragraph : text.paragraphs) body += "\n" + paragraph;
  body += "\n" + text.agree;
  if (text.health) body += "\n" + *text.health;
  return body;
}

}  // namespace

ConsentText consent_text(const Controller& controller, std::string_view language) {
  auto t = language == "en" ? english(controller) : russian(controller);
  t.version = kConsentVersion;
  t.language = language == "en" ? "en" : "ru";
  const auto hash = crypto::sha256(body_of(t));
  t.hash = crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
  return t;
}

void give_consent(Access& access, SubjectId subject, const ConsentText& text, bool health,
                  std::string_view widget_version) {
  store::keep_consent_text(access.tx(), text.hash, text.version, text.language, body_of(text), access.now());
  store::insert_consent(access.tx(), subject, "given", text.hash, kPurposes, health, widget_version,
                        access.now());
  access.audit(subject);
}

bool consent_given(db::Tx& tx, SubjectId subject) {
  return store::last_consent_act(tx, subject) == "given";
}

std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject) {
  return store::consent_state(tx, subject);
}

}  // namespace chatika::privacy
