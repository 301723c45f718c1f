// Tries a TLS context as a client would: for `chatika prove`.
#pragma once

#include <string>

#include "base/result.hpp"
#include "net/tls.hpp"

namespace chatika::net {

struct TlsProbe {
  bool accepts_tls12 = false;
  bool accepts_tls13 = false;
  std::string cipher;  // agreed under TLS 1.3
};
// Handshakes over a pair of local sockets, with a client that offers at most TLS 1.2 and with a current one.
Result<TlsProbe> probe_tls(TlsContext& context);

}  // namespace chatika::net
