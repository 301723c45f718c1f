#include "privacy/consent.hpp"

#include "privacy/access.hpp"
#include "privacy/erasure.hpp"
#include "privacy/privacy_store.hpp"

namespace chatika::privacy {
namespace {

void apply(const ConsentAct& act, Standing& standing) {
  switch (act.act) {
    case Act::given:
      standing.granted = static_cast<Purposes>(standing.granted | act.purposes);
      standing.health = act.health;
      return;
    case Act::withdrawn:
      standing.granted = static_cast<Purposes>(standing.granted & ~act.purposes);
      standing.health = standing.health && !act.health;
      return;
    case Act::objected:
      standing.objected = static_cast<Purposes>(standing.objected | act.purposes);
      return;
    case Act::objection_lifted:
      standing.objected = static_cast<Purposes>(standing.objected & ~act.purposes);
      return;
  }
}

// Numbers the act, enters it and moves the standing with it.
void enter(Access& access, SubjectId subject, Standing standing, ConsentAct act) {
  auto& tx = access.tx();
  const auto acts = store::consent_acts(tx, subject);
  act.seq = acts.empty() ? 1 : acts.back().seq + 1;
  act.actor = actor(access.who());
  act.at = access.now();
  store::insert_consent(tx, subject, act);
  apply(act, standing);
  store::set_standing(tx, subject, standing);
  access.standing_changed(subject);
  access.audit(subject);
}

Result<bool> set_blocked(Access& access, SubjectId subject, bool blocked) {
  auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.blocked_at.has_value() == blocked) return false;
  standing.blocked_at = blocked ? std::optional(access.now()) : std::nullopt;
  store::set_standing(access.tx(), subject, standing);
  access.standing_changed(subject);
  access.audit(subject);
  if (blocked) access.close(subject);
  return true;
}

}  // namespace

Result<void> give_consent(Access& access, SubjectId subject, const ConsentText& text, bool health,
                          std::string_view widget_version, Channel channel) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.blocked_at) return fail(Errc::blocked, "the subject is blocked");
  store::keep_consent_text(access.tx(), text.hash, text.version, text.language, shown_text(text), access.now());
  enter(access, subject, standing,
        {.act = Act::given,
         .purposes = kConsentPurposes,
         .health = health,
         .text_hash = text.hash,
         .channel = channel,
         .actor = {},
         .widget_version = std::string(widget_version),
         .at = {}});
  return {};
}

Result<bool> withdraw_consent(Access& access, SubjectId subject, const Withdrawal& w) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if ((standing.granted & w.purposes) == 0 && !(w.health && standing.health)) return false;
  enter(access, subject, standing,
        {.act = Act::withdrawn,
         .purposes = w.purposes,
         .health = w.health && standing.health,  // what was never given cannot be withdrawn
         .text_hash = {},
         .channel = w.channel,
         .actor = {},
         .widget_version = {},
         .at = {}});
  // Whatever way it came, its end is planned (152-FZ art. 21(5)); what a live booking needs stays until the visit.
  if (!TRY(access.standing(subject)).closed()) return true;
  if (standing.kind == SubjectKind::visitor)
    (void)TRY(plan_erasure(access, subject, {.reason = ErasureReason::withdrawn}));
  access.close(subject);
  return true;
}

namespace {

Result<bool> enter_objection(Access& access, SubjectId subject, Act act, Purposes purposes, Channel channel) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  purposes &= kObjectable;
  const auto already = act == Act::objected ? standing.objected : ~standing.objected;
  if ((purposes & ~already) == 0) return false;
  enter(access, subject, standing,
        {.act = act,
         .purposes = purposes,
         .text_hash = {},
         .channel = channel,
         .actor = {},
         .widget_version = {},
         .at = {}});
  return true;
}

}  // namespace

Result<bool> object(Access& access, SubjectId subject, Purposes purposes, Channel channel) {
  return enter_objection(access, subject, Act::objected, purposes, channel);
}
Result<bool> lift_objection(Access& access, SubjectId subject, Purposes purposes, Channel channel) {
  return enter_objection(access, subject, Act::objection_lifted, purposes, channel);
}

Result<bool> block(Access& access, SubjectId subject) {
  return set_blocked(access, subject, true);
}
Result<bool> unblock(Access& access, SubjectId subject) {
  return set_blocked(access, subject, false);
}

std::vector<ConsentAct> consent_acts(db::Tx& tx, SubjectId subject) {
  return store::consent_acts(tx, subject);
}

Standing replay(SubjectKind kind, const std::vector<ConsentAct>& acts) {
  Standing standing{.kind = kind};
  for (const auto& act : acts) apply(act, standing);
  return standing;
}

std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject) {
  return store::consent_state(tx, subject);
}

}  // namespace chatika::privacy
