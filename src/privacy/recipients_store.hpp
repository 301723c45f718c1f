// SQL of recipients and their notices; nobody outside the room includes it.
#pragma once

#include "db/db.hpp"
#include "privacy/recipients.hpp"

namespace chatika::privacy::store {

std::vector<RecipientRow> recipients(db::Tx& tx);
void insert_recipient(db::Tx& tx, const RecipientRow& row, std::string_view by);
std::int64_t retire_recipient(db::Tx& tx, RecipientId id);

void insert_notice(db::Tx& tx, const Notice& notice);
struct DueRow {
  Notice notice;
  std::string email;
};
std::vector<DueRow> due_notices(db::Tx& tx, Time now, std::size_t limit);
std::optional<Time> next_notice(db::Tx& tx);
void set_told(db::Tx& tx, NoticeId id, std::int64_t told, Time at, Time next, std::string_view token_hash);
std::int64_t acknowledge(db::Tx& tx, NoticeId id, Time at, std::string_view by);
std::optional<Notice> notice(db::Tx& tx, NoticeId id);
std::optional<Notice> notice_by_token(db::Tx& tx, std::string_view token_hash);
std::vector<Notice> notices(db::Tx& tx, const NoticePage& page);
std::vector<Notice> notices_of(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy::store
