// The anchor file of checkpoint.hpp.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "privacy/checkpoint.hpp"

namespace chatika::privacy {
namespace {

constexpr off_t kTail = 64 << 10;  // read before appending: holds the last lines of every lane

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

std::unexpected<Error> refuse(const std::string& path, std::string_view what) {
  return fail(Errc::unavailable,
              std::string(what) + " " + path + ": " + std::system_category().message(errno));
}

Result<std::string> read_from(const File& file, off_t at, const std::string& path) {
  std::string out;
  std::string part(std::size_t{1} << 16, '\0');
  while (true) {
    const auto got = ::pread(file.fd(), part.data(), part.size(), at + static_cast<off_t>(out.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse(path, "cannot read");
    if (got == 0) return out;
    out.append(part, 0, static_cast<std::size_t>(got));
  }
}

template <class F>
void each_line(std::string_view text, F f) {
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    f(text.substr(0, end));
}

bool sync_directory(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return file.is_open() && ::fsync(file.fd()) == 0;
}

Result<void> make_directory(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return {};
  const auto parent = std::filesystem::path(path).parent_path().string();
  if (!parent.empty()) CHECK(make_directory(parent));
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return refuse(path, "cannot make");
  if (!sync_directory(parent.empty() ? "." : parent)) return refuse(parent, "cannot sync");
  return {};
}

Result<void> write_all(const File& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const auto put = ::write(file.fd(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return refuse(path, "cannot write");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fsync(file.fd()) != 0) return refuse(path, "cannot sync");
  return {};
}

bool has(const std::vector<Checkpoint>& known, const Checkpoint& c) {
  return std::ranges::any_of(
      known, [&](const Checkpoint& k) { return k.lane == c.lane && k.kind == c.kind && k.seq >= c.seq; });
}

}  // namespace

std::string Anchor::path(TenantId tenant) const {
  return directory_ + "/" + to_string(tenant) + ".jsonl";
}

Result<std::vector<Checkpoint>> Anchor::read(TenantId tenant) const {
  const auto name = path(tenant);
  const File file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::vector<Checkpoint> out;
  if (!file.is_open())
    return errno == ENOENT ? Result<std::vector<Checkpoint>>(out) : refuse(name, "cannot open");
  const auto text = TRY(read_from(file, 0, name));
  std::size_t number = 0, bad = 0;
  each_line(text, [&](std::string_view line) {
    ++number;
    if (line.empty()) return;
    auto read = read_line(tenant, line);
    if (read)
      out.push_back(std::move(*read));
    else if (bad == 0)
      bad = number;
  });
  if (bad != 0) return fail(Errc::invalid, name + ": line " + std::to_string(bad) + " is damaged");
  return out;
}

Result<void> Anchor::append(TenantId tenant, const std::vector<Checkpoint>& checkpoints) const {
  CHECK(make_directory(directory_));
  const auto name = path(tenant);
  struct stat status{};
  const bool fresh = ::stat(name.c_str(), &status) != 0;
  const File file(::open(name.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open() || ::fstat(file.fd(), &status) != 0) return refuse(name, "cannot open");
  const auto tail = TRY(read_from(file, std::max<off_t>(0, status.st_size - kTail), name));
  std::vector<Checkpoint> known;
  each_line(tail, [&](std::string_view line) {  // the first may be cut in two: it says nothing then
    if (auto read = read_line(tenant, line)) known.push_back(std::move(*read));
  });
  std::string lines;
  for (const auto& c : checkpoints)
    if (!has(known, c)) lines += write_line(tenant, c) + "\n";
  if (lines.empty()) return {};
  // After a line torn by a crash a new one begins; the torn one becomes a damaged line of its own, so it is
  // cut off.
  if (!tail.empty() && tail.back() != '\n') {
    const auto torn = tail.size() - (tail.rfind('\n') + 1);
    if (::ftruncate(file.fd(), status.st_size - static_cast<off_t>(torn)) != 0)
      return refuse(name, "cannot mend");
  }
  CHECK(write_all(file, lines, name));
  if (fresh && !sync_directory(directory_)) return refuse(directory_, "cannot sync");
  return {};
}

}  // namespace chatika::privacy
