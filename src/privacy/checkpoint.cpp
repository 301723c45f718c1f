#include "privacy/checkpoint.hpp"

#include <fmt/format.h>

#include "json/write.hpp"
#include "privacy/audit.hpp"
#include "privacy/audit_store.hpp"

namespace chatika::privacy {

struct CheckpointLine {
  std::string checkpoint;  // its kind
  TenantId tenant;
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  std::string hash;
  Time at;
  std::string signature;
};
CHATIKA_JSON(CheckpointLine, checkpoint, tenant, lane, seq, hash, at, signature)

namespace {

std::optional<std::string> unhex(std::string_view digits, std::size_t bytes) {
  if (digits.size() != bytes * 2) return std::nullopt;
  const auto nibble = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = nibble(digits[i]), low = nibble(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high << 4 | low));
  }
  return out;
}

std::string_view chars(const crypto::Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

}  // namespace

std::string_view name(Checkpoint::Kind kind) {
  switch (kind) {
    case Checkpoint::Kind::head:
      return "head";
    case Checkpoint::Kind::floor:
      return "floor";
    case Checkpoint::Kind::loss:
      return "loss";
  }
  return "head";
}

std::string signed_text(TenantId tenant, const Checkpoint& c) {
  return fmt::format("chatika audit checkpoint 1\n{}\n{}\n{}\n{}\n{}\n{}\n", name(c.kind), to_string(tenant),
                     c.lane, c.seq, crypto::hex(c.hash), to_rfc3339(c.at));
}

bool is_genuine(const crypto::PublicKey& key, TenantId tenant, const Checkpoint& c) {
  return crypto::is_signed_by(key, signed_text(tenant, c), c.signature);
}

std::string write_line(TenantId tenant, const Checkpoint& c) {
  return json::write(CheckpointLine{std::string(name(c.kind)), tenant, c.lane, c.seq, crypto::hex(c.hash),
                                    c.at, crypto::hex(c.signature)});
}

Result<Checkpoint> read_line(TenantId tenant, std::string_view line) {
  const auto in = TRY(json::read<CheckpointLine>(line));
  auto hash = unhex(in.hash, crypto::Hash{}.size());
  auto signature = unhex(in.signature, crypto::Signature{}.size());
  std::optional<Checkpoint::Kind> kind;
  for (const auto k : {Checkpoint::Kind::head, Checkpoint::Kind::floor, Checkpoint::Kind::loss})
    if (in.checkpoint == name(k)) kind = k;
  if (!hash || !signature || !kind || in.tenant != tenant)
    return fail(Errc::invalid, "not a checkpoint of this tenant");
  return Checkpoint{.lane = in.lane,
                    .seq = in.seq,
                    .kind = *kind,
                    .hash = std::move(*hash),
                    .at = in.at,
                    .signature = std::move(*signature)};
}

std::optional<Checkpoint> let_go_audit(db::Tx& tx, std::int64_t lane, Time now, Time before,
                                       const crypto::SigningKey& key) {
  const auto head = store::audit_head(tx, lane);
  Checkpoint floor{.lane = lane, .kind = Checkpoint::Kind::floor, .at = now};
  std::vector<AuditRow> gone;
  store::each_audit(tx, lane, store::audit_floor(tx, lane).seq, kLetGoRows, [&](const AuditRow& row) {
    if (row.at >= before || row.seq == head.seq) return false;
    floor.seq = row.seq;
    floor.hash = row.hash;
    gone.push_back(row);
    return true;
  });
  if (gone.empty()) return std::nullopt;
  floor.signature = chars(key.sign(signed_text(tx.tenant(), floor)));
  for (const auto& row : gone)
    for (const auto& subject : subjects_of(row)) store::unindex_subject(tx, subject, row);
  store::delete_audit(tx, lane, floor.seq);
  store::insert_checkpoint(tx, floor);
  return floor;
}

std::optional<Checkpoint> checkpoint(db::Tx& tx, Time now, const crypto::SigningKey& key, bool must) {
  const auto lane = tx.node();
  const auto head = store::audit_head(tx, lane);
  if (head.seq == 0) return std::nullopt;
  auto last = store::last_checkpoints(tx, lane, 2);
  if (!last.empty() && last[0].seq >= head.seq)
    return must ? std::optional(std::move(last[0])) : std::nullopt;
  if (!must && !last.empty() && head.seq - last[0].seq < kCheckpointRows && now - last[0].at < kCheckpointAge)
    return std::nullopt;
  Checkpoint made{
      .lane = lane, .seq = head.seq, .kind = Checkpoint::Kind::head, .hash = head.hash, .at = now};
  made.signature = chars(key.sign(signed_text(tx.tenant(), made)));
  store::insert_checkpoint(tx, made);
  // The newer covers the older; one in kCheckpointRows rows stays, so that a fault is found near its place.
  if (last.size() == 2 && last[0].seq / kCheckpointRows == last[1].seq / kCheckpointRows)
    store::delete_checkpoint(tx, last[0]);
  return made;
}

std::optional<Time> unsigned_since(db::Tx& tx) {
  const auto lane = tx.node();
  const auto last = store::last_checkpoints(tx, lane, 1);
  return store::audit_time_after(tx, lane, last.empty() ? 0 : last.front().seq);
}

}  // namespace chatika::privacy
