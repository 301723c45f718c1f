// `chatika privacy replay`: after a backup was put back, erases again whoever the ledger says was erased.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/console.hpp"
#include "app/installation.hpp"

namespace chatika::app {

void add_replay_command(CLI::App& privacy, std::function<int()>& run);

// What a running server does for the command line; `arguments`: {"tenant": slug or ""}.
Answer replay_command(accounts::Tenants& tenants, const std::string& arguments);

}  // namespace chatika::app
