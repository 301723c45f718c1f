// Runs operations of many tenants on a pool of threads, one tenant's operations one after the other, and lets
// those that wait together share one commit: BEGIN, a savepoint each, COMMIT (one fsync), then every `done`.
//
// Both engines run the same way. SQLite: one connection a file (Debian's 3.40 has the WAL-reset bug, so exactly
// one), WAL, synchronous=FULL, open files in a bounded LRU. PostgreSQL: one connection a pool thread,
// set_config('chatika.tenant', …, true) first in every transaction.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "db/db.hpp"

namespace chatika::db {

// What one operation came to. Its work is durable exactly when this is `committed`.
enum class Outcome {
  committed,
  rolled_back,  // the operation asked for it (returned false); nothing of it stays
  failed,       // the engine or the commit failed: nothing was acknowledged and nothing stays, except that a
                // connection or disk lost within COMMIT leaves it unknown: repeat it under the same ids
  refused,      // the queue is full or the executor is stopping; it never ran
};

struct Operation {
  // Called once on a pool thread inside the transaction. False undoes it. An exception undoes it and counts as failed.
  std::move_only_function<bool(Tx&)> work;
  // Called once, after the commit (or failure), on a pool thread. Must not block.
  std::move_only_function<void(Outcome)> done;
};

struct Config {
  std::string data_dir;                 // SQLite: control.sqlite and tenants/<id>.sqlite here
  std::string postgres_url;             // not empty: PostgreSQL, as the application's role
  std::string postgres_owner_url;       // for migrations and new tables only; may equal postgres_url in no installation
  unsigned threads = 2;
  std::int64_t node = 0;                // PostgreSQL: this node's number, no other node's
};

// The storage of an installation. Thread-safe.
class Storage {
 public:
  // Opens, or creates when empty, and migrates the control database. Errc::unavailable with a cause for the operator.
  static Result<std::unique_ptr<Storage>> open(const Config& config);
  virtual ~Storage() = default;

  // Queues an operation of a tenant. Always calls `operation.done` exactly once, possibly before returning.
  virtual void submit(TenantId tenant, Operation operation) = 0;
  // The installation's own tables (tenants, keys, login directory), by the same rules.
  virtual void submit_control(Operation operation) = 0;

  // Makes a tenant's file (SQLite) or nothing (PostgreSQL), at the newest migration.
  virtual Result<void> create_tenant(TenantId tenant) = 0;
  // Table -> columns of the tenant schema as the engine has it, without the engine's own; for the register's check.
  virtual std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() = 0;
  // A line for every Statement::all() that cannot be prepared on the real schema; empty when all can.
  virtual std::vector<std::string> unprepared_statements() = 0;
  // Stops taking operations, finishes the queued ones, closes the files and connections. The data
  // directory itself is let go by the destructor.
  virtual void stop() = 0;
};

// For the test that links every room.
inline std::vector<std::string> prepare_all(Storage& storage) { return storage.unprepared_statements(); }

// Waits for the outcome: for the command line, start-up and tests. Throws on a pool thread (it would wait for itself).
Outcome run_and_wait(Storage& storage, TenantId tenant, std::function<bool(Tx&)> work);
Outcome run_and_wait_control(Storage& storage, std::function<bool(Tx&)> work);

}  // namespace chatika::db
