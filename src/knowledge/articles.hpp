// Articles of a business, and the search index over them that follows every committed change.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "knowledge/index.hpp"
#include "privacy/access.hpp"

namespace chatika::knowledge {

struct Article {
  ArticleId id;
  std::string language;
  std::string title;
  std::string text;
  std::int64_t version = 1;
  Time updated_at;
};

struct ArticleDraft {
  std::string language;  // "ru" or "en"
  std::string title;
  std::string text;
};

inline constexpr std::size_t kArticles = 10'000;  // of one tenant

Result<Article> create(privacy::Access& access, const ArticleDraft& draft);  // Errc::too_many past kArticles
// Errc::conflict when `version` is not the newest.
Result<Article> update(privacy::Access& access, ArticleId id, const ArticleDraft& draft,
                       std::int64_t version);
Result<void> remove(privacy::Access& access, ArticleId id);
Result<Article> find(privacy::Access& access, ArticleId id);

struct ArticlePage {
  std::optional<std::string> language;
  ArticleId after{};  // the last item of the page before
  std::size_t limit = 50;
};
std::vector<Article> list(privacy::Access& access, const ArticlePage& page);

// The indexes of all open tenants. index() reads the tenant's revision and rebuilds when it has moved, so
// that an edit by another node or a rolled-back one can never leave a stale index. Thread-safe.
class Library {
 public:
  std::shared_ptr<const Index> index(privacy::Access& access);

 private:
  struct Shelf {
    std::int64_t revision = -1;
    std::shared_ptr<const Index> index;
  };
  std::mutex mutex_;
  std::unordered_map<TenantId, Shelf> shelves_;
};

}  // namespace chatika::knowledge
