#include "privacy/holdings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace chatika::privacy {
namespace {

// Whoever adds a table with a personal column says here what erasing a person does to its rows.
TEST(Holdings, P46_every_table_with_a_personal_column_has_a_rule) {
  std::set<std::string_view> tables;
  for (std::size_t i = 0; i < kFields; ++i) tables.insert(rule(static_cast<Field>(i)).table);
  for (const auto& l : linked_columns()) tables.insert(l.table);
  for (const auto table : tables) {
    const bool ruled = std::ranges::any_of(table_rules(), [&](const TableRule& r) { return r.table == table; });
    const bool is_free = std::ranges::any_of(free_tables(), [&](const FreeTable& f) { return f.table == table; });
    EXPECT_TRUE(ruled != is_free) << table << " needs one rule in privacy/holdings.cpp";
  }
}

TEST(Holdings, sealed_columns_stand_in_tables_whose_rows_are_named) {
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto& f = rule(static_cast<Field>(i));
    EXPECT_TRUE(std::ranges::any_of(table_rules(), [&](const TableRule& r) { return r.table == f.table && !r.row.empty(); }))
        << f.table;
    EXPECT_EQ(field_of(field_key(f.field)), f.field);
  }
}

TEST(Holdings, children_go_before_what_they_hang_on) {
  const auto rules = table_rules();
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (!rules[i].parent.empty())
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_FALSE(rules[j].table == rules[i].parent && rules[j].erasing == Erasing::drop) << rules[i].table;
}

TEST(Holdings, what_is_kept_says_why) {
  for (const auto& r : table_rules()) EXPECT_TRUE(r.erasing == Erasing::drop || !r.detail.empty()) << r.table;
}

}  // namespace
}  // namespace chatika::privacy
