// Documents of the organisation as the program makes them today for a business: what is approved, signed and
// accepted.
#pragma once

#include "api/app.hpp"
#include "document/document.hpp"
#include "organisation/agreements.hpp"
#include "organisation/model.hpp"

namespace chatika::api {

// A business, inside one of its operations, and the language of its texts.
struct Papers {
  const App& app;
  const accounts::Tenant& tenant;
  privacy::Access& access;
  std::string_view language = "ru";
};
// With the periods that the business has set.
privacy::Register register_for(const Papers& papers);
// With the person responsible by name: for texts that are shown to staff, never for texts that are kept.
Result<privacy::Details> details_with_officer(const Papers& papers);
// Errors of privacy::publishable(): a business that has not said who it is has no documents.
Result<document::Document> internal_document(const Papers& papers, organisation::PaperKind kind);
Result<document::Document> appointment_order(const Papers& papers);
Result<document::Document> processing_agreement(const Papers& papers);
// Versions of all documents as they are made now; a change of what was notified becomes a task. Nothing for a
// business that cannot publish yet.
Result<void> refresh_papers(const App& app, const accounts::Tenant& tenant, privacy::Access& access);
document::Document service_agreement(const App& app, const accounts::Tenant& tenant,
                                     std::string_view language);

// What the command line enters for who signed on paper, and the demo for its people. Each does nothing when
// it is done.
Result<void> accept_service_for(App& app, const accounts::Tenant& tenant, EmployeeId employee);
Result<void> accept_processing_for(App& app, const accounts::Tenant& tenant);
// Everything that a business needs: agreements, the officer's appointment, approved documents, signatures,
// reviews.
Result<void> set_up_organisation(App& app, const accounts::Tenant& tenant);

// The business has said who it is by law, and where people write about their data.
bool has_legal_details(const accounts::Tenant& tenant);
bool has_privacy_contact(const accounts::Tenant& tenant);
// Whether visitors may use the business's widget: it has said who it is and where people write about their
// data, and the processing agreement is accepted; or the grace that an upgrade gave runs.
bool widget_on(const accounts::Tenant& tenant, privacy::Access& access);

}  // namespace chatika::api
