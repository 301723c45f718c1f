#include "net/tls_probe.hpp"

#include <fcntl.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <thread>

namespace chatika::net {
namespace {

constexpr int kPatienceMs = 5000;

struct Pair {
  int client = -1;
  int server = -1;
  Pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    client = ends[0];
    server = ends[1];
    ::fcntl(server, F_SETFL, O_NONBLOCK);
    const timeval patience{.tv_sec = kPatienceMs / 1000, .tv_usec = 0};
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Pair() {
    if (client >= 0) ::close(client);
    if (server >= 0) ::close(server);
  }
  Pair(const Pair&) = delete;
};

// The server's side until it is done or gives up.
bool serve(TlsContext& context, int descriptor) {
  const auto channel = context.accept(descriptor);
  while (channel != nullptr) {
    const auto step = channel->handshake();
    if (step.state == TlsChannel::State::done) return true;
    if (step.state != TlsChannel::State::wants_read && step.state != TlsChannel::State::wants_write) break;
    pollfd ready{.fd = descriptor,
                 .events = static_cast<short>(step.state == TlsChannel::State::wants_read ? POLLIN : POLLOUT),
                 .revents = 0};
    if (::poll(&ready, 1, kPatienceMs) <= 0) break;
  }
  ::shutdown(descriptor, SHUT_RDWR);
  return false;
}

struct Attempt {
  bool agreed = false;
  std::string cipher;
};
Result<Attempt> attempt(TlsContext& context, int newest) {
  const Pair pair;
  if (pair.client < 0) return fail(Errc::unavailable, "no sockets for the probe");
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> client(SSL_CTX_new(TLS_client_method()),
                                                                 &SSL_CTX_free);
  if (!client) return fail(Errc::unavailable, "no client for the probe");
  SSL_CTX_set_verify(client.get(), SSL_VERIFY_NONE,
                     nullptr);  // who it is matters elsewhere; here, what it speaks
  if (SSL_CTX_set_max_proto_version(client.get(), newest) != 1)
    return fail(Errc::unavailable, "no client for the probe");
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(client.get()), &SSL_free);
  if (!ssl || SSL_set_fd(ssl.get(), pair.client) != 1)
    return fail(Errc::unavailable, "no client for the probe");
  bool served = false;
  std::thread server([&] { served = serve(context, pair.server); });
  Attempt out;
  out.agreed = SSL_connect(ssl.get()) == 1;
  if (out.agreed) out.cipher = SSL_get_cipher_name(ssl.get());
  if (!out.agreed) ::shutdown(pair.client, SHUT_RDWR);
  server.join();
  out.agreed = out.agreed && served;
  return out;
}

}  // namespace

Result<TlsProbe> probe_tls(TlsContext& context) {
  const auto old = TRY(attempt(context, TLS1_2_VERSION));
  auto current = TRY(attempt(context, TLS1_3_VERSION));
  return TlsProbe{
      .accepts_tls12 = old.agreed, .accepts_tls13 = current.agreed, .cipher = std::move(current.cipher)};
}

}  // namespace chatika::net
