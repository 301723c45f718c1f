// The anchor file of checkpoint.hpp.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/file.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::privacy {
namespace {

constexpr off_t kTail = 64 << 10;  // read before appending: holds the last lines of every lane

std::unexpected<Error> refuse(const std::string& path, std::string_view what) {
  return fail(Errc::unavailable,
              std::string(what) + " " + path + ": " + std::system_category().message(errno));
}

template <class F>
void each_line(std::string_view text, F f) {
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    f(text.substr(0, end));
}

// Not "one as high": after a restore the chain goes on below what the file knows, and must be vouched for all the same.
bool has(const std::vector<Checkpoint>& known, const Checkpoint& c) {
  return std::ranges::find(known, c) != known.end();
}

}  // namespace

std::string Anchor::path(TenantId tenant) const {
  return directory_ + "/" + to_string(tenant) + ".jsonl";
}

Result<std::vector<Checkpoint>> Anchor::read(TenantId tenant) const {
  const auto name = path(tenant);
  const Fd file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::vector<Checkpoint> out;
  if (!file.is_open())
    return errno == ENOENT ? Result<std::vector<Checkpoint>>(out) : refuse(name, "cannot open");
  const auto text = read_all(file.get());
  if (!text) return refuse(name, "cannot read");
  std::size_t number = 0, bad = 0;
  each_line(*text, [&](std::string_view line) {
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
  if (!make_directories(directory_)) return refuse(directory_, "cannot make");
  const auto name = path(tenant);
  struct stat status{};
  const bool fresh = ::stat(name.c_str(), &status) != 0;
  const Fd file(::open(name.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) return refuse(name, "cannot open");
  const auto tail = read_all(file.get(), std::max<off_t>(0, status.st_size - kTail));
  if (!tail) return refuse(name, "cannot read");
  std::vector<Checkpoint> known;
  each_line(*tail, [&](std::string_view line) {  // the first may be cut in two: it says nothing then
    if (auto read = read_line(tenant, line)) known.push_back(std::move(*read));
  });
  std::string lines;
  for (const auto& c : checkpoints)
    if (!has(known, c)) lines += write_line(tenant, c) + "\n";
  if (lines.empty()) return {};
  // After a line torn by a crash a new one begins; the torn one becomes a damaged line of its own, so it is
  // cut off.
  if (!tail->empty() && tail->back() != '\n') {
    const auto torn = tail->size() - (tail->rfind('\n') + 1);
    if (::ftruncate(file.get(), status.st_size - static_cast<off_t>(torn)) != 0)
      return refuse(name, "cannot mend");
  }
  if (!write_all(file.get(), lines) || ::fsync(file.get()) != 0) return refuse(name, "cannot write");
  if (fresh && !sync_directory(directory_)) return refuse(directory_, "cannot sync");
  return {};
}

}  // namespace chatika::privacy
