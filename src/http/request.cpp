#include <array>

#include "http/http.hpp"

namespace chatika::http {
namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Cuts the next piece off `rest`; false at the end.
bool next_piece(std::string_view& rest, char separator, std::string_view& piece) {
  if (rest.empty()) return false;
  const auto at = rest.find(separator);
  piece = trim(rest.substr(0, at));
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return true;
}

// A weight "q=0.75" in thousandths (RFC 9110 12.4.2). What cannot be read counts as "not wanted".
int thousandths(std::string_view weight) {
  if (weight.size() < 3 || lower(weight[0]) != 'q' || weight[1] != '=') return 0;
  if (weight[2] == '1') return 1000;
  int value = 0;
  constexpr std::array kPlaces{100, 10, 1};
  for (std::size_t i = 0; i < kPlaces.size() && i + 4 < weight.size(); ++i) {
    const char digit = weight[i + 4];
    if (digit < '0' || digit > '9') return 0;
    value += (digit - '0') * kPlaces[i];
  }
  return value;
}

bool is_language(std::string_view range, std::string_view language) {
  if (range.size() < 2 || lower(range[0]) != language[0] || lower(range[1]) != language[1]) return false;
  return range.size() == 2 || range[2] == '-';
}

}  // namespace

std::string_view name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return "GET";
}

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [key, value] : headers) {
    if (key == lower_case_name) return value;
  }
  return {};
}

std::string_view Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  std::string_view piece;
  while (next_piece(rest, ';', piece)) {
    if (piece.size() > name.size() && piece.starts_with(name) && piece[name.size()] == '=') {
      return piece.substr(name.size() + 1);
    }
  }
  return {};
}

std::string_view preferred_language(std::string_view accept_language) {
  int russian = 0;
  int english = 0;
  bool english_first = false;
  std::string_view rest = accept_language;
  std::string_view range;
  while (next_piece(rest, ',', range)) {
    std::string_view parts = range;
    std::string_view language;
    if (!next_piece(parts, ';', language)) continue;
    const int weight = parts.empty() ? 1000 : thousandths(trim(parts));
    if (is_language(language, "en") && weight > english) {
      english = weight;
      english_first = russian == 0;
    } else if (is_language(language, "ru") && weight > russian) {
      russian = weight;
    }
  }
  // Of two equal wishes the one named first counts.
  return english > russian || (english == russian && english > 0 && english_first) ? "en" : "ru";
}

}  // namespace chatika::http
