// One SQLite file, opened once. Only the sqlite_*.cpp files include this.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "db/engine.hpp"
#include "db/migrations.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace chatika::db {

class SqliteSession final : public Session {
 public:
  // Opens an existing file (which may be empty) and brings it to the newest migration; ":memory:" makes a scratch
  // database. Throws DbError.
  SqliteSession(const std::string& path, Schema schema);
  ~SqliteSession() override;

  std::int64_t run(const Statement& statement, std::span<const Param> params, bool (*each)(void*, const Row&), void* context,
                   Refusal* refusal) override;
  void begin(const std::optional<TenantId>&) override { command(Command::begin); }
  void savepoint() override { command(Command::savepoint); }
  void release() override { command(Command::release); }
  void rollback_to() override;
  void commit() override;
  void rollback() noexcept override;
  [[nodiscard]] bool broken() const noexcept override { return broken_; }
  void maintain(bool idle) noexcept override;
  void scrub() noexcept override { scrub_ = true; }

  // For a statement that is not the program's own: throws when it cannot be prepared.
  void prepare_only(const Statement& statement);
  std::vector<std::pair<std::string, std::vector<std::string>>> schema_columns();

 private:
  struct CloseFile {
    void operator()(sqlite3* db) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;
  enum class Command : std::uint8_t { begin, savepoint, release, rollback_to, commit, rollback, count };

  void configure(bool scratch);
  void migrate(Schema schema);
  void script(const char* sql);  // any number of statements
  void command(Command which);
  Prepared prepare(const char* sql);
  sqlite3_stmt* cached(const Statement& statement);
  int step_through(sqlite3_stmt* statement, bool (*each)(void*, const Row&), void* context);
  Refusal refusal_of_last_error() const;
  [[noreturn]] void fail_with(const char* what);

  Schema schema_;
  std::unique_ptr<sqlite3, CloseFile> db_;  // before the statements: they end first
  std::array<Prepared, static_cast<std::size_t>(Command::count)> commands_;
  std::vector<Prepared> statements_;  // by Statement::index()
  int wal_pages_ = 0;
  bool scrub_ = false;
  std::chrono::steady_clock::time_point scrubbed_{};
  bool broken_ = false;
};

}  // namespace chatika::db
