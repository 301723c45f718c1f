// The index of persons against the chain. Both are added up under a key made for this one walk; only when the
// sums differ each entry is looked for, so that a whole log costs no look-up a row, and a difference that
// other operations made meanwhile is no fault.
#include <algorithm>

#include "privacy/audit_store.hpp"
#include "privacy/audit_verify.hpp"

namespace chatika::privacy {
namespace {

constexpr std::int64_t kSlowRows = 500;  // a slice of rows that are looked up one by one

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t word(const SubjectId& id, std::size_t at) {
  std::uint64_t out = 0;
  for (std::size_t i = at; i < at + 8; ++i) out = out << 8U | static_cast<std::uint8_t>(id.view()[i]);
  return out;
}

// Nil for the system, whose id no person has.
Uuid actor_of(const AuditRow& row) {
  const auto colon = row.actor.find(':');
  return colon == std::string::npos
             ? Uuid{}
             : parse_uuid(std::string_view(row.actor).substr(colon + 1)).value_or(Uuid{});
}

// The entries a row has in the index: whom it is about, but who acted.
template <class F>
void each_entry(const AuditRow& row, F f) {
  if (row.subjects.empty()) return;
  const auto actor = actor_of(row);
  for (const auto& subject : subjects_of(row))
    if (subject != actor) f(IndexEntry{subject, row.at, row.lane, row.seq});
}

bool names(const AuditRow& row, const IndexEntry& entry) {
  bool found = false;
  each_entry(row,
             [&](const IndexEntry& e) { found = found || (e.subject == entry.subject && e.at == entry.at); });
  return found;
}

// The first entry that no row of the chain names.
std::optional<AuditFault> unnamed(db::Tx& tx, const std::vector<IndexEntry>& entries) {
  for (const auto& e : entries) {
    bool named = false;
    store::each_audit(tx, e.lane, e.seq - 1, 1, [&](const AuditRow& row) {
      named = row.seq == e.seq && names(row, e);
      return false;
    });
    if (!named) return AuditFault{e.lane, e.seq, AuditFault::Kind::index};
  }
  return std::nullopt;
}

}  // namespace

void IndexSum::add(const IndexEntry& e, const std::array<std::uint64_t, 2>& key) {
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const auto k = key[i] + i;
    auto h = fold(k ^ word(e.subject, 0), ~k ^ word(e.subject, 8));
    h = fold(h ^ k, ~k ^ static_cast<std::uint64_t>(to_micros(e.at)));
    h = fold(h ^ k ^ static_cast<std::uint64_t>(e.lane), ~k ^ static_cast<std::uint64_t>(e.seq));
    sum_[i] += h;
  }
  ++count_;
}

void AuditWalk::sum(const AuditRow& row) {
  each_entry(row, [&](const IndexEntry& e) { of_chain_.add(e, sum_key_); });
}

bool AuditWalk::step_index(db::Tx& tx, std::int64_t rows) {
  std::int64_t seen = 0;
  std::vector<IndexEntry> later;  // than the walk, so not in the other sum either
  store::each_indexed(tx, place_, rows, [&](const IndexEntry& e) {
    ++seen;
    place_ = e;
    const auto lane = std::ranges::find(lanes_, e.lane);
    if (lane != lanes_.end() && e.seq <= heads_[static_cast<std::size_t>(lane - lanes_.begin())])
      of_index_.add(e, sum_key_);
    else
      later.push_back(e);
  });
  if (verdict_.fault = unnamed(tx, later); verdict_.fault) return false;
  if (seen == rows) return true;
  phase_ = of_chain_ == of_index_ ? Phase::over : Phase::rows;
  at_ = 0;
  seq_ = 0;
  place_ = {};
  return phase_ != Phase::over;
}

bool AuditWalk::step_rows(db::Tx& tx, std::int64_t rows) {
  rows = std::min(rows, kSlowRows);
  std::vector<IndexEntry> wanted;
  std::int64_t seen = 0;
  store::each_audit(tx, lanes_[at_], seq_, rows, [&](const AuditRow& row) {
    ++seen;
    seq_ = row.seq;
    each_entry(row, [&](const IndexEntry& e) { wanted.push_back(e); });
    return true;
  });
  for (const auto& e : wanted)
    if (!store::is_indexed(tx, e)) return fault(e.seq, AuditFault::Kind::index);
  if (seen == rows) return true;
  seq_ = 0;
  if (++at_ == lanes_.size()) phase_ = Phase::index_rows;
  return true;
}

bool AuditWalk::step_index_rows(db::Tx& tx, std::int64_t rows) {
  rows = std::min(rows, kSlowRows);
  std::vector<IndexEntry> entries;
  store::each_indexed(tx, place_, rows, [&](const IndexEntry& e) { entries.push_back(e); });
  if (verdict_.fault = unnamed(tx, entries); verdict_.fault) return false;
  if (static_cast<std::int64_t>(entries.size()) == rows) {
    place_ = entries.back();
    return true;
  }
  phase_ = Phase::over;
  return false;
}

}  // namespace chatika::privacy
