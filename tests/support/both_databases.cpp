#include "tests/support/both_databases.hpp"

#include <filesystem>

namespace chatika::testing {

BothDatabases::BothDatabases() {
  if (on_postgres()) {
    postgres_.emplace();
  } else {
    dir_ = temporary_directory("sqlite");
  }
  reopen();
  for (const TenantId& id : {tenant, other}) {
    const auto created = storage_->create_tenant(id);
    if (!created) throw std::runtime_error(created.error().cause);
  }
}

BothDatabases::~BothDatabases() {
  storage_.reset();
  std::error_code ignored;
  if (!dir_.empty()) std::filesystem::remove_all(dir_, ignored);
}

db::Config BothDatabases::config() const {
  db::Config config;
  config.data_dir = dir_;
  if (postgres_) {
    config.postgres_url = postgres_->app_url();
    config.postgres_owner_url = postgres_->owner_url();
  }
  return config;
}

void BothDatabases::close() { storage_.reset(); }

void BothDatabases::reopen() {
  close();
  auto opened = db::Storage::open(config());
  if (!opened) throw std::runtime_error(opened.error().cause);
  storage_ = std::move(*opened);
}

std::string database_name(const ::testing::TestParamInfo<DatabaseKind>& info) {
  return info.param == DatabaseKind::sqlite ? "sqlite" : "postgres";
}

}  // namespace chatika::testing
