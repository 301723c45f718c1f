// `chatika serve`: the live server, until SIGTERM or SIGINT.
#pragma once

#include "api/app.hpp"
#include "app/config.hpp"

namespace chatika::app {

api::Settings api_settings(const Config& config, bool demo);
// Exit status of the process.
int serve(Config config, bool demo);

}  // namespace chatika::app
