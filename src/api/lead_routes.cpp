// Leads: who left a contact or asked to be called.
#include "api/route.hpp"

namespace chatika::api {

using Leads = Items<inbox::Lead>;
CHATIKA_JSON(Leads, items, next)

namespace {

Result<Leads> list_leads(Desk& desk, const Nothing&) {
  inbox::LeadPage page{
      .status = TRY(query_enum<inbox::LeadStatus>(desk.call, "status")),
      .before_at = {},
      .before_id = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)))};
  if (const auto cursor = TRY(query_cursor(desk.call)))
    page.before_at = cursor->at, page.before_id = cursor->id;
  Leads out{TRY(inbox::leads(desk.access, page)), {}};
  if (out.items.size() == page.limit)
    out.next = write_cursor({out.items.back().created_at, out.items.back().id});
  return out;
}

Result<inbox::Lead> set_status(Desk& desk, const SetLeadStatus& in) {
  auto lead = TRY(inbox::set_lead_status(desk.access, TRY(desk.id<LeadId>()), in.status));
  desk.outbox.to_panels(PanelLead{inbox::record(desk.access, inbox::FeedKind::lead, lead.id), lead});
  return lead;
}

}  // namespace

void add_lead_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(panel_route<list_leads>(get, "/api/v1/leads", Gate::employee, "leads.list",
                                          "Leads, newest first", {"status", "limit", "cursor"}));
  table.push_back(panel_route<set_status>(post, "/api/v1/leads/{id}/status", Gate::employee, "lead.status",
                                          "Mark a lead new or done"));
}

}  // namespace chatika::api
