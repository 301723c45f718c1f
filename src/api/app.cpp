#include "api/app.hpp"

#include <algorithm>

#include "booking/model.hpp"

namespace chatika::api {

assistant::Business business_of(const accounts::Tenant& tenant) {
  const auto& p = tenant.profile;
  return {.greeting_ru = p.greeting.ru,
          .greeting_en = p.greeting.in("en"),
          .phone = p.phone,
          .address_ru = p.address.ru,
          .address_en = p.address.in("en"),
          .time_zone = p.time_zone,
          .clinic = p.business == accounts::Business::clinic};
}

privacy::Details details_of(const App& app, const accounts::Tenant& tenant, std::string_view language) {
  const auto& p = tenant.profile;
  privacy::Details out{.controller = {.name = p.name.in(language), .address = p.address.in(language), .phone = p.phone},
                       .processor = app.settings.processor,
                       .clinic = p.business == accounts::Business::clinic};
  if (language == "en" && !app.settings.processor_en.empty()) out.processor.name = app.settings.processor_en;
  if (p.legal) {
    // The registered name is Russian; an English text says what an English reader can read.
    const bool en = language == "en";
    const auto name = en ? p.legal->name_en.value_or("") : p.legal->name;
    const auto address = en ? p.legal->address_en.value_or("") : p.legal->address;
    if (!name.empty()) out.controller.name = name;
    if (!address.empty()) out.controller.address = address;
    out.controller.tax_number = p.legal->tax_number;
    out.controller.email = p.legal->email;
  }
  for (const auto& origin : p.origins) {
    const auto host = origin.substr(std::min(origin.size(), origin.find("//") + 2));
    out.site += (out.site.empty() ? "" : ", ") + host;
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(app.tenants.clock().now());
  const auto local = booking::to_local(now, p.time_zone);
  out.utc_offset_minutes = static_cast<int>(
      std::chrono::duration_cast<std::chrono::minutes>(local.time_since_epoch() - now.time_since_epoch()).count());
  return out;
}

bool own_origin(std::string_view origin, std::string_view host) {
  if (host.empty()) return false;
  return origin == "https://" + std::string(host) || origin == "http://" + std::string(host);
}

bool origin_allowed(const accounts::Tenant& tenant, std::string_view origin, std::string_view host) {
  const auto& allowed = tenant.profile.origins;
  return own_origin(origin, host) || std::find(allowed.begin(), allowed.end(), origin) != allowed.end();
}

}  // namespace chatika::api
