// The privacy centre: what is held about a person, and what the privacy officer does about it.
#include "api/right_jobs.hpp"
#include "api/route.hpp"
#include "api/subject_paper.hpp"
#include "api/wire_rights.hpp"
#include "base/text.hpp"
#include "language/email.hpp"
#include "language/phone.hpp"
#include "privacy/retention.hpp"

namespace chatika::api {

using HoldItems = Items<privacy::Hold>;
CHATIKA_JSON(HoldItems, items, next)
using ConsentItems = Items<privacy::FileConsent>;
CHATIKA_JSON(ConsentItems, items, next)

namespace {

std::size_t limit_of(const Call& call, Result<std::int64_t>& read) {
  read = query_int(call, "limit", 1, limits::kPageItems, 50);
  return read ? static_cast<std::size_t>(*read) : 0;
}

Result<FoundSubjects> find_subjects(Desk& desk, const FindSubjects& in) {
  privacy::Find find;
  if (const auto id = parse_uuid(in.text)) {
    find.id = *id;
  } else if (const auto emails = language::find_emails(in.text); !emails.empty()) {
    find.email = emails.front().address;
  } else if (const auto phones = language::find_phones(in.text); !phones.empty()) {
    find.phone = phones.front().e164;
  } else {
    find.reference = in.text;
  }
  return FoundSubjects{TRY(privacy::find_subjects(desk.access, find))};
}

Result<privacy::SubjectFile> get_subject(Desk& desk, const Nothing&) {
  return privacy::subject_file(desk.access, TRY(desk.id<SubjectId>()));
}

// On paper, to hand over or to put into the case.
Result<File> subject_pdf(Desk& desk) {
  const auto file = TRY(privacy::subject_file(desk.access, TRY(desk.id<SubjectId>())));
  const auto& language = desk.call.language;
  const auto details = details_of(desk.app, desk.tenant, language);
  const auto number = to_string(file.subject.id);
  return pdf_file(
      "file-" + number.substr(24) + ".pdf",
      subject_paper(file, {.language = language, .zone = desk.tenant.profile.time_zone, .at = desk.access.now()}),
      {.at = desk.access.now(), .author = details.controller.name, .footer = number});
}

// What an act answers: the file as it now is.
Result<privacy::SubjectFile> after(Desk& desk, SubjectId subject) {
  return privacy::subject_file(desk.access, subject);
}

Result<privacy::SubjectFile> block(Desk& desk, const WithReason& in) {
  const auto id = TRY(desk.id<SubjectId>());
  (void)TRY(privacy::block_subject(desk.access, id, in.reason));
  return after(desk, id);
}

Result<privacy::SubjectFile> unblock(Desk& desk, const WithReason& in) {
  const auto id = TRY(desk.id<SubjectId>());
  (void)TRY(privacy::unblock_subject(desk.access, id, in.reason));
  return after(desk, id);
}

// As the inbox keeps it, so that it is found again.
Result<std::string> normal(std::string_view field, std::string value) {
  if (field == "visitor.phone") {
    const auto phones = language::find_phones(value);
    if (phones.size() != 1) return fail_field("/value", "bad_phone");
    return phones.front().e164;
  }
  if (field == "visitor.email") {
    const auto emails = language::find_emails(value);
    if (emails.size() != 1) return fail_field("/value", "bad_email");
    return emails.front().address;
  }
  return field == "visitor.name" ? text::clean_line(value) : value;
}

Result<privacy::SubjectFile> correct(Desk& desk, const CorrectField& in) {
  const auto id = TRY(desk.id<SubjectId>());
  (void)TRY(privacy::correct(desk.access, id, {in.field, in.row, TRY(normal(in.field, in.value)), in.reason}));
  ask_to_tell(desk.access);
  return after(desk, id);
}

Result<privacy::SubjectFile> hold(Desk& desk, const HoldField& in) {
  const auto id = TRY(desk.id<SubjectId>());
  (void)TRY(privacy::place_hold(desk.access, id, {in.field, in.article, in.reason}));
  return after(desk, id);
}

Result<privacy::SubjectFile> erase(Desk& desk, const EraseSubject& in) {
  const auto id = TRY(desk.id<SubjectId>());
  // What cannot be undone can be taken back for a day at least.
  const auto grace = std::chrono::days(std::max(1, privacy::grace_days(desk.access.tx())));
  const auto due = desk.access.now() + (in.now ? std::chrono::days(0) : grace);
  const auto plan = TRY(privacy::plan_erasure(desk.access, id, {.reason = in.reason, .due = due}));
  ask_to_erase(desk.access, plan.due_at);
  return after(desk, id);
}

Result<privacy::SubjectFile> cancel(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<SubjectId>());
  (void)TRY(desk.access.standing(id));
  if (!privacy::cancel_erasure(desk.access, id)) return fail(Errc::conflict, "no erasure is planned");
  return after(desk, id);
}

Result<HoldItems> list_holds(Desk& desk, const Nothing&) {
  Result<std::int64_t> limit = 0;
  const auto state = query_text(desk.call, "state").value_or("active");
  if (state != "active" && state != "released") return fail_field("/query/state", "not_one_of");
  privacy::HoldPage page{.active = state == "active",
                         .before_at = {},
                         .before_id = {},
                         .limit = limit_of(desk.call, limit)};
  if (!limit) return fail(limit.error());
  if (const auto cursor = TRY(query_cursor(desk.call))) page.before_at = cursor->at, page.before_id = cursor->id;
  HoldItems out{TRY(privacy::holds(desk.access, page)), {}};
  if (out.items.size() == page.limit) out.next = write_cursor({out.items.back().placed_at, out.items.back().id});
  return out;
}

Result<privacy::Hold> release(Desk& desk, const WithReason& in) {
  auto hold = TRY(privacy::release_hold(desk.access, TRY(desk.id<privacy::HoldId>()), in.reason));
  ask_to_erase(desk.access, desk.access.now());
  return hold;
}

Result<ConsentItems> list_consents(Desk& desk, const Nothing&) {
  Result<std::int64_t> limit = 0;
  privacy::ConsentPage page{.act = TRY(query_enum<privacy::Act>(desk.call, "act")),
                            .before_at = {},
                            .before_subject = {},
                            .limit = limit_of(desk.call, limit)};
  if (!limit) return fail(limit.error());
  if (const auto cursor = TRY(query_cursor(desk.call))) page.before_at = cursor->at, page.before_subject = cursor->id;
  ConsentItems out{TRY(privacy::consent_log(desk.access, page)), {}};
  if (out.items.size() == page.limit) out.next = write_cursor({out.items.back().at, out.items.back().subject});
  return out;
}

}  // namespace

void add_right_routes(std::vector<Route>& table) {
  using enum http::Method;
  constexpr auto officer = Gate::officer;
  const auto at = [](const char* rest) { return std::string("/api/v1/privacy/") + rest; };
  table.push_back(panel_route<find_subjects>(post, at("subjects/find"), officer, "privacy.subjects.find",
                                             "Find people by phone, e-mail, number of a booking or id"));
  table.push_back(panel_route<get_subject>(get, at("subjects/{id}"), officer, "privacy.subject",
                                           "Everything held about one person"));
  // The machine-readable copy (GDPR art. 20): the same by another name, so that the audit tells one from the other.
  table.push_back(panel_route<get_subject>(get, at("subjects/{id}/file.json"), officer, "privacy.subject.export",
                                              "The same, machine-readable, under its technical names"));
  table.push_back(file_route<subject_pdf>(at("subjects/{id}/file.pdf"), officer, "privacy.subject.pdf",
                                          "The same on paper"));
  table.push_back(panel_route<correct>(post, at("subjects/{id}/correct"), officer, "privacy.subject.correct",
                                       "Correct a field; the old value stays in the history"));
  table.push_back(panel_route<block>(post, at("subjects/{id}/block"), officer, "privacy.subject.block",
                                     "Block a person's data"));
  table.push_back(panel_route<unblock>(post, at("subjects/{id}/unblock"), officer, "privacy.subject.unblock",
                                       "Unblock a person's data"));
  table.push_back(panel_route<hold>(post, at("subjects/{id}/hold"), officer, "privacy.hold.place",
                                    "Hold a field against erasure, with the article of the law"));
  table.push_back(panel_route<erase>(post, at("subjects/{id}/erase"), officer, "privacy.subject.erase",
                                     "Plan the erasure of a person, or have it carried out at once"));
  table.push_back(panel_route<cancel>(post, at("subjects/{id}/cancel-erasure"), officer, "privacy.erasure.cancel",
                                      "Take a planned erasure back"));
  table.push_back(panel_route<list_holds>(get, at("holds"), officer, "privacy.holds", "Legal holds, newest first",
                                          {"state", "limit", "cursor"}));
  table.push_back(panel_route<release>(post, at("holds/{id}/release"), officer, "privacy.hold.release",
                                       "Release a hold; the erasure that waited goes on"));
  table.push_back(panel_route<list_consents>(get, at("consents"), officer, "privacy.consents",
                                             "The consent ledger, newest first", {"act", "limit", "cursor"}));
}

}  // namespace chatika::api
