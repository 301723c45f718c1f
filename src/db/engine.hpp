// What the two engines are to the executor. Only src/db includes this.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/db.hpp"

namespace chatika::db {

// Upper bound of parameters of one statement, so that drivers bind without allocating.
inline constexpr std::size_t kStatementParams = 64;

// A connection with at most one transaction open. Used by one thread at a time. Everything throws DbError
// unless noexcept.
class Session : public TxDriver {
 public:
  virtual void begin(const std::optional<TenantId>& tenant) = 0;  // empty: the control tables
  virtual void savepoint() = 0;
  virtual void release() = 0;      // of the savepoint
  virtual void rollback_to() = 0;  // the savepoint, which is then gone
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  // The connection or its transaction is lost: close it, never use it again. A sync that failed must not be
  // tried again on the same handle: the kernel has forgotten the pages.
  [[nodiscard]] virtual bool broken() const noexcept = 0;
  // Asked before a group: the peer hung up while the session was idle, so nothing is lost by opening another.
  virtual bool is_dead() noexcept { return false; }
  // After a group, with nobody waiting for its result. `idle`: nothing is queued for this tenant.
  virtual void maintain(bool idle) noexcept { static_cast<void>(idle); }

  // A statement of the running operation threw. Such an operation cannot commit even when it swallowed the
  // exception: PostgreSQL's transaction is aborted then, and SQLite behaves the same by this.
  [[nodiscard]] bool spoiled() const noexcept { return spoiled_; }
  void start_operation() noexcept { spoiled_ = false; }

 protected:
  void spoil() noexcept { spoiled_ = true; }

 private:
  bool spoiled_ = false;
};

class Engine {
 public:
  virtual ~Engine() = default;
  // True: a session belongs to one tenant (a file). False: to a thread of the pool (a connection).
  [[nodiscard]] virtual bool session_per_tenant() const = 0;
  virtual std::unique_ptr<Session> open_session(const std::optional<TenantId>& tenant) = 0;  // throws DbError
  virtual Result<void> create_tenant(TenantId tenant) = 0;
  virtual std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() = 0;
  virtual std::vector<std::string> unprepared_statements() = 0;
};

Result<std::unique_ptr<Engine>> open_sqlite(const std::string& data_dir);
Result<std::unique_ptr<Engine>> open_postgres(const std::string& url, const std::string& owner_url);

std::unique_ptr<class Storage> make_executor(std::unique_ptr<Engine> engine, unsigned threads, std::int64_t node = 0);

// `$1 … $n` in order of first use is a rule of the house; says which parameter breaks it.
std::string bad_statement(const Statement& statement, const std::string& why);

}  // namespace chatika::db
