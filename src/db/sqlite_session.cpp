#include "db/sqlite_session.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/clock.hpp"
#include "base/log.hpp"

namespace chatika::db {
namespace {

// A full log is copied into the file when the tenant is quiet, at the latest when it is four times as long:
// SQLite's own habit would do it inside a COMMIT that a visitor waits for.
constexpr int kQuietCheckpointPages = 1000;
constexpr int kLatestCheckpointPages = 4000;

// The engine's own failures: the connection is not to be trusted after them.
bool is_fatal(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return true;
    default: return false;
  }
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  [[nodiscard]] std::int64_t i64(int column) const override {
    expect(column, SQLITE_INTEGER, "an integer");
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::string_view text(int column) const override {
    expect(column, SQLITE_TEXT, "text");
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  [[nodiscard]] std::string_view blob(int column) const override {
    expect(column, SQLITE_BLOB, "bytes");
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));  // null when empty
    return bytes == nullptr ? std::string_view()
                            : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= sqlite3_data_count(statement_)) throw std::logic_error("db: no column " + std::to_string(column));
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, int wanted, const char* what) const {
    if (type(column) != wanted) throw std::logic_error("db: column " + std::to_string(column) + " is not " + what);
  }
  sqlite3_stmt* statement_;
};

// The caller's bytes outlive the step, so nothing is copied. A null pointer would bind NULL: empty is not NULL.
int bind_value(sqlite3_stmt* statement, int at, const Param& param) {
  if (const auto* number = std::get_if<std::int64_t>(&param)) return sqlite3_bind_int64(statement, at, *number);
  if (const auto* text = std::get_if<std::string_view>(&param))
    return sqlite3_bind_text64(statement, at, text->empty() ? "" : text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  if (const auto* blob = std::get_if<Blob>(&param))
    return sqlite3_bind_blob64(statement, at, blob->bytes.empty() ? "" : blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
  return sqlite3_bind_null(statement, at);
}

struct ResetAtEnd {
  sqlite3_stmt* statement;
  ~ResetAtEnd() { sqlite3_reset(statement); }
};

using Columns = std::vector<std::pair<std::string, std::vector<std::string>>>;

// "visitor.diary" of what the first has and the second has not, else nothing.
std::string beyond(const Columns& some, const Columns& others) {
  for (const auto& [table, columns] : some) {
    const auto found = std::ranges::find(others, table, &Columns::value_type::first);
    for (const auto& column : columns)
      if (found == others.end() || std::ranges::find(found->second, column) == found->second.end())
        return table + "." + column;
  }
  return {};
}

// The register is checked against what the migrations make. Whoever altered the file by hand has made a place for
// personal data that no register names: such a file is not opened. While it is open nobody else can alter it.
void refuse_other_columns(SqliteSession& session, Schema schema) {
  const auto made = [](Schema of) { return SqliteSession(":memory:", of).schema_columns(); };
  static const Columns tenant = made(Schema::tenant);
  static const Columns control = made(Schema::control);
  const auto& expected = schema == Schema::tenant ? tenant : control;
  const auto columns = session.schema_columns();
  if (const auto more = beyond(columns, expected); !more.empty())
    throw DbError("the file has the column " + more + ", which no migration makes", false);
  if (const auto less = beyond(expected, columns); !less.empty())
    throw DbError("the file lacks the column " + less + ", which a migration has made", false);
}

}  // namespace

void SqliteSession::CloseFile::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
void SqliteSession::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

SqliteSession::SqliteSession(const std::string& path, Schema schema) : schema_(schema) {
  const bool scratch = path == ":memory:";
  sqlite3* db = nullptr;
  // No mutex of SQLite's own: one thread at a time uses a session, which the executor sees to.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const int rc = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  db_.reset(db);
  if (rc != SQLITE_OK) throw DbError(std::string("open: ") + sqlite3_errstr(rc), false);
  configure(scratch);
  migrate(schema);
  if (!scratch) refuse_other_columns(*this, schema);
  script("PRAGMA foreign_keys=ON");  // after the migrations, which may rebuild tables
}

SqliteSession::~SqliteSession() = default;

void SqliteSession::configure(bool scratch) {
  sqlite3* db = db_.get();
  sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 0, 0);  // half of an idle connection's memory
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);  // no way to another tenant's file
  // Exclusive: no second connection can exist, in this process or another, and no shared memory is needed.
  // Temporary data stays in memory, so no file holds it. journal_size_limit bounds what a burst leaves behind.
  // The cache grows to 2 MiB with use: a hundred visitors at once touch that many pages.
  script("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
         "PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=16777216; PRAGMA foreign_keys=OFF");
  if (scratch) return;
  const Prepared wal = prepare("PRAGMA journal_mode=WAL");
  if (sqlite3_step(wal.get()) != SQLITE_ROW) fail_with("journal_mode");
  if (std::strcmp(reinterpret_cast<const char*>(sqlite3_column_text(wal.get(), 0)), "wal") != 0)
    throw DbError("the file system does not allow a write-ahead log", false);
  sqlite3_reset(wal.get());
  // What a crash or a failed sync left in the log goes into the file and is synced before anything builds on it.
  // Frames whose sync failed may be only in the kernel's cache: acknowledged ones must not stand behind them.
  if (sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK) fail_with("checkpoint");
  sqlite3_wal_hook(
      db,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteSession*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
      },
      this);
}

void SqliteSession::migrate(Schema schema) {
  script("BEGIN IMMEDIATE;"
         "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) WITHOUT ROWID");
  std::vector<AppliedMigration> applied;
  const Prepared select = prepare("SELECT name, hash FROM schema_migration ORDER BY name");
  const SqliteRow row(select.get());
  while (sqlite3_step(select.get()) == SQLITE_ROW) applied.push_back({row.str(0), row.str(1)});
  sqlite3_reset(select.get());

  const auto pending = pending_migrations(migrations(schema, Dialect::sqlite), applied);
  if (!pending) throw DbError(pending.error().cause, false);
  const Prepared insert = prepare("INSERT INTO schema_migration (name, hash, applied_at) VALUES (?1, ?2, ?3)");
  for (const Migration& migration : *pending) {
    script(std::string(migration.sql).c_str());
    const Param values[] = {param(migration.name), param(migration.hash), param(SystemClock().now())};
    for (int i = 0; i < 3; ++i)
      if (bind_value(insert.get(), i + 1, values[i]) != SQLITE_OK) fail_with("bind");
    if (sqlite3_step(insert.get()) != SQLITE_DONE) fail_with("schema_migration");
    sqlite3_reset(insert.get());
  }
  if (!pending->empty()) {
    const Prepared check = prepare("PRAGMA foreign_key_check");
    if (sqlite3_step(check.get()) != SQLITE_DONE) throw DbError("a migration left broken references", false);
  }
  script("COMMIT");
}

void SqliteSession::script(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail_with("script");
}

SqliteSession::Prepared SqliteSession::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int rc = sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &tail);
  Prepared prepared(statement);
  if (rc != SQLITE_OK) fail_with("prepare");
  if (statement == nullptr || std::strspn(tail, " \n\t;") != std::strlen(tail)) throw DbError("prepare: not exactly one statement", false);
  return prepared;
}

void SqliteSession::command(Command which) {
  static constexpr const char* kSql[] = {"BEGIN IMMEDIATE", "SAVEPOINT o",        "RELEASE o",
                                         "ROLLBACK TO o",   "COMMIT", "ROLLBACK"};
  const auto index = static_cast<std::size_t>(which);
  Prepared& prepared = commands_[index];
  if (!prepared) prepared = prepare(kSql[index]);
  const ResetAtEnd reset{prepared.get()};
  if (sqlite3_step(prepared.get()) != SQLITE_DONE) fail_with(kSql[index]);
}

void SqliteSession::rollback_to() {
  command(Command::rollback_to);
  command(Command::release);
}

void SqliteSession::commit() {
  try {
    command(Command::commit);
  } catch (const DbError&) {
    broken_ = true;
    throw;
  }
}

void SqliteSession::rollback() noexcept {
  if (sqlite3_get_autocommit(db_.get()) != 0) return;  // SQLite has done it already
  try {
    command(Command::rollback);
  } catch (const DbError& e) {
    broken_ = true;
    log::error("db.rollback_failed", {{"cause", e.what()}});
  }
}

void SqliteSession::maintain(bool idle) noexcept {
  // The log keeps the images that pages had before: emptied, so that what was destroyed is in no file. Not more often than
  // that, or the destruction of thousands would make everybody wait.
  constexpr auto kScrubEvery = std::chrono::seconds(1);
  const auto now = std::chrono::steady_clock::now();
  if (scrub_ && idle && now - scrubbed_ >= kScrubEvery) {
    scrub_ = false;
    scrubbed_ = now;
    wal_pages_ = 0;
    const int rc = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (rc == SQLITE_OK) return;
    broken_ = true;
    log::error("db.checkpoint_failed", {{"cause", sqlite3_errstr(rc)}});
    return;
  }
  if (wal_pages_ < (idle ? kQuietCheckpointPages : kLatestCheckpointPages)) return;
  const int rc = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  wal_pages_ = 0;
  if (rc == SQLITE_OK) return;
  broken_ = true;
  log::error("db.checkpoint_failed", {{"cause", sqlite3_errstr(rc)}});
}

sqlite3_stmt* SqliteSession::cached(const Statement& statement) {
  if (statement.index() >= statements_.size()) statements_.resize(Statement::all().size());
  Prepared& slot = statements_[statement.index()];
  if (!slot) {
    if ((statement.scope() == Statement::Scope::control) != (schema_ == Schema::control))
      throw std::logic_error(bad_statement(statement, "belongs to the other database"));
    Prepared fresh = prepare(statement.sql());
    const int count = sqlite3_bind_parameter_count(fresh.get());
    for (int i = 1; i <= count; ++i) {
      const char* name = sqlite3_bind_parameter_name(fresh.get(), i);
      if (name == nullptr || "$" + std::to_string(i) != name)
        throw std::logic_error(bad_statement(statement, "parameter " + std::to_string(i) + " is out of order"));
    }
    slot = std::move(fresh);
  }
  if (sqlite3_stmt_busy(slot.get()) != 0) throw std::logic_error(bad_statement(statement, "is run inside its own rows"));
  return slot.get();
}

void SqliteSession::prepare_only(const Statement& statement) { cached(statement); }

std::int64_t SqliteSession::run(const Statement& statement, std::span<const Param> params, bool (*each)(void*, const Row&),
                                void* context, Refusal* refusal) {
  try {
    sqlite3_stmt* prepared = cached(statement);
    if (static_cast<int>(params.size()) != sqlite3_bind_parameter_count(prepared))
      throw std::logic_error(bad_statement(statement, "got " + std::to_string(params.size()) + " parameters"));
    const ResetAtEnd reset{prepared};
    for (std::size_t i = 0; i < params.size(); ++i)
      if (bind_value(prepared, static_cast<int>(i) + 1, params[i]) != SQLITE_OK) fail_with("bind");
    const int rc = step_through(prepared, each, context);
    if (rc == SQLITE_DONE) return sqlite3_stmt_readonly(prepared) != 0 ? 0 : sqlite3_changes64(db_.get());
    if (rc == SQLITE_ROW) return 0;  // a reader that had enough
    const Refusal why = refusal_of_last_error();
    if (refusal == nullptr || why == Refusal::none) fail_with("run");
    *refusal = why;
    return 0;
  } catch (...) {
    spoil();
    throw;
  }
}

// To the end, unless a reader has had enough: a writer with RETURNING is finished, or its count would be missing.
int SqliteSession::step_through(sqlite3_stmt* statement, bool (*each)(void*, const Row&), void* context) {
  const SqliteRow row(statement);
  int rc = sqlite3_step(statement);
  while (rc == SQLITE_ROW) {
    if (each != nullptr && !each(context, row)) {
      if (sqlite3_stmt_readonly(statement) != 0) return rc;
      each = nullptr;
    }
    rc = sqlite3_step(statement);
  }
  return rc;
}

Refusal SqliteSession::refusal_of_last_error() const {
  switch (sqlite3_extended_errcode(db_.get())) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Refusal::unique;
    case SQLITE_CONSTRAINT_CHECK: return Refusal::check;
    case SQLITE_CONSTRAINT_TRIGGER:
      return std::strcmp(sqlite3_errmsg(db_.get()), "overlap") == 0 ? Refusal::overlap : Refusal::none;
    default: return Refusal::none;
  }
}

// Messages about SQL text and constraints name columns only; every other one is taken from the code, since it
// might quote a value.
void SqliteSession::fail_with(const char* what) {
  const int code = sqlite3_extended_errcode(db_.get());
  const bool speaks_of_schema = code == SQLITE_ERROR || (code & 0xff) == SQLITE_CONSTRAINT;
  if (is_fatal(code)) broken_ = true;
  throw DbError(std::string(what) + ": " + (speaks_of_schema ? sqlite3_errmsg(db_.get()) : sqlite3_errstr(code)), is_fatal(code));
}

std::vector<std::pair<std::string, std::vector<std::string>>> SqliteSession::schema_columns() {
  std::vector<std::pair<std::string, std::vector<std::string>>> out;
  const Prepared select = prepare(
      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
      "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> 'schema_migration' ORDER BY t.name, c.cid");
  const SqliteRow row(select.get());
  while (sqlite3_step(select.get()) == SQLITE_ROW) {
    if (out.empty() || out.back().first != row.text(0)) out.emplace_back(row.str(0), std::vector<std::string>());
    out.back().second.push_back(row.str(1));
  }
  return out;
}

}  // namespace chatika::db
