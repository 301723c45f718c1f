// Every shape of the wire that is not a room's own (docs/protocol.md). OpenAPI and, through it, the
// TypeScript types are made from these.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accounts/model.hpp"
#include "base/limits.hpp"
#include "booking/model.hpp"
#include "inbox/model.hpp"
#include "json/types.hpp"
#include "privacy/consent.hpp"

namespace chatika::api {

enum class Language { ru, en };
CHATIKA_JSON_ENUM(Language, ru, en)

struct Nothing {};
CHATIKA_JSON(Nothing)

template <class T>
struct Items {
  std::vector<T> items;
  std::optional<std::string> next;
};

// Widget over HTTP.
struct WidgetConfig {
  std::string tenant;
  accounts::Business business = accounts::Business::clinic;
  Language language = Language::ru;
  std::vector<Language> languages;
  std::string greeting;
  std::string hours;
  std::optional<std::string> phone;
  privacy::ConsentText consent;
  std::vector<inbox::Choice> quick_replies;
};
CHATIKA_JSON(WidgetConfig, tenant, business, language, languages, greeting, hours, phone, consent,
             quick_replies)

struct ConsentGiven {
  json::Line<40> version;
  json::Line<64, 64> hash;
  bool agreed = false;
  bool health = false;
};
CHATIKA_JSON(ConsentGiven, version, hash, agreed, health)

struct StartConversation {
  json::Line<64> key;
  Uuid client_id;
  Language language = Language::ru;
  json::Line<40> widget_version;
  ConsentGiven consent;
};
CHATIKA_JSON(StartConversation, key, client_id, language, widget_version, consent)

struct ConversationStarted {
  ConversationId conversation;
  std::string token;
};
CHATIKA_JSON(ConversationStarted, conversation, token)

struct WidgetArticle {
  ArticleId id;
  std::string title;
  std::string text;
  std::string language;
};
CHATIKA_JSON(WidgetArticle, id, title, text, language)

// Widget socket, visitor to server.
struct WidgetHello {
  static constexpr std::string_view kType = "hello";
  json::Line<64> key;
  ConversationId conversation;
  json::Exact<128> token;
  json::Int<0, 1'000'000'000> after;
  Language language = Language::ru;
};
CHATIKA_JSON(WidgetHello, key, conversation, token, after, language)
struct WidgetSend {
  static constexpr std::string_view kType = "send";
  Uuid id;
  json::Text<limits::kMessageChars> text;
  std::optional<json::Line<120>> choice;
};
CHATIKA_JSON(WidgetSend, id, text, choice)
struct WidgetTyping {
  static constexpr std::string_view kType = "typing";
  bool on = false;
};
CHATIKA_JSON(WidgetTyping, on)
struct WidgetRead {
  static constexpr std::string_view kType = "read";
  json::Int<0, 1'000'000'000> seq;
};
CHATIKA_JSON(WidgetRead, seq)
struct Ping {
  static constexpr std::string_view kType = "ping";
};
CHATIKA_JSON(Ping)
using WidgetCommand = std::variant<WidgetHello, WidgetSend, WidgetTyping, WidgetRead, Ping>;

// Widget socket, server to visitor.
struct WidgetWelcome {
  static constexpr std::string_view kType = "welcome";
  ConversationId conversation;
  std::int64_t last = 0;
  inbox::Status status = inbox::Status::assistant;
  std::optional<std::string> operator_;
};
CHATIKA_JSON(WidgetWelcome, conversation, last, status, operator_)
struct WidgetMessage {
  static constexpr std::string_view kType = "message";
  inbox::Message message;
};
CHATIKA_JSON(WidgetMessage, message)
struct WidgetReceived {
  static constexpr std::string_view kType = "received";
  Uuid id;
  std::int64_t seq = 0;
  Time at;
};
CHATIKA_JSON(WidgetReceived, id, seq, at)
struct WidgetStatus {
  static constexpr std::string_view kType = "status";
  inbox::Status status = inbox::Status::assistant;
  std::optional<std::string> operator_;
};
CHATIKA_JSON(WidgetStatus, status, operator_)
enum class TypingFrom { assistant, employee };
CHATIKA_JSON_ENUM(TypingFrom, assistant, employee)
struct WidgetTypingEvent {
  static constexpr std::string_view kType = "typing";
  TypingFrom from = TypingFrom::employee;
  bool on = false;
};
CHATIKA_JSON(WidgetTypingEvent, from, on)
struct WidgetReadEvent {
  static constexpr std::string_view kType = "read";
  std::int64_t seq = 0;
};
CHATIKA_JSON(WidgetReadEvent, seq)
struct WidgetError {
  static constexpr std::string_view kType = "error";
  std::string code;
  std::string text;
  std::optional<Uuid> id;
  std::optional<std::string> pointer;
};
CHATIKA_JSON(WidgetError, code, text, id, pointer)
struct Pong {
  static constexpr std::string_view kType = "pong";
};
CHATIKA_JSON(Pong)
using WidgetEvent = std::variant<WidgetWelcome, WidgetMessage, WidgetReceived, WidgetStatus,
                                 WidgetTypingEvent, WidgetReadEvent, WidgetError, Pong>;

// Panel over HTTP.
struct SignInRequest {
  json::Line<limits::kEmailChars> email;
  json::Exact<limits::kPasswordChars> password;
};
CHATIKA_JSON(SignInRequest, email, password)
struct SessionEmployee {
  EmployeeId id;
  std::string name;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;
};
CHATIKA_JSON(SessionEmployee, id, name, role, officer)
struct SessionTenant {
  std::string name;
  accounts::Business business = accounts::Business::clinic;
  std::string time_zone;
  std::string public_key;
  std::vector<Language> languages;
};
CHATIKA_JSON(SessionTenant, name, business, time_zone, public_key, languages)
struct Session {
  SessionEmployee employee;
  SessionTenant tenant;
  std::string csrf;
};
CHATIKA_JSON(Session, employee, tenant, csrf)

struct Booking {
  BookingId id;
  std::string reference;
  std::optional<ConversationId> conversation;
  std::string service;
  SpecialistId specialist_id;
  std::string specialist;
  Time starts_at;
  Time ends_at;
  booking::BookingStatus status = booking::BookingStatus::held;
  std::optional<std::string> name;
  std::optional<std::string> phone;
};
CHATIKA_JSON(Booking, id, reference, conversation, service, specialist_id, specialist, starts_at, ends_at,
             status, name, phone)
struct ConversationDetail {
  inbox::Conversation conversation;
  inbox::Visitor visitor;
  std::vector<inbox::Lead> leads;
  std::vector<Booking> bookings;
};
CHATIKA_JSON(ConversationDetail, conversation, visitor, leads, bookings)
struct Reply {
  Uuid client_id;
  json::Text<limits::kMessageChars> text;
};
CHATIKA_JSON(Reply, client_id, text)
struct ReadUpTo {
  json::Int<0, 1'000'000'000> seq;
};
CHATIKA_JSON(ReadUpTo, seq)
struct SetLeadStatus {
  inbox::LeadStatus status = inbox::LeadStatus::new_;
};
CHATIKA_JSON(SetLeadStatus, status)
struct Specialist {
  SpecialistId id;
  std::string name;
  std::string title;
};
CHATIKA_JSON(Specialist, id, name, title)
struct Service {
  ServiceId id;
  std::string name;
  int duration_min = 0;
  std::optional<int> price;
  std::vector<std::string> specialists;
};
CHATIKA_JSON(Service, id, name, duration_min, price, specialists)
struct DayOfBookings {
  std::string date;
  std::string time_zone;
  std::vector<Specialist> specialists;
  std::vector<Booking> items;
};
CHATIKA_JSON(DayOfBookings, date, time_zone, specialists, items)
struct Article {
  ArticleId id;
  Language language = Language::ru;
  std::string title;
  std::string text;
  std::int64_t version = 1;
  Time updated_at;
};
CHATIKA_JSON(Article, id, language, title, text, version, updated_at)
struct ArticleSummary {
  ArticleId id;
  Language language = Language::ru;
  std::string title;
  std::int64_t version = 1;
  Time updated_at;
  std::int64_t length = 0;
};
CHATIKA_JSON(ArticleSummary, id, language, title, version, updated_at, length)
struct NewArticle {
  Language language = Language::ru;
  json::Line<limits::kTitleChars> title;
  json::Text<limits::kArticleChars> text;
};
CHATIKA_JSON(NewArticle, language, title, text)
struct ChangedArticle {
  Language language = Language::ru;
  json::Line<limits::kTitleChars> title;
  json::Text<limits::kArticleChars> text;
  json::Int<1, 1'000'000'000> version;
};
CHATIKA_JSON(ChangedArticle, language, title, text, version)
struct AskQuestion {
  Language language = Language::ru;
  json::Line<500> question;
};
CHATIKA_JSON(AskQuestion, language, question)
struct AskAnswer {
  std::optional<std::string> answer;
  std::vector<inbox::Source> sources;
};
CHATIKA_JSON(AskAnswer, answer, sources)

// Panel socket.
struct PanelHello {
  static constexpr std::string_view kType = "hello";
  std::optional<json::Int<0, 1'000'000'000'000>> after;
};
CHATIKA_JSON(PanelHello, after)
struct PanelTyping {
  static constexpr std::string_view kType = "typing";
  ConversationId conversation;
  bool on = false;
};
CHATIKA_JSON(PanelTyping, conversation, on)
using PanelCommand = std::variant<PanelHello, PanelTyping, Ping>;

struct PanelWelcome {
  static constexpr std::string_view kType = "welcome";
  std::int64_t feed = 0;
};
CHATIKA_JSON(PanelWelcome, feed)
struct PanelMessages {
  static constexpr std::string_view kType = "messages";
  std::int64_t feed = 0;
  inbox::Conversation conversation;
  std::vector<inbox::Message> messages;
};
CHATIKA_JSON(PanelMessages, feed, conversation, messages)
struct PanelConversation {
  static constexpr std::string_view kType = "conversation";
  std::int64_t feed = 0;
  inbox::Conversation conversation;
};
CHATIKA_JSON(PanelConversation, feed, conversation)
struct PanelLead {
  static constexpr std::string_view kType = "lead";
  std::int64_t feed = 0;
  inbox::Lead lead;
};
CHATIKA_JSON(PanelLead, feed, lead)
struct PanelBooking {
  static constexpr std::string_view kType = "booking";
  std::int64_t feed = 0;
  Booking booking;
};
CHATIKA_JSON(PanelBooking, feed, booking)
struct PanelArticle {
  static constexpr std::string_view kType = "article";
  std::int64_t feed = 0;
  ArticleId article;
};
CHATIKA_JSON(PanelArticle, feed, article)
// Its person withdrew, was blocked or erased: it leaves the lists.
struct PanelGone {
  static constexpr std::string_view kType = "gone";
  std::int64_t feed = 0;
  ConversationId conversation;
};
CHATIKA_JSON(PanelGone, feed, conversation)
// A request about personal data came or moved; what it says is for the privacy officer's pages to ask.
struct PanelRequest {
  static constexpr std::string_view kType = "request";
  std::int64_t feed = 0;
  Uuid request;
};
CHATIKA_JSON(PanelRequest, feed, request)
enum class PanelTypingFrom { visitor, employee };
CHATIKA_JSON_ENUM(PanelTypingFrom, visitor, employee)
struct PanelTypingEvent {
  static constexpr std::string_view kType = "typing";
  ConversationId conversation;
  PanelTypingFrom from = PanelTypingFrom::visitor;
  bool on = false;
};
CHATIKA_JSON(PanelTypingEvent, conversation, from, on)
struct PanelResync {
  static constexpr std::string_view kType = "resync";
  std::int64_t feed = 0;
};
CHATIKA_JSON(PanelResync, feed)
struct PanelSignedOut {
  static constexpr std::string_view kType = "signed_out";
};
CHATIKA_JSON(PanelSignedOut)
struct PanelError {
  static constexpr std::string_view kType = "error";
  std::string code;
  std::string text;
};
CHATIKA_JSON(PanelError, code, text)
using PanelEvent =
    std::variant<PanelWelcome, PanelMessages, PanelConversation, PanelLead, PanelBooking, PanelArticle, PanelGone, PanelRequest,
                 PanelTypingEvent, PanelResync, PanelSignedOut, PanelError, Pong>;

// Errors over HTTP; http::problem() writes it.
struct ProblemField {
  std::string pointer;
  std::string code;
  std::string message;
};
struct Problem {
  std::string type;
  int status = 0;
  std::string code;
  std::string title;
  std::vector<ProblemField> errors;
};
BOOST_DESCRIBE_STRUCT(ProblemField, (), (pointer, code, message))
[[maybe_unused]] constexpr std::string_view json_name(const ProblemField*) {
  return "FieldError";
}
CHATIKA_JSON(Problem, type, status, code, title, errors)

}  // namespace chatika::api
