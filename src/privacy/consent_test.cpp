#include "privacy/consent.hpp"

#include <gtest/gtest.h>

#include <set>

#include "privacy/access.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kInsertAct(
    "INSERT INTO consent (id, subject, act, text_hash, purposes, health, widget_version, at)"
    " VALUES ($1, $2, $3, $4, 'answering', 0, '1', $5)");
const db::Statement kTexts("SELECT hash, version, language, body FROM consent_text ORDER BY language");
const db::Statement kActs("SELECT COUNT(*) FROM consent");

Controller clinic() {
  return {.name = "ООО «Пример»",
          .address = "г. Пример, ул. Примерная, 1",
          .contact = "privacy@example.org",
          .processor = "ООО «Обработчик»",
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

TEST(ConsentText, hash_is_of_exactly_what_is_shown) {
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
  for (const auto& part : {clinic().name, clinic().address, clinic().contact, clinic().processor}) {
    EXPECT_NE(body.find(part), std::string::npos) << part;
    EXPECT_NE(joined(consent_text(clinic(), "en")).find(part), std::string::npos) << part;
  }
  std::set<std::string> hashes{t.hash, consent_text(clinic(), "en").hash};
  auto c = clinic();
  c.name += "!";
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
    return act([](Access& a) { return a.new_subject("visitor"); });
  }
  void give(SubjectId id, const ConsentText& shown, bool health) {
    act([&](Access& a) { return give_consent(a, id, shown, health, "1.2.3"), true; });
  }
  void enter(SubjectId id, const char* act_name, Time at) {
    in_tx([&](db::Tx& tx) { tx.exec(kInsertAct, new_uuid(), id, act_name, text.hash, at); });
  }
  bool given(SubjectId id) {
    return in_tx([&](db::Tx& tx) { return consent_given(tx, id); });
  }
  TenantKeys keys{tenant, crypto::Key::fresh()};
  const ConsentText text = consent_text(clinic(), "ru");
  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
};
CHATIKA_BOTH_DATABASES(ConsentTest);

TEST_P(ConsentTest, the_last_act_decides) {
  const auto id = person(), nobody = person();
  EXPECT_FALSE(given(id));
  give(id, text, false);
  EXPECT_TRUE(given(id));
  EXPECT_FALSE(given(nobody));
  enter(id, "withdrawn", now + std::chrono::seconds(1));
  EXPECT_FALSE(given(id));
  now += std::chrono::seconds(2);
  give(id, text, false);
  EXPECT_TRUE(given(id));
  enter(id, "withdrawn", now);  // within the same microsecond: the later entry
  EXPECT_FALSE(given(id));
  enter(id, "given", now - std::chrono::hours(1));  // entered later, acted earlier
  EXPECT_FALSE(given(id));
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
