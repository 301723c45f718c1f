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

Frame frame() { return std::make_shared<const std::string>("{}"); }

TEST(Hub, a_conversation_has_only_so_many_sockets) {
  Hub hub;
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
  Hub hub;
  const auto tenant = TenantId::fresh();
  const auto mine = crypto::sha256("mine");
  const auto one = std::make_shared<Ear>();
  const auto two = std::make_shared<Ear>();
  const auto other = std::make_shared<Ear>();
  for (const auto& [ear, session] : {std::pair{one, mine}, {two, mine}, {other, crypto::sha256("other")}}) {
    hub.expect_panel(tenant);
    hub.add_panel(tenant, session, ear);
  }
  EXPECT_EQ(hub.end_session(tenant, mine).size(), 2U);
  EXPECT_EQ(hub.end_session(TenantId::fresh(), crypto::sha256("other")).size(), 0U);
  hub.to_panels(tenant, frame());
  EXPECT_EQ(one->heard + two->heard, 0);
  EXPECT_EQ(other->heard, 1);
  for (const auto& ear : {one, two, other}) hub.remove_panel(tenant, ear.get());
  EXPECT_FALSE(hub.has_panels(tenant));
}

}  // namespace
}  // namespace chatika::api
