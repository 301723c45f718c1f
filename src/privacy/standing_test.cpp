#include "privacy/standing.hpp"

#include <gtest/gtest.h>

namespace chatika::privacy {
namespace {

const TenantId kTenant = TenantId::fresh();
const SubjectId kPerson = SubjectId::fresh();

Principal officer() {
  auto who = Principal::employee(kTenant, EmployeeId::fresh(), Role::receptionist);
  who.officer = true;
  return who;
}
Principal receptionist() {
  return Principal::employee(kTenant, EmployeeId::fresh(), Role::receptionist);
}

// What the law says of one cell, written a second time and without the order of the checks in basis_for.
std::optional<Basis> expected(const FieldRule& f, Purposes p, const Standing& s, bool may_answer,
                              bool contract) {
  if (s.erased_at) return {};
  if (f.legal_duty & p) return may_answer ? std::optional(Basis::legal_duty) : std::nullopt;
  if (s.blocked_at || (s.objected & p)) return {};
  if (f.consent & s.granted & p) return Basis::consent;
  if (f.contract & p)
    return contract || s.kind == SubjectKind::employee ? std::optional(Basis::contract) : std::nullopt;
  if (f.legitimate_interest & p) return Basis::legitimate_interest;
  return {};
}

TEST(Standing, P2_every_field_purpose_and_standing_reads_on_its_basis_or_not_at_all) {
  const Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
  int allowed = 0;
  for (std::size_t f = 0; f < kFields; ++f)
    for (std::size_t p = 0; p < kPurposes; ++p)
      for (const Purposes granted :
           {Purposes{0}, kConsentPurposes, bits(Purpose::answering), bits(Purpose::lead)})
        for (const Purposes objected : {Purposes{0}, kObjectable})
          for (int state = 0; state < 3; ++state)
            for (const bool contract : {false, true})
              for (const bool may_answer : {false, true}) {
                const auto& field = rule(static_cast<Field>(f));
                Standing s{.kind = field.category == Category::employee ? SubjectKind::employee
                                                                        : SubjectKind::visitor,
                           .granted = granted,
                           .objected = objected};
                if (state == 1) s.blocked_at = now;
                if (state == 2) s.erased_at = now;
                const auto purpose = static_cast<Purpose>(1U << p);
                const auto basis =
                    basis_for(field, purpose, s, may_answer ? officer() : receptionist(), kPerson, contract);
                const auto wanted = expected(field, static_cast<Purposes>(purpose), s, may_answer, contract);
                ASSERT_EQ(basis.has_value(), wanted.has_value())
                    << field.table << '.' << field.column << " for " << name(purpose) << " state " << state;
                if (wanted) EXPECT_EQ(*basis, *wanted);
                if ((field.purposes() & static_cast<Purposes>(purpose)) == 0)
                  ASSERT_EQ(basis.error().code, Errc::forbidden) << "the register itself says no, whatever was agreed to";
                allowed += wanted.has_value();
              }
  EXPECT_GT(allowed, 500);
}

TEST(Standing, P17_withdrawal_leaves_what_a_contract_needs) {
  const Standing withdrawn{.kind = SubjectKind::visitor};
  const auto& email = rule(Field::visitor_email);
  EXPECT_EQ(basis_for(email, Purpose::visit, withdrawn, receptionist(), kPerson, true).value(),
            Basis::contract);
  EXPECT_FALSE(basis_for(email, Purpose::visit, withdrawn, receptionist(), kPerson, false));
  EXPECT_FALSE(basis_for(email, Purpose::lead, withdrawn, receptionist(), kPerson, true));
  EXPECT_FALSE(
      basis_for(rule(Field::visitor_phone), Purpose::callback, withdrawn, receptionist(), kPerson, true));
}

TEST(Standing, the_person_may_ask_for_their_own_data_and_a_receptionist_may_not_in_their_name) {
  const Standing plain{.kind = SubjectKind::visitor};
  const auto& name_field = rule(Field::visitor_name);
  EXPECT_TRUE(basis_for(name_field, Purpose::subject_request, plain, Principal::visitor(kTenant, kPerson),
                        kPerson, false));
  EXPECT_FALSE(basis_for(name_field, Purpose::subject_request, plain, receptionist(), kPerson, false));
}

TEST(Standing, P39_without_any_basis_nothing_is_written) {
  const Standing none{.kind = SubjectKind::visitor};
  const Standing consented{.kind = SubjectKind::visitor, .granted = kConsentPurposes};
  for (const auto field : {Field::visitor_name, Field::visitor_phone, Field::visitor_email,
                           Field::message_body, Field::conversation_dialogue, Field::lead_note}) {
    EXPECT_FALSE(may_write(rule(field), none, false)) << rule(field).column;
    EXPECT_TRUE(may_write(rule(field), consented, false)) << rule(field).column;
  }
  EXPECT_TRUE(may_write(rule(Field::visitor_email), none, true));
  EXPECT_TRUE(may_write(rule(Field::visitor_ip), none, false));
}

TEST(Standing, closed_is_who_is_blocked_erased_or_not_to_be_answered) {
  const Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
  Standing s{.kind = SubjectKind::visitor, .granted = kConsentPurposes};
  EXPECT_FALSE(s.closed());
  s.granted = bits(Purpose::lead);
  EXPECT_TRUE(s.closed());
  s.granted = kConsentPurposes, s.blocked_at = now;
  EXPECT_TRUE(s.closed());
  s.blocked_at.reset(), s.erased_at = now;
  EXPECT_TRUE(s.closed());
  EXPECT_FALSE((Standing{.kind = SubjectKind::employee}).closed());
}

}  // namespace
}  // namespace chatika::privacy
