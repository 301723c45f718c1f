#include "privacy/audit_view.hpp"

#include <map>

#include "json/parse.hpp"
#include "privacy/audit_store.hpp"

namespace chatika::privacy {
namespace {

// Of the detail's list `name`; rows of other versions may have fewer.
std::vector<std::string> list(const json::Value& detail, std::string_view name) {
  std::vector<std::string> out;
  if (!detail.is_object()) return out;
  const auto* found = detail.get_object().if_contains({name.data(), name.size()});
  if (found == nullptr || !found->is_array()) return out;
  for (const auto& item : found->get_array())
    if (item.is_string()) out.emplace_back(item.get_string().data(), item.get_string().size());
  return out;
}

using Names = std::map<std::string, std::optional<std::string>, std::less<>>;

Result<std::optional<std::string>> name_of(Access& access, const std::string& actor, Names& known) {
  constexpr std::string_view kEmployee = "employee:";
  if (!actor.starts_with(kEmployee)) return std::optional<std::string>();
  // A visitor is told the role, not who it was.
  if (access.who().kind == Principal::Kind::visitor) return std::optional<std::string>();
  if (const auto found = known.find(actor); found != known.end()) return found->second;
  auto& name = known[actor];
  const auto id = parse_uuid(std::string_view(actor).substr(kEmployee.size()));
  auto box = id ? store::employee_name(access.tx(), EmployeeId(*id)) : std::nullopt;
  if (box)
    name = TRY(access.open_if_allowed(Sealed<Field::employee_name>{SubjectId(*id), *id, std::move(*box)},
                                      Purpose::addressing));
  return name;
}

Result<std::vector<AuditView>> views(Access& access, std::vector<AuditRow> rows) {
  std::vector<AuditView> out;
  Names names;
  for (auto& row : rows) {
    const auto detail = json::parse(row.detail).value_or(nullptr);
    out.push_back({.lane = row.lane,
                   .seq = row.seq,
                   .at = row.at,
                   .actor = row.actor,
                   .actor_name = TRY(name_of(access, row.actor, names)),
                   .operation = std::move(row.operation),
                   .subjects = subjects_of(row),
                   .read = list(detail, "read"),
                   .written = list(detail, "written"),
                   .purposes = list(detail, "purposes"),
                   .bases = list(detail, "bases"),
                   .from = std::move(row.from)});
  }
  return out;
}

}  // namespace

Result<std::vector<AuditView>> find_audit(Access& access, const AuditSearch& search) {
  if (search.subject)
    access.audit(*search.subject);
  else
    access.audit();
  return views(access, search_audit(access.tx(), search));
}

Result<std::vector<AuditView>> who_looked(Access& access, SubjectId subject, const AuditSearch& search) {
  if (access.who().kind == Principal::Kind::visitor && access.who().id != subject)
    return fail(Errc::not_found, "a visitor reached for another person");
  access.audit(subject);
  auto out = TRY(views(access, looked_at(access.tx(), subject, search)));
  // One row may name many people: this page is about one.
  for (auto& view : out) view.subjects = {subject};
  return out;
}

}  // namespace chatika::privacy
