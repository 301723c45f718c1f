#include "privacy/documents_store.hpp"

#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

const db::Statement kLast(
    "SELECT kind, language, version, hash, at, notify_by, filed_at FROM document_version"
    " WHERE kind = $1 AND language = $2 ORDER BY version DESC LIMIT 1");
const db::Statement kInsert(
    "INSERT INTO document_version (kind, language, version, hash, body, at, notify_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kBody(
    "SELECT body FROM document_version WHERE kind = $1 AND language = $2 AND version = $3");
const db::Statement kChanged(
    "SELECT kind, language, version, hash, at, notify_by, filed_at FROM document_version"
    " WHERE version > 1 ORDER BY at DESC, kind, language DESC, version DESC LIMIT $1");
const db::Statement kFiled(
    "UPDATE document_version SET filed_at = $1 WHERE kind = $2 AND language = $3 AND version = $4"
    " AND notify_by IS NOT NULL AND filed_at IS NULL");

DocumentVersion read(const db::Row& r) {
  const auto time = [](const db::Row& row, int column) { return row.time(column); };
  return {.kind = json::from_name<DocumentKind>(r.text(0)),
          .language = r.str(1),
          .version = r.i64(2),
          .hash = r.str(3),
          .at = r.time(4),
          .notify_by = r.maybe(5, time),
          .filed_at = r.maybe(6, time)};
}

}  // namespace

std::optional<DocumentVersion> last_version(db::Tx& tx, DocumentKind kind, std::string_view language) {
  return tx.one(kLast, read, json::name_of(kind), language);
}

void insert_version(db::Tx& tx, const DocumentVersion& v, std::string_view body) {
  tx.exec(kInsert, json::name_of(v.kind), v.language, v.version, v.hash, body, v.at, v.notify_by);
}

std::string version_body(db::Tx& tx, DocumentKind kind, std::string_view language, std::int64_t version) {
  return tx.one(
               kBody, [](const db::Row& r) { return r.str(0); }, json::name_of(kind), language, version)
      .value_or("");
}

std::vector<DocumentVersion> changed_versions(db::Tx& tx, std::size_t limit) {
  return tx.all(kChanged, read, limit);
}

bool set_filed(db::Tx& tx, DocumentKind kind, std::string_view language, std::int64_t version, Time now) {
  return tx.exec(kFiled, now, json::name_of(kind), language, version) == 1;
}

}  // namespace chatika::privacy::store
