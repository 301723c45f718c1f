// The bytes before a response's body, with what every response carries. Pure.
#pragma once

#include <string>

#include "http/http.hpp"

namespace chatika::net {

struct HeadOptions {
  bool keep_alive = true;
  bool http_1_0 = false;
  bool tls = false;
};

// Response headers that net decides itself (length, connection, date, server) are taken from nobody; a name
// or value that would break the framing is left out and logged by name.
std::string response_head(const http::Response& response, const HeadOptions& options);

// Whether the status allows a body (RFC 9110 6.4.1).
bool may_have_body(int status);
std::string_view body_of(const http::Response& response);

// Lines that every response carries, the 101 of a WebSocket too.
void append_security_headers(std::string& head, bool tls);

}  // namespace chatika::net
