#include "privacy/consent.hpp"

#include <gtest/gtest.h>

#include <set>

#include "privacy/access.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kTexts("SELECT hash, version, language, body FROM consent_text ORDER BY language");
const db::Statement kActs("SELECT COUNT(*) FROM consent");

Details clinic() {
  return {.controller = {.name = "ООО «Пример»",
                         .tax_number = "0000000000",
                         .address = "г. Пример, ул. Примерная, 1",
                         .email = "privacy@example.org",
                         .phone = ""},
          .processor = {.name = "ООО «Обработчик»"},
          .clinic = true};
}

std::string joined(const ConsentText& t) {
  std::string body = t.title;
  for (const auto& p : t.paragraphs) body += '\n' + p;
  body += '\n' + t.agree;
  if (t.health) body += '\n' + *t.health;
  return body;
}

std::string sha256_hex(std::string_view text) {
  const auto hash = crypto::sha256(text);
  return crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

TEST(ConsentText, P20_hash_is_of_exactly_what_is_shown) {
  for (const auto* language : {"ru", "en"})
    for (const bool is_clinic : {true, false}) {
      auto controller = clinic();
      controller.clinic = is_clinic;
      const auto t = consent_text(controller, language);
      EXPECT_EQ(t.hash, sha256_hex(joined(t)));
      EXPECT_EQ(t.hash.size(), 64U);
      EXPECT_EQ(t.language, language);
      EXPECT_EQ(t.version, kConsentVersion);
      EXPECT_EQ(t.health.has_value(), is_clinic);
    }
}

TEST(ConsentText, names_who_asks_and_any_difference_changes_the_hash) {
  const auto t = consent_text(clinic(), "ru");
  const auto body = joined(t);
  for (const auto& part : {clinic().controller.name, clinic().controller.address, clinic().controller.email,
                           clinic().processor.name}) {
    EXPECT_NE(body.find(part), std::string::npos) << part;
    EXPECT_NE(joined(consent_text(clinic(), "en")).find(part), std::string::npos) << part;
  }
  std::set<std::string> hashes{t.hash, consent_text(clinic(), "en").hash};
  auto c = clinic();
  c.controller.name += "!";
  hashes.insert(consent_text(c, "ru").hash);
  c = clinic();
  c.clinic = false;
  hashes.insert(consent_text(c, "ru").hash);
  EXPECT_EQ(hashes.size(), 4U);
}

TEST(ConsentText, another_language_is_answered_in_russian) {
  EXPECT_EQ(consent_text(clinic(), "de").language, "ru");
}

class ConsentTest : public chatika::testing::BothDatabases {
 protected:
  template <class F>
  auto act(F f) {
    return in_tx([&](db::Tx& tx) {
      Access access(tx, keys, Principal::system(tenant), now, "test");
      auto result = f(access);
      access.finish();
      return result;
    });
  }

  SubjectId person() {
    return act([](Access& a) { return a.new_subject(SubjectKind::visitor); });
  }
  void give(SubjectId id, const ConsentText& shown, bool health) {
    act([&](Access& a) { return give_consent(a, id, shown, health, "1.2.3").value(), true; });
  }
  bool withdraw(SubjectId id, const Withdrawal& w = {}) {
    return act([&](Access& a) { return withdraw_consent(a, id, w).value(); });
  }
  Standing standing(SubjectId id) {
    return act([&](Access& a) { return a.standing(id).value(); });
  }
  std::vector<ConsentAct> acts(SubjectId id) {
    return in_tx([&](db::Tx& tx) { return consent_acts(tx, id); });
  }
  TenantKeys keys{tenant, crypto::Key::fresh()};
  const ConsentText text = consent_text(clinic(), "ru");
  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
};
CHATIKA_BOTH_DATABASES(ConsentTest);

TEST_P(ConsentTest, P19_a_new_person_has_granted_nothing) {
  const auto s = standing(person());
  EXPECT_EQ(s.granted, 0);
  EXPECT_TRUE(s.closed());
}

TEST_P(ConsentTest, P21_acts_count_in_the_order_they_were_entered_whatever_the_clock_says) {
  const auto id = person();
  give(id, text, false);
  EXPECT_EQ(standing(id).granted, kConsentPurposes);
  now -= std::chrono::hours(1);
  EXPECT_TRUE(withdraw(id));
  EXPECT_EQ(standing(id).granted, 0);
  EXPECT_TRUE(standing(id).closed());
  EXPECT_FALSE(withdraw(id));  // nothing is left to withdraw
  now -= std::chrono::hours(1);
  give(id, text, false);
  EXPECT_EQ(standing(id).granted, kConsentPurposes);
  const auto entered = acts(id);
  ASSERT_EQ(entered.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(entered[i].seq, static_cast<std::int64_t>(i + 1));
  EXPECT_EQ(entered[1].act, Act::withdrawn);
  EXPECT_EQ(entered[1].actor, "system");
}

TEST_P(ConsentTest, one_purpose_is_withdrawn_alone) {
  const auto id = person();
  give(id, text, true);
  EXPECT_TRUE(
      withdraw(id, {.purposes = bits(Purpose::callback), .health = false, .channel = Channel::staff}));
  EXPECT_EQ(standing(id).granted, kConsentPurposes & ~bits(Purpose::callback));
  EXPECT_TRUE(standing(id).health);
  EXPECT_FALSE(standing(id).closed());
  EXPECT_TRUE(withdraw(id, {.purposes = 0, .health = true, .channel = Channel::widget}));
  EXPECT_FALSE(standing(id).health);
}

TEST_P(ConsentTest, P18_objection_stops_analytics_until_it_is_lifted_and_nothing_else) {
  const auto id = person();
  give(id, text, false);
  const auto object_to = [&](Purposes p) {
    return act([&](Access& a) { return object(a, id, p, Channel::widget).value(); });
  };
  EXPECT_FALSE(object_to(bits(Purpose::security)));  // what protects others cannot be objected to
  EXPECT_TRUE(object_to(bits(Purpose::analytics, Purpose::security)));
  EXPECT_FALSE(object_to(bits(Purpose::analytics)));
  EXPECT_EQ(standing(id).objected, bits(Purpose::analytics));
  EXPECT_EQ(standing(id).granted, kConsentPurposes);
  const auto address_for = [&](Purpose purpose) {
    return act([&](Access& a) {
      const auto box = a.seal<Field::visitor_ip>(id, id, "192.0.2.7").value();
      const auto text = a.open(box, purpose);
      return text ? Errc::internal : text.error().code;
    });
  };
  EXPECT_EQ(address_for(Purpose::analytics), Errc::consent_required) << "the very next read";
  EXPECT_EQ(address_for(Purpose::security), Errc::internal) << "is open";
  EXPECT_TRUE(act(
      [&](Access& a) { return lift_objection(a, id, bits(Purpose::analytics), Channel::widget).value(); }));
  EXPECT_EQ(standing(id).objected, 0);
  EXPECT_EQ(address_for(Purpose::analytics), Errc::internal) << "is open again";
}

TEST_P(ConsentTest, P21_replaying_the_ledger_gives_the_standing) {
  const auto id = person();
  give(id, text, true);
  withdraw(id, {.purposes = bits(Purpose::lead), .health = true, .channel = Channel::link});
  act([&](Access& a) { return object(a, id, kObjectable, Channel::form).value(); });
  give(id, consent_text(clinic(), "en"), false);
  withdraw(id, {.purposes = bits(Purpose::notification), .health = false, .channel = Channel::cli});
  const auto kept = standing(id), played = replay(SubjectKind::visitor, acts(id));
  EXPECT_EQ(played.granted, kept.granted);
  EXPECT_EQ(played.health, kept.health);
  EXPECT_EQ(played.objected, kept.objected);
  EXPECT_EQ(kept.granted, kConsentPurposes & ~bits(Purpose::notification));
}

TEST_P(ConsentTest, the_state_is_that_of_the_last_act) {
  const auto id = person();
  EXPECT_FALSE(in_tx([&](db::Tx& tx) { return consent_state(tx, id); }));
  give(id, text, false);
  now += std::chrono::seconds(1);
  give(id, text, true);
  const auto state = in_tx([&](db::Tx& tx) { return consent_state(tx, id); });
  ASSERT_TRUE(state);
  EXPECT_EQ(state->version, kConsentVersion);
  EXPECT_EQ(state->at, now);
  EXPECT_TRUE(state->health);
}

TEST_P(ConsentTest, a_text_is_kept_once_word_for_word_and_every_act_is_kept) {
  const auto id = person();
  const auto english = consent_text(clinic(), "en");
  give(id, text, false);
  give(id, text, true);
  give(person(), text, true);
  give(id, english, true);
  struct Kept {
    std::string hash, version, language, body;
  };
  const auto kept = in_tx([](db::Tx& tx) {
    return tx.all(kTexts, [](const db::Row& r) { return Kept{r.str(0), r.str(1), r.str(2), r.str(3)}; });
  });
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].hash, english.hash);
  EXPECT_EQ(kept[1].hash, text.hash);
  for (const auto& k : kept) EXPECT_EQ(sha256_hex(k.body), k.hash);
  EXPECT_EQ(in_tx([](db::Tx& tx) { return *tx.one(kActs, [](const db::Row& r) { return r.i64(0); }); }), 4);
}

}  // namespace
}  // namespace chatika::privacy
