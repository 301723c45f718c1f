#include "privacy/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace chatika::privacy {
namespace {

constexpr std::size_t kKeptV4 = 3;  // bytes: /24
constexpr std::size_t kKeptV6 = 6;  // bytes: /48
constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0,    0,
                                                0, 0, 0, 0, 0xff, 0xff};  // RFC 4291 2.5.5.2

std::string v4(const unsigned char* bytes) {
  std::string out;
  for (std::size_t i = 0; i < kKeptV4; ++i) out += std::to_string(bytes[i]) + ".";
  return out + "0/24";
}

}  // namespace

std::string truncated_address(std::string_view address) {
  if (address.ends_with("/24") || address.ends_with("/48")) return std::string(address);
  const std::string text(address.substr(0, address.find('%')));  // without the zone of a link-local address
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return v4(bytes.data());
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) return v4(bytes.data() + kMapped.size());
  std::fill(bytes.begin() + kKeptV6, bytes.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> out{};
  inet_ntop(AF_INET6, bytes.data(), out.data(), out.size());
  return std::string(out.data()) + "/48";
}

}  // namespace chatika::privacy
