// For net's own tests: a server on a free port and a client that says exactly the bytes it is told to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "net/server.hpp"

namespace chatika::net::testing {

inline constexpr int kPatienceMs = 10'000;  // how long a test waits for what must come

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0)
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = kPatienceMs / 1000, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(fd_); }

  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool connected() const { return connected_; }

  void say(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return;  // the server has closed: the test reads what it said before
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  // Reads once into `seen`; false at the end of the connection, or when nothing came in time.
  bool hear(int patience_ms = kPatienceMs) {
    pollfd waiting{.fd = fd_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, patience_ms) <= 0) return timed_out_ = true, false;
    char bytes[16384];
    const auto n = ::recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) return false;
    seen.append(bytes, static_cast<std::size_t>(n));
    return true;
  }
  // Until the server closes; false when it does not.
  bool hear_out() {
    while (hear()) {
    }
    return !timed_out_;
  }
  bool hear_until(std::string_view what) {
    while (!seen.contains(what)) {
      if (!hear()) return false;
    }
    return true;
  }
  // One whole response with Content-Length, cut from `seen`; "" when none comes.
  std::string response() {
    if (!hear_until("\r\n\r\n")) return {};
    const auto head = seen.find("\r\n\r\n") + 4;
    std::size_t length = 0;
    if (const auto at = seen.find("content-length: "); at < head)
      length = std::stoul(seen.substr(at + 16, 12));
    while (seen.size() < head + length) {
      if (!hear()) return {};
    }
    std::string whole = seen.substr(0, head + length);
    seen.erase(0, head + length);
    return whole;
  }
  bool hear_bytes(std::size_t n) {
    while (seen.size() < n) {
      if (!hear()) return false;
    }
    return true;
  }

  std::string seen;

 private:
  int fd_;
  bool connected_ = false;
  bool timed_out_ = false;
};

inline int status_of(std::string_view response) {
  return response.starts_with("HTTP/1.1 ") ? std::atoi(std::string(response.substr(9, 3)).c_str()) : 0;
}

// Serves on threads of its own until stopped.
class Live {
 public:
  explicit Live(Handlers handlers, Config config = {}) {
    if (config.listeners.empty()) config.listeners.push_back({.address = "127.0.0.1"});
    auto made = Server::make(config, std::move(handlers));
    if (!made) {
      ADD_FAILURE() << made.error().cause;
      std::abort();
    }
    server = *std::move(made);
    thread_ = std::thread([this] { server->run(); });
  }
  ~Live() { stop(); }
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(0)) {
    if (!thread_.joinable()) return;
    server->stop(grace);
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const { return server->ports().at(listener); }

  std::unique_ptr<Server> server;

 private:
  std::thread thread_;
};

// Says back what arrived: "METHOD path?key=value&|body".
inline http::Response echo(const http::Request& request) {
  std::string body = std::string(http::name(request.method)) + " " + request.path + "?";
  for (const auto& [key, value] : request.query) body += key + "=" + value + "&";
  http::Response response{.status = 200,
                          .headers = {{"content-type", "text/plain"}},
                          .body = body + "|" + request.body,
                          .static_body = {}};
  return response;
}
inline Handlers echo_handlers() {
  return {.request = [](http::Request request, auto respond) { respond(echo(request)); }, .upgrade = {}};
}

}  // namespace chatika::net::testing
