// The widget's few requests before its socket: configuration, the consent act, an opened source.
#include "api/papers.hpp"
#include "api/widget_door.hpp"
#include "inbox/inbox.hpp"
#include "privacy/address.hpp"
#include "privacy/documents_versions.hpp"

namespace chatika::api {

Result<const accounts::Tenant*> tenant_for(const App& app, std::string_view key,
                                           const http::Request& request) {
  const auto* tenant = app.tenants.by_public_key(key);
  if (tenant == nullptr) return fail(Errc::not_found, "unknown key");
  const auto origin = request.header("origin");
  if (!origin.empty() && !origin_allowed(*tenant, origin, request.header("host")))
    return fail(Errc::forbidden, "foreign origin");
  return tenant;
}

namespace {

// Lets the customer's page read the answer (Fetch standard, CORS): the exact origin, never "*", no
// credentials.
void allow_origin(std::string_view origin, http::Response& response) {
  response.headers.emplace_back("vary", "Origin");
  if (!origin.empty()) response.headers.emplace_back("access-control-allow-origin", std::string(origin));
}

}  // namespace

Respond readable(const http::Request& request, Respond respond) {
  return [origin = std::string(request.header("origin")),
          respond = std::move(respond)](http::Response response) mutable {
    allow_origin(origin, response);
    response.headers.emplace_back("access-control-expose-headers", "Retry-After");
    respond(std::move(response));
  };
}

namespace {

// Names the periods that the business has set: what is shown is what is kept.
privacy::ConsentText text_of_consent(const App& app, const accounts::Tenant& tenant, privacy::Access& access,
                                     std::string_view language) {
  const auto details = details_of(app, tenant, language);
  return privacy::consent_text(details, privacy::register_of(access, details.clinic), language);
}

void get_config(App& app, const Call& call, Respond respond) {
  const auto tenant = tenant_for(app, query_text(call, "key").value_or(""), call.request);
  if (!tenant) return respond_error(call, tenant.error(), respond);
  respond = readable(call.request, std::move(respond));
  const auto language = query_enum<Language>(call, "language");
  if (!language) return respond_error(call, language.error(), respond);
  const auto chosen = json::name_of(language->value_or(Language::ru));
  const auto& p = (*tenant)->profile;
  auto config = std::make_shared<WidgetConfig>(
      WidgetConfig{.tenant = p.name.in(chosen),
                   .business = p.business,
                   .language = language->value_or(Language::ru),
                   .languages = {Language::ru, Language::en},
                   .greeting = p.greeting.in(chosen),
                   .hours = p.hours.in(chosen),
                   .phone = p.phone.empty() ? std::nullopt : std::optional(p.phone),
                   .consent = {},
                   .quick_replies = {}});
  auto db = app.tenants.enter(privacy::Principal::system((*tenant)->id));
  if (!db) return respond_error(call, db.error(), respond);
  auto shared = pend(call, std::move(respond));
  db->submit(
      "widget.config",
      [&app, &tenant = **tenant, config, chosen](privacy::Access& access) -> Result<void> {
        if (!widget_on(tenant, access))
          return fail(Errc::off, "the business is not ready: see its status page");
        config->consent = text_of_consent(app, tenant, access, chosen);
        return {};
      },
      [shared, config](Result<void> on) {
        if (!on) return respond_error(shared->call, on.error(), shared->respond);
        shared->respond(json_response(200, json::write(*config)));
      });
}

Result<privacy::ConsentText> agreed_text(const App& app, const accounts::Tenant& tenant,
                                         privacy::Access& access, Language language,
                                         const ConsentGiven& given) {
  auto text = text_of_consent(app, tenant, access, json::name_of(language));
  if (text.hash != given.hash || text.version != given.version)
    return fail(Error{
        .code = Errc::conflict, .cause = "another consent text", .fields = {{"/consent/hash", "mismatch"}}});
  if (given.health && !text.health) return fail_field("/consent/health", "unknown");
  return text;
}

void start_conversation(App& app, Call call, Respond respond) {
  auto request = read_body<StartConversation>(call.request);
  if (!request) return respond_error(call, request.error(), respond);
  const auto tenant = tenant_for(app, request->key, call.request);
  if (!tenant) return respond_error(call, tenant.error(), respond);
  respond = readable(call.request, std::move(respond));
  if (!request->consent.agreed)
    return respond_error(call, Error{.code = Errc::consent_required, .cause = "not agreed"}, respond);
  if (const int wait = app.starts.take(call.request.peer, app.tenants.clock().now()); wait > 0)
    return respond_error(call, Error{.code = Errc::too_many, .retry_after_s = wait}, respond);
  auto nobody_yet = privacy::Principal::system((*tenant)->id);
  nobody_yet.from = privacy::truncated_address(call.request.peer);
  auto db = app.tenants.enter(nobody_yet);
  if (!db) return respond_error(call, db.error(), respond);

  auto token = crypto::new_token();
  inbox::Start start{.client_id = request->client_id,
                     .language = std::string(json::name_of(request->language)),
                     .ip = call.request.peer,
                     .consent = {},
                     .health = request->consent.health,
                     .widget_version = request->widget_version,
                     .token_hash = token.hash};
  auto shared = pend(std::move(call), std::move(respond));
  auto outbox = std::make_shared<Outbox>();
  db->submit(
      "conversation.start",
      [&app, &tenant = **tenant, start = std::move(start), language = request->language,
       given = request->consent, outbox](privacy::Access& access) mutable -> Result<inbox::Started> {
        if (!widget_on(tenant, access))
          return fail(Errc::off, "the business is not ready: see its status page");
        start.consent = TRY(agreed_text(app, tenant, access, language, given));
        auto started = TRY(inbox::start(access, start));
        if (started.repeated) return started;
        auto thread = TRY(inbox::thread(access, started.conversation));
        const auto greeting = TRY(assistant::greet(access, thread, business_of(tenant)));
        const auto feed =
            app.hub.has_panels(tenant.id) ? std::optional(inbox::feed_head(access)) : std::nullopt;
        CHECK(announce_messages(access, thread, {greeting}, feed, *outbox));
        return started;
      },
      [&app, id = (*tenant)->id, shared, outbox, text = token.text](Result<inbox::Started> started) {
        if (!started) return respond_error(shared->call, started.error(), shared->respond);
        shared->respond(json_response(201, json::write(ConversationStarted{started->conversation, text})));
        outbox->send(app.hub, id);
      });
}

void get_article(App& app, Call call, Respond respond) {
  const auto tenant = tenant_for(app, query_text(call, "key").value_or(""), call.request);
  if (!tenant) return respond_error(call, tenant.error(), respond);
  respond = readable(call.request, std::move(respond));
  const auto id = parse_uuid(call.params.at("id"));
  auto db = app.tenants.enter(privacy::Principal::system((*tenant)->id));
  if (!id || !db) return respond_error(call, Error{.code = Errc::not_found}, respond);
  auto shared = pend(std::move(call), std::move(respond));
  db->submit(
      "widget.article",
      [id = ArticleId(*id)](privacy::Access& access) { return knowledge::find(access, id); },
      [shared](Result<knowledge::Article> article) {
        if (!article) return respond_error(shared->call, article.error(), shared->respond);
        shared->respond(json_response(
            200, json::write(WidgetArticle{article->id, article->title, article->text, article->language})));
      });
}

}  // namespace

void preflight(App&, const Call& call, Respond respond) {
  http::Response response{.status = 204};
  const auto origin = call.request.header("origin");
  allow_origin(origin == "null" ? std::string_view() : origin,
               response);  // no site's own: any sandboxed frame says it
  response.headers.emplace_back("access-control-allow-methods", "GET, POST");
  response.headers.emplace_back("access-control-allow-headers", "content-type, accept-language");
  response.headers.emplace_back("access-control-max-age", "600");
  respond(std::move(response));
}

namespace {

template <class T>
std::function<json::Value(json::Schemas&)> schema(json::Direction direction) {
  return [direction](json::Schemas& s) { return s.of<T>(direction); };
}

}  // namespace

void add_widget_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back({.method = get,
                   .path = "/widget/v1/config",
                   .gate = Gate::widget,
                   .operation = "widget.config",
                   .summary = "Texts of the widget, the consent among them",
                   .query = {"key", "language"},
                   .status = 200,
                   .request_schema = {},
                   .response_schema = schema<WidgetConfig>(json::Direction::response),
                   .handle = get_config});
  table.push_back({.method = post,
                   .path = "/widget/v1/conversations",
                   .gate = Gate::widget,
                   .operation = "conversation.start",
                   .summary = "The consent act; nothing about the visitor is kept before it",
                   .query = {},
                   .status = 201,
                   .request_schema = schema<StartConversation>(json::Direction::request),
                   .response_schema = schema<ConversationStarted>(json::Direction::response),
                   .handle = start_conversation});
  table.push_back({.method = get,
                   .path = "/widget/v1/articles/{id}",
                   .gate = Gate::widget,
                   .operation = "widget.article",
                   .summary = "A source, opened",
                   .query = {"key"},
                   .status = 200,
                   .request_schema = {},
                   .response_schema = schema<WidgetArticle>(json::Direction::response),
                   .handle = get_article});
  for (const auto* path : {"/widget/v1/config", "/widget/v1/conversations", "/widget/v1/articles/{id}"})
    table.push_back({.method = options,
                     .path = path,
                     .gate = Gate::open,
                     .operation = "",
                     .summary = "",
                     .query = {"key", "language"},
                     .status = 204,
                     .request_schema = {},
                     .response_schema = {},
                     .handle = preflight});
}

}  // namespace chatika::api
