#include "net/response_head.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "base/log.hpp"
#include "net/gate.hpp"

namespace chatika::net {
namespace {

struct Line {
  std::string_view name;
  std::string_view value;
  bool tls_only = false;
};
constexpr std::array kSecurity{
    Line{"x-content-type-options", "nosniff"},
    Line{"referrer-policy", "no-referrer"},
    Line{"cross-origin-opener-policy", "same-origin"},
    Line{"strict-transport-security", "max-age=31536000; includeSubDomains", true},
};
constexpr std::array<std::string_view, 7> kOurs{
    "content-length", "transfer-encoding", "connection", "keep-alive", "date", "server", "upgrade"};

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";  // the phrase is optional, the space before it is not
  }
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool same_name(std::string_view a, std::string_view lower_case) {
  return std::ranges::equal(a, lower_case, {}, lower);
}

void append_line(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

// IMF-fixdate (RFC 9110 5.6.7), made once a second and thread.
std::string_view date_now() {
  thread_local std::time_t last = 0;
  thread_local std::array<char, 32> text{};
  const std::time_t now = std::time(nullptr);
  if (now != last) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    last = now;
  }
  return text.data();
}

bool has(const http::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers,
                             [name](const auto& header) { return same_name(header.first, name); });
}

}  // namespace

bool may_have_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string_view body_of(const http::Response& response) {
  return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

void append_security_headers(std::string& head, bool tls) {
  for (const Line& line : kSecurity) {
    if (tls || !line.tls_only) append_line(head, line.name, line.value);
  }
}

std::string response_head(const http::Response& response, const HeadOptions& options) {
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ")
      .append(std::to_string(response.status))
      .append(" ")
      .append(reason(response.status))
      .append("\r\n");
  append_line(head, "date", date_now());
  for (const auto& [name, value] : response.headers) {
    if (std::ranges::any_of(kOurs, [&name](std::string_view ours) { return same_name(name, ours); }))
      continue;
    if (!is_header_name(name) || !is_header_value(value)) {
      log::error("net.header_left_out",
                 {{"name", is_header_name(name) ? std::string_view(name) : "not a name"}});
      continue;
    }
    append_line(head, name, value);
  }
  for (const Line& line : kSecurity) {
    if ((options.tls || !line.tls_only) && !has(response, line.name))
      append_line(head, line.name, line.value);
  }
  if (may_have_body(response.status))
    append_line(head, "content-length", std::to_string(body_of(response).size()));
  if (!options.keep_alive) append_line(head, "connection", "close");
  if (options.keep_alive && options.http_1_0) append_line(head, "connection", "keep-alive");
  head += "\r\n";
  return head;
}

}  // namespace chatika::net
