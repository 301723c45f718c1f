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
};

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
// Somebody says that the notice of this change is filed. Errc::not_found: there is no such duty.
Result<void> notification_filed(Access& access, std::string_view language, std::int64_t version);

}  // namespace chatika::privacy
