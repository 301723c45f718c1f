// `chatika serve`: the live server, until SIGTERM or SIGINT.
#pragma once

#include "app/config.hpp"

namespace chatika::app {

// Exit status of the process.
int serve(Config config, bool demo);

}  // namespace chatika::app
