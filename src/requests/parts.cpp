#include "requests/parts.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "jobs/jobs.hpp"
#include "json/write.hpp"

namespace chatika::requests {

using privacy::Field;

std::uint64_t random_number() {
  std::array<std::uint8_t, 8> bytes{};
  crypto::random_bytes(bytes);
  std::uint64_t out = 0;
  std::memcpy(&out, bytes.data(), sizeof out);
  return out;
}

Result<Case> load(privacy::Access& access, RequestId id) {
  auto found = store::find(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such request");
  access.audit(found->requester);
  for (const auto subject : found->subjects) access.audit(subject);
  return std::move(*found);
}

void schedule(privacy::Access& access, const Case& c) {
  jobs::add(access, {.kind = kRemindJob,
                     .payload = json::write(CaseJob{c.id}),
                     .key = to_string(c.id),
                     .run_at = next_look(access, c)});
}

void save(privacy::Access& access, const Case& c) {
  store::save(access.tx(), c);
  if (c.clock_runs())
    schedule(access, c);
  else
    jobs::cancel(access, kRemindJob, to_string(c.id));
}

Result<void> note(privacy::Access& access, const Case& c, EventKind kind, std::string_view text) {
  store::EventRow row{.id = new_uuid(), .kind = kind, .actor = actor(access.who()), .note_box = {}, .at = access.now()};
  if (!text.empty()) row.note_box = TRY(access.seal<Field::request_note>(c.requester, row.id, text)).box;
  store::insert_event(access.tx(), c.id, row);
  return {};
}

void add_task(privacy::Access& access, const Case& c, TaskKind kind) {
  if (has_open_task(access, c, kind)) return;
  store::insert_task(access.tx(), c.id, {.id = TaskId::fresh(), .kind = kind, .created_at = access.now(), .done_at = {}, .done_by = {}});
}

void finish_tasks(privacy::Access& access, const Case& c, TaskKind kind) {
  for (const auto& task : store::tasks(access.tx(), c.id))
    if (task.kind == kind && !task.done_at)
      store::finish_task(access.tx(), c.id, task.id, actor(access.who()), access.now());
}

void keep_to_limit(privacy::Access& access, const Case& c, std::vector<SubjectId>& people) {
  if (people.size() <= kSubjectsPerCase) return;
  people.resize(kSubjectsPerCase);
  add_task(access, c, TaskKind::more_people);
}

bool has_open_task(privacy::Access& access, const Case& c, TaskKind kind) {
  return std::ranges::any_of(store::tasks(access.tx(), c.id),
                             [&](const Task& task) { return task.kind == kind && !task.done_at; });
}

std::string new_link(privacy::Access& access, RequestId id) {
  auto token = crypto::new_token();
  store::insert_link(access.tx(), token.hash, id, access.now(), access.now() + kLinkLife);
  return std::move(token.text);
}

std::string link_to(const Pages& pages, std::string_view token) {
  return pages.request + std::string(token);
}

Result<void> verified_now(privacy::Access& access, Case& c, Verification how, std::string_view text) {
  c.verification = how;
  c.verified_at = access.now();
  if (c.status == RequestStatus::new_) c.status = RequestStatus::in_work;
  CHECK(note(access, c, how == Verification::manual ? EventKind::verified_by_hand : EventKind::verified, text));
  finish_tasks(access, c, TaskKind::verify);
  finish_tasks(access, c, TaskKind::call_back);
  for (const auto task : tasks_of(c.type)) add_task(access, c, task);
  if (c.subjects.empty()) {
    add_task(access, c, TaskKind::find_person);
    return {};
  }
  return at_once(access, c);
}

}  // namespace chatika::requests
