#include "net/worker.hpp"

#include <algorithm>
#include <exception>
#include <typeinfo>

#include "base/log.hpp"

namespace chatika::net {
namespace {

// Deadlines are looked at, not set: one timer a worker instead of one a connection, at the price of being
// late by up to a quarter of the shortest deadline.
std::chrono::milliseconds tick_of(const Config& c) {
  using std::chrono::milliseconds;
  const auto shortest =
      std::min({c.header_deadline, c.body_deadline, c.idle_deadline, c.write_deadline, c.socket_ping});
  return std::clamp(shortest / 4, milliseconds(10), milliseconds(1000));
}

}  // namespace

void Connection::enter() {
  worker_.connections_.push_back(*this);
}

void Connection::leave() {
  if (!is_linked()) return;
  unlink();
  worker_.finish_if_done();
}

Worker::Worker(const Config& config) : tick_period_(tick_of(config)) {}

void Worker::run() {
  sweep();
  while (true) {
    try {
      io_.run();
      break;
    } catch (const std::exception& e) {
      // A bug in a handler ends neither the thread nor its other connections. what() might quote input: not
      // logged.
      log::error("net.handler_failed", {{"type", typeid(e).name()}});
    }
  }
  {
    const std::lock_guard lock(posting_);
    ended_ = true;
  }
  // What was cut short completes; what was posted before `ended_` lets go of what it holds.
  io_.restart();
  io_.poll();
}

template <class Visit>
void Worker::visit_all(Visit visit) {
  // A visit may end the connection it is at, never another: sends to others go by post().
  for (auto it = connections_.begin(); it != connections_.end();) {
    const auto connection = (it++)->shared_from_this();
    visit(*connection);
  }
}

void Worker::sweep() {
  const SteadyTime now = steady_now();
  visit_all([now](Connection& connection) {
    if (connection.deadline() > now) return;
    connection.clear_deadline();
    connection.on_deadline();
  });
  tick_.expires_after(tick_period_);
  tick_.async_wait([this](boost::system::error_code error) {
    if (!error) sweep();
  });
  finish_if_done();
}

void Worker::stop(std::chrono::milliseconds grace) {
  const SteadyTime cut_at = steady_now() + grace;
  if (cut_at < cut_at_) {
    cut_at_ = cut_at;
    end_of_grace_.expires_at(cut_at);
    end_of_grace_.async_wait([this](boost::system::error_code error) {
      if (!error) visit_all([](Connection& connection) { connection.cut(); });
    });
  }
  if (!std::exchange(stopping_, true)) visit_all([](Connection& connection) { connection.on_stop(); });
  finish_if_done();
}

void Worker::finish_if_done() {
  if (!stopping_ || !connections_.empty() || std::exchange(finishing_, true)) return;
  // Not by running dry: Beast's timers stay for as long as somebody holds the socket of a connection that has
  // ended.
  boost::asio::post(io_, [this] { io_.stop(); });
}

}  // namespace chatika::net
