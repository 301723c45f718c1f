// One JSON object a line on standard error. Fields are named values that the caller chose: never personal
// data, never a secret. Thread-safe.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace chatika::log {

enum class Level { debug, info, warn, error };

struct Field {
  Field(std::string_view key, std::string_view text);
  Field(std::string_view key, const char* text) : Field(key, std::string_view(text)) {}
  Field(std::string_view key, const std::string& text) : Field(key, std::string_view(text)) {}
  Field(std::string_view key, bool value);
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Field(std::string_view key, T value) : Field(key, static_cast<std::int64_t>(value), 0) {}

  std::string_view key;
  std::string json;  // the value, already JSON

 private:
  Field(std::string_view key, std::int64_t value, int);
};

using Fields = std::initializer_list<Field>;

void set_level(Level least);
void write(Level level, std::string_view event, Fields fields);
inline void debug(std::string_view event, Fields fields = {}) {
  write(Level::debug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
  write(Level::info, event, fields);
}
inline void warn(std::string_view event, Fields fields = {}) {
  write(Level::warn, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
  write(Level::error, event, fields);
}

}  // namespace chatika::log
