// One row of the route table: what router, OpenAPI and the live server are all made from.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/app.hpp"
#include "api/views.hpp"
#include "http/http.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"

namespace chatika::api {

using Respond = std::move_only_function<void(http::Response)>;

struct Call {
  http::Request request;
  std::map<std::string, std::string> params;  // of the path
  std::string language;                       // of the reader: "ru" or "en"
};

// A call that waits for its operation.
struct Pending {
  Call call;
  Respond respond;
};
inline std::shared_ptr<Pending> pend(Call call, Respond respond) {
  return std::make_shared<Pending>(std::move(call), std::move(respond));
}

enum class Gate {
  open,      // anyone: pages, health, sign-in
  widget,    // the widget of a tenant: origin is checked against the key's tenant
  newcomer,  // any signed-in employee, also one who may not work yet: what they have to accept and sign
  employee,  // any signed-in employee who may work
  owner,     // signed-in owners only
  officer,   // the appointed privacy officer only
  steward,   // owners and the privacy officer
};

struct Route {
  http::Method method = http::Method::get;
  std::string path;
  Gate gate = Gate::open;
  std::string operation;  // audit name, OpenAPI operationId
  std::string summary;
  std::vector<std::string_view> query;                         // names allowed; anything else is refused
  int status = 200;                                            // of success
  std::function<json::Value(json::Schemas&)> request_schema;   // empty: no body
  std::function<json::Value(json::Schemas&)> response_schema;  // empty: no body
  std::function<void(App&, Call, Respond)> handle;
};

// The table, in the order of docs/protocol.md.
std::vector<Route> routes();

http::Response json_response(int status, std::string body);
void respond_error(const Call& call, const Error& error, Respond& respond);

// What a panel handler works with, inside its tenant's transaction.
struct Desk {
  App& app;
  const accounts::Tenant& tenant;
  privacy::Access& access;
  const Call& call;
  Outbox& outbox;  // sent after the commit

  template <class I>
  Result<I> id(const char* param = "id") const {
    const auto uuid = parse_uuid(call.params.at(param));
    if (!uuid) return fail(Errc::not_found, "not an id");  // the same answer as for an unknown one
    return I(*uuid);
  }
  [[nodiscard]] std::shared_ptr<const booking::Catalog> catalog() const {
    const auto offerings = app.snapshots.get(access).offerings;
    return {offerings, &offerings->catalog};
  }
};

// Whether the acting employee passes the gate. Errc::forbidden, and what organisation::clearance() refuses.
Result<void> pass(Gate gate, privacy::Access& access);
// Behind a session, as the API's description says.
constexpr bool signed_in(Gate gate) { return gate != Gate::open && gate != Gate::widget; }
// Checks cookie, Origin and CSRF header, reads nothing else. Errc::unauthenticated, Errc::forbidden.
Result<accounts::SessionRef> session_of(const Call& call);
// Runs `work` as the session's employee, who must pass the gate.
void run_signed_in(App& app, Gate gate, std::string_view operation, Call call, Respond respond, int status,
                   std::move_only_function<Result<std::string>(Desk&)> work);
// The same for an answer that is a file: `work` gives its bytes, or the document that is drawn as PDF after the commit.
struct File {
  std::string name;  // latin, without spaces: it stands in a header
  std::string content_type;
  std::string bytes{};
  std::optional<Drawing> drawing{};  // instead of `bytes`
};
File pdf_file(std::string name, document::Document document, document::PdfOptions options);
// Answers with the file; what is to be drawn is answered by the drawing thread.
void give_file(App& app, TenantId tenant, const std::shared_ptr<Pending>& waiting, File file);
void run_for_file(App& app, Gate gate, std::string_view operation, Call call, Respond respond,
                  std::move_only_function<Result<File>(Desk&)> work);
// A Content-Type of application/json, with or without parameters (RFC 9110 8.3.1). Anything else is refused:
// a form of a foreign page can send other types without asking first.
bool says_json(std::string_view content_type);
// The media type and size are right, then the body as In; Nothing reads nothing.
template <class In>
Result<In> read_body(const http::Request& request) {
  if constexpr (std::is_same_v<In, Nothing>) {
    if (!request.body.empty()) return fail_field("", "unknown");
    return In{};
  } else {
    if (!says_json(request.header("content-type"))) return fail_field("", "not_json");
    return json::read<In>(request.body);
  }
}

namespace detail {
template <class F>
struct Signature;
template <class Out, class In>
struct Signature<Result<Out> (*)(Desk&, const In&)> {
  using Request = In;
  using Response = Out;
};
}  // namespace detail

// A panel route from its handler `Result<Out> f(Desk&, const In&)`.
template <auto Handler>
Route panel_route(http::Method method, std::string path, Gate gate, std::string operation,
                  std::string summary, std::vector<std::string_view> query = {}, int status = 200) {
  using In = typename detail::Signature<decltype(Handler)>::Request;
  using Out = typename detail::Signature<decltype(Handler)>::Response;
  Route route{.method = method,
              .path = std::move(path),
              .gate = gate,
              .operation = operation,
              .summary = std::move(summary),
              .query = std::move(query),
              .status = status,
              .request_schema = {},
              .response_schema = {},
              .handle = {}};
  if constexpr (!std::is_same_v<In, Nothing>)
    route.request_schema = [](json::Schemas& s) { return s.of<In>(json::Direction::request); };
  if constexpr (!std::is_same_v<Out, Nothing>)
    route.response_schema = [](json::Schemas& s) { return s.of<Out>(json::Direction::response); };
  route.handle = [gate, status, name = route.operation](App& app, Call call, Respond respond) {
    auto body = read_body<In>(call.request);
    if (!body) return respond_error(call, body.error(), respond);
    // The operation's name lives in the route table, which outlives every call.
    run_signed_in(app, gate, name, std::move(call), std::move(respond), status,
                  [in = std::move(*body)](Desk& desk) -> Result<std::string> {
                    auto out = Handler(desk, in);
                    if (!out) return fail(std::move(out).error());
                    if constexpr (std::is_same_v<Out, Nothing>)
                      return std::string();
                    else
                      return json::write(*out);
                  });
  };
  return route;
}

// A panel route that gives a file, from its handler `Result<File> f(Desk&)`.
template <auto Handler>
Route file_route(std::string path, Gate gate, std::string operation, std::string summary,
                 std::vector<std::string_view> query = {}) {
  Route route{.method = http::Method::get,
              .path = std::move(path),
              .gate = gate,
              .operation = operation,
              .summary = std::move(summary),
              .query = std::move(query),
              .status = 200,
              .request_schema = {},
              .response_schema = {},
              .handle = {}};
  route.handle = [gate, name = route.operation](App& app, Call call, Respond respond) {
    run_for_file(app, gate, name, std::move(call), std::move(respond), Handler);
  };
  return route;
}

// Query values: absent gives the fallback, malformed an error at /query/NAME.
Result<std::int64_t> query_int(const Call& call, std::string_view name, std::int64_t min, std::int64_t max,
                               std::int64_t fallback);
std::optional<std::string> query_text(const Call& call, std::string_view name);
template <class E>
Result<std::optional<E>> query_enum(const Call& call, std::string_view name) {
  const auto text = query_text(call, name);
  if (!text) return std::optional<E>();
  std::optional<E> out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (json::wire_name(d.name) == *text) out = d.value;
  });
  if (!out) return fail_field("/query/" + std::string(name), "not_one_of");
  return out;
}

// A place in a list ordered by time and id: "<microseconds>_<uuid>".
struct Cursor {
  Time at;
  Uuid id;
};
std::string write_cursor(const Cursor& cursor);
Result<std::optional<Cursor>> query_cursor(const Call& call);

// One file a resource adds its rows.
void add_widget_routes(std::vector<Route>& table);
void add_session_routes(std::vector<Route>& table);
void add_conversation_routes(std::vector<Route>& table);
void add_lead_routes(std::vector<Route>& table);
void add_booking_routes(std::vector<Route>& table);
void add_article_routes(std::vector<Route>& table);
void add_audit_routes(std::vector<Route>& table);
void add_document_routes(std::vector<Route>& table);
void add_organisation_routes(std::vector<Route>& table);
void add_breach_routes(std::vector<Route>& table);
void add_right_routes(std::vector<Route>& table);
void add_right_record_routes(std::vector<Route>& table);
void add_request_routes(std::vector<Route>& table);
void add_public_request_routes(std::vector<Route>& table);
void add_my_data_routes(std::vector<Route>& table);
void add_notify_routes(std::vector<Route>& table);

}  // namespace chatika::api
