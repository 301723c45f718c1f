#include <stdexcept>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {
constexpr std::size_t kIndexBytes = 16;
constexpr std::size_t kColumnBytes = 255;  // its length goes into one byte
}  // namespace

struct BlindIndex::Impl {
  detail::Hmac hmac;
};

BlindIndex::BlindIndex(const Key& key) : impl_(new Impl{detail::Hmac(detail::chars(key.bytes()))}) {}
BlindIndex::~BlindIndex() = default;
BlindIndex::BlindIndex(BlindIndex&&) noexcept = default;

std::string BlindIndex::operator()(std::string_view column, std::string_view value) {
  if (column.size() > kColumnBytes) throw std::length_error("name of an indexed column too long");
  const char length = static_cast<char>(column.size());
  impl_->hmac.add({&length, 1});  // so that "ab" + "c" is not "a" + "bc"
  impl_->hmac.add(column);
  impl_->hmac.add(value);
  const Hash image = impl_->hmac.finish();
  return std::string(detail::chars(image).substr(0, kIndexBytes));
}

}  // namespace chatika::crypto
