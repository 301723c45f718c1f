// 128-bit ids. Made by us they are UUID version 7 (RFC 9562): they sort by time of making, so keys of
// new rows land together at the end of an index.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace chatika {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;

  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
};

// A fresh UUIDv7: 48 bits of Unix milliseconds, then randomness from the system. Thread-safe; ids made by
// one thread within a millisecond still ascend.
Uuid new_uuid();

// Canonical lower-case form with hyphens, 36 characters.
std::string to_string(const Uuid& id);

// Accepts exactly the canonical form, either case. Nothing else: no braces, no urn.
std::optional<Uuid> parse_uuid(std::string_view text);

// The 16 raw bytes of a database column.
std::optional<Uuid> uuid_from_bytes(std::string_view bytes);

// Ids of different things do not mix: Id<struct LeadTag> is not an Id<struct BookingTag>.
template <class Tag>
struct Id : Uuid {
  Id() = default;
  explicit Id(const Uuid& id) : Uuid(id) {}
  static Id fresh() { return Id(new_uuid()); }
  auto operator<=>(const Id&) const = default;
};

using TenantId = Id<struct TenantTag>;
using SubjectId = Id<struct SubjectTag>;  // a person whose data we hold: visitor or employee
using EmployeeId = Id<struct EmployeeTag>;
using ConversationId = Id<struct ConversationTag>;
using LeadId = Id<struct LeadTag>;
using ArticleId = Id<struct ArticleTag>;
using ServiceId = Id<struct ServiceTag>;
using SpecialistId = Id<struct SpecialistTag>;
using BookingId = Id<struct BookingTag>;

struct UuidHash {
  std::size_t operator()(const Uuid& id) const noexcept {
    std::uint64_t low = 0;  // the random half: already well spread
    std::memcpy(&low, id.bytes.data() + 8, sizeof low);
    return static_cast<std::size_t>(low);
  }
};

}  // namespace chatika

template <>
struct std::hash<chatika::Uuid> : chatika::UuidHash {};
template <class Tag>
struct std::hash<chatika::Id<Tag>> : chatika::UuidHash {};
