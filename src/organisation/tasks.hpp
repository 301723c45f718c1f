// What somebody has to do by when, with reminders by mail to the privacy officer: reviews, clocks of
// breaches, notices to the authority, and what the officer writes down.
//
// Reminders are durable jobs in the transaction of the task; a task that is done or moved reminds of nothing
// else.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.hpp"
#include "jobs/jobs.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

inline constexpr std::string_view kReminderJob = "organisation.reminder";
inline constexpr std::string_view kDailyJob = "organisation.daily";
inline constexpr std::size_t kLiveTasks = 500;  // of one business

struct NewTask {
  DutyKind kind = DutyKind::other;
  std::string ref;
  std::string title;  // of DutyKind::other
  Time due_at;
};
// A live task of this kind and ref is moved to the new time instead. Errc::too_many past kLiveTasks.
Result<TaskId> add_task(privacy::Access& access, const NewTask& task);
// Does nothing when there is none.
void finish_task(privacy::Access& access, DutyKind kind, std::string_view ref);
// Errc::not_found; Errc::conflict when it is done, or ends only with what it is about (a review, a clock).
Result<Task> finish_task(privacy::Access& access, TaskId id);
std::vector<Task> live_tasks(privacy::Access& access);  // by due time
std::vector<Task> done_tasks(privacy::Access& access, std::int64_t limit);

// When to remind next after `now`: a week, three days and a day before, at the due moment, then every day for
// 60 days; of a clock in hours half the time and two hours before, at the due moment, then every two hours
// for two days. Pure.
std::optional<Time> next_reminder(const Task& task, Time now);

// What is done to be said in a mail: "09:00, 24.11.2026" of the business's zone, what the task is called.
struct Wording {
  std::function<std::string(TenantId, Time)> when;
  std::function<std::string(TenantId, const Task&)> link;  // where the panel shows what it is about; may give ""
};
// Brings the business's documents up to date: the rooms beside this one know its details.
using Refresh = std::function<Result<void>(privacy::Access&)>;
// Handles kReminderJob, and once a day in every business kDailyJob: documents are refreshed, duties to
// notify of a change become tasks.
void on_reminders(jobs::Handlers& handlers, Wording wording, Refresh refresh = {});
// A task for every change of what was notified to Roskomnadzor that nobody has filed, due by the 15th of the
// next month; done when it is filed.
Result<void> follow_notifications(privacy::Access& access);

// "Проверить права доступа", for mails and lists.
std::string title_of(const Task& task, std::string_view language, std::string_view about);

}  // namespace chatika::organisation
