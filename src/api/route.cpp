#include "api/route.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>

#include "organisation/clearance.hpp"
#include "privacy/address.hpp"

namespace chatika::api {

std::vector<Route> routes() {
  std::vector<Route> table;
  add_widget_routes(table);
  add_session_routes(table);
  add_conversation_routes(table);
  add_lead_routes(table);
  add_booking_routes(table);
  add_article_routes(table);
  add_audit_routes(table);
  add_document_routes(table);
  add_organisation_routes(table);
  add_breach_routes(table);
  add_right_routes(table);
  add_right_record_routes(table);
  add_request_routes(table);
  add_public_request_routes(table);
  add_my_data_routes(table);
  add_notify_routes(table);
  return table;
}

http::Response json_response(int status, std::string body) {
  http::Response response{.status = status,
                          .headers = {{"cache-control", "no-store"}},
                          .body = std::move(body),
                          .static_body = {}};
  if (!response.body.empty()) response.headers.emplace_back("content-type", "application/json");
  return response;
}

void respond_error(const Call& call, const Error& error, Respond& respond) {
  respond(http::problem(error, call.language));
}

bool says_json(std::string_view content_type) {
  constexpr std::string_view kJson = "application/json";
  auto type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return std::ranges::equal(
      type, kJson, [](char c, char lower) { return (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) == lower; });
}

Result<accounts::SessionRef> session_of(const Call& call) {
  const auto cookie = call.request.cookie("__Host-chatika");
  if (cookie.empty()) return fail(Errc::unauthenticated, "no session cookie");
  const auto session = TRY(accounts::parse_cookie(cookie));
  if (call.request.method == http::Method::get || call.request.method == http::Method::head) return session;
  if (!own_origin(call.request.header("origin"), call.request.header("host")))
    return fail(Errc::forbidden, "foreign origin");
  if (!crypto::equal_constant_time(call.request.header("x-csrf-token"), accounts::csrf_token(cookie)))
    return fail(Errc::forbidden, "wrong CSRF token");
  return session;
}

Result<void> pass(Gate gate, privacy::Access& access) {
  const auto& who = access.who();
  if (who.kind != privacy::Principal::Kind::employee) return fail(Errc::forbidden, "employees only");
  if (gate != Gate::newcomer) CHECK(organisation::clearance(access));
  const bool owner = who.role == privacy::Role::owner;
  switch (gate) {
    case Gate::open:
    case Gate::widget:
      break;  // no session stands before these
    case Gate::newcomer:
    case Gate::employee:
      return {};
    case Gate::owner:
      return owner ? Result<void>() : fail(Errc::forbidden, "owners only");
    case Gate::officer:
      return who.officer ? Result<void>() : fail(Errc::forbidden, "the privacy officer only");
    case Gate::steward:
      return owner || who.officer ? Result<void>() : fail(Errc::forbidden, "owners and the privacy officer only");
  }
  return fail(Errc::forbidden, "no gate");
}

namespace {

// "refused.privacy.subject": what was asked for and not given. One name an operation; they outlive every call.
std::string_view refused_name(std::string_view operation) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> names;
  const std::lock_guard lock(mutex);
  return *names.insert("refused." + std::string(operation)).first;
}

// A refusal leaves a row of its own, as the operation came to nothing; of one session twenty, then five a minute.
void note_refusal(App& app, const accounts::SessionRef& session, std::string_view operation, std::string from) {
  const auto key = "refused " + crypto::hex({reinterpret_cast<const char*>(session.token_hash.data()), session.token_hash.size()});
  if (app.filings.take(key, app.tenants.clock().now()) > 0) return;
  auto db = app.tenants.enter(session.tenant, accounts::seen_from(std::move(from), accounts::identify_session(session.token_hash)));
  if (!db) return;
  db->submit(
      refused_name(operation),
      [](privacy::Access& access) -> Result<void> {
        access.audit();
        return {};
      },
      [](Result<void>) {});
}

// Who is signed in and passes the gate does `work`; `answer` is given its result and who waits for it.
template <class T>
void run_gated(App& app, Gate gate, std::string_view operation, Call call, Respond respond,
               std::move_only_function<Result<T>(Desk&)> work,
               std::move_only_function<void(TenantId, const std::shared_ptr<Pending>&, T)> answer) {
  auto session = session_of(call);
  if (!session) return respond_error(call, session.error(), respond);
  const auto* tenant = app.tenants.by_id(session->tenant);
  auto db = app.tenants.enter(session->tenant,
                              accounts::seen_from(privacy::truncated_address(call.request.peer),
                                                  accounts::identify_session(session->token_hash)));
  if (tenant == nullptr || !db) return respond_error(call, Error{.code = Errc::unauthenticated}, respond);

  auto waiting = pend(std::move(call), std::move(respond));
  auto outbox = std::make_shared<Outbox>();
  db->submit(
      operation,
      [&app, tenant, gate, waiting, outbox, work = std::move(work)](privacy::Access& access) mutable -> Result<T> {
        CHECK(pass(gate, access));
        Desk desk{app, *tenant, access, waiting->call, *outbox};
        return work(desk);
      },
      [&app, tenant, waiting, outbox, operation, session = *session, answer = std::move(answer)](Result<T> result) mutable {
        if (!result && result.error().code == Errc::forbidden)
          note_refusal(app, session, operation, privacy::truncated_address(waiting->call.request.peer));
        if (!result) return respond_error(waiting->call, result.error(), waiting->respond);
        // Before the answer: whoever is told that an access has ended can be sure that its panels hear nothing any more.
        outbox->send(app.hub, tenant->id);
        answer(tenant->id, waiting, std::move(*result));
      });
}

}  // namespace

void run_signed_in(App& app, Gate gate, std::string_view operation, Call call, Respond respond, int status,
                   std::move_only_function<Result<std::string>(Desk&)> work) {
  run_gated<std::string>(app, gate, operation, std::move(call), std::move(respond), std::move(work),
                         [status](TenantId, const std::shared_ptr<Pending>& waiting, std::string body) {
                           waiting->respond(json_response(status, std::move(body)));
                         });
}

File pdf_file(std::string name, document::Document document, document::PdfOptions options) {
  return {.name = std::move(name),
          .content_type = "application/pdf",
          .drawing = Drawing{std::move(document), std::move(options)}};
}

void give_file(App& app, TenantId tenant, const std::shared_ptr<Pending>& waiting, File file) {
  auto drawing = std::exchange(file.drawing, std::nullopt);
  auto answer = [waiting, file = std::move(file)](Result<std::string> bytes) mutable {
    if (!bytes) return respond_error(waiting->call, bytes.error(), waiting->respond);
    waiting->respond({.status = 200,
                      .headers = {{"content-type", std::move(file.content_type)},
                                  {"content-disposition", "inline; filename=\"" + file.name + "\""},
                                  {"cache-control", "no-store"}},
                      .body = std::move(*bytes),
                      .static_body = {}});
  };
  if (!drawing) {
    auto bytes = std::move(file.bytes);
    return answer(std::move(bytes));
  }
  app.drawings.draw(tenant, std::move(*drawing), std::move(answer));
}

void run_for_file(App& app, Gate gate, std::string_view operation, Call call, Respond respond,
                  std::move_only_function<Result<File>(Desk&)> work) {
  run_gated<File>(app, gate, operation, std::move(call), std::move(respond), std::move(work),
                  [&app](TenantId tenant, const std::shared_ptr<Pending>& waiting, File file) {
                    give_file(app, tenant, waiting, std::move(file));
                  });
}

std::optional<std::string> query_text(const Call& call, std::string_view name) {
  const auto found = call.request.query.find(std::string(name));
  if (found == call.request.query.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

Result<std::int64_t> query_int(const Call& call, std::string_view name, std::int64_t min, std::int64_t max,
                               std::int64_t fallback) {
  const auto text = query_text(call, name);
  if (!text) return fallback;
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(text->data(), text->data() + text->size(), value);
  const auto pointer = "/query/" + std::string(name);
  if (ec != std::errc() || end != text->data() + text->size()) return fail_field(pointer, "not_integer");
  if (value < min) return fail_field(pointer, "too_small");
  if (value > max) return fail_field(pointer, "too_big");
  return value;
}

std::string write_cursor(const Cursor& cursor) {
  return std::to_string(to_micros(cursor.at)) + "_" + to_string(cursor.id);
}

Result<std::optional<Cursor>> query_cursor(const Call& call) {
  const auto text = query_text(call, "cursor");
  if (!text) return std::optional<Cursor>();
  std::int64_t at = 0;
  const auto [end, ec] = std::from_chars(text->data(), text->data() + text->size(), at);
  const auto used = static_cast<std::size_t>(end - text->data());
  const auto id = ec == std::errc() && used < text->size() && (*text)[used] == '_'
                      ? parse_uuid(std::string_view(*text).substr(used + 1))
                      : std::nullopt;
  if (!id) return fail_field("/query/cursor", "malformed");
  return std::optional(Cursor{from_micros(at), *id});
}

}  // namespace chatika::api
