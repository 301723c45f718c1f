#include "api/app.hpp"

#include <algorithm>

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

privacy::Controller controller_of(const App& app, const accounts::Tenant& tenant, std::string_view language) {
  const auto& p = tenant.profile;
  return {.name = p.name.in(language),
          .address = p.address.in(language),
          .contact = p.phone,
          .processor = app.settings.processor.in(language),
          .clinic = p.business == accounts::Business::clinic};
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
