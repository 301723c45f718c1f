// A WebSocket as the API sees it; net implements it. No Beast here.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/http.hpp"

namespace chatika::http {

// One open WebSocket. Thread-safe. Lives as long as someone holds it; sending to a closed one does nothing.
class Socket {
 public:
  virtual ~Socket() = default;
  // Queues one text frame. A socket whose queue passes limits::kSocketQueueFrames or kSocketQueueBytes is too
  // slow: it is closed with 1013 and the rest dropped (the client resumes by sequence number).
  virtual void send(std::shared_ptr<const std::string> frame) = 0;
  void send(std::string frame) { send(std::make_shared<const std::string>(std::move(frame))); }
  // Sends what is queued, then closes with the code.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

// What the API does with a socket. Calls come one at a time for a socket, on I/O threads.
class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  virtual void on_frame(
      std::string_view text) = 0;  // one whole text message; binary ones are refused by net (1003)
  virtual void on_close() = 0;     // exactly once, also after close()
};

// Runs when the socket is open.
using MakeHandler = std::move_only_function<std::unique_ptr<SocketHandler>(std::shared_ptr<Socket>)>;

}  // namespace chatika::http
