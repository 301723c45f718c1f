#include "privacy/retention.hpp"

#include <algorithm>

#include "json/write.hpp"
#include "privacy/address.hpp"
#include "privacy/destruction.hpp"
#include "privacy/audit_store.hpp"
#include "privacy/erasure.hpp"
#include "privacy/holdings_store.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention_store.hpp"
#include "privacy/rights.hpp"
#include "privacy/rights_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::size_t kDaysASlice = 31;
constexpr auto kLinksKept = std::chrono::days(30);  // codes and private links that have expired
constexpr auto kFeedKept = std::chrono::days(30);  // panels that were away longer reload
constexpr std::size_t kRowsASlice = 500;           // of tables whose rows are small and hang on nobody

enum Phase : std::int64_t { count, people, conversations, leads, rows, requests, over };

bool clinic(Access& access) {
  return access.keeper() != nullptr && access.keeper()->operator_of_data().clinic;
}

int default_days(Access& access, const RetentionRule& r) {
  return clinic(access) ? r.clinic_days : r.days;
}

Period period_of(Access& access, const RetentionRule& r) {
  const auto set = store::period(access.tx(), r.name);
  const int standard = default_days(access, r);
  return {.category = std::string(r.name),
          .days = std::clamp(set.value_or(standard), r.least, r.most),
          .min_days = r.least,
          .max_days = r.most,
          .default_days = standard,
          .fixed = r.least == r.most};
}

Period grace_of(db::Tx& tx) {
  return {.category = std::string(kGrace),
          .days = grace_days(tx),
          .min_days = 0,
          .max_days = kMostGraceDays,
          .default_days = kGraceDays,
          .fixed = false};
}

// One slice at work: what it may look at and what it did.
struct Slice {
  Access& access;
  store::SweepRow& sweep;

  [[nodiscard]] db::Tx& tx() const { return access.tx(); }
  [[nodiscard]] Time before(Retention r) const { return access.now() - std::chrono::days(days_of(access, r)); }
  void add(std::string_view name, std::int64_t rows) const {
    if (rows == 0) return;
    auto& counts = sweep.report.counts;
    const auto found = std::ranges::find(counts, name, &SweepCount::name);
    if (found == counts.end())
      counts.push_back({std::string(name), rows});
    else
      found->rows += rows;
  }
  // The next slice goes on behind this row, or with the next phase.
  void go_on(bool more, std::string_view place) const {
    sweep.place = more ? std::string(place) : std::string();
    if (!more) ++sweep.phase;
  }
};

// Before anything goes: yesterday's numbers, without persons and without those who objected.
void count_days(const Slice& s) {
  const auto today = to_micros(s.access.now()) / std::chrono::microseconds(std::chrono::days(1)).count();
  const auto first = store::first_conversation(s.tx());
  auto day = first ? to_micros(*first) / std::chrono::microseconds(std::chrono::days(1)).count() : today;
  store::forget_days_from(s.tx(), today);  // a clock that was ahead counted days that had not been
  if (const auto last = store::last_counted_day(s.tx())) day = *last + 1;
  std::size_t done = 0;
  for (; day < today && done < kDaysASlice; ++day, ++done) {
    const auto from = Time(std::chrono::days(day));
    const auto counts = store::count_day(s.tx(), from, from + std::chrono::days(1));
    store::set_statistic(s.tx(), day, "conversations", counts.conversations);
    store::set_statistic(s.tx(), day, "bookings", counts.bookings);
    store::set_statistic(s.tx(), day, "leads", counts.leads);
  }
  s.go_on(day < today, {});
}

bool is_held(db::Tx& tx, SubjectId subject, std::initializer_list<Field> fields) {
  const auto held = held_fields(tx, subject);
  return std::ranges::any_of(fields,
                             [&](Field f) { return std::ranges::find(held, field_key(f)) != held.end(); });
}

Result<void> truncate_address(const Slice& s, SubjectId subject) {
  auto& tx = s.tx();
  if (is_held(tx, subject, {Field::visitor_ip})) return {};
  const auto box = store::sealed_box(tx, Field::visitor_ip, subject, subject);
  if (!box) return {};
  const auto address =
      TRY(s.access.open_field(Field::visitor_ip, subject, subject, *box, Purpose::subject_request));
  store::set_box(tx, Field::visitor_ip, subject, subject,
                 TRY(s.access.seal_for_duty(Field::visitor_ip, subject, subject, truncated_address(address))));
  store::address_truncated(tx, subject, s.access.now());
  s.add("addresses", 1);
  return {};
}

Result<void> sweep_people(const Slice& s) {
  const auto page = store::visitors_after(s.tx(), s.sweep.place, kSliceRows);
  const auto contact = s.before(Retention::contacts);
  const auto address = s.before(Retention::addresses);
  for (const auto& v : page) {
    if (v.address && v.created_at <= address) CHECK(truncate_address(s, v.id));
    if (v.withdrawn) {  // whatever way the consent went, its end is planned
      (void)TRY(plan_erasure(s.access, v.id, {.reason = ErasureReason::withdrawn}));
      s.add("withdrawn", 1);
    } else if (v.last <= contact && !v.planned && !v.blocked) {
      (void)TRY(plan_erasure(s.access, v.id, {.reason = ErasureReason::expired, .due = s.access.now()}));
      s.access.close(v.id);  // now: the phases to come take the rows that say where they are
      s.add("expired", 1);
    } else if (v.last <= contact && !v.planned) {
      (void)TRY(plan_erasure(s.access, v.id, {.reason = ErasureReason::expired, .due = s.access.now() + kBlockedNotice}));
      s.add(kExpiredBlocked, 1);
    }
  }
  s.sweep.report.done += static_cast<std::int64_t>(page.size());
  s.go_on(page.size() == kSliceRows, page.empty() ? std::string_view() : page.back().id.view());
  return {};
}

// Of rows whose person stays: an act each, and who was given the data is told (Order 179, 152-FZ art. 21(3)).
Result<void> attest(const Slice& s, std::vector<SubjectId> subjects, std::initializer_list<Field> fields) {
  std::vector<std::string> categories;
  for (const auto field : fields) categories.push_back(field_key(field));
  std::ranges::sort(subjects);
  const auto [from, to] = std::ranges::unique(subjects);
  subjects.erase(from, to);
  for (const auto subject : subjects) {
    s.access.audit(subject);
    const auto act = TRY(destruction_act(s.access, {.subject = subject,
                                                    .categories = categories,
                                                    .number = store::last_destruction(s.tx()) + 1,
                                                    .at = s.access.now()}));
    keep_evidence(s.access, act, json::write(act), 0);
    tell_recipients(s.access, subject, Told::erased, categories);
  }
  return {};
}

Result<void> sweep_conversations(const Slice& s) {
  const auto page = store::conversations_after(s.tx(), s.sweep.place, kSliceRows);
  const auto cut = s.before(Retention::conversations);
  std::vector<SubjectId> whose;
  for (const auto& c : page) {
    if (c.last > cut || is_held(s.tx(), c.subject, {Field::message_body, Field::conversation_dialogue})) continue;
    s.access.close(c.subject);
    if (store::drop_conversation(s.tx(), c.id) == 0) continue;  // emptied before, a lead still hangs on it
    s.add("conversations", 1);
    whose.push_back(c.subject);
  }
  s.go_on(page.size() == kSliceRows, page.empty() ? std::string_view() : page.back().id.view());
  return attest(s, std::move(whose), {Field::message_body, Field::conversation_dialogue});
}

Result<void> sweep_leads(const Slice& s) {
  const auto page = store::leads_after(s.tx(), s.sweep.place, kSliceRows);
  const auto cut = s.before(Retention::contacts);
  std::vector<SubjectId> whose;
  for (const auto& lead : page) {
    if (lead.last > cut || is_held(s.tx(), lead.subject, {Field::lead_note})) continue;
    store::drop_lead(s.tx(), lead.id);
    s.add("leads", 1);
    whose.push_back(lead.subject);
  }
  s.go_on(page.size() == kSliceRows, page.empty() ? std::string_view() : page.back().id.view());
  return attest(s, std::move(whose), {Field::lead_note});
}

// Who filed a request goes with it, by the same road as everybody.
Result<void> sweep_requests(const Slice& s) {
  const auto requesters = store::old_requesters(s.tx(), s.before(Retention::requests), kSliceRows);
  for (const auto requester : requesters) {
    (void)TRY(plan_erasure(s.access, requester, {.reason = ErasureReason::expired, .due = s.access.now()}));
    s.add("requests", 1);
  }
  s.go_on(requesters.size() == kSliceRows, {});
  return {};
}

void sweep_rows(const Slice& s) {
  const auto now = s.access.now();
  bool more = false;
  const auto went = [&](std::string_view name, std::int64_t rows) {
    s.add(name, rows);
    more = more || rows >= static_cast<std::int64_t>(kRowsASlice);
  };
  went("sessions", store::drop_sessions(s.tx(), now, s.before(Retention::sessions), kRowsASlice));
  went("mail", store::drop_mail(s.tx(), s.before(Retention::contacts), kRowsASlice));
  went("feed", store::drop_feed(s.tx(), now - kFeedKept, kRowsASlice));
  went("evidence", store::drop_destructions(s.tx(), now, kRowsASlice));
  went("links", store::drop_links(s.tx(), now - kLinksKept, kRowsASlice));
  went("breaches", store::drop_breaches(s.tx(), s.before(Retention::requests), kRowsASlice));
  s.go_on(more, {});
}

Result<void> run(const Slice& s) {
  switch (static_cast<Phase>(s.sweep.phase)) {
    case Phase::count:
      count_days(s);
      return {};
    case Phase::people:
      return sweep_people(s);
    case Phase::conversations:
      return sweep_conversations(s);
    case Phase::leads:
      return sweep_leads(s);
    case Phase::rows:
      sweep_rows(s);
      return {};
    case Phase::requests:
      return sweep_requests(s);
    case Phase::over:
      break;
  }
  return {};
}

}  // namespace

std::vector<Period> periods(Access& access) {
  std::vector<Period> out;
  for (std::size_t i = 0; i < kRetentions; ++i) out.push_back(period_of(access, rule(static_cast<Retention>(i))));
  out.push_back(grace_of(access.tx()));
  return out;
}

int days_of(Access& access, Retention retention) {
  return period_of(access, rule(retention)).days;
}

int grace_days(db::Tx& tx) {
  return std::clamp(store::period(tx, kGrace).value_or(kGraceDays), 0, kMostGraceDays);
}

Result<Period> set_period(Access& access, std::string_view category, std::int64_t days) {
  const auto all = periods(access);
  const auto found = std::ranges::find(all, category, &Period::category);
  if (found == all.end()) return fail(Errc::not_found, "no such period");
  if (days < found->min_days) return fail_field("/days", "too_small");
  if (days > found->max_days) return fail_field("/days", "too_big");
  store::set_period(access.tx(), category, days, actor(access.who()), access.now());
  access.audit();
  auto out = *found;
  out.days = static_cast<int>(days);
  return out;
}

std::optional<SweepReport> last_sweep(db::Tx& tx) {
  auto row = store::last_sweep(tx);
  if (!row) return std::nullopt;
  return std::move(row->report);
}

SweepReport start_sweep(Access& access) {
  if (auto row = store::last_sweep(access.tx()); row && !row->report.finished_at) return row->report;
  store::bring_back_sweeps(access.tx(), access.now());
  const store::SweepRow row{{.id = new_uuid(),
                             .started_at = access.now(),
                             .finished_at = {},
                             .total = store::count_visitors(access.tx())},
                            Phase::count,
                            {}};
  store::insert_sweep(access.tx(), row);
  access.audit();
  return row.report;
}

Result<std::optional<SweepReport>> sweep_slice(Access& access, int attempt) {
  auto row = store::last_sweep(access.tx());
  if (!row || row->report.finished_at) return std::optional<SweepReport>();
  if (attempt > 1) row->report.error = "slice_failed";
  CHECK(run({access, *row}));
  if (row->phase >= Phase::over) {
    row->report.finished_at = access.now();
    access.tx().scrub();
  }
  store::save_sweep(access.tx(), *row);
  access.audit();
  return std::optional(std::move(row->report));
}

std::vector<Checkpoint> let_audit_go(Access& access, const crypto::SigningKey& key) {
  const auto before = access.now() - std::chrono::days(days_of(access, Retention::audit));
  std::vector<Checkpoint> floors;
  for (const auto lane : store::audit_lanes(access.tx()))
    if (auto floor = let_go_audit(access.tx(), lane, access.now(), before, key)) floors.push_back(std::move(*floor));
  if (!floors.empty()) access.audit();
  return floors;
}

std::vector<DayNumber> statistics(db::Tx& tx, std::int64_t from_day, std::int64_t to_day) {
  return store::statistics(tx, from_day, to_day);
}

}  // namespace chatika::privacy
