// The privacy centre's records: retention and its sweep, evidence of destruction, recipients and what they owe.
#include "api/papers.hpp"
#include "api/right_jobs.hpp"
#include "api/route.hpp"
#include "api/wire_rights.hpp"
#include "base/text.hpp"
#include "notify/address.hpp"
#include "privacy/documents_cases.hpp"

namespace chatika::api {

using DestructionItems = Items<privacy::DestructionRow>;
CHATIKA_JSON(DestructionItems, items, next)
using RecipientItems = Items<privacy::RecipientRow>;
CHATIKA_JSON(RecipientItems, items, next)
using NoticeItems = Items<privacy::Notice>;
CHATIKA_JSON(NoticeItems, items, next)
using StatisticItems = Items<privacy::DayNumber>;
CHATIKA_JSON(StatisticItems, items, next)

namespace {

Result<RetentionView> retention(Desk& desk) {
  RetentionView out{.periods = privacy::periods(desk.access), .last = privacy::last_sweep(desk.access.tx()), .next_at = {}};
  if (out.last && out.last->finished_at) out.next_at = out.last->started_at + privacy::kSweepEvery;
  return out;
}

Result<RetentionView> get_retention(Desk& desk, const Nothing&) {
  return retention(desk);
}

Result<RetentionView> put_retention(Desk& desk, const SetPeriod& in) {
  (void)TRY(privacy::set_period(desk.access, in.category, in.days));
  CHECK(refresh_papers(desk.app, desk.tenant, desk.access));  // they name the periods
  return retention(desk);
}

Result<RetentionView> sweep_now(Desk& desk, const Nothing&) {
  privacy::start_sweep(desk.access);
  ask_to_sweep(desk.access);
  return retention(desk);
}

Result<DestructionItems> list_destructions(Desk& desk, const Nothing&) {
  privacy::DestructionPage page{
      .before_number = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)))};
  if (const auto before = TRY(query_int(desk.call, "cursor", 0, 1'000'000'000, 0)); before > 0)
    page.before_number = before;
  DestructionItems out{privacy::destructions(desk.access.tx(), page), {}};
  for (const auto& row : out.items) desk.access.audit(row.subject);
  if (out.items.size() == page.limit) out.next = std::to_string(out.items.back().number);
  return out;
}

Result<privacy::DestructionAct> act_of(Desk& desk) {
  return privacy::destruction_act_of(desk.access, TRY(desk.id<privacy::DestructionId>()));
}

Result<privacy::DestructionAct> get_destruction(Desk& desk, const Nothing&) {
  return act_of(desk);
}

Result<document::Document> paper_of(Desk& desk, const privacy::DestructionAct& act) {
  const Papers papers{desk.app, desk.tenant, desk.access, desk.call.language};
  return privacy::destruction_paper(TRY(details_with_officer(papers)), register_for(papers), act, desk.call.language);
}

Result<privacy::RecipientRow> add_recipient(Desk& desk, const NewRecipient& in) {
  // Of mails, and so of their room: what is kept here is written to.
  if (!notify::is_address(text::clean_line(in.email))) return fail_field("/email", "bad_email");
  return privacy::add_recipient(desk.access, in.name, in.email, in.kind);
}

Result<RecipientItems> list_recipients(Desk& desk, const Nothing&) {
  desk.access.audit();
  return RecipientItems{privacy::recipients(desk.access.tx()), {}};
}

Result<RecipientItems> retire_recipient(Desk& desk, const Nothing&) {
  CHECK(privacy::retire_recipient(desk.access, TRY(desk.id<privacy::RecipientId>())));
  return RecipientItems{privacy::recipients(desk.access.tx()), {}};
}

Result<NoticeItems> list_notices(Desk& desk, const Nothing&) {
  const auto state = query_text(desk.call, "state");
  if (state && state != "open") return fail_field("/query/state", "not_one_of");
  privacy::NoticePage page{
      .open = state.has_value(),
      .before_at = {},
      .before_id = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)))};
  if (const auto cursor = TRY(query_cursor(desk.call))) page.before_at = cursor->at, page.before_id = cursor->id;
  NoticeItems out{privacy::notices(desk.access.tx(), page), {}};
  for (const auto& n : out.items) desk.access.audit(n.subject);
  if (out.items.size() == page.limit) out.next = write_cursor({out.items.back().created_at, out.items.back().id});
  return out;
}

Result<privacy::Notice> acknowledge(Desk& desk, const Nothing&) {
  return privacy::acknowledge(desk.access, TRY(desk.id<privacy::NoticeId>()));
}

Result<privacy::DestructionVerdict> verify(Desk& desk, const Nothing&) {
  return privacy::verify_destructions(desk.access);
}

Result<StatisticItems> list_statistics(Desk& desk, const Nothing&) {
  const auto today = to_micros(desk.access.now()) / std::chrono::microseconds(std::chrono::days(1)).count();
  const auto days = TRY(query_int(desk.call, "days", 1, 366, 30));
  return StatisticItems{privacy::statistics(desk.access.tx(), today - days, today), {}};
}

// The act as a file to print and sign.
Result<File> act_pdf(Desk& desk) {
  const auto act = TRY(act_of(desk));
  return pdf_file("destruction-act-" + std::to_string(act.number) + ".pdf", TRY(paper_of(desk, act)),
                  {.at = act.at, .author = act.operator_name, .footer = {}});
}

}  // namespace

void add_right_record_routes(std::vector<Route>& table) {
  using enum http::Method;
  constexpr auto officer = Gate::officer;
  const auto at = [](const char* rest) { return std::string("/api/v1/privacy/") + rest; };
  table.push_back(panel_route<get_retention>(get, at("retention"), officer, "privacy.retention",
                                             "Periods of retention and the last sweep"));
  table.push_back(panel_route<put_retention>(put, at("retention"), officer, "privacy.retention.set",
                                             "Set a period within its limits"));
  table.push_back(panel_route<sweep_now>(post, at("retention/sweep"), officer, "privacy.retention.sweep",
                                         "Sweep now"));
  table.push_back(panel_route<list_statistics>(get, at("statistics"), officer, "privacy.statistics",
                                               "Daily numbers without persons", {"days"}));
  table.push_back(panel_route<list_destructions>(get, at("destruction"), officer, "privacy.destructions",
                                                 "Acts of destruction, newest first", {"limit", "cursor"}));
  table.push_back(panel_route<get_destruction>(get, at("destruction/{id}"), officer, "privacy.destruction",
                                               "One act with its extract of the log of events"));
  table.push_back(panel_route<get_destruction>(get, at("destruction/{id}/log.json"), officer, "privacy.destruction.log",
                                               "The same as a file"));
  table.push_back(file_route<act_pdf>(at("destruction/{id}/act.pdf"), officer, "privacy.destruction.pdf",
                                      "The act of destruction as PDF"));
  table.push_back(panel_route<verify>(post, at("destruction/verify"), officer, "privacy.destruction.verify",
                                      "Check every act against the order and the erasure ledger"));
  table.push_back(panel_route<list_recipients>(get, at("recipients"), officer, "privacy.recipients",
                                               "Who is given data"));
  table.push_back(panel_route<add_recipient>(post, at("recipients"), officer, "privacy.recipient.add",
                                             "Add a recipient", {}, 201));
  table.push_back(panel_route<retire_recipient>(post, at("recipients/{id}/retire"), officer, "privacy.recipient.retire",
                                                "A recipient is given nothing more"));
  table.push_back(panel_route<list_notices>(get, at("notices"), officer, "privacy.notices",
                                            "What recipients were told and have not acknowledged",
                                            {"state", "limit", "cursor"}));
  table.push_back(panel_route<acknowledge>(post, at("notices/{id}/acknowledge"), officer, "privacy.notice.acknowledge",
                                           "Enter an acknowledgement that came another way"));
}

}  // namespace chatika::api
