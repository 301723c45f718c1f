// The responsible person's appointment, internal documents with their approval, the staff's signatures under
// them.
//
// Refuses: to approve a text other than the one that was shown, to sign a document that is not to be signed,
// to appoint without an order.
#pragma once

#include <array>
#include <string_view>

#include "base/result.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

struct Order {
  EmployeeId employee;
  std::string number;
  std::string date;  // YYYY-MM-DD
};
// Ends the appointment before, if any; the caller moves the officer's flag with it. `text`: the order as it
// was shown.
Result<Appointment> appoint(privacy::Access& access, const Order& order, const Paper& text);
// Errc::conflict when nobody is appointed.
Result<Appointment> end_appointment(privacy::Access& access);
std::optional<Appointment> responsible(privacy::Access& access);
std::vector<Appointment> appointments(privacy::Access& access);  // newest first

struct Approval {
  PaperKind kind = PaperKind::policy;
  Paper paper;
  std::string hash;                   // of the text the approver has seen
  std::optional<Time> in_force_from;  // absent: from now on; never in the past
};
// The next version; the one before stays in force until then. The approver has read it: signed at once.
// Errc::conflict when the hash is of another text or this text is approved already.
Result<PaperVersion> approve(privacy::Access& access, const Approval& approval);

enum class PaperState { missing, approved, changed };
CHATIKA_JSON_ENUM(PaperState, missing, approved, changed)
struct PaperStanding {
  PaperKind kind = PaperKind::policy;
  PaperState state = PaperState::missing;
  std::optional<PaperVersion> latest;
};
// `generated`: the hash of the text as the program makes it today, by kind, in the language that was
// approved.
using Generated = std::function<std::string(PaperKind, std::string_view language)>;
std::array<PaperStanding, kPaperKinds> standing_of(privacy::Access& access, const Generated& generated);

std::vector<PaperVersion> versions(privacy::Access& access);  // by kind, newest first
// The exact text that was approved. Errc::not_found.
Result<std::string> text_of(privacy::Access& access, const PaperVersion& version);
Result<PaperVersion> version(privacy::Access& access, PaperId id);

// Approved versions the employee has yet to sign; those not in force yet among them.
std::vector<PaperVersion> to_sign(privacy::Access& access, EmployeeId employee);
// The acting employee signs. Repeating it changes nothing. Errc::conflict when the hash is of another text or
// the version is superseded.
Result<void> sign(privacy::Access& access, PaperId document, std::string_view hash);
std::vector<Signature> signatures(privacy::Access& access);

}  // namespace chatika::organisation
