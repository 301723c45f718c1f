// A panel's socket hears nothing more once its employee may not work: at once for what this server is told,
// at the next question for what another node did.
#include <gtest/gtest.h>

#include <future>

#include "api/fixture_test.hpp"

namespace chatika::api {
namespace {

using privacy::Principal;
using privacy::Role;

class Ear final : public http::Socket {
 public:
  using Socket::send;
  void send(std::shared_ptr<const std::string> frame) override {
    const std::lock_guard lock(mutex_);
    frames_.push_back(*frame);
    if (frame->contains("\"welcome\"")) welcomed.set_value();
  }
  void close(std::uint16_t code, std::string_view) override {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(closed_, true)) closed.set_value(code);
  }
  bool heard(std::string_view what) {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(frames_, [&](const auto& f) { return f.contains(what); });
  }
  std::promise<void> welcomed;
  std::promise<std::uint16_t> closed;

 private:
  std::mutex mutex_;
  std::vector<std::string> frames_;
  bool closed_ = false;
};

class PanelSocketTest : public ApiFixture {
 protected:
  PanelSocketTest() {
    staff = add("Анна Пробная", "desk@clinic.example", Role::receptionist, false);
    put_in_order();
    open("desk@clinic.example");
  }
  ~PanelSocketTest() override {
    if (handler) handler->on_close();
  }

  // The receptionist's panel, welcomed.
  void open(const char* email) {
    ear = std::make_shared<Ear>();
    std::promise<void> upgraded;
    api->upgrade(request(signed_in(email), http::Method::get, "/api/v1/socket"),
                 [&](std::expected<http::MakeHandler, http::Response> answer) {
                   if (answer) handler = (*answer)(ear);
                   upgraded.set_value();
                 });
    upgraded.get_future().get();
    if (!handler) throw std::runtime_error("no upgrade");
    handler->on_frame(R"({"type":"hello","after":null})");
    ear->welcomed.get_future().get();
    // The welcome is said before the hub knows the socket; whatever is done after it comes later.
    (void)tenants->enter(Principal::system(id))->call("test", [](privacy::Access&) -> Result<void> {
      return {};
    });
  }
  int owner_does(http::Method method, std::string path, std::string body = {}) {
    return ask(method, std::move(path), std::move(body)).get().status;
  }
  std::string access_path() const { return "/api/v1/privacy/employees/" + to_string(staff) + "/access"; }
  void say(const char* what) { app->hub.to_panels(id, std::make_shared<const std::string>(what)); }
  std::uint16_t closed_with() {
    auto code = ear->closed.get_future();
    if (code.wait_for(std::chrono::seconds(20)) != std::future_status::ready) return 0;
    return code.get();
  }

  EmployeeId staff;
  std::shared_ptr<Ear> ear;
  std::unique_ptr<http::SocketHandler> handler;
};
CHATIKA_BOTH_DATABASES(PanelSocketTest);

TEST_P(PanelSocketTest, P28_hears_nothing_once_the_access_has_ended) {
  ASSERT_TRUE(as(Principal::system(id), [&](privacy::Access& a) {
    return accounts::set_access(a, staff, Role::receptionist, clock.now() + std::chrono::minutes(3));
  }));
  app->hub.ask_panels(id);  // as each minute: what another node has set is known then
  (void)owner_does(http::Method::get, "/api/v1/privacy/staff");
  say("while it lasts");
  EXPECT_TRUE(ear->heard("while it lasts"));
  clock.advance(std::chrono::minutes(4));
  say("after the end");
  EXPECT_FALSE(ear->heard("after the end"));
  EXPECT_EQ(closed_with(), 4403);
  EXPECT_TRUE(ear->heard("access_expired"));
}

TEST_P(PanelSocketTest, P28_a_changed_access_ends_it_at_once) {
  say("before");
  EXPECT_TRUE(ear->heard("before"));
  ASSERT_EQ(owner_does(http::Method::put, access_path(),
                       R"({"role":"receptionist","until":"2026-11-23T10:00:00Z"})"),
            200);
  say("after the change");
  EXPECT_FALSE(ear->heard("after the change"));
  EXPECT_EQ(closed_with(), 1012) << "they may go on with another socket";
}

TEST_P(PanelSocketTest, P28_the_servers_own_question_closes_what_may_not_hear) {
  ASSERT_TRUE(as(Principal::system(id), [&](privacy::Access& a) {
    return accounts::set_access(a, staff, Role::receptionist, clock.now());
  }));
  app->hub.ask_panels();
  EXPECT_EQ(closed_with(), 4403);
  say("after the question");
  EXPECT_FALSE(ear->heard("after the question"));
}

TEST_P(PanelSocketTest, P28_a_session_that_ended_elsewhere_is_found_by_the_question) {
  ASSERT_TRUE(as(Principal::system(id), [&](privacy::Access& a) { return accounts::disable(a, staff); }));
  app->hub.ask_panels();
  EXPECT_EQ(closed_with(), 4401);
}

TEST_P(PanelSocketTest, the_question_is_no_use_of_a_session) {
  clock.advance(accounts::kSessionIdle - std::chrono::minutes(1));
  app->hub.ask_panels();
  (void)as(Principal::system(id), [](privacy::Access&) -> Result<void> { return {}; });
  clock.advance(std::chrono::minutes(2));
  app->hub.ask_panels();
  EXPECT_EQ(closed_with(), 4401);
}

}  // namespace
}  // namespace chatika::api
