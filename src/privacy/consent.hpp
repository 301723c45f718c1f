// Consent: the text a visitor is shown, the ledger of acts, and whether a person's consent stands.
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

// Who asks for the consent: what 152-FZ art. 9(4) wants named.
struct Controller {
  std::string name;
  std::string address;
  std::string contact;    // how to withdraw besides the widget: e-mail or phone
  std::string processor;  // who processes on the controller's behalf
  bool clinic = false;
};

// Version of the wording below: a change of words is a change of version.
inline constexpr std::string_view kConsentVersion = "2026-11-1";
ConsentText consent_text(const Controller& controller, std::string_view language);

// Enters "given" for this text; keeps the text itself once. The caller has checked that the visitor saw this
// hash.
void give_consent(Access& access, SubjectId subject, const ConsentText& text, bool health,
                  std::string_view widget_version);

// The last act of the ledger is "given".
bool consent_given(db::Tx& tx, SubjectId subject);

struct ConsentState {
  std::string version;
  Time at;
  bool health = false;
};
std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy
