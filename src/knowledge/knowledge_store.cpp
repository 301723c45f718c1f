#include "knowledge/knowledge_store.hpp"

namespace chatika::knowledge::store {
namespace {

const db::Statement kInsert(
    "INSERT INTO article (id, language, title, text, version, updated_at) VALUES ($1, $2, $3, $4, $5, $6)");
const db::Statement kUpdate(
    "UPDATE article SET language = $1, title = $2, text = $3, version = $4, updated_at = $5 WHERE id = $6");
const db::Statement kRemove(
    "UPDATE article SET deleted = 1, text = '', version = version + 1, updated_at = $1 WHERE id = $2");
const db::Statement kFind(
    "SELECT id, language, title, text, version, updated_at FROM article WHERE id = $1 AND deleted = 0");
const db::Statement kList(
    "SELECT id, language, title, text, version, updated_at FROM article WHERE id > $1 AND deleted = 0"
    " ORDER BY id LIMIT $2");
const db::Statement kListLanguage(
    "SELECT id, language, title, text, version, updated_at FROM article WHERE language = $1 AND id > $2 AND "
    "deleted = 0"
    " ORDER BY id LIMIT $3");
const db::Statement kEach(
    "SELECT id, language, title, text, version, updated_at FROM article WHERE deleted = 0 ORDER BY id");
const db::Statement kCount("SELECT count(*) FROM article WHERE deleted = 0");
const db::Statement kRevision("SELECT value FROM counter WHERE name = 'knowledge'");
const db::Statement kSetRevision("UPDATE counter SET value = $1 WHERE name = 'knowledge'");

Article read(const db::Row& r) {
  return {r.id<ArticleId>(0), r.str(1), r.str(2), r.str(3), r.i64(4), r.time(5)};
}

}  // namespace

void insert(db::Tx& tx, const Article& a) {
  tx.exec(kInsert, a.id, a.language, a.title, a.text, a.version, a.updated_at);
}
void update(db::Tx& tx, const Article& a) {
  tx.exec(kUpdate, a.language, a.title, a.text, a.version, a.updated_at, a.id);
}
void remove(db::Tx& tx, ArticleId id, Time now) {
  tx.exec(kRemove, now, id);
}
std::optional<Article> find(db::Tx& tx, ArticleId id) {
  return tx.one(kFind, read, id);
}

std::vector<Article> list(db::Tx& tx, const ArticlePage& page) {
  if (page.language) return tx.all(kListLanguage, read, *page.language, page.after, page.limit);
  return tx.all(kList, read, page.after, page.limit);
}

void each(db::Tx& tx, const std::function<void(Article)>& f) {
  tx.each(kEach, [&](const db::Row& r) {
    f(read(r));
    return true;
  });
}

std::int64_t count(db::Tx& tx) {
  return tx.one(kCount, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
std::int64_t revision(db::Tx& tx) {
  return tx.one(kRevision, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
void set_revision(db::Tx& tx, std::int64_t revision) {
  tx.exec(kSetRevision, revision);
}

}  // namespace chatika::knowledge::store
