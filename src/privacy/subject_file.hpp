// Everything held about one person, walked from the register: what answers their request (152-FZ art. 14(7), GDPR art. 15),
// what they may take along (GDPR art. 20), what the privacy officer looks at before deciding.
//
// A field that a new table brings is in it without a line here: the register knows where it stands and holdings.hpp whose it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "privacy/consent.hpp"
#include "privacy/erasure.hpp"
#include "privacy/recipients.hpp"
#include "privacy/rights.hpp"

namespace chatika::privacy {

inline constexpr std::size_t kFileMessages = 20'000;  // of one file; more is said, not hidden
inline constexpr std::size_t kFound = 100;

struct SubjectSummary {
  SubjectId id;
  SubjectKind kind = SubjectKind::visitor;
  Capacity capacity = Capacity::processor;
  std::optional<std::string> name;
  std::optional<Time> first_at;
  std::optional<Time> last_at;
  std::optional<Time> blocked_at;
  std::optional<Time> erased_at;
};
CHATIKA_JSON(SubjectSummary, id, kind, capacity, name, first_at, last_at, blocked_at, erased_at)

struct FileField {
  std::string key;  // of the register: "visitor.phone"
  Uuid row;
  std::string value;
  std::vector<std::string> purposes;  // those that still stand on some basis
  std::vector<std::string> bases;
  std::string retention;      // the class
  std::optional<Time> until;  // when the period ends, as it stands now
  std::vector<std::string> recipients;
  bool correctable = false;
  bool held = false;
};
CHATIKA_JSON(FileField, key, row, value, purposes, bases, retention, until, recipients, correctable, held)
struct FileConversation {
  ConversationId id;
  std::string status;
  std::string language;
  Time started_at;
  Time last_at;
};
CHATIKA_JSON(FileConversation, id, status, language, started_at, last_at)
struct FileMessage {
  Uuid id;
  ConversationId conversation;
  Time at;
  std::string from;
  std::string text;
};
CHATIKA_JSON(FileMessage, id, conversation, at, from, text)
struct FileLead {
  LeadId id;
  std::string kind;
  std::string status;
  std::string note;
  Time created_at;
};
CHATIKA_JSON(FileLead, id, kind, status, note, created_at)
struct FileBooking {
  BookingId id;
  std::string reference;
  std::string service;
  std::string specialist;
  Time starts_at;
  Time ends_at;
  std::string status;
  Time created_at;
};
CHATIKA_JSON(FileBooking, id, reference, service, specialist, starts_at, ends_at, status, created_at)
struct FileConsent {
  SubjectId subject;
  std::optional<std::string> name;  // in the log of all
  std::int64_t seq = 0;
  Act act = Act::given;
  std::vector<std::string> purposes;
  bool health = false;
  std::optional<std::string> version;  // of the text that was shown
  std::optional<std::string> text_hash;
  Channel channel = Channel::widget;
  std::string actor;
  std::string widget_version;
  Time at;
};
CHATIKA_JSON(FileConsent, subject, name, seq, act, purposes, health, version, text_hash, channel, actor, widget_version, at)
struct FileMail {
  Uuid id;
  std::string template_;
  std::string state;
  Time created_at;
  std::optional<Time> finished_at;
};
CHATIKA_JSON(FileMail, id, template_, state, created_at, finished_at)

struct SubjectFile {
  SubjectSummary subject;
  std::vector<std::string> granted;   // purposes the ledger leaves consented
  bool health = false;
  std::vector<std::string> objected;  // purposes objected to
  std::vector<FileField> fields;
  std::vector<FileConversation> conversations;
  std::vector<FileMessage> messages;
  bool more_messages = false;
  std::vector<FileLead> leads;
  std::vector<FileBooking> bookings;
  std::vector<FileConsent> consents;
  std::vector<Hold> holds;
  std::vector<Correction> corrections;
  std::vector<Restriction> restrictions;
  std::vector<Erasure> erasures;
  std::vector<FileMail> mails;
  std::vector<Notice> notices;
};
CHATIKA_JSON(SubjectFile, subject, granted, health, objected, fields, conversations, messages, more_messages, leads,
             bookings, consents, holds, corrections, restrictions, erasures, mails, notices)

// For the person themself, the privacy officer and the system; one audit row. Of an erased person: what proves it.
// Errc::not_found.
Result<SubjectFile> subject_file(Access& access, SubjectId subject);

// Any one of: a phone (E.164), an e-mail, a booking's reference, an id of a conversation or of the person.
struct Find {
  std::optional<std::string> phone;
  std::optional<std::string> email;
  std::optional<std::string> reference;
  std::optional<Uuid> id;
};
Result<std::vector<SubjectSummary>> find_subjects(Access& access, const Find& find);

struct ConsentPage {
  std::optional<Act> act;
  std::optional<Time> before_at;  // both or none: the last of the page before
  Uuid before_subject;
  std::size_t limit = 50;
};
// All acts of all people, newest first.
Result<std::vector<FileConsent>> consent_log(Access& access, const ConsentPage& page);

}  // namespace chatika::privacy
