// Requests, rights, evidence and the organisation.
#include <fmt/format.h>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {

std::vector<Promise> prove_people() {
  return {};
}

}  // namespace chatika::privacy
