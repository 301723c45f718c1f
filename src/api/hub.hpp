// Who is listening right now: visitors by conversation, panels by business. Gives committed events to their
// sockets. Thread-safe. Publishing is called in the order of a tenant's commits, so every listener sees that
// order.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "crypto/crypto.hpp"
#include "http/socket.hpp"

namespace chatika::api {

using Frame = std::shared_ptr<const std::string>;

class Hub {
 public:
  // A visitor's socket hears its conversation from now on. Adding twice is the same. False when
  // limits::kSocketsPerConversation others do: everything said would go to each of them.
  [[nodiscard]] bool add_visitor(ConversationId conversation, const std::shared_ptr<http::Socket>& socket);
  void remove_visitor(ConversationId conversation, const http::Socket* socket);

  // Nobody hears this conversation any more. Returns who did, to be closed.
  std::vector<std::shared_ptr<http::Socket>> end_conversation(ConversationId conversation);

  // Panels. expect() before the hello is queued, so that operations committed while it runs already make
  // events for it.
  void expect_panel(TenantId tenant);
  void add_panel(TenantId tenant, const crypto::Hash& session, const std::shared_ptr<http::Socket>& socket);
  void remove_panel(TenantId tenant, const http::Socket* socket);  // undoes expect() too
  [[nodiscard]] bool has_panels(TenantId tenant);
  // The session is over: its panels hear nothing more from now on. Returns their sockets, for a last word.
  std::vector<std::shared_ptr<http::Socket>> end_session(TenantId tenant, const crypto::Hash& session);

  void to_conversation(ConversationId conversation, const Frame& frame);
  void to_panels(TenantId tenant, const Frame& frame);
  void to_other_panels(TenantId tenant, const http::Socket* but, const Frame& frame);

 private:
  using Sockets = std::vector<std::shared_ptr<http::Socket>>;
  struct Panels {
    int expected = 0;
    Sockets sockets;
    std::unordered_map<const http::Socket*, crypto::Hash> sessions;
  };
  Sockets visitors_of(ConversationId conversation);
  Sockets panels_of(TenantId tenant);

  std::mutex mutex_;
  std::unordered_map<ConversationId, Sockets> visitors_;
  std::unordered_map<TenantId, Panels> panels_;
};

}  // namespace chatika::api
