// Evidence of destruction after Order 179 of Roskomnadzor of 28.10.2022: the act and the extract of the log of events,
// sealed together under a key of their own, which goes after three years.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "privacy/access.hpp"
#include "privacy/erasure_ledger.hpp"

namespace chatika::privacy {

using DestructionId = Id<struct DestructionTag>;
inline constexpr std::string_view kDestructionMethod =
    "удаление записей средствами СУБД с затиранием страниц и уничтожение ключа шифрования субъекта";

struct KeptField {  // stays, and why
  std::string field;
  std::string article;
  std::string reason;
};
CHATIKA_JSON(KeptField, field, article, reason)
// Item 4 of the order: one record of the log of events.
struct DestructionLogRow {
  std::string subject;
  std::vector<std::string> categories;
  std::string system;
  ErasureReason reason = ErasureReason::request;
  Time at;
};
CHATIKA_JSON(DestructionLogRow, subject, categories, system, reason, at)
// Item 3 of the order.
struct DestructionAct {
  std::int64_t number = 0;
  std::string operator_name;
  std::string operator_address;
  std::string subject;  // the name, or what else tells who it was
  SubjectId subject_id;
  std::optional<std::string> ordered_by{};  // whose decision it was; acts of earlier versions do not say
  std::vector<std::string> destroyed_by;
  std::vector<std::string> categories;  // keys of fields
  std::string system;
  std::string method;
  ErasureReason reason = ErasureReason::request;
  Time at;
  std::vector<KeptField> kept;
  std::vector<DestructionLogRow> events;
  std::optional<std::int64_t> replayed;  // destroyed again after a restore: the entry of the ledger
};
CHATIKA_JSON(DestructionAct, number, operator_name, operator_address, subject, subject_id, ordered_by, destroyed_by, categories,
             system, method, reason, at, kept, events, replayed)

// What the order wants and the act lacks: pointers with "required". Empty: complete. Pure.
std::vector<FieldError> missing_in(const DestructionAct& act);

struct Destroyed {
  SubjectId subject;
  std::vector<std::string> categories;
  ErasureReason reason = ErasureReason::expired;
  std::int64_t number = 0;
  Time at;
  std::vector<KeptField> kept{};
  std::string ordered_by = "system";  // as actor() writes it
};
// The act in the operator's name. Made before the destruction: it names the person.
Result<DestructionAct> destruction_act(Access& access, const Destroyed& what);
// Seals the act (`text`: it as JSON). `ledger_seq`: 0 for rows whose period is over and whose person stays: no entry, since an
// older copy of the data loses them by the same rule.
void keep_evidence(Access& access, const DestructionAct& act, std::string_view text, std::int64_t ledger_seq);

// As lists show it: nothing sealed.
struct DestructionRow {
  DestructionId id;
  std::int64_t number = 0;
  SubjectId subject;
  ErasureReason reason = ErasureReason::request;
  Time at;
  std::int64_t ledger_seq = 0;
  Time expires_at;
};
CHATIKA_JSON(DestructionRow, id, number, subject, reason, at, ledger_seq, expires_at)
struct DestructionPage {
  std::optional<std::int64_t> before_number;
  std::size_t limit = 50;
};
std::vector<DestructionRow> destructions(db::Tx& tx, const DestructionPage& page);  // newest first
// For the privacy officer and the system. Errc::not_found.
Result<DestructionAct> destruction_act_of(Access& access, DestructionId id);

// Every act: complete, unchanged, and in the ledger with the same hash where it has an entry.
struct DestructionVerdict {
  std::int64_t acts = 0;
  std::vector<std::int64_t> bad;  // numbers
};
CHATIKA_JSON(DestructionVerdict, acts, bad)
Result<DestructionVerdict> verify_destructions(Access& access);

}  // namespace chatika::privacy
