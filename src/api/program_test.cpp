// What only the whole program can show: every statement on both engines, the register against the real
// schema, the OpenAPI document against the committed one.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/server.hpp"
#include "privacy/register.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::api {

class ProgramTest : public chatika::testing::BothDatabases {};
CHATIKA_BOTH_DATABASES(ProgramTest);

TEST_P(ProgramTest, every_statement_is_understood_by_the_engine) {
  const auto table = routes();  // keeps every room's statements in this program
  ASSERT_FALSE(table.empty());
  EXPECT_GT(db::Statement::all().size(), 80U);
  EXPECT_EQ(db::prepare_all(storage()), std::vector<std::string>());
}

TEST_P(ProgramTest, the_register_knows_every_column) {
  const auto schema = storage().tenant_schema();
  ASSERT_GT(schema.size(), 15U);
  EXPECT_TRUE(privacy::check_schema(schema).has_value());
}

TEST_P(ProgramTest, P30_every_box_column_is_a_field_of_the_register) {
  std::set<std::string> sealed;
  for (std::size_t i = 0; i < privacy::kFields; ++i) {
    const auto& rule = privacy::rule(static_cast<privacy::Field>(i));
    sealed.insert(std::string(rule.table) + "." + std::string(rule.column));
  }
  // A person's wrapped key, and the evidence of a destruction with its own: neither is sealed under a person's key.
  const std::set<std::string> others{"subject.key_box", "destruction.key_box", "destruction.act_box"};
  for (const auto& [table, columns] : storage().tenant_schema())
    for (const auto& column : columns)
      if (column.ends_with("_box") && !others.contains(table + "." + column))
        EXPECT_TRUE(sealed.contains(table + "." + column)) << table << "." << column;
}

TEST(OpenApi, committed_document_is_the_one_the_table_makes) {
  std::ifstream file(std::string(CHATIKA_SOURCE_DIR) + "/docs/openapi.json");
  std::stringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), openapi(routes()) + "\n")
      << "run: build/chatika openapi > docs/openapi.json, npm run types";
}

TEST(OpenApi, every_route_has_a_name_of_its_own) {
  std::set<std::string> names;
  for (const auto& route : routes()) {
    if (route.operation.empty()) continue;
    EXPECT_TRUE(names.insert(route.operation).second) << route.operation;
    EXPECT_FALSE(route.summary.empty()) << route.path;
  }
}

TEST(RouteTable, writing_to_a_business_always_needs_a_signed_in_employee) {
  for (const auto& route : routes())
    if (route.path.starts_with("/api/v1/") && route.path != "/api/v1/session")
      EXPECT_TRUE(signed_in(route.gate)) << route.path;
}

}  // namespace chatika::api
