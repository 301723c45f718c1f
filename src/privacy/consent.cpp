#include "privacy/consent.hpp"

#include <fmt/format.h>

#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "privacy/privacy_store.hpp"

namespace chatika::privacy {
namespace {

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

namespace {

void apply(const ConsentAct& act, Standing& standing) {
  switch (act.act) {
    case Act::given:
      standing.granted = static_cast<Purposes>(standing.granted | act.purposes);
      standing.health = act.health;
      return;
    case Act::withdrawn:
      standing.granted = static_cast<Purposes>(standing.granted & ~act.purposes);
      standing.health = standing.health && !act.health;
      return;
    case Act::objected:
      standing.objected = static_cast<Purposes>(standing.objected | act.purposes);
      return;
    case Act::objection_lifted:
      standing.objected = static_cast<Purposes>(standing.objected & ~act.purposes);
      return;
  }
}

// Numbers the act, enters it and moves the standing with it.
void enter(Access& access, SubjectId subject, Standing standing, ConsentAct act) {
  auto& tx = access.tx();
  const auto acts = store::consent_acts(tx, subject);
  act.seq = acts.empty() ? 1 : acts.back().seq + 1;
  act.actor = actor(access.who());
  act.at = access.now();
  store::insert_consent(tx, subject, act);
  apply(act, standing);
  store::set_standing(tx, subject, standing);
  access.standing_changed(subject);
  access.audit(subject);
}

Result<bool> set_blocked(Access& access, SubjectId subject, bool blocked) {
  auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.blocked_at.has_value() == blocked) return false;
  standing.blocked_at = blocked ? std::optional(access.now()) : std::nullopt;
  store::set_standing(access.tx(), subject, standing);
  access.standing_changed(subject);
  access.audit(subject);
  return true;
}

}  // namespace

Result<void> give_consent(Access& access, SubjectId subject, const ConsentText& text, bool health,
                          std::string_view widget_version, Channel channel) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.blocked_at) return fail(Errc::blocked, "the subject is blocked");
  store::keep_consent_text(access.tx(), text.hash, text.version, text.language, body_of(text), access.now());
  enter(access, subject, standing,
        {.act = Act::given,
         .purposes = kConsentPurposes,
         .health = health,
         .text_hash = text.hash,
         .channel = channel,
         .actor = {},
         .widget_version = std::string(widget_version),
         .at = {}});
  return {};
}

Result<bool> withdraw_consent(Access& access, SubjectId subject, const Withdrawal& w) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if ((standing.granted & w.purposes) == 0 && !(w.health && standing.health)) return false;
  enter(access, subject, standing,
        {.act = Act::withdrawn,
         .purposes = w.purposes,
         .health = w.health,
         .text_hash = {},
         .channel = w.channel,
         .actor = {},
         .widget_version = {},
         .at = {}});
  return true;
}

namespace {

Result<bool> enter_objection(Access& access, SubjectId subject, Act act, Purposes purposes, Channel channel) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  purposes &= kObjectable;
  const auto already = act == Act::objected ? standing.objected : ~standing.objected;
  if ((purposes & ~already) == 0) return false;
  enter(access, subject, standing,
        {.act = act,
         .purposes = purposes,
         .text_hash = {},
         .channel = channel,
         .actor = {},
         .widget_version = {},
         .at = {}});
  return true;
}

}  // namespace

Result<bool> object(Access& access, SubjectId subject, Purposes purposes, Channel channel) {
  return enter_objection(access, subject, Act::objected, purposes, channel);
}
Result<bool> lift_objection(Access& access, SubjectId subject, Purposes purposes, Channel channel) {
  return enter_objection(access, subject, Act::objection_lifted, purposes, channel);
}

Result<bool> block(Access& access, SubjectId subject) {
  return set_blocked(access, subject, true);
}
Result<bool> unblock(Access& access, SubjectId subject) {
  return set_blocked(access, subject, false);
}

std::vector<ConsentAct> consent_acts(db::Tx& tx, SubjectId subject) {
  return store::consent_acts(tx, subject);
}

Standing replay(SubjectKind kind, const std::vector<ConsentAct>& acts) {
  Standing standing{.kind = kind};
  for (const auto& act : acts) apply(act, standing);
  return standing;
}

std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject) {
  return store::consent_state(tx, subject);
}

}  // namespace chatika::privacy
