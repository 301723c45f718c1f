// The one file of net that knows OpenSSL.
#include "net/tls.hpp"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <utility>

#include "net/server.hpp"

namespace chatika::net {
namespace {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* p) const {
    Free(p);
  }
};
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Ssl = std::unique_ptr<SSL, Freer<SSL_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Freer<std::fclose>>;

class Channel final : public TlsChannel {
 public:
  explicit Channel(Ssl ssl) : ssl_(std::move(ssl)) {}

  Step handshake() override {
    return step(run([this] { return SSL_accept(ssl_.get()); }), 0);
  }

  Step read(void* data, std::size_t size) override {
    std::size_t bytes = 0;
    const int code = run([&] { return SSL_read_ex(ssl_.get(), data, size, &bytes); });
    return step(code, bytes);
  }

  Step write(const void* data, std::size_t size) override {
    std::size_t bytes = 0;
    const int code = run([&] { return SSL_write_ex(ssl_.get(), data, size, &bytes); });
    return step(code, bytes);
  }

  void shutdown() override {
    if (!broken_ && SSL_is_init_finished(ssl_.get())) run([this] { return SSL_shutdown(ssl_.get()); });
  }

 private:
  template <class Call>
  static int run(Call call) {
    ERR_clear_error();  // the queue is the thread's, and SSL_get_error would believe another connection's
                        // errors
    return call();
  }

  Step step(int code, std::size_t bytes) {
    if (code > 0) return {State::done, bytes};
    switch (SSL_get_error(ssl_.get(), code)) {
      case SSL_ERROR_WANT_READ:
        return {State::wants_read, 0};
      case SSL_ERROR_WANT_WRITE:
        return {State::wants_write, 0};
      case SSL_ERROR_ZERO_RETURN:
        return {State::closed, 0};
      default:
        broken_ = true;
        return {State::failed, 0};  // SSL_shutdown must not be called any more
    }
  }

  Ssl ssl_;
  bool broken_ = false;
};

// Only HTTP/1.1 is spoken here. A client that insists on something else is turned away: a certificate valid
// for two protocols must not serve the wrong one (RFC 7301 3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned in_size, void*) {
  constexpr std::string_view kHttp = "http/1.1";
  for (unsigned at = 0; at < in_size && at + in[at] < in_size; at += 1U + in[at]) {
    if (std::string_view(reinterpret_cast<const char*>(in + at + 1), in[at]) == kHttp) {
      *out = in + at + 1;
      *out_size = in[at];
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

class OpenSslContext final : public TlsContext {
 public:
  explicit OpenSslContext(Context context) : context_(std::move(context)) {}

  std::unique_ptr<TlsChannel> accept(int descriptor) override {
    Ssl ssl(SSL_new(context_.get()));
    if (!ssl || SSL_set_fd(ssl.get(), descriptor) != 1) return nullptr;
    SSL_set_accept_state(ssl.get());
    return std::make_unique<Channel>(std::move(ssl));
  }

 private:
  Context context_;
};

bool add_extension(X509* certificate, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

Certificate self_signed(EVP_PKEY* key) {
  constexpr long kDays = 825;  // the longest that browsers take from a private authority
  constexpr long kDay = 24L * 60 * 60;
  Certificate certificate(X509_new());
  std::uint64_t serial = 0;
  if (!certificate || RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1)
    return nullptr;
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -kDay);  // clocks differ
  X509_gmtime_adj(X509_getm_notAfter(x), (kDays - 1) * kDay);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  const bool made = X509_set_issuer_name(x, name) == 1 && X509_set_pubkey(x, key) == 1 &&
                    add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(x, NID_key_usage, "critical,digitalSignature") &&
                    add_extension(x, NID_ext_key_usage, "serverAuth") &&
                    add_extension(x, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1") &&
                    X509_sign(x, key, EVP_sha256()) != 0;
  return made ? std::move(certificate) : nullptr;
}

// Written beside and moved into place, so that a crash leaves no half file.
template <class Write>
bool write_file(const std::string& path, mode_t mode, Write write) {
  const std::string draft = path + ".new";
  ::unlink(draft.c_str());
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) return false;
  File file(::fdopen(descriptor, "w"));
  if (!file || !write(file.get()) || std::fflush(file.get()) != 0 || ::fsync(descriptor) != 0) return false;
  return std::rename(draft.c_str(), path.c_str()) == 0;
}

}  // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::make(const std::string& certificate_file,
                                                     const std::string& key_file) {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context) return fail(Errc::internal, "TLS context");
  SSL_CTX* c = context.get();
  SSL_CTX_set_min_proto_version(c, TLS1_3_VERSION);
  SSL_CTX_set_mode(
      c, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // HTTP knows where a message ends; a peer that leaves without close_notify has merely gone.
  SSL_CTX_set_options(c, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);  // tickets only: no memory for clients that are away
  SSL_CTX_set_alpn_select_cb(c, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(c, certificate_file.c_str()) != 1) {
    return fail(Errc::unavailable, "cannot read the TLS certificate " + certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(c, key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(c) != 1) {
    return fail(Errc::unavailable, "cannot read the TLS key, or it is not the certificate's: " + key_file);
  }
  // OpenSSL writes to the descriptor with write(2): a peer that has gone must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
  return std::make_unique<OpenSslContext>(std::move(context));
}

Result<void> make_self_signed(const std::string& certificate_file, const std::string& key_file) {
  if (::access(certificate_file.c_str(), R_OK) == 0 && ::access(key_file.c_str(), R_OK) == 0) return {};
  const Key key(EVP_EC_gen("P-256"));
  if (!key) return fail(Errc::internal, "no key for the certificate");
  const Certificate certificate = self_signed(key.get());
  if (!certificate) return fail(Errc::internal, "no self-made certificate");
  constexpr mode_t kOwner = 0600;
  constexpr mode_t kEverybody = 0644;
  const bool written =
      write_file(key_file, kOwner,
                 [&](std::FILE* f) {
                   return PEM_write_PrivateKey(f, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
                 }) &&
      write_file(certificate_file, kEverybody,
                 [&](std::FILE* f) { return PEM_write_X509(f, certificate.get()) == 1; });
  if (!written) return fail(Errc::unavailable, "cannot write " + certificate_file + " and " + key_file);
  return {};
}

}  // namespace chatika::net
