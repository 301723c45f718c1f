#include "privacy/recipients.hpp"

#include "base/text.hpp"
#include "privacy/recipients_store.hpp"

namespace chatika::privacy {
namespace {

std::string_view bytes(const crypto::Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Micros reminder_after(std::int64_t told) {
  Micros wait = kFirstReminder;
  for (std::int64_t i = 1; i < told && wait < kLastReminder; ++i) wait *= 2;
  return std::min<Micros>(wait, kLastReminder);
}

}  // namespace

std::vector<RecipientRow> recipients(db::Tx& tx) {
  return store::recipients(tx);
}

Result<RecipientRow> add_recipient(Access& access, std::string_view name, std::string_view email, RecipientKind kind) {
  RecipientRow row{.id = RecipientId::fresh(),
                   .name = text::clean_line(name),
                   .email = text::clean_line(email),
                   .kind = kind,
                   .active = true,
                   .added_at = access.now()};
  if (row.name.empty()) return fail_field("/name", "required");
  const auto at = row.email.find('@');
  if (at == std::string::npos || at == 0 || row.email.find('.', at) == std::string::npos)
    return fail_field("/email", "bad_email");
  if (store::recipients(access.tx()).size() >= kMostRecipients) return fail(Errc::too_many, "too many recipients");
  store::insert_recipient(access.tx(), row, actor(access.who()));
  access.audit();
  return row;
}

Result<void> retire_recipient(Access& access, RecipientId id) {
  if (store::retire_recipient(access.tx(), id) == 0) return fail(Errc::not_found, "no such recipient");
  access.audit();
  return {};
}

std::size_t tell_recipients(Access& access, SubjectId subject, Told act, const std::vector<std::string>& fields) {
  std::size_t count = 0;
  for (const auto& recipient : store::recipients(access.tx())) {
    if (!recipient.active) continue;
    store::insert_notice(access.tx(), {.id = NoticeId::fresh(),
                                       .recipient = recipient.id,
                                       .recipient_name = {},
                                       .subject = subject,
                                       .act = act,
                                       .fields = fields,
                                       .created_at = access.now(),
                                       .next_at = access.now()});
    ++count;
  }
  return count;
}

std::vector<DueNotice> take_notices(Access& access, std::size_t limit) {
  std::vector<DueNotice> out;
  for (auto& row : store::due_notices(access.tx(), access.now(), limit)) {
    auto token = crypto::new_token();
    auto& n = row.notice;
    n.told += 1;
    n.told_at = access.now();
    n.next_at = access.now() + reminder_after(n.told);
    store::set_told(access.tx(), n.id, n.told, *n.told_at, *n.next_at, bytes(token.hash));
    access.audit(n.subject);
    out.push_back({std::move(row.notice), std::move(row.email), std::move(token.text)});
  }
  return out;
}

std::optional<Time> next_notice(db::Tx& tx) {
  return store::next_notice(tx);
}

Result<Notice> acknowledge(Access& access, std::string_view token) {
  const auto hash = crypto::token_hash(token);
  auto notice = hash ? store::notice_by_token(access.tx(), bytes(*hash)) : std::nullopt;
  if (!notice) return fail(Errc::not_found, "no such notice");
  if (store::acknowledge(access.tx(), notice->id, access.now(), "link") > 0) access.audit(notice->subject);
  return *store::notice(access.tx(), notice->id);
}

Result<Notice> acknowledge(Access& access, NoticeId id) {
  const bool changed = store::acknowledge(access.tx(), id, access.now(), actor(access.who())) > 0;
  auto notice = store::notice(access.tx(), id);
  if (!notice) return fail(Errc::not_found, "no such notice");
  if (changed) access.audit(notice->subject);
  return *notice;
}

std::vector<Notice> notices(db::Tx& tx, const NoticePage& page) {
  return store::notices(tx, page);
}
std::vector<Notice> notices_of(db::Tx& tx, SubjectId subject) {
  return store::notices_of(tx, subject);
}

}  // namespace chatika::privacy
