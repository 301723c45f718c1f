#include "privacy/audit.hpp"

#include <algorithm>
#include <stdexcept>

#include "crypto/crypto.hpp"
#include "privacy/audit_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::int64_t kFormat = 2;
// Two processes with one node number (a command beside the server) take turns at the head of the lane.
constexpr int kAttempts = 20;
constexpr std::size_t kIdBytes = 16;

void append_number(std::string& out, std::int64_t n) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(n) >> shift & 0xff);
}

void append_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

std::string sha256(std::string_view bytes) {
  const auto hash = crypto::sha256(bytes);
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// Nil for the system.
Uuid actor_id(std::string_view actor) {
  const auto colon = actor.find(':');
  return colon == std::string_view::npos ? Uuid{} : parse_uuid(actor.substr(colon + 1)).value_or(Uuid{});
}

std::string bytes_of(std::vector<SubjectId> subjects) {
  std::ranges::sort(subjects);
  const auto repeated = std::ranges::unique(subjects);
  subjects.erase(repeated.begin(), repeated.end());
  std::string out;
  for (const auto& id : subjects) out += id.view();
  return out;
}

}  // namespace

std::string chain_hash(std::string_view previous, const AuditRow& row) {
  thread_local std::string bytes;  // the hash is made for every operation and, verifying, for every row
  bytes.clear();
  if (row.format != 1) bytes += "chatika audit 2";
  bytes += previous;
  append_number(bytes, row.seq);
  append_number(bytes, to_micros(row.at));
  append_text(bytes, row.actor);
  append_text(bytes, row.operation);
  append_text(bytes, row.detail);
  if (row.format != 1) {
    append_text(bytes, row.from);
    append_text(bytes, row.subjects);
  }
  return sha256(bytes);
}

std::string genesis(TenantId tenant, std::int64_t lane) {
  std::string bytes = "chatika audit genesis";
  bytes += tenant.view();
  append_number(bytes, lane);
  return sha256(bytes);
}

std::vector<SubjectId> subjects_of(const AuditRow& row) {
  std::vector<SubjectId> out;
  for (std::size_t at = 0; at + kIdBytes <= row.subjects.size(); at += kIdBytes)
    out.emplace_back(*uuid_from_bytes(std::string_view(row.subjects).substr(at, kIdBytes)));
  return out;
}

void append_audit(db::Tx& tx, const AuditEntry& entry) {
  AuditRow row{.lane = tx.node(),
               .format = kFormat,
               .at = entry.at,
               .actor = entry.actor,
               .operation = entry.operation,
               .detail = entry.detail,
               .from = entry.from,
               .subjects = bytes_of(entry.subjects)};
  bool written = false;
  for (int i = 0; i < kAttempts && !written; ++i) {
    const auto head = store::audit_head(tx, row.lane);
    row.seq = head.seq + 1;
    row.hash = chain_hash(head.seq == 0 ? genesis(tx.tenant(), row.lane) : head.hash, row);
    written = store::insert_audit(tx, row);
  }
  if (!written) throw std::runtime_error("audit: another process of this node's number holds the lane");
  const auto actor = actor_id(entry.actor);
  if (!row.subjects.empty() && row.subjects != actor.view())
    store::index_subjects(tx, row.lane, row.seq, actor);
}

std::vector<AuditRow> search_audit(db::Tx& tx, const AuditSearch& search) {
  if (search.subject) return store::audit_by_subject(tx, *search.subject, search);
  if (!search.actor.empty()) return store::audit_by_actor(tx, search.actor, search);
  return store::audit_by_time(tx, search);
}

std::vector<AuditRow> looked_at(db::Tx& tx, SubjectId subject, const AuditSearch& search) {
  return store::audit_about(tx, subject, search);
}

}  // namespace chatika::privacy
