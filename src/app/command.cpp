#include "app/command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace chatika::app {

void add_common(CLI::App& command, Where& where) {
  command.add_option("--data", where.data, "data directory");
  command.add_option("--config", where.config_file, "configuration file (TOML)")->check(CLI::ExistingFile);
}

int complain(const Error& error) {
  fmt::print(stderr, "chatika: {}\n", error.cause.empty() ? std::string(name(error.code)) : error.cause);
  for (const auto& f : error.fields) fmt::print(stderr, "  {}: {}\n", f.pointer, f.code);
  return 1;
}

Result<Config> configured(const Where& where) {
  Config config;
  if (!where.config_file.empty()) CHECK(read_config(where.config_file, config));
  if (!where.data.empty()) config.data_dir = where.data;
  while (config.data_dir.size() > 1 && config.data_dir.ends_with('/')) config.data_dir.pop_back();
  return config;
}

Result<std::unique_ptr<Installation>> existing_installation(const Where& where) {
  const auto config = TRY(configured(where));
  if (config.postgres_url.empty() && !std::filesystem::exists(config.data_dir + "/control.sqlite"))
    return fail(Errc::not_found, "no installation in " + config.data_dir);
  return Installation::open(config);
}

}  // namespace chatika::app
