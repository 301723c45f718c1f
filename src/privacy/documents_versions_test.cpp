#include "privacy/documents_versions.hpp"

#include <gtest/gtest.h>

#include <set>

#include "privacy/access.hpp"
#include "privacy/documents_fixture_test.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

class DocumentVersions : public chatika::testing::BothDatabases {
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
  bool refresh(const Register& from) {
    return act([&](Access& a) {
             return refresh_documents(a, {sample_details(true), sample_details(true, "en")}, from,
                                      "Europe/Moscow");
           })
        .value();
  }
  Current current(DocumentKind kind, const Register& from, const Details& details = sample_details(true)) {
    return act([&](Access& a) { return current_document(a, kind, details, from, "ru", "Europe/Moscow"); })
        .value();
  }

  TenantKeys keys{tenant, crypto::Key::fresh()};
  Time now = kSampleTime;
  Register reg = register_in_force(true);
};
CHATIKA_BOTH_DATABASES(DocumentVersions);

TEST_P(DocumentVersions, the_same_text_stays_the_same_version) {
  EXPECT_TRUE(refresh(reg));
  now += std::chrono::days(3);
  EXPECT_FALSE(refresh(reg));
  const auto policy = current(DocumentKind::policy, reg);
  EXPECT_EQ(policy.version.version, 1);
  EXPECT_EQ(policy.version.at, kSampleTime);
  EXPECT_EQ(policy.version.hash.size(), 64U);
  EXPECT_TRUE(in_tx([](db::Tx& tx) { return document_changes(tx, 100); }).empty());
  EXPECT_TRUE(in_tx(other, [](db::Tx& tx) { return document_changes(tx, 100); }).empty());
}

TEST_P(DocumentVersions, a_change_of_the_register_is_kept_as_a_diff_of_all_documents_it_touches) {
  refresh(reg);
  reg.days[static_cast<std::size_t>(Retention::contacts)] = 90;
  now += std::chrono::days(1);
  EXPECT_TRUE(refresh(reg));
  const auto changes = in_tx([](db::Tx& tx) { return document_changes(tx, 100); });
  std::set<std::pair<DocumentKind, std::string>> kinds;
  for (const auto& change : changes) {
    kinds.emplace(change.version.kind, change.version.language);
    EXPECT_EQ(change.version.version, 2);
    EXPECT_EQ(change.version.at, now);
    ASSERT_FALSE(change.changes.empty());
    for (const auto& line : change.changes) {
      EXPECT_EQ(line.kind, document::ChangeKind::changed);
      EXPECT_NE(line.before.find("180 "), std::string::npos) << line.before;
      EXPECT_NE(line.after.find("90 "), std::string::npos) << line.after;
    }
  }
  for (const auto kind : {DocumentKind::policy, DocumentKind::consent, DocumentKind::processing_record,
                          DocumentKind::processing_agreement, DocumentKind::notification_start})
    for (const auto* language : {"ru", "en"}) EXPECT_TRUE(kinds.contains({kind, language}));
  EXPECT_FALSE(kinds.contains({DocumentKind::officer_appointment, "ru"}));
}

TEST_P(DocumentVersions, P44_what_was_notified_and_changes_is_due_by_the_15th_of_the_next_month) {
  refresh(reg);
  EXPECT_TRUE(in_tx([](db::Tx& tx) { return notification_duties(tx); }).empty())
      << "the first version is no change";
  reg.items[0].consent = bits(Purpose::callback);
  refresh(reg);
  auto duties = in_tx([](db::Tx& tx) { return notification_duties(tx); });
  ASSERT_EQ(duties.size(), 1U);
  EXPECT_EQ(duties[0].kind, DocumentKind::notification_start);
  EXPECT_EQ(duties[0].language, "ru");
  // 15 December 2026 ends in Moscow three hours before it ends in UTC.
  EXPECT_EQ(to_rfc3339(*duties[0].notify_by).substr(0, 19), "2026-12-15T20:59:59");
  now += std::chrono::days(2);
  EXPECT_TRUE(act([](Access& a) {
    return notification_filed(a, {"ru", 2, "2026-11-26", "77-1"}, "Europe/Moscow");
  }));
  EXPECT_TRUE(in_tx([](db::Tx& tx) { return notification_duties(tx); }).empty());
  EXPECT_EQ(act([](Access& a) {
              return notification_filed(a, {"ru", 2, "2026-11-26", "77-1"}, "Europe/Moscow");
            })
                .error()
                .code,
            Errc::not_found);
  EXPECT_EQ(act([](Access& a) {
              return notification_filed(a, {"ru", 1, "2026-11-26", "77-1"}, "Europe/Moscow");
            })
                .error()
                .code,
            Errc::not_found);
}

TEST_P(DocumentVersions, who_is_appointed_stands_in_the_document_and_in_no_stored_text) {
  const auto details = sample_details(true);
  const auto shown = current(DocumentKind::officer_appointment, reg, details);
  EXPECT_NE(to_text(shown.document).find(details.officer), std::string::npos);
  static const db::Statement kBodies("SELECT body FROM document_version");
  const auto bodies =
      in_tx([](db::Tx& tx) { return tx.all(kBodies, [](const db::Row& r) { return r.str(0); }); });
  ASSERT_EQ(bodies.size(), 1U);
  EXPECT_EQ(bodies[0].find("Примеров"), std::string::npos);
  auto nobody = details;
  nobody.officer.clear();
  EXPECT_EQ(current(DocumentKind::officer_appointment, reg, nobody).version.version, 1);
}

TEST_P(DocumentVersions, nothing_is_entered_for_a_business_without_a_contact) {
  auto details = sample_details(true);
  details.controller.email.clear();
  const auto none = act([&](Access& a) -> Result<bool> {
    return refresh_documents(a, {details, details}, reg, "Europe/Moscow");
  });
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fields[0].code, "no_privacy_contact");
}

}  // namespace
}  // namespace chatika::privacy
