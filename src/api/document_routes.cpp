// Generated documents: for the panel as JSON and PDF, for visitors as public pages of the policy and the
// consent.
#include "api/papers.hpp"
#include "api/public_page.hpp"
#include "api/route.hpp"
#include "api/wire_documents.hpp"
#include "organisation/tasks.hpp"
#include "privacy/address.hpp"
#include "requests/words.hpp"

namespace chatika::api {
namespace {

constexpr std::size_t kChanges = 50;
constexpr std::size_t kAllChanges = 1000;

Result<std::string> language_of(const Call& call) {
  const auto chosen = TRY(query_enum<Language>(call, "language"));
  return chosen ? std::string(json::name_of(*chosen)) : call.language;
}

DocumentSummary summary_of(const privacy::DocumentVersion& v, std::string title) {
  return {v.kind, std::move(title), v.language, v.version,  v.hash,
          v.at,   v.notify_by,      v.filed_at, v.filed_on, v.filed_number};
}

Result<privacy::Current> current_of(Desk& desk, privacy::DocumentKind kind, const std::string& language) {
  const Papers papers{desk.app, desk.tenant, desk.access, language};
  return privacy::current_document(desk.access, kind, TRY(details_with_officer(papers)), register_for(papers),
                                   language, desk.tenant.profile.time_zone);
}

Result<privacy::DocumentKind> kind_of(const Call& call) {
  const auto& wanted = call.params.at("kind");
  for (std::size_t i = 0; i < privacy::kDocumentKinds; ++i)
    if (json::name_of(static_cast<privacy::DocumentKind>(i)) == wanted)
      return static_cast<privacy::DocumentKind>(i);
  return fail(Errc::not_found, "no such document");
}

Result<Documents> list_documents(Desk& desk, const Nothing&) {
  const auto language = TRY(language_of(desk.call));
  const auto details = details_of(desk.app, desk.tenant, "ru");
  Documents out;
  out.policy_path = "/privacy/" + desk.tenant.public_key;
  for (auto& error : privacy::missing_details(details)) out.missing.push_back({error.pointer, error.code});
  if (!out.missing.empty()) return out;
  CHECK(refresh_papers(desk.app, desk.tenant, desk.access));
  for (const auto kind : privacy::document_kinds(details)) {
    auto current = TRY(current_of(desk, kind, language));
    out.items.push_back(summary_of(current.version, std::move(current.document.title)));
  }
  return out;
}

Result<DocumentDetail> get_document(Desk& desk, const Nothing&) {
  auto current = TRY(current_of(desk, TRY(kind_of(desk.call)), TRY(language_of(desk.call))));
  return DocumentDetail{summary_of(current.version, current.document.title), current.document,
                        to_html(current.document), to_text(current.document)};
}

Result<DocumentChanges> list_changes(Desk& desk, const Nothing&) {
  DocumentChanges out;
  for (auto& change : privacy::document_changes(desk.access.tx(), kChanges)) {
    const auto current = current_of(desk, change.version.kind, change.version.language);
    out.items.push_back({summary_of(change.version, current ? current->document.title : std::string()),
                         std::move(change.changes)});
  }
  return out;
}

std::string day_of(Time at, const privacy::Details& details) {
  return to_rfc3339(at + std::chrono::minutes(details.utc_offset_minutes)).substr(0, 10);
}

// Changes of the notification to Roskomnadzor: its version tells which.

Result<privacy::DocumentChange> notified_change(Desk& desk) {
  for (auto& change : privacy::document_changes(desk.access.tx(), kAllChanges))
    if (change.version.notify_by && std::to_string(change.version.version) == desk.call.params.at("version"))
      return std::move(change);
  return fail(Errc::not_found, "no such change");
}

Result<DocumentChanges> file_notification(Desk& desk, const FileNotification& in) {
  const auto change = TRY(notified_change(desk));
  CHECK(privacy::notification_filed(desk.access,
                                    {.language = change.version.language,
                                     .version = change.version.version,
                                     .date = in.date,
                                     .number = in.number},
                                    desk.tenant.profile.time_zone));
  CHECK(organisation::follow_notifications(desk.access));
  return list_changes(desk, {});
}

Result<File> change_notice_pdf(Desk& desk) {
  const auto language = TRY(language_of(desk.call));
  const auto change = TRY(notified_change(desk));
  const Papers papers{desk.app, desk.tenant, desk.access, language};
  const auto details = TRY(details_with_officer(papers));
  CHECK(privacy::publishable(details));
  privacy::NotificationFacts facts{
      .registry_number = {}, .changed = {}, .reason = {}, .since = day_of(change.version.at, details)};
  for (const auto& line : change.changes)
    facts.changed.push_back(line.before.empty()  ? line.after
                            : line.after.empty() ? line.before + " → —"
                                                 : line.before + " → " + line.after);
  return pdf_file("chatika-notification-change-" + std::to_string(change.version.version) + ".pdf",
                  privacy::notification_of_change(details, register_for(papers), facts, language),
                  {.at = change.version.at,
                   .author = details.controller.name,
                   .footer = change.version.hash.substr(0, 12)});
}

std::string edition(const privacy::DocumentVersion& v, const privacy::Details& details,
                    std::string_view language) {
  return (language == "en" ? "Version " : "Редакция ") + std::to_string(v.version) +
         (language == "en" ? " of " : " от ") + requests::day_words(day_of(v.at, details), language) + " · " +
         v.hash.substr(0, 12);
}

Result<File> document_pdf(Desk& desk) {
  const auto language = TRY(language_of(desk.call));
  const auto kind = TRY(kind_of(desk.call));
  const auto current = TRY(current_of(desk, kind, language));
  const auto details = details_of(desk.app, desk.tenant, language);
  return pdf_file("chatika-" + std::string(json::name_of(kind)) + "-" + language + ".pdf", current.document,
                  {.at = current.version.at,
                   .author = details.controller.name,
                   .footer = edition(current.version, details, language)});
}

// The public pages. Anyone may read them; they say nothing about a person.
void show(App& app, Call call, Respond respond, privacy::DocumentKind kind, std::string path) {
  const auto* tenant = app.tenants.by_public_key(call.params.at("public_key"));
  auto language = language_of(call);
  if (tenant == nullptr) return respond_error(call, Error{.code = Errc::not_found}, respond);
  if (!language) return respond_error(call, language.error(), respond);
  auto who = privacy::Principal::system(tenant->id);
  who.from = privacy::truncated_address(call.request.peer);
  auto db = app.tenants.enter(who);
  if (!db) return respond_error(call, db.error(), respond);
  auto shared = pend(std::move(call), std::move(respond));
  const auto details = details_of(app, *tenant, *language);
  db->submit(
      "document.show",
      [kind, details, language = *language, tenant](privacy::Access& access) {
        return privacy::current_document(access, kind, details, privacy::register_of(access, details.clinic),
                                         language, tenant->profile.time_zone);
      },
      [shared, kind, details, language = *language, tenant,
       path = std::move(path)](Result<privacy::Current> current) {
        const bool en = language == "en";
        const auto own = "/privacy/" + tenant->public_key;
        PublicPage page{.title = {}, .language = language, .owner = tenant->profile.name.in(language)};
        for (const auto* other : {"ru", "en"})
          page.languages.push_back({path + "?language=" + other,
                                    other == std::string_view("en") ? "English" : "Русский",
                                    language == other});
        if (!current) {
          if (current.error().code != Errc::invalid)
            return respond_error(shared->call, current.error(), shared->respond);
          page.title = en ? "Not published yet" : "Политика ещё не опубликована";
          page.body =
              "<h1>" + page.title + "</h1>\n<p>" +
              (en ? "The business has not yet said who answers for personal data and where to write."
                  : "Организация ещё не указала, кто отвечает за персональные данные и куда писать.") +
              "</p>\n";
          return shared->respond(public_page(page, 503));
        }
        const auto query = std::string("?language=") + language;
        page.title = current->document.title + " — " + tenant->profile.name.in(language);
        page.body = to_html(current->document);
        page.links.push_back(
            {own + "/request" + query, en ? "Make a request about my data" : "Обратиться о своих данных"});
        if (kind == privacy::DocumentKind::policy)
          page.links.push_back({own + "/consent" + query, en ? "Text of the consent" : "Текст согласия"});
        else
          page.links.push_back({own + query, en ? "Privacy policy" : "Политика обработки данных"});
        page.foot = edition(current->version, details, language);
        shared->respond(public_page(page));
      });
}

void show_policy(App& app, Call call, Respond respond) {
  auto path = "/privacy/" + call.params.at("public_key");
  show(app, std::move(call), std::move(respond), privacy::DocumentKind::policy, std::move(path));
}
void show_consent(App& app, Call call, Respond respond) {
  auto path = "/privacy/" + call.params.at("public_key") + "/consent";
  show(app, std::move(call), std::move(respond), privacy::DocumentKind::consent, std::move(path));
}

void show_style(App&, Call, Respond respond) {
  respond({.status = 200,
           .headers = {{"content-type", "text/css; charset=utf-8"}, {"cache-control", "public, max-age=300"}},
           .body = {},
           .static_body = public_style()});
}

// Pages are for browsers: they have no operation, so OpenAPI leaves them out.
Route page_route(std::string path, std::vector<std::string_view> query, void (*handle)(App&, Call, Respond)) {
  return {.method = http::Method::get,
          .path = std::move(path),
          .gate = Gate::open,
          .operation = {},
          .summary = {},
          .query = std::move(query),
          .status = 200,
          .request_schema = {},
          .response_schema = {},
          .handle = handle};
}

}  // namespace

void add_document_routes(std::vector<Route>& table) {
  using enum http::Method;
  constexpr auto kOfficer = Gate::officer;
  table.push_back(panel_route<list_documents>(get, "/api/v1/privacy/documents", kOfficer, "documents.list",
                                              "Documents made from the register, with their versions",
                                              {"language"}));
  table.push_back(panel_route<list_changes>(get, "/api/v1/privacy/documents/changes", kOfficer,
                                            "documents.changes",
                                            "What has changed in the documents, newest first"));
  table.push_back(panel_route<file_notification>(
      post, "/api/v1/privacy/documents/changes/{version}/filed", kOfficer, "notification.filed",
      "The change was notified to Roskomnadzor: date and number; the task ends"));
  table.push_back(file_route<change_notice_pdf>("/api/v1/privacy/documents/changes/{version}/notice/pdf",
                                                kOfficer, "notification.draft",
                                                "Form 2 with what has changed, as PDF", {"language"}));
  table.push_back(panel_route<get_document>(get, "/api/v1/privacy/documents/{kind}", kOfficer, "document.get",
                                            "A document as blocks, HTML and text", {"language"}));
  table.push_back(file_route<document_pdf>("/api/v1/privacy/documents/{kind}/pdf", kOfficer, "document.pdf",
                                           "A document as PDF", {"language"}));
  table.push_back(page_route("/privacy/{public_key}", {"language"}, show_policy));
  table.push_back(page_route("/privacy/{public_key}/consent", {"language"}, show_consent));
  table.push_back(page_route(std::string(kPublicStylePath), {}, show_style));
}

}  // namespace chatika::api
