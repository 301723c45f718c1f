#include "privacy/destruction.hpp"

#include "json/read.hpp"
#include "json/write.hpp"
#include "privacy/erasure.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/rights_store.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kEvidenceKept = std::chrono::days(3 * 365 + 1);
constexpr std::string_view kSystem = "Chatika";

// The name when it is known and can be read, else the pseudonym: a damaged name is no reason to keep the rest.
Result<std::string> name_of(Access& access, SubjectId subject) {
  const bool employee = TRY(access.standing(subject)).kind == SubjectKind::employee;
  const auto field = employee ? Field::employee_name : Field::visitor_name;
  if (const auto box = store::sealed_box(access.tx(), field, subject, subject))
    if (const auto name = access.open_field(field, subject, subject, *box, Purpose::subject_request))
      return *name + " (" + to_string(subject) + ")";
  return (employee ? "сотрудник " : "посетитель ") + to_string(subject);
}

Result<std::string> name_of_actor(Access& access) {
  if (access.who().kind != Principal::Kind::employee) return std::string("Chatika, автоматически");
  const SubjectId id(access.who().id);
  const auto box = store::sealed_box(access.tx(), Field::employee_name, id, id);
  if (!box) return actor(access.who());
  return access.open_field(Field::employee_name, id, id, *box, Purpose::subject_request);
}

// Whose decision the destruction was, from the actor of its plan.
Result<std::string> name_of_decision(Access& access, std::string_view actor) {
  constexpr std::string_view kEmployee = "employee:";
  if (actor.starts_with("visitor:")) return std::string("субъект персональных данных");
  if (!actor.starts_with(kEmployee)) return std::string("Chatika, автоматически по сроку");
  const auto uuid = parse_uuid(actor.substr(kEmployee.size()));
  if (!uuid) return std::string(actor);
  const SubjectId id(*uuid);
  const auto box = store::sealed_box(access.tx(), Field::employee_name, id, id);
  const auto name = box ? access.open_field(Field::employee_name, id, id, *box, Purpose::subject_request)
                        : Result<std::string>(fail(Errc::not_found));
  return name ? *name : "сотрудник " + to_string(id);
}

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

Result<DestructionAct> destruction_act(Access& access, const Destroyed& what) {
  if (access.keeper() == nullptr) return fail(Errc::unavailable, "no erasure ledger is configured");
  const auto named = access.keeper()->operator_of_data();
  const auto subject = TRY(name_of(access, what.subject));
  return DestructionAct{.number = what.number,
                        .operator_name = named.name,
                        .operator_address = named.address,
                        .subject = subject,
                        .subject_id = what.subject,
                        .ordered_by = TRY(name_of_decision(access, what.ordered_by)),
                        .destroyed_by = {TRY(name_of_actor(access))},
                        .categories = what.categories,
                        .system = std::string(kSystem),
                        .method = std::string(kDestructionMethod),
                        .reason = what.reason,
                        .at = what.at,
                        .kept = what.kept,
                        .events = {{subject, what.categories, std::string(kSystem), what.reason, what.at}},
                        .replayed = {}};
}

void keep_evidence(Access& access, const DestructionAct& act, std::string_view text, std::int64_t ledger_seq) {
  const auto id = DestructionId::fresh();
  auto boxes = access.seal_evidence(id, text);
  store::insert_destruction(access.tx(), {.row = {.id = id,
                                                  .number = act.number,
                                                  .subject = act.subject_id,
                                                  .reason = act.reason,
                                                  .at = act.at,
                                                  .ledger_seq = ledger_seq,
                                                  .expires_at = act.at + kEvidenceKept},
                                          .key_box = std::move(boxes.key_box),
                                          .act_box = std::move(boxes.text_box),
                                          .hash = std::string(bytes(crypto::sha256(text)))});
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
    const auto in_ledger = [&](const crypto::Hash& hash) {
      if (seq == 0) return act->reason == ErasureReason::expired;
      if (entry == nullptr || entry->subject != act->subject_id) return false;
      // An act made again after a restore names the entry it follows; its own hash cannot be there.
      return act->replayed ? *act->replayed == seq : entry->act == crypto::hex(bytes(hash));
    };
    bool good = act && missing_in(*act).empty();
    if (good) {
      const auto hash = crypto::sha256(*text);
      good = bytes(hash) == record->hash && in_ledger(hash);
    }
    if (!good) out.bad.push_back(record->row.number);
  }
  access.audit();
  return out;
}

}  // namespace chatika::privacy
