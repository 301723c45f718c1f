#include "net/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "net/testing.hpp"

namespace chatika::net::testing {
namespace {

using namespace std::chrono_literals;
const std::string kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Server, SaysWhyItCannotListen) {
  const Live live(echo_handlers());
  Config config;
  config.listeners = {{.address = "127.0.0.1", .port = live.port()}};
  EXPECT_EQ(Server::make(config, echo_handlers()).error().code, Errc::unavailable);
  config.listeners = {{.address = "nowhere"}};
  EXPECT_EQ(Server::make(config, echo_handlers()).error().code, Errc::invalid);
  config.listeners = {{.address = "127.0.0.1", .tls = true}};
  EXPECT_EQ(Server::make(config, echo_handlers()).error().code, Errc::unavailable);
}

TEST(Server, MayBeStoppedBeforeItRunsAndTwice) {
  Config config;
  config.listeners = {{.address = "127.0.0.1"}, {.address = "127.0.0.1"}};
  config.threads = 3;
  auto server = *Server::make(config, echo_handlers());
  EXPECT_EQ(server->ports().size(), 2U);
  EXPECT_NE(server->ports()[0], server->ports()[1]);
  server->stop(5s);
  server->stop(1s);
  server->run();
  server->stop(0s);
  const auto never_run = *Server::make(config, echo_handlers());
}

TEST(Server, FinishesRunningRequestsAndTakesNoMore) {
  std::promise<std::move_only_function<void(http::Response)>> asked;
  Live live({.request = [&asked](http::Request, auto respond) { asked.set_value(std::move(respond)); },
             .upgrade = {}});
  Client idle(live.port());
  Client waiting(live.port());
  waiting.say(kGet);
  auto respond = asked.get_future().get();
  live.server->stop(10s);
  EXPECT_TRUE(idle.hear_out()) << "idle connections go at once";
  EXPECT_FALSE(Client(live.port()).connected());
  respond({.status = 200, .headers = {}, .body = "done", .static_body = {}});
  EXPECT_TRUE(waiting.hear_until("done"));
  EXPECT_TRUE(waiting.seen.contains("connection: close"));
  ::shutdown(waiting.fd(), SHUT_RDWR);
  live.stop(10s);
}

TEST(Server, CutsWhatOutlastsTheGrace) {
  std::promise<std::move_only_function<void(http::Response)>> asked;
  Live live({.request = [&asked](http::Request, auto respond) { asked.set_value(std::move(respond)); },
             .upgrade = {}});
  Client waiting(live.port());
  waiting.say(kGet);
  auto respond = asked.get_future().get();
  live.stop(50ms);  // returns: the request that nobody answers does not hold it
  EXPECT_TRUE(waiting.hear_out());
  live.server.reset();
  respond({.status = 200, .headers = {}, .body = "late", .static_body = {}});  // harmless
}

TEST(Server, StopsUnderLoad) {
  Config config;
  config.threads = 2;
  Live live(echo_handlers(), config);
  std::atomic<int> answered{0};
  std::atomic<bool> over{false};
  std::vector<std::jthread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      while (!over) {
        Client client(live.port());
        if (!client.connected()) return;
        for (int n = 0; n < 50; ++n) {
          client.say(kGet);
          const std::string response = client.response();
          if (response.empty()) break;
          EXPECT_EQ(status_of(response), 200);
          ++answered;
        }
      }
    });
  }
  while (answered < 500) std::this_thread::yield();
  live.stop(5s);
  over = true;
}

}  // namespace
}  // namespace chatika::net::testing
