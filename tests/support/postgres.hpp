// A PostgreSQL of the test program's own: a cluster in a temporary directory, reached by a Unix socket only,
// started at the first use and gone with the process, however it ends.
#pragma once

#include <string>

namespace chatika::testing {

// Makes an empty directory, in memory where the machine has room for that. `name` is part of its name.
std::string temporary_directory(const std::string& name);

// A fresh database with the schema applied; dropped at the end.
class PostgresDatabase {
 public:
  // Throws std::runtime_error when PostgreSQL 15 is missing or does not start: such a test fails, it is not skipped.
  PostgresDatabase();
  ~PostgresDatabase();
  PostgresDatabase(const PostgresDatabase&) = delete;

  [[nodiscard]] std::string app_url() const;    // role chatika_app: no rights of its own
  [[nodiscard]] std::string owner_url() const;  // role chatika_owner: owns the tables
  [[nodiscard]] std::string admin_url() const;  // the cluster's superuser

 private:
  std::string name_;
};

// Runs SQL and gives the first column of the first row ("" when none). Throws std::runtime_error with SQLSTATE.
std::string run_sql(const std::string& url, const std::string& sql);

}  // namespace chatika::testing
