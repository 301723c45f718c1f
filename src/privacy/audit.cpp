#include "privacy/audit.hpp"

#include "crypto/crypto.hpp"
#include "privacy/privacy_store.hpp"

namespace chatika::privacy {
namespace {

void append_number(std::string& out, std::int64_t n) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(n) >> shift & 0xff);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

// SHA-256 of: previous hash (empty for the first row), seq and at as big-endian 64 bits, then actor,
// operation and detail, each with its length before it.
std::string chain_hash(std::string_view previous, std::int64_t seq, const AuditEntry& entry) {
  std::string bytes;
  bytes.reserve(previous.size() + 64 + entry.actor.size() + entry.operation.size() + entry.detail.size());
  bytes += previous;
  append_number(bytes, seq);
  append_number(bytes, to_micros(entry.at));
  append_text(bytes, entry.actor);
  append_text(bytes, entry.operation);
  append_text(bytes, entry.detail);
  const auto hash = crypto::sha256(bytes);
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

void append_audit(db::Tx& tx, const AuditEntry& entry) {
  const auto head = store::audit_head(tx);
  const auto seq = head.seq + 1;
  store::insert_audit(tx, seq, entry, chain_hash(head.hash, seq, entry));
}

AuditVerdict verify_audit(db::Tx& tx) {
  AuditVerdict verdict;
  std::string previous;
  store::each_audit(tx, [&](std::int64_t seq, const AuditEntry& entry, std::string_view hash) {
    if (seq != verdict.rows + 1 || hash != chain_hash(previous, seq, entry)) {
      verdict.first_bad = seq;
      return false;
    }
    previous = hash;
    ++verdict.rows;
    return true;
  });
  return verdict;
}

}  // namespace chatika::privacy
