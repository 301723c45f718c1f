#include "api/views.hpp"

#include <algorithm>
#include <map>

#include "api/right_jobs.hpp"
#include "json/write.hpp"

namespace chatika::api {
namespace {

Frame frame_of(const auto& event) {
  return std::make_shared<const std::string>(json::write(event));
}

// The newest entry of each thing changed, with the lowest message number asked for; in feed order.
std::vector<inbox::FeedEntry> merged(std::vector<inbox::FeedEntry> entries) {
  std::map<std::pair<inbox::FeedKind, Uuid>, std::size_t> newest;
  std::vector<inbox::FeedEntry> out;
  for (auto at = entries.rbegin(); at != entries.rend(); ++at) {
    const auto [place, is_new] = newest.try_emplace({at->kind, at->ref}, out.size());
    if (is_new)
      out.push_back(*at);
    else
      out[place->second].from_seq = std::min(out[place->second].from_seq, at->from_seq);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Result<PanelEvent> event_of(privacy::Access& access, const booking::Catalog& catalog,
                            const inbox::FeedEntry& entry) {
  switch (entry.kind) {
    case inbox::FeedKind::messages: {
      const auto thread = TRY(inbox::thread(access, ConversationId(entry.ref)));
      auto messages = TRY(inbox::messages_after(access, thread, entry.from_seq - 1, limits::kFeedReplay));
      return PanelMessages{entry.seq, TRY(inbox::summary(access, thread)), std::move(messages)};
    }
    case inbox::FeedKind::conversation: {
      const auto thread = TRY(inbox::thread(access, ConversationId(entry.ref)));
      return PanelConversation{entry.seq, TRY(inbox::summary(access, thread))};
    }
    case inbox::FeedKind::lead:
      return PanelLead{entry.seq, TRY(inbox::lead(access, LeadId(entry.ref)))};
    case inbox::FeedKind::booking:
      return PanelBooking{entry.seq,
                          TRY(view(access, catalog, TRY(booking::find(access, BookingId(entry.ref)))))};
    case inbox::FeedKind::article:
      return PanelArticle{entry.seq, ArticleId(entry.ref)};
    case inbox::FeedKind::gone:
      return PanelGone{entry.seq, ConversationId(entry.ref)};
    case inbox::FeedKind::request:
      return PanelRequest{entry.seq, entry.ref};
  }
  return fail(Errc::internal, "unknown feed kind");
}

}  // namespace

Result<Booking> view(privacy::Access& access, const booking::Catalog& catalog, const booking::Booking& b) {
  const auto* service = catalog.service(b.service);
  const auto* specialist = catalog.specialist(b.specialist);
  auto contact = TRY(inbox::contact(access, b.visitor, privacy::Purpose::callback));
  return Booking{.id = b.id,
                 .reference = b.reference,
                 .conversation = b.conversation,
                 .service = service == nullptr ? "" : service->name_ru,
                 .specialist_id = b.specialist,
                 .specialist = specialist == nullptr ? "" : specialist->name_ru,
                 .starts_at = b.starts_at,
                 .ends_at = b.ends_at,
                 .status = b.status,
                 .name = std::move(contact.name),
                 .phone = std::move(contact.phone)};
}

Result<std::vector<Booking>> views(privacy::Access& access, const booking::Catalog& catalog,
                                   const std::vector<booking::Booking>& bookings) {
  std::vector<Booking> out;
  for (const auto& b : bookings) out.push_back(TRY(view(access, catalog, b)));
  return out;
}

void Outbox::to_visitor(ConversationId conversation, const WidgetEvent& event) {
  visitors.emplace_back(conversation, frame_of(event));
}
void Outbox::to_panels(const PanelEvent& event) {
  panels.push_back(frame_of(event));
}

void Outbox::send(Hub& hub, TenantId tenant) const {
  for (const auto& session : ended_sessions)
    for (const auto& socket : hub.end_session(tenant, session)) {
      socket->send(json::write(PanelSignedOut{}));
      socket->close(kSignedOut, "signed out");
    }
  for (const auto employee : changed_access) hub.end_employee(tenant, employee);
  if (ask_panels) hub.ask_panels(tenant);
  for (const auto& [conversation, frame] : visitors) hub.to_conversation(conversation, frame);
  for (const auto& frame : panels) hub.to_panels(tenant, frame);
  for (const auto conversation : ended)
    for (const auto& socket : hub.end_conversation(conversation)) socket->close(kConversationEnded, "ended");
}

Result<void> announce_messages(privacy::Access& access, const inbox::Thread& thread,
                               const std::vector<inbox::Message>& messages, std::optional<std::int64_t> feed,
                               Outbox& out) {
  for (const auto& message : messages) out.to_visitor(thread.id, WidgetMessage{message});
  if (!feed) return {};
  out.to_panels(PanelMessages{*feed, TRY(inbox::summary(access, thread)), messages});
  return {};
}

Result<void> announce_conversation(privacy::Access& access, const inbox::Thread& thread, Outbox& out) {
  const auto feed = inbox::record(access, inbox::FeedKind::conversation, thread.id);
  out.to_panels(PanelConversation{feed, TRY(inbox::summary(access, thread))});
  return {};
}

void close_lines(App& app, privacy::Access& access, SubjectId subject) {
  ask_to_erase(access, access.now());  // what is planned for them, and who is to be told
  ask_to_tell(access);
  if (const auto standing = access.standing(subject); standing && standing->kind == privacy::SubjectKind::employee)
    ask_to_forget_login(access, EmployeeId(subject));
  Outbox out;
  for (const auto conversation : inbox::conversations_of(access, subject)) {
    out.to_panels(PanelGone{inbox::record(access, inbox::FeedKind::gone, conversation), conversation});
    out.ended.push_back(conversation);
  }
  if (out.ended.empty()) return;
  access.after_commit([&hub = app.hub, tenant = access.who().tenant, out = std::move(out)] { out.send(hub, tenant); });
}

Result<WidgetStatus> status_of(privacy::Access& access, const inbox::Thread& thread) {
  WidgetStatus status{.status = thread.status, .operator_ = {}};
  if (thread.operator_) status.operator_ = TRY(inbox::operator_name(access, *thread.operator_));
  return status;
}

Result<std::optional<std::vector<PanelEvent>>> replay(privacy::Access& access,
                                                      const booking::Catalog& catalog, std::int64_t after) {
  auto entries = inbox::feed_after(access, after, limits::kFeedReplay + 1);
  std::vector<PanelEvent> out;
  if (entries.size() > limits::kFeedReplay) return std::optional<std::vector<PanelEvent>>();
  for (const auto& entry : merged(std::move(entries))) {
    auto event = event_of(access, catalog, entry);
    if (event)
      out.push_back(std::move(*event));
    else if (event.error().code != Errc::not_found && !privacy::closed_to(event.error().code))
      return fail(std::move(event).error());  // what has gone since, or may not be read any more, is left out
  }
  return std::optional(std::move(out));
}

}  // namespace chatika::api
