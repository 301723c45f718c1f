// Who is listening right now: visitors by conversation, panels by business. Gives committed events to their
// sockets. Thread-safe. Publishing is called in the order of a tenant's commits, so every listener sees that
// order.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "crypto/crypto.hpp"
#include "http/socket.hpp"

namespace chatika::api {

using Frame = std::shared_ptr<const std::string>;

// A panel that hears, and whose it is.
struct Listener {
  crypto::Hash session;
  EmployeeId employee;
  Time until;  // the session or the access ends then, whichever is first
  std::shared_ptr<http::Socket> socket;
  // Asks the gate again, which closes the socket when it says no. `ended`: it hears nothing any more and
  // closes in any case.
  std::function<void(bool ended)> ask;
};

class Hub {
 public:
  explicit Hub(const Clock& clock) : clock_(clock) {}

  // A visitor's socket hears its conversation from now on. Adding twice is the same. False when
  // limits::kSocketsPerConversation others do: everything said would go to each of them.
  [[nodiscard]] bool add_visitor(ConversationId conversation, const std::shared_ptr<http::Socket>& socket);
  void remove_visitor(ConversationId conversation, const http::Socket* socket);

  // Nobody hears this conversation any more. Returns who did, to be closed.
  std::vector<std::shared_ptr<http::Socket>> end_conversation(ConversationId conversation);

  // Panels. expect() before the hello is queued, so that operations committed while it runs already make
  // events for it.
  void expect_panel(TenantId tenant);
  void add_panel(TenantId tenant, Listener listener);
  void set_term(TenantId tenant, const http::Socket* socket, Time until);
  void mute_panel(TenantId tenant, const http::Socket* socket);    // hears nothing more; still to be removed
  void remove_panel(TenantId tenant, const http::Socket* socket);  // undoes expect() too
  [[nodiscard]] bool has_panels(TenantId tenant);
  // The session is over: its panels hear nothing more from now on. Returns their sockets, for a last word.
  std::vector<std::shared_ptr<http::Socket>> end_session(TenantId tenant, const crypto::Hash& session);
  // The employee's access has changed: their panels hear nothing more from now on and close; one that may
  // goes on with another socket.
  void end_employee(TenantId tenant, EmployeeId employee);
  // Every panel of the business, or of all, is asked again whether it may hear.
  void ask_panels(TenantId tenant);
  void ask_panels();

  void to_conversation(ConversationId conversation, const Frame& frame);
  // Panels whose term is over hear nothing: they are ended.
  void to_panels(TenantId tenant, const Frame& frame);
  void to_other_panels(TenantId tenant, const http::Socket* but, const Frame& frame);

 private:
  using Sockets = std::vector<std::shared_ptr<http::Socket>>;
  struct Panels {
    int expected = 0;
    std::vector<Listener> listeners;
  };
  Sockets visitors_of(ConversationId conversation);
  // Takes out whom `over` names. Their asks are made without the lock.
  std::vector<Listener> end(TenantId tenant, const std::function<bool(const Listener&)>& over);

  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<ConversationId, Sockets> visitors_;
  std::unordered_map<TenantId, Panels> panels_;
};

}  // namespace chatika::api
