#include "api/request_documents.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "json/read.hpp"
#include "json/write.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/subject_file.hpp"
#include "requests/words.hpp"

namespace chatika::api {

// As kept with the request: both forms of one moment.
struct Handed {
  std::string document;  // JSON of document::Document, which the PDF is drawn from
  std::string data;      // JSON of the people's files
};
CHATIKA_JSON(Handed, document, data)

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

std::string by(const std::string& language, const char* ru, const char* en) {
  return language == "en" ? en : ru;
}

// What the business itself has written about the person; everything else is their own word.
void add_own(privacy::AccessFacts& facts, privacy::Field field, std::string value, Time at,
             const std::string& language) {
  facts.data.push_back({.item = privacy::field_key(field),
                        .value = std::move(value),
                        .source = by(language, "запись оператора", "the controller's record"),
                        .at = at});
}

void add_decisions(privacy::AccessFacts& facts, const privacy::SubjectFile& file,
                   const std::string& language) {
  using privacy::Field;
  for (const auto& lead : file.leads) add_own(facts, Field::lead_note, lead.note, lead.created_at, language);
  for (const auto& correction : file.corrections) {
    if (correction.before) add_own(facts, Field::correction_old, *correction.before, correction.at, language);
    add_own(facts, Field::correction_new, correction.after, correction.at, language);
    add_own(facts, Field::correction_reason, correction.reason, correction.at, language);
  }
  for (const auto& restriction : file.restrictions)
    add_own(facts, Field::restriction_reason,
            (restriction.act == "blocked" ? by(language, "заблокировано: ", "blocked: ")
                                          : by(language, "блокирование снято: ", "unblocked: ")) +
                restriction.reason,
            restriction.at, language);
  for (const auto& hold : file.holds)
    add_own(facts, Field::hold_reason, hold.reason, hold.placed_at, language);
  for (const auto& notice : file.notices)
    if (notice.told_at)
      facts.disclosures.push_back(
          {.recipient = notice.recipient_name,
           .address = {},
           .what = notice.act == privacy::Told::corrected
                       ? by(language, "сообщено об исправлении", "told of a correction")
                       : by(language, "сообщено об уничтожении", "told of a destruction"),
           .at = *notice.told_at});
}

Result<document::Document> document_of(Desk& desk, const requests::Case& c,
                                       const std::vector<privacy::SubjectFile>& files) {
  const auto asked = TRY(requests::asked(desk.access, c));
  privacy::AccessFacts facts;
  facts.request = {.number = c.reference,
                   .requester = asked.name,
                   .essence = asked.essence,
                   .received_at = c.received_at,
                   .answered_at = desk.access.now(),
                   .answered_by = {}};
  for (const auto& file : files) add_file(facts, file, c.language);
  if (std::ranges::all_of(files, [](const auto& file) { return file.subject.erased_at.has_value(); }))
    for (const auto& file : files) facts.destroyed_at = std::max(facts.destroyed_at, file.subject.erased_at);
  facts.held = !facts.data.empty() || !facts.consents.empty() || !facts.disclosures.empty();
  const auto details = details_of(desk.app, desk.tenant, c.language);
  return privacy::access_answer(details, privacy::register_in_force(details.clinic), facts, c.language);
}

}  // namespace

void add_file(privacy::AccessFacts& facts, const privacy::SubjectFile& file, const std::string& language) {
  const bool english = language == "en";
  const auto since = file.subject.first_at.value_or(Time{});
  for (const auto& field : file.fields)
    if (field.key != "message.body")
      facts.data.push_back({.item = field.key, .value = field.value, .source = {}, .at = since});
  for (const auto& message : file.messages)
    facts.data.push_back({.item = "message.body", .value = message.text, .source = {}, .at = message.at});
  for (const auto& booking : file.bookings)
    facts.data.push_back(
        {.item = "visitor.booking",
         .value = fmt::format("{}, {}, {}", booking.reference, booking.service, booking.specialist),
         .source = {},
         .at = booking.starts_at});
  for (const auto& act : file.consents)
    facts.consents.push_back(fmt::format(
        "{}: {}{}", day(act.at, language),
        act.act == privacy::Act::given       ? (english ? "consent given" : "согласие дано")
        : act.act == privacy::Act::withdrawn ? (english ? "consent withdrawn" : "согласие отозвано")
        : act.act == privacy::Act::objected ? (english ? "objection" : "возражение")
                                            : (english ? "objection taken back" : "возражение снято"),
        act.version ? (english ? ", version " : ", редакция ") + *act.version : std::string()));
  for (const auto& hold : file.holds)
    if (!hold.released_at) facts.holds.push_back({.item = hold.field, .article = hold.article, .until = {}});
  if (file.more_messages)
    facts.data.push_back(
        {.item = "message.body",
         .value = fmt::format(
             fmt::runtime(by(language, "Здесь первые {} сообщений; остальные выдаются по отдельной просьбе",
                             "These are the first {} messages; the others are given on request")),
             privacy::kFileMessages),
         .source = by(language, "пояснение оператора", "the controller's remark"),
         .at = {}});
  add_decisions(facts, file, language);
}

Result<document::Document> access_answer_of(Desk& desk, const requests::Case& c) {
  return document_of(desk, c, TRY(files_of(desk, c)));
}

Result<std::string> access_data_of(Desk& desk, const requests::Case& c) {
  return json::write(TRY(files_of(desk, c)));
}

std::string handed(const document::Document& document, std::string data) {
  return json::write(Handed{json::write(document), std::move(data)});
}

Result<std::string> handed_out(Desk& desk, const requests::Case& c) {
  const auto files = TRY(files_of(desk, c));
  return handed(TRY(document_of(desk, c, files)), json::write(files));
}

Result<File> given_answer(const std::string& text, bool pdf, std::string_view reference, Time at) {
  auto copy = TRY(json::read<Handed>(text));
  if (!pdf) return File{.name = "answer.json", .content_type = "application/json", .bytes = std::move(copy.data)};
  return pdf_file("answer.pdf", TRY(json::read<document::Document>(copy.document)),
                  {.at = at, .author = {}, .footer = std::string(reference)});
}

}  // namespace chatika::api
