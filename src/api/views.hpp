// Rooms' data as panels see it, and the events a committed change becomes. Made inside the operation, sent
// after its commit.
#pragma once

#include <optional>
#include <vector>

#include "api/app.hpp"
#include "api/wire.hpp"
#include "assistant/model.hpp"
#include "booking/booking.hpp"
#include "inbox/inbox.hpp"

namespace chatika::api {

Result<Booking> view(privacy::Access& access, const booking::Catalog& catalog,
                     const booking::Booking& booking);
Result<std::vector<Booking>> views(privacy::Access& access, const booking::Catalog& catalog,
                                   const std::vector<booking::Booking>& bookings);

// What a socket closes with when its token is no longer any: the widget starts anew.
inline constexpr std::uint16_t kConversationEnded = 4401;

// Frames to send once the operation is committed.
struct Outbox {
  std::vector<std::pair<ConversationId, Frame>> visitors;
  std::vector<Frame> panels;
  std::vector<crypto::Hash> ended_sessions;  // their panels are told and closed
  std::vector<EmployeeId> changed_access;    // their panels close; whoever may opens another
  bool ask_panels = false;                   // whether each may still hear
  std::vector<ConversationId> ended;  // their visitors' sockets close

  void to_visitor(ConversationId conversation, const WidgetEvent& event);
  void to_panels(const PanelEvent& event);
  void send(Hub& hub, TenantId tenant) const;
};

// The conversation has new messages (all of them after the thread's earlier last_seq): visitors hear them,
// panels too when `feed` says under which number the feed has them.
Result<void> announce_messages(privacy::Access& access, const inbox::Thread& thread,
                               const std::vector<inbox::Message>& messages, std::optional<std::int64_t> feed,
                               Outbox& out);
// Only its state has changed: taken, handed back, read.
Result<void> announce_conversation(privacy::Access& access, const inbox::Thread& thread, Outbox& out);
// The person's data are closed to everyday work or go: after the commit their sockets end and the panels' lists lose them.
void close_lines(App& app, privacy::Access& access, SubjectId subject);
Result<WidgetStatus> status_of(privacy::Access& access, const inbox::Thread& thread);

// What happened after feed number `after`, in order; nullopt when it is too much to replay.
Result<std::optional<std::vector<PanelEvent>>> replay(privacy::Access& access,
                                                      const booking::Catalog& catalog, std::int64_t after);

}  // namespace chatika::api
