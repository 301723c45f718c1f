#include "net/tls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "net/testing.hpp"
#include "net/tls_probe.hpp"

namespace chatika::net::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class Tls : public ::testing::Test {
 protected:
  Tls() {
    std::string pattern = std::filesystem::temp_directory_path() / "chatika-tls-XXXXXX";
    directory = ::mkdtemp(pattern.data());
    config.certificate_file = directory + "/certificate.pem";
    config.key_file = directory + "/key.pem";
    config.listeners = {{.address = "127.0.0.1", .port = 0, .tls = true}};
    const auto made = make_self_signed(config.certificate_file, config.key_file);
    EXPECT_TRUE(made) << made.error().cause;
  }
  ~Tls() override { std::filesystem::remove_all(directory); }

  std::string directory;
  Config config;
};

// A TLS client that trusts the given certificate alone.
class TlsClient {
 public:
  TlsClient(const Client& client, const Config& config, int version, const char* name = "localhost")
      : context_(SSL_CTX_new(TLS_client_method())), ssl_(nullptr) {
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    SSL_CTX_load_verify_locations(context_, config.certificate_file.c_str(), nullptr);
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
    ssl_ = SSL_new(context_);
    SSL_set1_host(ssl_, name);
    SSL_set_fd(ssl_, client.fd());
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  bool connect() { return SSL_connect(ssl_) == 1; }
  void offer(std::string_view protocols) {
    SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(protocols.data()),
                        static_cast<unsigned>(protocols.size()));
  }
  std::string_view chosen() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_, &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  void say(std::string_view text) { SSL_write(ssl_, text.data(), static_cast<int>(text.size())); }
  std::string hear_until(std::string_view what) {
    std::string seen;
    char bytes[16384];
    while (!seen.contains(what)) {
      const int n = SSL_read(ssl_, bytes, sizeof bytes);
      if (n <= 0) break;
      seen.append(bytes, static_cast<std::size_t>(n));
    }
    return seen;
  }

 private:
  SSL_CTX* context_;
  SSL* ssl_;
};

TEST_F(Tls, ServesOverVersion13WithHsts) {
  const Live live(echo_handlers(), config);
  const Client socket(live.port());
  TlsClient client(socket, config, TLS1_3_VERSION);
  client.offer(std::string_view("\x02h2\x08http/1.1", 12));
  ASSERT_TRUE(client.connect());
  EXPECT_EQ(client.chosen(), "http/1.1");
  for (int i = 0; i < 3; ++i) {
    client.say("GET /abc HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_THAT(client.hear_until("GET /abc?|"),
                HasSubstr("strict-transport-security: max-age=31536000; includeSubDomains\r\n"));
  }
}

TEST_F(Tls, P31_RefusesVersion12AndForeignProtocolsAndServesOn) {
  const Live live(echo_handlers(), config);
  const Client old_socket(live.port());
  EXPECT_FALSE(TlsClient(old_socket, config, TLS1_2_VERSION).connect());
  const Client h2_socket(live.port());
  TlsClient h2(h2_socket, config, TLS1_3_VERSION);
  h2.offer(std::string_view("\x02h2", 3));
  EXPECT_FALSE(h2.connect());
  Client plain(live.port());
  plain.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(plain.hear_out());
  EXPECT_EQ(status_of(plain.seen), 0);
  const Client good_socket(live.port());
  EXPECT_TRUE(TlsClient(good_socket, config, TLS1_3_VERSION).connect());
}

// The probe of `chatika prove` has to see what a client would see.
TEST_F(Tls, P31_TheProbeSeesWhichVersionsAreSpoken) {
  const auto context = TlsContext::make(config.certificate_file, config.key_file);
  ASSERT_TRUE(context) << context.error().cause;
  const auto probed = probe_tls(**context);
  ASSERT_TRUE(probed) << probed.error().cause;
  EXPECT_FALSE(probed->accepts_tls12);
  EXPECT_TRUE(probed->accepts_tls13);
  EXPECT_THAT(probed->cipher, ::testing::StartsWith("TLS_"));
}

TEST_F(Tls, CarriesLargeBodiesBothWays) {
  const Live live(echo_handlers(), config);
  const Client socket(live.port());
  TlsClient client(socket, config, TLS1_3_VERSION);
  ASSERT_TRUE(client.connect());
  const std::string body(200'000, 'b');
  client.say("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + body);
  EXPECT_THAT(client.hear_until(body), HasSubstr("POST /a?|" + body));
}

TEST_F(Tls, CarriesWebSockets) {
  class Upper final : public SocketHandler {
   public:
    explicit Upper(std::shared_ptr<Socket> socket) : socket_(std::move(socket)) {}
    void on_frame(std::string_view text) override { socket_->send("<" + std::string(text) + ">"); }
    void on_close() override {}

   private:
    std::shared_ptr<Socket> socket_;
  };
  Handlers handlers = echo_handlers();
  handlers.upgrade = [](const http::Request&, auto accept) {
    accept([](std::shared_ptr<Socket> socket) { return std::make_unique<Upper>(std::move(socket)); });
  };
  Live live(std::move(handlers), config);
  const Client socket(live.port());
  TlsClient client(socket, config, TLS1_3_VERSION);
  ASSERT_TRUE(client.connect());
  client.say(
      "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
      "13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_THAT(client.hear_until("\r\n\r\n"), HasSubstr("strict-transport-security"));
  client.say(std::string("\x81\x82\0\0\0\0hi", 8));
  EXPECT_THAT(client.hear_until("<hi>"), HasSubstr("\x81\x04<hi>"));
  live.server->stop(10s);
  EXPECT_THAT(client.hear_until("\x03\xe9"), HasSubstr("\x88\x02\x03\xe9"));
}

TEST_F(Tls, ClosesHandshakesThatNeverEnd) {
  config.header_deadline = 100ms;
  const Live live(echo_handlers(), config);
  Client silent(live.port());
  silent.say("\x16\x03\x01");
  EXPECT_TRUE(silent.hear_out());
}

TEST_F(Tls, MakesACertificateForThisMachineOnceAndKeepsItsKey) {
  const Live live(echo_handlers(), config);
  for (const char* name : {"localhost", "elsewhere"}) {
    const Client socket(live.port());
    EXPECT_EQ(TlsClient(socket, config, TLS1_3_VERSION, name).connect(),
              std::string_view(name) == "localhost");
  }
  struct stat status{};
  ASSERT_EQ(::stat(config.key_file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const std::string before = read_file(config.certificate_file);
  EXPECT_TRUE(make_self_signed(config.certificate_file, config.key_file));
  EXPECT_EQ(read_file(config.certificate_file), before);
}

TEST_F(Tls, RefusesAKeyThatIsNotTheCertificates) {
  const std::string other = directory + "/other";
  ASSERT_TRUE(make_self_signed(other + ".pem", other + ".key"));
  EXPECT_EQ(TlsContext::make(config.certificate_file, other + ".key").error().code, Errc::unavailable);
  EXPECT_EQ(make_self_signed(directory + "/no/such", directory + "/no/key").error().code, Errc::unavailable);
}

}  // namespace
}  // namespace chatika::net::testing
