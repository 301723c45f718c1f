// Knowledge: articles, and trying a question on them.
#include "api/route.hpp"
#include "knowledge/answer.hpp"
#include "knowledge/articles.hpp"

namespace chatika::api {

using Articles = Items<ArticleSummary>;
CHATIKA_JSON(Articles, items, next)

namespace {

Language language_of(std::string_view name) {
  return name == "en" ? Language::en : Language::ru;
}

Article view(const knowledge::Article& a) {
  return {a.id, language_of(a.language), a.title, a.text, a.version, a.updated_at};
}

void announce(Desk& desk, ArticleId id) {
  desk.outbox.to_panels(PanelArticle{inbox::record(desk.access, inbox::FeedKind::article, id), id});
}

Result<Articles> list_articles(Desk& desk, const Nothing&) {
  knowledge::ArticlePage page{
      .language = {},
      .after = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)))};
  if (const auto language = TRY(query_enum<Language>(desk.call, "language")))
    page.language = std::string(json::name_of(*language));
  if (const auto cursor = query_text(desk.call, "cursor")) {
    const auto after = parse_uuid(*cursor);
    if (!after) return fail_field("/query/cursor", "malformed");
    page.after = ArticleId(*after);
  }
  Articles out;
  for (const auto& a : knowledge::list(desk.access, page))
    out.items.push_back({a.id, language_of(a.language), a.title, a.version, a.updated_at,
                         static_cast<std::int64_t>(text::length(a.text))});
  if (out.items.size() == page.limit) out.next = to_string(out.items.back().id);
  return out;
}

Result<Article> create_article(Desk& desk, const NewArticle& in) {
  const auto article =
      TRY(knowledge::create(desk.access, {std::string(json::name_of(in.language)), in.title, in.text}));
  announce(desk, article.id);
  return view(article);
}

Result<Article> get_article(Desk& desk, const Nothing&) {
  return view(TRY(knowledge::find(desk.access, TRY(desk.id<ArticleId>()))));
}

Result<Article> put_article(Desk& desk, const ChangedArticle& in) {
  const auto article =
      TRY(knowledge::update(desk.access, TRY(desk.id<ArticleId>()),
                            {std::string(json::name_of(in.language)), in.title, in.text}, in.version));
  announce(desk, article.id);
  return view(article);
}

Result<Nothing> delete_article(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<ArticleId>());
  CHECK(knowledge::remove(desk.access, id));
  announce(desk, id);
  return Nothing{};
}

Result<AskAnswer> ask(Desk& desk, const AskQuestion& in) {
  const auto index = desk.app.snapshots.index(desk.access);
  const auto answer = knowledge::answer(*index, in.question, json::name_of(in.language));
  if (!answer) return AskAnswer{};
  return AskAnswer{answer->text(), {{answer->id, answer->title, answer->text()}}};
}

}  // namespace

void add_article_routes(std::vector<Route>& table) {
  using enum http::Method;
  const std::string all = "/api/v1/articles";
  table.push_back(panel_route<list_articles>(get, all, Gate::employee, "articles.list",
                                             "Articles the assistant knows",
                                             {"language", "limit", "cursor"}));
  table.push_back(
      panel_route<create_article>(post, all, Gate::owner, "article.create", "Add an article", {}, 201));
  table.push_back(
      panel_route<ask>(post, all + "/ask", Gate::owner, "articles.ask", "What the assistant would answer"));
  table.push_back(panel_route<get_article>(get, all + "/{id}", Gate::employee, "article.get", "An article"));
  table.push_back(
      panel_route<put_article>(put, all + "/{id}", Gate::owner, "article.change", "Change an article"));
  table.push_back(panel_route<delete_article>(del, all + "/{id}", Gate::owner, "article.delete",
                                              "Remove an article", {}, 204));
}

}  // namespace chatika::api
