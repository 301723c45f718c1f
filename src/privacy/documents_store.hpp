// SQL of the versions of documents; only this room includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "privacy/documents_versions.hpp"

namespace chatika::privacy::store {

std::optional<DocumentVersion> last_version(db::Tx& tx, DocumentKind kind, std::string_view language);
void insert_version(db::Tx& tx, const DocumentVersion& version, std::string_view body);
// "" when there is none.
std::string version_body(db::Tx& tx, DocumentKind kind, std::string_view language, std::int64_t version);
// Newest first, only those that have a version before them.
std::vector<DocumentVersion> changed_versions(db::Tx& tx, std::size_t limit);
// This version and those before it that wait. False when this one does not wait.
bool set_filed(db::Tx& tx, DocumentKind kind, const Filing& filing, Time now);

}  // namespace chatika::privacy::store
