#include "privacy/erasure.hpp"

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "json/write.hpp"
#include "privacy/consent.hpp"
#include "privacy/destruction.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention.hpp"
#include "privacy/rights_store.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kTerm = std::chrono::days(30);             // 152-FZ art. 21(4), 21(5)
constexpr auto kImpossibleTerm = std::chrono::days(180);  // art. 21(6): six months, never later
constexpr auto kLookAgain = std::chrono::seconds(10);
constexpr std::string_view kContractArticle = "п. 5 ч. 1 ст. 6 152-ФЗ";
constexpr std::string_view kContractReason = "исполнение договора: запись ещё не состоялась";

using Keys = std::set<std::string, std::less<>>;

std::string_view bytes(const crypto::Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// What stays, why, and until when.
struct Grounds {
  std::vector<KeptField> kept;
  std::optional<Time> visit;  // end of a booking that is still to come
  bool held = false;
};

bool of_visitors(Field field) {
  return rule(field).category != Category::employee;
}
bool concerns(Field field, SubjectKind kind) {
  return of_visitors(field) == (kind != SubjectKind::employee);
}

Result<Grounds> grounds_of(Access& access, SubjectId subject, ErasureReason reason) {
  Grounds out;
  for (auto& hold : TRY(holds_of(access, subject))) {
    if (hold.released_at) continue;
    out.kept.push_back({hold.field, hold.article, hold.reason});
    out.held = true;
  }
  // Unlawful processing has no contract to rest on.
  if (reason == ErasureReason::unlawful) return out;
  out.visit = store::live_booking_end(access.tx(), subject, access.now());
  if (!out.visit) return out;
  const auto keep = [&](std::string key) {
    const bool already = std::ranges::any_of(out.kept, [&](const KeptField& k) { return k.field == key; });
    if (!already) out.kept.push_back({std::move(key), std::string(kContractArticle), std::string(kContractReason)});
  };
  for (std::size_t i = 0; i < kFields; ++i)
    if (const auto f = static_cast<Field>(i); of_visitors(f) && rule(f).contract != 0) keep(field_key(f));
  keep(std::string(kBookings));
  return out;
}

// Everything filled that is not kept; what the operator's own record of the case holds is no category of the person's.
std::vector<std::string> categories_of(db::Tx& tx, SubjectId subject, SubjectKind kind, const Keys& kept) {
  std::vector<std::string> out;
  if (kind == SubjectKind::employee && !kept.empty()) return out;  // an employee's data go together
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto f = static_cast<Field>(i);
    if (!concerns(f, kind) || rule(f).purposes() == bits(Purpose::subject_request)) continue;
    const auto key = field_key(f);
    if (!kept.contains(key) && !store::sealed_rows(tx, f, subject).empty()) out.push_back(key);
  }
  const auto rules = table_rules();
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (rules[i].table == kBookings && !kept.contains(kBookings) && store::count_rows(tx, i, subject) > 0)
      out.emplace_back(kBookings);
  return out;
}

Keys keys_of(const std::vector<KeptField>& kept) {
  Keys out;
  for (const auto& k : kept) out.insert(k.field);
  return out;
}

// Tables whose rows stay when these fields do: their own and what they hang on.
Keys tables_of(const Keys& kept) {
  Keys out;
  if (kept.empty()) return out;
  out = {"visitor", "legal_hold", "restriction"};
  for (const auto& key : kept) {
    const auto table = std::string(key.substr(0, key.find('.')));
    out.insert(table);
    if (table == "message" || table == "lead" || table == kBookings) out.insert("conversation");
  }
  return out;
}

// A kept datum, opened with the old key, to be sealed with the new one.
struct Datum {
  Field field;
  Uuid row;
  std::string text;
};

bool survives(Field field, const Keys& kept) {
  return kept.contains(field_key(field)) || field == Field::hold_reason || field == Field::hold_release ||
         field == Field::restriction_reason;
}

Result<std::vector<Datum>> open_kept(Access& access, SubjectId subject, const Keys& kept) {
  std::vector<Datum> out;
  if (kept.empty()) return out;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto f = static_cast<Field>(i);
    if (!of_visitors(f) || !survives(f, kept)) continue;
    for (auto& row : store::sealed_rows(access.tx(), f, subject))
      out.push_back({f, row.row, TRY(access.open_field(f, subject, row.row, row.box, Purpose::subject_request))});
  }
  return out;
}

void drop_rows(db::Tx& tx, SubjectId subject, SubjectKind kind, const Keys& tables) {
  const auto rules = table_rules();
  const auto others = kind == SubjectKind::employee ? TableRule::Whose::visitor : TableRule::Whose::employee;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].whose == others || tables.contains(rules[i].table)) continue;
    store::erase_rows(tx, i, subject);
  }
}

Result<void> erase_in_part(Access& access, SubjectId subject, const Keys& kept, const std::vector<Datum>& data,
                           bool visit) {
  auto& tx = access.tx();
  const auto tables = tables_of(kept);
  drop_rows(tx, subject, SubjectKind::visitor, tables);
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto f = static_cast<Field>(i);
    if (of_visitors(f) && store::clearable(f) && !kept.contains(field_key(f)) && tables.contains(rule(f).table))
      store::clear(tx, f, subject);
  }
  if (tables.contains("conversation") && !visit) {
    crypto::Hash nobodys{};
    crypto::random_bytes(nobodys);
    store::lock_conversations(tx, subject, bytes(nobodys));
  }
  CHECK(access.renew_key(subject));
  for (const auto& datum : data)
    if (store::set_box(tx, datum.field, subject, datum.row,
                       TRY(access.seal_for_duty(datum.field, subject, datum.row, datum.text))) == 0)
      return fail(Errc::internal, "a kept field has no row any more");
  // Kept for the law alone: nobody works with it. For a visit the contract still reads what it needs.
  if (!visit)
    (void)TRY(block_subject(access, subject, "часть данных сохранена на ином законном основании, остальное уничтожено"));
  return {};
}

Result<void> erase_rows(Access& access, SubjectId subject, const LedgerEntry& entry, const std::vector<Datum>& data) {
  const Keys kept(entry.kept.begin(), entry.kept.end());
  const bool visit = entry.visit.has_value();
  store::drop_access_answers(access.tx(), subject);
  if (!visit) store::cancel_future_bookings(access.tx(), subject, access.now());
  if (!kept.empty()) return erase_in_part(access, subject, kept, data, visit);
  drop_rows(access.tx(), subject, TRY(access.standing(subject)).kind, {});
  access.destroy_key(subject);
  return {};
}

// One erasure on its way: what was read before anything is written.
struct Work {
  Erasure erasure;
  Grounds grounds;
  DestructionAct act;
  std::string act_text;
  std::vector<Datum> data;
};

Result<Work> prepare(Access& access, Erasure erasure, Grounds grounds, std::int64_t number, Time at) {
  const auto kept = keys_of(grounds.kept);
  auto categories = categories_of(access.tx(), erasure.subject, TRY(access.standing(erasure.subject)).kind, kept);
  auto data = TRY(open_kept(access, erasure.subject, kept));
  // A person of whom nothing but the record itself is left is destroyed too: the key is what goes.
  if (categories.empty() && kept.empty()) categories.emplace_back("subject");
  auto act = TRY(destruction_act(access, {.subject = erasure.subject,
                                          .categories = std::move(categories),
                                          .reason = erasure.reason,
                                          .number = number,
                                          .at = at,
                                          .kept = grounds.kept,
                                          .ordered_by = erasure.actor}));
  auto text = json::write(act);
  return Work{std::move(erasure), std::move(grounds), std::move(act), std::move(text), std::move(data)};
}

// What stayed is planned again: for the end of the visit, or for the release of its hold.
void plan_the_rest(Access& access, const Erasure& done, const Grounds& grounds) {
  if (grounds.kept.empty()) return;
  store::insert_erasure(access.tx(), {.id = ErasureId::fresh(),
                                      .subject = done.subject,
                                      .reason = done.reason,
                                      .state = grounds.visit ? ErasureState::planned : ErasureState::held,
                                      .actor = done.actor,
                                      .planned_at = done.planned_at,
                                      .due_at = grounds.visit.value_or(done.due_at),
                                      .deadline_at = std::max(done.deadline_at, grounds.visit.value_or(Time{}) + kTerm)});
}

// The entry is in the ledger: from here on there is no way but through.
Result<void> carry_out(Access& access, Work& work, const LedgerEntry& entry, bool known) {
  auto& e = work.erasure;
  if (!TRY(access.standing(e.subject)).closed()) access.close(e.subject);
  CHECK(erase_rows(access, e.subject, entry, work.data));
  keep_evidence(access, work.act, work.act_text, entry.seq);
  e.state = ErasureState::done;
  e.done_at = access.now();
  e.ledger_seq = entry.seq;
  e.kept = entry.kept;
  if (known)
    store::save_erasure(access.tx(), e);
  else
    store::insert_erasure(access.tx(), e);
  plan_the_rest(access, e, work.grounds);
  if (TRY(access.standing(e.subject)).kind == SubjectKind::visitor)  // nobody else's data were given to a recipient
    tell_recipients(access, e.subject, Told::erased, work.act.categories);
  access.audit(e.subject);
  return {};
}

void step(const ErasureKeeper& keeper, Step at) {
  if (keeper.at_step) keeper.at_step(at);
}

// Only a person whose record still has its key can be erased.
Result<void> check_erasable(Access& access, SubjectId subject) {
  const auto standing = TRY(access.standing(subject));
  if (standing.erased_at) return fail(Errc::gone, "the subject is erased");
  return check_no_access(access, subject);
}

}  // namespace

Result<Erasure> plan_erasure(Access& access, SubjectId subject, const ErasurePlan& plan) {
  CHECK(check_erasable(access, subject));
  const auto grace = plan.reason == ErasureReason::withdrawn ? std::chrono::days(grace_days(access.tx())) : std::chrono::days(0);
  const auto due = plan.due.value_or(access.now() + grace);
  const auto deadline = plan.deadline.value_or(access.now() + kTerm);
  access.audit(subject);
  if (auto live = store::live_erasure(access.tx(), subject)) {
    // What waits for a hold goes on waiting; the earlier of two terms counts.
    if (live->state == ErasureState::planned && due < live->due_at) live->due_at = due;
    live->deadline_at = std::min(live->deadline_at, deadline);
    if (live->reason == ErasureReason::withdrawn || plan.reason == ErasureReason::unlawful) live->reason = plan.reason;
    store::save_erasure(access.tx(), *live);
    return *live;
  }
  const Erasure erasure{.id = ErasureId::fresh(),
                        .subject = subject,
                        .reason = plan.reason,
                        .state = ErasureState::planned,
                        .actor = actor(access.who()),
                        .planned_at = access.now(),
                        .due_at = due,
                        .deadline_at = deadline};
  store::insert_erasure(access.tx(), erasure);
  return erasure;
}

bool cancel_erasure(Access& access, SubjectId subject) {
  auto live = store::live_erasure(access.tx(), subject);
  if (!live) return false;
  live->state = ErasureState::cancelled;
  store::save_erasure(access.tx(), *live);
  access.audit(subject);
  return true;
}

Result<Erasure> postpone_erasure(Access& access, SubjectId subject, std::string_view reason) {
  CHECK(check_erasable(access, subject));
  auto live = store::live_erasure(access.tx(), subject);
  if (!live) return fail(Errc::not_found, "no erasure is planned");
  (void)TRY(block_subject(access, subject, reason));
  live->deadline_at = std::max(live->deadline_at, live->planned_at + kImpossibleTerm);
  live->due_at = live->deadline_at - kTerm;
  store::save_erasure(access.tx(), *live);
  return *live;
}

std::optional<Time> next_due(db::Tx& tx) {
  return store::next_due(tx);
}
std::vector<Erasure> erasures_of(db::Tx& tx, SubjectId subject) {
  return store::erasures_of(tx, subject);
}

namespace {

constexpr auto kTryAgain = std::chrono::hours(1);

Result<Work> prepare_due(Access& access, const Erasure& erasure, std::int64_t number) {
  CHECK(check_no_access(access, erasure.subject));  // let in again since it was planned
  auto grounds = TRY(grounds_of(access, erasure.subject, erasure.reason));
  return prepare(access, erasure, std::move(grounds), number, access.now());
}

}  // namespace

Result<std::size_t> erase_due(Access& access, std::size_t limit) {
  auto* keeper = access.keeper();
  if (keeper == nullptr || !keeper->ledger().exists())
    return fail(Errc::unavailable, "no erasure ledger is configured: nothing can be erased");
  auto due = store::due_erasures(access.tx(), access.now(), limit);
  std::vector<Work> works;
  std::vector<LedgerEntry> entries;
  auto number = store::last_destruction(access.tx());
  for (auto& erasure : due) {
    auto prepared = prepare_due(access, erasure, number + 1);
    if (!prepared) {  // a damaged box, say: the others do not wait for it
      log::error("privacy.erasure_failed", {{"subject", to_string(erasure.subject)}, {"cause", prepared.error().cause}});
      erasure.due_at = access.now() + kTryAgain;
      store::save_erasure(access.tx(), erasure);
      continue;
    }
    auto& work = *prepared;
    if (work.act.categories.empty()) {  // everything that is left has a ground
      erasure.state = work.grounds.visit ? ErasureState::planned : ErasureState::held;
      erasure.due_at = work.grounds.visit.value_or(erasure.due_at);
      store::save_erasure(access.tx(), erasure);
      continue;
    }
    ++number;
    const auto kept = keys_of(work.grounds.kept);
    entries.push_back({.at = access.now(),
                       .erasure = work.erasure.id,
                       .subject = work.erasure.subject,
                       .reason = work.erasure.reason,
                       .kept = {kept.begin(), kept.end()},
                       .visit = work.grounds.visit,
                       .act = crypto::hex(bytes(crypto::sha256(work.act_text)))});
    works.push_back(std::move(work));
  }
  if (works.empty()) return due.size();
  step(*keeper, Step::before_ledger);
  // Until the commit is known; and when the write itself fails, its lines may be there all the same.
  keeper->doubt();
  const auto head = TRY(keeper->ledger().append(store::erasure_head(access.tx()), entries));
  step(*keeper, Step::after_ledger);
  for (std::size_t i = 0; i < works.size(); ++i) CHECK(carry_out(access, works[i], entries[i], true));
  store::set_erasure_head(access.tx(), head);
  access.tx().scrub();
  step(*keeper, Step::before_commit);
  return due.size();
}

namespace {

// Carries out what the ledger says was carried out already, in data that do not know it.
Result<void> follow(Access& access, const LedgerEntry& entry) {
  auto& tx = access.tx();
  const auto standing = access.standing(entry.subject);
  if (!standing && standing.error().code != Errc::not_found) return fail(standing.error());
  if (!standing || standing->erased_at) return {};  // younger than this data, or gone already
  auto known = store::erasure(tx, ErasureId(entry.erasure));
  Erasure erasure = known.value_or(Erasure{.id = ErasureId(entry.erasure),
                                           .subject = entry.subject,
                                           .reason = entry.reason,
                                           .state = ErasureState::planned,
                                           .actor = actor(access.who()),
                                           .planned_at = entry.at,
                                           .due_at = entry.at,
                                           .deadline_at = entry.at});
  if (!known)
    if (auto live = store::live_erasure(tx, entry.subject)) {  // another plan of the same person gives way
      live->state = ErasureState::cancelled;
      store::save_erasure(tx, *live);
    }
  Grounds grounds{.kept = {}, .visit = entry.visit, .held = false};
  const auto holds = TRY(holds_of(access, entry.subject));
  for (const auto& key : entry.kept) {
    const auto hold = std::ranges::find_if(holds, [&](const Hold& h) { return h.field == key && !h.released_at; });
    if (hold != holds.end()) {
      grounds.kept.push_back({key, hold->article, hold->reason});
    } else if (entry.visit) {
      grounds.kept.push_back({key, std::string(kContractArticle), std::string(kContractReason)});
    } else {  // the hold itself is younger than this data
      const auto article = "журнал уничтожения, запись " + std::to_string(entry.seq);
      const std::string reason = "основание записано в акте, который не сохранился: проверьте и снимите";
      (void)TRY(place_hold(access, entry.subject, {key, article, reason}));
      grounds.kept.push_back({key, article, reason});
    }
  }
  auto work = TRY(prepare(access, std::move(erasure), std::move(grounds), store::last_destruction(tx) + 1, entry.at));
  if (crypto::hex(bytes(crypto::sha256(work.act_text))) != entry.act) {
    // Whoever ordered it is named in the act that was lost with the data.
    if (!known) work.act.ordered_by = "не сохранилось: журнал уничтожения, запись " + std::to_string(entry.seq);
    work.act.replayed = entry.seq;
    work.act_text = json::write(work.act);
  }
  if (work.act.categories.empty()) return {};
  CHECK(carry_out(access, work, entry, known.has_value()));
  access.close(entry.subject);  // also who was closed already: what was planned for the rest is news to the jobs
  return {};
}

}  // namespace

Result<void> ErasureKeeper::ready(Access& access) {
  if (followed_) return {};
  const auto now = std::chrono::steady_clock::now();
  if (!closed_.empty() && now < look_again_) return fail(Errc::unavailable, closed_);
  const auto head = store::erasure_head(access.tx());
  const auto close = [&](std::string why) {
    if (closed_ != why) log::error("privacy.tenant_closed", {{"cause", why}});
    closed_ = std::move(why);
    look_again_ = now + kLookAgain;
    return fail(Errc::unavailable, closed_);
  };
  auto after = ledger_.after(head);
  if (!after) return close(after.error().cause);
  if (!head.begun() && after->entries.empty()) {
    const auto begun = ledger_.begin();
    if (!begun) return close(begun.error().cause);
    if (begun->begun()) store::set_erasure_head(access.tx(), *begun);
  }
  for (const auto& entry : after->entries) {
    const auto known = store::erasure(access.tx(), ErasureId(entry.erasure));
    if (!known || known->done_at || known->state == ErasureState::cancelled)
      return close("this data is older than the erasure ledger " + ledger_.path() + ": " +
                   std::to_string(after->entries.size()) +
                   " erasures are missing in it; run `chatika privacy replay` before it is served");
  }
  for (const auto& entry : after->entries) CHECK(follow(access, entry));
  if (!after->entries.empty()) {
    store::set_erasure_head(access.tx(), after->head);
    access.tx().scrub();
    log::info("privacy.erasures_finished", {{"count", static_cast<std::int64_t>(after->entries.size())}});
  } else {
    followed_ = true;
  }
  closed_.clear();
  return {};
}

Result<std::size_t> ErasureKeeper::replay(Access& access) {
  const auto after = TRY(ledger_.after(store::erasure_head(access.tx())));
  for (const auto& entry : after.entries) CHECK(follow(access, entry));
  if (!after.entries.empty()) {
    store::set_erasure_head(access.tx(), after.head);
    access.tx().scrub();
  }
  closed_.clear();
  look_again_ = {};
  return after.entries.size();
}

}  // namespace chatika::privacy
