// Consent: the text a visitor is shown, the ledger of acts, and what they do to a person's standing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "db/db.hpp"
#include "json/types.hpp"
#include "privacy/documents.hpp"
#include "privacy/register.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy {

class Access;

struct ConsentText {
  std::string version;
  std::string language;
  std::string title;
  std::vector<std::string> paragraphs;
  std::string agree;
  std::optional<std::string> health;  // clinics: the separate consent to health data (152-FZ art. 10)
  std::string hash;                   // hex SHA-256 of title, paragraphs, agree, health joined by "\n"
};
CHATIKA_JSON(ConsentText, version, language, title, paragraphs, agree, health, hash)

// Version of the wording around what the register says: a change of words is a change of version.
inline constexpr std::string_view kConsentVersion = "2026-11-4";
// The separate document of consent (152-FZ art. 9(4)), made from the register like every other document.
ConsentText consent_text(const Details& details, const Register& reg, std::string_view language);
inline ConsentText consent_text(const Details& details, std::string_view language) {
  return consent_text(details, register_in_force(details.clinic), language);
}
// What the hash covers and the ledger keeps: the text exactly as it was shown.
std::string shown_text(const ConsentText& text);

// One act of the ledger. A person's acts are numbered from 1; replaying them in that order gives the
// standing.
enum class Act { given, withdrawn, objected, objection_lifted };
CHATIKA_JSON_ENUM(Act, given, withdrawn, objected, objection_lifted)
enum class Channel { widget, link, staff, form, cli };
CHATIKA_JSON_ENUM(Channel, widget, link, staff, form, cli)
struct ConsentAct {
  std::int64_t seq = 0;
  Act act = Act::given;
  Purposes purposes = 0;
  bool health = false;                   // given: agreed too; withdrawn: withdrawn too
  std::optional<std::string> text_hash;  // given: the exact text that was shown
  Channel channel = Channel::widget;
  std::string actor;
  std::string widget_version;
  Time at;
};

// Enters "given" for this text; keeps the text itself once. The caller has checked that the visitor saw this
// hash. Errc::gone for an erased person, Errc::blocked for a blocked one.
Result<void> give_consent(Access& access, SubjectId subject, const ConsentText& text, bool health,
                          std::string_view widget_version, Channel channel = Channel::widget);
// Stops at once what rested on it: the next open for such a purpose is refused (152-FZ art. 9(2), 21(5)).
// `health`: the consent to health data goes too. False when nothing of it was given: then nothing is entered.
struct Withdrawal {
  Purposes purposes = kConsentPurposes;
  bool health = true;
  Channel channel = Channel::widget;
};
Result<bool> withdraw_consent(Access& access, SubjectId subject, const Withdrawal& withdrawal);
// Objecting to what rests on legitimate interest (kObjectable), and taking that back. False: nothing changed.
Result<bool> object(Access& access, SubjectId subject, Purposes purposes, Channel channel);
Result<bool> lift_objection(Access& access, SubjectId subject, Purposes purposes, Channel channel);
// Blocking (152-FZ art. 21): from now on only the privacy officer reads this person's data. False: was so
// already.
Result<bool> block(Access& access, SubjectId subject);
Result<bool> unblock(Access& access, SubjectId subject);

std::vector<ConsentAct> consent_acts(db::Tx& tx, SubjectId subject);
// What the acts come to, on top of the kind; blocking and erasure are not theirs. Pure.
Standing replay(SubjectKind kind, const std::vector<ConsentAct>& acts);

// The last consent given, if any; whether it still stands is the standing's to say.
struct ConsentState {
  std::string version;
  Time at;
  bool health = false;
};
std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy
