// The officer's desk.
#include "jobs/jobs.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "notify/address.hpp"
#include "notify/notify.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {

using privacy::Field;
using privacy::Purpose;
using privacy::Sealed;

std::vector<Case> list(privacy::Access& access, const Page& page) {
  access.audit();
  return store::list(access.tx(), page, access.now());
}

std::vector<Case> of_subject(privacy::Access& access, SubjectId subject) {
  access.audit(subject);
  return store::of_subject(access.tx(), subject);
}

Result<Asked> asked(privacy::Access& access, const Case& c) {
  const auto boxes = store::boxes(access.tx(), c.id);
  if (!boxes) return fail(Errc::not_found, "no such request");
  const Sealed<Field::request_name> name{c.requester, c.id, boxes->name};
  const Sealed<Field::request_contact> contact{c.requester, c.id, boxes->contact};
  const Sealed<Field::request_description> description{c.requester, c.id, boxes->description};
  const Sealed<Field::request_essence> essence{c.requester, c.id, boxes->essence};
  return Asked{.name = TRY(access.open(name, Purpose::subject_request)),
               .contact = TRY(access.open(contact, Purpose::subject_request)),
               .description = TRY(access.open(description, Purpose::subject_request)),
               .essence = TRY(access.open(essence, Purpose::subject_request))};
}

Result<std::string> name_of_requester(privacy::Access& access, const Case& c) {
  const auto boxes = store::boxes(access.tx(), c.id);
  if (!boxes) return fail(Errc::not_found, "no such request");
  const Sealed<Field::request_name> name{c.requester, c.id, boxes->name};
  return access.open(name, Purpose::subject_request);
}

Result<std::optional<Answer>> answer_of(privacy::Access& access, const Case& c) {
  const auto boxes = store::boxes(access.tx(), c.id);
  if (!boxes || !boxes->answer) return std::optional<Answer>();
  const Sealed<Field::request_answer> sealed{c.requester, c.id, *boxes->answer};
  return std::optional(TRY(json::read<Answer>(TRY(access.open(sealed, Purpose::subject_request)))));
}

Result<std::vector<Event>> events(privacy::Access& access, const Case& c) {
  std::vector<Event> out;
  for (auto& row : store::events(access.tx(), c.id)) {
    Event event{.id = row.id, .kind = row.kind, .at = row.at, .actor = std::move(row.actor), .note = {}};
    if (row.note_box) {
      const Sealed<Field::request_note> sealed{c.requester, row.id, *row.note_box};
      event.note = TRY(access.open(sealed, Purpose::subject_request));
    }
    out.push_back(std::move(event));
  }
  return out;
}

std::vector<Task> tasks(privacy::Access& access, const Case& c) {
  return store::tasks(access.tx(), c.id);
}

Result<std::optional<std::string>> employee_name(privacy::Access& access, EmployeeId id) {
  auto box = store::employee_name_box(access.tx(), id);
  if (!box) return std::optional<std::string>();
  const Sealed<Field::employee_name> sealed{SubjectId(id), id, std::move(*box)};
  return access.open_if_allowed(sealed, Purpose::addressing);
}

Result<Case> take(privacy::Access& access, RequestId id) {
  auto c = TRY(load(access, id));
  CHECK(may_answer(c));
  c.handler = EmployeeId(access.who().id);
  if (c.status == RequestStatus::new_) c.status = RequestStatus::in_work;
  CHECK(note(access, c, EventKind::taken));
  save(access, c);
  return c;
}

namespace {

// The code that verified the case went to an address that is this person's too.
Result<bool> proved_for(privacy::Access& access, const Case& c, SubjectId subject) {
  if (c.verification != Verification::verified) return false;
  const auto code = store::newest_code(access.tx(), c.id);
  if (!code || !code->used_at || !code->contact_index) return false;
  const auto known = store::known_contact(access.tx(), subject);
  return known && known->email_index == code->contact_index;
}

}  // namespace

Result<Case> link(privacy::Access& access, RequestId id, SubjectId subject) {
  auto c = TRY(load(access, id));
  CHECK(may_answer(c));
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.kind == privacy::SubjectKind::requester) return fail_field("/subject", "not_one_of");
  if (std::ranges::find(c.subjects, subject) != c.subjects.end()) return c;
  if (c.subjects.size() >= kSubjectsPerCase) return fail(Errc::too_many, "as many people as a case may have");
  store::add_subject(access.tx(), c.id, subject);
  c.subjects.push_back(subject);
  access.audit(subject);
  CHECK(note(access, c, EventKind::linked));
  finish_tasks(access, c, TaskKind::find_person);
  if (c.verified() && !TRY(proved_for(access, c, subject))) {
    // What proved who the requester is says nothing of this person: somebody looks, and says how (verify_by_hand).
    c.verification = Verification::pending;
    c.verified_at.reset();
    c.executed_at.reset();
    add_task(access, c, TaskKind::verify);
  }
  if (c.verified()) CHECK(at_once(access, c));
  save(access, c);
  return c;
}

Result<Case> verify_by_hand(privacy::Access& access, RequestId id, std::string_view how) {
  auto c = TRY(load(access, id));
  CHECK(may_verify(c));
  CHECK(verified_now(access, c, Verification::manual, how));
  save(access, c);
  return c;
}

namespace {

// By mail when the contact is an address; otherwise the officer hands it over and the timeline says so.
Result<void> tell(privacy::Access& access, const Case& c, notify::Template what, notify::Params params, notify::Params secrets) {
  const auto contact = TRY(asked(access, c)).contact;
  if (!notify::is_address(contact)) return {};
  CHECK(notify::mail(access, {.what = what,
                            .to = notify::Person{c.requester, contact},
                            .language = c.language,
                            .params = std::move(params),
                            .secrets = std::move(secrets)}));
  return {};
}

std::string until(const privacy::Access& access, const Case& c) {
  return day_words(to_rfc3339(access.now() + kLinkLife).substr(0, 10), c.language);
}

Result<void> keep_answer(privacy::Access& access, const Case& c, const Answer& answer) {
  const auto sealed = TRY(access.seal<Field::request_answer>(c.requester, c.id, json::write(answer)));
  store::set_answer(access.tx(), c.id, sealed.box);
  return {};
}

}  // namespace

Result<Case> extend(privacy::Access& access, RequestId id, std::string_view reason) {
  auto c = TRY(load(access, id));
  CHECK(may_extend(c));
  c.deadline = TRY(privacy::extend(c.deadline, access.now(), c.zone, *privacy::calendars()));
  c.reminded = 0;  // the reminders are of the new end
  CHECK(note(access, c, EventKind::extended, reason));
  CHECK(tell(access, c, notify::Template::request_extended,
             {{"number", c.reference}, {"due", day_words(c.deadline.due_day, c.language)}},
             {{"reason", std::string(reason)}}));
  save(access, c);
  return c;
}

Result<Case> answer(privacy::Access& access, RequestId id, std::string_view text, std::optional<std::string> document,
                    const Pages& pages) {
  auto c = TRY(load(access, id));
  CHECK(may_answer(c));
  if (!c.verified()) return fail(Errc::conflict, "an unverified requester is not told what is held");
  CHECK(keep_answer(access, c, {.text = std::string(text), .reason = {}, .article = {}, .appeal = {}}));
  if (document) {
    const auto sealed = TRY(access.seal<Field::request_document>(c.requester, c.id, *document));
    store::set_document(access.tx(), c.id, sealed.box);
  }
  c.status = RequestStatus::answered;
  c.answered_at = access.now();
  CHECK(note(access, c, EventKind::answered));
  finish_tasks(access, c, TaskKind::answer);
  CHECK(tell(access, c, notify::Template::request_answered, {{"number", c.reference}, {"until", until(access, c)}},
             {{"link", link_to(pages, new_link(access, c.id))}}));
  save(access, c);
  return c;
}

Result<Case> refuse(privacy::Access& access, RequestId id, const Refusal& refusal, const Pages& pages) {
  auto c = TRY(load(access, id));
  CHECK(may_answer(c));
  if (refusal.reason.empty()) return fail_field("/reason", "required");
  if (refusal.article.empty()) return fail_field("/article", "required");
  CHECK(keep_answer(access, c, {.text = refusal.reason,
                                .reason = refusal.reason,
                                .article = refusal.article,
                                .appeal = std::string(appeal_words(c.language))}));
  c.status = RequestStatus::refused;
  c.article = refusal.article;
  c.answered_at = access.now();
  CHECK(note(access, c, EventKind::refused, refusal.reason + " (" + refusal.article + ")"));
  finish_tasks(access, c, TaskKind::answer);
  if (c.type == RequestType::correction || c.type == RequestType::blocking) {
    CHECK(lift_blocks(access, c));
    for (const auto task : {TaskKind::block, TaskKind::correct, TaskKind::unblock}) finish_tasks(access, c, task);
  }
  CHECK(tell(access, c, notify::Template::request_refused, {{"number", c.reference}, {"article", refusal.article}},
             {{"link", link_to(pages, new_link(access, c.id))}}));
  save(access, c);
  return c;
}

Result<Case> execute(privacy::Access& access, RequestId id) {
  auto c = TRY(load(access, id));
  CHECK(may_execute(c));
  CHECK(carry_out(access, c));
  save(access, c);
  return c;
}

Result<Case> finish_task(privacy::Access& access, RequestId id, TaskId task) {
  auto c = TRY(load(access, id));
  for (const auto& t : store::tasks(access.tx(), c.id)) {
    if (t.id != task) continue;
    if (t.done_at) return c;
    store::finish_task(access.tx(), c.id, task, actor(access.who()), access.now());
    CHECK(note(access, c, EventKind::task_done, words(t.kind, c.language)));
    return c;
  }
  return fail(Errc::not_found, "no such task");
}

Result<Case> close(privacy::Access& access, RequestId id) {
  auto c = TRY(load(access, id));
  if (c.status == RequestStatus::closed) return c;
  CHECK(may_close(c));
  if (has_open_task(access, c, TaskKind::more_people))
    return fail(Errc::conflict, "others with this contact have not had what was asked for");
  c.status = RequestStatus::closed;
  c.closed_at = access.now();
  CHECK(note(access, c, EventKind::closed));
  save(access, c);
  return c;
}

}  // namespace chatika::requests
