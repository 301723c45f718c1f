// The framing gate: which requests may reach a handler at all. Pure functions over bytes and values; no
// socket, no Beast. Beast 1.81 is lenient where a proxy in front may not be, and two readings of one request
// are how requests are smuggled (RFC 9112 section 11.2). What is doubtful is refused, and its connection is
// closed.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/http.hpp"

namespace chatika::net {

inline constexpr std::size_t kTargetBytes = 4096;
inline constexpr std::size_t kHeaderFields = 100;
inline constexpr std::size_t kQueryKeys = 32;

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

// The bytes from the request line to the empty line, both included. Returns the status to refuse with. Sees
// what a parser hides: bare line ends, folded lines, white space around names.
std::optional<int> check_raw(std::string_view head);

// While the end of the headers has not come: is what came already beyond repair? (bare line ends, sizes)
std::optional<int> check_partial(std::string_view bytes);

struct Head {
  std::string_view method;
  std::string_view target;
  int version = 11;  // 10 or 11
  const Headers& headers;
};

struct Admitted {
  http::Method method = http::Method::get;
  std::string path;
  std::map<std::string, std::string> query;
  bool has_body = false;
  bool expects_continue = false;
};

// Returns what the request asks for, or the status to refuse it with.
std::expected<Admitted, int> admit(const Head& head);

// A response header that could break the framing of the response (RFC 9110 5.5): control characters, a bad
// name.
bool is_header_name(std::string_view name);
bool is_header_value(std::string_view value);

}  // namespace chatika::net
