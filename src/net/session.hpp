// How a connection begins and what it becomes: HTTP first, perhaps a WebSocket later, at last a lingering
// end.
#pragma once

#include <memory>
#include <string>

#include "net/stream.hpp"
#include "net/worker.hpp"

namespace chatika::net {

// After our last byte the peer may still be sending: closing now would reset the connection and take that
// byte with it. So what comes is read and thrown away, up to these bounds.
inline constexpr std::chrono::milliseconds kLinger{2000};
inline constexpr std::size_t kLingerBytes = 4 << 20;

// The slowest reader that is still served, once the first write deadline is used up.
inline constexpr std::size_t kSlowestReaderBytesPerSecond = 8 * 1024;

void start_http(std::shared_ptr<Core> core, Worker& worker, TcpSocket socket, bool tls, Slot slot);
// Answers the upgrade with 101; `key` is the client's Sec-WebSocket-Key. On the worker's thread.
void start_websocket(std::shared_ptr<Core> core, Worker& worker, Stream stream, const std::string& key,
                     http::MakeHandler make);
// `owner` keeps `stream` alive, which nobody else reads or closes any more.
void start_linger(std::shared_ptr<Core> core, Worker& worker, std::shared_ptr<Connection> owner,
                  Stream& stream);

}  // namespace chatika::net
