// The documents a business needs about personal data, made from the register and the business's details: pure
// functions, the same input gives the same text. No document says a field, purpose, basis, period or
// recipient that the register does not; a test compares them.
//
// Refuses: to be published for a business that has not said who it is and where people can write to it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "document/document.hpp"
#include "json/types.hpp"
#include "privacy/register_texts.hpp"

namespace chatika::privacy {

// A legal person as documents name it.
struct Party {
  std::string name;
  std::string tax_number;
  std::string address;
  std::string email;
  std::string phone;
};

// Everything about a business and its installation that documents need besides the register.
struct Details {
  Party controller;     // the business: the "operator" of 152-FZ
  Party processor;      // who runs the installation, on the business's behalf
  std::string site;     // where the widget is: "clinic.example, …"; may be empty
  std::string officer;  // name and post of the person responsible; empty: not appointed
  bool clinic = false;
  Law law = Law::russia;
  int utc_offset_minutes = 180;  // for dates in the texts
};

// What is missing before anything may be published, as pointers with codes: "/legal/email". A blank contact
// address blocks (requirements: "who is who").
std::vector<FieldError> missing_details(const Details& details);
Result<void> publishable(const Details& details);

// The standing documents of a business: those that exist whenever it does.
enum class DocumentKind {
  policy,                // public (152-FZ art. 18.1(2))
  consent,               // separate document of consent (art. 9)
  health_consent,        // clinics: special categories (art. 10)
  processing_record,     // register of processes (GDPR art. 30)
  processing_agreement,  // with the processor (art. 6(3))
  notification_start,    // to Roskomnadzor, Order 180, form 1
  notification_change,   // form 2
  notification_end,      // form 3
  officer_appointment,   // order (art. 18.1(1)(1))
  processing_rules,      // internal rules (art. 18.1(1)(2))
  access_list,           // who may have access
  protection_measures,   // threats, level, measures (art. 19)
};
CHATIKA_JSON_ENUM(DocumentKind, policy, consent, health_consent, processing_record, processing_agreement,
                  notification_start, notification_change, notification_end, officer_appointment,
                  processing_rules, access_list, protection_measures)
inline constexpr std::size_t kDocumentKinds = 12;

// Those that apply: health consent is for clinics only.
std::vector<DocumentKind> document_kinds(const Details& details);
// `language`: "ru" or "en". Errors of publishable().
Result<document::Document> make_document(DocumentKind kind, const Details& details, const Register& reg,
                                         std::string_view language);

// The notices of a change and of the end with what is known when they are filed; make_document leaves blanks.
struct NotificationFacts {
  std::string registry_number;       // of the operator in Roskomnadzor's register
  std::vector<std::string> changed;  // form 2: what has changed, one line each
  std::string reason;                // form 2: why it changed; form 3: why processing ends
  std::string since;                 // date of the change or of the end, in words
};
document::Document notification_of_change(const Details& details, const Register& reg,
                                          const NotificationFacts& facts, std::string_view language);
document::Document notification_of_end(const Details& details, const Register& reg,
                                       const NotificationFacts& facts, std::string_view language);

}  // namespace chatika::privacy
