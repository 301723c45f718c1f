#include "privacy/subject_file.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "json/parse.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/retention.hpp"
#include "privacy/subject_file_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::string_view kRecipientNames[kRecipients] = {"processor", "mail"};

std::vector<std::string> words(Purposes purposes) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kPurposes; ++i)
    if (purposes & 1U << i) out.emplace_back(name(static_cast<Purpose>(1U << i)));
  return out;
}

// Messages, notes and the history are lists of their own; secrets of a mail (codes, private links) are the sender's.
bool listed_elsewhere(Field field) {
  switch (field) {
    case Field::message_body:
    case Field::lead_note:
    case Field::outbox_secrets:
    case Field::hold_reason:
    case Field::hold_release:
    case Field::restriction_reason:
    case Field::correction_old:
    case Field::correction_new:
    case Field::correction_reason:
      return true;
    default:
      return false;
  }
}

// What a stored body says; its other members are the program's.
std::string text_of(std::string_view body) {
  const auto value = json::parse(body);
  if (value && value->is_object())
    if (const auto* text = value->get_object().if_contains("text"); text != nullptr && text->is_string())
      return {text->get_string().data(), text->get_string().size()};
  return std::string(body);
}

// The person as this operation needs them, read once.
struct Reader {
  Access& access;
  SubjectId subject;
  Standing standing;
  store::Times times;
  bool contract = false;
  std::vector<std::string> held;

  Result<std::string> open(Field field, const Uuid& row, std::string_view box) const {
    return access.open_field(field, subject, row, box, Purpose::subject_request);
  }

  [[nodiscard]] FileField describe(Field field, const Uuid& row) const {
    const auto& r = rule(field);
    const auto key = field_key(field);
    FileField out{.key = key, .row = row, .value = {}, .retention = std::string(rule(r.retention).name)};
    const auto consent = static_cast<Purposes>(r.consent & standing.granted & ~standing.objected);
    const auto agreed = static_cast<Purposes>(contract || standing.kind == SubjectKind::employee ? r.contract : 0);
    const auto interest = static_cast<Purposes>(r.legitimate_interest & ~standing.objected);
    out.purposes = words(static_cast<Purposes>(consent | agreed | interest | r.legal_duty));
    const auto basis = [&](Purposes purposes, Basis b) {
      if (purposes != 0) out.bases.emplace_back(name(b));
    };
    basis(consent, Basis::consent);
    basis(agreed, Basis::contract);
    basis(r.legal_duty, Basis::legal_duty);
    basis(interest, Basis::legitimate_interest);
    for (std::size_t i = 0; i < kRecipients; ++i)
      if (r.recipients & 1U << i) out.recipients.emplace_back(kRecipientNames[i]);
    out.correctable = correctable(field);
    out.held = std::ranges::find(held, key) != held.end();
    if (const auto from = times.last ? times.last : times.first; from && standing.kind == SubjectKind::visitor)
      out.until = *from + std::chrono::days(days_of(access, r.retention));
    return out;
  }
};

Result<void> read_fields(const Reader& reader, SubjectFile& out) {
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    if (listed_elsewhere(field)) continue;
    for (const auto& row : store::sealed_rows(reader.access.tx(), field, reader.subject)) {
      auto item = reader.describe(field, row.row);
      item.value = TRY(reader.open(field, row.row, row.box));
      out.fields.push_back(std::move(item));
    }
  }
  return {};
}

Result<void> read_talk(const Reader& reader, SubjectFile& out) {
  auto& tx = reader.access.tx();
  out.conversations = store::file_conversations(tx, reader.subject);
  auto boxes = store::file_messages(tx, reader.subject, kFileMessages + 1);
  out.more_messages = boxes.size() > kFileMessages;
  if (out.more_messages) boxes.pop_back();
  for (auto& [message, box] : boxes) {
    message.text = text_of(TRY(reader.open(Field::message_body, message.id, box)));
    out.messages.push_back(std::move(message));
  }
  for (auto& [lead, box] : store::file_leads(tx, reader.subject)) {
    lead.note = TRY(reader.open(Field::lead_note, lead.id, box));
    out.leads.push_back(std::move(lead));
  }
  out.bookings = store::file_bookings(tx, reader.subject);
  return {};
}

Result<SubjectSummary> summary(Access& access, SubjectId subject) {
  const auto standing = TRY(access.standing(subject));
  const auto times = store::contact_times(access.tx(), subject);
  SubjectSummary out{.id = subject,
                     .kind = standing.kind,
                     .capacity = capacity_of(standing.kind),
                     .name = {},
                     .first_at = times.first,
                     .last_at = times.last,
                     .blocked_at = standing.blocked_at,
                     .erased_at = standing.erased_at};
  if (standing.erased_at) return out;
  const auto field = standing.kind == SubjectKind::employee ? Field::employee_name : Field::visitor_name;
  if (const auto box = store::sealed_box(access.tx(), field, subject, subject))
    out.name = TRY(access.open_field(field, subject, subject, *box, Purpose::subject_request));
  return out;
}

// The gate of the purpose even where nothing sealed is left to open.
Result<void> check_reader(Access& access, SubjectId subject) {
  const auto& who = access.who();
  const bool own = who.kind != Principal::Kind::system && who.id == subject;
  if (own || answers_for_the_operator(who)) return {};
  return fail(who.kind == Principal::Kind::visitor ? Errc::not_found : Errc::forbidden,
              "a subject file is for the person and the privacy officer");
}

}  // namespace

Result<SubjectFile> subject_file(Access& access, SubjectId subject) {
  CHECK(check_reader(access, subject));
  auto& tx = access.tx();
  SubjectFile out{.subject = TRY(summary(access, subject))};
  access.audit(subject);
  const auto standing = TRY(access.standing(subject));
  out.consents = store::file_consents(tx, subject);
  out.erasures = erasures_of(tx, subject);
  out.notices = notices_of(tx, subject);
  out.objected = words(standing.objected);
  if (standing.erased_at) return out;
  out.granted = words(standing.granted);
  out.health = standing.health;
  const Reader reader{access,
                      subject,
                      standing,
                      {out.subject.first_at, out.subject.last_at},
                      access.contract(subject),
                      held_fields(tx, subject)};
  CHECK(read_fields(reader, out));
  CHECK(read_talk(reader, out));
  out.mails = store::file_mails(tx, subject);
  out.holds = TRY(holds_of(access, subject));
  out.corrections = TRY(corrections_of(access, subject));
  out.restrictions = TRY(restrictions_of(access, subject));
  return out;
}

Result<std::vector<SubjectSummary>> find_subjects(Access& access, const Find& find) {
  if (!answers_for_the_operator(access.who())) return fail(Errc::forbidden, "people are looked for by the privacy officer");
  auto& tx = access.tx();
  std::vector<SubjectId> ids;
  const auto add = [&](const std::vector<SubjectId>& more) {
    for (const auto id : more)
      if (std::ranges::find(ids, id) == ids.end() && ids.size() < kFound) ids.push_back(id);
  };
  if (find.phone) add(store::by_phone(tx, access.index("visitor.phone", *find.phone), kFound));
  if (find.email) add(store::by_email(tx, access.index("visitor.email", text::fold(*find.email)), kFound));
  if (find.reference) add(store::by_reference(tx, *find.reference));
  if (find.id) add(store::by_id(tx, *find.id));
  std::vector<SubjectSummary> out;
  for (const auto id : ids) {
    out.push_back(TRY(summary(access, id)));
    access.audit(id);
  }
  access.audit();
  return out;
}

Result<std::vector<FileConsent>> consent_log(Access& access, const ConsentPage& page) {
  if (!answers_for_the_operator(access.who())) return fail(Errc::forbidden, "the consent log is for the privacy officer");
  auto out = store::consent_page(access.tx(), page);
  for (auto& act : out) {
    act.name = TRY(summary(access, act.subject)).name;
    access.audit(act.subject);
  }
  return out;
}

}  // namespace chatika::privacy
