// The command line. Exit status: 0 done, 1 failed, 2 bad usage.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "accounts/sign_in.hpp"
#include "api/papers.hpp"
#include "api/server.hpp"
#include "app/audit_commands.hpp"
#include "app/command.hpp"
#include "app/installation.hpp"
#include "app/mail_commands.hpp"
#include "app/privacy_commands.hpp"
#include "app/prove_commands.hpp"
#include "app/serve.hpp"
#include "json/write.hpp"
#include "privacy/documents.hpp"

namespace chatika::app {

struct TenantReport {
  std::string slug;
  std::string public_key;
  std::string name;
};
CHATIKA_JSON(TenantReport, slug, public_key, name)

namespace {

struct Options : Where {
  int port = 0;
  bool demo = false;
  bool json = false;
  bool officer = false;
  bool accept_agreement = false;
  accounts::Legal legal;
  std::string tenant;
  std::string role = "receptionist";
  accounts::Profile profile;
  std::string business = "clinic";
};

Result<Config> configured(const Options& o) {
  auto config = TRY(configured(static_cast<const Where&>(o)));
  if (o.port > 0) config.port = o.port;
  if (o.demo && config.tls_port == 0 && config.port + 363 <= 65535) config.tls_port = config.port + 363;
  return config;
}

Result<std::unique_ptr<Installation>> installation(const Options& o) {
  const auto config = TRY(configured(o));
  return Installation::open(config);
}

int run_serve(const Options& o) {
  auto config = configured(o);
  return config ? serve(std::move(*config), o.demo) : complain(config.error());
}

int run_openapi(const Options&) {
  fmt::print("{}\n", api::openapi(api::routes()));
  return 0;
}

int run_migrate(const Options& o) {
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  for (const auto& tenant : (*opened)->tenants().list()) {  // a tenant's file is migrated when it is opened
    auto db = (*opened)->tenants().enter(privacy::Principal::system(tenant.id));
    const auto done = db ? db->call("migrate", [](privacy::Access&) -> Result<void> { return {}; })
                         : Result<void>(fail(db.error()));
    if (!done) return complain(done.error());
  }
  fmt::print("up to date\n");
  return 0;
}

int run_tenant_list(const Options& o) {
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  for (const auto& t : (*opened)->tenants().list()) {
    if (o.json)
      fmt::print("{}\n", json::write(TenantReport{t.slug, t.public_key, t.profile.name.ru}));
    else
      fmt::print("{}\t{}\t{}\n", t.slug, t.public_key, t.profile.name.ru);
  }
  return 0;
}

// For the person at the terminal: the widget and the published texts wait for these.
void say_what_is_missing(const accounts::Tenant& tenant, bool accepted) {
  const auto& legal = tenant.profile.legal;
  if (!legal || legal->name.empty() || legal->tax_number.empty() || legal->address.empty())
    fmt::print(stderr, "missing: legal details (--legal-name, --tax-number, --legal-address, or the owner in the panel)\n");
  if (!legal || legal->email.empty())
    fmt::print(stderr, "missing: where people write about their data (--privacy-email, or the owner in the panel)\n");
  if (!accepted)
    fmt::print(stderr,
               "missing: the data processing agreement; the widget is off until the owner accepts it in the panel "
               "(--accept-agreement when it was signed on paper)\n");
}

// The agreement names both sides, so one that cannot be drawn up must not leave a business half set up.
Result<void> agreement_possible(const Options& o) {
  constexpr std::pair<std::string_view, std::string_view> kWhere[] = {
      {"/legal/name", "--legal-name"},
      {"/legal/address", "--legal-address"},
      {"/legal/email", "--privacy-email"},
      {"/operator/name", "operator.name in the configuration (--config)"}};
  const auto config = TRY(configured(o));
  privacy::Details details;
  details.controller.name = o.legal.name;
  details.controller.address = o.legal.address;
  details.controller.email = o.legal.email;
  details.processor.name = config.processor;
  std::string missing;
  for (const auto& field : privacy::missing_details(details))
    for (const auto& [pointer, where] : kWhere)
      if (field.pointer == pointer) missing += (missing.empty() ? "" : ", ") + std::string(where);
  if (missing.empty()) return {};
  return fail(Errc::invalid, "--accept-agreement: the agreement names both sides; missing: " + missing + ". Nothing was added.");
}

int run_tenant_add(const Options& o) {
  if (o.accept_agreement)
    if (const auto possible = agreement_possible(o); !possible) return complain(possible.error());
  auto opened = installation(o);
  if (!opened) return complain(opened.error());
  auto profile = o.profile;
  profile.business = o.business == "salon" ? accounts::Business::salon : accounts::Business::clinic;
  if (!o.legal.name.empty() || !o.legal.email.empty()) profile.legal = o.legal;
  if (!booking::known_zone(profile.time_zone))
    return complain({.code = Errc::invalid, .cause = "unknown time zone: " + profile.time_zone});
  const auto id = (*opened)->tenants().create(o.tenant, profile);
  if (!id) return complain(id.error());
  const auto* tenant = (*opened)->tenants().by_id(*id);
  if (o.json)
    fmt::print("{}\n", json::write(TenantReport{tenant->slug, tenant->public_key, profile.name.ru}));
  else
    fmt::print("{}\t{}\n", tenant->slug, tenant->public_key);
  if (o.accept_agreement) {
    const auto config = configured(o);
    api::App app((*opened)->tenants(), api_settings(*config, false));
    if (const auto accepted = api::accept_processing_for(app, *tenant); !accepted) return complain(accepted.error());
  }
  say_what_is_missing(*tenant, o.accept_agreement);
  return 0;
}

// Name, e-mail and password come on standard input, a line each: arguments show in the process list and in
// histories.
int run_user_add(const Options& o) {
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  const auto* tenant = (*opened)->tenants().by_slug(o.tenant);
  if (tenant == nullptr) return complain({.code = Errc::not_found, .cause = "no such tenant: " + o.tenant});
  std::string name;
  std::string email;
  std::string password;
  if (!std::getline(std::cin, name) || !std::getline(std::cin, email) || !std::getline(std::cin, password))
    return complain(
        {.code = Errc::invalid, .cause = "three lines are read from standard input: name, e-mail, password"});
  const auto role = o.role == "owner" ? privacy::Role::owner : privacy::Role::receptionist;
  const auto added =
      accounts::add_employee((*opened)->tenants(), tenant->id, {name, email, role, o.officer}, password);
  if (!added) return complain(added.error());
  if (o.accept_agreement) {
    const auto config = configured(o);
    api::App app((*opened)->tenants(), api_settings(*config, false));
    if (const auto accepted = api::accept_service_for(app, *tenant, *added); !accepted) return complain(accepted.error());
  }
  fmt::print("added\n");
  return 0;
}

// Secrets stay out of core dumps and of other processes' sight.
void shut_memory() {
  prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

}  // namespace

int run(int argc, char** argv) {
  shut_memory();
  Options o;
  CLI::App cli("Chatika: the chat assistant of a clinic or a salon");
  cli.require_subcommand(1);
  int (*command)(const Options&) = nullptr;
  const auto add = [&](CLI::App& to, const char* name, const char* help,
                       int (*f)(const Options&)) -> CLI::App& {
    auto& sub = *to.add_subcommand(name, help);
    sub.callback([&command, f] { command = f; });
    return sub;
  };

  auto& serve = add(cli, "serve", "serve widget, panel and API until stopped", run_serve);
  add_common(serve, o);
  serve.add_option("--port", o.port, "plain HTTP port on the loopback")->check(CLI::Range(1, 65535));
  serve.add_flag("--demo", o.demo, "make and serve a demo clinic and a demo salon; TLS at port + 363");
  add(cli, "openapi", "print the OpenAPI document", run_openapi);
  add_common(add(cli, "migrate", "bring every database to the newest schema", run_migrate), o);

  auto& tenant = *cli.add_subcommand("tenant", "businesses of this installation")->require_subcommand(1);
  auto& tenant_list = add(tenant, "list", "list them", run_tenant_list);
  add_common(tenant_list, o);
  tenant_list.add_flag("--json", o.json, "one JSON object a line");
  auto& tenant_add = add(tenant, "add", "add one and print its public key", run_tenant_add);
  add_common(tenant_add, o);
  tenant_add.add_flag("--json", o.json, "one JSON object");
  tenant_add.add_option("--slug", o.tenant, "short name, unique")->required();
  tenant_add.add_option("--name", o.profile.name.ru, "name in Russian")->required();
  tenant_add.add_option("--name-en", o.profile.name.en, "name in English");
  tenant_add.add_option("--business", o.business, "clinic or salon")
      ->check(CLI::IsMember({"clinic", "salon"}));
  tenant_add.add_option("--zone", o.profile.time_zone, "IANA time zone")->required();
  tenant_add.add_option("--phone", o.profile.phone, "phone shown to visitors")->required();
  tenant_add.add_option("--address", o.profile.address.ru, "postal address in Russian")->required();
  tenant_add.add_option("--address-en", o.profile.address.en, "postal address in English");
  tenant_add.add_option("--hours", o.profile.hours.ru, "opening hours in words");
  tenant_add.add_option("--greeting", o.profile.greeting.ru, "first words of the assistant")->required();
  tenant_add.add_option("--greeting-en", o.profile.greeting.en, "the same in English");
  tenant_add.add_option("--legal-name", o.legal.name,
                        "registered name, as documents and consent texts show it");
  tenant_add.add_option("--tax-number", o.legal.tax_number, "tax number (INN)");
  tenant_add.add_option("--legal-address", o.legal.address, "registered address");
  tenant_add.add_option("--privacy-email", o.legal.email,
                        "where data subjects write; without it nothing is published");
  tenant_add.add_flag("--accept-agreement", o.accept_agreement,
                      "the business has accepted the data processing agreement on paper: its widget is on");
  tenant_add.add_option("--origin", o.profile.origins,
                        "website that embeds the widget, e.g. https://clinic.example; repeatable");

  auto& user = *cli.add_subcommand("user", "employees")->require_subcommand(1);
  auto& user_add =
      add(user, "add", "add an employee; name, e-mail and password are read from standard input, a line each",
          run_user_add);
  add_common(user_add, o);
  user_add.add_option("--tenant", o.tenant, "slug of the business")->required();
  user_add.add_option("--role", o.role, "owner or receptionist")
      ->check(CLI::IsMember({"owner", "receptionist"}));
  user_add.add_flag("--officer", o.officer, "appointed privacy officer");
  user_add.add_flag("--accept-agreement", o.accept_agreement,
                    "the employee has accepted the terms of use on paper; otherwise they are asked at their first sign-in");

  std::function<int()> late;
  add_audit_commands(cli, late);
  add_mail_commands(cli, late);
  add_privacy_commands(cli, late);
  add_prove_commands(cli, late);

  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return cli.exit(e) == 0 ? 0 : 2;
  }
  if (late) return late();
  return command == nullptr ? 2 : command(o);
}

}  // namespace chatika::app

int main(int argc, char** argv) {
  try {
    return chatika::app::run(argc, argv);
  } catch (const std::exception& e) {
    fmt::print(stderr, "chatika: {}\n", e.what());
    return 1;
  }
}
