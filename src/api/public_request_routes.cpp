// Requests of anybody: the form, the code, the private page, withdrawal by link. Nothing that is answered here depends on
// whether a person is known; secrets travel in bodies, never in an address.
#include "api/request_documents.hpp"
#include "api/request_views.hpp"
#include "api/server.hpp"
#include "api/widget_door.hpp"
#include "language/phone.hpp"
#include "notify/address.hpp"
#include "privacy/recipients.hpp"
#include "requests/words.hpp"

namespace chatika::api {
namespace {

using privacy::Principal;

// The business of the address; the pages are this server's own, so only its own origin may post.
Result<const accounts::Tenant*> business_of(const App& app, const Call& call) {
  const auto* tenant = app.tenants.by_public_key(call.params.at("public_key"));
  if (tenant == nullptr) return fail(Errc::not_found, "unknown key");
  const auto origin = call.request.header("origin");
  if (!origin.empty() && !own_origin(origin, call.request.header("host")))
    return fail(Errc::forbidden, "foreign origin");
  return tenant;
}

// By the caller's address first. Then what anybody may begin counts for the business; what a private link does, for that link
// alone: whoever begins a lot keeps nobody from following their own request or from withdrawing.
Result<void> not_too_often(App& app, const accounts::Tenant& tenant, const Call& call, std::string_view token) {
  const auto now = app.tenants.clock().now();
  int wait = app.filings.take(call.request.peer, now);
  if (wait == 0)
    wait = token.empty() ? app.filings_of_tenant.take(to_string(tenant.id), now)
                         : app.filings.take("link " + std::string(token), now);
  if (wait > 0) return fail(Error{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = wait});
  return {};
}

// Reads the body, finds the business, counts the visit; then `handle(tenant, body, call, respond)`.
template <class In, class F>
auto with_body(F handle) {
  return [handle](App& app, Call call, Respond respond) {
    auto body = read_body<In>(call.request);
    if (!body) return respond_error(call, body.error(), respond);
    const auto tenant = business_of(app, call);
    if (!tenant) return respond_error(call, tenant.error(), respond);
    std::string_view token;
    if constexpr (requires { body->token; }) token = body->token;
    if (const auto often = not_too_often(app, **tenant, call, token); !often) return respond_error(call, often.error(), respond);
    handle(app, **tenant, std::move(*body), std::move(call), std::move(respond));
  };
}

accounts::Identify nobody(TenantId tenant) {
  return [tenant](db::Tx&, Time) -> Result<Principal> { return Principal::system(tenant); };
}
accounts::Identify by_link(std::string token) {
  return [token = std::move(token)](db::Tx& tx, Time now) { return requests::requester_of(tx, token, now); };
}

void get_business(App& app, const Call& call, Respond respond) {
  const auto tenant = business_of(app, call);
  if (!tenant) return respond_error(call, tenant.error(), respond);
  const auto language = query_enum<Language>(call, "language");
  if (!language) return respond_error(call, language.error(), respond);
  const auto chosen = json::name_of(language->value_or(Language::ru));
  const auto& p = (*tenant)->profile;
  respond(json_response(200, json::write(PublicBusiness{p.name.in(chosen), p.phone, p.address.in(chosen)})));
}

Result<void> check(const FileRequest& in) {
  Error bad{.code = Errc::invalid, .cause = {}, .fields = {}};
  if (!notify::is_address(in.email)) bad.fields.push_back({"/email", "bad_email"});
  if (in.phone && language::find_phones(*in.phone).empty()) bad.fields.push_back({"/phone", "bad_phone"});
  if (!bad.fields.empty()) return fail(std::move(bad));
  return {};
}

void file(App& app, const accounts::Tenant& tenant, FileRequest in, Call call, Respond respond) {
  if (const auto good = check(in); !good) return respond_error(call, good.error(), respond);
  requests::Filing filing{.type = in.type,
                          .channel = requests::RequestChannel::form,
                          .language = std::string(json::name_of(in.language)),
                          .zone = tenant.profile.time_zone,
                          .asked = {in.full_name, in.email, in.data_description, in.essence},
                          .phone = in.phone ? std::string(*in.phone) : std::string(),
                          .subjects = {},
                          .received_at = {}};
  run_for(
      app, tenant.id, nobody(tenant.id), "request.file", std::move(call), std::move(respond),
      [filing = std::move(filing)](privacy::Access& access, Outbox& out) -> Result<requests::Filed> {
        auto filed = TRY(requests::file(access, filing));
        announce_request(access, filed.id, out);
        return filed;
      },
      [](const requests::Filed& filed, const Call&) {
        return json_response(202, json::write(RequestFiled{filed.reference, filed.link_token}));
      });
}

Result<RequestProgress> progress_of(privacy::Access& access, const accounts::Tenant& tenant, requests::RequestId id) {
  const auto progress = TRY(requests::progress(access, id));
  return request_progress(progress, tenant.profile.name.in(progress.c.language));
}

void status(App& app, const accounts::Tenant& tenant, RequestLink in, Call call, Respond respond) {
  const std::string token = in.token;
  run_for(
      app, tenant.id, by_link(token), "request.follow", std::move(call), std::move(respond),
      [token, &tenant](privacy::Access& access, Outbox&) -> Result<RequestProgress> {
        return progress_of(access, tenant, TRY(requests::find(access, token)).id);
      },
      [](const RequestProgress& progress, const Call&) { return json_response(200, json::write(progress)); });
}

// Wrong, used, expired, never sent, and a link that is none: one answer.
void verify(App& app, const accounts::Tenant& tenant, VerifyRequest in, Call call, Respond respond) {
  const std::string token = in.token;
  const auto language = call.language;
  run_for(
      app, tenant.id,
      [token, id = tenant.id](db::Tx& tx, Time now) -> Result<Principal> {
        auto who = requests::requester_of(tx, token, now);
        return who ? std::move(*who) : Principal::system(id);
      },
      "request.verify", std::move(call), std::move(respond),
      [token, code = std::string(in.code), &tenant](privacy::Access& access, Outbox& out) -> Result<std::optional<RequestProgress>> {
        const auto c = requests::find(access, token);
        if (!c || !TRY(requests::verify(access, c->id, code))) return std::optional<RequestProgress>();
        announce_request(access, c->id, out);
        return std::optional(TRY(progress_of(access, tenant, c->id)));
      },
      [language](const std::optional<RequestProgress>& progress, const Call&) {
        if (progress) return json_response(200, json::write(*progress));
        return http::problem(Error{.code = Errc::invalid, .cause = {}, .fields = {{"/code", "wrong_code"}}}, language);
      });
}

void another_code(App& app, const accounts::Tenant& tenant, RequestLink in, Call call, Respond respond) {
  const std::string token = in.token;
  run_for(
      app, tenant.id, nobody(tenant.id), "request.code", std::move(call), std::move(respond),
      [token](privacy::Access& access, Outbox&) -> Result<bool> {
        if (const auto c = requests::find(access, token)) requests::ask_for_code(access, c->id);
        return true;
      },
      [](bool, const Call&) { return json_response(202, ""); });
}

template <bool Pdf>
void given(App& app, const accounts::Tenant& tenant, RequestLink in, Call call, Respond respond) {
  const std::string token = in.token;
  run_for(
      app, tenant.id, by_link(token), Pdf ? "request.answer_pdf" : "request.answer_json", std::move(call), std::move(respond),
      [token](privacy::Access& access, Outbox&) -> Result<File> {
        const auto c = TRY(requests::find(access, token));
        return given_answer(TRY(requests::given_document(access, c.id)), Pdf, c.reference, c.answered_at.value_or(access.now()));
      },
      GiveFile());
}

void ask_withdrawal_link(App& app, const accounts::Tenant& tenant, AskWithdrawalLink in, Call call, Respond respond) {
  if (!notify::is_address(in.email))
    return respond_error(call, Error{.code = Errc::invalid, .cause = {}, .fields = {{"/email", "bad_email"}}}, respond);
  const auto page = app.settings.public_url + "/privacy/withdraw#" + tenant.public_key + ".";
  run_for(
      app, tenant.id, nobody(tenant.id), "withdrawal.link", std::move(call), std::move(respond),
      [in, page](privacy::Access& access, Outbox&) -> Result<bool> {
        requests::ask_for_withdrawal_link(access, in.email, std::string(json::name_of(in.language)), page);
        access.audit();
        return true;
      },
      [](bool, const Call&) { return json_response(202, ""); });
}

void withdraw(App& app, const accounts::Tenant& tenant, RequestLink in, Call call, Respond respond) {
  const std::string token = in.token;
  const std::string language = call.language;
  run_for(
      app, tenant.id,
      [token, id = tenant.id](db::Tx& tx, Time now) -> Result<Principal> {
        return Principal::visitor(id, TRY(requests::subjects_of_withdrawal_link(tx, token, now)).front());
      },
      "consent.withdraw", std::move(call), std::move(respond),
      [&tenant, token, language](privacy::Access& access, Outbox& out) -> Result<Withdrawal> {
        const auto subjects = TRY(requests::subjects_of_withdrawal_link(access.tx(), token, access.now()));
        const auto done = TRY(requests::withdraw(access, {.subject = subjects.front(),
                                                          .others = {subjects.begin() + 1, subjects.end()},
                                                          .channel = requests::RequestChannel::link,
                                                          .language = language,
                                                          .zone = tenant.profile.time_zone}));
        announce_request(access, done.id, out);
        return Withdrawal{done.reference, TRY(requests::find(access, done.id)).deadline.due_day};
      },
      [](const Withdrawal& done, const Call&) { return json_response(200, json::write(done)); });
}

// A recipient has corrected or erased. Unknown and replaced by a newer mail: one answer; the same link again says when.
void acknowledge(App& app, const accounts::Tenant& tenant, RequestLink in, Call call, Respond respond) {
  run_for(
      app, tenant.id, nobody(tenant.id), "recipient.acknowledge", std::move(call), std::move(respond),
      [token = std::string(in.token)](privacy::Access& access, Outbox&) -> Result<Acknowledged> {
        const auto notice = TRY(privacy::acknowledge(access, token));
        const auto at = notice.acknowledged_at.value_or(access.now());
        return Acknowledged{notice.act, at, at < access.now()};
      },
      [](const Acknowledged& done, const Call&) { return json_response(200, json::write(done)); });
}

// The pages stand in the table because "/privacy/{public_key}" would take them for a key.
void show_page(App& app, const Call& call, Respond respond) {
  if (auto found = page(app, call.request)) return respond(std::move(*found));
  respond_error(call, Error{.code = Errc::not_found}, respond);
}

template <class In, class Out>
Route row(std::string path, std::string operation, std::string summary, int status, auto handler) {
  Route route{.method = http::Method::post,
              .path = "/privacy/v1/{public_key}/" + std::move(path),
              .gate = Gate::open,
              .operation = std::move(operation),
              .summary = std::move(summary),
              .query = {},
              .status = status,
              .request_schema = wire_schema<In>(json::Direction::request),
              .response_schema = {},
              .handle = with_body<In>(handler)};
  if constexpr (!std::is_same_v<Out, Nothing>) route.response_schema = wire_schema<Out>(json::Direction::response);
  return route;
}

}  // namespace

void add_public_request_routes(std::vector<Route>& table) {
  for (const auto* path : {"/privacy/request", "/privacy/withdraw", "/recipients/{public_key}", "/privacy/{public_key}/request", "/privacy/assets/{file}"})
    table.push_back({.method = http::Method::get,
                     .path = path,
                     .gate = Gate::open,
                     .operation = {},
                     .summary = {},
                     .query = {},
                     .status = 200,
                     .request_schema = {},
                     .response_schema = {},
                     .handle = show_page});
  table.push_back({.method = http::Method::get,
                   .path = "/privacy/v1/{public_key}/business",
                   .gate = Gate::open,
                   .operation = "request.business",
                   .summary = "To whom a request goes",
                   .query = {"language"},
                   .status = 200,
                   .request_schema = {},
                   .response_schema = wire_schema<PublicBusiness>(json::Direction::response),
                   .handle = get_business});
  table.push_back(row<FileRequest, RequestFiled>("requests", "request.file", "A request about one's personal data", 202, file));
  table.push_back(row<RequestLink, RequestProgress>("requests/status", "request.follow", "How far a request is, by its private link",
                                                    200, status));
  table.push_back(row<VerifyRequest, RequestProgress>("requests/verify", "request.verify",
                                                      "The code that was sent to the known contact", 200, verify));
  table.push_back(row<RequestLink, Nothing>("requests/code", "request.code", "Send another code", 202, another_code));
  table.push_back(row<RequestLink, Nothing>("requests/answer-pdf", "request.answer_pdf", "The access answer as it was given, PDF", 200, given<true>));
  table.push_back(row<RequestLink, Nothing>("requests/answer-json", "request.answer_json", "The same as data", 200, given<false>));
  table.push_back(row<AskWithdrawalLink, Nothing>("withdrawal-link", "withdrawal.link",
                                                  "Mail the private link that withdraws consent", 202, ask_withdrawal_link));
  table.push_back(row<RequestLink, Acknowledged>("acknowledge", "recipient.acknowledge",
                                                 "A recipient has corrected or erased: by its private link", 200, acknowledge));
  table.push_back(row<RequestLink, Withdrawal>("withdraw", "consent.withdraw", "Withdraw consent by its private link", 200, withdraw));
}

}  // namespace chatika::api
