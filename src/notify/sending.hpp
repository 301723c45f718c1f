// The job that sends one mail of the outbox.
#pragma once

#include <functional>
#include <memory>

#include "jobs/jobs.hpp"
#include "notify/notify.hpp"

namespace chatika::notify {

inline constexpr std::string_view kMailJob = "notify.mail";
struct MailJob {
  MailId mail;
};
CHATIKA_JSON(MailJob, mail)

}  // namespace chatika::notify
