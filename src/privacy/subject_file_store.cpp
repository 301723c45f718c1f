#include "privacy/subject_file_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

using db::Blob;
using db::Row;

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31: pages start before it

const db::Statement kTimes(
    "SELECT s.created_at, (SELECT max(c.last_at) FROM conversation c WHERE c.visitor = s.id),"
    " (SELECT max(b.ends_at) FROM booking b WHERE b.visitor = s.id) FROM subject s WHERE s.id = $1");
const db::Statement kConversations(
    "SELECT id, status, language, started_at, last_at FROM conversation WHERE visitor = $1 ORDER BY started_at, id");
const db::Statement kMessages(
    "SELECT m.id, m.conversation, m.at, m.sender, m.body_box FROM message m"
    " WHERE m.conversation IN (SELECT id FROM conversation WHERE visitor = $1) ORDER BY m.conversation, m.seq LIMIT $2");
const db::Statement kLeads(
    "SELECT id, kind, status, created_at, note_box FROM lead WHERE visitor = $1 ORDER BY created_at, id");
const db::Statement kBookings(
    "SELECT b.id, b.reference, s.name_ru, p.name_ru, b.starts_at, b.ends_at, b.status, b.created_at FROM booking b"
    " JOIN service s ON s.id = b.service JOIN specialist p ON p.id = b.specialist WHERE b.visitor = $1"
    " ORDER BY b.starts_at, b.id");
const db::Statement kConsents(
    "SELECT c.subject, c.seq, c.act, c.purposes, c.health, t.version, c.text_hash, c.channel, c.actor, c.widget_version,"
    " c.at FROM consent c LEFT JOIN consent_text t ON t.hash = c.text_hash WHERE c.subject = $1 ORDER BY c.seq");
const db::Statement kConsentPage(
    "SELECT c.subject, c.seq, c.act, c.purposes, c.health, t.version, c.text_hash, c.channel, c.actor, c.widget_version,"
    " c.at FROM consent c LEFT JOIN consent_text t ON t.hash = c.text_hash"
    " WHERE (c.at < $1 OR (c.at = $1 AND c.subject < $2)) ORDER BY c.at DESC, c.subject DESC, c.seq DESC LIMIT $3");
const db::Statement kConsentPageOfAct(
    "SELECT c.subject, c.seq, c.act, c.purposes, c.health, t.version, c.text_hash, c.channel, c.actor, c.widget_version,"
    " c.at FROM consent c LEFT JOIN consent_text t ON t.hash = c.text_hash"
    " WHERE (c.at < $1 OR (c.at = $1 AND c.subject < $2)) AND c.act = $3"
    " ORDER BY c.at DESC, c.subject DESC, c.seq DESC LIMIT $4");
const db::Statement kMails(
    "SELECT id, template, state, created_at, finished_at FROM outbox WHERE subject = $1 ORDER BY created_at, id");
const db::Statement kByPhone("SELECT id FROM visitor WHERE phone_index = $1 ORDER BY id DESC LIMIT $2");
const db::Statement kByEmail("SELECT id FROM visitor WHERE email_index = $1 ORDER BY id DESC LIMIT $2");
const db::Statement kByReference("SELECT visitor FROM booking WHERE reference = $1 AND visitor IS NOT NULL");
const db::Statement kById(
    "SELECT id FROM subject WHERE id = $1 UNION SELECT visitor FROM conversation WHERE id = $1");

std::optional<Time> maybe_time(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.time(c); });
}
std::optional<std::string> maybe_str(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.str(c); });
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    out.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}

FileConsent read_consent(const Row& r) {
  return {.subject = r.id<SubjectId>(0),
          .name = {},
          .seq = r.i64(1),
          .act = json::from_name<Act>(r.text(2)),
          .purposes = split(r.text(3)),
          .health = r.flag(4),
          .version = maybe_str(r, 5),
          .text_hash = maybe_str(r, 6),
          .channel = json::from_name<Channel>(r.text(7)),
          .actor = r.str(8),
          .widget_version = r.str(9),
          .at = r.time(10)};
}

SubjectId read_id(const Row& r) {
  return r.id<SubjectId>(0);
}

}  // namespace

Times contact_times(db::Tx& tx, SubjectId subject) {
  return tx
      .one(
          kTimes,
          [](const Row& r) {
            Times t{r.time(0), std::nullopt};
            for (const int column : {1, 2})
              if (const auto at = maybe_time(r, column)) t.last = std::max(t.last.value_or(*at), *at);
            return t;
          },
          subject)
      .value_or(Times{});
}

std::vector<FileConversation> file_conversations(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kConversations,
      [](const Row& r) {
        return FileConversation{r.id<ConversationId>(0), r.str(1), r.str(2), r.time(3), r.time(4)};
      },
      subject);
}

std::vector<MessageBox> file_messages(db::Tx& tx, SubjectId subject, std::size_t limit) {
  return tx.all(
      kMessages,
      [](const Row& r) {
        return MessageBox{{r.uuid(0), r.id<ConversationId>(1), r.time(2), r.str(3), {}}, r.bytes(4)};
      },
      subject, limit);
}

std::vector<LeadBox> file_leads(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kLeads,
      [](const Row& r) { return LeadBox{{r.id<LeadId>(0), r.str(1), r.str(2), {}, r.time(3)}, r.bytes(4)}; }, subject);
}

std::vector<FileBooking> file_bookings(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kBookings,
      [](const Row& r) {
        return FileBooking{r.id<BookingId>(0), r.str(1),  r.str(2), r.str(3),
                           r.time(4),          r.time(5), r.str(6), r.time(7)};
      },
      subject);
}

std::vector<FileConsent> file_consents(db::Tx& tx, SubjectId subject) {
  return tx.all(kConsents, read_consent, subject);
}

std::vector<FileMail> file_mails(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kMails,
      [](const Row& r) { return FileMail{r.uuid(0), r.str(1), r.str(2), r.time(3), maybe_time(r, 4)}; }, subject);
}

std::vector<FileConsent> consent_page(db::Tx& tx, const ConsentPage& page) {
  const auto at = page.before_at ? to_micros(*page.before_at) : kEndOfTime;
  if (page.act)
    return tx.all(kConsentPageOfAct, read_consent, at, page.before_subject, json::name_of(*page.act), page.limit);
  return tx.all(kConsentPage, read_consent, at, page.before_subject, page.limit);
}

std::vector<SubjectId> by_phone(db::Tx& tx, std::string_view index, std::size_t limit) {
  return tx.all(kByPhone, read_id, Blob{index}, limit);
}
std::vector<SubjectId> by_email(db::Tx& tx, std::string_view index, std::size_t limit) {
  return tx.all(kByEmail, read_id, Blob{index}, limit);
}
std::vector<SubjectId> by_reference(db::Tx& tx, std::string_view reference) {
  return tx.all(kByReference, read_id, reference);
}
std::vector<SubjectId> by_id(db::Tx& tx, const Uuid& id) {
  return tx.all(kById, read_id, id);
}

}  // namespace chatika::privacy::store
