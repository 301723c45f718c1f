// Requests of people about their personal data (152-FZ art. 14, 20, 21): as the rooms use them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "json/types.hpp"
#include "privacy/deadline.hpp"

namespace chatika::requests {

using RequestId = Id<struct RequestTag>;
using TaskId = Id<struct RequestTaskTag>;

enum class RequestType { information, correction, blocking, deletion, withdrawal, stop, objection };
CHATIKA_JSON_ENUM(RequestType, information, correction, blocking, deletion, withdrawal, stop, objection)

// new: nobody works on it and the requester is not verified; in_work: verified or taken; answered and refused: the person has
// the answer; closed: nothing is left to do.
enum class RequestStatus { new_, in_work, answered, refused, closed };
CHATIKA_JSON_ENUM(RequestStatus, new_, in_work, answered, refused, closed)

// How it came. email, phone and paper were typed in by staff.
enum class RequestChannel { form, widget, link, email, phone, paper };
CHATIKA_JSON_ENUM(RequestChannel, form, widget, link, email, phone, paper)

// Whether the requester is the person the data is about. code_sent: to the contact that was known already; verified: by that
// code, a private link or the conversation's token; manual: by the officer; failed: too many wrong codes.
enum class Verification { pending, code_sent, verified, manual, failed };
CHATIKA_JSON_ENUM(Verification, pending, code_sent, verified, manual, failed)

enum class EventKind {
  filed,
  code_sent,
  call_back,  // no address to send a code to: the officer calls the number that is known
  code_failed,
  verified,
  verified_by_hand,
  taken,
  linked,
  stopped,  // consent withdrawn, what rested on it has stopped
  blocked,
  unblocked,
  objected,
  corrected,
  erasure_planned,
  erased,
  extended,
  answered,
  refused,
  reminded,
  overdue,
  moved_earlier,
  task_done,
  closed,
};
CHATIKA_JSON_ENUM(EventKind, filed, code_sent, call_back, code_failed, verified, verified_by_hand, taken, linked, stopped,
                  blocked, unblocked, objected, corrected, erasure_planned, erased, extended, answered, refused, reminded,
                  overdue, moved_earlier, task_done, closed)

// more_people: the contact has more records than one request takes; what they ask for is not done to the others yet.
enum class TaskKind { call_back, verify, find_person, more_people, answer, block, correct, unblock, stop, destroy };
CHATIKA_JSON_ENUM(TaskKind, call_back, verify, find_person, more_people, answer, block, correct, unblock, stop, destroy)

// Everything but what is sealed.
struct Case {
  RequestId id;
  std::string reference;
  RequestType type = RequestType::information;
  RequestStatus status = RequestStatus::new_;
  RequestChannel channel = RequestChannel::form;
  std::string language = "ru";
  SubjectId requester;
  Time received_at;
  privacy::Deadline deadline;
  std::string zone;
  int reminded = 0;
  Verification verification = Verification::pending;
  std::optional<Time> verified_at;
  std::optional<EmployeeId> handler;
  std::optional<std::string> article;  // of a refusal
  std::optional<Time> answered_at;
  std::optional<Time> executed_at;
  std::optional<Time> closed_at;
  std::vector<SubjectId> subjects;  // whose data it is about, once found

  [[nodiscard]] bool verified() const {
    return verification == Verification::verified || verification == Verification::manual;
  }
  // Nobody has answered yet.
  [[nodiscard]] bool live() const { return status == RequestStatus::new_ || status == RequestStatus::in_work; }
  // Something is due: the answer, or the act that was asked for (and promised by the answer).
  [[nodiscard]] bool clock_runs() const {
    return live() || (status == RequestStatus::answered && !executed_at && type != RequestType::information);
  }
};

// What was asked, opened.
struct Asked {
  std::string name;
  std::string contact;
  std::string description;
  std::string essence;
};

struct Task {
  TaskId id;
  TaskKind kind = TaskKind::answer;
  Time created_at;
  std::optional<Time> done_at;
  std::optional<std::string> done_by;  // actor
};

struct Event {
  Uuid id;
  EventKind kind = EventKind::filed;
  Time at;
  std::string actor;
  std::optional<std::string> note;
};

// The decision as the person gets it.
struct Answer {
  std::string text;
  std::string reason;   // of a refusal
  std::string article;  // of a refusal
  std::string appeal;   // of a refusal: how to appeal, always
};
CHATIKA_JSON(Answer, text, reason, article, appeal)

}  // namespace chatika::requests
