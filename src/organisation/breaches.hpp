// The breach register (152-FZ art. 21(3.1)): what happened, the 24-hour and the 72-hour clock, what was sent
// and when. The description may name people: it is sealed and only the privacy officer reads it.
//
// Refuses: a breach found in the future, a report before the notice, a number for what was sent already, to
// close while a clock runs.
#pragma once

#include "base/result.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

inline constexpr std::size_t kBreachCategories = 20;

struct Circumstances {
  Time found_at;
  BreachDetails details;
  std::optional<std::int64_t> people;
  std::vector<std::string> categories;
};
struct BreachFile {
  Breach breach;
  BreachDetails details;
  std::vector<BreachEvent> events;
};

// Starts both clocks, counted from `found_at`.
Result<BreachFile> report_breach(privacy::Access& access, const Circumstances& said, std::string_view zone);
// An earlier discovery moves the clocks that still run.
Result<BreachFile> correct_breach(privacy::Access& access, BreachId id, const Circumstances& said,
                                  std::string_view zone);

// To the authority within 24 and 72 hours; to the people whose data it is, when they are told.
enum class NoticeKind { notice, report, persons };
CHATIKA_JSON_ENUM(NoticeKind, notice, report, persons)
struct Sent {
  NoticeKind kind = NoticeKind::notice;
  std::string reference;        // number and date the authority gave; how people were told
  std::optional<Time> sent_at;  // absent: now
};
Result<BreachFile> mark_sent(privacy::Access& access, BreachId id, const Sent& sent);
Result<BreachFile> close_breach(privacy::Access& access, BreachId id);

Result<BreachFile> breach(privacy::Access& access, BreachId id);
Result<std::vector<BreachFile>> breaches(privacy::Access& access);  // newest first, without events
// The clocks only: nothing is opened.
std::vector<Breach> breach_clocks(privacy::Access& access);

}  // namespace chatika::organisation
