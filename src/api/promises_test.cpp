// Promises that are kept where requests come in: who passes which gate, what answers carry, when the widget
// is on.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "accounts/fixture_test.hpp"
#include "api/papers.hpp"
#include "api/server.hpp"
#include "api/wire_requests.hpp"
#include "json/read.hpp"

namespace chatika::api {
namespace {

using privacy::Access;
using privacy::Principal;
using privacy::Role;

class PromiseTest : public accounts::AccountsFixture {
 protected:
  PromiseTest() { id = create("clinic"); }

  Principal add(Role role, bool officer) {
    const auto email = "e" + std::to_string(++people) + "@clinic.example";
    const auto made =
        accounts::add_employee(*tenants, id, {"Пробный Работник", email, role, officer}, "correct horse")
            .value();
    auto who = Principal::employee(id, made, role);
    who.officer = officer;
    return who;
  }
  void accept(const Principal& who) {
    const auto paper = organisation::paper_of(organisation::service_agreement({"Клиника", "Оператор"}, "ru"));
    ASSERT_TRUE(as(who, [&](Access& a) {
      return organisation::accept_service(a, paper, organisation::hash_of(paper));
    }));
  }
  bool passes(Gate gate, const Principal& who) {
    return as(who, [gate](Access& a) { return pass(gate, a); }).has_value();
  }

  TenantId id;
  int people = 0;
};
CHATIKA_BOTH_DATABASES(PromiseTest);

TEST_P(PromiseTest, P34_each_gate_lets_through_its_roles_and_denies_everyone_else) {
  const auto owner = add(Role::owner, false), officer = add(Role::receptionist, true),
             clerk = add(Role::receptionist, false), both = add(Role::owner, true);
  for (const auto& who : {owner, officer, clerk, both}) accept(who);
  const struct {
    Gate gate;
    bool clerk, officer, owner;
  } table[] = {{Gate::open, false, false, false},  {Gate::widget, false, false, false},
               {Gate::newcomer, true, true, true}, {Gate::employee, true, true, true},
               {Gate::steward, false, true, true}, {Gate::owner, false, false, true},
               {Gate::officer, false, true, false}};
  for (const auto& row : table) {
    const auto gate = static_cast<int>(row.gate);
    EXPECT_EQ(passes(row.gate, clerk), row.clerk) << gate;
    EXPECT_EQ(passes(row.gate, officer), row.officer) << gate;
    EXPECT_EQ(passes(row.gate, owner), row.owner) << gate;
    EXPECT_EQ(passes(row.gate, both), row.owner || row.officer) << gate;
    EXPECT_FALSE(passes(row.gate, Principal::system(id)))
        << "no session is not a session of the program's own";
  }
}

TEST_P(PromiseTest, P22_who_has_not_accepted_passes_no_gate_but_the_newcomers) {
  const auto newcomer = add(Role::owner, true);
  EXPECT_TRUE(passes(Gate::newcomer, newcomer));
  for (const auto gate : {Gate::employee, Gate::steward, Gate::owner, Gate::officer})
    EXPECT_FALSE(passes(gate, newcomer)) << static_cast<int>(gate);
  accept(newcomer);
  EXPECT_TRUE(passes(Gate::owner, newcomer));
}

TEST_P(PromiseTest, P24_the_widget_is_off_until_the_processing_agreement_is_accepted) {
  auto tenant_of = *tenants->by_id(id);
  tenant_of.profile.legal = accounts::Legal{
      .name = "ООО «Пример»", .tax_number = "0000000000", .address = "Пример", .email = "privacy@clinic.example", .name_en = {}, .address_en = {}};
  const auto on = [&] {
    return as(Principal::system(id), [&](Access& a) -> Result<bool> { return widget_on(tenant_of, a); })
        .value();
  };
  EXPECT_FALSE(on());
  // The grace that an upgrade gave, to the second.
  tenant_of.agreement_due = clock.now() + std::chrono::seconds(1);
  EXPECT_TRUE(on());
  clock.advance(std::chrono::seconds(1));
  EXPECT_FALSE(on());
  const organisation::Paper paper{"Поручение", "ru", "Оператор поручает обработку."};
  ASSERT_TRUE(as(add(Role::owner, false), [&](Access& a) {
    return organisation::accept_processing(a, paper, organisation::hash_of(paper));
  }));
  EXPECT_TRUE(on());
  for (auto member : {&accounts::Legal::name, &accounts::Legal::tax_number, &accounts::Legal::address, &accounts::Legal::email}) {
    auto without = tenant_of;
    ((*without.profile.legal).*member).clear();
    std::swap(without, tenant_of);
    EXPECT_FALSE(on()) << "a consent must say who asks for it and where to write";
    std::swap(without, tenant_of);
  }
  EXPECT_TRUE(on());
}

TEST(Promises, P3_every_object_that_is_taken_in_is_closed) {
  const auto document = boost::json::parse(openapi(routes()));
  std::size_t closed = 0;
  for (const auto& [name, schema] : document.at("components").at("schemas").as_object()) {
    if (!schema.as_object().contains("properties")) continue;
    const auto* more = schema.as_object().if_contains("additionalProperties");
    ASSERT_NE(more, nullptr) << std::string(name);
    EXPECT_EQ(*more, boost::json::value(false)) << std::string(name);
    ++closed;
  }
  EXPECT_GT(closed, 100U);
}

// The wire's own types: no answer has a place for a hash of a password, a key or a token of another session.
TEST(Promises, P14_no_answer_has_a_member_for_a_hash_of_a_password) {
  const auto document = boost::json::parse(openapi(routes()));
  for (const auto& [name, schema] : document.at("components").at("schemas").as_object()) {
    const auto* properties = schema.as_object().if_contains("properties");
    if (properties == nullptr) continue;
    for (const auto& [member, ignored] : properties->as_object())
      for (const auto* word : {"password_hash", "token_hash", "key_box", "pepper"})
        EXPECT_EQ(member.find(word), boost::json::string_view::npos)
            << std::string(name) << '.' << std::string(member);
  }
}

TEST(Promises, P49_a_request_needs_a_full_name_an_address_the_data_and_what_is_asked) {
  const std::vector<std::pair<std::string, std::string>> members{
      {"type", R"("information")"},
      {"full_name", R"("Анна Примерова")"},
      {"email", R"("anna@example.org")"},
      {"data_description", R"("Переписка в чате")"},
      {"essence", R"("Что у вас есть обо мне")"},
      {"language", R"("ru")"}};
  const auto body = [&](std::string_view without, std::string_view blank) {
    std::string out = "{";
    for (const auto& [name, value] : members)
      if (name != without)
        out += (out.size() > 1 ? "," : "") + ("\"" + name + "\":") +
               (name == blank ? std::string(R"(" ")") : value);
    return out + "}";
  };
  ASSERT_TRUE(json::read<FileRequest>(body("", "")));
  for (const auto* field : {"full_name", "email", "data_description", "essence"})
    for (const auto& text : {body(field, ""), body("", field)}) {
      const auto read = json::read<FileRequest>(text);
      ASSERT_FALSE(read) << text;
      EXPECT_EQ(read.error().fields.front().pointer, std::string("/") + field) << text;
    }
}

}  // namespace
}  // namespace chatika::api
