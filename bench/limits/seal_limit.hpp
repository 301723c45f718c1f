// The limit of sealing (T13): what AES-256-GCM costs when nothing else is done.
#pragma once

#include <cstddef>

namespace chatika::bench {

// Nanoseconds a text of `bytes` takes bare OpenSSL, `rounds` of them in one thread: key set-up, encryption,
// tag. No place to authenticate, no new nonce, no memory of its own for the result.
double seal_limit_ns(std::size_t bytes, std::size_t rounds);

}  // namespace chatika::bench
