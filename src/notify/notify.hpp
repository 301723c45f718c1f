// Mail that is not lost: a row of the outbox in the transaction of its cause, sent by a job soon after the
// commit.
//
//   To send, inside any operation:
//     notify::mail(access, {.what = notify::Template::request_code,
//                           .to = notify::Person{subject},
//                           .language = "ru",
//                           .params = {{"number", "12"}, {"minutes", "30"}},
//                           .secrets = {{"code", code}}});
//
// `to` is a person we hold (a visitor, an employee: the address of their record; anyone else: Person{subject,
// address}, which is sealed) or a business (a partner's address is no person's data). Parameters and which of
// them a template needs: templates.cpp. Parameters are shown as they are; `params` must not be personal data:
// what is goes to `secrets`.
//
// The address is opened at sending, for the template's purpose: mail about a person's own request is the
// operator's duty (Purpose::subject_request); anything else rests on Purpose::notification, so that
// withdrawal, blocking and erasure suppress what still waits. Delivery is at least once, with one Message-ID.
//
// Refuses: to keep an address or a text longer than needed (secrets and parameters go with the sending), to
// say an address in the log, the delivery log, an error or to the panel.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "json/types.hpp"
#include "privacy/access.hpp"

namespace chatika::notify {

using MailId = Id<struct MailTag>;

enum class Template {
  message_waiting,  // to a visitor: an answer waits in the chat
  request_code,     // to who filed a request: the code that proves the address is theirs
  request_received,
  request_answered,  // with the private link to the answer
  request_refused,
  request_extended,
  withdrawal_link,  // one click withdraws
  withdrawal_done,
  erasure_done,
  recipient_correction,  // to a partner who was given the data: correct it and acknowledge
  recipient_erasure,
  deadline_reminder,  // to the privacy officer
  deadline_alarm,
  breach_reminder,
  task_reminder,
  mail_check,  // to who asked for it in the panel
};
CHATIKA_JSON_ENUM(Template, message_waiting, request_code, request_received, request_answered,
                  request_refused, request_extended, withdrawal_link, withdrawal_done, erasure_done, recipient_correction,
                  recipient_erasure, deadline_reminder, deadline_alarm, breach_reminder, task_reminder, mail_check)

enum class MailState { waiting, sent, suppressed, dead };
CHATIKA_JSON_ENUM(MailState, waiting, sent, suppressed, dead)

struct Person {
  SubjectId subject;
  std::string address = {};  // not empty: this one instead of the record's
};
struct BusinessAddress {
  std::string address;
};
using Params = std::map<std::string, std::string>;

struct Mail {
  Template what = Template::message_waiting;
  std::variant<Person, BusinessAddress> to;
  std::string_view language = "ru";  // "ru" or "en"
  Params params = {};
  Params secrets = {};  // for a Person only
};

inline constexpr std::size_t kParamChars = 1000;

// Puts the mail into the outbox and adds the job that sends it. Errc::invalid for an address that is none. A
// parameter that is missing or unknown to the template is a bug (throws).
Result<MailId> mail(privacy::Access& access, const Mail& mail);

// For the panel. Never an address, never a text.
struct MailRecord {
  MailId id;
  Template what = Template::message_waiting;
  MailState state = MailState::waiting;
  int attempts = 0;
  std::optional<int> last_code;  // SMTP reply of the last attempt, when there was one
  std::string error;  // why it waits, was suppressed or is dead, in a word; "" when nothing went wrong
  std::optional<Time> next_at;  // of a waiting one
  Time created_at;
  std::optional<Time> finished_at;
};
struct MailPage {
  std::optional<MailState> state;
  std::optional<Time> before_at;  // both or none: the last record of the page before
  MailId before_id;
  std::size_t limit = 50;
};
std::vector<MailRecord> list(privacy::Access& access, const MailPage& page);  // newest first
std::int64_t count(privacy::Access& access, MailState state);
Result<MailRecord> find(privacy::Access& access, MailId id);  // Errc::not_found
// A dead mail waits again, a waiting one is brought forward. Errc::not_found; Errc::conflict when it is sent
// or suppressed.
Result<MailRecord> retry(privacy::Access& access, MailId id);

// One attempt of the delivery log.
struct Attempt {
  int number = 1;
  Time at;
  std::string result;  // "sent", or what MailRecord::error says
  std::optional<int> code;
};
Result<std::vector<Attempt>> attempts(privacy::Access& access, MailId id);  // Errc::not_found

}  // namespace chatika::notify
