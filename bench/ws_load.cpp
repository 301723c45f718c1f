// A WebSocket load generator: many visitors on one thread, one outstanding turn each.
//   ws_load --port N --path PATH --frame TEMPLATE --until TEXT [--connections 1] [--seconds 5] [--warm-up 1]
//           [--header "Name: value"]… [--first-file FILE --first-until TEXT]
// Every turn sends the template with {uuid} replaced by a new UUID and lasts until a frame that contains
// TEXT. Connection i first sends line i of FILE (the last line serves the rest) and waits for a frame with
// --first-until. Prints one line of JSON; times are of turns that began after the warm-up. Exit status 1 when
// a connection failed.
#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Error = boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

struct Options {
  std::uint16_t port = 0;
  std::string path = "/";
  std::string frame;
  std::string until;
  std::string first_until;
  std::vector<std::string> firsts;
  std::vector<std::pair<std::string, std::string>> headers;
  int connections = 1;
  double seconds = 5;
  double warm_up = 1;
};

struct Score {
  std::vector<std::uint32_t> micros;
  int failed = 0;
  Clock::time_point from;
  Clock::time_point to;
};

std::string new_uuid() {
  static std::mt19937_64 random(std::random_device{}());
  char text[37];
  const std::uint64_t a = random();
  const std::uint64_t b = random();
  std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(a >> 32),
                static_cast<unsigned>(a >> 16 & 0xFFFF), static_cast<unsigned>(a & 0xFFF),
                static_cast<unsigned>(0x8000 | (b >> 48 & 0x3FFF)),
                static_cast<unsigned long long>(b & 0xFFFFFFFFFFFFULL));
  return text;
}

std::string filled(std::string text) {
  constexpr std::string_view kHole = "{uuid}";
  for (auto at = text.find(kHole); at != std::string::npos; at = text.find(kHole, at))
    text.replace(at, kHole.size(), new_uuid());
  return text;
}

class Visitor : public std::enable_shared_from_this<Visitor> {
 public:
  Visitor(asio::io_context& io, const Options& options, Score& score, std::string first)
      : ws_(io), options_(options), score_(score), first_(std::move(first)) {}

  void start() {
    Error error;
    auto& socket = ws_.next_layer();
    socket.connect({asio::ip::address_v4::loopback(), options_.port}, error);
    if (error) return fail("connect", error);
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    ws_.set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
      for (const auto& [name, value] : options_.headers) request.set(name, value);
    }));
    ws_.async_handshake("127.0.0.1:" + std::to_string(options_.port), options_.path,
                        [self = shared_from_this()](Error failed) {
                          if (failed) return self->fail("handshake", failed);
                          self->first_.empty()
                              ? self->turn()
                              : self->say(std::exchange(self->first_, {}), self->options_.first_until);
                        });
  }

 private:
  void turn() {
    measured_ = true;
    say(filled(options_.frame), options_.until);
  }
  void say(std::string frame, std::string_view until) {
    began_ = Clock::now();
    until_ = until;
    out_ = std::move(frame);
    ws_.text(true);
    ws_.async_write(asio::buffer(out_), [self = shared_from_this()](Error error, std::size_t) {
      error ? self->fail("write", error) : self->read();
    });
  }
  void read() {
    in_.clear();
    ws_.async_read(in_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->fail("read", error);
      const std::string_view text(static_cast<const char*>(self->in_.cdata().data()),
                                  self->in_.cdata().size());
      if (!text.contains(self->until_)) return self->read();
      self->count();
      if (Clock::now() < self->score_.to) self->turn();
    });
  }
  void count() {
    const auto now = Clock::now();
    if (!measured_ || began_ < score_.from || now > score_.to) return;
    score_.micros.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - began_).count()));
  }
  void fail(const char* what, Error error) {
    if (Clock::now() >= score_.to) return;
    if (score_.failed++ == 0) std::fprintf(stderr, "%s: %s\n", what, error.message().c_str());
  }

  websocket::stream<TcpSocket, false> ws_;
  beast::flat_buffer in_;
  const Options& options_;
  Score& score_;
  std::string first_;
  std::string out_;
  std::string_view until_;
  Clock::time_point began_;
  bool measured_ = false;
};

bool read_options(int argc, char** argv, Options& o) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string value = argv[i + 1];
    if (name == "--port")
      o.port = static_cast<std::uint16_t>(std::atoi(value.c_str()));
    else if (name == "--path")
      o.path = value;
    else if (name == "--frame")
      o.frame = value;
    else if (name == "--until")
      o.until = value;
    else if (name == "--first-until")
      o.first_until = value;
    else if (name == "--connections")
      o.connections = std::atoi(value.c_str());
    else if (name == "--seconds")
      o.seconds = std::atof(value.c_str());
    else if (name == "--warm-up")
      o.warm_up = std::atof(value.c_str());
    else if (name == "--header" && value.contains(": ")) {
      o.headers.emplace_back(value.substr(0, value.find(": ")), value.substr(value.find(": ") + 2));
    } else if (name == "--first-file") {
      std::ifstream file(value);
      for (std::string line; std::getline(file, line);) o.firsts.push_back(line);
      if (o.firsts.empty()) return false;
    } else {
      return false;
    }
  }
  return argc % 2 == 1 && o.port && !o.frame.empty() && !o.until.empty() && o.connections > 0;
}

std::uint32_t percentile(const std::vector<std::uint32_t>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1,
                         static_cast<std::size_t>(part * static_cast<double>(sorted.size())))];
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!read_options(argc, argv, options)) {
    std::fprintf(stderr, "usage: see the head of bench/ws_load.cpp\n");
    return 2;
  }
  asio::io_context io(1);
  Score score;
  const auto period = [](double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  };
  score.from = Clock::now() + period(options.warm_up);
  score.to = score.from + period(options.seconds);
  for (int i = 0; i < options.connections; ++i) {
    const auto& firsts = options.firsts;
    std::string first =
        firsts.empty() ? std::string() : firsts[std::min(static_cast<std::size_t>(i), firsts.size() - 1)];
    std::make_shared<Visitor>(io, options, score, std::move(first))->start();
  }
  constexpr std::chrono::seconds kPatience{5};  // for the turns that are under way
  io.run_until(score.to + kPatience);
  std::ranges::sort(score.micros);
  std::printf(
      R"({"connections":%d,"seconds":%.3f,"turns":%zu,"turns_per_s":%.1f,"p50_us":%u,"p99_us":%u,"failed":%d})"
      "\n",
      options.connections, options.seconds, score.micros.size(),
      static_cast<double>(score.micros.size()) / options.seconds, percentile(score.micros, 0.50),
      percentile(score.micros, 0.99), score.failed);
  return score.failed == 0 && !score.micros.empty() ? 0 : 1;
}
