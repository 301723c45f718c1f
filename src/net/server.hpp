// The asynchronous shell: listeners, TLS 1.3, the framing gate, deadlines, HTTP sessions, WebSockets. Beast stays
// behind this header. Handlers are called on I/O threads and must not block; they answer from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/http.hpp"
#include "http/socket.hpp"

namespace chatika::net {

using http::Socket;
using http::SocketHandler;

struct Handlers {
  using MakeHandler = http::MakeHandler;
  // Answers a request by calling `respond` exactly once, from any thread.
  std::function<void(http::Request, std::move_only_function<void(http::Response)> respond)> request;
  // Decides an upgrade before 101: a handler, or the error to answer with. Calls `accept` exactly once, from any thread;
  // the factory it is given runs when the socket is open.
  std::function<void(http::Request, std::move_only_function<void(std::expected<MakeHandler, http::Response>)> accept)> upgrade;
};

struct Config {
  struct Listener {
    std::string address;   // "127.0.0.1", "::", …
    std::uint16_t port = 0;  // 0: any, see Server::ports()
    bool tls = false;
  };
  std::vector<Listener> listeners;
  std::string certificate_file;  // PEM chain; needed when a listener has tls
  std::string key_file;
  unsigned threads = 1;
  std::chrono::milliseconds header_deadline{10'000};  // first byte of a request (after idle) to the end of its headers
  std::chrono::milliseconds body_deadline{20'000};
  std::chrono::milliseconds idle_deadline{60'000};    // keep-alive between requests
  std::chrono::milliseconds write_deadline{30'000};
  std::chrono::milliseconds socket_ping{30'000};      // WebSocket ping; no answer within another period closes
  std::size_t max_connections = 20'000;
};

class Server {
 public:
  // Binds and starts to listen; serves once run() is called.
  static Result<std::unique_ptr<Server>> make(const Config& config, Handlers handlers);
  virtual ~Server() = default;
  // The bound ports, in the order of Config::listeners.
  [[nodiscard]] virtual std::vector<std::uint16_t> ports() const = 0;
  // Serves on config.threads threads, this one among them, until stop().
  virtual void run() = 0;
  // Graceful: no new connections, running requests finish, sockets close with 1001; after `grace` the rest is cut. Any thread.
  virtual void stop(std::chrono::milliseconds grace) = 0;
};

// A self-made ECDSA P-256 certificate for `localhost`, 127.0.0.1 and ::1, valid 825 days, written as two PEM files
// (key 0600) unless both are there. For demos only.
Result<void> make_self_signed(const std::string& certificate_file, const std::string& key_file);

}  // namespace chatika::net
