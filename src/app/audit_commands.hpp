// `chatika audit …`: verify, export, checkpoint, key.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace chatika::app {

// Sets `run` when one of the commands is chosen; its result is the exit status.
void add_audit_commands(CLI::App& cli, std::function<int()>& run);

}  // namespace chatika::app
