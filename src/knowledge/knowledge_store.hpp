// SQL of the knowledge room; nobody else includes it.
#pragma once

#include <functional>

#include "db/db.hpp"
#include "knowledge/articles.hpp"

namespace chatika::knowledge::store {

void insert(db::Tx& tx, const Article& article);
void update(db::Tx& tx, const Article& article);
void remove(db::Tx& tx, ArticleId id, Time now);
std::optional<Article> find(db::Tx& tx, ArticleId id);
std::vector<Article> list(db::Tx& tx, const ArticlePage& page);
void each(db::Tx& tx, const std::function<void(Article)>& f);
std::int64_t count(db::Tx& tx);
std::int64_t revision(db::Tx& tx);
void set_revision(db::Tx& tx, std::int64_t revision);

}  // namespace chatika::knowledge::store
