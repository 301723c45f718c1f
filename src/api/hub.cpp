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

void Hub::add_panel(TenantId tenant, const crypto::Hash& session,
                    const std::shared_ptr<http::Socket>& socket) {
  const std::lock_guard lock(mutex_);
  auto& panels = panels_[tenant];
  if (add(panels.sockets, socket)) panels.sessions.emplace(socket.get(), session);
}

void Hub::remove_panel(TenantId tenant, const http::Socket* socket) {
  const std::lock_guard lock(mutex_);
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return;
  remove(found->second.sockets, socket);
  found->second.sessions.erase(socket);
  if (--found->second.expected <= 0) panels_.erase(found);
}

bool Hub::has_panels(TenantId tenant) {
  const std::lock_guard lock(mutex_);
  return panels_.contains(tenant);
}

std::vector<std::shared_ptr<http::Socket>> Hub::end_session(TenantId tenant, const crypto::Hash& session) {
  const std::lock_guard lock(mutex_);
  Sockets ended;
  const auto found = panels_.find(tenant);
  if (found == panels_.end()) return ended;
  auto& panels = found->second;
  std::erase_if(panels.sockets, [&](const auto& socket) {
    const auto of = panels.sessions.find(socket.get());
    if (of == panels.sessions.end() || of->second != session) return false;
    panels.sessions.erase(of);
    ended.push_back(socket);
    return true;
  });
  return ended;
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
void Hub::to_panels(TenantId tenant, const Frame& frame) {
  send_all(panels_of(tenant), nullptr, frame);
}
void Hub::to_other_panels(TenantId tenant, const http::Socket* but, const Frame& frame) {
  send_all(panels_of(tenant), but, frame);
}

}  // namespace chatika::api
