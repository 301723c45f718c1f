// What must be on the disk: descriptors that close themselves, and reads, writes and syncs that are whole or
// have failed. A failure is `false` or nothing, and errno says why: each caller words its own error, since
// only it knows what the file means.
#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace chatika {

// Owns a descriptor; a lock on it goes with it. Negative: nothing is open.
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&&) = delete;
  ~Fd();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// Where a file of this path lies; "." for a bare name.
std::string directory_of(const std::string& path);

// Makes names that were added or removed in it outlast a loss of power.
bool sync_directory(const std::string& directory);

// Makes it and what is missing above it, for this user alone (0700), and syncs each new name.
bool make_directories(const std::string& directory);

// From `at` to the end.
std::optional<std::string> read_all(int fd, off_t at = 0);

// At the descriptor's own place. Not synced.
bool write_all(int fd, std::string_view bytes);

// A new file of this user alone (0600), whole and synced, or none: an existing one is not touched (EEXIST).
bool write_new_file(const std::string& path, std::string_view bytes);

}  // namespace chatika
