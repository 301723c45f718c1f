// Conversations: the inbox's list, one of them, its messages, and who has it.
#include "api/route.hpp"

namespace chatika::api {

using Conversations = Items<inbox::Conversation>;
CHATIKA_JSON(Conversations, items, next)
using Messages = Items<inbox::Message>;
CHATIKA_JSON(Messages, items, next)

namespace {

constexpr std::int64_t kPage = 50;

Result<Conversations> list_conversations(Desk& desk, const Nothing&) {
  inbox::Page page{
      .status = TRY(query_enum<inbox::Status>(desk.call, "status")),
      .before_at = {},
      .before_id = {},
      .limit = static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, kPage)))};
  if (const auto cursor = TRY(query_cursor(desk.call)))
    page.before_at = cursor->at, page.before_id = cursor->id;
  Conversations out{TRY(inbox::list(desk.access, page)), {}};
  if (out.items.size() == page.limit)
    out.next = write_cursor({out.items.back().last_at, out.items.back().id});
  return out;
}

Result<ConversationDetail> get_conversation(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<ConversationId>());
  const auto thread = TRY(inbox::thread(desk.access, id));
  return ConversationDetail{
      .conversation = TRY(inbox::summary(desk.access, thread)),
      .visitor = TRY(inbox::visitor(desk.access, thread.visitor)),
      .leads = TRY(inbox::leads_of(desk.access, id)),
      .bookings = TRY(views(desk.access, *desk.catalog(), booking::of_conversation(desk.access, id)))};
}

Result<Messages> list_messages(Desk& desk, const Nothing&) {
  const auto thread = TRY(inbox::thread(desk.access, TRY(desk.id<ConversationId>())));
  const auto before = TRY(query_int(desk.call, "before", 1, 1'000'000'000, thread.last_seq + 1));
  const auto limit =
      static_cast<std::size_t>(TRY(query_int(desk.call, "limit", 1, limits::kPageItems, kPage)));
  Messages out{TRY(inbox::messages_before(desk.access, thread, before, limit)), {}};
  if (!out.items.empty() && out.items.front().seq > 1) out.next = std::to_string(out.items.front().seq);
  return out;
}

// What the employee's act put into the conversation, to everyone who looks at it.
Result<inbox::Conversation> changed(Desk& desk, const inbox::Thread& thread, std::int64_t seq_before) {
  const auto messages = TRY(inbox::messages_after(desk.access, thread, seq_before, limits::kPageItems));
  if (!messages.empty()) {
    const auto feed = inbox::record(desk.access, inbox::FeedKind::messages, thread.id, messages.front().seq);
    CHECK(announce_messages(desk.access, thread, messages, feed, desk.outbox));
  }
  CHECK(announce_conversation(desk.access, thread, desk.outbox));
  desk.outbox.to_visitor(thread.id, TRY(status_of(desk.access, thread)));
  return inbox::summary(desk.access, thread);
}

using Act = Result<inbox::Thread> (*)(privacy::Access&, ConversationId);
template <Act act>
Result<inbox::Conversation> change_hands(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<ConversationId>());
  const auto before = TRY(inbox::thread(desk.access, id)).last_seq;
  return changed(desk, TRY(act(desk.access, id)), before);
}

Result<inbox::Message> post_message(Desk& desk, const Reply& in) {
  const auto id = TRY(desk.id<ConversationId>());
  const auto before = TRY(inbox::thread(desk.access, id)).last_seq;
  auto message = TRY(inbox::reply(desk.access, id, in.client_id, in.text));
  if (message.seq <= before) return message;  // repeated: announced the first time
  const auto thread = TRY(inbox::thread(desk.access, id));
  const auto feed = inbox::record(desk.access, inbox::FeedKind::messages, id, message.seq);
  CHECK(announce_messages(desk.access, thread, {message}, feed, desk.outbox));
  desk.outbox.to_visitor(id, WidgetReadEvent{thread.staff_read_seq});
  return message;
}

Result<Nothing> post_read(Desk& desk, const ReadUpTo& in) {
  const auto id = TRY(desk.id<ConversationId>());
  const auto before = TRY(inbox::thread(desk.access, id)).staff_read_seq;
  const auto thread = TRY(inbox::read_by_staff(desk.access, id, in.seq));
  if (thread.staff_read_seq == before) return Nothing{};
  CHECK(announce_conversation(desk.access, thread, desk.outbox));
  desk.outbox.to_visitor(id, WidgetReadEvent{thread.staff_read_seq});
  return Nothing{};
}

}  // namespace

void add_conversation_routes(std::vector<Route>& table) {
  using enum http::Method;
  const auto g = Gate::employee;
  const std::string one = "/api/v1/conversations/{id}";
  table.push_back(panel_route<list_conversations>(get, "/api/v1/conversations", g, "conversations.list",
                                                  "Conversations, newest activity first",
                                                  {"status", "limit", "cursor"}));
  table.push_back(
      panel_route<get_conversation>(get, one, g, "conversation.get", "A conversation with its visitor"));
  table.push_back(panel_route<list_messages>(get, one + "/messages", g, "messages.list",
                                             "Messages before a number, ascending", {"before", "limit"}));
  table.push_back(panel_route<post_message>(post, one + "/messages", g, "message.send",
                                            "Answer the visitor; needs the conversation taken over", {},
                                            201));
  table.push_back(
      panel_route<change_hands<inbox::take>>(post, one + "/take", g, "conversation.take", "Take over"));
  table.push_back(panel_route<change_hands<inbox::hand_back>>(
      post, one + "/hand-back", g, "conversation.hand_back", "Let the assistant go on"));
  table.push_back(
      panel_route<change_hands<inbox::close>>(post, one + "/close", g, "conversation.close", "Close"));
  table.push_back(panel_route<post_read>(post, one + "/read", g, "conversation.read",
                                         "Everything up to a number was seen", {}, 204));
}

}  // namespace chatika::api
