// `chatika prove`: every promise about personal data, looked at on this installation.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/config.hpp"
#include "app/console.hpp"
#include "app/installation.hpp"

namespace chatika::app {

// Sets `run` when the command is chosen. Exit status 1 when a promise is not kept.
void add_prove_commands(CLI::App& cli, std::function<int()>& run);

// What a running server does for the command line (arguments: "{}" or {"json":true}).
Answer prove_command(Installation& installation, const Config& config, const std::string& arguments);

}  // namespace chatika::app
