// Wire types of mail and durable jobs. Never an address, never a text.
#pragma once

#include "api/wire.hpp"
#include "jobs/jobs.hpp"
#include "notify/notify.hpp"

namespace chatika::api {

struct MailStatus {
  bool configured = false;  // without a mail server mails wait
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
};
CHATIKA_JSON(MailStatus, configured, waiting, dead)

struct MailItem {
  notify::MailId id;
  notify::Template template_ = notify::Template::message_waiting;
  notify::MailState state = notify::MailState::waiting;
  int attempts = 0;
  std::optional<int> last_code;  // SMTP reply
  std::string error;
  std::optional<Time> next_at;
  Time created_at;
  std::optional<Time> finished_at;
};
CHATIKA_JSON(MailItem, id, template_, state, attempts, last_code, error, next_at, created_at, finished_at)

struct MailAttempt {
  int number = 1;
  Time at;
  std::string result;
  std::optional<int> code;
};
CHATIKA_JSON(MailAttempt, number, at, result, code)

struct JobItem {
  jobs::JobId id;
  std::string kind;
  jobs::State state = jobs::State::waiting;
  int attempts = 0;
  int max_attempts = 0;
  std::string error;
  Time run_at;
  Time created_at;
  std::optional<Time> finished_at;
};
CHATIKA_JSON(JobItem, id, kind, state, attempts, max_attempts, error, run_at, created_at, finished_at)

}  // namespace chatika::api
