// An installation on PostgreSQL: migrations as the owner, everything else as a role that row-level security binds.
#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <stdexcept>

#include "base/clock.hpp"
#include "db/isolation.hpp"
#include "db/migrations.hpp"
#include "db/postgres_session.hpp"

namespace chatika::db {
namespace {

constexpr std::chrono::milliseconds kFirstPause{100};
constexpr std::chrono::milliseconds kLongestPause{5000};
// Nodes that start together migrate one after the other. Any number that nothing else locks.
constexpr const char* kMigrationLock = "SELECT pg_advisory_xact_lock(4846791304181)";

std::string value(const PgResult& result, int row, int column) { return PQgetvalue(result.get(), row, column); }

std::string quoted(pg_conn* connection, const std::string& name) {
  const std::unique_ptr<char, decltype(&PQfreemem)> out(PQescapeIdentifier(connection, name.c_str(), name.size()), &PQfreemem);
  if (!out) throw DbError("a name cannot be quoted", false);
  return out.get();
}

std::vector<AppliedMigration> applied_migrations(pg_conn* connection, const char* like) {
  const PgResult rows = pg_query(connection, "SELECT name, hash FROM schema_migration WHERE name LIKE $1 ORDER BY name", {like});
  std::vector<AppliedMigration> out;
  for (int i = 0; i < PQntuples(rows.get()); ++i) out.push_back({value(rows, i, 0), value(rows, i, 1)});
  return out;
}

Result<std::span<const Migration>> pending(pg_conn* connection, Schema schema) {
  return pending_migrations(migrations(schema, Dialect::pg),
                            applied_migrations(connection, schema == Schema::control ? "control/%" : "tenant/%"));
}

// One transaction for all: a failed migration leaves the database as it was.
Result<void> migrate(pg_conn* owner, const std::string& app_role) {
  pg_query(owner, "SET statement_timeout = 0; SET lock_timeout = 0");
  pg_query(owner, "BEGIN");
  pg_query(owner, kMigrationLock);
  pg_query(owner,
           "CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, hash text NOT NULL, applied_at bigint NOT NULL)");
  for (const Schema schema : {Schema::control, Schema::tenant}) {
    for (const Migration& migration : TRY(pending(owner, schema))) {
      pg_query(owner, std::string(migration.sql).c_str());
      const std::string now = std::to_string(to_micros(SystemClock().now()));
      pg_query(owner, "INSERT INTO schema_migration (name, hash, applied_at) VALUES ($1, $2, $3::bigint)",
               {migration.name.c_str(), migration.hash.c_str(), now.c_str()});
    }
  }
  const std::string role = quoted(owner, app_role);
  pg_query(owner, ("GRANT USAGE ON SCHEMA public TO " + role +
                   "; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role +
                   "; REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM " + role)
                      .c_str());
  pg_query(owner, "COMMIT");
  return {};
}

// Each query yields what is wrong, by name. Row-level security binds neither superusers nor BYPASSRLS roles, nor
// owners without FORCE; a member of such a role can become it; a second permissive policy would widen the first.
struct Rule {
  const char* broken;
  const char* sql;
};
constexpr Rule kRules[] = {
    {"the application's role is, or may become, a superuser or one that bypasses row-level security",
     "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER')"},
    {"the application's role is, or may become, the owner of a table",
     "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') "
     "AND pg_has_role(current_user, c.relowner, 'MEMBER')"},
    {"a tenant table without forced row-level security",
     "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
     "AND c.relname <> 'schema_migration' AND NOT starts_with(c.relname, 'control_') "
     "AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"},
    {"a tenant table whose rows are not kept to the tenant by exactly one policy",
     "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
     "AND c.relname <> 'schema_migration' AND NOT starts_with(c.relname, 'control_') AND (SELECT count(*) <> 1 OR "
     "NOT bool_and(p.polname = 'tenant_only' AND p.polcmd = '*' AND p.polroles = '{0}' AND p.polwithcheck IS NULL AND "
     "pg_get_expr(p.polqual, p.polrelid) = "
     "'(tenant = (NULLIF(current_setting(''chatika.tenant''::text, true), ''''::text))::uuid)') "
     "FROM pg_policy p WHERE p.polrelid = c.oid)"},
    {"commits do not wait for the disk (synchronous_commit)",
     "SELECT setting FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'off'"},
};

Result<void> check_safety(pg_conn* app) {
  for (const Rule& rule : kRules) {
    const PgResult rows = pg_query(app, rule.sql);
    if (PQntuples(rows.get()) > 0) return fail(Errc::unavailable, std::string(rule.broken) + ": " + value(rows, 0, 0));
  }
  for (const Schema schema : {Schema::control, Schema::tenant}) {
    const auto missing = TRY(pending(app, schema));
    if (!missing.empty())
      return fail(Errc::unavailable, "the database lacks migration " + missing.front().name + "; the owner's address is needed to apply it");
  }
  return {};
}

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(std::string url) : url_(std::move(url)) {}

  [[nodiscard]] bool session_per_tenant() const override { return false; }

  // While the server is away most attempts fail at once: nobody should wait for a time-out that another just had.
  std::unique_ptr<Session> open_session(const std::optional<TenantId>&) override {
    const auto now = std::chrono::steady_clock::now();
    {
      const std::scoped_lock lock(mutex_);
      if (now < next_attempt_) throw DbError("PostgreSQL is away", true);
      next_attempt_ = now + pause_;  // others fail fast while this one tries
    }
    try {
      auto session = std::make_unique<PgSession>(connect_postgres(url_));
      const std::scoped_lock lock(mutex_);
      pause_ = std::chrono::milliseconds(0);
      next_attempt_ = {};
      return session;
    } catch (const DbError&) {
      const std::scoped_lock lock(mutex_);
      pause_ = std::clamp(pause_ * 2, kFirstPause, kLongestPause);
      next_attempt_ = std::chrono::steady_clock::now() + pause_;
      throw;
    }
  }

  // Rows are a tenant's by their column; there is nothing to make.
  Result<void> create_tenant(TenantId) override { return {}; }

  std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() override {
    const PgConnection connection = connect_postgres(url_);
    const PgResult rows = pg_query(connection.get(),
                                   "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                                   "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 "
                                   "AND NOT a.attisdropped AND a.attname <> 'tenant' AND c.relname <> 'schema_migration' "
                                   "AND NOT starts_with(c.relname, 'control_') ORDER BY c.relname COLLATE \"C\", a.attnum");
    std::vector<std::pair<std::string, std::vector<std::string>>> out;
    for (int i = 0; i < PQntuples(rows.get()); ++i) {
      if (out.empty() || out.back().first != value(rows, i, 0)) out.emplace_back(value(rows, i, 0), std::vector<std::string>());
      out.back().second.push_back(value(rows, i, 1));
    }
    return out;
  }

  std::vector<std::string> unprepared_statements() override {
    std::vector<std::string> out;
    PgSession session(connect_postgres(url_));
    for (const Statement* statement : Statement::all()) {
      try {
        const bool control = statement->scope() == Statement::Scope::control;
        session.begin(control ? std::optional<TenantId>() : TenantId{});
        session.prepare_only(*statement);
      } catch (const DbError& e) {
        out.push_back(bad_statement(*statement, e.what()));
      }
      session.rollback();
      if (session.broken()) return out;
    }
    return out;
  }

 private:
  const std::string url_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point next_attempt_;
  std::chrono::milliseconds pause_{0};
};

}  // namespace

Isolation postgres_isolation(const std::string& url) {
  const PgConnection connection = connect_postgres(url);
  Isolation out;
  for (const Rule& rule : kRules) {
    const PgResult rows = pg_query(connection.get(), rule.sql);
    for (int i = 0; i < PQntuples(rows.get()); ++i)
      out.faults.push_back(std::string(rule.broken) + ": " + value(rows, i, 0));
  }
  const PgResult count = pg_query(
      connection.get(), "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity");
  out.how = value(count, 0, 0) + " tables with forced row-level security, a role that owns none of them";
  return out;
}

Result<std::unique_ptr<Engine>> open_postgres(const std::string& url, const std::string& owner_url) {
  try {
    const PgConnection app = connect_postgres(url);
    if (!owner_url.empty()) CHECK(migrate(connect_postgres(owner_url).get(), PQuser(app.get())));
    CHECK(check_safety(app.get()));
  } catch (const DbError& e) {
    return fail(Errc::unavailable, e.what());
  }
  return std::make_unique<PostgresEngine>(url);
}

}  // namespace chatika::db
