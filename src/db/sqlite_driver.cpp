// The files of a SQLite installation: control.sqlite, tenants/<id>.sqlite, and `lock`, which one process holds.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include "base/file.hpp"
#include "db/sqlite_session.hpp"

namespace chatika::db {
namespace {

namespace fs = std::filesystem;

std::string because(const std::string& what) {
  return what + ": " + std::system_category().message(errno);
}

Result<void> make_directory(const fs::path& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail(Errc::unavailable, because("cannot make " + path.string()));
  return {};
}

// SQLite gives its log the mode of the file, so the file is made here. False when it is there already.
Result<bool> make_file(const fs::path& path) {
  const Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() >= 0) return true;
  if (errno == EEXIST) return false;
  return fail(Errc::unavailable, because("cannot make " + path.string()));
}

Result<void> sync(const fs::path& directory) {
  if (!sync_directory(directory.string())) return fail(Errc::unavailable, because("cannot sync " + directory.string()));
  return {};
}

class SqliteEngine final : public Engine {
 public:
  SqliteEngine(fs::path dir, Fd lock) : dir_(std::move(dir)), lock_(std::move(lock)) {}

  [[nodiscard]] bool session_per_tenant() const override { return true; }

  std::unique_ptr<Session> open_session(const std::optional<TenantId>& tenant) override {
    if (!tenant) return std::make_unique<SqliteSession>((dir_ / "control.sqlite").string(), Schema::control);
    return std::make_unique<SqliteSession>(tenant_file(*tenant).string(), Schema::tenant);
  }

  // Under another name until it is whole and on disk: a tenant's file is either complete or not there.
  Result<void> create_tenant(TenantId tenant) override {
    const fs::path file = tenant_file(tenant);
    std::error_code ignored;
    if (fs::exists(file, ignored)) return {};
    const fs::path draft = dir_ / "tenants" / (to_string(new_uuid()) + ".new");
    const bool made = TRY(make_file(draft));
    if (!made) return fail(Errc::unavailable, "a draft of this name exists");
    try {
      SqliteSession(draft.string(), Schema::tenant);  // closing it copies the log into the file and removes it
    } catch (const DbError& e) {
      remove_draft(draft);
      return fail(Errc::unavailable, e.what());
    }
    const bool linked = ::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST;  // never over another's
    const auto failed = linked ? Result<void>{} : Result<void>(fail(Errc::unavailable, because("cannot name the tenant's file")));
    remove_draft(draft);
    CHECK(failed);
    return sync(dir_ / "tenants");
  }

  std::vector<std::pair<std::string, std::vector<std::string>>> tenant_schema() override {
    return SqliteSession(":memory:", Schema::tenant).schema_columns();
  }

  std::vector<std::string> unprepared_statements() override {
    std::vector<std::string> out;
    SqliteSession control(":memory:", Schema::control);
    SqliteSession tenant(":memory:", Schema::tenant);
    for (const Statement* statement : Statement::all()) {
      try {
        (statement->scope() == Statement::Scope::control ? control : tenant).prepare_only(*statement);
      } catch (const DbError& e) {
        out.push_back(bad_statement(*statement, e.what()));
      } catch (const std::logic_error& e) {
        out.emplace_back(e.what());
      }
    }
    return out;
  }

  // Drafts that a crash left.
  void sweep() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(dir_ / "tenants", ignored))
      if (entry.path().extension() == ".new") remove_draft(entry.path());
  }

 private:
  fs::path tenant_file(TenantId tenant) const { return dir_ / "tenants" / (to_string(tenant) + ".sqlite"); }

  static void remove_draft(const fs::path& draft) {
    for (const char* suffix : {"-wal", "-shm", ""}) ::unlink((draft.string() + suffix).c_str());
  }

  fs::path dir_;
  Fd lock_;  // held while this lives
};

}  // namespace

Result<std::unique_ptr<Engine>> open_sqlite(const std::string& data_dir) {
  static std::once_flag configured;
  // Counting bytes would take a process-wide lock at every allocation of SQLite.
  std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
  const fs::path dir(data_dir);
  CHECK(make_directory(dir));
  CHECK(make_directory(dir / "tenants"));
  Fd lock(::open((dir / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.get() < 0) return fail(Errc::unavailable, because("cannot open " + (dir / "lock").string()));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(Errc::unavailable, "another process serves the data directory " + data_dir);

  auto engine = std::make_unique<SqliteEngine>(dir, std::move(lock));
  engine->sweep();
  CHECK(make_file(dir / "control.sqlite"));
  try {
    engine->open_session(std::nullopt);  // migrates it, or says now why it cannot
  } catch (const DbError& e) {
    return fail(Errc::unavailable, "control.sqlite: " + std::string(e.what()));
  }
  CHECK(sync(dir / "tenants"));
  CHECK(sync(dir));
  return engine;
}

}  // namespace chatika::db
