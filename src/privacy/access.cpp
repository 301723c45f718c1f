#include "privacy/access.hpp"

#include <algorithm>

#include "privacy/audit.hpp"
#include "privacy/consent.hpp"
#include "privacy/privacy_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::uint32_t kTenantKeyVersion = 1;
constexpr std::uint32_t kSubjectKeyVersion = 1;

crypto::Place key_place(TenantId tenant, SubjectId subject) {
  return {tenant, "subject", "key_box", subject};
}

}  // namespace

std::string actor(const Principal& who) {
  switch (who.kind) {
    case Principal::Kind::system:
      return "system";
    case Principal::Kind::visitor:
      return "visitor:" + to_string(who.id);
    case Principal::Kind::employee:
      return "employee:" + to_string(who.id);
  }
  return "system";
}

TenantKeys::TenantKeys(TenantId tenant, crypto::Key key)
    : tenant_(tenant), key_(std::move(key)), index_(key_.derive("blind index")) {}

std::string TenantKeys::new_subject_key(SubjectId subject) {
  auto key = crypto::Key::fresh();
  auto box = crypto::wrap(key_, kTenantKeyVersion, key_place(tenant_, subject), key);
  keep(subject, box, std::move(key));
  return box;
}

const crypto::Key* TenantKeys::cached(SubjectId subject, std::optional<std::string_view> box) {
  const auto found = by_subject_.find(subject);
  if (found == by_subject_.end() || (box && found->second->box != *box)) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return &found->second->key;
}

Result<const crypto::Key*> TenantKeys::unwrap(SubjectId subject, std::string_view box) {
  auto key = TRY(crypto::unwrap(key_, key_place(tenant_, subject), box));
  return keep(subject, box, std::move(key));
}

TenantKeys::Evidence TenantKeys::seal_evidence(const Uuid& row, std::string_view text) const {
  const auto key = crypto::Key::fresh();
  return {crypto::wrap(evidence_key(), kTenantKeyVersion, {tenant_, "destruction", "key_box", row}, key),
          crypto::seal(key, kSubjectKeyVersion, {tenant_, "destruction", "act_box", row}, text)};
}

Result<std::string> TenantKeys::open_evidence(const Uuid& row, std::string_view key_box,
                                              std::string_view text_box) const {
  const auto key = TRY(crypto::unwrap(evidence_key(), {tenant_, "destruction", "key_box", row}, key_box));
  return crypto::open(key, {tenant_, "destruction", "act_box", row}, text_box);
}

void TenantKeys::forget(SubjectId subject) {
  const auto found = by_subject_.find(subject);
  if (found == by_subject_.end()) return;
  recent_.erase(found->second);
  by_subject_.erase(found);
}

const crypto::Key* TenantKeys::keep(SubjectId subject, std::string_view box, crypto::Key key) {
  forget(subject);
  if (recent_.size() >= kSubjectKeysCached) forget(recent_.back().subject);
  recent_.push_front({subject, std::string(box), std::move(key)});
  by_subject_[subject] = recent_.begin();
  return &recent_.front().key;
}

Access::Access(db::Tx& tx, TenantKeys& keys, const Principal& who, Time now, std::string_view operation)
    : tx_(tx), keys_(keys), who_(who), now_(now), operation_(operation) {}

SubjectId Access::new_subject(SubjectKind kind) {
  const auto subject = SubjectId::fresh();
  const Standing nothing{.kind = kind};
  store::insert_subject(tx_, subject, nothing, keys_.new_subject_key(subject), now_);
  audit(subject);
  return subject;
}

void Access::audit(SubjectId subject) {
  touched_ = true;
  if (std::find(subjects_.begin(), subjects_.end(), subject) == subjects_.end()) subjects_.push_back(subject);
}

Result<Access::Known*> Access::known(SubjectId subject) {
  for (auto& person : people_)
    if (person.subject == subject) return &person;
  auto row = store::subject(tx_, subject);
  if (!row) return fail(Errc::not_found, "no such subject");
  people_.push_back({subject, row->standing, std::move(row->key_box), {}});
  return &people_.back();
}

Result<Standing> Access::standing(SubjectId subject) {
  return TRY(known(subject))->standing;
}

void Access::standing_changed(SubjectId subject) {
  people_.remove_if([&](const Known& person) { return person.subject == subject; });
}

void Access::destroy_key(SubjectId subject) {
  store::destroy_key(tx_, subject, now_);
  keys_.forget(subject);
  standing_changed(subject);
  audit(subject);
}

Result<void> Access::renew_key(SubjectId subject) {
  if (TRY(known(subject))->standing.erased_at) return fail(Errc::gone, "the subject's key is destroyed");
  keys_.forget(subject);
  store::set_key(tx_, subject, keys_.renew_subject_key(subject));
  standing_changed(subject);
  audit(subject);
  return {};
}

void Access::close(SubjectId subject) {
  if (keys_.closing() == nullptr || !*keys_.closing() || std::ranges::find(closed_, subject) != closed_.end()) return;
  closed_.push_back(subject);
  (*keys_.closing())(*this, subject);
}

bool Access::contract(SubjectId subject) {
  const auto person = known(subject);
  return person && has_contract(**person);
}

Result<std::string> Access::seal_for_duty(Field field, SubjectId subject, const Uuid& row, std::string_view text) {
  // Why somebody is blocked is written of a proven request too (art. 21(1)): nothing is read or allowed by it.
  if (field != Field::restriction_reason && !answers_for_the_operator(who_))
    return fail(Errc::forbidden, "for the privacy officer only");
  const auto* key = TRY(key_of(subject));
  const auto& r = rule(field);
  audit(subject);
  written_.set(static_cast<std::size_t>(field));
  return crypto::seal(*key, kSubjectKeyVersion, {keys_.tenant(), r.table, r.column, row}, text);
}

bool Access::has_contract(Known& person) {
  if (!person.contract) person.contract = store::has_live_booking(tx_, person.subject, now_);
  return *person.contract;
}

Result<const crypto::Key*> Access::key_of(SubjectId subject) {
  const auto* person = TRY(known(subject));
  if (person->standing.erased_at) return fail(Errc::gone, "the subject's key is destroyed");
  if (const auto* key = keys_.cached(subject, person->key_box)) return key;
  return keys_.unwrap(subject, person->key_box);
}

Result<std::string> Access::seal_box(Field field, SubjectId subject, const Uuid& row, std::string_view text) {
  const auto& r = rule(field);
  CHECK(check_reach(field, subject));
  auto* person = TRY(known(subject));
  const bool consented = (r.consent & person->standing.granted) != 0;
  CHECK(may_write(r, person->standing, r.contract != 0 && !consented && has_contract(*person)));
  const auto* key = TRY(key_of(subject));
  audit(subject);
  written_.set(static_cast<std::size_t>(field));
  return crypto::seal(*key, kSubjectKeyVersion, {keys_.tenant(), r.table, r.column, row}, text);
}

// A visitor sees the name of the employee who answers, and otherwise only their own data.
Result<void> Access::check_reach(Field field, SubjectId subject) const {
  if (who_.kind == Principal::Kind::visitor && rule(field).category == Category::visitor &&
      who_.id != subject)
    return fail(Errc::not_found, "a visitor reached for another person");
  return {};
}

Result<std::string> Access::open_box(Field field, SubjectId subject, const Uuid& row, std::string_view box,
                                     Purpose purpose) {
  const auto& r = rule(field);
  const auto bit = static_cast<Purposes>(purpose);
  CHECK(check_reach(field, subject));
  auto* person = TRY(known(subject));
  const bool consented = (r.consent & person->standing.granted & bit) != 0;
  const bool contract = (r.contract & bit) != 0 && !consented && has_contract(*person);
  const auto basis = TRY(basis_for(r, purpose, person->standing, who_, subject, contract));
  const auto* key = TRY(key_of(subject));
  audit(subject);
  read_.set(static_cast<std::size_t>(field));
  purposes_ = static_cast<Purposes>(purposes_ | bit);
  bases_ = static_cast<std::uint8_t>(bases_ | 1U << static_cast<unsigned>(basis));
  return crypto::open(*key, {keys_.tenant(), r.table, r.column, row}, box);
}

std::string Access::detail() const {
  std::string out = "{";
  const auto begin_list = [&](std::string_view name) {
    if (out.size() > 1) out += ',';
    out += '"';
    out += name;
    out += "\":[";
  };
  const auto item = [&](std::string_view text) {
    if (out.back() != '[') out += ',';
    out += '"';
    out += text;
    out += '"';
  };
  const auto fields = [&](std::string_view list, const std::bitset<kFields>& set) {
    if (set.none()) return;
    begin_list(list);
    for (std::size_t i = 0; i < kFields; ++i) {
      if (!set.test(i)) continue;
      const auto& r = rule(static_cast<Field>(i));
      item(std::string(r.table) + "." + std::string(r.column));
    }
    out += ']';
  };
  begin_list("subjects");
  for (const auto& subject : subjects_) item(to_string(subject));
  out += ']';
  fields("read", read_);
  fields("written", written_);
  if (purposes_ != 0) {
    begin_list("purposes");
    for (unsigned bit = 0; bit < kPurposes; ++bit)
      if (purposes_ & (1U << bit)) item(name(static_cast<Purpose>(1U << bit)));
    out += ']';
  }
  if (bases_ != 0) {
    begin_list("bases");
    for (unsigned i = 0; i < kBases; ++i)
      if (bases_ & (1U << i)) item(name(static_cast<Basis>(i)));
    out += ']';
  }
  return out + "}";
}

void Access::finish() {
  if (touched_)
    append_audit(tx_, {.at = now_,
                       .actor = actor(who_),
                       .operation = std::string(operation_),
                       .detail = detail(),
                       .subjects = subjects_,
                       .from = who_.from});
}

}  // namespace chatika::privacy
