// What no table shows while nothing has happened yet: done once in the scratch installation, to a made-up
// person.
#include <fmt/format.h>

#include "document/document.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"
#include "privacy/recipients.hpp"
#include "privacy/rights.hpp"

namespace chatika::privacy {
namespace {

constexpr std::string_view kBefore = "0000";
constexpr std::string_view kAfter = "1111";
constexpr auto kReminder = std::chrono::hours(25);  // kFirstReminder has passed by then
constexpr std::size_t kNotices = 10;

// A visitor whose name is kept where names are kept.
SubjectId named_visitor(Scratch& scratch, Time now) {
  const auto subject = scratch.visitor();
  const auto box = scratch.seal(Field::visitor_name, subject, kBefore);
  scratch.act([&](Access& access) { prove_store::keep_scratch_box(access.tx(), subject, box, now); });
  return subject;
}

Correct other_name() {
  return {.field = "visitor.name", .row = {}, .value = std::string(kAfter), .reason = "проверка"};
}

Finding correction_is_tried(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto subject = named_visitor(scratch, scope.now);
  auto receptionist = scratch.officer();
  receptionist.officer = false;
  bool taken = false;
  scratch.act(receptionist,
              [&](Access& access) { taken = correct(access, subject, other_name()).has_value(); });
  if (taken) return failed("someone who is not the privacy officer corrects a person's data");
  Result<std::vector<Correction>> history = fail(Errc::internal);
  scratch.act(scratch.officer(), [&](Access& access) {
    taken = correct(access, subject, other_name()).has_value();
    history = corrections_of(access, subject);
  });
  if (!taken) return failed("a correction by the privacy officer is not taken");
  if (!history || history->size() != 1 || history->front().before != kBefore ||
      history->front().after != kAfter || history->front().actor.empty() || history->front().reason.empty())
    return failed("a correction does not keep what stood there before, why it was changed and by whom");
  return passed("tried: a correction keeps what stood there before, why it was changed and by whom");
}

Finding recipient_is_tried(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto subject = named_visitor(scratch, scope.now);
  bool taken = false;
  scratch.act(scratch.officer(), [&](Access& access) {
    taken = add_recipient(access, "Получатель", "privacy@example.org", RecipientKind::crm) &&
            correct(access, subject, other_name());
  });
  if (!taken) return failed("a recipient of data cannot be entered");
  std::vector<DueNotice> due;
  const auto look = [&] { scratch.act([&](Access& access) { due = take_notices(access, kNotices); }); };
  look();
  if (due.size() != 1) return failed("a recipient is not told of a correction");
  scratch.at(scope.now + kReminder);
  look();
  if (due.size() != 1) return failed("a recipient who has not acknowledged is not told again");
  scratch.act([&](Access& access) { taken = acknowledge(access, due.front().token).has_value(); });
  if (!taken) return failed("an acknowledgement is not taken");
  scratch.at(scope.now + 30 * kReminder);
  look();
  if (!due.empty()) return failed("a recipient who has acknowledged is told again");
  return passed(
      "tried: a recipient is told of a correction, told again, and left in peace once it acknowledges");
}

Finding refusal_letter_is_tried(ProveScope& scope) {
  const Party party{.name = "ООО «Пример»", .address = "г. Примерск", .email = "privacy@example.org"};
  const Details details{
      .controller = party, .processor = party, .site = "example.org", .officer = "Примеров П. П."};
  constexpr RefusalReason kReasons[] = {RefusalReason::not_verified,     RefusalReason::repeated,
                                        RefusalReason::rights_of_others, RefusalReason::limited_by_law,
                                        RefusalReason::other_ground,     RefusalReason::accurate};
  const struct {
    std::string_view language, authority, court;
  } kWays[] = {{"ru", "Роскомнадзор", "суд"}, {"en", "Roskomnadzor", "court"}};
  for (const auto reason : kReasons)
    for (const auto& way : kWays) {
      const RefusalFacts facts{.request = {.number = "1",
                                           .requester = "Примеров",
                                           .essence = "e",
                                           .received_at = scope.now,
                                           .answered_at = scope.now,
                                           .answered_by = {"Примеров", "p"}},
                               .reason = reason,
                               .explanation = {},
                               .holds = {}};
      const auto text = document::to_text(refusal(details, register_in_force(false), facts, way.language));
      for (const auto wanted : {way.authority, way.court, article(reason, Law::russia).in(way.language)})
        if (text.find(wanted) == std::string::npos)
          return failed(
              fmt::format("a letter of refusal in {} lacks its article or the way to appeal", way.language));
    }
  return passed(
      fmt::format("tried: letters of refusal for {} reasons in two languages name the article, Roskomnadzor "
                  "and the court",
                  std::size(kReasons)));
}

}  // namespace

std::vector<Promise> prove_trials() {
  return {{4, "", correction_is_tried}, {48, "", refusal_letter_is_tried}, {56, "", recipient_is_tried}};
}

}  // namespace chatika::privacy
