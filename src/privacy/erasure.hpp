// Erasing a person: planned, then carried out. First the entry in the ledger is on the disk, then one transaction takes
// the rows, the keyed images and the key. Killed in between, the tenant finishes it before it serves anything else.
//
// Fields under a legal hold, and those a live booking needs, stay: then the key is changed, so that what went cannot be
// opened with the one that is left, and the rest is planned again for when the ground ends.
//
// Refuses: to erase without a ledger; to serve a tenant whose data is behind its ledger by more than it had planned itself.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "privacy/access.hpp"
#include "privacy/erasure_ledger.hpp"

namespace chatika::privacy {

using ErasureId = Id<struct ErasureTag>;
enum class ErasureState { planned, held, done, cancelled };
CHATIKA_JSON_ENUM(ErasureState, planned, held, done, cancelled)

struct Erasure {
  ErasureId id;
  SubjectId subject;
  ErasureReason reason = ErasureReason::request;
  ErasureState state = ErasureState::planned;
  std::string actor;
  Time planned_at;
  Time due_at;       // done from then on
  Time deadline_at;  // and must be done by then
  std::optional<Time> done_at;
  std::optional<std::int64_t> ledger_seq;
  std::vector<std::string> kept;  // fields that stayed
};
CHATIKA_JSON(Erasure, id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept)

struct ErasurePlan {
  ErasureReason reason = ErasureReason::request;
  std::optional<Time> due;       // absent: after the tenant's grace when consent was withdrawn, at once otherwise
  std::optional<Time> deadline;  // absent: 30 calendar days (art. 21(4), 21(5)); the caller knows business days
};
// The person's live plan is kept: brought forward when this one is earlier. Errc::not_found, Errc::gone (erased),
// Errc::conflict for an employee, whose data rest on the contract.
Result<Erasure> plan_erasure(Access& access, SubjectId subject, const ErasurePlan& plan);
// Takes a plan back (the consent was given anew). False: there was none.
bool cancel_erasure(Access& access, SubjectId subject);
// Carries out what is due, at most `limit`; how many that was. For the job: a plan must be committed before it is carried
// out, or a crash in between would leave an entry in the ledger that the data knows nothing of.
Result<std::size_t> erase_due(Access& access, std::size_t limit);
std::optional<Time> next_due(db::Tx& tx);
// It cannot be destroyed in time (art. 21(6)): blocked, and destroyed within six months.
Result<Erasure> postpone_erasure(Access& access, SubjectId subject, std::string_view reason);
std::vector<Erasure> erasures_of(db::Tx& tx, SubjectId subject);

// Where a test may kill the program.
enum class Step { before_ledger, after_ledger, before_commit };

// One tenant's ledger and whether its data has followed it. Used by one operation at a time.
class ErasureKeeper {
 public:
  struct Operator {  // of the data, as the act names it
    std::string name;
    std::string address;
    bool clinic = false;  // shorter defaults of retention
  };
  // `named` is asked at each act: a business may change its name or its address.
  ErasureKeeper(ErasureLedger ledger, std::function<Operator()> named)
      : ledger_(std::move(ledger)), operator_(std::move(named)) {}

  // Before every operation: the data has followed the ledger. Cheap once it is known. Finishes what the data itself had
  // planned; Errc::unavailable with a cause for the operator for anything else.
  Result<void> ready(Access& access);
  // Follows the ledger to its end. How many entries that were.
  Result<std::size_t> replay(Access& access);
  // An operation failed: what it wrote to the ledger may not be in the data.
  void doubt() { followed_ = false; }
  [[nodiscard]] bool followed() const { return followed_; }

  ErasureLedger& ledger() { return ledger_; }
  [[nodiscard]] Operator operator_of_data() const { return operator_(); }
  std::function<void(Step)> at_step;  // tests

 private:
  ErasureLedger ledger_;
  std::function<Operator()> operator_;
  std::atomic<bool> followed_ = false;
  std::string closed_;  // why, while it is
  std::chrono::steady_clock::time_point look_again_{};
};

}  // namespace chatika::privacy
