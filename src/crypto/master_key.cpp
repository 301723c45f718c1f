#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::unexpected<Error> refuse(const std::string& path, std::string_view why) {
  return fail(Errc::internal, fmt::format("master key {}: {}", path, why));
}
std::unexpected<Error> refuse_errno(const std::string& path, std::string_view what) {
  return refuse(path, fmt::format("{}: {}", what, std::strerror(errno)));
}

// "" stands for the directory we are in.
std::string directory_of(const std::string& path) {
  auto parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

bool sync_directory(const std::string& directory) {
  const File file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return file.is_open() && ::fsync(file.fd()) == 0;
}

Result<void> make_directory(const std::string& path, const std::string& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return {};
  const std::string parent = directory_of(directory);
  if (parent != directory) CHECK(make_directory(path, parent));
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    return refuse_errno(path, "cannot make its directory");
  if (!sync_directory(parent)) return refuse_errno(path, "cannot sync the directory above");
  return {};
}

// One read decides: the checks are made on the open file, not on a name that could change meanwhile.
Result<std::optional<Key>> read_key(const std::string& path) {
  // O_NONBLOCK: a named pipe put there must not hold the start up.
  const File file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) {
    if (errno == ENOENT) return std::optional<Key>();
    if (errno == ELOOP) return refuse(path, "is a symbolic link; it must be the file itself");
    return refuse_errno(path, "cannot open");
  }
  struct stat status{};
  if (::fstat(file.fd(), &status) != 0) return refuse_errno(path, "cannot stat");
  if (!S_ISREG(status.st_mode)) return refuse(path, "is not a regular file");
  if ((status.st_mode & 077U) != 0)
    return refuse(path, fmt::format("mode {:04o} lets others at it; chmod 600, and if others could read it, "
                                    "treat it as known to them",
                                    status.st_mode & 07777U));
  if (status.st_size != static_cast<off_t>(Key::kBytes))
    return refuse(path, fmt::format("is {} bytes long, not {}; restore it from your copy", status.st_size,
                                    Key::kBytes));
  std::string bytes(Key::kBytes, '\0');
  const ssize_t got = ::read(file.fd(), bytes.data(), bytes.size());
  if (got != static_cast<ssize_t>(bytes.size())) return refuse(path, "cannot be read whole");
  auto key = Key::from_bytes(bytes);
  detail::wipe(bytes);
  return std::optional<Key>(TRY(std::move(key)));
}

// A file of its own, written whole and on the disk before it gets its name.
Result<void> write_key(const std::string& path, const std::string& temporary, const Key& key) {
  const File file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) return refuse_errno(path, "cannot be made");
  const auto bytes = key.bytes();
  // The umask may have taken bits from the mode; it cannot have added any.
  if (::fchmod(file.fd(), 0600) != 0 ||
      ::write(file.fd(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
      ::fsync(file.fd()) != 0)
    return refuse_errno(path, "cannot be written");
  return {};
}

Result<void> create_key(const std::string& path) {
  CHECK(make_directory(path, directory_of(path)));
  const std::string temporary = fmt::format("{}.new-{}", path, to_string(new_uuid()));
  const auto written = write_key(path, temporary, Key::fresh());
  // link() never replaces: of processes started together one gives the name, the others read its key.
  const bool linked = written && ::link(temporary.c_str(), path.c_str()) == 0;
  const int link_error = errno;
  ::unlink(temporary.c_str());
  if (!written) return fail(written.error());
  if (!linked && link_error != EEXIST)
    return refuse(path, fmt::format("cannot be put in place: {}", std::strerror(link_error)));
  return {};
}

}  // namespace

Result<Key> load_master_key(const std::string& path) {
  auto key = TRY(read_key(path));
  if (!key) return refuse(path, "is not there");
  return std::move(*key);
}

Result<Key> load_or_create_master_key(const std::string& path) {
  auto found = TRY(read_key(path));
  if (found) {
    // Whoever made it may have been stopped before the name was on the disk. On a read-only disk (systemd
    // credentials) there is nothing to sync and the refusal means nothing.
    static_cast<void>(sync_directory(directory_of(path)));
    return std::move(*found);
  }
  CHECK(create_key(path));
  // Nothing may be sealed with a key whose name could be gone after a loss of power.
  if (!sync_directory(directory_of(path))) return refuse_errno(path, "cannot sync its directory");
  return load_master_key(path);
}

}  // namespace chatika::crypto
