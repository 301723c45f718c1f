#include <array>

#include "net/session.hpp"

namespace chatika::net {
namespace {

class Linger final : public Connection {
 public:
  Linger(std::shared_ptr<Core> core, Worker& worker, std::shared_ptr<Connection> owner, Stream& stream)
      : Connection(std::move(core), worker), owner_(std::move(owner)), stream_(stream) {}

  void start() {
    enter();
    expect_within(kLinger);
    stream_.shutdown_send();
    read();
  }
  void on_deadline() override { cut(); }
  void on_stop() override {}
  void cut() override {
    stream_.close();
    leave();
  }

 private:
  void read() {
    // The bytes below TLS: nobody will read them.
    stream_.socket().async_read_some(asio::buffer(waste_),
                                     [self = shared_from_this(), this](ErrorCode error, std::size_t n) {
                                       bytes_ += n;
                                       if (error || bytes_ > kLingerBytes) return cut();
                                       read();
                                     });
  }

  std::shared_ptr<Connection> owner_;
  Stream& stream_;
  std::array<char, 4096> waste_;
  std::size_t bytes_ = 0;
};

}  // namespace

void start_linger(std::shared_ptr<Core> core, Worker& worker, std::shared_ptr<Connection> owner,
                  Stream& stream) {
  std::make_shared<Linger>(std::move(core), worker, std::move(owner), stream)->start();
}

}  // namespace chatika::net
