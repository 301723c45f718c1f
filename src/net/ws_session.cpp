// A WebSocket (RFC 6455): text frames of bounded size in, a bounded queue of frames out, one write at a time.
#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <mutex>
#include <optional>
#include <typeinfo>
#include <vector>

#include "base/limits.hpp"
#include "base/log.hpp"
#include "net/response_head.hpp"
#include "net/session.hpp"

namespace chatika::net {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

constexpr std::chrono::milliseconds kCloseWait{5000};  // for the peer's part of the closing handshake
constexpr std::size_t kIdleBufferBytes = 4096;         // more is given back when a frame has been dealt with
constexpr std::size_t kIdleQueueFrames = 16;           // and so are bigger queues
constexpr std::size_t kReasonBytes = 123;              // RFC 6455 5.5

class WsSession final : public Connection, public Socket {
 public:
  WsSession(std::shared_ptr<Core> core, Worker& worker, Stream stream)
      : Connection(std::move(core), worker), ws_(std::move(stream)) {}

  void start(const std::string& key, http::MakeHandler make);

  // Any thread.
  using Socket::send;
  void send(std::shared_ptr<const std::string> frame) override;
  void close(std::uint16_t code, std::string_view reason) override;

  void on_deadline() override { cut(); }
  void on_stop() override { close(websocket::close_code::going_away, {}); }
  void cut() override;

 private:
  std::shared_ptr<WsSession> self() {
    return std::static_pointer_cast<WsSession>(Connection::shared_from_this());
  }
  void set_options();
  void on_accepted(ErrorCode error, http::MakeHandler make);
  void read();
  void on_read(ErrorCode error);
  void deliver();
  void wake();  // under mutex_
  void flush();
  std::shared_ptr<const std::string> next_frame();
  void write(std::shared_ptr<const std::string> frame);
  void begin_close();
  void end();
  void finish();

  websocket::stream<Stream, false> ws_;
  beast::flat_buffer buffer_;
  std::unique_ptr<SocketHandler> handler_;
  bool open_ = false;
  bool writing_ = false;
  bool close_begun_ = false;
  bool ended_ = false;
  bool finished_ = false;

  std::mutex mutex_;  // guards what follows
  std::vector<std::shared_ptr<const std::string>> queue_;
  std::size_t next_ = 0;          // first of queue_ that has not been written
  std::size_t queued_bytes_ = 0;  // of queue_ and the frame being written
  std::size_t queued_frames_ = 0;
  std::optional<websocket::close_reason> closing_;
  bool awake_ = false;
};

void WsSession::set_options() {
  // One period without a sign of life brings a ping, a second one the end.
  websocket::stream_base::timeout timeout{};
  timeout.handshake_timeout = core_->config.write_deadline;
  timeout.idle_timeout = 2 * core_->config.socket_ping;
  timeout.keep_alive_pings = true;
  ws_.set_option(timeout);
  ws_.read_message_max(limits::kFrameBytes);
  ws_.auto_fragment(false);
  ws_.set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
    std::string head =
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: "
        "upgrade\r\nsec-websocket-accept: ";
    head += response[beast::http::field::sec_websocket_accept];
    head += "\r\n";
    append_security_headers(head, ws_.next_layer().encrypted());
    head += "\r\n";
    ws_.next_layer().replace_next_write(std::move(head));
  }));
}

void WsSession::start(const std::string& key, http::MakeHandler make) {
  enter();
  set_options();
  beast::http::request<beast::http::empty_body> request(beast::http::verb::get, "/", 11);
  request.set(beast::http::field::host, "checked-before");
  request.set(beast::http::field::connection, "upgrade");
  request.set(beast::http::field::upgrade, "websocket");
  request.set(beast::http::field::sec_websocket_version, "13");
  request.set(beast::http::field::sec_websocket_key, key);
  ws_.async_accept(request, [self = self(), m = std::move(make)](ErrorCode error) mutable {
    self->on_accepted(error, std::move(m));
  });
}

void WsSession::on_accepted(ErrorCode error, http::MakeHandler make) {
  if (finished_) return;
  if (error) return finish();
  open_ = true;
  try {
    handler_ = make(self());
  } catch (const std::exception& e) {
    log::error("net.handler_failed", {{"type", typeid(e).name()}});
  }
  if (!handler_) close(websocket::close_code::internal_error, {});
  if (worker_.stopping()) on_stop();
  read();
  flush();
}

void WsSession::read() {
  ws_.async_read(buffer_, [self = self()](ErrorCode error, std::size_t) { self->on_read(error); });
}

void WsSession::on_read(ErrorCode error) {
  if (ended_) return;
  if (error) return end();
  if (!ws_.got_text()) {
    close(websocket::close_code::unknown_data, {});
    const std::lock_guard lock(mutex_);
    queue_.clear();  // a peer that breaks the rules waits for nothing more
    next_ = 0;
  } else {
    deliver();
  }
  buffer_.consume(buffer_.size());
  if (buffer_.capacity() > kIdleBufferBytes) buffer_ = beast::flat_buffer();
  if (!close_begun_ && !ended_) read();
}

void WsSession::deliver() {
  {
    const std::lock_guard lock(mutex_);
    if (closing_) return;
  }
  const auto bytes = buffer_.cdata();
  try {
    if (handler_) handler_->on_frame({static_cast<const char*>(bytes.data()), bytes.size()});
  } catch (const std::exception& e) {
    log::error("net.handler_failed",
               {{"type", typeid(e).name()}});  // what() might quote the frame: not logged
    close(websocket::close_code::internal_error, {});
  }
}

void WsSession::wake() {
  if (std::exchange(awake_, true)) return;
  worker_.post([self = self()] { self->flush(); });
}

void WsSession::send(std::shared_ptr<const std::string> frame) {
  const std::lock_guard lock(mutex_);
  if (closing_) return;
  if (queued_frames_ + 1 > limits::kSocketQueueFrames ||
      queued_bytes_ + frame->size() > limits::kSocketQueueBytes) {
    closing_.emplace(websocket::close_code::try_again_later);
    queue_ = {};
    next_ = 0;
  } else {
    queued_bytes_ += frame->size();
    ++queued_frames_;
    queue_.push_back(std::move(frame));
  }
  wake();
}

void WsSession::close(std::uint16_t code, std::string_view reason) {
  std::size_t size = std::min(reason.size(), kReasonBytes);
  while (size < reason.size() && size > 0 && (static_cast<unsigned char>(reason[size]) & 0xC0) == 0x80)
    --size;
  const std::lock_guard lock(mutex_);
  if (closing_) return;
  closing_.emplace(static_cast<websocket::close_code>(code), beast::string_view(reason.data(), size));
  wake();
}

std::shared_ptr<const std::string> WsSession::next_frame() {
  if (next_ == queue_.size()) return nullptr;
  auto frame = std::move(queue_[next_++]);
  if (next_ == queue_.size()) {
    queue_.clear();
    if (queue_.capacity() > kIdleQueueFrames) queue_.shrink_to_fit();
    next_ = 0;
  } else if (next_ == limits::kSocketQueueFrames) {
    // Never quite empty: what has been written goes, or the vector grew for ever.
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }
  return frame;
}

void WsSession::flush() {
  std::shared_ptr<const std::string> frame;
  bool closing = false;
  {
    const std::lock_guard lock(mutex_);
    awake_ = false;
    closing = closing_.has_value();
    if (open_ && !writing_ && !ended_) frame = next_frame();
  }
  if (!open_ || ended_) return;
  if (frame) return write(std::move(frame));
  if (!closing) return;
  if (!writing_) return begin_close();
  // Stuck behind a frame that a slow peer does not take: it gets this long.
  deadline_ = std::min(deadline_, steady_now() + kCloseWait);
}

void WsSession::write(std::shared_ptr<const std::string> frame) {
  writing_ = true;
  expect_within(core_->config.write_deadline);
  ws_.text(true);
  const auto bytes = asio::buffer(*frame);
  ws_.async_write(bytes, [self = self(), f = std::move(frame)](ErrorCode error, std::size_t) {
    self->writing_ = false;
    if (self->ended_) return;
    self->clear_deadline();
    {
      const std::lock_guard lock(self->mutex_);
      self->queued_bytes_ -= f->size();
      --self->queued_frames_;
    }
    // A failed write shows in the reading too, which ends the session.
    if (!error) self->flush();
  });
}

void WsSession::begin_close() {
  if (std::exchange(close_begun_, true)) return;
  expect_within(kCloseWait);
  websocket::close_reason reason;
  {
    const std::lock_guard lock(mutex_);
    reason = *closing_;
  }
  ws_.async_close(reason, [self = self()](ErrorCode) { self->end(); });
}

void WsSession::cut() {
  ws_.next_layer().close();
  end();
}

// The conversation is over: the handler learns it, the bytes may linger.
void WsSession::end() {
  if (std::exchange(ended_, true)) return finish();
  {
    const std::lock_guard lock(mutex_);
    if (!closing_) closing_.emplace(websocket::close_code::none);
    queue_ = {};
    next_ = 0;
  }
  if (const auto handler = std::move(handler_)) {
    try {
      handler->on_close();
    } catch (const std::exception& e) {
      log::error("net.handler_failed", {{"type", typeid(e).name()}});
    }
  }
  if (!ws_.next_layer().socket().is_open()) return finish();
  finished_ = true;
  start_linger(core_, worker_, self(), ws_.next_layer());
  leave();
}

void WsSession::finish() {
  if (std::exchange(finished_, true)) return;
  ended_ = true;
  ws_.next_layer().close();
  leave();
}

}  // namespace

void start_websocket(std::shared_ptr<Core> core, Worker& worker, Stream stream, const std::string& key,
                     http::MakeHandler make) {
  std::make_shared<WsSession>(std::move(core), worker, std::move(stream))->start(key, std::move(make));
}

}  // namespace chatika::net
