#include "app/demo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <sstream>

#include "accounts/sign_in.hpp"
#include "api/assets.hpp"
#include "booking/booking.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "knowledge/articles.hpp"

namespace chatika::app {

struct SeedAliases {
  std::vector<std::string> ru;
  std::vector<std::string> en;
};
CHATIKA_JSON(SeedAliases, ru, en)
struct SeedService {
  std::string key;
  accounts::Localized name;
  SeedAliases aliases;
  int duration_min = 0;
  std::optional<int> price;
};
CHATIKA_JSON(SeedService, key, name, aliases, duration_min, price)
struct SeedHours {
  std::vector<int> days;
  std::string start;
  std::string end;
};
CHATIKA_JSON(SeedHours, days, start, end)
struct SeedSpecialist {
  std::string key;
  accounts::Localized name;
  accounts::Localized title;
  std::vector<std::string> services;
  std::vector<SeedHours> weekly;
};
CHATIKA_JSON(SeedSpecialist, key, name, title, services, weekly)
struct SeedEmployee {
  std::string name;
  std::string email;
  privacy::Role role = privacy::Role::receptionist;
  std::optional<bool> officer;  // absent: no
};
CHATIKA_JSON(SeedEmployee, name, email, role, officer)
struct SeedTenant {
  std::string slug;
  accounts::Localized name;
  accounts::Business business = accounts::Business::clinic;
  std::string time_zone;
  std::string phone;
  accounts::Localized address;
  accounts::Localized hours;
  accounts::Localized greeting;
  accounts::Legal legal;
  std::vector<SeedService> services;
  std::vector<SeedSpecialist> specialists;
  std::vector<SeedEmployee> employees;
};
CHATIKA_JSON(SeedTenant, slug, name, business, time_zone, phone, address, hours, greeting, legal, services,
             specialists, employees)

namespace {

int minutes_of(const std::string& clock) {
  return std::stoi(clock.substr(0, 2)) * 60 + std::stoi(clock.substr(3, 2));
}

void add_catalog(db::Tx& tx, const SeedTenant& seed) {
  std::map<std::string, ServiceId> services;
  std::map<ServiceId, std::vector<SpecialistId>> who;
  std::vector<booking::Specialist> specialists;
  for (const auto& s : seed.services) services[s.key] = ServiceId::fresh();
  for (const auto& s : seed.specialists) {
    booking::Specialist specialist{.id = SpecialistId::fresh(),
                                   .name_ru = s.name.ru,
                                   .name_en = s.name.en,
                                   .title_ru = s.title.ru,
                                   .title_en = s.title.en,
                                   .windows = {}};
    for (const auto& hours : s.weekly)
      for (const int day : hours.days)
        specialist.windows.push_back({day, minutes_of(hours.start), minutes_of(hours.end)});
    for (const auto& key : s.services) who[services.at(key)].push_back(specialist.id);
    specialists.push_back(std::move(specialist));
  }
  int place = 0;
  for (const auto& s : specialists) booking::add_specialist(tx, s, place++);
  place = 0;
  for (const auto& s : seed.services)
    booking::add_service(tx,
                         {.id = services.at(s.key),
                          .name_ru = s.name.ru,
                          .name_en = s.name.en,
                          .aliases_ru = s.aliases.ru,
                          .aliases_en = s.aliases.en,
                          .duration_min = s.duration_min,
                          .price = s.price,
                          .specialists = who[services.at(s.key)]},
                         place++);
}

// "/seed/clinic/articles/ru/01-prices.md": first line "# Title", then the text.
Result<void> add_articles(privacy::Access& access, const std::string& slug) {
  const auto prefix = "/seed/" + slug + "/articles/";
  for (const auto& asset : api::all_assets()) {
    if (!asset.path.starts_with(prefix)) continue;
    const auto line_end = asset.plain.find('\n');
    if (!asset.plain.starts_with("# ") || line_end == std::string_view::npos)
      return fail(Errc::internal, "a demo article has no title: " + std::string(asset.path));
    CHECK(knowledge::create(access, {.language = std::string(asset.path.substr(prefix.size(), 2)),
                                     .title = std::string(asset.plain.substr(2, line_end - 2)),
                                     .text = text::clean(asset.plain.substr(line_end))}));
  }
  return {};
}

std::vector<DemoSignIn> read_sign_ins(const std::string& file) {
  std::vector<DemoSignIn> out;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    DemoSignIn s;
    if (std::getline(fields, s.business, '\t') && std::getline(fields, s.role, '\t') &&
        std::getline(fields, s.email, '\t') && std::getline(fields, s.password, '\t'))
      out.push_back(std::move(s));
  }
  return out;
}

Result<void> write_sign_ins(const std::string& file, const std::vector<DemoSignIn>& sign_ins) {
  std::string text;
  for (const auto& s : sign_ins)
    text += s.business + "\t" + s.role + "\t" + s.email + "\t" + s.password + "\n";
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Errc::internal, "cannot write " + file);
  const bool whole =
      ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!whole) return fail(Errc::internal, "cannot write " + file);
  return {};
}

Result<TenantId> tenant_of(accounts::Tenants& tenants, const SeedTenant& seed) {
  if (const auto* known = tenants.by_slug(seed.slug)) {
    if (known->profile.legal) return known->id;
    // A demo made before documents named the business by law.
    auto profile = known->profile;
    profile.legal = seed.legal;
    std::promise<Result<void>> done;
    tenants.update_profile(known->id, profile, [&](Result<void> result) { done.set_value(std::move(result)); });
    CHECK(done.get_future().get());
    return known->id;
  }
  return tenants.create(seed.slug, {.name = seed.name,
                                    .business = seed.business,
                                    .time_zone = seed.time_zone,
                                    .phone = seed.phone,
                                    .address = seed.address,
                                    .hours = seed.hours,
                                    .greeting = seed.greeting,
                                    .origins = {},
                                    .legal = seed.legal});
}

// Each step is done once, whole, so that a start that was interrupted is finished by the next.
Result<void> fill_tenant(accounts::Tenants& tenants, const SeedTenant& seed,
                         std::vector<DemoSignIn>& sign_ins, const std::string& sign_in_file) {
  const auto id = TRY(tenant_of(tenants, seed));
  auto db = TRY(tenants.enter(privacy::Principal::system(id)));
  CHECK(db.call("demo.seed", [&](privacy::Access& access) -> Result<void> {
    if (!booking::catalog(access.tx()).services.empty()) return {};
    add_catalog(access.tx(), seed);
    return add_articles(access, seed.slug);
  }));
  for (const auto& e : seed.employees) {
    if (std::any_of(sign_ins.begin(), sign_ins.end(),
                    [&](const DemoSignIn& s) { return s.email == e.email; }))
      continue;
    const auto password = crypto::new_token().text.substr(0, 16);  // 96 bits, random: never built in
    sign_ins.push_back({seed.name.ru, std::string(json::name_of(e.role)), e.email, password});
    CHECK(write_sign_ins(sign_in_file, sign_ins));
    CHECK(accounts::add_employee(tenants, id, {e.name, e.email, e.role, e.officer.value_or(false)}, password));
  }
  return {};
}

}  // namespace

Result<std::vector<DemoSignIn>> prepare_demo(Installation& installation, const std::string& sign_in_file) {
  auto& tenants = installation.tenants();
  auto sign_ins = read_sign_ins(sign_in_file);
  for (const auto& asset : api::all_assets()) {
    if (!asset.path.starts_with("/seed/") || !asset.path.ends_with("/tenant.json")) continue;
    const auto seed = TRY(json::read<SeedTenant>(asset.plain));
    CHECK(fill_tenant(tenants, seed, sign_ins, sign_in_file));
  }
  return sign_ins;
}

}  // namespace chatika::app
