#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "base/limits.hpp"
#include "net/testing.hpp"

namespace chatika::net::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

const std::string kGet = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

// What the server answers to these bytes, which must be its last word.
int last_word(const Live& live, const std::string& bytes) {
  Client client(live.port());
  client.say(bytes);
  EXPECT_TRUE(client.hear_out()) << "still open after " << bytes.substr(0, 60);
  EXPECT_THAT(client.seen, HasSubstr("connection: close"));
  EXPECT_EQ(client.seen.find("\r\ndate: "), client.seen.rfind("\r\ndate: "))
      << "two answers to " << bytes.substr(0, 60);
  return status_of(client.seen);
}

TEST(Http, RefusesWhatTheGateRefusesAndCloses) {
  const Live live(echo_handlers());
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\n";
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::pair<int, std::string> cases[] = {
      {400, head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + smuggled},
      {400, head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled},
      {400, head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + smuggled},
      {400, head + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n" + smuggled},
      {400, head + "Content-Length: 0\r\nContent-Length: 35\r\n\r\n" + smuggled},
      {400, head + "Host: b\r\n\r\n" + smuggled},
      {400, "GET /a HTTP/1.1\r\n\r\n" + smuggled},
      {400, "POST /a HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled},
      {400, "GET /a HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n" + smuggled},
      {400, "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length : 35\r\n\r\n" + smuggled},
      {400, "GET /a HTTP/1.1\nHost: a\n\n" + smuggled},
      {400, "GET http://b/a HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
      {400, "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
      {400, "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "GET /?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {400, "\r\n\r\n" + smuggled},
      {400, std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8)},
      {405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
      {405, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
      {501, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
      {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {413, head + "Content-Length: 262145\r\n\r\n"},
      {414, "GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"},
      {417, head + "Expect: tea\r\n\r\n"},
      {431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(limits::kHeaderBytes, 'x') + "\r\n\r\n"},
      {431, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(limits::kHeaderBytes, 'x')},
  };
  for (const auto& [status, bytes] : cases) EXPECT_EQ(last_word(live, bytes), status) << bytes.substr(0, 80);
}

TEST(Http, RefusesBrokenChunks) {
  const Live live(echo_handlers());
  const std::string head = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(last_word(live, head + "x\r\n"), 400);
  EXPECT_EQ(last_word(live, head + "-1\r\n\r\n"), 400);
  EXPECT_EQ(last_word(live, head + "2\r\nabX\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(last_word(live, head + "fffffffffffffffff\r\n"), 400);
  EXPECT_EQ(last_word(live, head + "1;" + std::string(60'000, 'x')), 400);
}

TEST(Http, BoundsBodiesWithAndWithoutLength) {
  const Live live(echo_handlers());
  const std::string big(limits::kBodyBytes, 'b');
  Client whole(live.port());
  whole.say("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(big.size()) + "\r\n\r\n" +
            big);
  EXPECT_THAT(whole.response(), HasSubstr("POST /a?|" + big));

  std::string chunks = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 16; ++i) chunks += "4000\r\n" + std::string(0x4000, 'c') + "\r\n";
  Client fits(live.port());
  fits.say(chunks + "0\r\n\r\n");
  EXPECT_EQ(status_of(fits.response()), 200);
  EXPECT_EQ(last_word(live, chunks + "1\r\nc\r\n0\r\n\r\n"), 413);
}

TEST(Http, JoinsChunksAndIgnoresTrailers) {
  const Live live(
      {.request =
           [](http::Request request, auto respond) {
             const std::string trailer(request.header("x-csrf-token"));
             respond({.status = 200, .headers = {}, .body = request.body + "|" + trailer, .static_body = {}});
           },
       .upgrade = {}});
  Client client(live.port());
  for (const char* part : {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1;x=y\r\n",
                           "a\r\n2", "\r\nbc\r", "\n0\r\n", "X-CSRF-Token: t\r\n\r\n"}) {
    client.say(part);
    std::this_thread::sleep_for(5ms);  // so that the parts arrive apart
  }
  EXPECT_THAT(client.response(), HasSubstr("\r\n\r\nabc|"));
  client.say(kGet);
  EXPECT_EQ(status_of(client.response()), 200) << "the connection goes on";
}

TEST(Http, AnswersPipelinedRequestsInOrderOneAtATime) {
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::vector<std::jthread> threads;
  const Live live({.request =
                       [&](http::Request request, auto respond) {
                         most = std::max(most.load(), ++running);
                         threads.emplace_back(
                             [&running, r = std::move(request), answer = std::move(respond)]() mutable {
                               --running;
                               answer(echo(r));
                             });
                       },
                   .upgrade = {}});
  Client client(live.port());
  std::string all;
  for (int i = 0; i < 20; ++i) {
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy";
  }
  client.say(all);
  for (int i = 0; i < 20; ++i)
    EXPECT_THAT(client.response(), HasSubstr("POST /" + std::to_string(i) + "?|xy"));
  EXPECT_EQ(most, 1);
}

TEST(Http, KeepsAliveAsAsked) {
  const Live live(echo_handlers());
  Client client(live.port());
  for (int i = 0; i < 3; ++i) {
    client.say(kGet);
    EXPECT_THAT(client.response(), Not(HasSubstr("connection:")));
  }
  client.say("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.response(), HasSubstr("connection: close"));
  EXPECT_TRUE(client.hear_out());
  EXPECT_EQ(last_word(live, "GET /a HTTP/1.0\r\n\r\n"), 200);
  Client old(live.port());
  old.say("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(old.response(), HasSubstr("connection: keep-alive"));
}

TEST(Http, AnswersHeadLikeGetWithoutTheBody) {
  const Live live(echo_handlers());
  Client client(live.port());
  client.say("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + kGet);
  ASSERT_TRUE(client.hear_until("GET /a?|"));
  EXPECT_THAT(client.seen, HasSubstr("content-length: 10\r\n")) << "of GET /abc?|";
  EXPECT_THAT(client.seen, Not(HasSubstr("/abc")));
}

TEST(Http, SaysContinueWhenAsked) {
  const Live live(echo_handlers());
  Client client(live.port());
  client.say("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_TRUE(client.hear_until("\r\n\r\n"));
  EXPECT_EQ(client.seen, "HTTP/1.1 100 Continue\r\n\r\n");
  client.seen.clear();
  client.say("ok");
  EXPECT_THAT(client.response(), HasSubstr("POST /a?|ok"));
}

TEST(Http, SendsSafeHeadersAndNeverALineEndOfAHandler) {
  const Live live({.request =
                       [](http::Request, auto respond) {
                         respond({.status = 201,
                                  .headers = {{"x-bad", "a\r\nset-cookie: b"},
                                              {"bad name", "x"},
                                              {"server", "secret/1"},
                                              {"content-length", "999"},
                                              {"referrer-policy", "same-origin"},
                                              {"x-good", "yes"}},
                                  .body = "hello",
                                  .static_body = {}});
                       },
                   .upgrade = {}});
  Client client(live.port());
  client.say(kGet);
  const std::string response = client.response();
  for (const char* line : {"HTTP/1.1 201 Created\r\n", "\r\nx-good: yes\r\n", "\r\ncontent-length: 5\r\n",
                           "\r\nx-content-type-options: nosniff\r\n", "\r\nreferrer-policy: same-origin\r\n",
                           "\r\ncross-origin-opener-policy: same-origin\r\n", "\r\ndate: ", " GMT\r\n"}) {
    EXPECT_THAT(response, HasSubstr(line));
  }
  for (const char* line : {"set-cookie", "bad name", "server", "999", "no-referrer", "strict-transport"}) {
    EXPECT_THAT(response, Not(HasSubstr(line)));
  }
}

TEST(Http, SendsNoBodyWhereNoneMayBe) {
  const Live live({.request =
                       [](http::Request, auto respond) {
                         respond({.status = 204, .headers = {}, .body = "x", .static_body = {}});
                       },
                   .upgrade = {}});
  Client client(live.port());
  client.say(kGet + "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(client.hear_out());
  EXPECT_THAT(client.seen, Not(HasSubstr("content-length")));
  EXPECT_THAT(client.seen, Not(HasSubstr("xHTTP")));
}

TEST(Http, SurvivesHandlersThatThrowOrForget) {
  const Live live({.request =
                       [](const http::Request& request, auto) {
                         if (request.path == "/throw") throw std::runtime_error("bug");
                       },
                   .upgrade = {}});
  for (const char* path : {"/throw", "/forget"}) {
    Client client(live.port());
    client.say(std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(status_of(client.response()), 500) << path;
  }
}

TEST(Http, SpeaksTheReadersLanguageInItsOwnRefusals) {
  const Live live(echo_handlers());
  Client client(live.port());
  client.say("GET /a/.. HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\n\r\n");
  EXPECT_THAT(client.response(), HasSubstr("The request is not well formed."));
}

Config impatient() {
  Config config;
  config.header_deadline = 150ms;
  config.body_deadline = 200ms;
  config.idle_deadline = 250ms;
  config.write_deadline = 300ms;
  return config;
}

TEST(Http, ClosesSlowClientsWhileOthersAreServed) {
  const Live live(echo_handlers(), impatient());
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(std::make_unique<Client>(live.port()));
    slow.back()->say("GET /slow HTTP/1.1\r\nHost: a\r\nX: ");
  }
  std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const auto& client : slow) client->say("x");
      std::this_thread::sleep_for(20ms);
    }
  });
  Client brisk(live.port());
  for (int i = 0; i < 10; ++i) {
    brisk.say(kGet);
    EXPECT_EQ(status_of(brisk.response()), 200);
  }
  for (const auto& client : slow) {
    ASSERT_TRUE(client->hear_until("\r\n\r\n"));
    EXPECT_EQ(status_of(client->seen), 408);
  }
  drip.request_stop();
}

TEST(Http, ClosesSlowBodiesAndIdleAndSilentConnections) {
  const Live live(echo_handlers(), impatient());
  EXPECT_EQ(last_word(live, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"), 408);
  Client silent(live.port());
  EXPECT_TRUE(silent.hear_out());
  EXPECT_EQ(silent.seen, "");
  Client idle(live.port());
  idle.say(kGet);
  EXPECT_EQ(status_of(idle.response()), 200);
  EXPECT_TRUE(idle.hear_out());
  EXPECT_EQ(idle.seen, "");
}

TEST(Http, ClosesReadersThatTakeNothing) {
  static const std::string kAsset(64 << 20, 'a');
  const Live live({.request =
                       [](http::Request, auto respond) {
                         respond({.status = 200, .headers = {}, .body = {}, .static_body = kAsset});
                       },
                   .upgrade = {}},
                  impatient());
  Client stuck(live.port(), 4096);
  stuck.say(kGet);
  Client brisk(live.port());
  brisk.say(kGet);
  EXPECT_GT(brisk.response().size(), kAsset.size());
  std::this_thread::sleep_for(
      2 * impatient().write_deadline);  // of real time: the kernel's buffers are part of this
  EXPECT_TRUE(stuck.hear_out());
  EXPECT_LT(stuck.seen.size(), kAsset.size());
}

TEST(Http, RefusesConnectionsAboveTheLimit) {
  Config config;
  config.max_connections = 2;
  const Live live(echo_handlers(), config);
  Client first(live.port());
  Client second(live.port());
  first.say(kGet);
  second.say(kGet);
  EXPECT_EQ(status_of(first.response()), 200);
  EXPECT_EQ(status_of(second.response()), 200);
  Client third(live.port());
  EXPECT_TRUE(third.hear_out());
  EXPECT_EQ(status_of(third.seen), 503);
  ::shutdown(first.fd(), SHUT_RDWR);
  int status = 0;
  for (int i = 0; i < 200 && status != 200; ++i) {  // the server learns of the close soon, not at once
    Client again(live.port());
    again.say(kGet);
    status = status_of(again.response());
  }
  EXPECT_EQ(status, 200);
}

TEST(Http, TellsThePeersAddress) {
  const Live live({.request =
                       [](http::Request request, auto respond) {
                         respond({.status = 200, .headers = {}, .body = request.peer, .static_body = {}});
                       },
                   .upgrade = {}},
                  {.listeners = {{.address = "::"}}, .certificate_file = {}, .key_file = {}});
  Client client(live.port());
  client.say(kGet);
  EXPECT_THAT(client.response(), HasSubstr("\r\n\r\n127.0.0.1"));
}

}  // namespace
}  // namespace chatika::net::testing
