// Who was given data besides the register's own recipients (a CRM, a partner), and the notices they owe an answer to:
// each correction and erasure is told until it is acknowledged (152-FZ art. 21(3), GDPR art. 19).
//
// The mail itself is the shell's (notify stands above this room): take_notices gives what is due, with a fresh token.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/types.hpp"
#include "privacy/access.hpp"

namespace chatika::privacy {

using RecipientId = Id<struct RecipientTag>;
using NoticeId = Id<struct NoticeTag>;

enum class RecipientKind { crm, webhook, partner, authority };
CHATIKA_JSON_ENUM(RecipientKind, crm, webhook, partner, authority)
enum class Told { corrected, erased };
CHATIKA_JSON_ENUM(Told, corrected, erased)

inline constexpr std::size_t kMostRecipients = 100;
// A reminder after one, two, four days and so on, at most every 14: nobody is forgotten, nobody is flooded.
inline constexpr auto kFirstReminder = std::chrono::hours(24);
inline constexpr auto kLastReminder = std::chrono::days(14);

struct RecipientRow {
  RecipientId id;
  std::string name;
  std::string email;
  RecipientKind kind = RecipientKind::partner;
  bool active = true;
  Time added_at;
};
CHATIKA_JSON(RecipientRow, id, name, email, kind, active, added_at)

std::vector<RecipientRow> recipients(db::Tx& tx);
// Errc::too_many past kMostRecipients.
Result<RecipientRow> add_recipient(Access& access, std::string_view name, std::string_view email, RecipientKind kind);
// Is told nothing new from now on; what it owes stays open. Errc::not_found.
Result<void> retire_recipient(Access& access, RecipientId id);

// One notice for each active recipient, in the transaction of its cause. How many.
std::size_t tell_recipients(Access& access, SubjectId subject, Told act, const std::vector<std::string>& fields);

struct Notice {
  NoticeId id;
  RecipientId recipient;
  std::string recipient_name;
  SubjectId subject;
  Told act = Told::corrected;
  std::vector<std::string> fields;
  Time created_at;
  std::int64_t told = 0;
  std::optional<Time> told_at;
  std::optional<Time> next_at;
  std::optional<Time> acknowledged_at;
  std::optional<std::string> acknowledged_by;
};
CHATIKA_JSON(Notice, id, recipient, recipient_name, subject, act, fields, created_at, told, told_at, next_at,
             acknowledged_at, acknowledged_by)

struct DueNotice {
  Notice notice;
  std::string email;
  std::string token;  // of the link that acknowledges; the former one is worth nothing any more
};
// Counts them as told and sets the reminder. The caller mails them in the same transaction.
std::vector<DueNotice> take_notices(Access& access, std::size_t limit);
std::optional<Time> next_notice(db::Tx& tx);
// By the link. Errc::not_found for an unknown token; a second time is fine.
Result<Notice> acknowledge(Access& access, std::string_view token);
// By the officer, who has it on paper. Errc::not_found.
Result<Notice> acknowledge(Access& access, NoticeId id);
struct NoticePage {
  std::optional<bool> open;
  std::optional<Time> before_at;
  Uuid before_id;
  std::size_t limit = 50;
};
std::vector<Notice> notices(db::Tx& tx, const NoticePage& page);  // newest first
std::vector<Notice> notices_of(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy
