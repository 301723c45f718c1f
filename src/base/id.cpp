#include "base/id.hpp"

#include <sys/random.h>

#include <chrono>
#include <stdexcept>

namespace chatika {
namespace {

// Drawn in blocks: one system call an id would cost more than the id.
class RandomBlock {
 public:
  void take(std::uint8_t* out, std::size_t n) {
    if (used_ + n > block_.size()) refill();
    std::memcpy(out, block_.data() + used_, n);
    used_ += n;
  }

 private:
  void refill() {
    if (getrandom(block_.data(), block_.size(), 0) != static_cast<ssize_t>(block_.size()))
      throw std::runtime_error("getrandom failed");
    used_ = 0;
  }
  std::array<std::uint8_t, 256> block_{};  // getrandom never returns short up to 256 bytes
  std::size_t used_ = 256;
};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Uuid new_uuid() {
  thread_local RandomBlock random;
  thread_local std::uint64_t last_ms = 0;
  thread_local std::uint16_t counter = 0;

  Uuid id;
  random.take(id.bytes.data() + 6, 10);
  auto ms = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                           std::chrono::system_clock::now().time_since_epoch())
                                           .count());
  if (ms <=
      last_ms) {  // same millisecond, or the clock stepped back: keep ascending (RFC 9562, 6.2 method 1)
    ms = last_ms;
    if (++counter > 0x0fff) {
      counter = 0;
      ++ms;
    }
  } else {
    counter = static_cast<std::uint16_t>(((id.bytes[6] & 0x03) << 8) | id.bytes[7]);
  }
  last_ms = ms;
  for (int i = 0; i < 6; ++i)
    id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter >> 8));
  id.bytes[7] = static_cast<std::uint8_t>(counter & 0xff);
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

std::string to_string(const Uuid& id) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[id.bytes[i] >> 4];
    out += kHex[id.bytes[i] & 15];
  }
  return out;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i++] != '-') return std::nullopt;
      continue;
    }
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[at++] = static_cast<std::uint8_t>(high << 4 | low);
    i += 2;
  }
  return id;
}

std::optional<Uuid> uuid_from_bytes(std::string_view bytes) {
  Uuid id;
  if (bytes.size() != id.bytes.size()) return std::nullopt;
  std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

}  // namespace chatika
