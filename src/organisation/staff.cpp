#include "organisation/staff.hpp"

#include <array>
#include <set>

#include "accounts/sign_in.hpp"
#include "json/write.hpp"
#include "organisation/organisation_store.hpp"
#include "organisation/tasks.hpp"

namespace chatika::organisation {
namespace {

constexpr std::int64_t kListed = 200;

Result<store::RequestRow> found(privacy::Access& access, AccessRequestId id) {
  auto row = store::request(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such request");
  return std::move(*row);
}

// The reason, where it may still be read.
Result<AccessRequest> told(privacy::Access& access, store::RequestRow row) {
  if (!row.reason) return std::move(row.request);
  auto reason = access.open(*row.reason, privacy::Purpose::authentication);
  if (reason)
    row.request.reason = std::move(*reason);
  else if (!privacy::closed_to(reason.error().code))
    return fail(std::move(reason).error());
  return std::move(row.request);
}

Result<store::RequestRow> open_one(privacy::Access& access, AccessRequestId id) {
  auto row = TRY(found(access, id));
  if (row.request.state != AccessState::asked) return fail(Errc::conflict, "the request is decided");
  if (row.request.employee == EmployeeId(access.who().id))
    return fail(Errc::conflict, "nobody decides on their own request");
  return row;
}

Result<AccessRequest> decided(privacy::Access& access, store::RequestRow row, AccessState state,
                              std::optional<Time> until) {
  row.request.state = state;
  row.request.decided_by = EmployeeId(access.who().id);
  row.request.decided_at = access.now();
  row.request.until = until;
  store::decide(access.tx(), row.request);
  access.audit(SubjectId(row.request.employee));
  return told(access, std::move(row));
}

Time months_later(Time from, int months) {
  using namespace std::chrono;
  const auto day = floor<days>(from);
  auto date = year_month_day(day) + std::chrono::months(months);
  if (!date.ok()) date = date.year() / date.month() / last;
  return Time(sys_days(date)) + (from - day);
}

Result<void> plan(privacy::Access& access, ReviewKind kind, Time from) {
  const Review next{
      .id = ReviewId::fresh(), .kind = kind, .due_at = months_later(from, months_between(kind))};
  store::insert_review(access.tx(), next);
  CHECK(add_task(access, {.kind = DutyKind::review,
                          .ref = to_string(next.id),
                          .title = std::string(json::name_of(kind)),
                          .due_at = next.due_at}));
  return {};
}

}  // namespace

int months_between(ReviewKind kind) {
  switch (kind) {
    case ReviewKind::access_rights:
      return 6;
    case ReviewKind::internal_control:
    case ReviewKind::documents:
      return 12;
    case ReviewKind::protection:
      return 36;
  }
  return 12;
}

Result<AccessRequest> ask(privacy::Access& access, const Ask& ask) {
  const EmployeeId me(access.who().id);
  if (ask.until && *ask.until <= access.now()) return fail_field("/until", "past");
  if (store::open_requests(access.tx(), me) >= kOpenRequests)
    return fail(Errc::too_many, "too many open requests");
  AccessRequest out{.id = AccessRequestId::fresh(),
                    .employee = me,
                    .role = ask.role,
                    .reason = ask.reason,
                    .wanted_until = ask.until,
                    .asked_at = access.now()};
  const auto sealed =
      TRY(access.seal<privacy::Field::access_request_reason>(SubjectId(me), out.id, ask.reason));
  store::insert_request(access.tx(), out, sealed);
  return out;
}

Result<AccessRequest> grant(privacy::Access& access, AccessRequestId id, std::optional<Time> until) {
  auto row = TRY(open_one(access, id));
  if (until && *until <= access.now()) return fail_field("/until", "past");
  CHECK(accounts::set_access(access, row.request.employee, row.request.role, until));
  store::revoke_grants(access.tx(), row.request.employee);  // the new grant replaces the one before
  return decided(access, std::move(row), AccessState::granted, until);
}

Result<AccessRequest> refuse(privacy::Access& access, AccessRequestId id) {
  return decided(access, TRY(open_one(access, id)), AccessState::refused, std::nullopt);
}

Result<AccessRequest> revoke(privacy::Access& access, AccessRequestId id) {
  auto row = TRY(found(access, id));
  if (row.request.state != AccessState::granted) return fail(Errc::conflict, "nothing is granted");
  CHECK(accounts::set_access(access, row.request.employee, row.request.role, access.now()));
  return decided(access, std::move(row), AccessState::revoked, access.now());
}

Result<std::vector<AccessRequest>> access_requests(privacy::Access& access) {
  std::vector<AccessRequest> out;
  for (auto& row : store::requests(access.tx(), kListed)) out.push_back(TRY(told(access, std::move(row))));
  return out;
}

Result<void> plan_reviews(privacy::Access& access) {
  std::set<ReviewKind> open;
  for (const auto& r : store::reviews(access.tx()))
    if (!r.done_at) open.insert(r.kind);
  for (std::size_t i = 0; i < kReviewKinds; ++i)
    if (const auto kind = static_cast<ReviewKind>(i); !open.contains(kind))
      CHECK(plan(access, kind, access.now()));
  return {};
}

Result<Review> finish_review(privacy::Access& access, ReviewId id, std::string_view outcome) {
  auto row = store::review(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such review");
  if (row->done_at) return fail(Errc::conflict, "the review is done");
  row->done_at = access.now();
  row->done_by = EmployeeId(access.who().id);
  row->outcome = outcome;
  store::finish_review(access.tx(), *row);
  finish_task(access, DutyKind::review, to_string(id));
  CHECK(plan(access, row->kind, access.now()));
  access.audit(SubjectId(access.who().id));
  return std::move(*row);
}

std::vector<Review> reviews(privacy::Access& access) {
  return store::reviews(access.tx());
}

}  // namespace chatika::organisation
