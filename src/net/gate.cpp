#include "net/gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace chatika::net {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// tchar of RFC 9110 5.6.2.
bool is_token_char(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("!#$%&'*+-.^_`|~").contains(c);
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
bool is_visible_ascii(char c) {
  return c > 0x20 && c < 0x7f;
}

bool is_token(std::string_view s) {
  return !s.empty() && std::ranges::all_of(s, is_token_char);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool same_word(std::string_view a, std::string_view lower_case) {
  return std::ranges::equal(a, lower_case, {}, lower);
}

std::optional<int> check_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) return 400;
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (target.size() > kTargetBytes) return 414;
  if (target.empty() || !std::ranges::all_of(target, is_visible_ascii)) return 400;
  const std::string_view version = line.substr(last + 1);
  if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
  const bool other_version = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                             version[6] == '.' && is_digit(version[7]);
  return other_version ? 505 : 400;
}

std::optional<int> check_field_line(std::string_view line) {
  // A line that begins with white space continues the one before (obs-fold); the name check refuses it too.
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return 400;
  const std::string_view value = line.substr(colon + 1);
  return std::ranges::any_of(value, [](char c) { return is_control(c) && c != '\t'; }) ? std::optional(400)
                                                                                       : std::nullopt;
}

int hex(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Decodes %XX once; nothing when an escape is broken or stands for a control character, or the text is not
// UTF-8.
std::optional<std::string> decode(std::string_view raw, bool plus_is_space) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '%') {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int high = hex(raw[i + 1]);
      const int low = hex(raw[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (is_control(c)) return std::nullopt;
    out += c;
  }
  if (!text::is_utf8(out)) return std::nullopt;
  return out;
}

std::optional<std::string> read_path(std::string_view raw) {
  if (!raw.starts_with('/')) return std::nullopt;  // absolute-form, authority-form, asterisk-form
  std::string path;
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const auto end = raw.find('/');
    const auto segment = decode(raw.substr(0, end), false);
    if (!segment || *segment == "." || *segment == ".." ||
        segment->find_first_of("/\\") != std::string::npos) {
      return std::nullopt;
    }
    path += '/';
    path += *segment;
    raw = end == std::string_view::npos ? std::string_view{} : raw.substr(end);
  }
  return path;
}

bool read_query(std::string_view raw, std::map<std::string, std::string>& query) {
  while (!raw.empty()) {
    const auto end = raw.find('&');
    const std::string_view pair = raw.substr(0, end);
    raw = end == std::string_view::npos ? std::string_view{} : raw.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto key = decode(pair.substr(0, equals), true);
    auto value =
        decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!key || key->empty() || !value || query.size() == kQueryKeys) return false;
    if (!query.emplace(*std::move(key), *std::move(value)).second) return false;
  }
  return true;
}

std::expected<http::Method, int> read_method(std::string_view method) {
  using enum http::Method;
  for (const http::Method known : {get, head, post, put, patch, del, options}) {
    if (method == http::name(known)) return known;
  }
  return std::unexpected(method == "TRACE" || method == "CONNECT" ? 405 : 501);
}

// Those that decide where a request ends, whom it is for or who sends it: never twice.
constexpr std::array kOnce{std::string_view("host"),
                           std::string_view("content-length"),
                           std::string_view("transfer-encoding"),
                           std::string_view("origin"),
                           std::string_view("authorization"),
                           std::string_view("cookie"),
                           std::string_view("content-type"),
                           std::string_view("x-csrf-token"),
                           std::string_view("expect"),
                           std::string_view("sec-websocket-key"),
                           std::string_view("sec-websocket-version")};

struct Framing {
  std::array<const std::string*, kOnce.size()> once{};
  [[nodiscard]] const std::string* host() const { return once[0]; }
  [[nodiscard]] const std::string* length() const { return once[1]; }
  [[nodiscard]] const std::string* encoding() const { return once[2]; }
  [[nodiscard]] const std::string* expect() const { return once[8]; }
};

bool read_framing(const Headers& headers, Framing& framing) {
  for (const auto& [name, value] : headers) {
    const auto known = std::ranges::find(kOnce, name);
    if (known == kOnce.end()) continue;
    const std::string*& place = framing.once[static_cast<std::size_t>(known - kOnce.begin())];
    if (place) return false;
    place = &value;
  }
  return true;
}

bool is_host(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return is_digit(c) || is_letter(c) || std::string_view("-._~:[]").contains(c);
  });
}

// 0 when the length is fine.
int refuse_length(std::string_view digits) {
  constexpr std::size_t kDigits = 18;  // fits in 64 bits
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return 400;
  if (digits.size() > kDigits) return 413;
  std::uint64_t length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return length > limits::kBodyBytes ? 413 : 0;
}

// 0 when the body's end is certain.
int refuse_framing(const Framing& framing, int version) {
  if (const std::string* encoding = framing.encoding()) {
    if (version < 11 || framing.length() || !same_word(*encoding, "chunked")) return 400;
  }
  if (framing.host() ? !is_host(*framing.host()) : version >= 11) return 400;
  return framing.length() ? refuse_length(*framing.length()) : 0;
}

}  // namespace

std::optional<int> check_partial(std::string_view bytes) {
  // White space or line ends before the request line are somebody's rest.
  if (!bytes.empty() && !is_token_char(bytes.front())) return 400;
  for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return 400;
  }
  constexpr std::size_t kLongestLine = kTargetBytes + 64;
  if (bytes.size() > kLongestLine && bytes.substr(0, kLongestLine).find('\n') == std::string_view::npos)
    return 414;
  return bytes.size() > limits::kHeaderBytes ? std::optional(431) : std::nullopt;
}

std::optional<int> check_raw(std::string_view head) {
  if (const auto refused = check_partial(head)) return refused;
  std::size_t lines = 0;
  while (true) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) return 400;
    const std::string_view line = head.substr(0, end);
    if (line.empty()) return lines == 0 ? std::optional(400) : std::nullopt;
    const auto refused = lines == 0 ? check_request_line(line) : check_field_line(line);
    if (refused) return refused;
    if (++lines > kHeaderFields + 1) return 431;
    head.remove_prefix(end + 2);
  }
}

std::expected<Admitted, int> admit(const Head& head) {
  const auto method = read_method(head.method);
  if (!method) return std::unexpected(method.error());
  if (head.target.size() > kTargetBytes) return std::unexpected(414);

  Framing framing;
  if (!read_framing(head.headers, framing)) return std::unexpected(400);
  if (const int status = refuse_framing(framing, head.version)) return std::unexpected(status);

  Admitted admitted{.method = *method, .path = {}, .query = {}};
  if (head.target.contains('#')) return std::unexpected(400);
  const auto mark = head.target.find('?');
  auto path = read_path(head.target.substr(0, mark));
  if (!path) return std::unexpected(400);
  admitted.path = *std::move(path);
  if (mark != std::string_view::npos && !read_query(head.target.substr(mark + 1), admitted.query)) {
    return std::unexpected(400);
  }
  admitted.has_body = framing.encoding() ||
                      (framing.length() && framing.length()->find_first_not_of('0') != std::string::npos);
  if (framing.expect() && head.version >= 11) {
    if (!same_word(*framing.expect(), "100-continue")) return std::unexpected(417);
    admitted.expects_continue = true;
  }
  return admitted;
}

bool is_header_name(std::string_view name) {
  return is_token(name);
}
bool is_header_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return is_control(c) && c != '\t'; });
}

}  // namespace chatika::net
