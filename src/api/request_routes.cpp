// The officer's desk: requests of people about their data.
#include "api/request_documents.hpp"
#include "api/request_views.hpp"
#include "api/route.hpp"
#include "notify/address.hpp"

namespace chatika::api {

using Requests = Items<RequestSummary>;
CHATIKA_JSON(Requests, items, next)

namespace {

constexpr auto kOldestLetter = std::chrono::days(365);

// Where the links of the mails lead.
requests::Pages pages_of(const Desk& desk) {
  return {desk.app.settings.public_url + "/privacy/request#" + desk.tenant.public_key + "."};
}

Result<RequestCase> view_of(Desk& desk, const requests::Case& c) {
  return request_case(desk.access, c, desk.tenant.profile.name.in(c.language), desk.call.language);
}
// After an act: open panels hear of it.
Result<RequestCase> done(Desk& desk, const requests::Case& c) {
  announce_request(desk.access, c.id, desk.outbox);
  return view_of(desk, c);
}

Result<requests::RequestId> id_of(const Desk& desk) {
  return desk.id<requests::RequestId>();
}

Result<Requests> list_requests(Desk& desk, const Nothing&) {
  requests::Page page{
      .filter = TRY(query_enum<requests::RequestFilter>(desk.call, "filter")).value_or(requests::RequestFilter::open),
      .after_at = {},
      .after_id = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, 50)))};
  if (const auto cursor = TRY(query_cursor(desk.call))) page.after_at = cursor->at, page.after_id = cursor->id;
  const auto found = requests::list(desk.access, page);
  Requests out;
  for (const auto& c : found) out.items.push_back(TRY(request_summary(desk.access, c, desk.call.language)));
  if (found.size() == page.limit) {
    const auto& last = found.back();
    out.next = write_cursor(
        {page.filter == requests::RequestFilter::closed ? last.received_at : last.deadline.due, last.id});
  }
  return out;
}

Result<RequestCase> get_request(Desk& desk, const Nothing&) {
  return view_of(desk, TRY(requests::find(desk.access, TRY(id_of(desk)))));
}

Result<RequestCase> new_request(Desk& desk, const NewRequest& in) {
  if (in.channel == StaffChannel::email && !notify::is_address(in.contact)) return fail_field("/contact", "bad_email");
  if (in.received_at && *in.received_at > desk.access.now()) return fail_field("/received_at", "too_far");
  if (in.received_at && *in.received_at < desk.access.now() - kOldestLetter) return fail_field("/received_at", "past");
  const auto channel = in.channel == StaffChannel::email   ? requests::RequestChannel::email
                       : in.channel == StaffChannel::phone ? requests::RequestChannel::phone
                                                           : requests::RequestChannel::paper;
  const auto filed = TRY(requests::file(desk.access, {.type = in.type,
                                                      .channel = channel,
                                                      .language = "ru",
                                                      .zone = desk.tenant.profile.time_zone,
                                                      .asked = {in.name, in.contact, in.data, in.essence},
                                                      .phone = {},
                                                      .subjects = {},
                                                      .received_at = in.received_at}));
  return done(desk, TRY(requests::find(desk.access, filed.id)));
}

Result<RequestCase> take(Desk& desk, const Nothing&) {
  return done(desk, TRY(requests::take(desk.access, TRY(id_of(desk)))));
}
Result<RequestCase> link(Desk& desk, const LinkRequest& in) {
  return done(desk, TRY(requests::link(desk.access, TRY(id_of(desk)), in.subject)));
}
Result<RequestCase> verify(Desk& desk, const RequestReason& in) {
  return done(desk, TRY(requests::verify_by_hand(desk.access, TRY(id_of(desk)), in.reason)));
}
Result<RequestCase> extend(Desk& desk, const RequestReason& in) {
  return done(desk, TRY(requests::extend(desk.access, TRY(id_of(desk)), in.reason)));
}
Result<RequestCase> answer(Desk& desk, const AnswerRequest& in) {
  const auto id = TRY(id_of(desk));
  const auto c = TRY(requests::find(desk.access, id));
  std::optional<std::string> document;
  if (c.type == requests::RequestType::information && c.verified() && !c.subjects.empty())
    document = TRY(handed_out(desk, c));
  return done(desk, TRY(requests::answer(desk.access, id, in.text, std::move(document), pages_of(desk))));
}
Result<RequestCase> refuse(Desk& desk, const RefuseRequest& in) {
  return done(desk, TRY(requests::refuse(desk.access, TRY(id_of(desk)), {in.reason, in.article}, pages_of(desk))));
}
Result<RequestCase> execute(Desk& desk, const Nothing&) {
  return done(desk, TRY(requests::execute(desk.access, TRY(id_of(desk)))));
}
Result<RequestCase> finish_task(Desk& desk, const Nothing&) {
  const auto task = TRY(desk.id<requests::TaskId>("task"));
  return done(desk, TRY(requests::finish_task(desk.access, TRY(id_of(desk)), task)));
}
Result<RequestCase> close(Desk& desk, const Nothing&) {
  return done(desk, TRY(requests::close(desk.access, TRY(id_of(desk)))));
}

// "access-4821-9307.pdf": a header takes no Cyrillic.
std::string file_name(const requests::Case& c, std::string_view suffix) {
  const auto digits = c.reference.size() > 9 ? c.reference.substr(c.reference.size() - 9) : c.reference;
  return "access-" + digits + std::string(suffix);
}
Result<File> access_pdf(Desk& desk) {
  const auto c = TRY(requests::find(desk.access, TRY(id_of(desk))));
  const auto details = details_of(desk.app, desk.tenant, c.language);
  return pdf_file(file_name(c, ".pdf"), TRY(access_answer_of(desk, c)),
                  {.at = desk.access.now(), .author = details.controller.name, .footer = c.reference});
}
Result<File> access_json(Desk& desk) {
  const auto c = TRY(requests::find(desk.access, TRY(id_of(desk))));
  return File{.name = file_name(c, ".json"), .content_type = "application/json", .bytes = TRY(access_data_of(desk, c))};
}

}  // namespace

void add_request_routes(std::vector<Route>& table) {
  using enum http::Method;
  constexpr auto kOne = "/api/v1/privacy/requests/{id}";
  const auto act = [&](const char* name) { return std::string(kOne) + "/" + name; };
  table.push_back(panel_route<list_requests>(get, "/api/v1/privacy/requests", Gate::officer, "requests.list",
                                             "Requests about personal data: open ones by their clock, ended ones newest first",
                                             {"filter", "limit", "cursor"}));
  table.push_back(panel_route<new_request>(post, "/api/v1/privacy/requests", Gate::officer, "requests.enter",
                                           "A request that came by letter, call or on paper", {}, 201));
  table.push_back(panel_route<get_request>(get, kOne, Gate::officer, "requests.read", "A request with its clock and timeline"));
  table.push_back(file_route<access_pdf>(act("access.pdf"), Gate::officer, "requests.access_pdf",
                                         "The answer of art. 14(7): everything held about the person"));
  table.push_back(file_route<access_json>(act("access.json"), Gate::officer, "requests.access_json", "The same as data"));
  table.push_back(panel_route<take>(post, act("take"), Gate::officer, "requests.take", "I handle it"));
  table.push_back(panel_route<link>(post, act("link"), Gate::officer, "requests.link", "Whose data it is about"));
  table.push_back(panel_route<verify>(post, act("verify"), Gate::officer, "requests.verify_by_hand",
                                      "The requester is that person; how it was found out is noted"));
  table.push_back(panel_route<extend>(post, act("extend"), Gate::officer, "requests.extend",
                                      "Five business days more, once; the person is told why"));
  table.push_back(panel_route<answer>(post, act("answer"), Gate::officer, "requests.answer", "Send the answer"));
  table.push_back(panel_route<refuse>(post, act("refuse"), Gate::officer, "requests.refuse",
                                      "Refuse with reason and article; the way to appeal goes along"));
  table.push_back(panel_route<execute>(post, act("execute"), Gate::officer, "requests.execute", "Do what was asked"));
  table.push_back(panel_route<finish_task>(post, act("tasks/{task}/done"), Gate::officer, "requests.task_done", "A task is done"));
  table.push_back(panel_route<close>(post, act("close"), Gate::officer, "requests.close", "Nothing is left to do"));
}

}  // namespace chatika::api
