// One operation of one principal on one tenant's data: the transaction, who acts, the time, and the only way
// to personal data. What it sealed and opened becomes one audit row, in the same commit: no audit row, no
// operation.
//
// Refuses: a purpose the register does not allow, a visitor reaching for another person, reading or writing
// about a person without a basis that stands (see standing.hpp).
#pragma once

#include <bitset>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "privacy/principal.hpp"
#include "privacy/register.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy {

class Access;
class ErasureKeeper;

// Whoever keeps lines open to people (sockets, panels) is told in the operation that closes a person's data to everyday work
// or is about to erase them: their rows are still there.
using Closing = std::function<void(Access&, SubjectId)>;

inline constexpr std::size_t kSubjectKeysCached = 4096;  // of one tenant

// The keys of one open tenant. Used by one operation at a time (the executor's promise).
class TenantKeys {
 public:
  TenantKeys(TenantId tenant, crypto::Key key);
  [[nodiscard]] TenantId tenant() const { return tenant_; }

  // Makes and wraps a key; the box goes into subject.key_box.
  std::string new_subject_key(SubjectId subject);
  // `box`: what the row says now. Another node may have given the person another key since: then nothing is cached.
  const crypto::Key* cached(SubjectId subject, std::optional<std::string_view> box = {});
  Result<const crypto::Key*> unwrap(SubjectId subject, std::string_view box);
  void forget(SubjectId subject);
  void forget_all() {
    recent_.clear();
    by_subject_.clear();
  }
  // Before an operation: if the one before gave a person another key, it may have been undone since.
  void settle() {
    if (renewed_) forget_all();
    renewed_ = false;
  }
  std::string renew_subject_key(SubjectId subject) {
    renewed_ = true;
    return new_subject_key(subject);
  }
  // Evidence of destruction: each text under a key of its own, which goes with its row.
  struct Evidence {
    std::string key_box;
    std::string text_box;
  };
  [[nodiscard]] Evidence seal_evidence(const Uuid& row, std::string_view text) const;
  [[nodiscard]] Result<std::string> open_evidence(const Uuid& row, std::string_view key_box,
                                                  std::string_view text_box) const;
  [[nodiscard]] crypto::Key ledger_key() const { return key_.derive("erasure ledger"); }
  // Lives as long as these keys; none: nothing can be erased.
  void set_keeper(ErasureKeeper* keeper) { keeper_ = keeper; }
  [[nodiscard]] ErasureKeeper* keeper() const { return keeper_; }
  void set_closing(const Closing* closing) { closing_ = closing; }
  [[nodiscard]] const Closing* closing() const { return closing_; }

  // Blind index of a normalised value; `column` as "visitor.phone".
  std::string index(std::string_view column, std::string_view value) { return index_(column, value); }

 private:
  const crypto::Key* keep(SubjectId subject, std::string_view box, crypto::Key key);
  [[nodiscard]] crypto::Key evidence_key() const { return key_.derive("destruction evidence"); }

  struct Entry {
    SubjectId subject;
    std::string box;
    crypto::Key key;
  };
  TenantId tenant_;
  crypto::Key key_;
  crypto::BlindIndex index_;
  ErasureKeeper* keeper_ = nullptr;
  const Closing* closing_ = nullptr;
  bool renewed_ = false;
  std::list<Entry> recent_;  // most recent first
  std::unordered_map<SubjectId, std::list<Entry>::iterator> by_subject_;
};

// A sealed field of a row, as stores read and write it.
template <Field F>
struct Sealed {
  SubjectId subject;
  Uuid row;
  std::string box;
};

// The codes that say "this person's data are not for you now", as against "something is wrong".
constexpr bool closed_to(Errc code) {
  return code == Errc::consent_required || code == Errc::blocked || code == Errc::gone;
}

class Access {
 public:
  Access(db::Tx& tx, TenantKeys& keys, const Principal& who, Time now, std::string_view operation);
  Access(const Access&) = delete;

  [[nodiscard]] db::Tx& tx() { return tx_; }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const Principal& who() const { return who_; }

  // A new person with a key of their own.
  SubjectId new_subject(SubjectKind kind);
  // Errc::not_found for an unknown one. Read once an operation.
  Result<Standing> standing(SubjectId subject);
  // After the subject's row was changed in this operation.
  void standing_changed(SubjectId subject);
  // Destroys the subject's key: nothing it sealed can ever be opened again. The row stays as a tombstone.
  void destroy_key(SubjectId subject);
  // A new key in place of the old one: what is not sealed anew can never be opened again.
  Result<void> renew_key(SubjectId subject);
  // The person's data are closed from this operation on: tells whoever is listed in TenantKeys, once an operation.
  void close(SubjectId subject);
  // A contract with the person is alive.
  bool contract(SubjectId subject);

  // By the register's row instead of by type: for what walks the register. The same rules as open().
  Result<std::string> open_field(Field field, SubjectId subject, const Uuid& row, std::string_view box, Purpose purpose) {
    return open_box(field, subject, row, box, purpose);
  }
  // Writing that the operator's duty asks for (correction, truncation, why a field is held): also about a blocked person
  // or one without consent, never about an erased one. For the privacy officer and the system.
  Result<std::string> seal_for_duty(Field field, SubjectId subject, const Uuid& row, std::string_view text);

  [[nodiscard]] ErasureKeeper* keeper() const { return keys_.keeper(); }
  TenantKeys::Evidence seal_evidence(const Uuid& row, std::string_view text) { return keys_.seal_evidence(row, text); }
  Result<std::string> open_evidence(const Uuid& row, std::string_view key_box, std::string_view text_box) {
    return keys_.open_evidence(row, key_box, text_box);
  }

  template <Field F>
  Result<Sealed<F>> seal(SubjectId subject, const Uuid& row, std::string_view text) {
    auto box = seal_box(F, subject, row, text);
    if (!box) return fail(std::move(box).error());
    return Sealed<F>{subject, row, std::move(*box)};
  }
  template <Field F>
  Result<std::string> open(const Sealed<F>& sealed, Purpose purpose) {
    return open_box(F, sealed.subject, sealed.row, sealed.box, purpose);
  }
  // nullopt where the person's standing leaves no basis; an error for everything else.
  template <Field F>
  Result<std::optional<std::string>> open_if_allowed(const Sealed<F>& sealed, Purpose purpose) {
    auto text = open(sealed, purpose);
    if (text) return std::optional(std::move(*text));
    if (closed_to(text.error().code)) return std::optional<std::string>();
    return fail(std::move(text).error());
  }

  std::string index(std::string_view column, std::string_view value) { return keys_.index(column, value); }

  // Counts the operation as one that must be audited though it touched no sealed field, about these subjects.
  void audit(SubjectId subject);
  void audit() { touched_ = true; }

  // The operation left durable work that is due then: the runner is told after the commit, not before.
  void wake_at(Time due) {
    if (!wake_ || due < *wake_) wake_ = due;
  }
  [[nodiscard]] std::optional<Time> wake() const { return wake_; }

  // Called once after the commit, in the order of commits and on a pool thread; never when the operation came to nothing.
  using AfterCommit = std::move_only_function<void()>;
  void after_commit(AfterCommit call) { after_commit_.push_back(std::move(call)); }
  [[nodiscard]] std::vector<AfterCommit> take_after_commit() { return std::exchange(after_commit_, {}); }

  // Writes the audit row if anything was touched. Called by TenantDb before the commit, once.
  void finish();

 private:
  Result<std::string> seal_box(Field field, SubjectId subject, const Uuid& row, std::string_view text);
  Result<std::string> open_box(Field field, SubjectId subject, const Uuid& row, std::string_view box,
                               Purpose purpose);
  Result<const crypto::Key*> key_of(SubjectId subject);
  [[nodiscard]] Result<void> check_reach(Field field, SubjectId subject) const;
  struct Known {
    SubjectId subject;
    Standing standing;
    std::string key_box;
    std::optional<bool> contract;  // looked up when it matters
  };
  Result<Known*> known(SubjectId subject);
  bool has_contract(Known& person);
  [[nodiscard]] std::string detail() const;

  db::Tx& tx_;
  TenantKeys& keys_;
  Principal who_;
  Time now_;
  std::string_view operation_;
  bool touched_ = false;
  std::vector<SubjectId> subjects_;  // in order of first touch
  std::bitset<kFields> read_;
  std::bitset<kFields> written_;
  Purposes purposes_ = 0;
  std::uint8_t bases_ = 0;   // bits of Basis
  std::list<Known> people_;  // looked up in this operation
  std::optional<Time> wake_;
  std::vector<SubjectId> closed_;  // told already
  std::vector<AfterCommit> after_commit_;
};

}  // namespace chatika::privacy
