#include "api/server.hpp"

#include <algorithm>

namespace chatika::api {
namespace {

// Responses that are data, not documents, may load nothing and be framed by nobody.
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

Result<void> check_query(const Route& route, const http::Request& request) {
  for (const auto& [name, value] : request.query)
    if (std::find(route.query.begin(), route.query.end(), name) == route.query.end())
      return fail_field("/query/" + name.substr(0, 64), "unknown");
  return {};
}

Respond with_policy(Respond respond) {
  return [respond = std::move(respond)](http::Response response) mutable {
    const bool has = std::any_of(response.headers.begin(), response.headers.end(),
                                 [](const auto& h) { return h.first == "content-security-policy"; });
    if (!has) response.headers.emplace_back("content-security-policy", kDataPolicy);
    respond(std::move(response));
  };
}

}  // namespace

Api::Api(App& app) : app_(app), table_(routes()), watch_([&app] { app.hub.ask_panels(); }) {
  app.tenants.on_closing([&app](privacy::Access& access, SubjectId subject) { close_lines(app, access, subject); });
  for (std::size_t i = 0; i < table_.size(); ++i) router_.add(table_[i].method, table_[i].path, i);
}

Api::~Api() {
  app_.tenants.on_closing(nullptr);
}

void Api::request(http::Request request, Respond respond) {
  Call call{.request = std::move(request), .params = {}, .language = {}};
  call.language = http::preferred_language(call.request.header("accept-language"));
  dispatch(std::move(call), with_policy(std::move(respond)));
}

void Api::dispatch(Call call, Respond respond) {
  const auto& path = call.request.path;
  const auto method = call.request.method == http::Method::head ? http::Method::get : call.request.method;
  std::string allow;
  auto match = router_.find(method, path, &allow);
  if (match) {
    const auto& route = table_[match->route];
    call.params = std::move(match->params);
    if (const auto ok = check_query(route, call.request); !ok)
      return respond_error(call, ok.error(), respond);
    return route.handle(app_, std::move(call), std::move(respond));
  }
  if (match.error() == http::Router::Miss::no_method) {
    auto response = http::refusal(405, call.language);
    response.headers.emplace_back("allow", allow);
    return respond(std::move(response));
  }
  if (method == http::Method::get) {
    if (path == "/livez") return respond(json_response(200, R"({"status":"ok"})"));
    if (path == "/readyz") return ready(std::move(call), std::move(respond));
    if (path == "/api/openapi.json") return respond(json_response(200, openapi(table_)));
    if (auto found = page(app_, call.request)) return respond(std::move(*found));
  }
  respond_error(call, Error{.code = Errc::not_found}, respond);
}

// Ready when the storage answers.
void Api::ready(Call call, Respond respond) {
  auto shared = pend(std::move(call), std::move(respond));
  app_.tenants.storage().submit_control(
      {.work = [](db::Tx&) { return true; },
       .done =
           [shared](db::Outcome outcome) {
             if (outcome == db::Outcome::committed)
               return shared->respond(json_response(200, R"({"status":"ready"})"));
             respond_error(shared->call, Error{.code = Errc::unavailable}, shared->respond);
           }});
}

void Api::upgrade(http::Request request, Accept accept) {
  if (request.path == "/widget/v1/socket") return upgrade_widget(app_, watch_, request, std::move(accept));
  if (request.path == "/api/v1/socket")
    return upgrade_panel(app_, watch_, std::move(request), std::move(accept));
  accept(std::unexpected(http::problem(Error{.code = Errc::not_found},
                                       http::preferred_language(request.header("accept-language")))));
}

}  // namespace chatika::api
