#include "organisation/tasks.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

#include "json/write.hpp"
#include "notify/notify.hpp"
#include "organisation/organisation_store.hpp"
#include "privacy/documents_versions.hpp"

namespace chatika::organisation {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct ReminderJob {
  TaskId task;
};
CHATIKA_JSON(ReminderJob, task)

bool in_hours(DutyKind kind) {
  return kind == DutyKind::breach_notice || kind == DutyKind::breach_report;
}
// Ends with what it is about, never by a tick.
bool follows(DutyKind kind) {
  return kind == DutyKind::review || kind == DutyKind::register_change || in_hours(kind);
}

void remind(privacy::Access& access, const Task& task) {
  const auto next = next_reminder(task, access.now());
  if (!next) return;
  jobs::add(access, {.kind = kReminderJob,
                     .payload = json::write(ReminderJob{task.id}),
                     .key = to_string(task.id),
                     .run_at = *next});
}

Result<void> mail_officers(privacy::Access& access, const Task& task, const Wording& wording) {
  const auto when = wording.when(access.tx().tenant(), task.due_at);
  std::string about;
  if (in_hours(task.kind)) {
    const auto id = parse_uuid(task.ref);
    const auto row = id ? store::breach(access.tx(), BreachId(*id)) : std::nullopt;
    if (row) about = row->breach.number;
  }
  for (const auto officer : store::officers(access.tx())) {
    notify::Mail mail{
        .what = in_hours(task.kind) ? notify::Template::breach_reminder : notify::Template::task_reminder,
        .to = notify::Person{SubjectId(officer)},
        .language = "ru"};
    if (in_hours(task.kind))
      mail.params = {{"number", about}, {"what", title_of(task, "ru", "")}, {"due", when}};
    else
      mail.params = {{"task", title_of(task, "ru", about)}, {"due", when}};
    if (auto link = wording.link(access.tx().tenant(), task); !link.empty())
      mail.params.emplace("link", std::move(link));
    CHECK(notify::mail(access, mail));
  }
  return {};
}

std::string review_title(std::string_view kind, bool english) {
  if (kind == "access_rights") return english ? "Review who has access" : "Проверить, у кого есть доступ";
  if (kind == "internal_control")
    return english ? "Internal control of processing" : "Провести внутренний контроль обработки";
  if (kind == "documents")
    return english ? "Review the internal documents" : "Проверить внутренние документы";
  return english ? "Review the protection measures" : "Проверить меры защиты";
}

}  // namespace

std::optional<Time> next_reminder(const Task& task, Time now) {
  const auto whole = task.due_at - task.created_at;
  const auto first = [&](auto moments) -> std::optional<Time> {
    for (const Micros before : moments) {
      const auto at = task.due_at - before;
      if (at > now && at > task.created_at) return at;
    }
    return std::nullopt;
  };
  const bool clock = in_hours(task.kind);
  if (const auto at = clock ? first(std::array<Micros, 3>{whole / 2, hours(2), Micros(0)})
                            : first(std::array<Micros, 4>{days(7), days(3), days(1), Micros(0)}))
    return at;
  const Micros every = clock ? Micros(hours(2)) : Micros(days(1));
  const Micros last = clock ? Micros(days(2)) : Micros(days(60));
  const auto next = task.due_at + every * ((now - task.due_at) / every + 1);
  if (next - task.due_at > last) return std::nullopt;
  return next;
}

Result<TaskId> add_task(privacy::Access& access, const NewTask& task) {
  if (auto live = store::live_task(access.tx(), task.kind, task.ref)) {
    if (live->due_at == task.due_at) return live->id;
    store::move_task(access.tx(), live->id, task.due_at);
    live->due_at = task.due_at;
    jobs::cancel(access, kReminderJob, to_string(live->id));
    remind(access, *live);
    return live->id;
  }
  if (store::live_tasks(access.tx()).size() >= kLiveTasks)
    return fail(Errc::too_many, "too many tasks are open");
  const Task made{.id = TaskId::fresh(),
                  .kind = task.kind,
                  .ref = task.ref,
                  .title = task.title,
                  .due_at = task.due_at,
                  .created_at = access.now(),
                  .done_at = {}};
  if (store::insert_task(access.tx(), made) != db::Refusal::none)
    return fail(Errc::conflict, "such a task is open");
  remind(access, made);
  access.audit();
  return made.id;
}

void finish_task(privacy::Access& access, DutyKind kind, std::string_view ref) {
  const auto live = store::live_task(access.tx(), kind, ref);
  if (!live) return;
  store::finish_task(access.tx(), live->id, access.now(), privacy::actor(access.who()));
  jobs::cancel(access, kReminderJob, to_string(live->id));
}

Result<Task> finish_task(privacy::Access& access, TaskId id) {
  auto found = store::task(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such task");
  if (found->done_at) return fail(Errc::conflict, "the task is done");
  if (follows(found->kind)) return fail(Errc::conflict, "the task ends with what it is about");
  store::finish_task(access.tx(), id, access.now(), privacy::actor(access.who()));
  jobs::cancel(access, kReminderJob, to_string(id));
  access.audit();
  found->done_at = access.now();
  return std::move(*found);
}

std::vector<Task> live_tasks(privacy::Access& access) {
  return store::live_tasks(access.tx());
}
std::vector<Task> done_tasks(privacy::Access& access, std::int64_t limit) {
  return store::done_tasks(access.tx(), limit);
}

void on_reminders(jobs::Handlers& handlers, Wording wording, Refresh refresh) {
  handlers.on(
      std::string(kReminderJob),
      [wording = std::move(wording)](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
        const auto payload = TRY(jobs::payload<ReminderJob>(job));
        const auto task = store::task(access.tx(), payload.task);
        if (!task || task->done_at) return jobs::Next::done();
        CHECK(mail_officers(access, *task, wording));
        const auto next = next_reminder(*task, access.now());
        return next ? jobs::Next::again_at(*next) : jobs::Next::done();
      });
  handlers.on(
      std::string(kDailyJob),
      [refresh = std::move(refresh)](privacy::Access& access, const jobs::Job&) -> Result<jobs::Next> {
        if (refresh) CHECK(refresh(access));
        CHECK(follow_notifications(access));
        return jobs::Next::again_in(days(1));
      });
  handlers.every_tenant(std::string(kDailyJob));
}

Result<void> follow_notifications(privacy::Access& access) {
  std::set<std::string> open;
  for (const auto& duty : privacy::notification_duties(access.tx())) {
    if (!duty.notify_by) continue;
    const auto ref = duty.language + " " + std::to_string(duty.version);
    open.insert(ref);
    CHECK(add_task(access,
                   {.kind = DutyKind::register_change, .ref = ref, .title = {}, .due_at = *duty.notify_by}));
  }
  for (const auto& task : store::live_tasks(access.tx()))
    if (task.kind == DutyKind::register_change && !open.contains(task.ref))
      finish_task(access, task.kind, task.ref);
  return {};
}

std::string title_of(const Task& task, std::string_view language, std::string_view about) {
  const bool en = language == "en";
  const auto with = [&](std::string text) { return about.empty() ? text : text + " " + std::string(about); };
  switch (task.kind) {
    case DutyKind::register_change:
      return en ? "Notify Roskomnadzor of a change in the processing"
                : "Уведомить Роскомнадзор об изменениях в обработке";
    case DutyKind::review:
      return review_title(task.title, en);
    case DutyKind::breach_notice:
      return with(en ? "Notify Roskomnadzor of breach" : "Уведомить Роскомнадзор об инциденте");
    case DutyKind::breach_report:
      return with(en ? "Report the inquiry into breach"
                     : "Сообщить Роскомнадзору итоги расследования инцидента");
    case DutyKind::approve_document:
      return en ? "Approve the internal documents again" : "Заново утвердить внутренние документы";
    case DutyKind::appoint:
      return en ? "Appoint the person responsible" : "Назначить ответственного за персональные данные";
    case DutyKind::expired_blocked:
      return fmt::format(
          fmt::runtime(
              en ? "The period of blocked people is over ({}): if there is another legal ground, write a hold down, "
                   "otherwise their data will be destroyed"
                 : "Истёк срок хранения данных заблокированных людей ({}): если есть иное законное основание, "
                   "запишите удержание, иначе данные будут уничтожены"),
          task.title);
    case DutyKind::other:
      return task.title;
  }
  return task.title;
}

}  // namespace chatika::organisation
