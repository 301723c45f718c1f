#include "api/hub.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace chatika::api {
namespace {

class Ear final : public http::Socket {
 public:
  using Socket::send;
  void send(std::shared_ptr<const std::string>) override { ++heard; }
  void close(std::uint16_t, std::string_view) override {}
  int heard = 0;
};

Frame frame() {
  return std::make_shared<const std::string>("{}");
}

TEST(Hub, a_conversation_has_only_so_many_sockets) {
  FakeClock clock{Time{}};
  Hub hub(clock);
  const auto id = ConversationId::fresh();
  std::vector<std::shared_ptr<Ear>> ears;
  for (std::size_t i = 0; i < limits::kSocketsPerConversation; ++i) {
    ears.push_back(std::make_shared<Ear>());
    EXPECT_TRUE(hub.add_visitor(id, ears.back())) << i;
  }
  const auto late = std::make_shared<Ear>();
  EXPECT_FALSE(hub.add_visitor(id, late));
  EXPECT_TRUE(hub.add_visitor(id, ears.front())) << "it is in already";
  hub.to_conversation(id, frame());
  EXPECT_EQ(late->heard, 0);
  EXPECT_EQ(ears.back()->heard, 1);
  hub.remove_visitor(id, ears.front().get());
  EXPECT_TRUE(hub.add_visitor(id, late));
}

TEST(Hub, a_session_that_is_over_hears_nothing_more) {
  FakeClock clock{Time{}};
  Hub hub(clock);
  const auto tenant = TenantId::fresh();
  const auto mine = crypto::sha256("mine");
  const auto one = std::make_shared<Ear>();
  const auto two = std::make_shared<Ear>();
  const auto other = std::make_shared<Ear>();
  for (const auto& [ear, session] : {std::pair{one, mine}, {two, mine}, {other, crypto::sha256("other")}}) {
    hub.expect_panel(tenant);
    hub.add_panel(tenant, {.session = session,
                           .employee = EmployeeId::fresh(),
                           .until = Time{std::chrono::hours(1)},
                           .socket = ear,
                           .ask = {}});
  }
  EXPECT_EQ(hub.end_session(tenant, mine).size(), 2U);
  EXPECT_EQ(hub.end_session(TenantId::fresh(), crypto::sha256("other")).size(), 0U);
  hub.to_panels(tenant, frame());
  EXPECT_EQ(one->heard + two->heard, 0);
  EXPECT_EQ(other->heard, 1);
  for (const auto& ear : {one, two, other}) hub.remove_panel(tenant, ear.get());
  EXPECT_FALSE(hub.has_panels(tenant));
}

TEST(Hub, a_panel_whose_term_is_over_or_whose_access_changed_is_asked_and_hears_nothing) {
  FakeClock clock{Time{}};
  Hub hub(clock);
  const auto tenant = TenantId::fresh();
  const auto short_term = std::make_shared<Ear>();
  const auto changed = std::make_shared<Ear>();
  const auto other = std::make_shared<Ear>();
  const auto whose = EmployeeId::fresh();
  std::vector<const Ear*> ended;
  const auto listen = [&](const std::shared_ptr<Ear>& ear, EmployeeId employee, std::chrono::minutes until) {
    hub.expect_panel(tenant);
    hub.add_panel(tenant, {.session = crypto::sha256("session"),
                           .employee = employee,
                           .until = Time{until},
                           .socket = ear,
                           .ask = [&ended, ear](bool over) {
                             if (over) ended.push_back(ear.get());
                           }});
  };
  listen(short_term, EmployeeId::fresh(), std::chrono::minutes(5));
  listen(changed, whose, std::chrono::minutes(60));
  listen(other, EmployeeId::fresh(), std::chrono::minutes(60));
  clock.advance(std::chrono::minutes(5));
  hub.end_employee(tenant, whose);
  hub.to_panels(tenant, frame());
  EXPECT_EQ(short_term->heard + changed->heard, 0);
  EXPECT_EQ(other->heard, 1);
  EXPECT_EQ(ended, (std::vector<const Ear*>{changed.get(), short_term.get()}));
}

}  // namespace
}  // namespace chatika::api
