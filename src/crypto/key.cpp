#include <algorithm>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

Key Key::fresh() {
  Key key;
  random_bytes(key.bytes_);
  return key;
}

Result<Key> Key::from_bytes(std::string_view bytes) {
  if (bytes.size() != kBytes) return fail(Errc::internal, "a key is 32 bytes long");
  Key key;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) {
  detail::wipe(other.bytes_);
}

Key& Key::operator=(Key&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    detail::wipe(other.bytes_);
  }
  return *this;
}

Key::~Key() {
  detail::wipe(bytes_);
}

Key Key::clone() const {
  Key copy;
  copy.bytes_ = bytes_;
  return copy;
}

Key Key::derive(std::string_view label) const {
  Key derived;
  if (!detail::hkdf(detail::chars(bytes_), {}, label, derived.bytes_)) detail::library_failed("HKDF");
  return derived;
}

}  // namespace chatika::crypto
