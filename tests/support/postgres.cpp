#include "tests/support/postgres.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include "db/executor.hpp"

extern char** environ;

namespace chatika::testing {
namespace {

constexpr const char* kBinaries = "/usr/lib/postgresql/15/bin";
constexpr std::chrono::seconds kStartDeadline{90};
constexpr std::uintmax_t kRoomInMemory = std::uintmax_t{512} << 20;
constexpr const char* kTemplate = "chatika_template";

// $1 directory, $2 user to become when root, $3 binaries. Standard input is a pipe that ends with the test program:
// then the server stops and its directory goes, even after SIGKILL.
constexpr const char* kKeeper = R"sh(
dir=$1 user=$2 bin=$3
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid="$user" --regid="$user" --clear-groups "$@"; else "$@"; fi; }
trap 'cd /; rm -rf "$dir"' EXIT
cd "$dir"
as_user "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
as_user sh -c 'exec "$0" "$@" </dev/null' "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off \
  -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60 -c autovacuum=off -c log_min_messages=fatal >>"$dir/log" 2>&1 &
cat >/dev/null
as_user "$bin/pg_ctl" -D "$dir/data" -m immediate -w -t 20 stop >>"$dir/log" 2>&1
)sh";

class Cluster {
 public:
  static Cluster& get() {
    static Cluster cluster;
    return cluster;
  }
  ~Cluster() {
    ::close(life_);
    int status = 0;
    ::waitpid(keeper_, &status, 0);
  }
  Cluster(const Cluster&) = delete;

  [[nodiscard]] std::string url(const std::string& role, const std::string& database) const {
    return "postgresql://" + role + "@/" + database + "?host=" + dir_;
  }

 private:
  Cluster() {
    if (::access((std::string(kBinaries) + "/initdb").c_str(), X_OK) != 0)
      throw std::runtime_error(std::string("PostgreSQL 15 is needed by this test and is not in ") + kBinaries);
    start();
    try {
      wait_until_ready();
      run_sql(url("postgres", "postgres"), "CREATE ROLE chatika_owner LOGIN; CREATE ROLE chatika_app LOGIN");
      run_sql(url("postgres", "postgres"), std::string("CREATE DATABASE ") + kTemplate + " OWNER chatika_owner");
      make_template();
    } catch (...) {
      ::close(life_);
      throw;
    }
  }

  void start() {
    dir_ = temporary_directory("pg");
    const char* user = "postgres";
    if (::geteuid() == 0) {  // PostgreSQL refuses to run as root
      const passwd* entry = ::getpwnam(user);
      if (entry == nullptr || ::chown(dir_.c_str(), entry->pw_uid, entry->pw_gid) != 0)
        throw std::runtime_error("PostgreSQL's user is missing");
    }
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    std::array<const char*, 7> arguments = {"sh", "-c", kKeeper, "sh", dir_.c_str(), user, kBinaries};
    std::array<char*, 8> argv{};
    for (std::size_t i = 0; i < arguments.size(); ++i) argv[i] = const_cast<char*>(arguments[i]);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // Ctrl-C is for the test; the pipe tells the keeper
    const int rc = ::posix_spawn(&keeper_, "/bin/sh", &files, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[0]);
    life_ = ends[1];
    if (rc != 0) throw std::runtime_error("cannot start a shell for PostgreSQL");
  }

  void wait_until_ready() const {
    const auto deadline = std::chrono::steady_clock::now() + kStartDeadline;
    while (PQping(url("postgres", "postgres").c_str()) != PQPING_OK) {
      int status = 0;
      if (::waitpid(keeper_, &status, WNOHANG) != 0) throw std::runtime_error("PostgreSQL did not start; its words are above");
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("PostgreSQL did not start in time");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  // Migrated once by the program's own code; every test's database is a copy.
  void make_template() const {
    db::Config config;
    config.postgres_url = url("chatika_app", kTemplate);
    config.postgres_owner_url = url("chatika_owner", kTemplate);
    config.threads = 1;
    const auto storage = db::Storage::open(config);
    if (!storage) throw std::runtime_error("the schema cannot be applied: " + storage.error().cause);
  }

  std::string dir_;
  int life_ = -1;
  pid_t keeper_ = -1;
};

}  // namespace

std::string temporary_directory(const std::string& name) {
  std::error_code none;
  const bool in_memory = std::filesystem::space("/dev/shm", none).available >= kRoomInMemory && !none && ::access("/dev/shm", W_OK) == 0;
  std::string path = std::string(in_memory ? "/dev/shm" : "/tmp") + "/chatika-" + name + "-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  return path;
}

std::string run_sql(const std::string& url, const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    throw std::runtime_error(std::string(state == nullptr ? "" : state) + " " + PQerrorMessage(connection.get()));
  }
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

PostgresDatabase::PostgresDatabase() {
  static std::atomic<int> next = 0;
  name_ = "chatika_test_" + std::to_string(next++);
  run_sql(Cluster::get().url("postgres", "postgres"), "CREATE DATABASE " + name_ + " TEMPLATE " + kTemplate + " OWNER chatika_owner");
}

PostgresDatabase::~PostgresDatabase() {
  try {
    run_sql(Cluster::get().url("postgres", "postgres"), "DROP DATABASE " + name_ + " WITH (FORCE)");
  } catch (const std::runtime_error&) {  // the cluster goes with the process anyway
  }
}

std::string PostgresDatabase::app_url() const { return Cluster::get().url("chatika_app", name_); }
std::string PostgresDatabase::owner_url() const { return Cluster::get().url("chatika_owner", name_); }
std::string PostgresDatabase::admin_url() const { return Cluster::get().url("postgres", name_); }

}  // namespace chatika::testing
