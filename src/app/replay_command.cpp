#include "app/replay_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/command.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::app {

struct ReplayRequest {
  json::Exact<100, 0> tenant;  // "": all
};
CHATIKA_JSON(ReplayRequest, tenant)

namespace {

struct Options : Where {
  std::string tenant;
};

int print(const Answer& answer) {
  std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
  std::fwrite(answer.err.data(), 1, answer.err.size(), stderr);
  return static_cast<int>(answer.status);
}

int run_replay(const Options& o) {
  const auto arguments = json::write(ReplayRequest{o.tenant});
  const auto config = configured(o);
  if (!config) return complain(config.error());
  const auto remote = ask_console(config->data_dir, "replay", arguments);
  if (!remote) return complain(remote.error());
  if (*remote) return print(**remote);
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  return print(replay_command((*opened)->tenants(), arguments));
}

}  // namespace

Answer replay_command(accounts::Tenants& tenants, const std::string& arguments) {
  const auto request = json::read<ReplayRequest>(arguments);
  if (!request) return {.status = 1, .out = {}, .err = std::string("chatika: a tenant's short name is expected\n")};
  Answer answer{.status = 0, .out = {}, .err = {}};
  bool found = false;
  for (const auto& tenant : tenants.list()) {
    if (!request->tenant.empty() && tenant.slug != request->tenant) continue;
    found = true;
    const auto count = tenants.replay_erasures(tenant.id);
    if (count) {
      answer.out += fmt::format("{}: {} erasures replayed\n", tenant.slug, *count);
    } else {
      answer.status = 1;
      answer.err += fmt::format("chatika: {}: {}\n", tenant.slug, count.error().cause);
    }
  }
  if (!found && !request->tenant.empty()) {
    answer.status = 1;
    answer.err = "chatika: no such tenant: " + request->tenant + "\n";
  }
  return answer;
}

void add_replay_command(CLI::App& privacy, std::function<int()>& run) {
  const auto o = std::make_shared<Options>();
  auto& replay = *privacy.add_subcommand(
      "replay", "after a backup was put back: erase again whoever was erased since, then it is served");
  add_common(replay, *o);
  replay.add_option("--tenant", o->tenant, "slug of one business");
  replay.callback([&run, o] { run = [o] { return run_replay(*o); }; });
}

}  // namespace chatika::app
