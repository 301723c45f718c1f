#include "knowledge/articles.hpp"

#include <cstring>
#include <limits>

#include "knowledge/knowledge_store.hpp"

namespace chatika::knowledge {
namespace {

// Random, not counted: a number that a rolled-back edit has used must not come again for other contents.
void new_revision(privacy::Access& access) {
  std::int64_t revision = 0;
  const auto id = new_uuid();
  std::memcpy(&revision, id.bytes.data() + 8, sizeof revision);
  store::set_revision(access.tx(), revision & std::numeric_limits<std::int64_t>::max());
}

}  // namespace

Result<Article> create(privacy::Access& access, const ArticleDraft& draft) {
  if (store::count(access.tx()) >= static_cast<std::int64_t>(kArticles))
    return fail(Errc::too_many, "articles");
  Article article{.id = ArticleId::fresh(),
                  .language = draft.language,
                  .title = draft.title,
                  .text = draft.text,
                  .version = 1,
                  .updated_at = access.now()};
  store::insert(access.tx(), article);
  new_revision(access);
  access.audit();
  return article;
}

Result<Article> update(privacy::Access& access, ArticleId id, const ArticleDraft& draft,
                       std::int64_t version) {
  auto article = TRY(find(access, id));
  if (article.version != version) return fail(Errc::conflict, "the article has a newer version");
  article.language = draft.language;
  article.title = draft.title;
  article.text = draft.text;
  ++article.version;
  article.updated_at = access.now();
  store::update(access.tx(), article);
  new_revision(access);
  access.audit();
  return article;
}

Result<void> remove(privacy::Access& access, ArticleId id) {
  CHECK(find(access, id));
  store::remove(access.tx(), id, access.now());
  new_revision(access);
  access.audit();
  return {};
}

Result<Article> find(privacy::Access& access, ArticleId id) {
  auto article = store::find(access.tx(), id);
  if (!article) return fail(Errc::not_found, "no such article");
  return std::move(*article);
}

std::vector<Article> list(privacy::Access& access, const ArticlePage& page) {
  return store::list(access.tx(), page);
}

std::shared_ptr<const Index> Library::index(privacy::Access& access) {
  const auto tenant = access.who().tenant;
  const auto revision = store::revision(access.tx());
  {
    const std::lock_guard lock(mutex_);
    const auto& shelf = shelves_[tenant];
    if (shelf.revision == revision) return shelf.index;
  }
  std::vector<Document> documents;
  store::each(access.tx(), [&](Article article) {
    documents.push_back(
        {article.id, std::move(article.language), std::move(article.title), std::move(article.text)});
  });
  auto index = std::make_shared<const Index>(std::move(documents));
  const std::lock_guard lock(mutex_);
  shelves_[tenant] = {revision, index};
  return index;
}

}  // namespace chatika::knowledge
