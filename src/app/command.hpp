// What the commands of the command line share.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/installation.hpp"

namespace chatika::app {

// Which installation.
struct Where {
  std::string config_file;
  std::string data;
};
void add_common(CLI::App& command, Where& where);

// Says the cause on standard error and gives the exit status.
int complain(const Error& error);
Result<Config> configured(const Where& where);
// For commands that only look: a mistyped directory must not become a new, empty installation.
Result<std::unique_ptr<Installation>> existing_installation(const Where& where);

}  // namespace chatika::app
