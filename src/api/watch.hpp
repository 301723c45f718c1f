// Closes sockets that open and say nothing: each must say hello within kHello. And keeps the minute in which
// every panel's socket is asked whether it may still hear.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "http/socket.hpp"

namespace chatika::api {

// A socket and what became of it, shared by its handler and by operations under way.
struct Link {
  explicit Link(std::shared_ptr<http::Socket> s) : socket(std::move(s)) {}
  std::shared_ptr<http::Socket> socket;
  std::mutex mutex;      // guards the flags: on_close and the end of an operation may meet
  bool greeted = false;  // hello was accepted; the hub knows the socket
  bool closed = false;
};

class Watch {
 public:
  static constexpr std::chrono::seconds kHello{10};
  static constexpr std::chrono::seconds kMinute{60};
  explicit Watch(std::function<void()> each_minute)
      : each_minute_(std::move(each_minute)), thread_([this](const std::stop_token& stop) { run(stop); }) {}
  ~Watch();
  void expect_hello(const std::shared_ptr<Link>& link);

 private:
  void run(const std::stop_token& stop);
  struct Entry {
    std::chrono::steady_clock::time_point due;
    std::weak_ptr<Link> link;
  };
  std::function<void()> each_minute_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Entry> entries_;  // in order of due: all wait equally long; bounded by net's max_connections
  std::jthread thread_;
};

}  // namespace chatika::api
