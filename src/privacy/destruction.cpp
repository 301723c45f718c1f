#include "privacy/destruction.hpp"

#include "json/read.hpp"
#include "json/write.hpp"
#include "privacy/rights_store.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy {
namespace {

std::string_view bytes(const crypto::Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

std::vector<FieldError> missing_in(const DestructionAct& act) {
  std::vector<FieldError> out;
  const auto need = [&](bool there, const char* pointer) {
    if (!there) out.push_back({pointer, "required"});
  };
  need(act.number > 0, "/number");
  need(!act.operator_name.empty(), "/operator_name");
  need(!act.operator_address.empty(), "/operator_address");
  need(!act.subject.empty(), "/subject");
  need(!act.subject_id.is_nil(), "/subject_id");
  need(!act.destroyed_by.empty() && !act.destroyed_by.front().empty(), "/destroyed_by");
  need(!act.categories.empty(), "/categories");
  need(!act.system.empty(), "/system");
  need(!act.method.empty(), "/method");
  need(act.at > Time{}, "/at");
  need(!act.events.empty(), "/events");
  for (std::size_t i = 0; i < act.events.size(); ++i) {
    const auto& e = act.events[i];
    need(!e.subject.empty() && !e.categories.empty() && !e.system.empty() && e.at > Time{},
         ("/events/" + std::to_string(i)).c_str());
  }
  for (std::size_t i = 0; i < act.kept.size(); ++i)
    need(!act.kept[i].field.empty() && !act.kept[i].article.empty() && !act.kept[i].reason.empty(),
         ("/kept/" + std::to_string(i)).c_str());
  return out;
}

std::vector<DestructionRow> destructions(db::Tx& tx, const DestructionPage& page) {
  return store::destructions(tx, page);
}

Result<DestructionAct> destruction_act_of(Access& access, DestructionId id) {
  if (!answers_for_the_operator(access.who())) return fail(Errc::forbidden, "evidence is for the privacy officer");
  const auto record = store::destruction(access.tx(), id);
  if (!record) return fail(Errc::not_found, "no such act");
  const auto text = TRY(access.open_evidence(id, record->key_box, record->act_box));
  access.audit(record->row.subject);
  return json::read<DestructionAct>(text);
}

Result<DestructionVerdict> verify_destructions(Access& access) {
  auto* keeper = access.keeper();
  if (keeper == nullptr) return fail(Errc::unavailable, "no erasure ledger is configured");
  const auto ledger = TRY(keeper->ledger().after({}));
  DestructionVerdict out;
  for (const auto id : store::destruction_ids(access.tx())) {
    const auto record = store::destruction(access.tx(), id);
    if (!record) continue;
    ++out.acts;
    const auto text = access.open_evidence(id, record->key_box, record->act_box);
    const auto act = text ? json::read<DestructionAct>(*text) : Result<DestructionAct>(fail(text.error()));
    const auto seq = record->row.ledger_seq;
    const auto* entry = seq >= 1 && seq <= static_cast<std::int64_t>(ledger.entries.size())
                            ? &ledger.entries[static_cast<std::size_t>(seq - 1)]
                            : nullptr;
    bool good = act && missing_in(*act).empty() && entry != nullptr && entry->subject == act->subject_id;
    if (good) {
      const auto hash = crypto::sha256(*text);
      // An act made again after a restore names the entry it follows; its own hash cannot be there.
      good = bytes(hash) == record->hash &&
             (act->replayed ? *act->replayed == seq : entry->act == crypto::hex(bytes(hash)));
    }
    if (!good) out.bad.push_back(record->row.number);
  }
  access.audit();
  return out;
}

}  // namespace chatika::privacy
