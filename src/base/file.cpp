#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace chatika {

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

std::string directory_of(const std::string& path) {
  auto parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

bool sync_directory(const std::string& directory) {
  const Fd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.is_open() && ::fsync(fd.get()) == 0;
}

bool make_directories(const std::string& directory) {
  std::error_code ignored;
  if (std::filesystem::is_directory(directory, ignored)) return true;
  const auto parent = directory_of(directory);
  if (parent != directory && !make_directories(parent)) return false;
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return false;
  return sync_directory(parent);
}

std::optional<std::string> read_all(int fd, off_t at) {
  std::string out;
  std::string part(std::size_t{1} << 16, '\0');
  while (true) {
    const auto got = ::pread(fd, part.data(), part.size(), at + static_cast<off_t>(out.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) return out;
    out.append(part, 0, static_cast<std::size_t>(got));
  }
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

bool write_new_file(const std::string& path, std::string_view bytes) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.is_open()) return false;
  // The umask may have taken bits from the mode; it cannot have added any.
  if (::fchmod(fd.get(), 0600) == 0 && write_all(fd.get(), bytes) && ::fsync(fd.get()) == 0) return true;
  const int why = errno;
  ::unlink(path.c_str());
  errno = why;
  return false;
}

}  // namespace chatika
