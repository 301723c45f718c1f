#include "api/request_documents.hpp"

#include <fmt/format.h>

#include "document/pdf.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/subject_file.hpp"
#include "requests/words.hpp"

namespace chatika::api {
namespace {

Result<std::vector<privacy::SubjectFile>> files_of(Desk& desk, const requests::Case& c) {
  if (!c.verified() || c.subjects.empty()) return fail(Errc::conflict, "verified and linked first");
  std::vector<privacy::SubjectFile> out;
  for (const auto subject : c.subjects) out.push_back(TRY(privacy::subject_file(desk.access, subject)));
  return out;
}

std::string day(Time t, const std::string& language) {
  return requests::day_words(to_rfc3339(t).substr(0, 10), language);
}

void add_file(privacy::AccessFacts& facts, const privacy::SubjectFile& file, const std::string& language) {
  const bool english = language == "en";
  const auto since = file.subject.first_at.value_or(Time{});
  for (const auto& field : file.fields)
    if (field.key != "message.body") facts.data.push_back({.item = field.key, .value = field.value, .source = {}, .at = since});
  for (const auto& message : file.messages)
    facts.data.push_back({.item = "message.body", .value = message.text, .source = {}, .at = message.at});
  for (const auto& booking : file.bookings)
    facts.data.push_back({.item = "visitor.booking",
                          .value = fmt::format("{}, {}, {}", booking.reference, booking.service, booking.specialist),
                          .source = {},
                          .at = booking.starts_at});
  for (const auto& act : file.consents)
    facts.consents.push_back(fmt::format(
        "{}: {}{}", day(act.at, language),
        act.act == privacy::Act::given ? (english ? "consent given" : "согласие дано")
        : act.act == privacy::Act::withdrawn ? (english ? "consent withdrawn" : "согласие отозвано")
        : act.act == privacy::Act::objected  ? (english ? "objection" : "возражение")
                                             : (english ? "objection taken back" : "возражение снято"),
        act.version ? (english ? ", version " : ", редакция ") + *act.version : std::string()));
  for (const auto& hold : file.holds)
    if (!hold.released_at) facts.holds.push_back({.item = hold.field, .article = hold.article, .until = {}});
}

}  // namespace

Result<document::Document> access_answer_of(Desk& desk, const requests::Case& c) {
  const auto asked = TRY(requests::asked(desk.access, c));
  privacy::AccessFacts facts;
  facts.request = {.number = c.reference,
                   .requester = asked.name,
                   .essence = asked.essence,
                   .received_at = c.received_at,
                   .answered_at = desk.access.now(),
                   .answered_by = {}};
  for (const auto& file : TRY(files_of(desk, c))) add_file(facts, file, c.language);
  facts.held = !facts.data.empty();
  const auto details = details_of(desk.app, desk.tenant, c.language);
  return privacy::access_answer(details, privacy::register_in_force(details.clinic), facts, c.language);
}

Result<std::string> access_data_of(Desk& desk, const requests::Case& c) {
  return json::write(TRY(files_of(desk, c)));
}

Result<http::Response> given_answer(const std::string& text, bool pdf, std::string_view name, Time at) {
  http::Response response{.status = 200, .headers = {{"cache-control", "no-store"}}, .body = {}, .static_body = {}};
  if (pdf) {
    const auto document = TRY(json::read<document::Document>(text));
    response.body = TRY(document::to_pdf(document, {.at = at, .author = {}, .footer = std::string(name)}));
  } else {
    response.body = text;
  }
  response.headers.emplace_back("content-type", pdf ? "application/pdf" : "application/json");
  return response;
}

}  // namespace chatika::api
