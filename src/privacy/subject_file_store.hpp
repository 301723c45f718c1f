// SQL of the subject file; nobody outside the room includes it.
#pragma once

#include "db/db.hpp"
#include "privacy/subject_file.hpp"

namespace chatika::privacy::store {

struct Times {
  std::optional<Time> first;
  std::optional<Time> last;
};
Times contact_times(db::Tx& tx, SubjectId subject);
std::vector<FileConversation> file_conversations(db::Tx& tx, SubjectId subject);
struct MessageBox {
  FileMessage message;
  std::string box;
};
std::vector<MessageBox> file_messages(db::Tx& tx, SubjectId subject, std::size_t limit);
struct LeadBox {
  FileLead lead;
  std::string box;
};
std::vector<LeadBox> file_leads(db::Tx& tx, SubjectId subject);
std::vector<FileBooking> file_bookings(db::Tx& tx, SubjectId subject);
std::vector<FileConsent> file_consents(db::Tx& tx, SubjectId subject);
std::vector<FileMail> file_mails(db::Tx& tx, SubjectId subject);
std::vector<FileConsent> consent_page(db::Tx& tx, const ConsentPage& page);

std::vector<SubjectId> by_phone(db::Tx& tx, std::string_view index, std::size_t limit);
std::vector<SubjectId> by_email(db::Tx& tx, std::string_view index, std::size_t limit);
std::vector<SubjectId> by_reference(db::Tx& tx, std::string_view reference);
std::vector<SubjectId> by_id(db::Tx& tx, const Uuid& id);

}  // namespace chatika::privacy::store
