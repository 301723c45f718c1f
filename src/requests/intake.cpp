// From the form to a verified request.
#include "jobs/jobs.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "language/email.hpp"
#include "language/phone.hpp"
#include "notify/notify.hpp"
#include "base/text.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {

using privacy::Field;
using privacy::Purpose;
using privacy::Sealed;

Result<Filed> file(privacy::Access& access, const Filing& filing) {
  Case c{.id = RequestId::fresh(),
         .reference = {},
         .type = filing.type,
         .channel = filing.channel,
         .language = filing.language == "en" ? "en" : "ru",
         .requester = access.new_subject(privacy::SubjectKind::requester),
         .received_at = filing.received_at.value_or(access.now()),
         .deadline = {},
         .zone = filing.zone,
         .verified_at = {},
         .handler = {},
         .article = {},
         .answered_at = {},
         .executed_at = {},
         .closed_at = {},
         .subjects = filing.subjects};
  c.deadline = privacy::compute(trigger_of(c.type), c.received_at, c.zone, *privacy::calendars());
  const auto& asked = filing.asked;
  store::Boxes boxes{
      .name = TRY(access.seal<Field::request_name>(c.requester, c.id, asked.name)).box,
      .contact = TRY(access.seal<Field::request_contact>(c.requester, c.id, asked.contact)).box,
      .phone = {},
      .description = TRY(access.seal<Field::request_description>(c.requester, c.id, asked.description)).box,
      .essence = TRY(access.seal<Field::request_essence>(c.requester, c.id, asked.essence)).box,
      .answer = {},
      .document = {}};
  if (!filing.phone.empty())
    boxes.phone = TRY(access.seal<Field::request_phone>(c.requester, c.id, filing.phone)).box;
  do c.reference = reference_of(random_number());
  while (!store::insert(access.tx(), c, boxes));
  schedule(access, c);
  CHECK(note(access, c, EventKind::filed));
  if (filing.verified) {
    CHECK(verified_now(access, c, Verification::verified));
    save(access, c);
  } else {
    jobs::add(access, {.kind = kMatchJob, .payload = json::write(CaseJob{c.id}), .key = to_string(c.id)});
  }
  return Filed{c.id, c.reference, new_link(access, c.id), c.deadline.due};
}

Result<RequestId> case_of_link(db::Tx& tx, std::string_view token, Time now) {
  const auto hash = crypto::token_hash(token);
  const auto found = hash ? store::case_of_link(tx, *hash, now) : std::nullopt;
  if (!found) return fail(Errc::unauthenticated, "no such link");
  return *found;
}

Result<privacy::Principal> requester_of(db::Tx& tx, std::string_view token, Time now) {
  const auto found = store::find(tx, TRY(case_of_link(tx, token, now)));
  if (!found) return fail(Errc::unauthenticated, "no such link");
  return privacy::Principal::visitor(tx.tenant(), found->requester);
}

Result<Case> find(privacy::Access& access, RequestId id) {
  return load(access, id);
}
Result<Case> find(privacy::Access& access, std::string_view token) {
  return load(access, TRY(case_of_link(access.tx(), token, access.now())));
}

namespace {

struct Clues {
  std::vector<std::string> emails;
  std::vector<std::string> phones;
};

Result<Clues> clues_of(privacy::Access& access, const Case& c) {
  const auto boxes = store::boxes(access.tx(), c.id);
  if (!boxes) return fail(Errc::not_found, "no such request");
  const Sealed<Field::request_contact> contact{c.requester, c.id, boxes->contact};
  const Sealed<Field::request_description> description{c.requester, c.id, boxes->description};
  std::string text = TRY(access.open(contact, Purpose::subject_request));
  Clues out;
  if (boxes->phone) {
    const Sealed<Field::request_phone> phone{c.requester, c.id, *boxes->phone};
    text += '\n' + TRY(access.open(phone, Purpose::subject_request));
  }
  text += '\n' + TRY(access.open(description, Purpose::subject_request));
  for (const auto& email : language::find_emails(text)) out.emails.push_back(text::fold(email.address));
  for (const auto& phone : language::find_phones(text)) out.phones.push_back(phone.e164);
  return out;
}

// Those who have one contact in common with the first that is found: a code sent there proves no more than that.
// One more than a case takes where there are more.
std::vector<SubjectId> people_of(privacy::Access& access, const Clues& clues) {
  constexpr auto kLooked = kSubjectsPerCase + 1;
  auto& tx = access.tx();
  for (const auto& email : clues.emails)
    if (auto found = store::visitors_by_email(tx, access.index("visitor.email", email), kLooked); !found.empty()) return found;
  for (const auto& phone : clues.phones) {
    const auto found = store::visitors_by_phone(tx, access.index("visitor.phone", phone), kLooked);
    if (found.empty()) continue;
    for (const auto subject : found) {
      const auto known = store::known_contact(tx, subject);
      if (known && known->email_index) return store::visitors_by_email(tx, *known->email_index, kLooked);
    }
    return found;
  }
  return {};
}

// The address that the code of a case proves: of the first code, whatever people say of themselves later; before it,
// of the first person linked who has one.
struct Addressee {
  SubjectId subject;
  std::string contact_index;
  std::string address;
};
Result<std::optional<Addressee>> addressee_of(privacy::Access& access, const Case& c,
                                              const std::optional<store::Code>& last) {
  for (const auto subject : c.subjects) {
    const auto known = store::known_contact(access.tx(), subject);
    if (!known || !known->email_index) continue;
    if (last && last->contact_index != known->email_index) continue;
    const auto row = store::visitor(access.tx(), subject);
    if (!row || !row->email_box) continue;
    const Sealed<Field::visitor_email> email{subject, subject, *row->email_box};
    return Addressee{subject, *known->email_index, TRY(access.open(email, Purpose::subject_request))};
  }
  return std::nullopt;
}

// A code proves one address: who has another by now is not spoken for.
void keep_proved(privacy::Access& access, Case& c, const store::Code& code) {
  std::erase_if(c.subjects, [&](SubjectId subject) {
    const auto known = store::known_contact(access.tx(), subject);
    const bool proved = known && known->email_index && known->email_index == code.contact_index;
    if (!proved) store::drop_subject(access.tx(), c.id, subject);
    return !proved;
  });
}

std::string code_image(privacy::Access& access, RequestId id, std::int64_t number, std::string_view code) {
  return access.index("request.code", to_string(id) + ":" + std::to_string(number) + ":" + std::string(code));
}

}  // namespace

Result<void> look_for_person(privacy::Access& access, RequestId id) {
  auto c = TRY(load(access, id));
  if (c.verified() || !c.live()) return {};
  if (c.subjects.empty()) {
    c.subjects = people_of(access, TRY(clues_of(access, c)));
    keep_to_limit(access, c, c.subjects);
    for (const auto subject : c.subjects) store::add_subject(access.tx(), c.id, subject);
    if (!c.subjects.empty()) CHECK(note(access, c, EventKind::linked));
  }
  // Staff who typed a letter in have the person before them, or their paper: no code.
  if (c.channel == RequestChannel::form && !c.subjects.empty()) return send_code(access, id);
  add_task(access, c, TaskKind::verify);
  return {};
}

void ask_for_code(privacy::Access& access, RequestId id) {
  jobs::add(access, {.kind = kCodeJob, .payload = json::write(CaseJob{id}), .key = to_string(id)});
}

Result<void> send_code(privacy::Access& access, RequestId id) {
  auto c = TRY(load(access, id));
  if (c.verified() || !c.live() || c.channel != RequestChannel::form || c.subjects.empty()) return {};
  auto& tx = access.tx();
  const auto last = store::newest_code(tx, c.id);
  if (last && last->number >= kCodesPerCase) return {};
  const auto to = TRY(addressee_of(access, c, last));
  if (!to || store::codes_since(tx, to->subject, access.now() - std::chrono::days(1)) >= kCodesPerSubjectADay) {
    add_task(access, c, TaskKind::call_back);
    return note(access, c, EventKind::call_back);
  }
  const auto code = code_of(random_number());
  const auto number = last ? last->number + 1 : 1;
  store::insert_code(tx, c.id,
                     {.number = number,
                      .index = code_image(access, c.id, number, code),
                      .subject = to->subject,
                      .contact_index = to->contact_index,
                      .expires_at = access.now() + kCodeLife,
                      .used_at = {}},
                     access.now());
  // Nothing new is written about who is blocked; their right to ask stays: the letter is the requester's then.
  const bool blocked = TRY(access.standing(to->subject)).blocked_at.has_value();
  CHECK(notify::mail(access, {.what = notify::Template::request_code,
                            .to = notify::Person{blocked ? c.requester : to->subject, to->address},
                            .language = c.language,
                            .params = {{"number", c.reference}, {"minutes", std::to_string(kCodeLife.count())}},
                            .secrets = {{"code", code}}}));
  c.verification = Verification::code_sent;
  save(access, c);
  return note(access, c, EventKind::code_sent);
}

Result<bool> verify(privacy::Access& access, RequestId id, std::string_view code) {
  auto c = TRY(load(access, id));
  const auto sent = store::newest_code(access.tx(), id);
  // Computed in every case, so that the time says nothing either.
  const auto image = code_image(access, id, sent ? sent->number : 0, code);
  if (!sent || sent->used_at || sent->attempts >= kCodeTries || sent->expires_at <= access.now() || !may_verify(c)) return false;
  store::count_attempt(access.tx(), id, sent->number);
  if (!crypto::equal_constant_time(image, sent->index)) {
    if (sent->attempts + 1 < kCodeTries) return false;
    c.verification = Verification::failed;
    save(access, c);
    add_task(access, c, TaskKind::verify);
    CHECK(note(access, c, EventKind::code_failed));
    return false;
  }
  store::use_code(access.tx(), id, sent->number, access.now());
  keep_proved(access, c, *sent);
  if (c.subjects.empty()) {
    c.verification = Verification::failed;
    save(access, c);
    add_task(access, c, TaskKind::verify);
    CHECK(note(access, c, EventKind::code_failed));
    return false;
  }
  CHECK(verified_now(access, c, Verification::verified));
  save(access, c);
  return true;
}

namespace {

// A block closes the copy that was handed out, too, but to the privacy officer. The answer's text stays: it may be what says
// that the data are blocked.
Result<bool> copy_is_closed(privacy::Access& access, const Case& c) {
  if (privacy::answers_for_the_operator(access.who())) return false;
  for (const auto subject : c.subjects)
    if (TRY(access.standing(subject)).blocked_at) return true;
  return false;
}

}  // namespace

Result<Progress> progress(privacy::Access& access, RequestId id) {
  Progress out{.c = TRY(load(access, id)), .answer = {}};
  const auto boxes = store::boxes(access.tx(), id);
  out.answer = TRY(answer_of(access, out.c));
  out.document = boxes && boxes->document && out.c.verified() && !TRY(copy_is_closed(access, out.c));
  return out;
}

Result<std::string> given_document(privacy::Access& access, RequestId id) {
  const auto c = TRY(load(access, id));
  const auto boxes = store::boxes(access.tx(), id);
  if (!boxes || !boxes->document || !c.verified()) return fail(Errc::not_found, "nothing was handed out");
  if (TRY(copy_is_closed(access, c))) return fail(Errc::blocked, "a person of the case is blocked");
  const Sealed<Field::request_document> sealed{c.requester, c.id, *boxes->document};
  return access.open(sealed, Purpose::subject_request);
}

}  // namespace chatika::requests
