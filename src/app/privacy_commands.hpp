// `chatika privacy calendar`: production calendars that business days are counted by.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/console.hpp"
#include "app/installation.hpp"

namespace chatika::app {

// Sets `run` when one of the commands is chosen; its result is the exit status.
void add_privacy_commands(CLI::App& cli, std::function<int()>& run);

// What a running server does for the command line (arguments: the JSON privacy_commands.cpp writes).
Answer calendar_command(Installation& installation, const std::string& arguments);

}  // namespace chatika::app
