// Field types that carry their own rules, so that reader, writer and schema agree by construction.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chatika::json {

// Text of a person, several lines: cleaned by text::clean, then Min..Max code points.
template <std::size_t Max, std::size_t Min = 1>
struct Text : std::string {
  using std::string::string;
  Text() = default;
  Text(std::string s) : std::string(std::move(s)) {}
};

// The same on one line, by text::clean_line.
template <std::size_t Max, std::size_t Min = 1>
struct Line : std::string {
  using std::string::string;
  Line() = default;
  Line(std::string s) : std::string(std::move(s)) {}
};

// Taken as it is, byte for byte: passwords and tokens. Any control character is allowed, the length is
// bounded.
template <std::size_t Max, std::size_t Min = 1>
struct Exact : std::string {
  using std::string::string;
  Exact() = default;
  Exact(std::string s) : std::string(std::move(s)) {}
};

template <std::int64_t Min, std::int64_t Max>
struct Int {
  std::int64_t value = Min;
  Int() = default;
  Int(std::int64_t v) : value(v) {}
  operator std::int64_t() const { return value; }
};

}  // namespace chatika::json

// CHATIKA_JSON(Name, member, member…): describes a struct at namespace scope, right after it, and names its
// schema. An enumerator or member that would be a keyword ends in '_', which the wire does not show.
#define CHATIKA_JSON(Name, ...)                                        \
  BOOST_DESCRIBE_STRUCT(Name, (), (__VA_ARGS__))                       \
  [[maybe_unused]] constexpr std::string_view json_name(const Name*) { \
    return #Name;                                                      \
  }
#define CHATIKA_JSON_ENUM(Name, ...)                                   \
  BOOST_DESCRIBE_ENUM(Name, __VA_ARGS__)                               \
  [[maybe_unused]] constexpr std::string_view json_name(const Name*) { \
    return #Name;                                                      \
  }
