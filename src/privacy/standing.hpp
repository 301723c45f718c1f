// A person's standing: what their acts, the law and the operator's decisions leave allowed. The consent
// ledger, objections and blocking change it; every open and every write asks it.
//
// Refuses: to guess. No granted purpose, no live contract, no duty by law and no legitimate interest means
// no.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "privacy/principal.hpp"
#include "privacy/register.hpp"

namespace chatika::privacy {

enum class SubjectKind { visitor, employee, requester };
CHATIKA_JSON_ENUM(SubjectKind, visitor, employee, requester)

// As what Chatika handles a person's data: visitors' on the business's behalf (152-FZ art. 6(3)), its own
// users' as operator.
enum class Capacity { processor, controller };
CHATIKA_JSON_ENUM(Capacity, processor, controller)
constexpr Capacity capacity_of(SubjectKind kind) {
  return kind == SubjectKind::employee ? Capacity::controller : Capacity::processor;
}

struct Standing {
  SubjectKind kind = SubjectKind::visitor;
  Purposes granted = 0;
  bool health = false;
  Purposes objected = 0;
  std::optional<Time> blocked_at;
  std::optional<Time> erased_at;

  // Not for everyday work: lists leave such people out, their widget starts anew.
  [[nodiscard]] bool closed() const {
    if (erased_at || blocked_at) return true;
    return kind == SubjectKind::visitor && (granted & static_cast<Purposes>(Purpose::answering)) == 0;
  }
};

// Whoever answers the person and the law: blocked data are for nobody else (152-FZ art. 3(7), 21).
bool answers_for_the_operator(const Principal& who);

// On which basis `who` may read `field` of a person of this standing for `purpose`; `contract`: a contract
// with the person is alive. Errc::forbidden when the register does not know the purpose or it is not theirs
// to have, Errc::gone (erased), Errc::blocked, Errc::consent_required. Pure.
Result<Basis> basis_for(const FieldRule& field, Purpose purpose, const Standing& standing,
                        const Principal& who, SubjectId subject, bool contract);
// Whether the field may be written: some basis for some purpose stands. A consent that is missing is
// Errc::consent_required.
Result<void> may_write(const FieldRule& field, const Standing& standing, bool contract);

}  // namespace chatika::privacy
