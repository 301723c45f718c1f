// The durable work of erasure, retention and recipients.
#pragma once

#include "api/app.hpp"
#include "jobs/jobs.hpp"

namespace chatika::api {

// privacy.erase carries out what is due; privacy.sweep keeps the periods, a slice a run; privacy.recipients mails who was
// given data until they acknowledge; privacy.audit lets rows of the audit go whose period is over.
void register_right_jobs(App& app, jobs::Handlers& handlers);

// Within the operation that planned: the jobs run when it is due, at once when it is due already.
void ask_to_erase(privacy::Access& access, Time due);
void ask_to_sweep(privacy::Access& access);
void ask_to_tell(privacy::Access& access);
// The address of an employee who is being erased, in the control database.
void ask_to_forget_login(privacy::Access& access, EmployeeId id);

}  // namespace chatika::api
