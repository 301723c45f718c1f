// A tail of the audit that a restored backup took with it, and what says so.
#include <algorithm>
#include <tuple>

#include "privacy/audit.hpp"
#include "privacy/audit_store.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::privacy {
namespace {

bool explains(const Checkpoint& loss, const Checkpoint& c) {
  return loss.lane == c.lane && c.kind == Checkpoint::Kind::head && c.seq > loss.seq && c.at <= loss.at;
}

// The hash of a row that is there: of the chain, or the floor it goes on from.
std::optional<std::string> hash_at(db::Tx& tx, std::int64_t lane, std::int64_t seq) {
  std::optional<std::string> out;
  store::each_audit(tx, lane, seq - 1, 1, [&](const AuditRow& row) {
    if (row.seq == seq) out = row.hash;
    return false;
  });
  if (const auto floor = store::audit_floor(tx, lane); !out && floor.seq == seq && seq > 0) out = floor.hash;
  return out;
}

}  // namespace

void drop_lost(const crypto::PublicKey& key, TenantId tenant, std::vector<Checkpoint>& all) {
  std::vector<Checkpoint> losses;
  for (const auto& c : all)
    if (c.kind == Checkpoint::Kind::loss && is_genuine(key, tenant, c)) losses.push_back(c);
  std::erase_if(all, [&](const Checkpoint& c) {
    return std::ranges::any_of(losses, [&](const Checkpoint& loss) { return explains(loss, c); });
  });
}

std::vector<Checkpoint> acknowledge_loss(db::Tx& tx, Time now, const crypto::SigningKey& key,
                                         const std::vector<Checkpoint>& anchored) {
  auto promises = anchored;
  drop_lost(key.public_key(), tx.tenant(), promises);
  std::ranges::sort(promises, {}, [](const Checkpoint& c) { return std::tuple(c.lane, c.seq, c.at); });
  std::vector<Checkpoint> out;
  for (std::size_t i = 0; i < promises.size();) {
    const auto lane = promises[i].lane;
    const auto floor = store::audit_floor(tx, lane);
    Checkpoint loss{
        .lane = lane, .seq = floor.seq, .kind = Checkpoint::Kind::loss, .hash = floor.hash, .at = now};
    bool lost = false;
    for (; i < promises.size() && promises[i].lane == lane; ++i) {
      const auto& c = promises[i];
      if (lost || c.seq <= floor.seq || c.kind == Checkpoint::Kind::floor) continue;
      const auto hash = hash_at(tx, lane, c.seq);
      lost = !hash || *hash != c.hash;
      if (!lost) loss.seq = c.seq, loss.hash = c.hash;
    }
    if (!lost) continue;
    if (loss.seq == 0) loss.hash = genesis(tx.tenant(), lane);
    const auto signature = key.sign(signed_text(tx.tenant(), loss));
    loss.signature.assign(reinterpret_cast<const char*>(signature.data()), signature.size());
    store::insert_checkpoint(tx, loss);
    out.push_back(std::move(loss));
  }
  return out;
}

}  // namespace chatika::privacy
