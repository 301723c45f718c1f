#include "app/audit_commands.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "accounts/audit_keeper.hpp"
#include "app/command.hpp"
#include "base/text.hpp"
#include "json/write.hpp"

namespace chatika::app {

struct AuditReport {
  std::string tenant;
  std::int64_t rows = 0;
  std::int64_t checkpoints = 0;
  std::int64_t unsigned_rows = 0;
  std::int64_t losses = 0;
  std::optional<std::int64_t> lane;
  std::optional<std::int64_t> first_bad;
  std::optional<std::string> fault;
};
CHATIKA_JSON(AuditReport, tenant, rows, checkpoints, unsigned_rows, losses, lane, first_bad, fault)

namespace {

struct Options : Where {
  std::string tenant;
  bool json = false;
  std::string reason;
};

// Runs `f` for each tenant that was asked for, on an opened installation.
int each_tenant(const Options& o,
                const std::function<Result<bool>(accounts::AuditKeeper&, const accounts::Tenant&)>& f) {
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  auto& tenants = (*opened)->tenants();
  accounts::AuditKeeper keeper(tenants, (*opened)->evidence_dir());
  bool good = true, found = false;
  for (const auto& tenant : tenants.list()) {
    if (!o.tenant.empty() && o.tenant != tenant.slug) continue;
    found = true;
    const auto done = f(keeper, tenant);
    if (!done) return complain(done.error());
    good = good && *done;
  }
  if (!found && !o.tenant.empty())
    return complain({.code = Errc::not_found, .cause = "no such tenant: " + o.tenant});
  return good ? 0 : 1;
}

std::string_view explain(privacy::AuditFault::Kind kind) {
  switch (kind) {
    case privacy::AuditFault::Kind::row:
      return "does not follow from the row before";
    case privacy::AuditFault::Kind::tail:
      return "is missing, though a signed checkpoint vouches for it or a later one";
    case privacy::AuditFault::Kind::checkpoint:
      return "is not the row a signed checkpoint vouches for";
    case privacy::AuditFault::Kind::signature:
      return "has a checkpoint that this installation did not sign";
    case privacy::AuditFault::Kind::index:
      return "and the index of persons do not say the same";
  }
  return "";
}

Result<bool> verify(accounts::AuditKeeper& keeper, const accounts::Tenant& tenant, bool as_json) {
  const auto verdict = TRY(keeper.verify(tenant.id));
  const auto& fault = verdict.fault;
  if (as_json) {
    AuditReport report{tenant.slug, verdict.rows, verdict.checkpoints, verdict.unsigned_rows, verdict.losses, {}, {}, {}};
    if (fault) {
      report.lane = fault->lane;
      report.first_bad = fault->seq;
      report.fault = name(fault->kind);
    }
    fmt::print("{}\n", json::write(report));
  } else if (fault) {
    fmt::print("{}: BROKEN after {} good rows: lane {}, row {} {}\n", tenant.slug, verdict.rows, fault->lane,
               fault->seq, explain(fault->kind));
  } else {
    fmt::print("{}: {} rows, chain whole, {} signed checkpoints, {} rows after the last\n", tenant.slug,
               verdict.rows, verdict.checkpoints, verdict.unsigned_rows);
  }
  if (!as_json && !std::filesystem::exists(keeper.anchor().path(tenant.id)))
    fmt::print("{}: no anchor file at {}: nothing outside the data says whether their end was cut\n", tenant.slug,
               keeper.anchor().path(tenant.id));
  if (!as_json && verdict.losses > 0)
    fmt::print("{}: {} lost tails were acknowledged after a restore: look for audit.loss_acknowledged\n", tenant.slug,
               verdict.losses);
  return !fault;
}

int run_verify(const Options& o) {
  return each_tenant(o, [&](auto& keeper, const auto& tenant) { return verify(keeper, tenant, o.json); });
}

int run_checkpoint(const Options& o) {
  return each_tenant(o, [&](auto& keeper, const auto& tenant) -> Result<bool> {
    const auto made = TRY(keeper.checkpoint(tenant.id));
    if (o.json && made)
      fmt::print("{}\n", write_line(tenant.id, *made));
    else if (made)
      fmt::print("{}: row {} of lane {} is vouched for in {}\n", tenant.slug, made->seq, made->lane,
                 keeper.anchor().path(tenant.id));
    else
      fmt::print("{}: nothing to vouch for\n", tenant.slug);
    return true;
  });
}

int run_export(const Options& o) {
  return each_tenant(o, [&](auto& keeper, const auto& tenant) -> Result<bool> {
    TRY(keeper.checkpoint(tenant.id));
    bool written = true;
    CHECK(keeper.export_lines(tenant.id, privacy::Principal::system(tenant.id), [&](std::string_view line) {
      written = written && std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                std::fputc('\n', stdout) != EOF;
    }));
    if (!written || std::fflush(stdout) != 0) return fail(Errc::unavailable, "the export cannot be written");
    return true;
  });
}

constexpr std::size_t kReasonBytes = 500;

int run_acknowledge(const Options& o) {
  if (text::clean_line(o.reason).empty() || o.reason.size() > kReasonBytes)
    return complain({.code = Errc::invalid, .cause = "a reason of at most 500 bytes is needed; name no person in it"});
  return each_tenant(o, [&](auto& keeper, const auto& tenant) -> Result<bool> {
    const auto losses = TRY(keeper.acknowledge_loss(tenant.id, text::clean_line(o.reason)));
    for (const auto& loss : losses)
      fmt::print("{}: lane {}: what was after row {} counts as lost; written to {}\n", tenant.slug, loss.lane, loss.seq,
                 keeper.anchor().path(tenant.id));
    return verify(keeper, tenant, false);
  });
}

int run_key(const Options& o) {
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  const accounts::AuditKeeper keeper((*opened)->tenants(), (*opened)->evidence_dir());
  fmt::print("{}\n", keeper.public_key());
  return 0;
}

}  // namespace

void add_audit_commands(CLI::App& cli, std::function<int()>& run) {
  auto& audit = *cli.add_subcommand("audit", "the tamper-evident log")->require_subcommand(1);
  const auto o = std::make_shared<Options>();
  const auto add = [&](const char* name, const char* help, int (*f)(const Options&)) -> CLI::App& {
    auto& command = *audit.add_subcommand(name, help);
    add_common(command, *o);
    command.callback([&run, o, f] { run = [o, f] { return f(*o); }; });
    return command;
  };
  auto& verify = add("verify", "check chain, checkpoints and anchor file; status 1 when something is broken",
                     run_verify);
  auto& checkpoint =
      add("checkpoint", "sign the newest row now and keep it in the anchor file", run_checkpoint);
  for (auto* command : {&verify, &checkpoint}) {
    command->add_flag("--json", o->json, "one JSON object a line");
    command->add_option("--tenant", o->tenant, "slug of one business");
  }
  add("export", "the whole log as lines of JSON, for tools/audit_verify.py", run_export)
      .add_option("--tenant", o->tenant, "slug of the business")
      ->required();
  auto& loss = add("acknowledge-loss",
                   "after a restore: say, signed and for good, that the rows the anchor file knows are lost", run_acknowledge);
  loss.add_option("--tenant", o->tenant, "slug of the business")->required();
  loss.add_option("--reason", o->reason, "what happened; no personal data")->required();
  add("key", "the public key that checkpoints are checked with", run_key);
}

}  // namespace chatika::app
