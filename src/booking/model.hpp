// Services, specialists, free starts, bookings.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/zone.hpp"
#include "json/types.hpp"

namespace chatika::booking {

enum class BookingStatus { held, confirmed, cancelled };
CHATIKA_JSON_ENUM(BookingStatus, held, confirmed, cancelled)

struct Service {
  ServiceId id;
  std::string name_ru, name_en;
  std::vector<std::string> aliases_ru, aliases_en;
  int duration_min = 0;
  std::optional<int> price;  // whole roubles
  std::vector<SpecialistId> specialists;
  [[nodiscard]] const std::string& name(std::string_view language) const {
    return language == "en" ? name_en : name_ru;
  }
};

struct Window {
  int weekday = 0;    // 0 = Sunday
  int start_min = 0;  // minutes of the local day
  int end_min = 0;    // exclusive, at most 1440
};

struct Specialist {
  SpecialistId id;
  std::string name_ru, name_en;
  std::string title_ru, title_en;
  std::vector<Window> windows;
  [[nodiscard]] const std::string& name(std::string_view language) const {
    return language == "en" ? name_en : name_ru;
  }
  [[nodiscard]] const std::string& title(std::string_view language) const {
    return language == "en" ? title_en : title_ru;
  }
};

struct Catalog {
  std::vector<Service> services;  // in the order the business lists them
  std::vector<Specialist> specialists;
  [[nodiscard]] const Service* service(ServiceId id) const;
  [[nodiscard]] const Specialist* specialist(SpecialistId id) const;
};

struct Start {
  Time at;
  SpecialistId specialist;
  bool operator==(const Start&) const = default;
};

struct Booking {
  BookingId id;
  std::string reference;  // six characters that are not mistaken for each other, e.g. "K7MX4P"
  ServiceId service;
  SpecialistId specialist;
  SubjectId visitor;
  std::optional<ConversationId> conversation;
  Time starts_at;
  Time ends_at;
  BookingStatus status = BookingStatus::held;
  std::optional<Time> hold_until;
};

// From the tenant's own names to UTC and back.
using chatika::from_local;
using chatika::known_zone;
using chatika::to_local;

}  // namespace chatika::booking
