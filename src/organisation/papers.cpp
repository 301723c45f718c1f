#include "organisation/papers.hpp"

#include <algorithm>
#include <set>

#include "organisation/organisation_store.hpp"
#include "organisation/tasks.hpp"
#include "privacy/calendar.hpp"

namespace chatika::organisation {
namespace {

EmployeeId me(const privacy::Access& access) {
  return EmployeeId(access.who().id);
}

std::unexpected<Error> another_text() {
  return fail(Error{.code = Errc::conflict, .cause = "another text", .fields = {{"/hash", "mismatch"}}});
}

const PaperVersion* latest_of(const std::vector<PaperVersion>& all, PaperKind kind) {
  const auto found = std::ranges::find(all, kind, &PaperVersion::kind);  // newest first within a kind
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Appointment> responsible(privacy::Access& access) {
  for (auto& a : store::appointments(access.tx()))
    if (!a.ended_at) return std::move(a);
  return std::nullopt;
}

std::vector<Appointment> appointments(privacy::Access& access) {
  return store::appointments(access.tx());
}

Result<Appointment> appoint(privacy::Access& access, const Order& order, const Paper& text) {
  if (order.number.empty()) return fail_field("/order_number", "required");
  if (!privacy::parse_day(order.date)) return fail_field("/order_date", "malformed");
  if (const auto before = responsible(access)) store::end_appointment(access.tx(), before->id, access.now());
  Appointment out{.id = AppointmentId::fresh(),
                  .employee = order.employee,
                  .order_number = order.number,
                  .order_date = order.date,
                  .text_hash = hash_of(text),
                  .at = access.now(),
                  .ended_at = {}};
  store::keep_text(access.tx(), out.text_hash, text.text, access.now());
  store::insert_appointment(access.tx(), out, privacy::actor(access.who()));
  finish_task(access, DutyKind::appoint, "responsible");
  access.audit(SubjectId(order.employee));
  return out;
}

Result<Appointment> end_appointment(privacy::Access& access) {
  auto live = responsible(access);
  if (!live) return fail(Errc::conflict, "nobody is appointed");
  store::end_appointment(access.tx(), live->id, access.now());
  live->ended_at = access.now();
  access.audit(SubjectId(live->employee));
  return std::move(*live);
}

Result<PaperVersion> approve(privacy::Access& access, const Approval& approval) {
  const auto hash = hash_of(approval.paper);
  if (hash != approval.hash) return another_text();
  if (approval.in_force_from && *approval.in_force_from < access.now())
    return fail_field("/in_force_from", "past");
  const auto all = store::versions(access.tx());
  const auto* before = latest_of(all, approval.kind);
  if (before != nullptr && before->hash == hash) return fail(Errc::conflict, "this text is approved already");
  PaperVersion out{.id = PaperId::fresh(),
                   .kind = approval.kind,
                   .version = before == nullptr ? 1 : before->version + 1,
                   .title = approval.paper.title,
                   .language = approval.paper.language,
                   .hash = hash,
                   .approver = me(access),
                   .approved_at = access.now(),
                   .in_force_from = approval.in_force_from.value_or(access.now()),
                   .superseded_at = {}};
  store::keep_text(access.tx(), hash, approval.paper.text, access.now());
  // A version that would have come into force later than this one never does.
  if (before != nullptr) store::supersede(access.tx(), before->id, out.in_force_from);
  store::insert_version(access.tx(), out);
  store::insert_signature(access.tx(), {me(access), out.id, hash, access.now(), access.who().from});
  access.audit(SubjectId(access.who().id));
  return out;
}

std::array<PaperStanding, kPaperKinds> standing_of(privacy::Access& access, const Generated& generated) {
  const auto all = store::versions(access.tx());
  std::array<PaperStanding, kPaperKinds> out;
  for (std::size_t i = 0; i < kPaperKinds; ++i) {
    out[i].kind = static_cast<PaperKind>(i);
    const auto* latest = latest_of(all, out[i].kind);
    if (latest == nullptr) continue;
    out[i].latest = *latest;
    out[i].state =
        generated(out[i].kind, latest->language) == latest->hash ? PaperState::approved : PaperState::changed;
  }
  return out;
}

std::vector<PaperVersion> versions(privacy::Access& access) {
  return store::versions(access.tx());
}

Result<std::string> text_of(privacy::Access& access, const PaperVersion& version) {
  auto text = store::text(access.tx(), version.hash);
  if (!text) return fail(Errc::not_found, "no such text");
  return std::move(*text);
}

Result<PaperVersion> version(privacy::Access& access, PaperId id) {
  auto found = store::version(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such document");
  return std::move(*found);
}

std::vector<PaperVersion> to_sign(privacy::Access& access, EmployeeId employee) {
  std::set<PaperId> done;
  for (const auto& s : store::signatures(access.tx()))
    if (s.employee == employee) done.insert(s.document);
  auto all = store::versions(access.tx());
  std::erase_if(all, [&](const PaperVersion& v) {
    return (v.superseded_at && *v.superseded_at <= access.now()) || done.contains(v.id);
  });
  return all;
}

Result<void> sign(privacy::Access& access, PaperId document, std::string_view hash) {
  const auto found = store::version(access.tx(), document);
  if (!found) return fail(Errc::not_found, "no such document");
  if (found->hash != hash) return another_text();
  if (found->superseded_at && *found->superseded_at <= access.now())
    return fail(Errc::conflict, "a newer version is in force");
  store::insert_signature(access.tx(), {me(access), document, found->hash, access.now(), access.who().from});
  access.audit(SubjectId(access.who().id));
  return {};
}

std::vector<Signature> signatures(privacy::Access& access) {
  return store::signatures(access.tx());
}

}  // namespace chatika::organisation
