// Tenants, employees, sessions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "json/types.hpp"
#include "privacy/principal.hpp"

namespace chatika::accounts {

enum class Business { clinic, salon };
CHATIKA_JSON_ENUM(Business, clinic, salon)

struct Localized {
  std::string ru;
  std::string en;
  [[nodiscard]] const std::string& in(std::string_view language) const {
    return language == "en" && !en.empty() ? en : ru;
  }
};
CHATIKA_JSON(Localized, ru, en)

// Who a business is by law: its documents and consent texts name it.
struct Legal {
  std::string name;        // as registered
  std::string tax_number;  // INN
  std::string address;
  std::string email;  // where data subjects write; without it nothing is published
  std::optional<std::string> name_en;  // for texts in English; the trade name stands there without it
  std::optional<std::string> address_en;
};
CHATIKA_JSON(Legal, name, tax_number, address, email, name_en, address_en)

// What a business says about itself. None of it is personal data.
struct Profile {
  Localized name;
  Business business = Business::clinic;
  std::string time_zone;  // IANA
  std::string phone;
  Localized address;
  Localized hours;
  Localized greeting;
  std::vector<std::string> origins;  // websites that may embed the widget: "https://clinic.example"; this
                                     // server's own is always allowed
  std::optional<Legal> legal;
};
CHATIKA_JSON(Profile, name, business, time_zone, phone, address, hours, greeting, origins, legal)

struct Tenant {
  TenantId id;
  std::string slug;
  std::string public_key;
  Profile profile;
  // Was there before the processing agreement was asked for: its widget stays on until then without it.
  std::optional<Time> agreement_due;
};

struct Employee {
  EmployeeId id;
  std::string name;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;  // appointed privacy officer
  std::optional<Time> access_until;  // absent: until it is taken away
  std::optional<Time> disabled_at;
};

// Sessions end after a day without use and after 30 days in any case.
inline constexpr auto kSessionIdle = std::chrono::hours(24);
inline constexpr auto kSessionLife = std::chrono::days(30);
inline constexpr auto kSessionTouch =
    std::chrono::minutes(5);  // how exactly `seen_at` is kept: a write costs an fsync

}  // namespace chatika::accounts
