// What the routes of generated documents say (docs/protocol.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/diff.hpp"
#include "document/document.hpp"
#include "json/types.hpp"
#include "privacy/documents_versions.hpp"

namespace chatika::api {

struct DocumentSummary {
  privacy::DocumentKind kind = privacy::DocumentKind::policy;
  std::string title;
  std::string language;
  std::int64_t version = 1;
  std::string hash;
  Time changed_at;
  std::optional<Time> notify_by;  // the change must be notified to Roskomnadzor before
  std::optional<Time> filed_at;
  std::string filed_on;  // YYYY-MM-DD; "" until filed
  std::string filed_number;
};
CHATIKA_JSON(DocumentSummary, kind, title, language, version, hash, changed_at, notify_by, filed_at, filed_on,
             filed_number)
struct FileNotification {
  json::Line<10, 10> date;  // YYYY-MM-DD
  json::Line<120> number;
};
CHATIKA_JSON(FileNotification, date, number)

// `documents` is empty while something is missing: `missing` says what, in the reader's words.
struct MissingDetail {
  std::string pointer;
  std::string code;
};
CHATIKA_JSON(MissingDetail, pointer, code)
struct Documents {
  std::vector<DocumentSummary> items;
  std::vector<MissingDetail> missing;
  std::string policy_path;  // of the public page
};
CHATIKA_JSON(Documents, items, missing, policy_path)

struct DocumentDetail {
  DocumentSummary summary;
  document::Document document;
  std::string html;
  std::string text;
};
CHATIKA_JSON(DocumentDetail, summary, document, html, text)

struct DocumentChangeEntry {
  DocumentSummary summary;
  std::vector<document::Change> changes;
};
CHATIKA_JSON(DocumentChangeEntry, summary, changes)
struct DocumentChanges {
  std::vector<DocumentChangeEntry> items;
};
CHATIKA_JSON(DocumentChanges, items)

}  // namespace chatika::api
