// What an organisation has to have about personal data besides the data: who answers for it, approved
// documents, signatures, agreements, access with its term, reviews, breaches, tasks (152-FZ art. 18.1, 19,
// 21(3.1), 22.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "json/types.hpp"
#include "privacy/principal.hpp"

namespace chatika::organisation {

using AppointmentId = Id<struct AppointmentTag>;
using PaperId = Id<struct PaperTag>;
using AccessRequestId = Id<struct AccessRequestTag>;
using ReviewId = Id<struct ReviewTag>;
using BreachId = Id<struct BreachTag>;
using TaskId = Id<struct TaskTag>;

// An exact text as it was shown: what is approved, accepted and signed is its hash.
struct Paper {
  std::string title;
  std::string language;  // "ru" or "en"
  std::string text;
};
std::string hash_of(const Paper& paper);  // hex SHA-256 of the text

struct Appointment {
  AppointmentId id;
  EmployeeId employee;
  std::string order_number;
  std::string order_date;  // YYYY-MM-DD
  std::string text_hash;
  Time at;
  std::optional<Time> ended_at;
};

// Documents the staff must know before they may work.
enum class PaperKind { policy, processing_rules, access_list, protection_measures };
CHATIKA_JSON_ENUM(PaperKind, policy, processing_rules, access_list, protection_measures)
inline constexpr std::size_t kPaperKinds = 4;

struct PaperVersion {
  PaperId id;
  PaperKind kind = PaperKind::policy;
  int version = 1;
  std::string title;
  std::string language;
  std::string hash;
  EmployeeId approver;
  Time approved_at;
  Time in_force_from;
  std::optional<Time> superseded_at;

  [[nodiscard]] bool in_force(Time now) const {
    return in_force_from <= now && (!superseded_at || *superseded_at > now);
  }
};

struct Signature {
  EmployeeId employee;
  PaperId document;
  std::string hash;
  Time at;
  std::string network;  // truncated
};

enum class AgreementKind {
  service,     // an employee accepts the terms of use
  processing,  // the business instructs the processor (152-FZ art. 6(3))
};
CHATIKA_JSON_ENUM(AgreementKind, service, processing)

struct Acceptance {
  AgreementKind kind = AgreementKind::service;
  std::optional<EmployeeId> employee;  // absent: on paper, entered by who runs the installation
  std::string version;
  std::string language;
  std::string hash;
  Time at;
  std::string network;
};

enum class AccessState { asked, granted, refused, revoked };
CHATIKA_JSON_ENUM(AccessState, asked, granted, refused, revoked)

struct AccessRequest {
  AccessRequestId id;
  EmployeeId employee;
  privacy::Role role = privacy::Role::receptionist;
  std::string reason;  // "" when it may not be read any more
  std::optional<Time> wanted_until;
  Time asked_at;
  AccessState state = AccessState::asked;
  std::optional<EmployeeId> decided_by;
  std::optional<Time> decided_at;
  std::optional<Time> until;
};

enum class ReviewKind {
  access_rights,     // who may do what, is it still needed
  internal_control,  // art. 18.1(1)(4)
  documents,         // are the documents true
  protection,        // Decree 1119, item 17: at least once in three years
};
CHATIKA_JSON_ENUM(ReviewKind, access_rights, internal_control, documents, protection)
inline constexpr std::size_t kReviewKinds = 4;
int months_between(ReviewKind kind);

struct Review {
  ReviewId id;
  ReviewKind kind = ReviewKind::access_rights;
  Time due_at;
  std::optional<Time> done_at;
  std::optional<EmployeeId> done_by;
  std::string outcome;
};

enum class BreachState { open, notified, closed };
CHATIKA_JSON_ENUM(BreachState, open, notified, closed)

// May name people: sealed as one box, read by the privacy officer only.
struct BreachDetails {
  std::string what;
  std::string cause;
  std::string harm;
  std::string measures;
  // What became known later; absent in records that are older.
  std::optional<Time> happened_at{};
  std::optional<std::string> inquiry{};      // what was found
  std::optional<std::string> responsible{};  // whose acts caused it
};
CHATIKA_JSON(BreachDetails, what, cause, harm, measures, happened_at, inquiry, responsible)

// One clock of a breach.
struct Notice {
  Time due;
  std::optional<Time> sent_at;
  std::string reference;  // number the authority gave
  [[nodiscard]] bool late(Time now) const { return sent_at ? *sent_at > due : now > due; }
};

struct Breach {
  BreachId id;
  SubjectId subject;  // nobody: holds the key of the details
  std::int64_t serial = 0;
  std::string number;
  Time found_at;
  std::optional<std::int64_t> people;
  std::vector<std::string> categories;
  BreachState state = BreachState::open;
  Notice notice;  // 24 hours
  Notice report;  // 72 hours
  std::optional<Time> closed_at;
  std::optional<Time> told_at{};  // the people it concerns were told
  std::string told_how{};
};

struct BreachEvent {
  std::int64_t seq = 0;
  Time at;
  std::string kind;  // "found", "corrected", "notified", "reported", "told", "closed"
  std::string actor;
};
CHATIKA_JSON(BreachEvent, seq, at, kind, actor)

enum class DutyKind {
  register_change,
  review,
  breach_notice,
  breach_report,
  approve_document,
  appoint,
  expired_blocked,  // blocked people whose period is over: a ground is written down, or they are destroyed
  other
};
CHATIKA_JSON_ENUM(DutyKind, register_change, review, breach_notice, breach_report, approve_document, appoint,
                  expired_blocked, other)

struct Task {
  TaskId id;
  DutyKind kind = DutyKind::other;
  std::string ref;
  std::string title;  // of `other`; of expired_blocked how many people
  Time due_at;
  Time created_at;
  std::optional<Time> done_at;
};

}  // namespace chatika::organisation
