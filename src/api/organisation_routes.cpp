// The organisation: its details, what employees accept and sign, staff and their access, internal documents.
#include <algorithm>
#include <map>

#include "api/papers.hpp"
#include "api/route.hpp"
#include "api/wire_organisation.hpp"
#include "organisation/clearance.hpp"
#include "organisation/staff.hpp"
#include "organisation/tasks.hpp"

namespace chatika::api {
namespace {

constexpr std::string_view kPapersLanguage = "ru";  // of documents nobody has chosen another for

std::string_view language_of(Language language) {
  return json::name_of(language);
}

using Names = std::map<EmployeeId, std::string>;
Result<Names> names_of(privacy::Access& access) {
  Names out;
  for (auto& e : TRY(accounts::employees(access))) out.emplace(e.id, std::move(e.name));
  return out;
}
PersonName named(const Names& names, EmployeeId id) {
  const auto found = names.find(id);
  return {id, found == names.end() ? std::string() : found->second};
}

// The business.

Organisation view_of(const accounts::Profile& p) {
  return {.name = p.name,
          .business = p.business,
          .time_zone = p.time_zone,
          .phone = p.phone,
          .address = p.address,
          .hours = p.hours,
          .greeting = p.greeting,
          .origins = p.origins,
          .legal = p.legal.value_or(accounts::Legal{})};
}

Result<Organisation> get_organisation(Desk& desk, const Nothing&) {
  return view_of(desk.tenant.profile);
}

void refresh_after(App& app, TenantId id, std::function<void(Result<void>)> done) {
  const auto* tenant = app.tenants.by_id(id);
  auto db = app.tenants.enter(privacy::Principal::system(id));
  if (tenant == nullptr || !db) return done({});
  db->submit(
      "documents.refresh",
      [&app, tenant](privacy::Access& access) { return refresh_papers(app, *tenant, access); },
      [done = std::move(done)](Result<void> result) { done(std::move(result)); });
}

accounts::Legal legal_of(const LegalInput& in) {
  accounts::Legal out{.name = in.name,
                      .tax_number = in.tax_number,
                      .address = in.address,
                      .email = in.email,
                      .name_en = {},
                      .address_en = {}};
  if (in.name_en) out.name_en = std::string(*in.name_en);
  if (in.address_en) out.address_en = std::string(*in.address_en);
  return out;
}

// The profile is the control database's: it is changed after the tenant's operation has let the owner in and
// has written the audit row.
void put_organisation(App& app, Call call, Respond respond) {
  auto body = read_body<SetOrganisation>(call.request);
  if (!body) return respond_error(call, body.error(), respond);
  struct State {
    accounts::Profile profile;
    TenantId tenant;
  };
  auto state = std::make_shared<State>();
  auto reply = std::make_shared<Respond>(std::move(respond));
  const auto language = call.language;
  auto after = [&app, state, reply, language](http::Response response) {
    if (response.status != 200) return (*reply)(std::move(response));
    app.tenants.update_profile(state->tenant, state->profile,
                               [&app, state, reply, language](Result<void> done) {
                                 if (!done) return (*reply)(http::problem(done.error(), language));
                                 // The documents follow at once; should this fail, the daily job makes up for
                                 // it.
                                 refresh_after(app, state->tenant, [state, reply](const Result<void>&) {
                                   (*reply)(json_response(200, json::write(view_of(state->profile))));
                                 });
                               });
  };
  run_signed_in(app, Gate::owner, "organisation.update", std::move(call), std::move(after), 200,
                [in = std::move(*body), state](Desk& desk) -> Result<std::string> {
                  state->tenant = desk.tenant.id;
                  state->profile = desk.tenant.profile;
                  state->profile.phone = in.phone;
                  state->profile.legal = legal_of(in.legal);
                  desk.access.audit();
                  return std::string();
                });
}

// What stands between an employee and the panel.

Result<ShownPaper> shown(document::Document document, std::string_view version) {
  auto hash = organisation::hash_of(organisation::paper_of(document));
  return ShownPaper{document.title, std::string(version), std::move(hash), std::move(document)};
}

Result<Duties> get_duties(Desk& desk, const Nothing&) {
  const auto& language = desk.call.language;
  const EmployeeId me(desk.access.who().id);
  Duties out;
  out.access_until = TRY(accounts::employee(desk.access, me)).access_until;
  const auto accepted = organisation::service_accepted(desk.access);
  if (std::ranges::find(accepted, me, &organisation::Acceptance::employee) == accepted.end())
    out.agreement = TRY(
        shown(service_agreement(desk.app, desk.tenant, language), organisation::kServiceAgreementVersion));
  for (auto& v : organisation::to_sign(desk.access, me))
    out.documents.push_back({v.id, v.kind, v.title, v.version, v.hash,
                             TRY(organisation::text_of(desk.access, v)), v.in_force_from});
  if (desk.access.who().role == privacy::Role::owner && !organisation::processing_accepted(desk.access))
    if (auto text = processing_agreement(
            {desk.app, desk.tenant, desk.access, language}))  // without legal details there is none yet
      out.processing_agreement = TRY(shown(std::move(*text), organisation::kProcessingAgreementVersion));
  out.cleared = organisation::clearance(desk.access).has_value();
  return out;
}

Result<Duties> accept_agreement(Desk& desk, const AcceptText& in) {
  CHECK(organisation::accept_service(
      desk.access, organisation::paper_of(service_agreement(desk.app, desk.tenant, language_of(in.language))),
      in.hash));
  return get_duties(desk, {});
}

Result<Duties> sign_document(Desk& desk, const SignDocument& in) {
  CHECK(organisation::sign(desk.access, in.document, in.hash));
  return get_duties(desk, {});
}

Result<Duties> accept_processing_agreement(Desk& desk, const AcceptText& in) {
  const auto text = TRY(processing_agreement({desk.app, desk.tenant, desk.access, language_of(in.language)}));
  CHECK(organisation::accept_processing(desk.access, organisation::paper_of(text), in.hash));
  return get_duties(desk, {});
}

Result<Asked> ask_access(Desk& desk, const AskAccess& in) {
  const auto made =
      TRY(organisation::ask(desk.access, {.role = in.role, .reason = in.reason, .until = in.until}));
  return Asked{made.id};
}

// Staff.

AccessRequestView view_of(const organisation::AccessRequest& r, const Names& names, Time now) {
  const bool over = r.state == organisation::AccessState::granted && r.until && *r.until <= now;
  return {.id = r.id,
          .who = named(names, r.employee),
          .role = r.role,
          .reason = r.reason,
          .asked_at = r.asked_at,
          .wanted_until = r.wanted_until,
          .state = over ? AccessRequestState::expired : static_cast<AccessRequestState>([&] {
            switch (r.state) {
              case organisation::AccessState::asked:
                return AccessRequestState::asked;
              case organisation::AccessState::granted:
                return AccessRequestState::granted;
              case organisation::AccessState::refused:
                return AccessRequestState::refused;
              case organisation::AccessState::revoked:
                break;
            }
            return AccessRequestState::revoked;
          }()),
          .until = r.until,
          .decided_by = r.decided_by ? std::optional(named(names, *r.decided_by)) : std::nullopt};
}

ReviewView view_of(const organisation::Review& r, const Names& names, std::string_view language) {
  const organisation::Task titled{.kind = organisation::DutyKind::review,
                                  .title = std::string(json::name_of(r.kind))};
  return {.id = r.id,
          .kind = r.kind,
          .title = organisation::title_of(titled, language, ""),
          .due = r.due_at,
          .done_at = r.done_at,
          .done_by = r.done_by ? std::optional(named(names, *r.done_by)) : std::nullopt,
          .outcome = r.outcome};
}

Result<Staff> get_staff(Desk& desk, const Nothing&) {
  auto& access = desk.access;
  const auto employees = TRY(accounts::employees(access));
  Names names;
  for (const auto& e : employees) names.emplace(e.id, e.name);
  Staff out;
  if (const auto a = organisation::responsible(access))
    out.responsible =
        Responsible{.employee = a->employee,
                    .name = named(names, a->employee).name,
                    .contact = desk.tenant.profile.legal ? desk.tenant.profile.legal->email : "",
                    .order_number = a->order_number,
                    .order_date = a->order_date,
                    .since = a->at};
  const auto accepted = organisation::service_accepted(access);
  for (const auto& e : employees) {
    StaffRow row{.id = e.id,
                 .name = e.name,
                 .role = e.role,
                 .officer = e.officer,
                 .agreement_at = {},
                 .to_sign = {},
                 .access_until = e.access_until,
                 .disabled_at = e.disabled_at};
    const auto found = std::ranges::find(accepted, e.id, &organisation::Acceptance::employee);
    if (found != accepted.end()) row.agreement_at = found->at;
    for (const auto& v : organisation::to_sign(access, e.id)) row.to_sign.push_back(v.title);
    out.employees.push_back(std::move(row));
  }
  for (const auto& r : TRY(organisation::access_requests(access)))
    out.access.push_back(view_of(r, names, access.now()));
  for (const auto& r : organisation::reviews(access))
    out.reviews.push_back(view_of(r, names, desk.call.language));
  return out;
}

Result<Staff> set_access(Desk& desk, const SetAccess& in) {
  if (in.until && *in.until <= desk.access.now()) return fail_field("/until", "past");
  const auto id = TRY(desk.id<EmployeeId>());
  CHECK(accounts::set_access(desk.access, id, in.role, in.until));
  desk.outbox.changed_access.push_back(id);
  return get_staff(desk, {});
}

Result<Staff> disable(Desk& desk, const Nothing&) {
  desk.outbox.ended_sessions = TRY(accounts::disable(desk.access, TRY(desk.id<EmployeeId>())));
  return get_staff(desk, {});
}

Result<Staff> enable(Desk& desk, const Nothing&) {
  CHECK(accounts::enable(desk.access, TRY(desk.id<EmployeeId>())));
  return get_staff(desk, {});
}

Result<Staff> put_responsible(Desk& desk, const AppointResponsible& in) {
  auto& access = desk.access;
  const auto who = TRY(accounts::employee(access, in.employee));
  if (who.disabled_at) return fail(Errc::conflict, "the employee has no access");
  CHECK(accounts::check_not_oneself(access, in.employee));
  const auto before = organisation::responsible(access);
  const auto text = TRY(appointment_order({desk.app, desk.tenant, access, kPapersLanguage}));
  CHECK(organisation::appoint(access,
                              {.employee = in.employee, .number = in.order_number, .date = in.order_date},
                              organisation::paper_of(text)));
  if (before && before->employee != in.employee)
    CHECK(accounts::appoint_officer(access, before->employee, false));
  CHECK(accounts::appoint_officer(access, in.employee, true));
  desk.outbox.changed_access.push_back(in.employee);
  if (before && before->employee != in.employee) desk.outbox.changed_access.push_back(before->employee);
  CHECK(organisation::plan_reviews(access));
  return get_staff(desk, {});
}

// Of whom a request for access speaks: what they may changes with it.
Result<void> changes_access(Desk& desk) {
  const auto id = TRY(desk.id<organisation::AccessRequestId>());
  for (const auto& r : TRY(organisation::access_requests(desk.access)))
    if (r.id == id) desk.outbox.changed_access.push_back(r.employee);
  return {};
}
Result<Staff> grant(Desk& desk, const GrantAccess& in) {
  CHECK(organisation::grant(desk.access, TRY(desk.id<organisation::AccessRequestId>()), in.until));
  CHECK(changes_access(desk));
  return get_staff(desk, {});
}
Result<Staff> refuse(Desk& desk, const Nothing&) {
  CHECK(organisation::refuse(desk.access, TRY(desk.id<organisation::AccessRequestId>())));
  return get_staff(desk, {});
}
Result<Staff> revoke(Desk& desk, const Nothing&) {
  CHECK(organisation::revoke(desk.access, TRY(desk.id<organisation::AccessRequestId>())));
  CHECK(changes_access(desk));
  return get_staff(desk, {});
}
Result<Staff> finish_review(Desk& desk, const FinishReview& in) {
  CHECK(organisation::finish_review(desk.access, TRY(desk.id<organisation::ReviewId>()), in.outcome));
  return get_staff(desk, {});
}

// Internal documents.

Result<InternalDocuments> list_documents(Desk& desk, const Nothing&) {
  const auto names = TRY(names_of(desk.access));
  const auto versions = organisation::versions(desk.access);
  std::map<organisation::PaperId, int> signers;
  for (const auto& s : organisation::signatures(desk.access)) ++signers[s.document];
  InternalDocuments out;
  for (std::size_t i = 0; i < organisation::kPaperKinds; ++i) {
    const auto kind = static_cast<organisation::PaperKind>(i);
    InternalDocument item{.kind = kind};
    std::string_view language = desk.call.language;
    for (const auto& v : versions) {
      if (v.kind != kind) continue;
      item.versions.push_back({v.id, v.version, v.title, v.language, v.hash, named(names, v.approver),
                               v.approved_at, v.in_force_from, v.superseded_at, signers[v.id]});
    }
    if (!item.versions.empty()) language = item.versions.front().language;
    item.document = TRY(internal_document({desk.app, desk.tenant, desk.access, language}, kind));
    item.title = item.document.title;
    item.hash = organisation::hash_of(organisation::paper_of(item.document));
    if (!item.versions.empty())
      item.state = item.versions.front().hash == item.hash ? organisation::PaperState::approved
                                                           : organisation::PaperState::changed;
    out.items.push_back(std::move(item));
  }
  return out;
}

Result<InternalDocuments> approve_document(Desk& desk, const ApproveDocument& in) {
  const auto text =
      TRY(internal_document({desk.app, desk.tenant, desk.access, language_of(in.language)}, in.kind));
  CHECK(organisation::approve(desk.access, {.kind = in.kind,
                                            .paper = organisation::paper_of(text),
                                            .hash = in.hash,
                                            .in_force_from = in.in_force_from}));
  desk.outbox.ask_panels = true;
  return list_documents(desk, {});
}

}  // namespace

void add_organisation_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(
      panel_route<get_duties>(get, "/api/v1/duties", Gate::newcomer, "duties.get",
                              "What the signed-in employee has to accept and sign before working"));
  table.push_back(panel_route<accept_agreement>(post, "/api/v1/duties/agreement", Gate::newcomer,
                                                "agreement.accept", "Accept the terms of use"));
  table.push_back(panel_route<sign_document>(post, "/api/v1/duties/signatures", Gate::newcomer,
                                             "document.sign", "Sign that a document has been read"));
  table.push_back(panel_route<ask_access>(post, "/api/v1/duties/access-requests", Gate::newcomer,
                                          "access.ask", "Ask for access or for more time", {}, 201));
  table.push_back(panel_route<accept_processing_agreement>(
      post, "/api/v1/organisation/processing-agreement", Gate::owner, "processing_agreement.accept",
      "Accept the data processing agreement for the business"));
  table.push_back(panel_route<get_organisation>(get, "/api/v1/organisation", Gate::steward,
                                                "organisation.get", "The business and who it is by law"));
  table.push_back(
      {.method = put,
       .path = "/api/v1/organisation",
       .gate = Gate::owner,
       .operation = "organisation.update",
       .summary = "Change phone and legal details; documents change with them",
       .query = {},
       .status = 200,
       .request_schema = [](json::Schemas& s) { return s.of<SetOrganisation>(json::Direction::request); },
       .response_schema = [](json::Schemas& s) { return s.of<Organisation>(json::Direction::response); },
       .handle = put_organisation});
  table.push_back(panel_route<get_staff>(get, "/api/v1/privacy/staff", Gate::steward, "staff.get",
                                         "Person responsible, employees, access, reviews"));
  table.push_back(panel_route<put_responsible>(put, "/api/v1/privacy/responsible", Gate::owner,
                                               "responsible.appoint",
                                               "Appoint the person responsible by an order"));
  table.push_back(panel_route<set_access>(put, "/api/v1/privacy/employees/{id}/access", Gate::owner,
                                          "employee.access",
                                          "Role and term of an employee, from their next request on"));
  table.push_back(panel_route<disable>(post, "/api/v1/privacy/employees/{id}/disable", Gate::owner,
                                       "employee.disable", "End an employee's access and sessions at once"));
  table.push_back(panel_route<enable>(post, "/api/v1/privacy/employees/{id}/enable", Gate::owner,
                                      "employee.enable", "Let an employee sign in again"));
  table.push_back(panel_route<grant>(post, "/api/v1/privacy/access/{id}/grant", Gate::owner, "access.grant",
                                     "Grant what was asked for, until a time"));
  table.push_back(panel_route<refuse>(post, "/api/v1/privacy/access/{id}/refuse", Gate::owner,
                                      "access.refuse", "Refuse an access request"));
  table.push_back(panel_route<revoke>(post, "/api/v1/privacy/access/{id}/revoke", Gate::owner,
                                      "access.revoke", "Take granted access back at once"));
  table.push_back(panel_route<finish_review>(post, "/api/v1/privacy/reviews/{id}/done", Gate::steward,
                                             "review.finish", "Record a review; the next one is planned"));
  table.push_back(panel_route<list_documents>(get, "/api/v1/privacy/internal-documents", Gate::steward,
                                              "internal_documents.list",
                                              "Internal documents: today's text, versions, state"));
  table.push_back(panel_route<approve_document>(post, "/api/v1/privacy/internal-documents", Gate::owner,
                                                "internal_document.approve",
                                                "Approve the text that was shown", {}, 201));
}

}  // namespace chatika::api
