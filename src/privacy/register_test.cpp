#include "privacy/register.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

constexpr std::array kAll{
    Purpose::addressing, Purpose::lead,           Purpose::callback,     Purpose::answering,
    Purpose::security,   Purpose::authentication, Purpose::notification, Purpose::subject_request,
    Purpose::analytics,  Purpose::visit};
static_assert(kAll.size() == kPurposes);

// What may be read for what, in the order of kAll, and on which basis (c consent, k contract, d duty by law,
// i legitimate interest), written down a second time: to widen a purpose one
// has to say so in both places.
constexpr std::array<const char*, kFields> kMatrix{
    // addr lead call answ secu auth noti subj anal visit
    "c c . . . . . d . .",  // visitor_name
    ". c c . . . . d . .",  // visitor_phone
    ". c . . . . c d . k",  // visitor_email
    ". . . . i . . d i .",  // visitor_ip
    ". c . c . . . d . k",  // message_body
    ". . . c . . . d . .",  // conversation_dialogue
    ". c c . . . . d . .",  // lead_note
    "k . . . . k k d . .",  // employee_name
    ". . . . . k k d . .",  // employee_email
    ". . . . . . i d . .",  // outbox_address
    ". . . . . . i d . .",  // outbox_secrets
    ". . . . . k . d . .",  // access_request_reason
    ". . . . . . . d . .",  // breach_details
    ". . . . . . . d . .",  // restriction_reason
    ". . . . . . . d . .",  // correction_old
    ". . . . . . . d . .",  // correction_new
    ". . . . . . . d . .",  // correction_reason
    ". . . . . . . d . .",  // hold_reason
    ". . . . . . . d . .",  // hold_release
    ". . . . . . . d . .",  // request_name
    ". . . . . . . d . .",  // request_contact
    ". . . . . . . d . .",  // request_phone
    ". . . . . . . d . .",  // request_description
    ". . . . . . . d . .",  // request_essence
    ". . . . . . . d . .",  // request_answer
    ". . . . . . . d . .",  // request_document
    ". . . . . . . d . .",  // request_note
};

TEST(Register, P2_P7_P8_allows_exactly_the_purposes_of_the_matrix_on_its_bases) {
  for (std::size_t f = 0; f < kFields; ++f)
    for (std::size_t p = 0; p < kAll.size(); ++p) {
      const auto& r = rule(static_cast<Field>(f));
      const auto bit = static_cast<Purposes>(kAll[p]);
      std::string bases;
      if (r.consent & bit) bases += 'c';
      if (r.contract & bit) bases += 'k';
      if (r.legal_duty & bit) bases += 'd';
      if (r.legitimate_interest & bit) bases += 'i';
      EXPECT_EQ(bases.empty() ? "." : bases, std::string(1, kMatrix[f][2 * p]))
          << r.table << '.' << r.column << " for " << name(kAll[p]);
      EXPECT_EQ(allows(static_cast<Field>(f), kAll[p]), !bases.empty());
    }
}

TEST(Register, rows_stand_at_their_fields_and_name_each_column_once) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    EXPECT_EQ(static_cast<std::size_t>(r.field), f);
    EXPECT_TRUE(seen.emplace(r.table, r.column).second);
    EXPECT_TRUE(r.column.ends_with("_box"));
    EXPECT_NE(r.purposes(), 0);
  }
  for (const auto& l : linked_columns())
    EXPECT_TRUE(seen.emplace(l.table, l.column).second) << l.table << '.' << l.column;
}

TEST(Register, purposes_have_names_of_their_own) {
  std::set<std::string_view> names;
  for (const auto p : kAll) names.insert(name(p));
  EXPECT_EQ(names.size(), kPurposes);
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(Register, sets_of_purposes_are_written_and_read) {
  for (unsigned set = 0; set < 1U << kPurposes; ++set)
    EXPECT_EQ(purposes_named(names(static_cast<Purposes>(set))), set);
  EXPECT_EQ(names(bits(Purpose::lead, Purpose::answering)), "lead answering");
  EXPECT_EQ(purposes_named("answering selling lead"), bits(Purpose::lead, Purpose::answering));
}

TEST(Register, retention_stands_within_its_limits) {
  for (std::size_t i = 0; i < kRetentions; ++i) {
    const auto& r = rule(static_cast<Retention>(i));
    EXPECT_EQ(static_cast<std::size_t>(r.retention), i);
    for (const auto days : {r.days, r.clinic_days}) EXPECT_TRUE(r.least <= days && days <= r.most) << r.name;
    EXPECT_LE(r.clinic_days, r.days) << r.name;
  }
}

class RegisterTest : public chatika::testing::BothDatabases {};
CHATIKA_BOTH_DATABASES(RegisterTest);

TEST_P(RegisterTest, is_true_of_the_schema) {
  const auto checked = check_schema(storage().tenant_schema());
  EXPECT_TRUE(checked) << checked.error().cause;
}

TEST_P(RegisterTest, P1_finds_any_column_that_nobody_declared) {
  const auto schema = storage().tenant_schema();
  ASSERT_GE(schema.size(), 18U);
  for (std::size_t t = 0; t < schema.size(); ++t) {
    auto changed = schema;
    changed[t].second.push_back("diagnosis");
    const auto checked = check_schema(changed);
    ASSERT_FALSE(checked) << schema[t].first;
    EXPECT_NE(checked.error().cause.find(schema[t].first + ".diagnosis"), std::string::npos)
        << checked.error().cause;
  }
  auto changed = schema;
  changed.push_back({"patient", {"id"}});
  EXPECT_FALSE(check_schema(changed));
}

// The policy: name, e-mail, password hash, role and permissions, for signing in and notifications.
TEST_P(RegisterTest, P13_of_an_employee_only_what_the_policy_names_is_kept) {
  for (const auto& [table, columns] : storage().tenant_schema()) {
    if (table != "employee") continue;
    auto kept = columns;
    std::erase(kept, "tenant");  // PostgreSQL's
    std::ranges::sort(kept);
    EXPECT_EQ(kept, (std::vector<std::string>{"access_until", "created_at", "disabled_at", "email_box", "id", "name_box",
                                              "officer", "password_hash", "role"}));
  }
  constexpr auto kWork =
      bits(Purpose::authentication, Purpose::notification, Purpose::addressing, Purpose::subject_request);
  int fields = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& r = rule(static_cast<Field>(i));
    if (r.category != Category::employee) continue;
    ++fields;
    EXPECT_EQ(r.purposes() & ~kWork, 0) << r.table << '.' << r.column;
  }
  EXPECT_GE(fields, 2);
}

TEST_P(RegisterTest, finds_any_column_that_is_missing) {
  const auto schema = storage().tenant_schema();
  for (std::size_t t = 0; t < schema.size(); ++t)
    for (std::size_t c = 0; c < schema[t].second.size(); ++c) {
      auto changed = schema;
      changed[t].second.erase(changed[t].second.begin() + static_cast<std::ptrdiff_t>(c));
      const auto checked = check_schema(changed);
      ASSERT_FALSE(checked) << schema[t].first << '.' << schema[t].second[c];
      EXPECT_NE(checked.error().cause.find(schema[t].first + "." + schema[t].second[c]), std::string::npos);
    }
}

}  // namespace
}  // namespace chatika::privacy
