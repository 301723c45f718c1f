// Signing in and out, and who one is.
#include "api/route.hpp"

namespace chatika::api {
namespace {

constexpr auto kCookieFlags = "; Path=/; Secure; HttpOnly; SameSite=Strict";

Session session_view(const accounts::Tenant& tenant, const accounts::Employee& me, std::string_view cookie,
                     std::string_view language) {
  const auto& p = tenant.profile;
  return {.employee = {me.id, me.name, me.role, me.officer},
          .tenant =
              {p.name.in(language), p.business, p.time_zone, tenant.public_key, {Language::ru, Language::en}},
          .csrf = accounts::csrf_token(cookie)};
}

void finish_sign_in(App& app, const accounts::SignedIn& signed_in, const std::shared_ptr<Pending>& shared) {
  const auto ref = accounts::parse_cookie(signed_in.cookie);
  auto db = app.tenants.enter(signed_in.tenant, accounts::identify_session(ref->token_hash));
  if (!db) return respond_error(shared->call, db.error(), shared->respond);
  db->submit(
      "session.open", accounts::current_employee, [&app, signed_in, shared](Result<accounts::Employee> me) {
        if (!me) return respond_error(shared->call, me.error(), shared->respond);
        const auto* tenant = app.tenants.by_id(signed_in.tenant);
        auto response = json_response(
            200, json::write(session_view(*tenant, *me, signed_in.cookie, shared->call.language)));
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(accounts::kSessionLife).count();
        response.headers.emplace_back("set-cookie", "__Host-chatika=" + signed_in.cookie + kCookieFlags +
                                                        "; Max-Age=" + std::to_string(age));
        shared->respond(std::move(response));
      });
}

void post_session(App& app, Call call, Respond respond) {
  auto request = read_body<SignInRequest>(call.request);
  if (!request) return respond_error(call, request.error(), respond);
  if (!own_origin(call.request.header("origin"), call.request.header("host")))
    return respond_error(call, Error{.code = Errc::forbidden, .cause = "foreign origin"}, respond);
  auto peer = call.request.peer;
  auto shared = pend(std::move(call), std::move(respond));
  app.sign_in.sign_in(std::move(request->email), std::move(request->password), std::move(peer),
                      [&app, shared](Result<accounts::SignedIn> result) {
                        if (!result) return respond_error(shared->call, result.error(), shared->respond);
                        finish_sign_in(app, *result, shared);
                      });
}

Result<Session> get_session(Desk& desk, const Nothing&) {
  const auto me = TRY(accounts::current_employee(desk.access));
  return session_view(desk.tenant, me, desk.call.request.cookie("__Host-chatika"), desk.call.language);
}

void delete_session(App& app, Call call, Respond respond) {
  auto session = session_of(call);
  if (!session) return respond_error(call, session.error(), respond);
  auto db = app.tenants.enter(session->tenant, accounts::identify_session(session->token_hash));
  if (!db) return respond_error(call, Error{.code = Errc::unauthenticated}, respond);
  auto shared = pend(std::move(call), std::move(respond));
  db->submit(
      "sign_out",
      [hash = session->token_hash](privacy::Access& access) -> Result<void> {
        accounts::sign_out(access.tx(), hash);
        access.audit(SubjectId(access.who().id));
        return {};
      },
      [&app, session = *session, shared](Result<void> result) {
        if (!result) return respond_error(shared->call, result.error(), shared->respond);
        for (const auto& socket : app.hub.end_session(session.tenant, session.token_hash)) {
          socket->send(json::write(PanelSignedOut{}));
          socket->close(kSignedOut, "signed out");
        }
        auto response = json_response(204, "");
        response.headers.emplace_back("set-cookie",
                                      std::string("__Host-chatika=") + kCookieFlags + "; Max-Age=0");
        shared->respond(std::move(response));
      });
}

}  // namespace

void add_session_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(
      {.method = post,
       .path = "/api/v1/session",
       .gate = Gate::open,
       .operation = "sign_in",
       .summary = "Sign in",
       .query = {},
       .status = 200,
       .request_schema = [](json::Schemas& s) { return s.of<SignInRequest>(json::Direction::request); },
       .response_schema = [](json::Schemas& s) { return s.of<Session>(json::Direction::response); },
       .handle = post_session});
  table.push_back(
      panel_route<get_session>(get, "/api/v1/session", Gate::newcomer, "session.get", "Who is signed in"));
  table.push_back({.method = del,
                   .path = "/api/v1/session",
                   .gate = Gate::newcomer,
                   .operation = "sign_out",
                   .summary = "Sign out",
                   .query = {},
                   .status = 204,
                   .request_schema = {},
                   .response_schema = {},
                   .handle = delete_session});
}

}  // namespace chatika::api
