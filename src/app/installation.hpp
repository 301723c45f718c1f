// An installation opened: storage, master key, tenants.
#pragma once

#include <memory>

#include "accounts/tenants.hpp"
#include "app/config.hpp"
#include "db/executor.hpp"

namespace chatika::app {

class Installation {
 public:
  // Makes data directory and master key at first start. A cause for the person at the terminal otherwise.
  static Result<std::unique_ptr<Installation>> open(const Config& config);
  ~Installation();
  accounts::Tenants& tenants() { return *tenants_; }
  db::Storage& storage() { return *storage_; }
  [[nodiscard]] const std::string& evidence_dir() const { return evidence_dir_; }

 private:
  Installation() = default;
  SystemClock clock_;
  std::string evidence_dir_;
  std::unique_ptr<db::Storage> storage_;
  std::unique_ptr<accounts::Tenants> tenants_;
};

}  // namespace chatika::app
