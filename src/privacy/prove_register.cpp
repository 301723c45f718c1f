// The register rules: what is declared, and what it lets be read.
#include <fmt/format.h>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

Purpose purpose_at(std::size_t i) {
  return static_cast<Purpose>(1U << i);
}

std::string key_of(Field field) {
  return fmt::format("{}.{}", rule(field).table, rule(field).column);
}

Finding schema_is_declared(ProveScope& scope) {
  const auto schema = scope.storage.tenant_schema();
  const auto checked = check_schema(schema);
  if (!checked) return failed(checked.error().cause);
  std::size_t columns = 0;
  for (const auto& [table, names] : schema) columns += names.size();
  // A SQLite file is compared with the migrations when it is opened, and nobody else can alter an open one:
  // to be in each business is to have looked at each file.
  for (const auto& business : scope.businesses)
    if (!scope.enter(business, [](Access&) -> Result<void> { return {}; }))
      return failed(fmt::format(
          "the data of {} cannot be opened: a column that nobody declared is one reason, the log of "
          "the program says which",
          business.slug));
  return passed(fmt::format(
      "{} columns of {} tables are declared, {} of them sealed; the data of {} businesses have these "
      "columns and no other",
      columns, schema.size(), kFields, scope.businesses.size()));
}

SubjectKind kind_of(Category category) {
  switch (category) {
    case Category::visitor:
      return SubjectKind::visitor;
    case Category::employee:
      return SubjectKind::employee;
    case Category::requester:
      return SubjectKind::requester;
  }
  return SubjectKind::visitor;
}

SubjectId someone(Scratch& scratch, Category category) {
  if (category == Category::visitor) return scratch.visitor();
  SubjectId id{};
  scratch.act([&](Access& access) { id = access.new_subject(kind_of(category)); });
  return id;
}

// Tries every purpose on the field. A refusal has to come exactly where the register says no.
Finding matrix_of(Scratch& scratch, Field field) {
  const auto subject = someone(scratch, rule(field).category);
  const auto box = scratch.seal(field, subject, "0000");
  int opened = 0;
  int refused = 0;
  for (std::size_t i = 0; i < kPurposes; ++i) {
    const auto text = scratch.open(field, subject, box, purpose_at(i), Principal::system(scratch.tenant));
    const bool declared = allows(field, purpose_at(i));
    if (!declared && (text || text.error().code != Errc::forbidden))
      return failed(fmt::format("{} opened for {}, which the register does not have", key_of(field),
                                name(purpose_at(i))));
    if (declared && !text && !closed_to(text.error().code))
      return failed(
          fmt::format("{} is refused for {}, which the register allows", key_of(field), name(purpose_at(i))));
    ++(text ? opened : refused);
  }
  if (opened == 0) return failed(fmt::format("{} opens for nothing", key_of(field)));
  return passed(
      fmt::format("{}: tried, {} purposes open it and {} are refused", key_of(field), opened, refused));
}

Finding matrix(ProveScope& scope, const std::vector<Field>& fields) {
  auto scratch = Scratch::make(scope.now);
  if (!scratch) return failed(scratch.error().cause);
  std::vector<std::string> facts;
  for (const auto field : fields) {
    auto finding = matrix_of(**scratch, field);
    if (finding.state == PromiseState::failed) return finding;
    facts.push_back(std::move(finding.evidence.front()));
  }
  if (facts.size() == 1) return passed(std::move(facts.front()));
  return passed(
      fmt::format("{} fields x {} purposes tried in a scratch installation", facts.size(), kPurposes));
}

Finding whole_matrix(ProveScope& scope) {
  std::vector<Field> all;
  for (std::size_t i = 0; i < kFields; ++i) all.push_back(static_cast<Field>(i));
  return matrix(scope, all);
}

Finding employees_are_limited(ProveScope&) {
  constexpr auto kAllowed =
      bits(Purpose::authentication, Purpose::notification, Purpose::addressing, Purpose::subject_request);
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& r = rule(static_cast<Field>(i));
    if (r.category == Category::employee && (r.purposes() & ~kAllowed) != 0)
      return failed(fmt::format("{} serves {}", key_of(r.field),
                                names(static_cast<Purposes>(r.purposes() & ~kAllowed))));
  }
  return passed(fmt::format("fields of employees serve only {}", names(kAllowed)));
}

Finding contract_outlives_consent(ProveScope&) {
  const Standing withdrawn{.kind = SubjectKind::visitor};
  const auto nobody = Principal::system({});
  int kept = 0;
  int stopped = 0;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    if (r.category != Category::visitor) continue;
    for (std::size_t i = 0; i < kPurposes; ++i) {
      const auto bit = static_cast<Purposes>(purpose_at(i));
      if (((r.contract | r.consent) & bit) == 0 || (r.legitimate_interest & bit) != 0) continue;
      const bool agreed = (r.contract & bit) != 0;
      if (basis_for(r, purpose_at(i), withdrawn, nobody, {}, true).has_value() != agreed)
        return failed(fmt::format("{} for {} after a withdrawal: a booking is not what decides",
                                  key_of(r.field), name(purpose_at(i))));
      if (basis_for(r, purpose_at(i), withdrawn, nobody, {}, false))
        return failed(fmt::format("{} is read for {} without consent and without a booking", key_of(r.field),
                                  name(purpose_at(i))));
      ++(agreed ? kept : stopped);
    }
  }
  if (kept == 0) return failed("nothing is kept for a confirmed booking");
  return passed(fmt::format("after a withdrawal {} uses go on for a confirmed booking alone, {} have ended",
                            kept, stopped));
}

Finding objection_stops(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto subject = scratch.visitor();
  bool objected = false;
  scratch.act([&](Access& access) {
    const auto done = object(access, subject, kObjectable, Channel::widget);
    objected = done && *done && access.standing(subject)->objected == kObjectable;
  });
  if (!objected) return failed("an objection does not change the person's standing");
  int tried = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& r = rule(static_cast<Field>(i));
    if (r.category != Category::visitor || (r.legitimate_interest & kObjectable) == 0) continue;
    ++tried;
    const auto box = scratch.seal(r.field, subject, "0000");
    if (scratch.open(r.field, subject, box, Purpose::analytics, Principal::system(scratch.tenant)))
      return failed(fmt::format("{} is read for analytics after the objection", key_of(r.field)));
  }
  return passed(
      fmt::format("an objection is kept; {} fields that serve analytics are refused after it", tried));
}

Finding no_basis_no_processing(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  SubjectId nobody_asked{};
  scratch.act([&](Access& access) { nobody_asked = access.new_subject(SubjectKind::visitor); });
  int refused = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& r = rule(static_cast<Field>(i));
    if (r.category != Category::visitor || r.consent == 0) continue;
    Result<std::string> sealed = fail(Errc::internal);
    scratch.act(
        [&](Access& access) { sealed = seal_any(access, r.field, nobody_asked, nobody_asked, "0000"); });
    if (sealed) return failed(fmt::format("{} is stored without a consent", key_of(r.field)));
    ++refused;
  }
  return passed(fmt::format("without a consent {} fields of a visitor are not stored", refused));
}

Finding withdrawal_stops_at_once(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto subject = scratch.visitor();
  const auto who = Principal::system(scratch.tenant);
  std::vector<std::pair<Field, std::string>> boxes;
  for (std::size_t i = 0; i < kFields; ++i)
    if (const auto& r = rule(static_cast<Field>(i)); r.category == Category::visitor && r.consent != 0)
      boxes.emplace_back(r.field, scratch.seal(r.field, subject, "0000"));
  scratch.act([&](Access& access) {
    if (!withdraw_consent(access, subject, {})) throw std::runtime_error("a withdrawal is not taken");
  });
  int refused = 0;
  for (const auto& [field, box] : boxes)
    for (std::size_t i = 0; i < kPurposes; ++i) {
      if ((rule(field).consent & static_cast<Purposes>(purpose_at(i))) == 0) continue;
      if (scratch.open(field, subject, box, purpose_at(i), who))
        return failed(
            fmt::format("{} is still read for {} after the withdrawal", key_of(field), name(purpose_at(i))));
      ++refused;
    }
  return passed(
      fmt::format("{} reads that rested on the consent are refused in the next operation", refused));
}

Finding blocked_for_all_but_the_officer(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto subject = scratch.visitor();
  const auto box = scratch.seal(Field::visitor_phone, subject, "0000");
  scratch.act([&](Access& access) {
    if (!block(access, subject)) throw std::runtime_error("a block is not taken");
  });
  auto owner = Principal::employee(scratch.tenant, EmployeeId(new_uuid()), Role::owner);
  for (std::size_t i = 0; i < kPurposes; ++i)
    if (scratch.open(Field::visitor_phone, subject, box, purpose_at(i), owner))
      return failed(fmt::format("an owner reads a blocked person's phone for {}", name(purpose_at(i))));
  owner.officer = true;
  if (!scratch.open(Field::visitor_phone, subject, box, Purpose::subject_request, owner))
    return failed("the privacy officer cannot answer a blocked person");
  return passed("a blocked person is read by the privacy officer alone");
}

}  // namespace

std::vector<Promise> prove_register() {
  return {
      {1, "every stored column of personal data is declared in the register", schema_is_declared},
      {2, "a field is read only for a purpose that the register allows", whole_matrix},
      {7, "a visitor's name serves only its purposes",
       [](ProveScope& scope) { return matrix(scope, {Field::visitor_name}); }},
      {8, "a visitor's e-mail serves only its purposes",
       [](ProveScope& scope) { return matrix(scope, {Field::visitor_email}); }},
      {13, "data of employees are limited", employees_are_limited},
      {17, "withdrawal of consent keeps what a contract needs", contract_outlives_consent},
      {18, "an objection stops analytics", objection_stops},
      {39, "no basis, no processing", no_basis_no_processing},
      {42, "withdrawal stops use at once", withdrawal_stops_at_once},
      {46, "a blocked person is unreadable to all but the privacy officer", blocked_for_all_but_the_officer},
  };
}

}  // namespace chatika::privacy
