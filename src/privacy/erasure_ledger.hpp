// Who was erased, kept apart from the data and its backups: one file of JSON lines a tenant, each line bound to the one
// before by a keyed hash, so that lines cannot be edited, taken out or put in. Pseudonyms only. The first line only says that the
// ledger has begun: it is there before anybody is erased, so that data put back without their ledger are not taken for those of
// a business that has erased nobody.
//
// An entry is on the disk before the data changes: a restored backup is behind the ledger and is not served until it has
// followed it.
//
// Refuses: a file that is shorter than the data says, or whose chain is broken. A half-written last line (the program was
// killed while it wrote) never counted and is cut off by the next append.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "crypto/crypto.hpp"
#include "json/types.hpp"

namespace chatika::privacy {

enum class ErasureReason {
  withdrawn,  // consent was withdrawn (152-FZ art. 21(5))
  expired,    // the purpose is reached, the period is over (21(4))
  request,    // the person demanded it (20(3), 21(5.1))
  unlawful,   // processing that cannot be made lawful (21(3))
};
CHATIKA_JSON_ENUM(ErasureReason, withdrawn, expired, request, unlawful)

struct LedgerEntry {
  std::int64_t seq = 0;
  Time at;
  Uuid erasure;
  SubjectId subject;
  ErasureReason reason = ErasureReason::request;
  std::vector<std::string> kept;  // keys of the fields that stayed; empty: everything went
  std::optional<Time> visit;      // some stayed for a booking that ends then
  std::string act;                // SHA-256 of the act, hex
};
CHATIKA_JSON(LedgerEntry, seq, at, erasure, subject, reason, kept, visit, act)

struct LedgerHead {
  std::int64_t seq = 0;
  std::string mac;  // "" in data that have not begun to follow a ledger
  [[nodiscard]] bool begun() const { return !mac.empty(); }
  bool operator==(const LedgerHead&) const = default;
};

class ErasureLedger {
 public:
  // `path` empty: there is none, nothing can be erased. The directory is made (0700) with the beginning.
  ErasureLedger(std::string path, crypto::Key key) : path_(std::move(path)), key_(std::move(key)) {}

  struct After {
    std::vector<LedgerEntry> entries;  // past `head`, in order
    LedgerHead head;                   // of the file
  };
  // Reads and checks the whole file. Errc::unavailable with a cause for the operator: missing, shorter than `head`, not
  // the file this data followed, broken at a line.
  [[nodiscard]] Result<After> after(const LedgerHead& head) const;
  // The ledger's head, for data that have not begun to follow it; makes the file when there is none.
  Result<LedgerHead> begin();
  // Numbers the entries from `head` (which must be the file's), writes and syncs them; returns the new head.
  Result<LedgerHead> append(const LedgerHead& head, std::vector<LedgerEntry>& entries);
  [[nodiscard]] bool exists() const { return !path_.empty(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  [[nodiscard]] std::string line(const LedgerEntry& entry, LedgerHead& head) const;
  [[nodiscard]] std::string sealed(std::string_view text, LedgerHead& head) const;

  std::string path_;
  crypto::Key key_;
  // What the last look at the file found: an append to an unchanged file need not read it again.
  mutable LedgerHead known_;
  mutable std::int64_t known_bytes_ = -1;
};

}  // namespace chatika::privacy
