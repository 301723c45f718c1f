// The promises that only the whole program can be asked about: its routes, its TLS, its audit, what it ships.
#pragma once

#include <vector>

#include "app/config.hpp"
#include "app/installation.hpp"
#include "privacy/prove.hpp"

namespace chatika::app {

// Both outlive what is returned.
std::vector<privacy::Promise> program_promises(Installation& installation, const Config& config);

}  // namespace chatika::app
