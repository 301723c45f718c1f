// PDFs are drawn beside the businesses' queues: with a drawing that waits until it is let go.
#include "api/drawings.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "api/fixture_test.hpp"

namespace chatika::api {
namespace {

Drawing drawing(std::string title = "Акт") {
  return {.document = {.title = std::move(title), .language = "ru", .blocks = {}}, .options = {}};
}

// Says when it has begun, ends when it is told to, or when the server stops.
struct Held {
  std::latch begun{1};
  std::promise<void> go;
  std::shared_future<void> gone = go.get_future().share();
  int drawn = 0;
  Drawings::Draw draw = [this](const Drawing& d, const std::stop_token& stop) -> Result<std::string> {
    if (drawn++ == 0) begun.count_down();
    const std::stop_callback give_up(stop, [this] { go.set_value(); });
    gone.wait();
    if (stop.stop_requested()) return fail(Errc::unavailable, "abandoned");
    return d.document.title;
  };
};

using Answer = std::future<Result<std::string>>;
Answer ask(Drawings& drawings, TenantId tenant, Drawing what = drawing()) {
  auto promise = std::make_shared<std::promise<Result<std::string>>>();
  auto answer = promise->get_future();
  drawings.draw(tenant, std::move(what),
                [promise](Result<std::string> r) { promise->set_value(std::move(r)); });
  return answer;
}
bool answered(const Answer& answer) {
  return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

TEST(Drawings, a_full_queue_says_when_to_come_back_and_no_business_takes_all_of_it) {
  Held held;
  Drawings drawings(held.draw);
  const auto one = TenantId::fresh();
  std::vector<Answer> wait;
  wait.push_back(ask(drawings, one));
  held.begun.wait();
  for (std::size_t i = 0; i < Drawings::kOfTenant; ++i) wait.push_back(ask(drawings, one));
  auto greedy = ask(drawings, one);
  ASSERT_TRUE(answered(greedy)) << "the business has its places taken";
  const auto refused = greedy.get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::too_many);
  EXPECT_GT(refused.error().retry_after_s, 0);
  for (std::size_t i = Drawings::kOfTenant; i < Drawings::kQueue; ++i)
    wait.push_back(ask(drawings, TenantId::fresh()));
  auto late = ask(drawings, TenantId::fresh());
  ASSERT_TRUE(answered(late));
  EXPECT_EQ(late.get().error().code, Errc::too_many);
  for (const auto& answer : wait) EXPECT_FALSE(answered(answer));
  held.go.set_value();
  for (auto& answer : wait) EXPECT_EQ(answer.get().value(), "Акт");
  EXPECT_TRUE(ask(drawings, one).get());
}

TEST(Drawings, a_document_that_is_too_long_is_refused_at_once) {
  Held held;
  Drawings drawings(held.draw);
  auto waits = ask(drawings, TenantId::fresh());
  held.begun.wait();
  auto what = drawing();
  what.document.blocks = {document::Paragraph{std::string(document::kMaxEffort + 100, ' ')}};
  auto refused = ask(drawings, TenantId::fresh(), std::move(what));
  ASSERT_TRUE(answered(refused));
  EXPECT_EQ(refused.get().error().code, Errc::too_large);
  held.go.set_value();
  EXPECT_TRUE(waits.get());
}

TEST(Drawings, stopping_answers_everybody) {
  Held held;
  Answer first, second;
  {
    Drawings drawings(held.draw);
    first = ask(drawings, TenantId::fresh());
    held.begun.wait();
    second = ask(drawings, TenantId::fresh());
  }
  EXPECT_EQ(first.get().error().code, Errc::unavailable);
  EXPECT_EQ(second.get().error().code, Errc::unavailable);
}

// Outlives the program that draws with it.
struct HeldFirst {
  Held held;
};
class DrawingTest : protected HeldFirst, public ApiFixture {
 protected:
  DrawingTest() : ApiFixture({}, held.draw) {}
  std::future<http::Response> get(std::string path) { return ask(http::Method::get, std::move(path)); }
};

TEST_P(DrawingTest, P41_P45_a_pdf_being_drawn_does_not_hold_up_its_business) {
  auto pdf = get("/api/v1/privacy/documents/policy/pdf");
  held.begun.wait();
  auto other = get("/api/v1/privacy/documents");
  ASSERT_EQ(other.wait_for(std::chrono::seconds(20)), std::future_status::ready)
      << "the business's queue stands";
  EXPECT_EQ(other.get().status, 200);
  EXPECT_EQ(pdf.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  held.go.set_value();
  const auto response = pdf.get();
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.body.empty());
}

CHATIKA_BOTH_DATABASES(DrawingTest);

}  // namespace
}  // namespace chatika::api
