// What every part of the API works with.
#pragma once

#include <string>

#include "accounts/audit_keeper.hpp"
#include "accounts/sign_in.hpp"
#include "accounts/tenants.hpp"
#include "api/drawings.hpp"
#include "api/hub.hpp"
#include "assistant/assistant.hpp"
#include "base/rate_limiter.hpp"
#include "privacy/consent.hpp"

namespace chatika::api {

struct Settings {
  std::string evidence_dir{};       // where the audit's anchor files are
  bool demo = false;                // serve the demo sites and the start page
  privacy::Party processor;         // who runs this installation, as documents and consent texts name it
  std::string processor_en;         // its name in English texts; empty: the same
  std::string public_url{};         // "https://chat.example": where links in mails lead; no slash at the end
  bool public_url_known = true;     // false: nobody has said it, so it is this machine's own
  double messages_per_minute = 40;  // of one conversation, after a burst of the same size
  double starts_per_minute = 20;    // conversations started from one address
  bool mail_configured = false;     // without a mail server mails wait
};

inline constexpr std::uint16_t kSignedOut = 4401;  // a panel's socket whose session is over

struct App {
  App(accounts::Tenants& all, Settings s, Drawings::Draw draw = {})
      : tenants(all),
        settings(std::move(s)),
        audit(all, settings.evidence_dir),
        hub(all.clock()),
        sign_in(all),
        messages(settings.messages_per_minute, settings.messages_per_minute),
        starts(settings.starts_per_minute, settings.starts_per_minute),
        filings(settings.starts_per_minute, settings.starts_per_minute / 4),
        filings_of_tenant(settings.starts_per_minute * 10, settings.starts_per_minute),
        holds(settings.starts_per_minute, settings.starts_per_minute / 10),
        drawings(std::move(draw)) {}

  accounts::Tenants& tenants;
  Settings settings;
  accounts::AuditKeeper audit;
  assistant::Snapshots snapshots;
  Hub hub;
  accounts::SignIn sign_in;
  RateLimiter messages;
  RateLimiter starts;
  RateLimiter filings;  // what one address or one private link asks about personal data, and what one session is refused
  RateLimiter filings_of_tenant;
  RateLimiter holds;  // times taken for visitors of one business from one address: nobody may take them all
  Drawings drawings;
};

assistant::Business business_of(const accounts::Tenant& tenant);
// The business as its documents name it, from its profile and the installation's configuration.
privacy::Details details_of(const App& app, const accounts::Tenant& tenant, std::string_view language);

// Whether a page of this origin may use the tenant's widget: the tenant's own sites, and pages this server
// serves itself (`host` is the request's Host header). "" (no Origin header: same-origin GET) is allowed for
// requests, never for sockets.
bool origin_allowed(const accounts::Tenant& tenant, std::string_view origin, std::string_view host);
bool own_origin(std::string_view origin, std::string_view host);

}  // namespace chatika::api
