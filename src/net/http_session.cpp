// HTTP/1.1 on one connection: one request at a time, in order. The gate reads the head's bytes before Beast's
// parser does, and this file reads the socket, because Beast has neither deadlines nor a strict reader.
#include <algorithm>
#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <typeinfo>

#include "base/limits.hpp"
#include "base/log.hpp"
#include "net/gate.hpp"
#include "net/response_head.hpp"
#include "net/session.hpp"

namespace chatika::net {
namespace {

namespace beast = boost::beast;

constexpr std::size_t kReadBytes = 4096;       // one read while heads are small
constexpr std::size_t kBodyReadBytes = 16384;  // and while a body comes
constexpr std::size_t kChunkLineBytes = 4096;  // a chunk's size line, a trailer line
constexpr std::size_t kBodyWireBytes =
    8 * limits::kBodyBytes;  // a body with its chunk lines: one-byte chunks cost six
constexpr std::string_view kAllMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t kSocketKeyBytes = 24;  // 16 bytes in base64 (RFC 6455 4.1)

std::string_view view(boost::core::string_view s) {
  return {s.data(), s.size()};
}

class HttpSession final : public Connection {
 public:
  HttpSession(std::shared_ptr<Core> core, Worker& worker, TcpSocket socket, std::unique_ptr<TlsChannel> tls,
              Slot slot)
      : Connection(std::move(core), worker), stream_(std::move(socket), std::move(tls), std::move(slot)) {}

  void start();
  void on_deadline() override;
  void on_stop() override;
  void cut() override;

 private:
  enum class Phase { handshake, idle, head, body, handling, writing, ended };

  // Calls back exactly once, from any thread; a handler that forgets answers 500.
  class Answer {
   public:
    explicit Answer(std::shared_ptr<HttpSession> session) : session_(std::move(session)) {}
    Answer(Answer&&) = default;
    Answer& operator=(Answer&&) = delete;
    ~Answer() {
      if (session_) (*this)(http::problem({.code = Errc::internal, .cause = {}, .fields = {}}, "ru"));
    }
    void operator()(http::Response response);
    void operator()(std::expected<http::MakeHandler, http::Response> decision);

   private:
    std::shared_ptr<HttpSession> session_;
  };

  std::shared_ptr<HttpSession> self() { return std::static_pointer_cast<HttpSession>(shared_from_this()); }
  std::string_view received() const {
    return {static_cast<const char*>(buffer_.cdata().data()), buffer_.cdata().size()};
  }

  void next_request();
  void read(std::size_t bytes);
  void on_read(ErrorCode error, std::size_t bytes);
  void advance_head();
  void take_head(std::size_t size);
  std::expected<Admitted, int> parse_head(std::size_t size);
  void begin_body(bool expects_continue);
  void advance_body();
  void dispatch();
  [[nodiscard]] bool wants_websocket() const;
  void dispatch_upgrade();
  void refuse(int status);
  void answer(http::Response response);
  void write();
  void on_written(ErrorCode error);
  void become_websocket(http::MakeHandler make);
  void linger();

  Stream stream_;
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  http::Request request_;
  http::Response response_;
  std::string head_;
  std::string peer_;
  std::string socket_key_;
  std::string_view language_ = "ru";
  std::size_t body_wire_ = 0;
  Phase phase_ = Phase::handshake;
  bool first_ = true;
  bool keep_alive_ = true;
  bool http_1_0_ = false;
  bool head_only_ = false;
  bool expired_ = false;
};

void HttpSession::start() {
  enter();
  ErrorCode error;
  const auto endpoint = stream_.socket().remote_endpoint(error);
  if (error) return cut();
  auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  }
  peer_ = address.to_string();
  if (!stream_.encrypted()) return next_request();
  expect_within(core_->config.header_deadline);
  stream_.async_handshake([self = self()](ErrorCode failed) { failed ? self->cut() : self->next_request(); });
}

void HttpSession::on_deadline() {
  switch (phase_) {
    case Phase::head:
    case Phase::body:
      // The reading ends with an error, and on_read answers 408.
      expired_ = true;
      return stream_.cancel();
    default:
      return cut();
  }
}

void HttpSession::on_stop() {
  keep_alive_ = false;
  if (phase_ == Phase::idle || phase_ == Phase::handshake) cut();
}

void HttpSession::cut() {
  phase_ = Phase::ended;
  stream_.close();
  leave();
}

void HttpSession::next_request() {
  if (phase_ == Phase::ended) return;
  if (worker_.stopping()) return cut();
  parser_.reset();
  request_ = {};
  response_ = {};
  language_ = "ru";
  keep_alive_ = true;
  head_only_ = false;
  if (buffer_.size() > 0) {  // pipelined
    phase_ = Phase::head;
    expect_within(core_->config.header_deadline);
    return advance_head();
  }
  phase_ = Phase::idle;
  // A new connection has come to ask something: it gets no more time than a head does.
  expect_within(std::exchange(first_, false) ? core_->config.header_deadline : core_->config.idle_deadline);
  read(kReadBytes);
}

void HttpSession::read(std::size_t bytes) {
  stream_.async_read_some(buffer_.prepare(bytes),
                          [self = self()](ErrorCode error, std::size_t n) { self->on_read(error, n); });
}

void HttpSession::on_read(ErrorCode error, std::size_t bytes) {
  if (phase_ == Phase::ended) return;
  if (expired_) return refuse(408);
  if (error) return cut();
  buffer_.commit(bytes);
  if (phase_ == Phase::idle) {
    phase_ = Phase::head;
    expect_within(core_->config.header_deadline);
  }
  phase_ == Phase::head ? advance_head() : advance_body();
}

void HttpSession::advance_head() {
  const auto end = received().find("\r\n\r\n");
  if (end != std::string_view::npos) return take_head(end + 4);
  if (const auto refused = check_partial(received())) return refuse(*refused);
  read(kReadBytes);
}

void HttpSession::take_head(std::size_t size) {
  const auto admitted = parse_head(size);
  buffer_.consume(size);
  if (!admitted) return refuse(admitted.error());
  head_only_ = admitted->method == http::Method::head;
  // HEAD is GET without the body: handlers need not know.
  request_.method = head_only_ ? http::Method::get : admitted->method;
  request_.path = admitted->path;
  request_.query = admitted->query;
  request_.peer = peer_;
  request_.tls = stream_.encrypted();
  if (wants_websocket()) return admitted->has_body || buffer_.size() > 0 ? refuse(400) : dispatch_upgrade();
  if (!admitted->has_body) return dispatch();
  begin_body(admitted->expects_continue);
}

std::expected<Admitted, int> HttpSession::parse_head(std::size_t size) {
  const std::string_view raw = received().substr(0, size);
  keep_alive_ = false;  // until the head is known to be good
  if (const auto refused = check_raw(raw)) return std::unexpected(*refused);
  parser_.emplace();
  parser_->header_limit(limits::kHeaderBytes);
  parser_->body_limit(limits::kBodyBytes);
  ErrorCode error;
  parser_->put(asio::buffer(raw), error);
  const bool too_large = error == beast::http::error::body_limit;
  if (too_large) return std::unexpected(413);
  if (error || !parser_->is_header_done()) return std::unexpected(400);
  const auto& message = parser_->get();
  // Copied now: Beast adds the trailers of a chunked body to the same fields later, and nobody has checked
  // those.
  for (const auto& field : message) {
    std::string name(view(field.name_string()));
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    request_.headers.emplace_back(std::move(name), view(field.value()));
  }
  language_ = http::preferred_language(request_.header("accept-language"));
  const auto admitted = admit({.method = view(message.method_string()),
                               .target = view(message.target()),
                               .version = static_cast<int>(message.version()),
                               .headers = request_.headers});
  if (!admitted) return admitted;
  http_1_0_ = message.version() < 11;
  keep_alive_ = message.keep_alive() && !worker_.stopping();
  return admitted;
}

void HttpSession::begin_body(bool expects_continue) {
  phase_ = Phase::body;
  body_wire_ = 0;
  expect_within(core_->config.body_deadline);
  parser_->eager(true);
  if (!expects_continue || buffer_.size() > 0) return advance_body();
  asio::async_write(stream_, asio::buffer(kContinue), [self = self()](ErrorCode error, std::size_t) {
    if (self->phase_ == Phase::ended) return;
    if (self->expired_) return self->refuse(408);
    error ? self->cut() : self->read(kBodyReadBytes);
  });
}

void HttpSession::advance_body() {
  ErrorCode error;
  const std::size_t used = buffer_.size() > 0 ? parser_->put(buffer_.cdata(), error) : 0;
  buffer_.consume(used);
  body_wire_ += used;
  if (error == beast::http::error::body_limit || body_wire_ > kBodyWireBytes) return refuse(413);
  if (error && error != beast::http::error::need_more) return refuse(400);
  if (parser_->is_done()) {
    request_.body = std::move(parser_->get().body());
    return dispatch();
  }
  if (buffer_.size() > kChunkLineBytes) return refuse(400);
  read(kBodyReadBytes);
}

bool HttpSession::wants_websocket() const {
  return core_->handlers.upgrade && !http_1_0_ && request_.method == http::Method::get && !head_only_ &&
         beast::http::token_list(request_.header("upgrade")).exists("websocket") &&
         beast::http::token_list(request_.header("connection")).exists("upgrade");
}

void HttpSession::Answer::operator()(http::Response response) {
  if (!session_) return;
  Worker& worker = session_->worker_;
  worker.post([s = std::move(session_), r = std::move(response)]() mutable { s->answer(std::move(r)); });
}

void HttpSession::Answer::operator()(std::expected<http::MakeHandler, http::Response> decision) {
  if (!decision) return (*this)(std::move(decision).error());
  if (!session_) return;
  Worker& worker = session_->worker_;
  worker.post(
      [s = std::move(session_), d = std::move(decision)]() mutable { s->become_websocket(*std::move(d)); });
}

void HttpSession::dispatch() {
  phase_ = Phase::handling;
  clear_deadline();
  parser_.reset();
  try {
    core_->handlers.request(std::move(request_),
                            [a = Answer(self())](http::Response r) mutable { a(std::move(r)); });
  } catch (const std::exception& e) {
    // The answer went with the closure: its end has answered 500. what() might quote input: not logged.
    log::error("net.handler_failed", {{"type", typeid(e).name()}});
  }
}

void HttpSession::dispatch_upgrade() {
  if (request_.header("sec-websocket-version") != "13") return refuse(426);
  if (request_.header("sec-websocket-key").size() != kSocketKeyBytes) return refuse(400);
  socket_key_ = request_.header("sec-websocket-key");
  phase_ = Phase::handling;
  clear_deadline();
  parser_.reset();
  try {
    core_->handlers.upgrade(
        std::move(request_),
        [a = Answer(self())](std::expected<http::MakeHandler, http::Response> decision) mutable {
          a(std::move(decision));
        });
  } catch (const std::exception& e) {
    log::error("net.handler_failed", {{"type", typeid(e).name()}});
  }
}

void HttpSession::refuse(int status) {
  keep_alive_ = false;
  http::Response response = http::refusal(status, language_);
  if (status == 405) response.headers.emplace_back("allow", kAllMethods);
  if (status == 426) response.headers.emplace_back("sec-websocket-version", "13");
  phase_ = Phase::handling;
  answer(std::move(response));
}

void HttpSession::answer(http::Response response) {
  if (phase_ != Phase::handling) return;
  keep_alive_ = keep_alive_ && !worker_.stopping();
  response_ = std::move(response);
  head_ = response_head(response_,
                        {.keep_alive = keep_alive_, .http_1_0 = http_1_0_, .tls = stream_.encrypted()});
  write();
}

void HttpSession::write() {
  phase_ = Phase::writing;
  expired_ = false;
  expect_within(core_->config.write_deadline);
  const SteadyTime allowed = deadline_;
  const std::string_view body =
      head_only_ || !may_have_body(response_.status) ? std::string_view{} : body_of(response_);
  const std::array<asio::const_buffer, 2> bytes{asio::buffer(head_),
                                                asio::const_buffer(body.data(), body.size())};
  asio::async_write(
      stream_, bytes,
      [self = self(), allowed](ErrorCode error, std::size_t sent) -> std::size_t {
        // Whoever goes on taking bytes at a bearable pace may take them all.
        if (self->phase_ == Phase::writing) {
          self->deadline_ = std::min(steady_now() + self->core_->config.write_deadline,
                                     allowed + std::chrono::seconds(sent / kSlowestReaderBytesPerSecond));
        }
        return error ? 0 : 64 * 1024;
      },
      [self = self()](ErrorCode error, std::size_t) { self->on_written(error); });
}

void HttpSession::on_written(ErrorCode error) {
  if (phase_ == Phase::ended) return;
  if (error) return cut();
  keep_alive_ ? next_request() : linger();
}

void HttpSession::become_websocket(http::MakeHandler make) {
  if (phase_ != Phase::handling) return;
  phase_ = Phase::ended;
  start_websocket(core_, worker_, std::move(stream_), socket_key_, std::move(make));
  leave();
}

void HttpSession::linger() {
  phase_ = Phase::ended;
  start_linger(core_, worker_, self(), stream_);
  leave();
}

}  // namespace

void start_http(std::shared_ptr<Core> core, Worker& worker, TcpSocket socket, bool tls, Slot slot) {
  if (worker.stopping()) return;
  std::unique_ptr<TlsChannel> channel;
  ErrorCode error;
  socket.non_blocking(true, error);  // TLS reads and writes the descriptor itself
  if (error) return;
  if (tls && !(channel = core->tls->accept(socket.native_handle()))) return;
  std::make_shared<HttpSession>(std::move(core), worker, std::move(socket), std::move(channel),
                                std::move(slot))
      ->start();
}

}  // namespace chatika::net
