#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "base/limits.hpp"
#include "net/testing.hpp"

namespace chatika::net::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr int kText = 0x1;
constexpr int kBinary = 0x2;
constexpr int kClose = 0x8;
constexpr int kPing = 0x9;
constexpr int kPong = 0xA;

// A client's frame, masked with zeros (RFC 6455 5.2); `claimed` lies about the size.
std::string frame(int opcode, std::string_view text, bool last = true, std::uint64_t claimed = 0) {
  const std::uint64_t size = claimed ? claimed : text.size();
  std::string bytes(1, static_cast<char>((last ? 0x80 : 0) | opcode));
  if (size < 126) {
    bytes += static_cast<char>(0x80 | size);
  } else if (size < 65536) {
    bytes += static_cast<char>(0x80 | 126);
    bytes += {static_cast<char>(size >> 8), static_cast<char>(size & 0xFF)};
  } else {
    bytes += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((size >> shift) & 0xFF);
  }
  bytes += std::string(4, '\0');
  return bytes.append(text);
}

struct Frame {
  int opcode = 0;
  std::string text;
  [[nodiscard]] int close_code() const {
    return text.size() < 2 ? 0
                           : (static_cast<unsigned char>(text[0]) << 8) | static_cast<unsigned char>(text[1]);
  }
};

class WsClient : public Client {
 public:
  explicit WsClient(std::uint16_t port, std::string_view path = "/socket", int receive_buffer = 0)
      : Client(port, receive_buffer) {
    say("GET " + std::string(path) +
        " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    if (hear_until("\r\n\r\n")) {
      head = seen.substr(0, seen.find("\r\n\r\n") + 4);
      seen.erase(0, head.size());
    }
  }
  // Opcode 0 when the connection ended instead.
  Frame next() {
    if (!hear_bytes(2)) return {};
    std::size_t header = 2;
    std::size_t size = static_cast<unsigned char>(seen[1]) & 0x7F;
    if (size >= 126) {
      const std::size_t bytes = size == 126 ? 2 : 8;
      if (!hear_bytes(2 + bytes)) return {};
      size = 0;
      for (std::size_t i = 0; i < bytes; ++i) size = size << 8 | static_cast<unsigned char>(seen[2 + i]);
      header += bytes;
    }
    if (!hear_bytes(header + size)) return {};
    Frame got{.opcode = seen[0] & 0x0F, .text = seen.substr(header, size)};
    seen.erase(0, header + size);
    return got;
  }
  // Skips frames until the closing one; its code, or -1.
  int close_code() {
    while (true) {
      const Frame got = next();
      if (got.opcode == 0) return -1;
      if (got.opcode == kClose) return say(frame(kClose, got.text)), got.close_code();
    }
  }
  std::string head;
};

// Counts what handlers live through, and gives the test the socket.
struct Watch {
  std::mutex mutex;
  std::condition_variable changed;
  std::shared_ptr<Socket> socket;
  int closed = 0;

  std::shared_ptr<Socket> wait_socket() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return socket != nullptr; });
    return socket;
  }
  bool wait_closed(int times) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, 10s, [&] { return closed >= times; });
  }
};

class EchoHandler final : public SocketHandler {
 public:
  EchoHandler(std::shared_ptr<Socket> socket, Watch& watch) : socket_(std::move(socket)), watch_(watch) {
    const std::lock_guard lock(watch_.mutex);
    watch_.socket = socket_;
    watch_.changed.notify_all();
  }
  void on_frame(std::string_view text) override {
    if (text == "throw") throw std::runtime_error("bug");
    if (text == "close") return socket_->send("last"), socket_->close(4401, "bye");
    socket_->send("<" + std::string(text) + ">");
  }
  void on_close() override {
    const std::lock_guard lock(watch_.mutex);
    ++watch_.closed;
    watch_.socket.reset();
    watch_.changed.notify_all();
  }

 private:
  std::shared_ptr<Socket> socket_;
  Watch& watch_;
};

Handlers echo_sockets(Watch& watch) {
  Handlers handlers = echo_handlers();
  handlers.upgrade = [&watch](const http::Request& request, auto accept) {
    if (request.path != "/socket")
      return accept(
          std::unexpected(http::problem({.code = Errc::forbidden, .cause = {}, .fields = {}}, "ru")));
    accept([&watch](std::shared_ptr<Socket> socket) {
      return std::make_unique<EchoHandler>(std::move(socket), watch);
    });
  };
  return handlers;
}

class WebSockets : public ::testing::Test {
 protected:
  Watch watch;
};

TEST_F(WebSockets, EchoTextAndOfferNothingTheyDoNotKeep) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port());
  EXPECT_THAT(client.head, HasSubstr("HTTP/1.1 101 Switching Protocols\r\n"));
  EXPECT_THAT(client.head, HasSubstr("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
      << "RFC 6455 1.3";
  EXPECT_THAT(client.head, HasSubstr("x-content-type-options: nosniff\r\n"));
  EXPECT_THAT(client.head, Not(HasSubstr("erver:")));
  EXPECT_THAT(client.head, Not(HasSubstr("deflate")));
  client.say(frame(kText, "привет"));
  EXPECT_EQ(client.next().text, "<привет>");
  const std::string large(limits::kFrameBytes, 'x');
  client.say(frame(kText, large));
  EXPECT_EQ(client.next().text, "<" + large + ">");
}

TEST_F(WebSockets, JoinFragmentsAndAnswerPingsBetweenThem) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port());
  client.say(frame(kText, "a", false) + frame(0, "", false) + frame(kPing, "?") + frame(0, "b", true));
  const Frame pong = client.next();
  EXPECT_EQ(pong.opcode, kPong);
  EXPECT_EQ(pong.text, "?");
  EXPECT_EQ(client.next().text, "<ab>");
}

TEST_F(WebSockets, RefuseGiantFramesBeforeTheyCome) {
  const Live live(echo_sockets(watch));
  WsClient one(live.port());
  one.say(frame(kText, "x", true, limits::kFrameBytes + 1));
  EXPECT_EQ(one.close_code(), 1009);
  WsClient huge(live.port());
  huge.say(frame(kText, std::string(100'000, 'x'), true, std::uint64_t{1} << 62));
  EXPECT_EQ(huge.close_code(), 1009);
  WsClient parts(live.port());
  const std::string half(limits::kFrameBytes / 2 + 1, 'x');
  parts.say(frame(kText, half, false) + frame(0, half, true));
  EXPECT_EQ(parts.close_code(), 1009);
  EXPECT_TRUE(watch.wait_closed(3));
}

TEST_F(WebSockets, RefuseWhatIsNotText) {
  const Live live(echo_sockets(watch));
  WsClient binary(live.port());
  binary.say(frame(kBinary, "x"));
  EXPECT_EQ(binary.close_code(), 1003);
  WsClient broken(live.port());
  broken.say(frame(kText, "\xff\xfe"));
  EXPECT_EQ(broken.close_code(), 1007);
  WsClient unmasked(live.port());
  unmasked.say(std::string("\x81\x01x", 3));
  EXPECT_EQ(unmasked.close_code(), 1002);
  EXPECT_TRUE(watch.wait_closed(3));
}

TEST_F(WebSockets, AreRefusedBeforeTheUpgradeByHandlerAndProtocol) {
  const Live live(echo_sockets(watch));
  EXPECT_EQ(status_of(WsClient(live.port(), "/foreign").head), 403);
  const std::string start =
      "GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n";
  const std::pair<int, std::string> cases[] = {
      {426, start + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"},
      {400, start + "Sec-WebSocket-Version: 13\r\n\r\n"},
      {400, start + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n"},
      {400, start + "Sec-WebSocket-Version: 13\r\nContent-Length: 1\r\nSec-WebSocket-Key: "
                    "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nx"},
  };
  for (const auto& [status, bytes] : cases) {
    Client client(live.port());
    client.say(bytes);
    EXPECT_EQ(status_of(client.response()), status) << bytes;
  }
}

TEST_F(WebSockets, CloseWithTheCodeAfterWhatIsQueued) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port());
  client.say(frame(kText, "close") + frame(kText, "after"));
  EXPECT_EQ(client.next().text, "last");
  const Frame end = client.next();
  EXPECT_EQ(end.close_code(), 4401);
  EXPECT_EQ(end.text.substr(2), "bye");
  client.say(frame(kClose, end.text));
  EXPECT_TRUE(client.hear_out());
  EXPECT_TRUE(watch.wait_closed(1));
  EXPECT_EQ(watch.closed, 1);
}

TEST_F(WebSockets, AnswerTheClientsCloseAndTellTheHandlerOnce) {
  const Live live(echo_sockets(watch));
  {
    WsClient client(live.port());
    client.say(frame(kClose, std::string("\x03\xe8", 2)));
    EXPECT_EQ(client.close_code(), 1000);
  }
  EXPECT_TRUE(watch.wait_closed(1));
  {
    WsClient gone(live.port());
  }
  EXPECT_TRUE(watch.wait_closed(2));
  EXPECT_EQ(watch.closed, 2);
}

TEST_F(WebSockets, SurviveHandlersThatThrow) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port());
  client.say(frame(kText, "throw"));
  EXPECT_EQ(client.close_code(), 1011);
  EXPECT_TRUE(watch.wait_closed(1));
}

TEST_F(WebSockets, CloseSlowReadersAndForgetTheirQueue) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port(), "/socket", 4096);
  const auto socket = watch.wait_socket();
  const auto large = std::make_shared<const std::string>(64 * 1024, 'x');
  for (int i = 0; i < 4096 && large.use_count() < 1000; ++i) {
    socket->send(large);  // 256 MiB, of which the queue may hold one
    ASSERT_LE(large.use_count(), 2 + static_cast<long>(limits::kSocketQueueBytes / large->size()));
    if (i % 16 == 0) std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(client.close_code(), 1013);
  EXPECT_TRUE(watch.wait_closed(1));
  socket->send("into the void");
}

TEST_F(WebSockets, BoundTheNumberOfQueuedFrames) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port(), "/socket");
  const auto socket = watch.wait_socket();
  const auto small = std::make_shared<const std::string>("x");
  long most = 0;
  for (int i = 0; i < 100'000; ++i) {  // faster than any socket takes them
    socket->send(small);
    most = std::max(most, small.use_count() - 1);
  }
  EXPECT_LE(most, static_cast<long>(limits::kSocketQueueFrames) + 1);
  EXPECT_EQ(client.close_code(), 1013);
}

TEST_F(WebSockets, DeliverEverythingFromManyThreadsInEachOnesOrder) {
  const Live live(echo_sockets(watch));
  WsClient client(live.port());
  const auto socket = watch.wait_socket();
  constexpr int kThreads = 4;
  constexpr int kEach = 100;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&socket, t] {
        for (int i = 0; i < kEach; ++i) socket->send(std::to_string(t) + ":" + std::to_string(i));
      });
    }
  }
  int next[kThreads] = {};
  for (int i = 0; i < kThreads * kEach; ++i) {
    const std::string text = client.next().text;
    ASSERT_EQ(text.substr(2), std::to_string(next[text[0] - '0']++));
  }
}

TEST_F(WebSockets, PingTheSilentAndCloseTheDead) {
  Config config;
  config.socket_ping = 100ms;
  const Live live(echo_sockets(watch), config);
  WsClient client(live.port());
  EXPECT_EQ(client.next().opcode, kPing);
  EXPECT_TRUE(client.hear_out());
  EXPECT_TRUE(watch.wait_closed(1));
}

TEST_F(WebSockets, GoAwayWhenTheServerStops) {
  Config config;
  config.threads = 2;
  Live live(echo_sockets(watch), config);
  std::vector<std::unique_ptr<WsClient>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<WsClient>(live.port()));
  for (const auto& client : clients) {
    client->say(frame(kText, "x"));
    EXPECT_EQ(client->next().text, "<x>");
  }
  live.server->stop(10s);
  for (const auto& client : clients) {
    EXPECT_EQ(client->close_code(), 1001);
    ::shutdown(client->fd(), SHUT_WR);
  }
  live.stop(10s);
  EXPECT_EQ(watch.closed, 20);
}

TEST_F(WebSockets, AreCutWhenTheyOutlastTheGrace) {
  Live live(echo_sockets(watch));
  WsClient client(live.port());
  const auto socket = watch.wait_socket();
  live.stop(50ms);
  EXPECT_EQ(watch.closed, 1);
  live.server.reset();
  socket->send("late");  // harmless, though the server is no more
  socket->close(1000, "");
}

}  // namespace
}  // namespace chatika::net::testing
