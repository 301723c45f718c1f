// Handing a message to a mail server. libcurl's only place.
//
// Refuses: to talk to a server whose certificate does not fit, to send a password or a message in the clear
// (except to the loopback, for a relay on the same machine), to follow a proxy of the environment.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace chatika::notify {

// What came of one attempt.
struct Reply {
  enum class Kind {
    accepted,
    refused,      // 5xx to this sender, recipient or message: trying again is of no use
    deferred,     // 4xx, or 5xx to us ourselves (sign-in)
    unreachable,  // no connection, or it was lost: the message may have been accepted
    untrusted,    // no TLS, or a certificate that does not fit
    timed_out,
    stopped,  // the program stops
  };
  Kind kind = Kind::unreachable;
  int code = 0;  // last SMTP reply, 0 when there was none
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Blocks, for less than jobs::kLease. Thread-safe. `from` and `to` have passed is_address.
  virtual Reply send(const std::string& from, const std::string& to, const std::string& message) = 0;
  // Lets running and later sends end at once with Reply::Kind::stopped.
  virtual void hurry() {}
};

struct SmtpConfig {
  enum class Security { starttls, tls, plain };
  std::string host;
  int port = 587;
  Security security = Security::starttls;
  std::string user;  // empty: no sign-in
  std::string password;
  std::string ca_file;  // PEM; empty: the system's
  std::string hello;    // how we introduce ourselves: a domain
  std::chrono::milliseconds connect_timeout{20'000};
  std::chrono::milliseconds timeout{90'000};  // of the whole attempt
};

std::unique_ptr<Transport> smtp_transport(SmtpConfig config);

}  // namespace chatika::notify
