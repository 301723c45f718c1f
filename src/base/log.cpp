#include "base/log.hpp"

#include <unistd.h>

#include <atomic>

#include "base/clock.hpp"
#include "base/text.hpp"

namespace chatika::log {
namespace {

std::atomic<Level> g_least{Level::info};

std::string_view level_name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "error";
}

}  // namespace

Field::Field(std::string_view k, std::string_view text) : key(k) {
  text::append_json_string(json, text);
}
Field::Field(std::string_view k, bool value) : key(k), json(value ? "true" : "false") {}
Field::Field(std::string_view k, std::int64_t value, int) : key(k), json(std::to_string(value)) {}

void set_level(Level least) {
  g_least = least;
}

void write(Level level, std::string_view event, Fields fields) {
  if (level < g_least.load(std::memory_order_relaxed)) return;
  std::string line = "{\"at\":\"" + to_rfc3339(SystemClock{}.now()) + "\",\"level\":\"";
  line += level_name(level);
  line += "\",\"event\":";
  text::append_json_string(line, event);
  for (const auto& field : fields) {
    line += ',';
    text::append_json_string(line, field.key);
    line += ':';
    line += field.json;
  }
  line += "}\n";
  // One write call a line: lines of threads never mix. A log that cannot be written must not stop the work.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace chatika::log
