#include "api/hub.hpp"

#include <algorithm>

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

void Hub::add_visitor(ConversationId conversation, const std::shared_ptr<http::Socket>& socket) {
  const std::lock_guard lock(mutex_);
  add(visitors_[conversation], socket);
}

void Hub::remove_visitor(ConversationId conversation, const http::Socket* socket) {
  const std::lock_guard lock(mutex_);
  const auto found = visitors_.find(conversation);
  if (found == visitors_.end()) return;
  remove(found->second, socket);
  if (found->second.empty()) visitors_.erase(found);
}

void Hub::expect_panel(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  ++panels_[tenant].expected;
}

void Hub::add_panel(TenantId tenant, const std::shared_ptr<http::Socket>& socket) {
  const std::lock_guard lock(mutex_);
  add(panels_[tenant].sockets, socket);
}

void Hub::remove_panel(TenantId tenant, const http::Socket* socket) {
  const std::lock_guard lock(mutex_);
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return;
  remove(found->second.sockets, socket);
  if (--found->second.expected <= 0) panels_.erase(found);
}

bool Hub::has_panels(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  return panels_.contains(tenant);
}

Hub::Sockets Hub::visitors_of(ConversationId conversation) {
  const std::lock_guard lock(mutex_);
  const auto found = visitors_.find(conversation);
  return found == visitors_.end() ? Sockets{} : found->second;
}

Hub::Sockets Hub::panels_of(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  const auto found = panels_.find(tenant);
  return found == panels_.end() ? Sockets{} : found->second.sockets;
}

void Hub::to_conversation(ConversationId conversation, const Frame& frame) {
  send_all(visitors_of(conversation), nullptr, frame);
}
void Hub::to_other_visitor_sockets(ConversationId conversation, const http::Socket* but, const Frame& frame) {
  send_all(visitors_of(conversation), but, frame);
}
void Hub::to_panels(TenantId tenant, const Frame& frame) {
  send_all(panels_of(tenant), nullptr, frame);
}
void Hub::to_other_panels(TenantId tenant, const http::Socket* but, const Frame& frame) {
  send_all(panels_of(tenant), but, frame);
}

}  // namespace chatika::api
