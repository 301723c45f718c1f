// Shapes of requests about personal data: the officer's desk, the public form and page, "my data" of the widget
// (docs/protocol.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/wire.hpp"
#include "privacy/recipients.hpp"
#include "requests/requests.hpp"

namespace chatika::api {

// The officer's desk.
struct RequestPerson {
  EmployeeId id;
  std::string name;
};
CHATIKA_JSON(RequestPerson, id, name)
struct RequestDeadline {
  std::string act;
  Time due;
  std::string article;
  bool extended = false;
  bool extendable = false;
  bool provisional = false;
  std::optional<Time> done_at;
  std::vector<std::string> explanation;
};
CHATIKA_JSON(RequestDeadline, act, due, article, extended, extendable, provisional, done_at, explanation)
struct RequestSummary {
  requests::RequestId id;
  std::string number;
  requests::RequestType type = requests::RequestType::information;
  requests::RequestStatus status = requests::RequestStatus::new_;
  std::string name;
  Time received_at;
  requests::Verification verification = requests::Verification::pending;
  std::optional<RequestPerson> assignee;
  std::optional<RequestDeadline> deadline;
};
CHATIKA_JSON(RequestSummary, id, number, type, status, name, received_at, verification, assignee, deadline)
struct RequestTaskView {
  requests::TaskId id;
  std::string kind;  // in words
  std::optional<Time> done_at;
  std::optional<std::string> done_by;
};
CHATIKA_JSON(RequestTaskView, id, kind, done_at, done_by)
struct RequestEventView {
  Uuid id;
  Time at;
  std::string kind;  // in words
  std::string actor;
  std::optional<std::string> note;
};
CHATIKA_JSON(RequestEventView, id, at, kind, actor, note)
struct RequestRefusal {
  std::string reason;
  std::string article;
  std::string appeal;
};
CHATIKA_JSON(RequestRefusal, reason, article, appeal)
struct RequestCase {
  requests::RequestId id;
  std::string number;
  requests::RequestType type = requests::RequestType::information;
  requests::RequestStatus status = requests::RequestStatus::new_;
  std::string name;
  Time received_at;
  requests::Verification verification = requests::Verification::pending;
  std::optional<RequestPerson> assignee;
  std::optional<RequestDeadline> deadline;
  std::string contact;
  std::string data;
  std::string essence;
  requests::RequestChannel channel = requests::RequestChannel::form;
  std::optional<SubjectId> subject;  // the first of subjects
  std::vector<SubjectId> subjects;   // one person may have written in several chats
  std::vector<RequestDeadline> deadlines;
  std::vector<RequestTaskView> tasks;
  std::vector<RequestEventView> events;
  std::string answer;    // "" until there is one
  std::string template_;  // a letter to begin with
  std::optional<RequestRefusal> refusal;
  bool executed = false;
};
CHATIKA_JSON(RequestCase, id, number, type, status, name, received_at, verification, assignee, deadline, contact, data,
             essence, channel, subject, subjects, deadlines, tasks, events, answer, template_, refusal, executed)

enum class StaffChannel { email, phone, paper };
CHATIKA_JSON_ENUM(StaffChannel, email, phone, paper)
struct NewRequest {
  requests::RequestType type = requests::RequestType::information;
  json::Line<200> name;
  json::Line<200> contact;
  json::Text<4000> data;
  json::Text<4000> essence;
  StaffChannel channel = StaffChannel::email;
  std::optional<Time> received_at;
};
CHATIKA_JSON(NewRequest, type, name, contact, data, essence, channel, received_at)
struct RequestReason {
  json::Text<1000> reason;  // goes into a mail: notify::kParamChars
};
CHATIKA_JSON(RequestReason, reason)
struct RefuseRequest {
  json::Text<4000> reason;
  json::Line<200> article;
};
CHATIKA_JSON(RefuseRequest, reason, article)
struct AnswerRequest {
  json::Text<20000> text;
};
CHATIKA_JSON(AnswerRequest, text)
struct LinkRequest {
  SubjectId subject;
};
CHATIKA_JSON(LinkRequest, subject)

// The public form and page.
struct PublicBusiness {
  std::string name;
  std::string phone;
  std::string address;
};
CHATIKA_JSON(PublicBusiness, name, phone, address)
struct FileRequest {
  requests::RequestType type = requests::RequestType::information;
  json::Line<200> full_name;
  json::Line<limits::kEmailChars> email;
  json::Text<2000> data_description;
  json::Text<4000> essence;
  std::optional<json::Line<40>> phone;
  Language language = Language::ru;
};
CHATIKA_JSON(FileRequest, type, full_name, email, data_description, essence, phone, language)
struct RequestFiled {
  std::string reference;
  std::string token;
};
CHATIKA_JSON(RequestFiled, reference, token)
struct RequestLink {
  json::Exact<128> token;
};
CHATIKA_JSON(RequestLink, token)
struct VerifyRequest {
  json::Exact<128> token;
  json::Line<12> code;
};
CHATIKA_JSON(VerifyRequest, token, code)
// What an outsider may see: nothing here depends on whether the person is known, until they are verified.
enum class PublicStatus { received, in_work, answered, refused, closed };
CHATIKA_JSON_ENUM(PublicStatus, received, in_work, answered, refused, closed)
struct RequestAnswer {
  std::string text;
  std::optional<RequestRefusal> refusal;
  Time at;
  bool document = false;  // the access answer can be fetched
};
CHATIKA_JSON(RequestAnswer, text, refusal, at, document)
struct RequestProgress {
  std::string reference;
  requests::RequestType type = requests::RequestType::information;
  PublicStatus status = PublicStatus::received;
  Time received_at;
  std::string due;  // "2026-12-08"
  bool extended = false;
  bool verified = false;
  std::optional<RequestAnswer> answer;
  std::string business;
};
CHATIKA_JSON(RequestProgress, reference, type, status, received_at, due, extended, verified, answer, business)
struct AskWithdrawalLink {
  json::Line<limits::kEmailChars> email;
  Language language = Language::ru;
};
CHATIKA_JSON(AskWithdrawalLink, email, language)
struct Withdrawal {
  std::string reference;
  std::string due;  // "2026-12-24"
};
CHATIKA_JSON(Withdrawal, reference, due)
struct Acknowledged {
  privacy::Told act = privacy::Told::corrected;
  Time at;
  bool again = false;  // it was acknowledged before, at `at`
};
CHATIKA_JSON(Acknowledged, act, at, again)

// "My data" of the widget. Words come from here, in the visitor's language: the widget stays small.
struct MyDataAsk {
  json::Line<64> key;
  ConversationId conversation;
  json::Exact<128> token;
  Language language = Language::ru;
};
CHATIKA_JSON(MyDataAsk, key, conversation, token, language)
struct MyDataItem {
  std::string what;
  std::string value;
};
CHATIKA_JSON(MyDataItem, what, value)
struct MyRequest {
  std::string reference;
  std::string what;
  std::string state;
};
CHATIKA_JSON(MyRequest, reference, what, state)
struct MyData {
  std::vector<MyDataItem> held;
  std::string consent;     // a sentence: when, what for
  std::string withdrawal;  // what happens on withdrawal, a confirmed booking among it
  bool objected = false;
  std::vector<MyRequest> requests;
  std::string policy;  // path of the policy page
};
CHATIKA_JSON(MyData, held, consent, withdrawal, objected, requests, policy)
struct MyObjection {
  json::Line<64> key;
  ConversationId conversation;
  json::Exact<128> token;
  Language language = Language::ru;
  bool on = true;
};
CHATIKA_JSON(MyObjection, key, conversation, token, language, on)
enum class MyRequestType { information, correction, deletion };
CHATIKA_JSON_ENUM(MyRequestType, information, correction, deletion)
struct NewMyRequest {
  json::Line<64> key;
  ConversationId conversation;
  json::Exact<128> token;
  Language language = Language::ru;
  MyRequestType type = MyRequestType::information;
  std::optional<json::Text<2000>> essence;
  std::optional<json::Line<limits::kEmailChars>> email;
};
CHATIKA_JSON(NewMyRequest, key, conversation, token, language, type, essence, email)
struct MyRequestFiled {
  std::string reference;
  std::string due;   // "2026-12-08"
  std::string page;  // private: its fragment holds the token
};
CHATIKA_JSON(MyRequestFiled, reference, due, page)

}  // namespace chatika::api
