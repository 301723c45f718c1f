#include <algorithm>
#include <stdexcept>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {

constexpr char kFormat = 0x01;
constexpr std::size_t kVersionAt = 1;
constexpr std::size_t kVersionBytes = 4;
constexpr std::size_t kNonceAt = kVersionAt + kVersionBytes;
constexpr std::size_t kTextAt = kNonceAt + detail::kNonceBytes;
static_assert(kTextAt + detail::kTagBytes == kBoxOverhead);

// Longest name of a table or column. Ours are far shorter; PostgreSQL's are 63 bytes at most.
constexpr std::size_t kNameBytes = 64;

void put_version(char* at, std::uint32_t version) {
  for (int shift = 24; shift >= 0; shift -= 8) *at++ = static_cast<char>((version >> shift) & 0xff);
}

// What a box is bound to. On the stack: it is made for every field.
class PlaceBytes {
 public:
  PlaceBytes(const Place& place, std::uint32_t version) {
    add(place.tenant.view());
    add(place.table);
    add(place.column);
    add(place.row.view());
    put_version(end_, version);
    end_ += kVersionBytes;
  }
  [[nodiscard]] std::string_view view() const {
    return {bytes_.data(), static_cast<std::size_t>(end_ - bytes_.data())};
  }

 private:
  void add(std::string_view part) {
    if (part.size() > kNameBytes) throw std::length_error("name of a table or column too long to seal under");
    *end_++ = static_cast<char>(part.size());  // kNameBytes fits a byte
    end_ = std::copy(part.begin(), part.end(), end_);
  }

  std::array<char, 4 * (1 + kNameBytes) + kVersionBytes> bytes_;
  char* end_ = bytes_.data();
};

std::unexpected<Error> cannot_open() {
  return fail(Errc::internal, "sealed data cannot be opened");
}

bool looks_like_box(std::string_view box) {
  return box.size() >= kBoxOverhead && box[0] == kFormat;
}

std::uint32_t read_version(std::string_view box) {
  std::uint32_t version = 0;
  for (const char byte : box.substr(kVersionAt, kVersionBytes))
    version = version << 8 | static_cast<unsigned char>(byte);
  return version;
}

}  // namespace

std::string seal(const Key& key, std::uint32_t key_version, const Place& place, std::string_view text) {
  const PlaceBytes aad(place, key_version);
  const detail::Nonce nonce = detail::next_nonce();
  std::string box(text.size() + kBoxOverhead, '\0');
  box[0] = kFormat;
  put_version(box.data() + kVersionAt, key_version);
  std::copy(nonce.begin(), nonce.end(), detail::raw(box) + kNonceAt);
  detail::gcm_seal(key.bytes(), nonce.data(), aad.view(), text, detail::raw(box) + kTextAt);
  return box;
}

Result<std::string> open(const Key& key, const Place& place, std::string_view box) {
  if (!looks_like_box(box)) return cannot_open();
  const PlaceBytes aad(place, read_version(box));
  std::string text;
  if (!detail::gcm_open(key.bytes(), detail::raw(box) + kNonceAt, aad.view(), box.substr(kTextAt), text))
    return cannot_open();
  return text;
}

Result<std::uint32_t> key_version(std::string_view box) {
  if (!looks_like_box(box)) return cannot_open();
  return read_version(box);
}

std::string wrap(const Key& by, std::uint32_t version, const Place& place, const Key& key) {
  return seal(by, version, place, detail::chars(key.bytes()));
}

Result<Key> unwrap(const Key& by, const Place& place, std::string_view box) {
  std::string bytes = TRY(open(by, place, box));
  auto key = Key::from_bytes(bytes);
  detail::wipe(bytes);
  if (!key) return cannot_open();
  return key;
}

}  // namespace chatika::crypto
