#include "net/gate.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace chatika::net {
namespace {

int raw(std::string_view head) {
  return check_raw(head).value_or(0);
}

TEST(Gate, AcceptsPlainRequestHeads) {
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(raw("GET / HTTP/1.0\r\n\r\n"), 0);
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nHost:a\r\nX-Y:\t v \r\nEmpty:\r\n\r\n"), 0);
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nUser-Agent: \xd0\x96\r\n\r\n"), 0);
}

TEST(Gate, RefusesRawBytesThatTwoReadersReadDifferently) {
  const std::pair<const char*, std::string> cases[] = {
      {"obs-fold", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"},
      {"obs-fold by tab", "GET / HTTP/1.1\r\nHost: a\r\n\tb: c\r\n\r\n"},
      {"folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
      {"space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"},
      {"tab before colon", "GET / HTTP/1.1\r\nContent-Length\t: 1\r\n\r\n"},
      {"no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n"},
      {"no name", "GET / HTTP/1.1\r\n: a\r\n\r\n"},
      {"bare LF", "GET / HTTP/1.1\nHost: a\n\n"},
      {"one bare LF", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"},
      {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n"},
      {"NUL in a value", std::string("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 28)},
      {"control in a value", "GET / HTTP/1.1\r\nHost: a\x01\r\n\r\n"},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"raw byte in the target", "GET /\xd0\x96 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"tab as separator", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"},
      {"no version", "GET /\r\nHost: a\r\n\r\n"},
      {"lower-case protocol", "GET / http/1.1\r\nHost: a\r\n\r\n"},
      {"leading empty line", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"leading space", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"bad method", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
  };
  for (const auto& [what, head] : cases) EXPECT_EQ(raw(head), 400) << what;
}

TEST(Gate, RefusesOtherVersionsAndSizes) {
  EXPECT_EQ(raw("PRI * HTTP/2.0\r\n\r\n"), 505);
  EXPECT_EQ(raw("GET / HTTP/1.2\r\n\r\n"), 505);
  EXPECT_EQ(raw("GET /" + std::string(kTargetBytes, 'a') + " HTTP/1.1\r\n\r\n"), 414);
  EXPECT_EQ(raw("GET /" + std::string(kTargetBytes - 1, 'a') + " HTTP/1.1\r\n\r\n"), 0);
  EXPECT_EQ(raw("GET / HTTP/1.1\r\nA: " + std::string(limits::kHeaderBytes, 'a') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (std::size_t i = 0; i <= kHeaderFields; ++i) many += "A: b\r\n";
  EXPECT_EQ(raw(many + "\r\n"), 431);
}

TEST(Gate, SeesBeforeTheEndThatAHeadIsBeyondRepair) {
  EXPECT_FALSE(check_partial("GET / HTTP/1.1\r\nHo"));
  EXPECT_EQ(check_partial("GET / HTTP/1.1\nHo"), 400);
  EXPECT_EQ(check_partial(std::string(kTargetBytes + 100, 'a')), 414);
  EXPECT_EQ(check_partial("GET / HTTP/1.1\r\nA: " + std::string(limits::kHeaderBytes, 'a')), 431);
}

int refused(std::string_view method, std::string_view target, const Headers& headers, int version = 11) {
  const auto admitted = admit({.method = method, .target = target, .version = version, .headers = headers});
  return admitted ? 0 : admitted.error();
}
const Headers kHost{{"host", "a.example:8080"}};

TEST(Gate, KnowsItsMethods) {
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    EXPECT_EQ(refused(method, "/", kHost), 0);
  EXPECT_EQ(refused("TRACE", "/", kHost), 405);
  EXPECT_EQ(refused("CONNECT", "a:1", kHost), 405);
  EXPECT_EQ(refused("get", "/", kHost), 501);
  EXPECT_EQ(refused("BREW", "/", kHost), 501);
}

TEST(Gate, WantsTheEndOfABodyToBeCertain) {
  struct Case {
    const char* what;
    Headers headers;
    int version;
    int status;
  };
  const Case cases[] = {
      {"length", {{"host", "a"}, {"content-length", "3"}}, 11, 0},
      {"chunked", {{"host", "a"}, {"transfer-encoding", "Chunked"}}, 11, 0},
      {"both", {{"host", "a"}, {"content-length", "3"}, {"transfer-encoding", "chunked"}}, 11, 400},
      {"two lengths", {{"host", "a"}, {"content-length", "3"}, {"content-length", "3"}}, 11, 400},
      {"list of lengths", {{"host", "a"}, {"content-length", "3, 3"}}, 11, 400},
      {"signed length", {{"host", "a"}, {"content-length", "+3"}}, 11, 400},
      {"negative length", {{"host", "a"}, {"content-length", "-3"}}, 11, 400},
      {"hex length", {{"host", "a"}, {"content-length", "0x3"}}, 11, 400},
      {"empty length", {{"host", "a"}, {"content-length", ""}}, 11, 400},
      {"long length", {{"host", "a"}, {"content-length", "99999999999999999999"}}, 11, 413},
      {"large length", {{"host", "a"}, {"content-length", std::to_string(limits::kBodyBytes + 1)}}, 11, 413},
      {"largest length", {{"host", "a"}, {"content-length", std::to_string(limits::kBodyBytes)}}, 11, 0},
      {"gzip, chunked", {{"host", "a"}, {"transfer-encoding", "gzip, chunked"}}, 11, 400},
      {"chunked, chunked", {{"host", "a"}, {"transfer-encoding", "chunked, chunked"}}, 11, 400},
      {"identity", {{"host", "a"}, {"transfer-encoding", "identity"}}, 11, 400},
      {"quoted chunked", {{"host", "a"}, {"transfer-encoding", "\"chunked\""}}, 11, 400},
      {"two encodings",
       {{"host", "a"}, {"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}},
       11,
       400},
      {"chunked in 1.0", {{"host", "a"}, {"transfer-encoding", "chunked"}}, 10, 400},
      {"no host", {}, 11, 400},
      {"no host in 1.0", {}, 10, 0},
      {"two hosts", {{"host", "a"}, {"host", "a"}}, 11, 400},
      {"empty host", {{"host", ""}}, 11, 400},
      {"host with a path", {{"host", "a/b"}}, 11, 400},
      {"host with a user", {{"host", "a@b"}}, 11, 400},
      {"two origins", {{"host", "a"}, {"origin", "x"}, {"origin", "y"}}, 11, 400},
      {"two cookies", {{"host", "a"}, {"cookie", "x"}, {"cookie", "y"}}, 11, 400},
      {"unknown expectation", {{"host", "a"}, {"expect", "tea"}}, 11, 417},
      {"continue", {{"host", "a"}, {"expect", "100-Continue"}}, 11, 0},
  };
  for (const Case& c : cases) EXPECT_EQ(refused("POST", "/", c.headers, c.version), c.status) << c.what;
}

TEST(Gate, RefusesTargetsThatHideSomething) {
  for (const char* target :
       {"http://a/", "*",       "a",         "",          "//\\a",      "/a#b",         "/a/../b",
        "/a/..",     "/.",      "/./a",      "/%2e%2e/a", "/.%2E",      "/a%2fb",       "/a%5cb",
        "/a\\b",     "/a%00",   "/a%0d%0ab", "/%7f",      "/%",         "/%4",          "/%zz",
        "/%ff",      "/%c0%af", "/a?b=%0a",  "/a?b=%",    "/a?b=1&b=2", "/a?b=1&%62=2", "/a?=1"}) {
    EXPECT_EQ(refused("GET", target, kHost), 400) << target;
  }
  std::string many = "/?";
  for (std::size_t i = 0; i <= kQueryKeys; ++i) many += "k" + std::to_string(i) + "&";
  EXPECT_EQ(refused("GET", many, kHost), 400);
  EXPECT_EQ(refused("GET", "/" + std::string(kTargetBytes, 'a'), kHost), 414);
}

TEST(Gate, DecodesPathAndQueryOnce) {
  const auto admitted = admit(
      {.method = "GET", .target = "/a%20b/%D0%B6/%2525/c..?q=%d0%b6+x%2By&e=&f&&g=a=b", .headers = kHost});
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->path, "/a b/ж/%25/c..");
  EXPECT_EQ(admitted->query,
            (std::map<std::string, std::string>{{"q", "ж x+y"}, {"e", ""}, {"f", ""}, {"g", "a=b"}}));
  EXPECT_FALSE(admitted->has_body);
}

TEST(Gate, KnowsWhetherABodyFollows) {
  const Headers none{{"host", "a"}, {"content-length", "00"}};
  const Headers some{{"host", "a"}, {"content-length", "10"}};
  EXPECT_FALSE(admit({.method = "POST", .target = "/", .headers = none})->has_body);
  EXPECT_TRUE(admit({.method = "POST", .target = "/", .headers = some})->has_body);
}

TEST(Gate, LetsNoLineEndIntoAResponse) {
  EXPECT_TRUE(is_header_value("text/html; charset=utf-8"));
  EXPECT_FALSE(is_header_value("a\r\nSet-Cookie: b"));
  EXPECT_FALSE(is_header_value("a\nb"));
  EXPECT_FALSE(is_header_value(std::string_view("a\0b", 3)));
  EXPECT_TRUE(is_header_name("x-frame-options"));
  EXPECT_FALSE(is_header_name("x y"));
  EXPECT_FALSE(is_header_name("x:"));
  EXPECT_FALSE(is_header_name(""));
}

}  // namespace
}  // namespace chatika::net
