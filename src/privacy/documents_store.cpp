#include "privacy/documents_store.hpp"

#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

const db::Statement kLast(
    "SELECT kind, language, version, hash, at, notify_by, filed_at, filed_on, filed_number FROM "
    "document_version"
    " WHERE kind = $1 AND language = $2 ORDER BY version DESC LIMIT 1");
const db::Statement kInsert(
    "INSERT INTO document_version (kind, language, version, hash, body, at, notify_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kBody(
    "SELECT body FROM document_version WHERE kind = $1 AND language = $2 AND version = $3");
const db::Statement kChanged(
    "SELECT kind, language, version, hash, at, notify_by, filed_at, filed_on, filed_number FROM "
    "document_version"
    " WHERE version > 1 ORDER BY at DESC, kind, language DESC, version DESC LIMIT $1");
const db::Statement kWaits(
    "SELECT version FROM document_version WHERE kind = $1 AND language = $2 AND version = $3"
    " AND notify_by IS NOT NULL AND filed_at IS NULL");
const db::Statement kFiled(
    "UPDATE document_version SET filed_at = $1, filed_on = $2, filed_number = $3"
    " WHERE kind = $4 AND language = $5 AND version <= $6 AND notify_by IS NOT NULL AND filed_at IS NULL");

DocumentVersion read(const db::Row& r) {
  const auto time = [](const db::Row& row, int column) { return row.time(column); };
  return {.kind = json::from_name<DocumentKind>(r.text(0)),
          .language = r.str(1),
          .version = r.i64(2),
          .hash = r.str(3),
          .at = r.time(4),
          .notify_by = r.maybe(5, time),
          .filed_at = r.maybe(6, time),
          .filed_on = r.is_null(7) ? std::string() : r.str(7),
          .filed_number = r.is_null(8) ? std::string() : r.str(8)};
}

}  // namespace

std::optional<DocumentVersion> last_version(db::Tx& tx, DocumentKind kind, std::string_view language) {
  return tx.one(kLast, read, json::name_of(kind), language);
}

void insert_version(db::Tx& tx, const DocumentVersion& v, std::string_view body) {
  tx.exec(kInsert, json::name_of(v.kind), v.language, v.version, v.hash, body, v.at, v.notify_by);
}

std::string version_body(db::Tx& tx, DocumentKind kind, std::string_view language, std::int64_t version) {
  return tx
      .one(
          kBody, [](const db::Row& r) { return r.str(0); }, json::name_of(kind), language, version)
      .value_or("");
}

std::vector<DocumentVersion> changed_versions(db::Tx& tx, std::size_t limit) {
  return tx.all(kChanged, read, limit);
}

bool set_filed(db::Tx& tx, DocumentKind kind, const Filing& f, Time now) {
  const auto number = [](const db::Row& r) { return r.i64(0); };
  if (!tx.one(kWaits, number, json::name_of(kind), f.language, f.version)) return false;
  tx.exec(kFiled, now, f.date, f.number, json::name_of(kind), f.language, f.version);
  return true;
}

}  // namespace chatika::privacy::store
