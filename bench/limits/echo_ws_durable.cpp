// The limit program of T1 and T2: a bare Beast WebSocket server that commits one row per text frame to SQLite
// (WAL, synchronous=FULL) and then echoes the frame. Only the unavoidable part: what Chatika adds is measured
// against it.
//   echo_ws_durable --port N --file PATH [--group]
// Without --group every frame has its own commit (T1); with it, frames that arrive while a commit runs share
// the next one (T2).
#include <sqlite3.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Error = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

class Table {
 public:
  explicit Table(const std::string& file) {
    check(sqlite3_open(file.c_str(), &db_));
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE IF NOT EXISTS frame (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    check(sqlite3_prepare_v3(db_, "INSERT INTO frame (text) VALUES (?)", -1, SQLITE_PREPARE_PERSISTENT,
                             &insert_, nullptr));
  }
  void insert(std::string_view text) {
    check(sqlite3_bind_text(insert_, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
    if (sqlite3_step(insert_) != SQLITE_DONE) fail();
    sqlite3_reset(insert_);
  }
  void run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) fail();
  }
  [[noreturn]] void fail() const {
    std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db_));
    std::exit(1);
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

class Session;

// Commits on a thread of its own; whatever came in the meantime goes into one transaction.
class Group {
 public:
  Group(Table& table, asio::io_context& io) : table_(table), io_(io), thread_([this] { work(); }) {
    thread_.detach();
  }
  void add(std::shared_ptr<Session> session) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(session));
    arrived_.notify_one();
  }

 private:
  void work();
  Table& table_;
  asio::io_context& io_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::shared_ptr<Session>> waiting_;  // one frame a connection at most
  std::thread thread_;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(TcpSocket socket, Table& table, Group* group)
      : ws_(std::move(socket)), table_(table), group_(group) {}
  void start() {
    ws_.async_accept([self = shared_from_this()](Error error) {
      if (!error) self->read();
    });
  }
  [[nodiscard]] std::string_view text() const {
    return {static_cast<const char*>(buffer_.cdata().data()), buffer_.cdata().size()};
  }
  void echo() {
    ws_.text(true);
    ws_.async_write(buffer_.cdata(), [self = shared_from_this()](Error error, std::size_t) {
      if (error) return;
      self->buffer_.consume(self->buffer_.size());
      self->read();
    });
  }

 private:
  void read() {
    ws_.async_read(buffer_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) return;
      if (self->group_) return self->group_->add(self);
      self->table_.insert(self->text());
      self->echo();
    });
  }
  beast::websocket::stream<TcpSocket, false> ws_;
  beast::flat_buffer buffer_;
  Table& table_;
  Group* group_;
};

void Group::work() {
  while (true) {
    std::vector<std::shared_ptr<Session>> batch;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return !waiting_.empty(); });
      batch.swap(waiting_);
    }
    table_.run("BEGIN");
    for (const auto& session : batch) table_.insert(session->text());
    table_.run("COMMIT");
    asio::post(io_, [sessions = std::move(batch)] {
      for (const auto& session : sessions) session->echo();
    });
  }
}

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

void accept(Acceptor& acceptor, Table& table, Group* group) {
  acceptor.async_accept([&acceptor, &table, group](Error error, TcpSocket socket) {
    if (!error) {
      socket.set_option(asio::ip::tcp::no_delay(true), error);
      std::make_shared<Session>(std::move(socket), table, group)->start();
    }
    accept(acceptor, table, group);
  });
}

}  // namespace

int main(int argc, char** argv) {
  std::uint16_t port = 0;
  std::string file;
  bool grouped = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--group") grouped = true;
    if (option == "--port" && i + 1 < argc) port = static_cast<std::uint16_t>(std::atoi(argv[++i]));
    if (option == "--file" && i + 1 < argc) file = argv[++i];
  }
  if (file.empty()) {
    std::fprintf(stderr, "usage: echo_ws_durable --port N --file PATH [--group]\n");
    return 2;
  }
  Table table(file);
  asio::io_context io(1);
  const std::unique_ptr<Group> group = grouped ? std::make_unique<Group>(table, io) : nullptr;
  Acceptor acceptor(io, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port));
  accept(acceptor, table, group.get());
  std::printf("%u\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  io.run();
}
