// The published texts: made from the register in use, each for an invented business.
#include <fmt/format.h>

#include "document/document.hpp"
#include "json/write.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/documents_versions.hpp"
#include "privacy/prove_checks.hpp"

namespace chatika::privacy {
namespace {

Details invented(bool clinic) {
  const Party party{.name = "ООО «Пример»",
                    .tax_number = "0000000000",
                    .address = "г. Примерск, ул. Примерная, 1",
                    .email = "privacy@example.org",
                    .phone = {}};
  return {.controller = party,
          .processor = party,
          .site = "example.org",
          .officer = "Примеров П. П.",
          .clinic = clinic};
}

Result<std::string> text_of(DocumentKind kind, bool clinic, const Register& reg, std::string_view language) {
  return document::to_text(TRY(make_document(kind, invented(clinic), reg, language)));
}

// Says each item of the register that is its matter, and changes when the item or its period does.
Finding follows(DocumentKind kind, bool employees) {
  int looked = 0;
  for (const bool clinic : {true, false})
    for (const auto* language : {"ru", "en"}) {
      const auto reg = register_in_force(clinic);
      const auto text = text_of(kind, clinic, reg, language);
      if (!text) return failed(fmt::format("{} cannot be made", json::name_of(kind)));
      for (std::size_t i = 0; i < reg.items.size(); ++i) {
        const auto& item = reg.items[i];
        if (item.category == Category::employee && !employees) continue;
        auto renamed = reg;
        renamed.items[i].name = {"иное", "other"};
        auto kept_longer = reg;
        ++kept_longer.days[static_cast<std::size_t>(item.retention)];
        const auto one = text_of(kind, clinic, renamed, language);
        const auto two = text_of(kind, clinic, kept_longer, language);
        if (!one || !two || *one == *text || *two == *text)
          return failed(fmt::format("{} in {} does not follow {}", json::name_of(kind), language, item.key));
        ++looked;
      }
    }
  return passed(fmt::format("{}: each of {} lines of the register shows in it, with its period",
                            json::name_of(kind), looked));
}

Finding notices_follow_the_register(ProveScope& scope) {
  const auto overdue = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    std::int64_t late = 0;
    for (const auto& duty : notification_duties(access.tx()))
      if (duty.notify_by && *duty.notify_by < scope.now) ++late;
    return late;
  });
  if (!overdue) return failed(overdue.error().cause);
  if (*overdue > 0) return failed(fmt::format("{} changes were not told to Roskomnadzor in time", *overdue));
  return both(follows(DocumentKind::notification_start, false), passed("no notice of a change is overdue"));
}

Finding texts_follow_the_register(ProveScope&) {
  return both(follows(DocumentKind::policy, true), follows(DocumentKind::processing_record, true));
}

Finding answer_is_whole(ProveScope& scope) {
  for (const auto* language : {"ru", "en"}) {
    const auto reg = register_in_force(true);
    AccessFacts facts;
    facts.request = {.number = "n-1",
                     .requester = "Примеров",
                     .essence = "e-1",
                     .received_at = scope.now,
                     .answered_at = scope.now,
                     .answered_by = {"Примеров", "p-1"}};
    std::vector<std::string> wanted{"ООО «Пример»", "г. Примерск", "r-1", "c-1", "h-1"};
    for (std::size_t i = 0; i < reg.items.size(); ++i) {
      if (reg.items[i].category == Category::employee) continue;
      const auto value = fmt::format("value-{}-", i);
      facts.data.push_back({std::string(reg.items[i].key), value, "", scope.now});
      wanted.push_back(value);
      wanted.emplace_back(reg.items[i].name.in(language));
    }
    facts.disclosures = {{"r-1", "a-1", "w-1", scope.now}};
    facts.consents = {"c-1"};
    facts.holds = {{std::string(reg.items.front().key), "h-1", ""}};
    const auto text = document::to_text(access_answer(invented(true), reg, facts, language));
    for (const auto& part : wanted)
      if (text.find(part) == std::string::npos)
        return failed(fmt::format("an access answer in {} lacks one of what it was given", language));
    for (const auto basis : kAllBases)
      if (basis != Basis::contract &&
          text.find(article(basis, Law::russia).in(language)) == std::string::npos)
        return failed(
            fmt::format("an access answer in {} does not name the basis {}", language, name(basis)));
  }
  return passed(
      "an access answer made here names every datum, recipient, consent, hold and basis it was given");
}

}  // namespace

std::vector<Promise> prove_documents() {
  return {
      {44, "the notice to Roskomnadzor is made from the register, changes are tracked",
       notices_follow_the_register},
      {45, "the access answer holds every item of art. 14(7)", answer_is_whole},
      {55, "public texts are made from one source", texts_follow_the_register},
  };
}

}  // namespace chatika::privacy
