// `chatika mail`: trying the configured mail server.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace chatika::app {

// Sets `run` when one of its commands was chosen.
void add_mail_commands(CLI::App& cli, std::function<int()>& run);

}  // namespace chatika::app
