#include "api/hub.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace chatika::api {
namespace {

bool add(std::vector<std::shared_ptr<http::Socket>>& sockets, const std::shared_ptr<http::Socket>& socket) {
  if (std::find(sockets.begin(), sockets.end(), socket) != sockets.end()) return false;
  sockets.push_back(socket);
  return true;
}

void remove(std::vector<std::shared_ptr<http::Socket>>& sockets, const http::Socket* socket) {
  std::erase_if(sockets, [&](const auto& s) { return s.get() == socket; });
}

void send_all(const std::vector<std::shared_ptr<http::Socket>>& sockets, const http::Socket* but,
              const Frame& frame) {
  for (const auto& socket : sockets)
    if (socket.get() != but) socket->send(frame);
}

}  // namespace

bool Hub::add_visitor(ConversationId conversation, const std::shared_ptr<http::Socket>& socket) {
  const std::lock_guard lock(mutex_);
  auto& sockets = visitors_[conversation];
  if (sockets.size() >= limits::kSocketsPerConversation)
    return std::find(sockets.begin(), sockets.end(), socket) != sockets.end();
  add(sockets, socket);
  return true;
}

void Hub::remove_visitor(ConversationId conversation, const http::Socket* socket) {
  const std::lock_guard lock(mutex_);
  const auto found = visitors_.find(conversation);
  if (found == visitors_.end()) return;
  remove(found->second, socket);
  if (found->second.empty()) visitors_.erase(found);
}

std::vector<std::shared_ptr<http::Socket>> Hub::end_conversation(ConversationId conversation) {
  const std::lock_guard lock(mutex_);
  const auto found = visitors_.find(conversation);
  if (found == visitors_.end()) return {};
  auto sockets = std::move(found->second);
  visitors_.erase(found);
  return sockets;
}

void Hub::expect_panel(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  ++panels_[tenant].expected;
}

void Hub::add_panel(TenantId tenant, Listener listener) {
  const std::lock_guard lock(mutex_);
  auto& listeners = panels_[tenant].listeners;
  const auto found = std::ranges::find(listeners, listener.socket, &Listener::socket);
  if (found == listeners.end()) listeners.push_back(std::move(listener));
}

void Hub::set_term(TenantId tenant, const http::Socket* socket, Time until) {
  const std::lock_guard lock(mutex_);
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return;
  for (auto& listener : found->second.listeners)
    if (listener.socket.get() == socket) listener.until = until;
}

void Hub::mute_panel(TenantId tenant, const http::Socket* socket) {
  (void)end(tenant, [socket](const Listener& l) { return l.socket.get() == socket; });
}

void Hub::remove_panel(TenantId tenant, const http::Socket* socket) {
  const std::lock_guard lock(mutex_);
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return;
  std::erase_if(found->second.listeners, [&](const auto& l) { return l.socket.get() == socket; });
  if (--found->second.expected <= 0) panels_.erase(found);
}

bool Hub::has_panels(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  return panels_.contains(tenant);
}

std::vector<Listener> Hub::end(TenantId tenant, const std::function<bool(const Listener&)>& over) {
  const std::lock_guard lock(mutex_);
  std::vector<Listener> ended;
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return ended;
  std::erase_if(found->second.listeners, [&](Listener& listener) {
    if (!over(listener)) return false;
    ended.push_back(std::move(listener));
    return true;
  });
  return ended;
}

std::vector<std::shared_ptr<http::Socket>> Hub::end_session(TenantId tenant, const crypto::Hash& session) {
  Sockets out;
  for (auto& listener : end(tenant, [&](const Listener& l) { return l.session == session; }))
    out.push_back(std::move(listener.socket));
  return out;
}

void Hub::end_employee(TenantId tenant, EmployeeId employee) {
  for (const auto& listener : end(tenant, [&](const Listener& l) { return l.employee == employee; }))
    listener.ask(true);
}

void Hub::ask_panels(TenantId tenant) {
  std::vector<Listener> asked;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = panels_.find(tenant); found != panels_.end()) asked = found->second.listeners;
  }
  for (const auto& listener : asked) listener.ask(false);
}

void Hub::ask_panels() {
  std::vector<TenantId> tenants;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [tenant, panels] : panels_) tenants.push_back(tenant);
  }
  for (const auto tenant : tenants) ask_panels(tenant);
}

Hub::Sockets Hub::visitors_of(ConversationId conversation) {
  const std::lock_guard lock(mutex_);
  const auto found = visitors_.find(conversation);
  return found == visitors_.end() ? Sockets{} : found->second;
}

void Hub::to_conversation(ConversationId conversation, const Frame& frame) {
  send_all(visitors_of(conversation), nullptr, frame);
}
void Hub::to_panels(TenantId tenant, const Frame& frame) {
  to_other_panels(tenant, nullptr, frame);
}
void Hub::to_other_panels(TenantId tenant, const http::Socket* but, const Frame& frame) {
  const auto now = clock_.now();
  Sockets hear;
  std::vector<Listener> ended;
  {
    const std::lock_guard lock(mutex_);
    const auto found = panels_.find(tenant);
    if (found == panels_.end()) return;
    std::erase_if(found->second.listeners, [&](Listener& listener) {
      if (listener.until > now) return hear.push_back(listener.socket), false;
      return ended.push_back(std::move(listener)), true;
    });
  }
  for (const auto& listener : ended) listener.ask(true);
  send_all(hear, but, frame);
}

}  // namespace chatika::api
