// TLS 1.3 on a non-blocking socket. OpenSSL stays behind this header, and sockets stay in front of it: a
// channel works on the descriptor itself. asio::ssl would add two copies and 34 KiB of buffers to every idle
// connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace chatika::net {

// One connection's TLS. Used by one thread at a time; the descriptor is borrowed and must outlive it.
class TlsChannel {
 public:
  enum class State { done, wants_read, wants_write, closed, failed };
  struct Step {
    State state = State::failed;
    std::size_t bytes = 0;
  };

  virtual ~TlsChannel() = default;
  virtual Step handshake() = 0;
  virtual Step read(void* data, std::size_t size) = 0;
  // May take only a part. After wants_* the next call must offer the same bytes, wherever they are by then.
  virtual Step write(const void* data, std::size_t size) = 0;
  // Says goodbye (close_notify) if that is possible at once.
  virtual void shutdown() = 0;
};

class TlsContext {
 public:
  static Result<std::unique_ptr<TlsContext>> make(const std::string& certificate_file,
                                                  const std::string& key_file);
  virtual ~TlsContext() = default;
  [[nodiscard]] virtual std::unique_ptr<TlsChannel> accept(
      int descriptor) = 0;  // nullptr when memory is short
};

}  // namespace chatika::net
