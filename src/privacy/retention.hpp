// For how long: the tenant's periods within the register's limits, and the sweep that keeps them. A sweep goes through the
// data in slices, each an operation of its own, so that chat never waits for more than one; what is left after a crash is
// taken up where it stood. Sweeping twice does the same as once.
//
// People whose last contact is too long ago are planned for erasure (erasure.hpp carries it out); old conversations and
// leads go though their person stays; addresses are truncated; daily numbers without persons are counted before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/types.hpp"
#include "privacy/access.hpp"
#include "privacy/checkpoint.hpp"
#include "privacy/register.hpp"

namespace chatika::privacy {

inline constexpr std::string_view kGrace = "grace";  // days between withdrawal and erasure
inline constexpr int kGraceDays = 3;
inline constexpr int kMostGraceDays = 30;  // 152-FZ art. 21(5)
inline constexpr auto kSweepEvery = std::chrono::hours(24);
// Blocking does not stop the period: what is over is destroyed (152-FZ art. 21(4)), unless a ground is written down as a hold.
// So much of the 30 days the privacy officer has for that.
inline constexpr auto kBlockedNotice = std::chrono::days(25);
inline constexpr std::string_view kExpiredBlocked = "blocked";  // how a sweep's report counts them
inline constexpr std::size_t kSliceRows = 100;

struct Period {
  std::string category;  // name of a privacy::Retention, or "grace"
  int days = 0;
  int min_days = 0;
  int max_days = 0;
  int default_days = 0;
  bool fixed = false;  // the law leaves no choice
};
CHATIKA_JSON(Period, category, days, min_days, max_days, default_days, fixed)

std::vector<Period> periods(Access& access);
int days_of(Access& access, Retention retention);
int grace_days(db::Tx& tx);
// Errc::not_found for an unknown category, Errc::invalid outside its limits.
Result<Period> set_period(Access& access, std::string_view category, std::int64_t days);

struct SweepCount {
  std::string name;
  std::int64_t rows = 0;
};
CHATIKA_JSON(SweepCount, name, rows)
struct SweepReport {
  Uuid id;
  Time started_at;
  std::optional<Time> finished_at;
  std::int64_t done = 0;   // people looked at
  std::int64_t total = 0;  // as counted at the start
  std::vector<SweepCount> counts;
  std::string error;  // of the last failed slice; "" when none failed
};
CHATIKA_JSON(SweepReport, id, started_at, finished_at, done, total, counts, error)

std::optional<SweepReport> last_sweep(db::Tx& tx);
// Begins one unless one is under way.
SweepReport start_sweep(Access& access);
// The next slice of the sweep under way; nothing when there is none. `attempt` above 1: the slice failed before.
Result<std::optional<SweepReport>> sweep_slice(Access& access, int attempt = 1);

// Lets rows of the audit go whose period is over, some of each lane: the new floors, which the caller puts into the anchor
// file after the commit. Empty: none is left that old.
std::vector<Checkpoint> let_audit_go(Access& access, const crypto::SigningKey& key);

struct DayNumber {
  std::int64_t day = 0;  // since 1970-01-01, UTC
  std::string name;      // "conversations", "bookings", "leads"
  std::int64_t value = 0;
};
CHATIKA_JSON(DayNumber, day, name, value)
std::vector<DayNumber> statistics(db::Tx& tx, std::int64_t from_day, std::int64_t to_day);

}  // namespace chatika::privacy
