#include "privacy/register.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

constexpr std::array kPurposes{Purpose::addressing,   Purpose::lead,           Purpose::callback,
                               Purpose::answering,    Purpose::security,       Purpose::authentication,
                               Purpose::notification, Purpose::subject_request};

// What may be read for what, in the order of kPurposes, written down a second time: to widen a purpose one
// has to say so in both places.
constexpr std::array<const char*, kFields> kMatrix{
    // addr lead call answ secu auth noti subj
    "x x . . . . . x",  // visitor_name
    ". x x . . . . x",  // visitor_phone
    ". x . . . . x x",  // visitor_email
    ". . . . x . . x",  // visitor_ip
    ". x . x . . . x",  // message_body
    ". . . x . . . .",  // conversation_dialogue
    ". x x . . . . x",  // lead_note
    "x . . . . x x .",  // employee_name
    ". . . . . x x .",  // employee_email
    ". . . . . . x x",  // outbox_address
    ". . . . . . x x",  // outbox_secrets
};

TEST(Register, allows_exactly_the_purposes_of_the_matrix) {
  for (std::size_t f = 0; f < kFields; ++f)
    for (std::size_t p = 0; p < kPurposes.size(); ++p)
      EXPECT_EQ(allows(static_cast<Field>(f), kPurposes[p]), kMatrix[f][2 * p] == 'x')
          << rule(static_cast<Field>(f)).table << '.' << rule(static_cast<Field>(f)).column << " for "
          << name(kPurposes[p]);
}

TEST(Register, rows_stand_at_their_fields_and_name_each_column_once) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    EXPECT_EQ(static_cast<std::size_t>(r.field), f);
    EXPECT_TRUE(seen.emplace(r.table, r.column).second);
    EXPECT_TRUE(r.column.ends_with("_box"));
    EXPECT_NE(r.purposes, 0);
  }
  for (const auto& l : linked_columns())
    EXPECT_TRUE(seen.emplace(l.table, l.column).second) << l.table << '.' << l.column;
}

TEST(Register, purposes_have_names_of_their_own) {
  std::set<std::string_view> names;
  for (const auto p : kPurposes) names.insert(name(p));
  EXPECT_EQ(names.size(), kPurposes.size());
  EXPECT_FALSE(names.contains("unknown"));
}

class RegisterTest : public chatika::testing::BothDatabases {};
CHATIKA_BOTH_DATABASES(RegisterTest);

TEST_P(RegisterTest, is_true_of_the_schema) {
  const auto checked = check_schema(storage().tenant_schema());
  EXPECT_TRUE(checked) << checked.error().cause;
}

TEST_P(RegisterTest, finds_any_column_that_nobody_declared) {
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
