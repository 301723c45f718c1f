// One connection's bytes, plain or TLS, as one type: Beast is compiled for it once. Used on its worker's
// thread only.
#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "net/tls.hpp"

namespace boost::beast {
enum class role_type;
}

namespace chatika::net {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

// A place among Config::max_connections, given back on destruction.
class Slot {
 public:
  explicit Slot(std::atomic<std::size_t>& open) : open_(&open) {
    open.fetch_add(1, std::memory_order_relaxed);
  }
  Slot(Slot&& other) noexcept : open_(std::exchange(other.open_, nullptr)) {}
  Slot& operator=(Slot&&) = delete;
  ~Slot() {
    if (open_) open_->fetch_sub(1, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::size_t>* open_;
};

class Stream {
 public:
  using executor_type = Executor;

  Stream(TcpSocket socket, std::unique_ptr<TlsChannel> tls, Slot slot)
      : slot_(std::move(slot)), socket_(std::move(socket)), tls_(std::move(tls)) {}
  Stream(Stream&&) = default;
  Stream& operator=(Stream&&) = delete;
  ~Stream() = default;

  executor_type get_executor() noexcept { return socket_.get_executor(); }
  [[nodiscard]] bool encrypted() const { return tls_ != nullptr; }
  TcpSocket& socket() { return socket_; }

  template <class Handler>
  void async_handshake(Handler&& handler) {
    auto op = [this](auto& self, ErrorCode error = {}) {
      if (error) return self.complete(error);
      drive(tls_->handshake(), self, [&self](ErrorCode result, std::size_t) { self.complete(result); });
    };
    asio::async_compose<Handler, void(ErrorCode)>(std::move(op), handler, socket_);
  }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
        [this](auto handler, const Buffers& into) {
          if (!tls_) return socket_.async_read_some(into, std::move(handler));
          const auto first = first_of<asio::mutable_buffer>(into);
          start_tls(TlsRead{this, first}, std::move(handler));
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          if (!replacement_.empty()) {
            const std::size_t size = asio::buffer_size(from);
            return write_replacement([h = std::move(handler), size](ErrorCode error) mutable {
              std::move(h)(error, error ? 0 : size);
            });
          }
          if (!tls_) return socket_.async_write_some(from, std::move(handler));
          start_tls(TlsWrite{this, joined(from)}, std::move(handler));
        },
        token, buffers);
  }

  // The next write sends these bytes instead of its own and reports its own as sent. Beast's 101 response
  // cannot do without a Server header; ours can.
  void replace_next_write(std::string bytes) { replacement_ = std::move(bytes); }

  void cancel() {
    ErrorCode ignored;
    socket_.cancel(ignored);
  }
  // No more from us. The peer may still be sending: see Linger.
  void shutdown_send() {
    if (!socket_.is_open()) return;
    if (tls_) tls_->shutdown();
    ErrorCode ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
  }
  void close() {
    ErrorCode ignored;
    socket_.close(ignored);
  }

  friend void beast_close_socket(Stream& stream) { stream.close(); }
  // Beast calls these once a WebSocket has closed; whoever owns the session waits for the peer's end.
  friend void teardown(boost::beast::role_type, Stream& stream, ErrorCode& error) {
    stream.shutdown_send();
    error = {};
  }
  template <class Handler>
  friend void async_teardown(boost::beast::role_type, Stream& stream, Handler&& handler) {
    stream.shutdown_send();
    asio::post(stream.get_executor(),
               [h = std::forward<Handler>(handler)]() mutable { std::move(h)(ErrorCode{}); });
  }

 private:
  static constexpr std::size_t kRecordBytes = 16 * 1024;  // the most that one TLS record carries

  // Waits for what TLS wants and comes back to the same operation, or hands the result to `finish`.
  template <class Self, class Finish>
  void drive(TlsChannel::Step step, Self& self, Finish finish) {
    using enum TlsChannel::State;
    switch (step.state) {
      case done:
        return finish(ErrorCode{}, step.bytes);
      case wants_read:
        return socket_.async_wait(asio::socket_base::wait_read, std::move(self));
      case wants_write:
        return socket_.async_wait(asio::socket_base::wait_write, std::move(self));
      case closed:
        return finish(asio::error::eof, 0);
      case failed:
        return finish(asio::error::connection_aborted, 0);
    }
  }

  // A read or a write: tries, waits, tries again. The first try runs inside the initiating call, where
  // completing is not allowed: its result goes round by the event loop.
  struct TlsRead {
    Stream* stream;
    asio::mutable_buffer into;
    TlsChannel::Step attempt() { return stream->tls_->read(into.data(), into.size()); }
    [[nodiscard]] bool empty() const { return into.size() == 0; }
  };
  struct TlsWrite {
    Stream* stream;
    std::string bytes;
    TlsChannel::Step attempt() { return stream->tls_->write(bytes.data(), bytes.size()); }
    [[nodiscard]] bool empty() const { return bytes.empty(); }
  };

  template <class Attempt, class Handler>
  void start_tls(Attempt attempt, Handler handler) {
    auto op = [this, attempt = std::move(attempt), first = true, over = false, result = ErrorCode{},
               bytes = std::size_t{0}](auto& self, ErrorCode error = {}) mutable {
      if (over || error) return self.complete(over ? result : error, bytes);
      const bool initiating = std::exchange(first, false);
      auto step = TlsChannel::Step{TlsChannel::State::done, 0};
      // A closed descriptor's number may be another connection's by now.
      if (!socket_.is_open())
        step.state = TlsChannel::State::failed;
      else if (!attempt.empty())
        step = attempt.attempt();
      drive(step, self, [&, this](ErrorCode how, std::size_t n) {
        if (!initiating) return self.complete(how, n);
        over = true;
        result = how;
        bytes = n;
        asio::post(get_executor(), std::move(self));
      });
    };
    asio::async_compose<Handler, void(ErrorCode, std::size_t)>(std::move(op), handler, socket_);
  }

  template <class Buffer, class Buffers>
  static Buffer first_of(const Buffers& buffers) {
    for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
      if (const Buffer buffer(*it); buffer.size() > 0) return buffer;
    }
    return {};
  }

  // A record's worth: a frame's header and its text go out as one record and one system call.
  template <class Buffers>
  static std::string joined(const Buffers& buffers) {
    std::string bytes(std::min(asio::buffer_size(buffers), kRecordBytes), '\0');
    asio::buffer_copy(asio::buffer(bytes), buffers);
    return bytes;
  }

  // Not a template over the handler, or writing would instantiate itself without end.
  void write_replacement(std::move_only_function<void(ErrorCode)> handler) {
    auto bytes = std::make_unique<std::string>(std::move(replacement_));
    replacement_.clear();
    const auto buffer = asio::buffer(*bytes);
    asio::async_write(*this, buffer,
                      [h = std::move(handler), keep = std::move(bytes)](
                          ErrorCode error, std::size_t) mutable { std::move(h)(error); });
  }

  Slot slot_;
  TcpSocket socket_;  // outlives tls_, which borrows its descriptor
  std::unique_ptr<TlsChannel> tls_;
  std::string replacement_;
};

}  // namespace chatika::net
