#include "privacy/standing.hpp"

namespace chatika::privacy {

bool answers_for_the_operator(const Principal& who) {
  return who.kind == Principal::Kind::system || (who.kind == Principal::Kind::employee && who.officer);
}

Result<Basis> basis_for(const FieldRule& field, Purpose purpose, const Standing& standing,
                        const Principal& who, SubjectId subject, bool contract) {
  const auto bit = static_cast<Purposes>(purpose);
  if ((field.purposes() & bit) == 0) return fail(Errc::forbidden, "the register does not allow this purpose");
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (field.legal_duty & bit) {
    const bool own = who.kind != Principal::Kind::system && who.id == subject;
    if (standing.blocked_at && !answers_for_the_operator(who))
      return fail(Errc::blocked, "the subject is blocked");
    if (!own && !answers_for_the_operator(who))
      return fail(Errc::forbidden, "only the person and the privacy officer have this purpose");
    return Basis::legal_duty;
  }
  if (standing.blocked_at) return fail(Errc::blocked, "the subject is blocked");
  if (standing.objected & bit) return fail(Errc::consent_required, "the subject objected to this purpose");
  if (field.consent & standing.granted & bit) return Basis::consent;
  if ((field.contract & bit) && (contract || standing.kind == SubjectKind::employee)) return Basis::contract;
  if (field.legitimate_interest & bit) return Basis::legitimate_interest;
  return fail(Errc::consent_required, "no basis for this purpose stands");
}

Result<void> may_write(const FieldRule& field, const Standing& standing, bool contract) {
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  if (standing.blocked_at) return fail(Errc::blocked, "the subject is blocked");
  const bool consented = (field.consent & standing.granted) != 0;
  const bool agreed = field.contract != 0 && (contract || standing.kind == SubjectKind::employee);
  // A duty alone (answering a request) gives no right to collect what rests on consent.
  const bool otherwise = field.legitimate_interest != 0 || (field.consent | field.contract) == 0;
  if (consented || agreed || otherwise) return {};
  return fail(Errc::consent_required, "no consent");
}

}  // namespace chatika::privacy
