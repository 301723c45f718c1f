// The audit for the privacy officer: search, who looked at one person's data, verification.
#include <algorithm>
#include <atomic>
#include <charconv>
#include <memory>

#include "api/route.hpp"
#include "api/wire_audit.hpp"
#include "privacy/address.hpp"
#include "privacy/audit_export.hpp"
#include "privacy/audit_view.hpp"

namespace chatika::api {

using AuditItems = Items<AuditItem>;
CHATIKA_JSON(AuditItems, items, next)

namespace {

// A place in the list: "<microseconds>_<lane>_<seq>".
Result<std::optional<privacy::AuditPlace>> place(const Call& call) {
  const auto text = query_text(call, "cursor");
  if (!text) return std::optional<privacy::AuditPlace>();
  std::int64_t numbers[3] = {};
  const char* at = text->data();
  const char* const end = text->data() + text->size();
  for (int i = 0; i < 3; ++i) {
    const auto [stop, ec] = std::from_chars(at, end, numbers[i]);
    const bool good = ec == std::errc() && (i == 2 ? stop == end : stop != end && *stop == '_');
    if (!good) return fail_field("/query/cursor", "malformed");
    at = stop + 1;
  }
  return std::optional(privacy::AuditPlace{from_micros(numbers[0]), numbers[1], numbers[2]});
}

// A moment (RFC 3339) or a day of the business, whose end is the next day's beginning.
Result<std::optional<Time>> moment(const Desk& desk, std::string_view name, bool end) {
  const auto text = query_text(desk.call, name);
  if (!text) return std::optional<Time>();
  if (const auto time = parse_rfc3339(*text)) return time;
  const auto day = parse_rfc3339(*text + "T00:00:00Z");
  if (!day) return fail_field("/query/" + std::string(name), "not_time");
  return std::optional(*day + (end ? Micros(std::chrono::days(1)) : Micros(0)));
}

Result<privacy::AuditSearch> asked(const Desk& desk) {
  privacy::AuditSearch search;
  search.limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)));
  search.before = TRY(place(desk.call));
  return search;
}

AuditItems page(std::vector<privacy::AuditView> views, std::size_t limit) {
  AuditItems out;
  if (!views.empty() && views.size() == limit) {
    const auto& last = views.back();
    out.next =
        std::to_string(to_micros(last.at)) + "_" + std::to_string(last.lane) + "_" + std::to_string(last.seq);
  }
  for (auto& v : views) {
    AuditItem item{.seq = std::to_string(v.lane) + "." + std::to_string(v.seq),
                   .at = v.at,
                   .actor = std::move(v.actor),
                   .actor_name = std::move(v.actor_name),
                   .operation = std::move(v.operation),
                   .read = std::move(v.read),
                   .written = std::move(v.written),
                   .purposes = std::move(v.purposes),
                   .bases = std::move(v.bases),
                   .from = std::move(v.from)};
    for (const auto& id : v.subjects) item.subjects.push_back({id, to_string(id).substr(24)});
    item.fields = item.read;
    for (const auto& field : item.written)
      if (std::ranges::find(item.fields, field) == item.fields.end()) item.fields.push_back(field);
    out.items.push_back(std::move(item));
  }
  return out;
}

Result<AuditItems> search(Desk& desk, const Nothing&) {
  auto search = TRY(asked(desk));
  if (const auto subject = query_text(desk.call, "subject")) {
    const auto id = parse_uuid(*subject);
    if (!id) return fail_field("/query/subject", "not_uuid");
    search.subject = SubjectId(*id);
  }
  search.actor = query_text(desk.call, "actor").value_or("");
  search.operation = query_text(desk.call, "operation").value_or("");
  search.from = TRY(moment(desk, "from", false));
  search.to = TRY(moment(desk, "to", true));
  return page(TRY(privacy::find_audit(desk.access, search)), search.limit);
}

Result<AuditItems> lookers(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<SubjectId>());
  const auto search = TRY(asked(desk));
  CHECK(desk.access.standing(id));  // an unknown person is not found
  return page(TRY(privacy::who_looked(desk.access, id, search)), search.limit);
}

AuditCheck check(const privacy::AuditVerdict& verdict, Time now) {
  AuditCheck out{.rows = verdict.rows,
                 .checkpoints = verdict.checkpoints,
                 .unsigned_rows = verdict.unsigned_rows,
                 .losses = verdict.losses,
                 .checked_at = now};
  if (const auto& fault = verdict.fault) {
    out.lane = fault->lane;
    out.first_bad = fault->seq;
    out.fault = name(fault->kind);
  }
  return out;
}

// Not one operation but a row of them: chat goes on between the slices.
void verify(App& app, Call call, Respond respond) {
  if (auto body = read_body<Nothing>(call.request); !body) return respond_error(call, body.error(), respond);
  const auto session = session_of(call);
  if (!session) return respond_error(call, session.error(), respond);
  auto db = app.tenants.enter(session->tenant,
                              accounts::seen_from(privacy::truncated_address(call.request.peer),
                                                  accounts::identify_session(session->token_hash)));
  if (!db) return respond_error(call, Error{.code = Errc::unauthenticated}, respond);
  db->submit(
      "audit.verify",
      [](privacy::Access& access) -> Result<void> {
        CHECK(pass(Gate::officer, access));
        access.audit();
        return {};
      },
      [&app, tenant = session->tenant,
       pending = pend(std::move(call), std::move(respond))](Result<void> allowed) {
        if (!allowed) return respond_error(pending->call, allowed.error(), pending->respond);
        app.audit.verify(tenant, [&app, pending](Result<privacy::AuditVerdict> verdict) {
          if (!verdict) return respond_error(pending->call, verdict.error(), pending->respond);
          pending->respond(json_response(200, json::write(check(*verdict, app.tenants.clock().now()))));
        });
      });
}

// More than this is for `chatika audit export`, which writes as it reads.
constexpr std::size_t kExportBytes = 64UL * 1024 * 1024;

// The whole log as lines of JSON, read in slices between which chat goes on. One at a time on this server: it stands in memory.
class Export : public std::enable_shared_from_this<Export> {
 public:
  Export(App& app, const accounts::SessionRef& session, Call call, Respond respond, std::shared_ptr<std::atomic<bool>> busy)
      : app_(app),
        session_(session),
        call_(std::move(call)),
        respond_(std::move(respond)),
        busy_(std::move(busy)),
        lines_(session.tenant, app.tenants.signing_key().public_key()) {}
  Export(const Export&) = delete;
  ~Export() { release(); }

  void next() {
    auto db = app_.tenants.enter(session_.tenant,
                                 accounts::seen_from(privacy::truncated_address(call_.request.peer),
                                                     accounts::identify_session(session_.token_hash)));
    if (!db) return respond_error(call_, Error{.code = Errc::unauthenticated}, respond_);
    db->submit(
        "audit.export",
        [self = shared_from_this()](privacy::Access& access) -> Result<bool> {
          CHECK(pass(Gate::officer, access));
          CHECK(self->take_turn());
          const bool more = self->lines_.step(access, [&](std::string_view line) {
            self->body_ += line;
            self->body_ += '\n';
          });
          if (self->body_.size() > kExportBytes) return fail(Errc::too_large, "the audit is too large for one answer");
          return more;
        },
        [self = shared_from_this()](Result<bool> more) {
          if (more && *more) return self->next();
          self->release();  // before the answer: whoever has it may ask again
          if (!more) return respond_error(self->call_, more.error(), self->respond_);
          const auto day = to_rfc3339(self->app_.tenants.clock().now()).substr(0, 10);
          self->respond_({.status = 200,
                          .headers = {{"content-type", "application/jsonl"},
                                      {"content-disposition", "attachment; filename=\"audit-" + day + ".jsonl\""},
                                      {"cache-control", "no-store"}},
                          .body = std::move(self->body_),
                          .static_body = {}});
        });
  }

 private:
  // Once the caller is known to be allowed: who is not keeps nobody waiting.
  Result<void> take_turn() {
    if (!holds_ && busy_->exchange(true))
      return fail(Error{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = 5});
    holds_ = true;
    return {};
  }
  void release() {
    if (std::exchange(holds_, false)) busy_->store(false);
  }

  App& app_;
  const accounts::SessionRef session_;
  Call call_;
  Respond respond_;
  std::shared_ptr<std::atomic<bool>> busy_;
  bool holds_ = false;
  privacy::AuditExport lines_;
  std::string body_;
};

Route export_route() {
  Route route{.method = http::Method::get,
              .path = "/api/v1/privacy/audit/export",
              .gate = Gate::officer,
              .operation = "audit.export",
              .summary = "The whole log as lines of JSON, for tools/audit_verify.py",
              .query = {},
              .status = 200,
              .request_schema = {},
              .response_schema = {},
              .handle = {}};
  route.handle = [busy = std::make_shared<std::atomic<bool>>(false)](App& app, Call call, Respond respond) {
    const auto session = session_of(call);
    if (!session) return respond_error(call, session.error(), respond);
    std::make_shared<Export>(app, *session, std::move(call), std::move(respond), busy)->next();
  };
  return route;
}

}  // namespace

void add_audit_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(panel_route<search>(get, "/api/v1/privacy/audit", Gate::officer, "audit.search",
                                      "Who did what with whose data, newest first",
                                      {"subject", "actor", "operation", "from", "to", "limit", "cursor"}));
  table.push_back(
      panel_route<lookers>(get, "/api/v1/privacy/subjects/{id}/audit", Gate::officer, "audit.lookers",
                           "Who looked at or changed one person's data, newest first", {"limit", "cursor"}));
  table.push_back(export_route());
  table.push_back(
      {.method = post,
       .path = "/api/v1/privacy/audit/verify",
       .gate = Gate::officer,
       .operation = "audit.verify",
       .summary = "Check the log against its hashes, signed checkpoints and anchor file",
       .query = {},
       .status = 200,
       .request_schema = {},
       .response_schema = [](json::Schemas& s) { return s.of<AuditCheck>(json::Direction::response); },
       .handle = verify});
}

}  // namespace chatika::api
