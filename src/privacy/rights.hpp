// What a person may ask for and the privacy officer does: blocking with its reason, correction with its history, and the
// holds that keep a field against erasure.
//
// Refuses: a hold without article or reason, a correction of what is not the person's own word, everyone but the privacy
// officer and the system.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/types.hpp"
#include "privacy/access.hpp"
#include "privacy/holdings.hpp"

namespace chatika::privacy {

inline constexpr std::size_t kReasonChars = 1000;
inline constexpr std::size_t kArticleChars = 200;

// Blocking (152-FZ art. 21(1)) and unblocking; the reason is kept, sealed. False: was so already.
// Errc::conflict of an employee with access: their data rest on the contract, and only an owner ends it. Without it whoever
// answers for data could lock an owner out.
Result<void> check_no_access(Access& access, SubjectId subject);
Result<bool> block_subject(Access& access, SubjectId subject, std::string_view reason);
// The same because of a proven request: from the moment it is made, whoever's act it is.
Result<bool> block_on_request(Access& access, SubjectId subject, std::string_view reason);
Result<bool> unblock_subject(Access& access, SubjectId subject, std::string_view reason);

struct Restriction {
  std::string act;  // "blocked" or "unblocked"
  std::string reason;
  std::string actor;
  Time at;
};
CHATIKA_JSON(Restriction, act, reason, actor, at)

struct Correction {
  Uuid id;
  std::string field;
  std::optional<std::string> before;
  std::string after;
  std::string reason;
  std::string actor;
  Time at;
};
CHATIKA_JSON(Correction, id, field, before, after, reason, actor, at)

struct Correct {
  std::string field;        // key of a correctable field
  std::optional<Uuid> row;  // which row, when the person may have several (a lead); absent: the person's own
  std::string value;        // normalised by the caller: a phone as E.164, no blanks around
  std::string reason;
};
// Also of a blocked person: that is what one blocks for. The keyed image follows, recipients are told. Errc::not_found for
// an unknown person or row, Errc::invalid with the field for what cannot be corrected, Errc::conflict when nothing changes.
Result<Correction> correct(Access& access, SubjectId subject, const Correct& correction);

using HoldId = Id<struct HoldTag>;
struct Hold {
  HoldId id;
  SubjectId subject;
  std::string field;
  std::string article;
  std::string reason;
  std::string placed_by;
  Time placed_at;
  std::optional<std::string> released_by;
  std::optional<Time> released_at;
};
CHATIKA_JSON(Hold, id, subject, field, article, reason, placed_by, placed_at, released_by, released_at)

struct PlaceHold {
  std::string field;    // key of a sealed field, or kBookings
  std::string article;  // of the law that asks for it
  std::string reason;
};
// Errc::invalid without article or reason or with an unknown field, Errc::conflict when the field is held already,
// Errc::gone for an erased person.
Result<Hold> place_hold(Access& access, SubjectId subject, const PlaceHold& hold);
// The erasure that waited for it goes on at once (the next run of the job). Errc::not_found, Errc::conflict (released).
Result<Hold> release_hold(Access& access, HoldId id, std::string_view reason);
std::vector<std::string> held_fields(db::Tx& tx, SubjectId subject);
struct HoldPage {
  bool active = true;
  std::optional<Time> before_at;  // both or none: the last of the page before
  Uuid before_id;
  std::size_t limit = 50;
};
Result<std::vector<Hold>> holds(Access& access, const HoldPage& page);  // newest first
Result<std::vector<Hold>> holds_of(Access& access, SubjectId subject);
Result<std::vector<Correction>> corrections_of(Access& access, SubjectId subject);
Result<std::vector<Restriction>> restrictions_of(Access& access, SubjectId subject);

}  // namespace chatika::privacy
