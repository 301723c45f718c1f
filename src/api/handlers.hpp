// Who handles which durable job: the one place where rooms are asked for their handlers.
#pragma once

#include <memory>
#include <string>

#include "api/app.hpp"
#include "jobs/jobs.hpp"
#include "notify/smtp.hpp"

namespace chatika::api {

struct MailServer {
  std::shared_ptr<notify::Transport> transport;  // none: mails wait
  std::string from;
};

// Filled before the background starts; `app` outlives it.
jobs::Handlers job_handlers(App& app, MailServer mail);

// The production calendar has changed: in every tenant, whatever is due by it is looked at. Waits; never on a pool thread.
void recheck_deadlines(accounts::Tenants& tenants);

}  // namespace chatika::api
