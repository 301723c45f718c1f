// One thread of the server: its event loop, its connections, their deadlines. A connection stays with its
// worker, so that nothing of it needs a lock; only post() may be called from elsewhere.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <concepts>
#include <memory>
#include <mutex>
#include <vector>

#include "net/server.hpp"
#include "net/tls.hpp"

namespace chatika::net {

class Worker;

// What all workers share. Connections hold it, so it outlives the Server while somebody still holds a Socket.
struct Core {
  Config config;
  Handlers handlers;
  std::unique_ptr<TlsContext> tls;
  std::atomic<std::size_t> open{0};
  std::vector<std::unique_ptr<Worker>> workers;
};

using SteadyTime = std::chrono::steady_clock::time_point;
inline SteadyTime steady_now() {
  return std::chrono::steady_clock::now();
}
inline constexpr SteadyTime kNever = SteadyTime::max();

// What a worker keeps track of. Everything here happens on the worker's thread.
class Connection
    : public std::enable_shared_from_this<Connection>,
      public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  Connection(std::shared_ptr<Core> core, Worker& worker) : core_(std::move(core)), worker_(worker) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  virtual void on_deadline() = 0;  // deadline() has passed; it is kNever now
  virtual void on_stop() = 0;      // finish what runs, begin nothing new
  virtual void cut() = 0;          // leave at once

  [[nodiscard]] SteadyTime deadline() const { return deadline_; }
  void clear_deadline() { deadline_ = kNever; }

 protected:
  void expect_within(std::chrono::milliseconds period) { deadline_ = steady_now() + period; }
  void enter();  // the worker tracks it from now on
  void leave();

  std::shared_ptr<Core> core_;  // first, so that the event loop outlives every member of a connection
  Worker& worker_;
  SteadyTime deadline_ = kNever;
};

class Worker {
 public:
  explicit Worker(const Config& config);

  boost::asio::io_context& io() { return io_; }
  void run();

  // Runs `f` on the worker's thread; drops it once the worker has ended.
  template <std::invocable F>
  void post(F f) {
    const std::lock_guard lock(posting_);
    if (!ended_) boost::asio::post(io_, std::move(f));
  }

  // Begins the graceful end; a second call can only shorten it. On the worker's thread.
  void stop(std::chrono::milliseconds grace);
  [[nodiscard]] bool stopping() const { return stopping_; }

 private:
  friend class Connection;
  using Connections = boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>>;

  template <class Visit>
  void visit_all(Visit visit);
  void sweep();
  void finish_if_done();

  boost::asio::io_context io_{1};  // one thread runs it
  boost::asio::steady_timer tick_{io_};
  boost::asio::steady_timer end_of_grace_{io_};
  const std::chrono::milliseconds tick_period_;
  Connections connections_;
  SteadyTime cut_at_ = kNever;
  bool stopping_ = false;
  bool finishing_ = false;
  std::mutex posting_;
  bool ended_ = false;  // under posting_
};

}  // namespace chatika::net
