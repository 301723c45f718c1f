// Articles as they are kept, on both engines, and the index that follows them.
#include "knowledge/articles.hpp"

#include <gtest/gtest.h>

#include <set>

#include "knowledge/answer.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::knowledge {
namespace {

const db::Statement kInsertCounter("INSERT INTO counter (name, value) VALUES ('knowledge', 0)");

class ArticlesTest : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override {
    for (const auto id : {tenant, other}) in_tx(id, [](db::Tx& tx) { tx.exec(kInsertCounter); });
  }
  // What TenantDb does: an error undoes, the audit row is part of the commit.
  template <class F>
  auto act(TenantId of, F f) -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> result = fail(Errc::unavailable);
    auto& keys = of == tenant ? keys_ : other_keys_;
    const auto outcome = db::run_and_wait(storage(), of, [&](db::Tx& tx) {
      privacy::Access access(tx, keys, privacy::Principal::system(of), now, "test");
      result = f(access);
      if (result) access.finish();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }
  template <class F>
  auto act(F f) {
    return act(tenant, std::move(f));
  }

  Article add(const char* title, const char* text, const char* language = "ru") {
    return act([&](privacy::Access& a) { return create(a, {language, title, text}); }).value();
  }
  Result<Article> edit(const Article& article, const char* text, std::int64_t version) {
    return act([&](privacy::Access& a) {
      return update(a, article.id, {"ru", article.title, text}, version);
    });
  }
  std::shared_ptr<const Index> index_of(Library& library) {
    return act([&](privacy::Access& a) -> Result<std::shared_ptr<const Index>> { return library.index(a); })
        .value();
  }
  std::string asked(Library& library, const char* question) {
    const auto found = answer(*index_of(library), question, "ru");
    return found ? found->text() : "";
  }
  std::string code(const Result<Article>& r) { return r ? "none" : std::string(name(r.error().code)); }

  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();

 private:
  privacy::TenantKeys keys_{tenant, crypto::Key::fresh()};
  privacy::TenantKeys other_keys_{other, crypto::Key::fresh()};
};
CHATIKA_BOTH_DATABASES(ArticlesTest);

TEST_P(ArticlesTest, an_edit_needs_the_newest_version) {
  const auto article = add("Парковка", "Парковка платная.");
  EXPECT_EQ(article.version, 1);
  now += std::chrono::minutes(1);
  const auto second = edit(article, "Парковка бесплатная.", 1).value();
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.updated_at, now);
  EXPECT_EQ(code(edit(article, "Парковки нет.", 1)), "conflict");
  const auto kept = act([&](privacy::Access& a) { return find(a, article.id); }).value();
  EXPECT_EQ(kept.text, "Парковка бесплатная.");
  EXPECT_EQ(kept.version, 2);
}

TEST_P(ArticlesTest, what_is_removed_or_of_another_business_is_unknown) {
  const auto article = add("Парковка", "Парковка платная.");
  const auto reach = [&](TenantId of, ArticleId id) {
    return code(act(of, [&](privacy::Access& a) { return find(a, id); }));
  };
  EXPECT_EQ(reach(other, article.id), "not_found");
  EXPECT_EQ(reach(tenant, ArticleId::fresh()), "not_found");
  EXPECT_TRUE(act([&](privacy::Access& a) { return remove(a, article.id); }));
  EXPECT_EQ(reach(tenant, article.id), "not_found");
  EXPECT_FALSE(act([&](privacy::Access& a) { return remove(a, article.id); })) << "twice";
  EXPECT_EQ(code(edit(article, "Снова тут.", 1)), "not_found");
}

TEST_P(ArticlesTest, the_list_pages_through_one_language_or_all) {
  for (int n = 0; n < 5; ++n) add("Статья", "Текст.", n < 3 ? "ru" : "en");
  const auto pages = [&](std::optional<std::string> language) {
    std::set<ArticleId> seen;
    ArticlePage page{.language = language, .limit = 2};
    for (int turns = 0; turns < 5; ++turns) {
      const auto items =
          act([&](privacy::Access& a) -> Result<std::vector<Article>> { return list(a, page); }).value();
      if (items.empty()) break;
      for (const auto& article : items) EXPECT_TRUE(seen.insert(article.id).second);
      page.after = items.back().id;
    }
    return seen.size();
  };
  EXPECT_EQ(pages({}), 5U);
  EXPECT_EQ(pages("ru"), 3U);
  EXPECT_EQ(pages("en"), 2U);
}

TEST_P(ArticlesTest, the_index_follows_every_committed_change_and_is_shared_between_them) {
  Library library;
  EXPECT_EQ(asked(library, "есть ли парковка?"), "");
  const auto article = add("Парковка", "У клиники есть платная парковка.");
  EXPECT_EQ(asked(library, "есть ли парковка?"), "У клиники есть платная парковка.");
  EXPECT_EQ(index_of(library), index_of(library)) << "read once";
  ASSERT_TRUE(edit(article, "У клиники есть бесплатная парковка.", 1));
  EXPECT_EQ(asked(library, "есть ли парковка?"), "У клиники есть бесплатная парковка.");
  ASSERT_TRUE(act([&](privacy::Access& a) { return remove(a, article.id); }));
  EXPECT_EQ(asked(library, "есть ли парковка?"), "");
}

TEST_P(ArticlesTest, an_edit_that_is_undone_leaves_no_trace_in_the_index) {
  Library library;
  add("Парковка", "У клиники есть платная парковка.");
  const auto undone = act([&](privacy::Access& a) -> Result<Article> {
    CHECK(create(a, {"ru", "Лифт", "В клинике есть лифт."}));
    EXPECT_TRUE(answer(*library.index(a), "есть ли лифт?", "ru")) << "seen from inside";
    return fail(Errc::conflict);
  });
  ASSERT_FALSE(undone);
  EXPECT_EQ(asked(library, "есть ли лифт?"), "");
  add("Гардероб", "В клинике есть гардероб.");
  EXPECT_EQ(asked(library, "есть ли гардероб?"), "В клинике есть гардероб.")
      << "nor does a later edit meet the undone one's number";
  EXPECT_EQ(asked(library, "есть ли лифт?"), "");
}

}  // namespace
}  // namespace chatika::knowledge
