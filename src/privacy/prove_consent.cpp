// Consent: before anything is stored, to exactly the text shown, and its ledger.
#include <fmt/format.h>

#include "json/write.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

Finding consent_comes_first(ProveScope& scope) {
  const auto without = scope.sum([](const auto&, Access& access) -> Result<std::int64_t> {
    return prove_store::visitors_without_consent_act(access.tx());
  });
  if (!without) return failed(without.error().cause);
  if (*without > 0) return failed(fmt::format("{} visitors are stored without an act of consent", *without));
  return passed("every stored visitor has an act of consent");
}

Finding texts_are_those_shown(ProveScope& scope) {
  std::int64_t texts = 0;
  const auto changed = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    std::int64_t wrong = 0;
    prove_store::each_consent_text(access.tx(), [&](std::string_view hash, std::string_view body) {
      const auto digest = crypto::sha256(body);
      ++texts;
      if (crypto::hex({reinterpret_cast<const char*>(digest.data()), digest.size()}) != hash) ++wrong;
    });
    return wrong;
  });
  if (!changed) return failed(changed.error().cause);
  if (*changed > 0)
    return failed(fmt::format("{} kept consent texts are not the ones that were shown", *changed));
  if (texts == 0) return not_applicable("nothing to look at yet: no visitor has given a consent");
  return passed(fmt::format(
      "{} kept consent texts looked at: each is, to the letter, the one whose hash the acts name", texts));
}

Finding ledger_gives_the_standing(ProveScope& scope) {
  std::int64_t people = 0;
  const auto differ = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    std::int64_t wrong = 0;
    for (const auto& [id, kept] : prove_store::standings(access.tx())) {
      if (kept.erased_at) continue;
      const auto replayed = replay(kept.kind, consent_acts(access.tx(), id));
      ++people;
      if (replayed.granted != kept.granted || replayed.health != kept.health ||
          replayed.objected != kept.objected)
        ++wrong;
    }
    return wrong;
  });
  if (!differ) return failed(differ.error().cause);
  if (*differ > 0)
    return failed(fmt::format("{} of {} persons do not stand as their ledger says", *differ, people));
  return passed(fmt::format("the ledgers of {} persons, replayed, give their standing", people));
}

Finding capacity_is_kept(ProveScope& scope) {
  const auto wrong = scope.sum([](const auto&, Access& access) -> Result<std::int64_t> {
    return prove_store::wrong_capacities(access.tx());
  });
  if (!wrong) return failed(wrong.error().cause);
  if (*wrong > 0) return failed(fmt::format("{} persons are kept in the wrong capacity", *wrong));
  return passed("every person is kept as processor's or controller's");
}

Finding every_channel_withdraws_alike(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  constexpr Channel kChannels[] = {Channel::widget, Channel::link, Channel::staff, Channel::form,
                                   Channel::cli};
  for (const auto channel : kChannels) {
    const auto subject = scratch.visitor();
    bool alike = false;
    scratch.act([&](Access& access) {
      const auto done = withdraw_consent(access, subject, {.channel = channel});
      const auto standing = access.standing(subject);
      alike = done && *done && standing && standing->granted == 0 && !standing->health && standing->closed();
    });
    if (!alike)
      return failed(fmt::format("a withdrawal by {} leaves something allowed", json::name_of(channel)));
  }
  return passed(fmt::format("{} channels tried: the same standing after each", std::size(kChannels)));
}

}  // namespace

std::vector<Promise> prove_consent() {
  return {
      {19, "nothing about a visitor is stored before the consent", consent_comes_first},
      {20, "consent is kept with the exact text that was shown", texts_are_those_shown},
      {21, "the consent ledger, replayed, gives the state", ledger_gives_the_standing},
      {23, "each record says whether Chatika is processor or controller", capacity_is_kept},
      {47, "withdrawal over any channel has one effect", every_channel_withdraws_alike},
  };
}

}  // namespace chatika::privacy
