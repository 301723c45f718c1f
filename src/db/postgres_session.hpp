// One connection to PostgreSQL. Only the postgres_*.cpp files include this.
//
// Commands that yield nothing (BEGIN, the tenant, savepoints) wait and travel with the next statement in one
// pipeline: row-level security with its own round trips would cost half the rate.
#pragma once

#include <string>
#include <vector>

#include "db/engine.hpp"
#include "db/postgres_values.hpp"

struct pg_conn;

namespace chatika::db {

struct ClosePg {
  void operator()(pg_conn* connection) const noexcept;
};
using PgConnection = std::unique_ptr<pg_conn, ClosePg>;

// Connects and sets what the program relies on. Throws DbError, retryable; the message names no host or password.
PgConnection connect_postgres(const std::string& url);
// One or more statements on a connection without a pipeline; rows of the last as text. Throws DbError.
PgResult pg_query(pg_conn* connection, const char* sql, std::initializer_list<const char*> params = {});
// What went wrong, without values: SQLSTATE, and the text where it speaks of SQL or schema only.
DbError pg_error(const char* what, const pg_result* result);

class PgSession final : public Session {
 public:
  explicit PgSession(PgConnection connection);

  std::int64_t run(const Statement& statement, std::span<const Param> params, bool (*each)(void*, const Row&), void* context,
                   Refusal* refusal) override;
  void begin(const std::optional<TenantId>& tenant) override;
  void savepoint() override { queue("SAVEPOINT o"); }
  void release() override { queue("RELEASE SAVEPOINT o"); }
  void rollback_to() override;
  void commit() override;
  void rollback() noexcept override;
  [[nodiscard]] bool broken() const noexcept override { return broken_; }
  bool is_dead() noexcept override;

  // Throws DbError when the statement cannot be prepared.
  void prepare_only(const Statement& statement) { prepared(statement); }

 private:
  struct Prepared {
    bool ready = false;
    std::vector<unsigned> types;
  };
  struct Answer {
    PgResult result;          // of the last query, or the first error
    bool statement_failed = false;  // the error is the last query's own
  };

  void queue(const char* sql);
  Answer exchange();
  PgResult next_result();
  [[noreturn]] void lost(const char* what);
  const Prepared& prepared(const Statement& statement);
  std::int64_t finish(const Statement& statement, Answer& answer, Refusal* refusal);

  PgConnection connection_;
  std::vector<Prepared> prepared_;  // by Statement::index()
  PgParams params_;
  unsigned queued_ = 0;  // queries sent whose answers are not read
  bool control_ = false;
  bool broken_ = false;
};

}  // namespace chatika::db
