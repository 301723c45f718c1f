#include "privacy/rights.hpp"

#include "base/text.hpp"
#include "privacy/consent.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/recipients.hpp"
#include "privacy/rights_store.hpp"

namespace chatika::privacy {
namespace {

Result<void> check_text(std::string_view text, std::size_t most, const char* pointer) {
  const auto length = text::length(text);
  if (length == 0) return fail_field(pointer, "required");
  if (length > most) return fail_field(pointer, "too_long");
  return {};
}

Result<void> check_officer(const Access& access) {
  if (!answers_for_the_operator(access.who())) return fail(Errc::forbidden, "for the privacy officer only");
  return {};
}

// Only a person whose key still is can be blocked, corrected or held.
Result<Standing> living(Access& access, SubjectId subject) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  return standing;
}

Result<void> note_restriction(Access& access, SubjectId subject, std::string_view act, std::string_view reason) {
  const auto id = new_uuid();
  store::insert_restriction(
      access.tx(), subject,
      {.id = id,
       .act = std::string(act),
       .reason_box = TRY(access.seal_for_duty(Field::restriction_reason, subject, id, reason)),
       .actor = actor(access.who()),
       .at = access.now()});
  return {};
}

Result<std::string> opened(Access& access, Field field, SubjectId subject, const Uuid& row, std::string_view box) {
  return access.open_field(field, subject, row, box, Purpose::subject_request);
}

Result<Hold> opened(Access& access, store::HoldRow row) {
  // Of an erased person nothing is left to open; such a hold was released or dropped with its reason.
  row.hold.reason = TRY(opened(access, Field::hold_reason, row.hold.subject, row.hold.id, row.reason_box));
  return std::move(row.hold);
}

Result<std::vector<Hold>> opened(Access& access, std::vector<store::HoldRow> rows) {
  std::vector<Hold> out;
  for (auto& row : rows) out.push_back(TRY(opened(access, std::move(row))));
  return out;
}

}  // namespace

Result<void> check_no_access(Access& access, SubjectId subject) {
  if (TRY(access.standing(subject)).kind != SubjectKind::employee || !store::has_access(access.tx(), subject)) return {};
  return fail(Error{.code = Errc::conflict, .cause = "an employee with access", .fields = {{"", "has_access"}}});
}

Result<bool> block_subject(Access& access, SubjectId subject, std::string_view reason) {
  CHECK(check_officer(access));
  return block_on_request(access, subject, reason);
}

Result<bool> block_on_request(Access& access, SubjectId subject, std::string_view reason) {
  CHECK(check_text(reason, kReasonChars, "/reason"));
  const auto standing = TRY(living(access, subject));
  if (standing.blocked_at) return false;
  CHECK(check_no_access(access, subject));
  CHECK(note_restriction(access, subject, "blocked", reason));
  return block(access, subject);
}

Result<bool> unblock_subject(Access& access, SubjectId subject, std::string_view reason) {
  CHECK(check_officer(access));
  CHECK(check_text(reason, kReasonChars, "/reason"));
  const auto standing = TRY(living(access, subject));
  if (!standing.blocked_at) return false;
  CHECK(note_restriction(access, subject, "unblocked", reason));
  return unblock(access, subject);
}

Result<Correction> correct(Access& access, SubjectId subject, const Correct& in) {
  const auto field = field_of(in.field);
  if (!field || !correctable(*field)) return fail_field("/field", "not_one_of");
  CHECK(check_text(in.value, kReasonChars, "/value"));
  CHECK(check_text(in.reason, kReasonChars, "/reason"));
  (void)TRY(living(access, subject));
  const Uuid row = in.row.value_or(subject);
  auto& tx = access.tx();
  Correction out{.id = new_uuid(),
                 .field = in.field,
                 .before = {},
                 .after = in.value,
                 .reason = in.reason,
                 .actor = actor(access.who()),
                 .at = access.now()};
  if (const auto box = store::sealed_box(tx, *field, subject, row)) {
    out.before = TRY(opened(access, *field, subject, row, *box));
    if (*out.before == in.value) return fail(Errc::conflict, "the field has this value already");
  }
  const auto box = TRY(access.seal_for_duty(*field, subject, row, in.value));
  if (store::set_box(tx, *field, subject, row, box) == 0) return fail(Errc::not_found, "the person has no such row");
  if (const auto index = blind_index(*field); !index.empty())
    store::set_index(tx, *field, subject,
                     access.index(index, *field == Field::visitor_email ? text::fold(in.value) : in.value));
  std::optional<std::string> old_box;
  if (out.before) old_box = TRY(access.seal_for_duty(Field::correction_old, subject, out.id, *out.before));
  store::insert_correction(
      tx, subject,
      {.id = out.id,
       .field = in.field,
       .place = row,
       .old_box = std::move(old_box),
       .new_box = TRY(access.seal_for_duty(Field::correction_new, subject, out.id, in.value)),
       .reason_box = TRY(access.seal_for_duty(Field::correction_reason, subject, out.id, in.reason)),
       .actor = out.actor,
       .at = out.at});
  tell_recipients(access, subject, Told::corrected, {in.field});
  return out;
}

Result<std::vector<Correction>> corrections_of(Access& access, SubjectId subject) {
  std::vector<Correction> out;
  for (const auto& row : store::corrections(access.tx(), subject)) {
    Correction c{.id = row.id,
                 .field = row.field,
                 .before = {},
                 .after = TRY(opened(access, Field::correction_new, subject, row.id, row.new_box)),
                 .reason = TRY(opened(access, Field::correction_reason, subject, row.id, row.reason_box)),
                 .actor = row.actor,
                 .at = row.at};
    if (row.old_box) c.before = TRY(opened(access, Field::correction_old, subject, row.id, *row.old_box));
    out.push_back(std::move(c));
  }
  return out;
}

Result<std::vector<Restriction>> restrictions_of(Access& access, SubjectId subject) {
  std::vector<Restriction> out;
  for (const auto& row : store::restrictions(access.tx(), subject))
    out.push_back({.act = row.act,
                   .reason = TRY(opened(access, Field::restriction_reason, subject, row.id, row.reason_box)),
                   .actor = row.actor,
                   .at = row.at});
  return out;
}

Result<Hold> place_hold(Access& access, SubjectId subject, const PlaceHold& in) {
  CHECK(check_text(in.article, kArticleChars, "/article"));
  CHECK(check_text(in.reason, kReasonChars, "/reason"));
  const auto field = field_of(in.field);
  const bool known = in.field == kBookings || (field && rule(*field).category == Category::visitor &&
                                               rule(*field).purposes() != bits(Purpose::subject_request));
  if (!known) return fail_field("/field", "not_one_of");
  (void)TRY(living(access, subject));
  Hold hold{.id = HoldId::fresh(),
            .subject = subject,
            .field = in.field,
            .article = in.article,
            .reason = in.reason,
            .placed_by = actor(access.who()),
            .placed_at = access.now()};
  const auto refusal = store::insert_hold(
      access.tx(), {hold, TRY(access.seal_for_duty(Field::hold_reason, subject, hold.id, in.reason))});
  if (refusal == db::Refusal::unique) return fail(Errc::conflict, "the field is held already");
  access.audit(subject);
  return hold;
}

Result<Hold> release_hold(Access& access, HoldId id, std::string_view reason) {
  CHECK(check_text(reason, kReasonChars, "/reason"));
  auto& tx = access.tx();
  auto row = store::hold(tx, id);
  if (!row) return fail(Errc::not_found, "no such hold");
  if (row->hold.released_at) return fail(Errc::conflict, "the hold is released already");
  auto hold = TRY(opened(access, std::move(*row)));
  hold.released_at = access.now();
  hold.released_by = actor(access.who());
  store::release_hold(tx, id, *hold.released_by, *hold.released_at,
                      TRY(access.seal_for_duty(Field::hold_release, hold.subject, id, reason)));
  if (auto waiting = store::live_erasure(tx, hold.subject); waiting && waiting->state == ErasureState::held) {
    waiting->state = ErasureState::planned;
    waiting->due_at = access.now();
    store::save_erasure(tx, *waiting);
  }
  return hold;
}

std::vector<std::string> held_fields(db::Tx& tx, SubjectId subject) {
  std::vector<std::string> out;
  for (const auto& row : store::holds_of(tx, subject))
    if (!row.hold.released_at) out.push_back(row.hold.field);
  return out;
}

Result<std::vector<Hold>> holds(Access& access, const HoldPage& page) {
  return opened(access, store::holds(access.tx(), page));
}

Result<std::vector<Hold>> holds_of(Access& access, SubjectId subject) {
  return opened(access, store::holds_of(access.tx(), subject));
}

}  // namespace chatika::privacy
