#include "app/prove_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <filesystem>

#include "accounts/audit_keeper.hpp"
#include "api/assets.hpp"
#include "api/server.hpp"
#include "json/write.hpp"
#include "net/server.hpp"
#include "net/tls_probe.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::app {
namespace {

using privacy::attested;
using privacy::failed;
using privacy::Finding;
using privacy::passed;
using privacy::ProveScope;

constexpr std::int64_t kWorkersTried = 200;  // of a business

// Reader and schema are made of one description: a closed schema is a reader that refuses.
Finding unknown_members_are_refused(ProveScope&) {
  const auto document = boost::json::parse(api::openapi(api::routes()));
  const auto& schemas = document.at("components").at("schemas").as_object();
  std::size_t closed = 0;
  for (const auto& [name, schema] : schemas) {
    const auto& object = schema.as_object();
    if (!object.contains("properties")) continue;
    const auto* more = object.if_contains("additionalProperties");
    if (more == nullptr || !more->is_bool() || more->as_bool())
      return failed(fmt::format("{} takes members it does not name", std::string_view(name)));
    ++closed;
  }
  return passed(
      fmt::format("{} objects of the wire are closed: a member they do not name is refused", closed));
}

// Looks for the word in everything that is ever sent.
Finding hash_never_leaves(ProveScope&) {
  const auto document = api::openapi(api::routes());
  for (const auto* word : {"password_hash", "key_box", "token_hash"})
    if (document.find(word) != std::string::npos) return failed(fmt::format("{} is part of the wire", word));
  return passed(fmt::format("no answer of {} routes has a member for a hash or a key", api::routes().size()));
}

Finding routes_are_gated(ProveScope&) {
  std::size_t open = 0;
  std::size_t gated = 0;
  for (const auto& route : api::routes()) {
    const bool panel = route.path.starts_with("/api/");
    if (route.gate != api::Gate::open) {
      ++gated;
      continue;
    }
    ++open;
    // What signs in and out, and what only says that the process lives.
    const bool session =
        route.path.find("/session") != std::string::npos || route.path.find("/public") != std::string::npos;
    if (panel && !session) return failed(fmt::format("{} is open to anyone", route.operation));
  }
  return passed(fmt::format(
      "{} routes are behind a gate, {} are open to everyone: pages, health, sign-in, the public form", gated,
      open));
}

// What the gates are for: data of people who ask for their rights are for the privacy officer and owners.
Finding privacy_is_not_for_everyone(ProveScope&) {
  std::size_t looked = 0;
  for (const auto& route : api::routes()) {
    if (!route.path.starts_with("/api/v1/privacy/")) continue;
    ++looked;
    if (route.gate != api::Gate::owner && route.gate != api::Gate::officer &&
        route.gate != api::Gate::steward)
      return failed(fmt::format("{} is open to every employee", route.operation));
  }
  return passed(
      fmt::format("{} routes about personal data are for the privacy officer and owners alone", looked));
}

bool may(api::Gate gate, const privacy::prove_store::Worker& who) {
  const bool owner = who.role == privacy::Role::owner;
  switch (gate) {
    case api::Gate::newcomer:
    case api::Gate::employee:
      return true;
    case api::Gate::owner:
      return owner;
    case api::Gate::officer:
      return who.officer;
    case api::Gate::steward:
      return owner || who.officer;
    case api::Gate::open:
    case api::Gate::widget:
      break;
  }
  return false;
}

// Everyone who works here tries every gate, as a request would; the program itself, which has no session,
// too. A gate may be closed to someone for another reason (terms not accepted); it may never be open to whom
// it is not for.
Finding gates_hold(Installation& installation, ProveScope& scope) {
  using api::Gate;
  constexpr Gate kGates[] = {Gate::open,  Gate::widget,  Gate::newcomer, Gate::employee,
                             Gate::owner, Gate::officer, Gate::steward};
  std::size_t people = 0;
  for (const auto& business : scope.businesses) {
    std::vector<privacy::prove_store::Worker> workers;
    bool nobody_passes = false;
    const auto looked = scope.enter(business, [&](privacy::Access& access) -> Result<void> {
      workers = privacy::prove_store::workers(access.tx(), kWorkersTried);
      for (const auto gate : kGates) nobody_passes = nobody_passes || api::pass(gate, access).has_value();
      return {};
    });
    if (!looked) return failed(looked.error().cause);
    if (nobody_passes) return failed("a gate opens to someone who is not signed in");
    people += workers.size();
    for (const auto& worker : workers) {
      auto who = privacy::Principal::employee(business.id, worker.id, worker.role);
      who.officer = worker.officer;
      auto db = installation.tenants().enter(who);
      if (!db) return failed(db.error().cause);
      const auto passes_another = db->call("prove", [&](privacy::Access& access) -> Result<bool> {
        bool any = false;
        for (const auto gate : kGates) any = any || (!may(gate, worker) && api::pass(gate, access));
        return any;
      });
      if (!passes_another) return failed(passes_another.error().cause);
      if (*passes_another)
        return failed(fmt::format("{}: a {} passes a gate that is not for them", business.slug,
                                  json::name_of(worker.role)));
    }
  }
  return passed(fmt::format(
      "tried: {} employees at {} gates, and the program itself without a session: none passed one that "
      "is not theirs",
      people, std::size(kGates)));
}

Finding audit_is_whole(Installation& installation, ProveScope& scope) {
  accounts::AuditKeeper keeper(installation.tenants(), installation.evidence_dir());
  std::int64_t rows = 0;
  std::int64_t checkpoints = 0;
  for (const auto& business : scope.businesses) {
    const auto verdict = keeper.verify(business.id);
    if (!verdict) return failed(verdict.error().cause);
    if (verdict->fault)
      return failed(fmt::format("{}: lane {}, row {}: {}", business.slug, verdict->fault->lane,
                                verdict->fault->seq, privacy::name(verdict->fault->kind)));
    rows += verdict->rows;
    checkpoints += verdict->checkpoints;
  }
  return passed(fmt::format("{} rows of {} businesses form whole chains, {} signed checkpoints agree", rows,
                            scope.businesses.size(), checkpoints));
}

// The program's own TLS, with the certificate in use or one made for the occasion.
Finding tls_is_current(const Config& config) {
  auto certificate = config.certificate_file;
  auto key = config.key_file;
  std::filesystem::path scratch;
  if (certificate.empty()) {
    scratch = std::filesystem::temp_directory_path() / ("chatika-prove-" + to_string(new_uuid()));
    std::filesystem::create_directory(scratch);
    certificate = scratch / "c.pem";
    key = scratch / "k.pem";
  }
  const auto probed = [&]() -> Result<net::TlsProbe> {
    if (!scratch.empty()) CHECK(net::make_self_signed(certificate, key));
    const auto context = TRY(net::TlsContext::make(certificate, key));
    return net::probe_tls(*context);
  }();
  std::error_code ignored;
  if (!scratch.empty()) std::filesystem::remove_all(scratch, ignored);
  if (!probed) return failed(probed.error().cause);
  if (probed->accepts_tls12) return failed("a handshake of TLS 1.2 is accepted");
  if (!probed->accepts_tls13) return failed("a handshake of TLS 1.3 is refused");
  auto finding = passed(fmt::format("TLS 1.2 is refused, TLS 1.3 agrees on {}", probed->cipher));
  const bool loopback = config.address == "127.0.0.1" || config.address == "::1";
  if (config.port > 0 && !loopback) return failed("plain HTTP is served beyond this machine");
  if (config.tls_port == 0)
    finding.evidence.emplace_back("no TLS port is configured: only this machine is served");
  return finding;
}

Finding widget_sets_nothing_early(ProveScope&) {
  const auto* loader = api::find_asset("/widget.js");
  if (loader == nullptr) return failed("the program carries no widget");
  for (const auto* word : {"document.cookie", "localStorage", "sessionStorage", "indexedDB"})
    if (loader->plain.find(word) != std::string_view::npos)
      return failed(fmt::format("the widget's loader uses {}", word));
  auto finding =
      attested("that nothing is stored before the visitor opens the widget is tested in a browser");
  finding.evidence.emplace_back("the loader, which runs on every page, names no cookie and no storage");
  return finding;
}

}  // namespace

std::vector<privacy::Promise> program_promises(Installation& installation, const Config& config) {
  return {
      {3, "undeclared input is refused", unknown_members_are_refused},
      {12, "no cookie and no storage before it is needed", widget_sets_nothing_early},
      {14, "a password hash never leaves authentication", hash_never_leaves},
      {15, "a change of role acts on the next request",
       [](ProveScope&) {
         return attested(
             "the role is read with the session in every request; tested when the program is built");
       }},
      {31, "TLS 1.3 only", [&config](ProveScope&) { return tls_is_current(config); }},
      {34, "roles with least privilege", routes_are_gated},
      {34, "", privacy_is_not_for_everyone},
      {34, "", [&installation](ProveScope& scope) { return gates_hold(installation, scope); }},
      {35, "every operation is audited in a tamper-evident chain",
       [&installation](ProveScope& scope) { return audit_is_whole(installation, scope); }},
  };
}

}  // namespace chatika::app
