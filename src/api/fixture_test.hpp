// A business with its papers in order and a signed-in owner who is its privacy officer, asked through the program's own API.
#pragma once

#include <future>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "accounts/fixture_test.hpp"
#include "api/papers.hpp"
#include "api/server.hpp"

namespace chatika::api {

class ApiFixture : public accounts::AccountsFixture {
 protected:
  static constexpr const char* kHost = "chat.example";
  static constexpr const char* kPassword = "correct horse battery";

  explicit ApiFixture(Settings settings = {}, Drawings::Draw draw = {}) {
    auto known = accounts::profile("Клиника");
    known.legal = accounts::Legal{.name = "ООО «Пример»",
                                  .tax_number = "0000000000",
                                  .address = "Пример, дом 1",
                                  .email = "privacy@clinic.example",
                                  .name_en = "Example LLC",
                                  .address_en = "1 Example"};
    id = tenants->create("clinic", known).value();
    owner = add("Нина Пробная", "owner@clinic.example", privacy::Role::owner, true);
    settings.processor = {.name = "Оператор",
                          .tax_number = "0000000000",
                          .address = "Пример",
                          .email = "o@operator.example",
                          .phone = {}};
    settings.evidence_dir = ::testing::TempDir();
    app = std::make_unique<App>(*tenants, std::move(settings), std::move(draw));
    api = std::make_unique<Api>(*app);
    put_in_order();
    cookie = signed_in("owner@clinic.example");
  }

  EmployeeId add(const char* name, const char* email, privacy::Role role, bool officer) {
    return accounts::add_employee(*tenants, id, {name, email, role, officer}, kPassword).value();
  }
  // Papers approved, accepted and signed by everybody who is there by now.
  void put_in_order() {
    if (auto ready = set_up_organisation(*app, *tenants->by_id(id)); !ready) throw std::runtime_error(ready.error().cause);
  }
  std::string signed_in(const char* email) {
    std::promise<Result<accounts::SignedIn>> done;
    app->sign_in.sign_in(email, kPassword, "127.0.0.1", [&](auto result) { done.set_value(std::move(result)); });
    return done.get_future().get().value().cookie;
  }
  static http::Request request(const std::string& cookie, http::Method method, std::string path, std::string body = {},
                               std::map<std::string, std::string> query = {}) {
    http::Request out{.method = method,
                      .path = std::move(path),
                      .query = std::move(query),
                      .headers = {},
                      .body = std::move(body),
                      .peer = "127.0.0.1",
                      .tls = true};
    out.headers = {{"host", kHost},
                   {"origin", std::string("https://") + kHost},
                   {"cookie", "__Host-chatika=" + cookie},
                   {"x-csrf-token", accounts::csrf_token(cookie)},
                   {"content-type", "application/json"}};
    return out;
  }
  // As the owner.
  std::future<http::Response> ask(http::Method method, std::string path, std::string body = {},
                                  std::map<std::string, std::string> query = {}) {
    auto promise = std::make_shared<std::promise<http::Response>>();
    auto answer = promise->get_future();
    api->request(request(cookie, method, std::move(path), std::move(body), std::move(query)),
                 [promise](http::Response response) { promise->set_value(std::move(response)); });
    return answer;
  }

  TenantId id;
  EmployeeId owner;
  std::unique_ptr<App> app;
  std::unique_ptr<Api> api;
  std::string cookie;  // the owner's
};

}  // namespace chatika::api
