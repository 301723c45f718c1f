// Durable work: jobs stand in the tenant's own database, are added in the transaction of their cause and are
// run by the program's runner (src/api/background.hpp) soon after the commit. What is committed is not
// forgotten by kill -9.
//
//   To add one, inside any operation:
//     struct Sweep { SubjectId subject; };  CHATIKA_JSON(Sweep, subject)
//     jobs::add(access, {.kind = "rights.sweep", .payload = json::write(Sweep{id}), .key = to_string(id)});
//
//   To run it, once at start, in a function of the room that src/api/handlers.cpp calls:
//     handlers.on("rights.sweep", [](privacy::Access& access, const jobs::Job& job) -> Result<jobs::Next> {
//       const auto in = TRY(jobs::payload<Sweep>(job));
//       …                              // all of it is ONE operation with the job's being marked done
//       return jobs::Next::done();     // or again_in(hours(1)), again_at(moment), dead("why_in_a_word")
//     });
//     handlers.every_tenant("rights.sweep");  // recurring: each tenant always has one live job of this kind
//
//   What must act outside the database (mail, HTTP) prepares in a transaction, acts without one and finishes
//   in a second one: `handlers.on_outside(kind, prepare)`. It runs at least once; so it must be idempotent.
//
// An error, an exception or a lost process counts as an attempt: the job runs again after a backoff (30 s
// doubling to 6 h, jittered) until `max_attempts`, then it is dead: kept, shown, run again only when a person
// says so. A job whose kind has no handler here waits untouched.
//
// Refuses: payloads that carry anything but ids, numbers and short lower-case words.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "json/read.hpp"
#include "json/types.hpp"
#include "privacy/access.hpp"

namespace chatika::jobs {

using JobId = Id<struct JobTag>;

enum class State { waiting, leased, done, dead };
CHATIKA_JSON_ENUM(State, waiting, leased, done, dead)

inline constexpr std::string_view kTenantKey = "tenant";  // key of the jobs every tenant has
inline constexpr int kAttempts = 8;                       // about a day and a half
inline constexpr std::size_t kPayloadBytes = 2048;
inline constexpr auto kLease = std::chrono::minutes(5);  // longer than any handler may take
inline constexpr auto kFirstRetry = std::chrono::seconds(30);
inline constexpr auto kLastRetry = std::chrono::hours(6);
inline constexpr auto kDoneKept = std::chrono::days(7);  // dead jobs are kept until they ran

struct NewJob {
  std::string_view kind;       // "room.what", as registered
  std::string payload = "{}";  // a JSON object of ids, numbers and short words; never personal data
  std::string key;             // not empty: at most one live job of this kind and key
  std::optional<Time> run_at;  // a moment of the calendar; absent: at once
  int max_attempts = kAttempts;
};

// Adds the job within the operation's transaction. A live job of the same kind and key is kept instead (its
// id is returned): brought forward when `run_at` is earlier, run once more when it is running right now.
JobId add(privacy::Access& access, const NewJob& job);
// Takes back the waiting job of this kind and key, if there is one. One that runs right now runs to its end.
void cancel(privacy::Access& access, std::string_view kind, std::string_view key);

struct Job {
  JobId id;
  std::string kind;
  std::string key;
  std::string payload;
  int attempt = 1;         // 1 at first
  std::int64_t lease = 1;  // number of the lease this run holds
  int max_attempts = kAttempts;
  Time run_at;  // when it was due
};

// The payload as the described struct it was written from.
template <class P>
Result<P> payload(const Job& job) {
  return json::read<P>(job.payload);
}

// What becomes of a job that ran.
class Next {
 public:
  enum class Kind { done, again, dead };
  static Next done() { return Next(Kind::done); }
  // The same job waits again, with its attempts at zero: recurring work, the next slice of long work.
  static Next again_at(Time moment) { return Next(Kind::again, moment, {}); }
  static Next again_in(Micros delay) { return Next(Kind::again, {}, delay); }
  // Trying again is of no use. `code`: a short lower-case word for the panel.
  static Next dead(std::string_view code) { return Next(Kind::dead, {}, {}, code); }

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] std::optional<Time> moment() const { return moment_; }
  [[nodiscard]] Micros delay() const { return delay_; }
  [[nodiscard]] const std::string& code() const { return code_; }

 private:
  explicit Next(Kind kind, std::optional<Time> moment = {}, Micros delay = {}, std::string_view code = {})
      : kind_(kind), moment_(moment), delay_(delay), code_(code) {}
  Kind kind_;
  std::optional<Time> moment_;
  Micros delay_;
  std::string code_;
};

// Runs as the system (Principal::system), audited under the job's kind. An error undoes all of it.
using Inside = std::function<Result<Next>(privacy::Access&, const Job&)>;

// Work outside the database. `Act` is called without a transaction, on a thread of its own pool; it may block
// for less than kLease. What it returns is called in the finishing transaction, which also settles the job.
using Finish = std::move_only_function<Result<Next>(privacy::Access&)>;
using Act = std::move_only_function<Finish()>;
// Called in a transaction: what to do outside, or a Next when nothing is left to do there.
using Prepare = std::function<Result<std::variant<Next, Act>>(privacy::Access&, const Job&)>;

// Who handles what. Filled at start, constant afterwards.
class Handlers {
 public:
  void on(std::string kind, Inside handler);
  void on_outside(std::string kind, Prepare handler);
  // `kind` (registered by on) has one live job of key kTenantKey in every tenant, added by the runner's pass.
  // Its handler returns again_in or again_at.
  void every_tenant(std::string kind);

  struct Entry {
    std::string kind;
    Inside inside;  // exactly one of the two
    Prepare outside;
    bool every_tenant = false;
  };
  [[nodiscard]] const Entry* find(std::string_view kind) const;
  [[nodiscard]] const std::vector<Entry>& all() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// For people: the panel and the command line.
struct Record {
  JobId id;
  std::string kind;
  State state = State::waiting;
  int attempts = 0;
  int max_attempts = 0;
  std::string error;
  Time run_at;
  Time created_at;
  std::optional<Time> finished_at;
};
struct Page {
  std::optional<State> state;
  std::optional<Time> before_at;  // both or none: the last record of the page before
  JobId before_id;
  std::size_t limit = 50;
};
std::vector<Record> list(privacy::Access& access, const Page& page);  // newest first
std::int64_t count(privacy::Access& access, State state);
// A dead job waits again, at once, with its attempts at zero; a waiting one is brought forward.
// Errc::not_found; Errc::conflict when it runs, is done, or a live one has taken its key.
Result<Record> retry(privacy::Access& access, JobId id);

}  // namespace chatika::jobs
