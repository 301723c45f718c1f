#include "api/papers.hpp"

#include <algorithm>

#include "organisation/papers.hpp"
#include "organisation/staff.hpp"
#include "organisation/tasks.hpp"
#include "privacy/documents_versions.hpp"

namespace chatika::api {
namespace {

// The officer is left out: texts that are kept name no person.
Result<document::Document> made(const Papers& p, privacy::DocumentKind kind) {
  return privacy::make_document(kind, details_of(p.app, p.tenant, p.language), register_for(p), p.language);
}

privacy::DocumentKind kind_of(organisation::PaperKind kind) {
  switch (kind) {
    case organisation::PaperKind::policy:
      return privacy::DocumentKind::policy;
    case organisation::PaperKind::processing_rules:
      return privacy::DocumentKind::processing_rules;
    case organisation::PaperKind::access_list:
      return privacy::DocumentKind::access_list;
    case organisation::PaperKind::protection_measures:
      return privacy::DocumentKind::protection_measures;
  }
  return privacy::DocumentKind::policy;
}

}  // namespace

privacy::Register register_for(const Papers& p) {
  return privacy::register_of(p.access, p.tenant.profile.business == accounts::Business::clinic);
}

Result<privacy::Details> details_with_officer(const Papers& p) {
  auto out = details_of(p.app, p.tenant, p.language);
  if (const auto appointed = organisation::responsible(p.access))
    out.officer = TRY(accounts::employee(p.access, appointed->employee)).name;
  return out;
}

Result<document::Document> internal_document(const Papers& p, organisation::PaperKind kind) {
  return made(p, kind_of(kind));
}
Result<document::Document> appointment_order(const Papers& p) {
  return made(p, privacy::DocumentKind::officer_appointment);
}
Result<document::Document> processing_agreement(const Papers& p) {
  return made(p, privacy::DocumentKind::processing_agreement);
}

Result<void> refresh_papers(const App& app, const accounts::Tenant& tenant, privacy::Access& access) {
  const privacy::DetailsIn details{details_of(app, tenant, "ru"), details_of(app, tenant, "en")};
  if (privacy::publishable(details.ru))
    CHECK(privacy::refresh_documents(access, details, register_for({app, tenant, access}),
                                     tenant.profile.time_zone));
  return organisation::follow_notifications(access);
}

document::Document service_agreement(const App& app, const accounts::Tenant& tenant,
                                     std::string_view language) {
  const auto details = details_of(app, tenant, language);
  return organisation::service_agreement(
      {.business = details.controller.name, .processor = details.processor.name}, language);
}

bool has_legal_details(const accounts::Tenant& tenant) {
  const auto& legal = tenant.profile.legal;
  return legal && !legal->name.empty() && !legal->tax_number.empty() && !legal->address.empty();
}
bool has_privacy_contact(const accounts::Tenant& tenant) {
  return tenant.profile.legal && !tenant.profile.legal->email.empty();
}

bool widget_on(const accounts::Tenant& tenant, privacy::Access& access) {
  if (tenant.agreement_due && access.now() < *tenant.agreement_due) return true;
  // A consent that does not say who asks for it and where to write is none (152-FZ art. 9(4), 18.1(2)).
  return has_legal_details(tenant) && has_privacy_contact(tenant) && organisation::processing_accepted(access).has_value();
}

Result<void> accept_service_for(App& app, const accounts::Tenant& tenant, EmployeeId employee) {
  const auto paper = organisation::paper_of(service_agreement(app, tenant, "ru"));
  auto who = privacy::Principal::employee(tenant.id, employee, privacy::Role::receptionist);
  who.from = "cli";
  auto db = TRY(app.tenants.enter(who));
  return db.call("agreement.accept", [&](privacy::Access& access) {
    return organisation::accept_service(access, paper, organisation::hash_of(paper));
  });
}

Result<void> accept_processing_for(App& app, const accounts::Tenant& tenant) {
  auto who = privacy::Principal::system(tenant.id);
  who.from = "cli";
  auto db = TRY(app.tenants.enter(who));
  return db.call("processing_agreement.accept", [&](privacy::Access& access) -> Result<void> {
    const auto paper = organisation::paper_of(TRY(processing_agreement({app, tenant, access})));
    if (organisation::processing_accepted(access)) return {};
    return organisation::accept_processing(access, paper, organisation::hash_of(paper));
  });
}

namespace {

Result<void> approve_all(App& app, const accounts::Tenant& tenant, privacy::Access& access) {
  const auto order = TRY(appointment_order({app, tenant, access}));
  if (!organisation::responsible(access)) {
    const auto today = std::chrono::floor<std::chrono::days>(access.now());
    CHECK(organisation::appoint(access,
                                {EmployeeId(access.who().id), "1-ПД", to_rfc3339(Time(today)).substr(0, 10)},
                                organisation::paper_of(order)));
    CHECK(accounts::appoint_officer(access, EmployeeId(access.who().id), true));
  }
  CHECK(organisation::plan_reviews(access));
  const auto versions = organisation::versions(access);
  for (std::size_t i = 0; i < organisation::kPaperKinds; ++i) {
    const auto kind = static_cast<organisation::PaperKind>(i);
    if (std::ranges::find(versions, kind, &organisation::PaperVersion::kind) != versions.end()) continue;
    const auto paper = organisation::paper_of(TRY(internal_document({app, tenant, access}, kind)));
    CHECK(
        organisation::approve(access, {.kind = kind, .paper = paper, .hash = organisation::hash_of(paper)}));
  }
  return {};
}

Result<void> sign_all(privacy::Access& access) {
  for (const auto& v : organisation::to_sign(access, EmployeeId(access.who().id)))
    CHECK(organisation::sign(access, v.id, v.hash));
  return {};
}

}  // namespace

Result<void> set_up_organisation(App& app, const accounts::Tenant& tenant) {
  CHECK(accept_processing_for(app, tenant));
  auto system = TRY(app.tenants.enter(privacy::Principal::system(tenant.id)));
  const auto staff =
      TRY(system.call("staff.list", [](privacy::Access& access) { return accounts::employees(access); }));
  const auto owner = std::ranges::find(staff, privacy::Role::owner, &accounts::Employee::role);
  for (const auto& e : staff) CHECK(accept_service_for(app, tenant, e.id));
  const auto as = [&](const accounts::Employee& e, std::string_view operation, auto work) -> Result<void> {
    auto who = privacy::Principal::employee(tenant.id, e.id, e.role);
    who.officer = e.officer;
    who.from = "cli";
    return TRY(app.tenants.enter(who)).call(operation, std::move(work));
  };
  if (owner != staff.end())
    CHECK(as(*owner, "demo.approve",
             [&](privacy::Access& access) { return approve_all(app, tenant, access); }));
  for (const auto& e : staff) CHECK(as(e, "demo.sign", sign_all));
  return {};
}

}  // namespace chatika::api
