#include "net/server.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <thread>

#include "base/log.hpp"
#include "net/response_head.hpp"
#include "net/session.hpp"

namespace chatika::net {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

constexpr int kBacklog = 4096;
constexpr std::chrono::milliseconds kAcceptPause{100};  // when descriptors or memory have run out

// Connections must leave descriptors for the databases' files: with none left nothing could be answered at all.
// Takes what the system allows, since the usual soft limit of 1024 is there for programs that use select().
std::size_t connections_within(std::size_t wanted) {
  constexpr rlim_t kOthers = 1024;  // three files for each of limits::kOpenTenants, and the program's own
  rlimit descriptors{};
  if (::getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return wanted;
  if (descriptors.rlim_cur < std::min<rlim_t>(descriptors.rlim_max, wanted + kOthers)) {
    rlimit more = descriptors;
    more.rlim_cur = std::min<rlim_t>(descriptors.rlim_max, wanted + kOthers);
    if (::setrlimit(RLIMIT_NOFILE, &more) == 0) descriptors = more;
  }
  const rlim_t room = descriptors.rlim_cur - std::min(kOthers, descriptors.rlim_cur / 2);
  return std::min<std::size_t>(wanted, room);
}

std::string busy() {
  const http::Response response = http::refusal(503, "ru");
  return response_head(response, {.keep_alive = false}) + response.body;
}

// Takes connections in on the first worker and hands them round.
class Listener {
 public:
  Listener(Core& core, bool tls)
      : core_(core), acceptor_(core.workers.front()->io()), pause_(core.workers.front()->io()), tls_(tls) {}

  Result<void> open(const Config::Listener& config) {
    ErrorCode error;
    const auto address = asio::ip::make_address(config.address, error);
    if (error) return fail(Errc::invalid, "not an address to listen on: " + config.address);
    const asio::ip::tcp::endpoint endpoint(address, config.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kBacklog, error);
    if (error) {
      return fail(Errc::unavailable, fmt::format("cannot listen on {} port {}: {}", config.address,
                                                 config.port, error.message()));
    }
    return {};
  }

  [[nodiscard]] std::uint16_t port() const {
    ErrorCode error;
    return acceptor_.local_endpoint(error).port();
  }

  void accept(std::shared_ptr<Core> core) {
    Worker& worker = *core_.workers[next_++ % core_.workers.size()];
    acceptor_.async_accept(
        worker.io(), [this, core = std::move(core), &worker](ErrorCode error, TcpSocket socket) mutable {
          if (!acceptor_.is_open()) return;
          if (!error) {
            take(core, worker, std::move(socket));
          } else if (is_shortage(error)) {
            log::warn("net.accept_paused", {{"reason", error.message()}});
            pause_.expires_after(kAcceptPause);
            return pause_.async_wait([this, c = std::move(core)](ErrorCode cancelled) mutable {
              if (!cancelled && acceptor_.is_open()) accept(std::move(c));
            });
          }
          accept(std::move(core));
        });
  }

  void close() {
    ErrorCode ignored;
    acceptor_.close(ignored);
    pause_.cancel();
  }

 private:
  static bool is_shortage(ErrorCode error) {
    return error.value() == EMFILE || error.value() == ENFILE || error.value() == ENOBUFS ||
           error.value() == ENOMEM;
  }

  void take(const std::shared_ptr<Core>& core, Worker& worker, TcpSocket socket) {
    ErrorCode ignored;
    if (core->open.load(std::memory_order_relaxed) >= core->config.max_connections) {
      socket.non_blocking(true, ignored);
      if (!tls_) socket.write_some(asio::buffer(busy()), ignored);  // a courtesy, if it fits at once
      return;
    }
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    worker.post([core, &worker, s = std::move(socket), slot = Slot(core->open), tls = tls_]() mutable {
      start_http(std::move(core), worker, std::move(s), tls, std::move(slot));
    });
  }

  Core& core_;
  Acceptor acceptor_;
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             Executor>
      pause_;
  std::size_t next_ = 0;
  const bool tls_;
};

class ServerImpl final : public Server {
 public:
  explicit ServerImpl(std::shared_ptr<Core> core) : core_(std::move(core)) {}

  // Connections hold the core and the core's loops hold the connections: the loops must have run dry.
  ~ServerImpl() override {
    if (ran_) return;
    stop(std::chrono::milliseconds(0));
    for (const auto& worker : core_->workers) worker->run();
  }

  Result<void> listen() {
    for (const Config::Listener& config : core_->config.listeners) {
      listeners_.push_back(std::make_unique<Listener>(*core_, config.tls));
      CHECK(listeners_.back()->open(config));
      ports_.push_back(listeners_.back()->port());
    }
    return {};
  }

  [[nodiscard]] std::vector<std::uint16_t> ports() const override { return ports_; }

  void run() override {
    ran_ = true;
    core_->workers.front()->post([this] {
      if (core_->workers.front()->stopping()) return;
      for (const auto& listener : listeners_) listener->accept(core_);
    });
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < core_->workers.size(); ++i) {
      threads.emplace_back([worker = core_->workers[i].get()] { worker->run(); });
    }
    core_->workers.front()->run();
  }

  void stop(std::chrono::milliseconds grace) override {
    core_->workers.front()->post([this] {
      for (const auto& listener : listeners_) listener->close();
    });
    for (const auto& worker : core_->workers) {
      worker->post([w = worker.get(), grace] { w->stop(grace); });
    }
  }

 private:
  std::shared_ptr<Core> core_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::uint16_t> ports_;
  bool ran_ = false;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::make(const Config& config, Handlers handlers) {
  auto core = std::make_shared<Core>();
  core->config = config;
  core->config.max_connections = connections_within(config.max_connections);
  core->handlers = std::move(handlers);
  const bool tls = std::ranges::any_of(config.listeners, &Config::Listener::tls);
  if (tls) core->tls = TRY(TlsContext::make(config.certificate_file, config.key_file));
  for (unsigned i = 0; i < std::max(1U, config.threads); ++i)
    core->workers.push_back(std::make_unique<Worker>(core->config));
  auto server = std::make_unique<ServerImpl>(std::move(core));
  CHECK(server->listen());
  return server;
}

}  // namespace chatika::net
