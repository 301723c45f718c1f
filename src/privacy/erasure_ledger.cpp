#include "privacy/erasure_ledger.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/file.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy {
namespace {

constexpr std::size_t kMacHex = 64;
constexpr std::string_view kBeginning = R"({"ledger":1})";
constexpr std::int64_t kMostBytes = std::int64_t{1} << 32;

std::unexpected<Error> bad(const std::string& path, const std::string& what) {
  return fail(Errc::unavailable, "erasure ledger " + path + ": " + what);
}
std::string because() {
  return std::system_category().message(errno);
}

Result<std::string> read_ledger(int fd, const std::string& path) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return bad(path, because());
  if (info.st_size > kMostBytes) return bad(path, "too large");
  auto text = read_all(fd);
  if (!text) return bad(path, because());
  return std::move(*text);
}

}  // namespace

// `{"seq":…} <mac>\n`: the mac covers the one before and the entry.
std::string ErasureLedger::line(const LedgerEntry& entry, LedgerHead& head) const {
  head.seq = entry.seq;
  return sealed(json::write(entry), head);
}

std::string ErasureLedger::sealed(std::string_view text, LedgerHead& head) const {
  const auto mac = crypto::hmac(key_, head.mac + std::string(text));
  head.mac = crypto::hex({reinterpret_cast<const char*>(mac.data()), mac.size()});
  return std::string(text) + " " + head.mac + "\n";
}

Result<ErasureLedger::After> ErasureLedger::after(const LedgerHead& head) const {
  After out;
  if (path_.empty()) {
    if (head.seq > 0) return fail(Errc::unavailable, "people were erased, but no erasure ledger is configured");
    return out;
  }
  const Fd fd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (fd.get() < 0 && errno != ENOENT) return bad(path_, because());
  struct stat info {};
  if (fd.get() >= 0 && known_bytes_ >= 0 && known_ == head && head.begun() && ::fstat(fd.get(), &info) == 0 &&
      info.st_size == known_bytes_) {
    out.head = head;  // nobody has written since it was read whole
    return out;
  }
  if (fd.get() < 0 && head.begun())
    return bad(path_, "is missing, but the data has followed it to entry " + std::to_string(head.seq) +
                          "; put it back beside the data");
  const auto text = fd.get() < 0 ? std::string() : TRY(read_ledger(fd.get(), path_));
  std::string_view rest = text;
  LedgerHead begun;
  if (const auto first = sealed(kBeginning, begun); rest.starts_with(first)) {
    out.head = begun;
    rest.remove_prefix(first.size());
  }
  bool met = head.seq == 0 && (!head.begun() || head == out.head);
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    const auto whole = rest.substr(0, end + 1);
    const auto number = std::to_string(out.head.seq + 1);
    if (end <= kMacHex + 1) return bad(path_, "is broken at entry " + number);
    const auto entry = json::read<LedgerEntry>(whole.substr(0, end - kMacHex - 1));
    if (!entry || entry->seq != out.head.seq + 1) return bad(path_, "is broken at entry " + number);
    if (line(*entry, out.head) != whole) return bad(path_, "is broken at entry " + number);
    if (met) out.entries.push_back(*entry);
    if (entry->seq == head.seq) {
      if (out.head.mac != head.mac) return bad(path_, "is not the one this data has followed");
      met = true;
    }
    rest.remove_prefix(end + 1);
  }
  if (!met)
    return bad(path_, "ends at entry " + std::to_string(out.head.seq) + ", but the data has followed it to entry " +
                          std::to_string(head.seq) + "; put the newer one back");
  known_ = out.head;
  known_bytes_ = static_cast<std::int64_t>(text.size() - rest.size());
  return out;
}

Result<LedgerHead> ErasureLedger::begin() {
  if (path_.empty()) return LedgerHead{};
  const auto found = TRY(after({}));
  if (found.head.begun()) return found.head;
  LedgerHead head;
  const auto text = sealed(kBeginning, head);
  if (!make_directories(directory_of(path_))) return bad(path_, because());
  // In one step: a ledger is there whole or not at all.
  const auto made = path_ + ".new";
  const Fd fd(::open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() < 0 || !write_all(fd.get(), text) || ::fsync(fd.get()) != 0 ||
      ::rename(made.c_str(), path_.c_str()) != 0 || !sync_directory(directory_of(path_)))
    return bad(path_, because());
  return head;
}

Result<LedgerHead> ErasureLedger::append(const LedgerHead& head, std::vector<LedgerEntry>& entries) {
  if (path_.empty()) return fail(Errc::unavailable, "no erasure ledger is configured");
  if (!make_directories(directory_of(path_))) return bad(path_, because());
  const bool fresh = ::access(path_.c_str(), F_OK) != 0;
  const Fd fd(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() < 0) return bad(path_, because());
  if (::flock(fd.get(), LOCK_EX) != 0) return bad(path_, because());  // nodes that share it
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return bad(path_, because());
  if (known_bytes_ != info.st_size || known_ != head) (void)TRY(after(head));
  if (known_ != head) return fail(Errc::conflict, "the erasure ledger has gone on");
  std::string text;
  LedgerHead next = head;
  for (auto& entry : entries) {
    entry.seq = next.seq + 1;
    text += line(entry, next);
  }
  // A torn line of an earlier crash is overwritten and cut.
  if (info.st_size > known_bytes_ && ::ftruncate(fd.get(), known_bytes_) != 0) return bad(path_, because());
  const auto begin = known_bytes_;
  known_bytes_ = -1;  // until it is known to be on the disk
  if (::lseek(fd.get(), begin, SEEK_SET) != begin || !write_all(fd.get(), text) || ::fsync(fd.get()) != 0 ||
      (fresh && !sync_directory(directory_of(path_))))
    return bad(path_, because());
  known_ = next;
  known_bytes_ = begin + static_cast<std::int64_t>(text.size());
  return next;
}

}  // namespace chatika::privacy
