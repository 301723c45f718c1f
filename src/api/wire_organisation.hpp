// Shapes of the organisation's part of the privacy centre, and of what an employee reads, accepts and signs
// before working.
#pragma once

#include "api/wire.hpp"
#include "document/document.hpp"
#include "organisation/breaches.hpp"
#include "organisation/papers.hpp"
#include "organisation/status.hpp"

namespace chatika::api {

struct PersonName {
  EmployeeId id;
  std::string name;  // "" when it may not be read any more
};
CHATIKA_JSON(PersonName, id, name)

// The business itself.
struct Organisation {
  accounts::Localized name;
  accounts::Business business = accounts::Business::clinic;
  std::string time_zone;
  std::string phone;
  accounts::Localized address;
  accounts::Localized hours;
  accounts::Localized greeting;
  std::vector<std::string> origins;
  accounts::Legal legal;
};
CHATIKA_JSON(Organisation, name, business, time_zone, phone, address, hours, greeting, origins, legal)

struct LegalInput {
  json::Line<300> name;
  json::Line<12, 10> tax_number;
  json::Line<500> address;
  json::Line<limits::kEmailChars> email;
  std::optional<json::Line<300>> name_en;
  std::optional<json::Line<500>> address_en;
};
CHATIKA_JSON(LegalInput, name, tax_number, address, email, name_en, address_en)
struct SetOrganisation {
  json::Line<40> phone;
  LegalInput legal;
};
CHATIKA_JSON(SetOrganisation, phone, legal)

// What the signed-in employee has to do before working.
struct ShownPaper {
  std::string title;
  std::string version;
  std::string hash;
  document::Document document;
};
CHATIKA_JSON(ShownPaper, title, version, hash, document)
struct PaperToSign {
  organisation::PaperId id;
  organisation::PaperKind kind = organisation::PaperKind::policy;
  std::string title;
  int version = 1;
  std::string hash;
  std::string text;
  Time in_force_from;
};
CHATIKA_JSON(PaperToSign, id, kind, title, version, hash, text, in_force_from)
struct Duties {
  bool cleared = false;  // nothing stands between the employee and the panel
  std::optional<Time> access_until;
  std::optional<ShownPaper> agreement;             // to accept
  std::vector<PaperToSign> documents;              // to sign
  std::optional<ShownPaper> processing_agreement;  // for the owner to accept; the widget is off until then
};
CHATIKA_JSON(Duties, cleared, access_until, agreement, documents, processing_agreement)
struct AcceptText {
  json::Line<64, 64> hash;
  Language language = Language::ru;
};
CHATIKA_JSON(AcceptText, hash, language)
struct SignDocument {
  organisation::PaperId document;
  json::Line<64, 64> hash;
};
CHATIKA_JSON(SignDocument, document, hash)
struct AskAccess {
  privacy::Role role = privacy::Role::receptionist;
  json::Text<1000> reason;
  std::optional<Time> until;
};
CHATIKA_JSON(AskAccess, role, reason, until)
struct Asked {
  organisation::AccessRequestId id;
};
CHATIKA_JSON(Asked, id)

// Staff.
struct Responsible {
  EmployeeId employee;
  std::string name;
  std::string contact;
  std::string order_number;
  std::string order_date;
  Time since;
};
CHATIKA_JSON(Responsible, employee, name, contact, order_number, order_date, since)
struct StaffRow {
  EmployeeId id;
  std::string name;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;
  std::optional<Time> agreement_at;
  std::vector<std::string> to_sign;  // titles
  std::optional<Time> access_until;
  std::optional<Time> disabled_at;
};
CHATIKA_JSON(StaffRow, id, name, role, officer, agreement_at, to_sign, access_until, disabled_at)
enum class AccessRequestState { asked, granted, refused, expired, revoked };
CHATIKA_JSON_ENUM(AccessRequestState, asked, granted, refused, expired, revoked)
struct AccessRequestView {
  organisation::AccessRequestId id;
  PersonName who;
  privacy::Role role = privacy::Role::receptionist;
  std::string reason;
  Time asked_at;
  std::optional<Time> wanted_until;
  AccessRequestState state = AccessRequestState::asked;
  std::optional<Time> until;
  std::optional<PersonName> decided_by;
};
CHATIKA_JSON(AccessRequestView, id, who, role, reason, asked_at, wanted_until, state, until, decided_by)
struct ReviewView {
  organisation::ReviewId id;
  organisation::ReviewKind kind = organisation::ReviewKind::access_rights;
  std::string title;
  Time due;
  std::optional<Time> done_at;
  std::optional<PersonName> done_by;
  std::string outcome;
};
CHATIKA_JSON(ReviewView, id, kind, title, due, done_at, done_by, outcome)
struct Staff {
  std::optional<Responsible> responsible;
  std::vector<StaffRow> employees;
  std::vector<AccessRequestView> access;
  std::vector<ReviewView> reviews;
};
CHATIKA_JSON(Staff, responsible, employees, access, reviews)
struct SetAccess {
  privacy::Role role = privacy::Role::receptionist;
  std::optional<Time> until;  // null: until it is taken away
};
CHATIKA_JSON(SetAccess, role, until)
struct GrantAccess {
  std::optional<Time> until;
};
CHATIKA_JSON(GrantAccess, until)
struct AppointResponsible {
  EmployeeId employee;
  json::Line<40> order_number;
  json::Line<10, 10> order_date;  // YYYY-MM-DD
};
CHATIKA_JSON(AppointResponsible, employee, order_number, order_date)
struct FinishReview {
  json::Text<1000> outcome;
};
CHATIKA_JSON(FinishReview, outcome)

// Internal documents.
struct InternalVersion {
  organisation::PaperId id;
  int version = 1;
  std::string title;
  std::string language;
  std::string hash;
  PersonName approver;
  Time approved_at;
  Time in_force_from;
  std::optional<Time> superseded_at;
  int signed_by = 0;  // employees who have signed it
};
CHATIKA_JSON(InternalVersion, id, version, title, language, hash, approver, approved_at, in_force_from,
             superseded_at, signed_by)
struct InternalDocument {
  organisation::PaperKind kind = organisation::PaperKind::policy;
  organisation::PaperState state = organisation::PaperState::missing;
  std::string title;
  std::string hash;  // of the text as it is made today
  document::Document document;
  std::vector<InternalVersion> versions;  // newest first
};
CHATIKA_JSON(InternalDocument, kind, state, title, hash, document, versions)
struct InternalDocuments {
  std::vector<InternalDocument> items;
};
CHATIKA_JSON(InternalDocuments, items)
struct ApproveDocument {
  organisation::PaperKind kind = organisation::PaperKind::policy;
  json::Line<64, 64> hash;
  Language language = Language::ru;
  std::optional<Time> in_force_from;
};
CHATIKA_JSON(ApproveDocument, kind, hash, language, in_force_from)

// Breaches.
struct BreachView {
  organisation::BreachId id;
  std::string number;
  std::string title;  // first words of what happened
  Time found_at;
  organisation::BreachState state = organisation::BreachState::open;
  Time notify_due;
  std::optional<Time> notified_at;
  std::string notify_reference;
  Time report_due;
  std::optional<Time> reported_at;
  std::string report_reference;
  std::string what;
  std::string cause;
  std::string harm;
  std::string measures;
  std::optional<std::int64_t> people;
  std::vector<std::string> categories;
  std::optional<Time> happened_at;
  std::string inquiry;          // what was found
  std::string responsible;      // whose acts caused it
  std::optional<Time> told_at;  // the people whose data it is were told
  std::string told_how;
  std::vector<organisation::BreachEvent> events;  // empty in lists
};
CHATIKA_JSON(BreachView, id, number, title, found_at, state, notify_due, notified_at, notify_reference,
             report_due, reported_at, report_reference, what, cause, harm, measures, people, categories,
             happened_at, inquiry, responsible, told_at, told_how, events)
struct Breaches {
  std::vector<BreachView> items;
};
CHATIKA_JSON(Breaches, items)
struct BreachInput {
  Time found_at;
  json::Text<4000> what;
  json::Text<4000, 0> cause;
  json::Text<4000, 0> harm;
  json::Text<4000, 0> measures;
  std::optional<json::Int<0, 1'000'000'000>> people;
  std::vector<json::Line<60>> categories;
  std::optional<Time> happened_at;
  std::optional<json::Text<4000, 0>> inquiry;  // for the report of 72 hours
  std::optional<json::Text<1000, 0>> responsible;
};
CHATIKA_JSON(BreachInput, found_at, what, cause, harm, measures, people, categories, happened_at, inquiry,
             responsible)
// A draft: nothing is sent by the program.
struct BreachNotice {
  organisation::NoticeKind kind = organisation::NoticeKind::notice;
  std::string title;
  document::Document document;
  std::string html;
  std::string text;
};
CHATIKA_JSON(BreachNotice, kind, title, document, html, text)
struct BreachSent {
  json::Line<120> reference;
  std::optional<Time> sent_at;
};
CHATIKA_JSON(BreachSent, reference, sent_at)

// OrganisationTasks and status.
struct OrganisationTask {
  organisation::TaskId id;
  organisation::DutyKind kind = organisation::DutyKind::other;
  std::string title;
  Time due;
  std::optional<Time> done_at;
  std::string ref;       // "ru 3": language and version of the changed notification; id of a breach or review
  bool by_hand = false;  // can be ticked off; others end with what they are about
};
CHATIKA_JSON(OrganisationTask, id, kind, title, due, done_at, ref, by_hand)
struct OrganisationTasks {
  std::vector<OrganisationTask> items;
};
CHATIKA_JSON(OrganisationTasks, items)
struct AddTask {
  json::Line<200> title;
  Time due;
};
CHATIKA_JSON(AddTask, title, due)
struct StatusItem {
  std::string code;
  organisation::Health health = organisation::Health::ok;
  std::string title;
  std::string detail;
  std::string link;
  std::optional<Time> due;
};
CHATIKA_JSON(StatusItem, code, health, title, detail, link, due)
struct PrivacyStatus {
  organisation::Health health = organisation::Health::ok;
  std::vector<StatusItem> items;
};
CHATIKA_JSON(PrivacyStatus, health, items)

}  // namespace chatika::api
