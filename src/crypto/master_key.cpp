#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/file.hpp"
#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {

std::unexpected<Error> refuse(const std::string& path, std::string_view why) {
  return fail(Errc::internal, fmt::format("master key {}: {}", path, why));
}
std::unexpected<Error> refuse_errno(const std::string& path, std::string_view what) {
  return refuse(path, fmt::format("{}: {}", what, std::strerror(errno)));
}

// One read decides: the checks are made on the open file, not on a name that could change meanwhile.
Result<std::optional<Key>> read_key(const std::string& path) {
  // O_NONBLOCK: a named pipe put there must not hold the start up.
  const Fd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open()) {
    if (errno == ENOENT) return std::optional<Key>();
    if (errno == ELOOP) return refuse(path, "is a symbolic link; it must be the file itself");
    return refuse_errno(path, "cannot open");
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return refuse_errno(path, "cannot stat");
  if (!S_ISREG(status.st_mode)) return refuse(path, "is not a regular file");
  if ((status.st_mode & 077U) != 0)
    return refuse(path, fmt::format("mode {:04o} lets others at it; chmod 600, and if others could read it, "
                                    "treat it as known to them",
                                    status.st_mode & 07777U));
  if (status.st_size != static_cast<off_t>(Key::kBytes))
    return refuse(path, fmt::format("is {} bytes long, not {}; restore it from your copy", status.st_size,
                                    Key::kBytes));
  std::string bytes(Key::kBytes, '\0');
  const ssize_t got = ::read(file.get(), bytes.data(), bytes.size());
  if (got != static_cast<ssize_t>(bytes.size())) return refuse(path, "cannot be read whole");
  auto key = Key::from_bytes(bytes);
  detail::wipe(bytes);
  return std::optional<Key>(TRY(std::move(key)));
}

Result<void> create_key(const std::string& path) {
  if (!make_directories(directory_of(path))) return refuse_errno(path, "cannot make its directory");
  // Whole and on the disk before it gets its name.
  const std::string temporary = fmt::format("{}.new-{}", path, to_string(new_uuid()));
  const auto key = Key::fresh();
  const auto bytes = key.bytes();
  if (!write_new_file(temporary, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}))
    return refuse_errno(path, "cannot be written");
  // link() never replaces: of processes started together one gives the name, the others read its key.
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int link_error = errno;
  ::unlink(temporary.c_str());
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
