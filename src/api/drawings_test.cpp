// PDFs are drawn beside the businesses' queues: with a drawing that waits until it is let go.
#include "api/drawings.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "accounts/fixture_test.hpp"
#include "api/papers.hpp"
#include "api/server.hpp"

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

class DrawingTest : public accounts::AccountsFixture {
 protected:
  static constexpr const char* kPassword = "correct horse battery";
  DrawingTest() {
    auto known = accounts::profile("Клиника");
    known.legal = accounts::Legal{.name = "ООО «Пример»",
                                  .tax_number = "0000000000",
                                  .address = "Пример, дом 1",
                                  .email = "privacy@clinic.example",
                                  .name_en = {},
                                  .address_en = {}};
    id = tenants->create("clinic", known).value();
    const accounts::NewEmployee owner{"Нина Пробная", "owner@clinic.example", privacy::Role::owner, true};
    (void)accounts::add_employee(*tenants, id, owner, kPassword).value();
    Settings settings;
    settings.processor = {.name = "Оператор",
                          .tax_number = {},
                          .address = "Пример",
                          .email = "o@operator.example",
                          .phone = {}};
    settings.evidence_dir = ::testing::TempDir();
    app = std::make_unique<App>(*tenants, std::move(settings), held.draw);
    api = std::make_unique<Api>(*app);
    if (auto ready = set_up_organisation(*app, *tenants->by_id(id)); !ready)
      throw std::runtime_error(ready.error().cause);
    std::promise<Result<accounts::SignedIn>> signed_in;
    app->sign_in.sign_in("owner@clinic.example", kPassword, "127.0.0.1",
                         [&](auto r) { signed_in.set_value(std::move(r)); });
    cookie = signed_in.get_future().get().value().cookie;
  }
  std::future<http::Response> get(std::string path) {
    http::Request request{.method = http::Method::get,
                          .path = std::move(path),
                          .query = {},
                          .headers = {},
                          .body = {},
                          .peer = "127.0.0.1",
                          .tls = true};
    request.headers = {{"host", "chat.example"}, {"cookie", "__Host-chatika=" + cookie}};
    auto promise = std::make_shared<std::promise<http::Response>>();
    auto answer = promise->get_future();
    api->request(std::move(request), [promise](http::Response r) { promise->set_value(std::move(r)); });
    return answer;
  }

  Held held;
  TenantId id;
  std::unique_ptr<App> app;
  std::unique_ptr<Api> api;
  std::string cookie;
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
