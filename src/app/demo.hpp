// The demo: a clinic and a salon with articles, services, specialists and sign-ins, made once in an empty
// installation.
#pragma once

#include <string>
#include <vector>

#include "app/installation.hpp"

namespace chatika::app {

struct DemoSignIn {
  std::string business;
  std::string role;
  std::string email;
  std::string password;
};

// Makes what is missing and returns the sign-ins, which are kept in `sign_in_file` (mode 0600) for later
// starts.
Result<std::vector<DemoSignIn>> prepare_demo(Installation& installation, const std::string& sign_in_file);

}  // namespace chatika::app
