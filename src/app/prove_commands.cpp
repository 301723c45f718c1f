#include "app/prove_commands.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "app/command.hpp"
#include "app/prove_program.hpp"
#include "base/file.hpp"
#include "crypto/signature.hpp"
#include "json/write.hpp"
#include "privacy/prove.hpp"

namespace chatika::app {

struct ProveRequest {
  bool json = false;
};
CHATIKA_JSON(ProveRequest, json)

// What lies in DATA.evidence/prove: the report's exact text, and who vouches for it.
struct ProveEvidence {
  std::string report;
  std::string public_key;  // Ed25519, hex
  std::string signature;   // of `report`, hex
};
CHATIKA_JSON(ProveEvidence, report, public_key, signature)

namespace {

using privacy::PromiseState;

template <std::size_t N>
std::string hex(const std::array<std::uint8_t, N>& bytes) {
  return crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::unexpected<Error> cannot_write(const std::string& path) {
  return fail(Errc::unavailable,
              fmt::format("the evidence cannot be written: {}: {}", path, std::strerror(errno)));
}

// Whole or not at all, never over another.
Result<std::string> write_evidence(const std::string& directory, Time at, const std::string& text) {
  if (!make_directories(directory + "/prove")) return cannot_write(directory + "/prove");
  auto stamp = to_rfc3339(at);
  std::erase_if(stamp, [](char c) { return c == ':' || c == '-'; });
  const auto path = fmt::format("{}/prove/{}.json", directory, stamp);
  if (!write_new_file(path, text) || !sync_directory(directory + "/prove")) return cannot_write(path);
  return path;
}

privacy::ProveScope scope_of(Installation& installation, const Config& config) {
  auto& tenants = installation.tenants();
  privacy::ProveScope scope{
      .storage = installation.storage(),
      .businesses = {},
      .enter = [&tenants](const privacy::ProveScope::Business& business,
                          const std::function<Result<void>(privacy::Access&)>& f) -> Result<void> {
        auto db = TRY(tenants.enter(privacy::Principal::system(business.id)));
        return db.call("prove", [&f](privacy::Access& access) -> Result<void> { return f(access); });
      },
      .isolation =
          [&config] {
            return config.postgres_url.empty() ? db::sqlite_isolation(config.data_dir)
                                               : db::postgres_isolation(config.postgres_url);
          },
      .data_dir = config.data_dir,
      .now = SystemClock().now()};
  for (const auto& tenant : tenants.list())
    scope.businesses.push_back({tenant.id, tenant.slug, tenant.profile.time_zone,
                                tenant.profile.business == accounts::Business::clinic});
  return scope;
}

std::string_view word(PromiseState state) {
  switch (state) {
    case PromiseState::passed:
      return "ok";
    case PromiseState::failed:
      return "FAILED";
    case PromiseState::attested:
      return "attested";
    case PromiseState::not_applicable:
      return "-";
  }
  return "";
}

std::string readable(const privacy::ProveReport& report, const std::string& evidence) {
  std::string out;
  for (const auto& p : report.promises) {
    out += fmt::format("{:<4} {:<9} {}\n", p.promise, word(p.state), p.what);
    for (const auto& fact : p.evidence) out += fmt::format("               {}\n", fact);
  }
  return out +
         fmt::format(
             "{} passed, {} failed, {} attested, {} not applicable; {} businesses\nsigned evidence: {}\n",
             report.passed, report.failed, report.attested, report.not_applicable, report.businesses,
             evidence);
}

int print(const Answer& answer) {
  std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
  std::fwrite(answer.err.data(), 1, answer.err.size(), stderr);
  return static_cast<int>(answer.status);
}

struct Options : Where {
  bool json = false;
};

int run_prove(const Options& o) {
  const auto config = configured(o);
  if (!config) return complain(config.error());
  const auto arguments = json::write(ProveRequest{o.json});
  const auto remote = ask_console(config->data_dir, "prove", arguments);
  if (!remote) return complain(remote.error());
  if (*remote) return print(**remote);
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  return print(prove_command(**opened, *config, arguments));
}

}  // namespace

Answer prove_command(Installation& installation, const Config& config, const std::string& arguments) {
  const auto request = json::read<ProveRequest>(arguments);
  if (!request) return {.status = 2, .out = {}, .err = std::string("chatika: not a request\n")};
  auto scope = scope_of(installation, config);
  auto promises = privacy::privacy_promises();
  std::ranges::move(program_promises(installation, config), std::back_inserter(promises));
  const auto report = privacy::prove(scope, promises);
  const auto text = json::write(report);
  const auto& key = installation.tenants().signing_key();
  const auto evidence =
      write_evidence(config.evidence_dir(), report.checked_at,
                     json::write(ProveEvidence{text, hex(key.public_key()), hex(key.sign(text))}) + "\n");
  Answer answer{.status = report.failed > 0 ? 1 : 0, .out = {}, .err = {}};
  if (!evidence) {
    answer.status = 1;
    answer.err = "chatika: " + evidence.error().cause + "\n";
  }
  answer.out = request->json ? text + "\n" : readable(report, evidence ? *evidence : "none");
  return answer;
}

void add_prove_commands(CLI::App& cli, std::function<int()>& run) {
  const auto o = std::make_shared<Options>();
  auto& prove =
      *cli.add_subcommand("prove", "check every promise about personal data; status 1 when one is not kept");
  add_common(prove, *o);
  prove.add_flag("--json", o->json, "one JSON object");
  prove.callback([&run, o] { run = [o] { return run_prove(*o); }; });
}

}  // namespace chatika::app
