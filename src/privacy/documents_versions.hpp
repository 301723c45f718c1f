// Versions of a business's documents: each is fingerprinted; when the program or the settings change one, the
// new text is kept with what differs, and a duty to tell Roskomnadzor appears when it touches what was
// notified.
//
// The texts kept name the business and never a person of its staff: who is appointed is filled in when a
// document is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "db/db.hpp"
#include "document/diff.hpp"
#include "json/types.hpp"
#include "privacy/documents.hpp"

namespace chatika::privacy {

class Access;

struct DocumentVersion {
  DocumentKind kind = DocumentKind::policy;
  std::string language;
  std::int64_t version = 1;
  std::string hash;  // hex SHA-256 of the canonical text
  Time at{};
  // The notice to Roskomnadzor has changed: the day before whose end a notice of the change must be filed,
  // and when somebody said that it was.
  std::optional<Time> notify_by;
  std::optional<Time> filed_at;
  std::string filed_on;      // date of the notice as filed, YYYY-MM-DD
  std::string filed_number;  // its number; both "" until then
};

// The register with the periods that the business has set. The default ones where it has set none.
Register register_of(Access& access, bool clinic);

// SHA-256 of the canonical text, hex.
std::string fingerprint(const document::Document& document);

// A document as it is now: the version on record, entered when the text is new.
struct Current {
  document::Document document;
  DocumentVersion version;
};
// `zone`: of the business, for the deadline. Errors of make_document().
Result<Current> current_document(Access& access, DocumentKind kind, const Details& details,
                                 const Register& reg, std::string_view language, std::string_view zone);

// Brings the versions of all documents in both languages up to date. True when something is new. `in`: the
// details in a language.
struct DetailsIn {
  Details ru;
  Details en;
  [[nodiscard]] const Details& in(std::string_view language) const { return language == "en" ? en : ru; }
};
Result<bool> refresh_documents(Access& access, const DetailsIn& details, const Register& reg,
                               std::string_view zone);

// What has changed, newest first.
struct DocumentChange {
  DocumentVersion version;
  std::vector<document::Change> changes;
};
std::vector<DocumentChange> document_changes(db::Tx& tx, std::size_t limit);

// Changes of what was notified that nobody has filed yet, oldest first: `organisation` makes tasks of them,
// the status page is red when one is overdue.
std::vector<DocumentVersion> notification_duties(db::Tx& tx);
// Somebody says that the notice of this change is filed, with its date and the number it was given. A notice
// says how things are now, so duties of earlier changes end with it. Errc::not_found: there is no such duty;
// Errc::invalid: not a date, or one to come.
struct Filing {
  std::string language = "ru";
  std::int64_t version = 0;
  std::string date;  // YYYY-MM-DD
  std::string number;
};
Result<void> notification_filed(Access& access, const Filing& filing, std::string_view zone);
// What differs between a version and the one before it.
std::vector<document::Change> changes_of(db::Tx& tx, const DocumentVersion& version);

}  // namespace chatika::privacy
