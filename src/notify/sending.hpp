// The job that sends one mail of the outbox.
#pragma once

#include <functional>
#include <memory>

#include "jobs/jobs.hpp"
#include "notify/notify.hpp"
#include "notify/smtp.hpp"
#include "notify/templates.hpp"

namespace chatika::notify {

inline constexpr std::string_view kMailJob = "notify.mail";
struct MailJob {
  MailId mail;
};
CHATIKA_JSON(MailJob, mail)

struct Sender {
  std::shared_ptr<Transport> transport;  // none: no server is configured, mails wait
  std::string from;                      // the installation's address
  std::function<Business(TenantId, std::string_view language)> business;  // in whose name
};

// Registers the sending (where there is a transport) and the cleaning of the outbox.
void register_handlers(jobs::Handlers& handlers, Sender sender);

}  // namespace chatika::notify
