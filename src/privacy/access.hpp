// One operation of one principal on one tenant's data: the transaction, who acts, the time, and the only way
// to personal data. What it sealed and opened becomes one audit row, in the same commit: no audit row, no
// operation.
//
// Refuses: a purpose the register does not allow, a visitor reaching for another person, reading or writing
// about a person without a basis that stands (see standing.hpp).
#pragma once

#include <bitset>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "privacy/principal.hpp"
#include "privacy/register.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy {

inline constexpr std::size_t kSubjectKeysCached = 4096;  // of one tenant

// The keys of one open tenant. Used by one operation at a time (the executor's promise).
class TenantKeys {
 public:
  TenantKeys(TenantId tenant, crypto::Key key);
  [[nodiscard]] TenantId tenant() const { return tenant_; }

  // Makes and wraps a key; the box goes into subject.key_box.
  std::string new_subject_key(SubjectId subject);
  const crypto::Key* cached(SubjectId subject);
  Result<const crypto::Key*> unwrap(SubjectId subject, std::string_view box);
  void forget(SubjectId subject);
  // Blind index of a normalised value; `column` as "visitor.phone".
  std::string index(std::string_view column, std::string_view value) { return index_(column, value); }

 private:
  const crypto::Key* keep(SubjectId subject, crypto::Key key);

  struct Entry {
    SubjectId subject;
    crypto::Key key;
  };
  TenantId tenant_;
  crypto::Key key_;
  crypto::BlindIndex index_;
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
};

}  // namespace chatika::privacy
