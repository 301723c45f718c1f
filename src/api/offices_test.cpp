// Offices of a business over the API, as its panel asks: drafts of breach notices, documents with the business's own
// periods, the daily work, notices to recipients.
#include <gtest/gtest.h>

#include <future>

#include "api/fixture_test.hpp"
#include "api/handlers.hpp"
#include "api/right_jobs.hpp"
#include "jobs/runner.hpp"
#include "json/parse.hpp"
#include "notify/notify.hpp"
#include "organisation/tasks.hpp"
#include "privacy/documents_versions.hpp"
#include "privacy/recipients.hpp"

namespace chatika::api {
namespace {

using privacy::Access;
using privacy::Principal;

class OfficesTest : public ApiFixture {
 protected:
  OfficesTest() : ApiFixture({.public_url = "https://chat.example"}) {}

  http::Response call(http::Method method, std::string path, std::string body = {}, std::map<std::string, std::string> query = {}) {
    return ask(method, std::move(path), std::move(body), std::move(query)).get();
  }
  http::Response get(std::string path, std::string language = "ru") {
    return call(http::Method::get, std::move(path), {}, {{"language", std::move(language)}});
  }
  http::Response post(std::string path, std::string body) { return call(http::Method::post, std::move(path), std::move(body)); }

  [[nodiscard]] Principal system() const { return Principal::system(id); }
  [[nodiscard]] Principal officer() const {
    auto who = Principal::employee(id, owner, privacy::Role::owner);
    who.officer = true;
    return who;
  }
  // Runs every job that is due within the program, as it does.
  void work() {
    const auto handlers = job_handlers(*app, {nullptr, "noreply@clinic.example"});
    for (int round = 0; round < 20; ++round) {
      const auto claimed =
          as(system(), [&](Access& a) -> Result<jobs::Claimed> { return jobs::claim(a, handlers, {.inside = 100, .outside = 0}); }).value();
      if (claimed.inside.empty()) return;
      for (const auto& job : claimed.inside)
        ASSERT_TRUE(as(system(), [&](Access& a) { return jobs::run(a, handlers, job); }));
    }
  }
  // Where the mails that wait lead, by template.
  std::vector<std::string> params_of(const std::string& what) {
    static const db::Statement kParams("SELECT params FROM outbox WHERE template = $1 ORDER BY id");
    return as(system(), [&](Access& a) -> Result<std::vector<std::string>> {
             return a.tx().all(kParams, [](const db::Row& r) { return r.str(0); }, what);
           })
        .value();
  }
  // A breach of the first hour of the test; its id.
  std::string breach() {
    const auto made = post("/api/v1/privacy/breaches",
                           R"({"found_at":"2026-11-23T08:00:00Z","what":"Письмо ушло не тому человеку","cause":"Опечатка в адресе",)"
                           R"("harm":"Незначительный","measures":"Адрес исправлен","people":7,"categories":["visitor.email"]})");
    EXPECT_EQ(made.status, 201) << made.body;
    const auto at = made.body.find("\"id\":\"") + 6;
    return made.body.substr(at, 36);
  }
};
CHATIKA_BOTH_DATABASES(OfficesTest);

bool says(const http::Response& response, std::string_view text) { return response.body.find(text) != std::string::npos; }

TEST_P(OfficesTest, P54_the_draft_of_24_hours_says_what_is_known_and_nothing_of_the_inquiry) {
  const auto id_of_breach = breach();
  const auto draft = get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/notice");
  ASSERT_EQ(draft.status, 200) << draft.body;
  for (const auto* part : {"Письмо ушло не тому человеку", "Опечатка в адресе", "Незначительный", "Адрес исправлен", "ООО «Пример»",
                           "0000000000", "Нина Пробная", "privacy@clinic.example", "7"})
    EXPECT_TRUE(says(draft, part)) << part << "\n" << draft.body;
  EXPECT_FALSE(says(draft, "Виновата рассылка"));
  const auto pdf = get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/notice/pdf");
  ASSERT_EQ(pdf.status, 200);
  EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
}

TEST_P(OfficesTest, P54_the_draft_of_72_hours_has_what_the_inquiry_found) {
  const auto id_of_breach = breach();
  const auto edited = post("/api/v1/privacy/breaches/" + id_of_breach + "/edit",
                           R"({"found_at":"2026-11-23T08:00:00Z","what":"Письмо ушло не тому человеку","cause":"Опечатка в адресе",)"
                           R"("harm":"Незначительный","measures":"Адрес исправлен","people":7,"categories":["visitor.email"],)"
                           R"("inquiry":"Виновата рассылка","responsible":"Поставщик рассылки"})");
  ASSERT_EQ(edited.status, 200) << edited.body;
  const auto report = get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/report");
  ASSERT_EQ(report.status, 200) << report.body;
  for (const auto* part : {"Виновата рассылка", "Поставщик рассылки"}) EXPECT_TRUE(says(report, part)) << part << "\n" << report.body;
}

TEST_P(OfficesTest, P54_the_draft_to_the_people_speaks_to_them_in_their_language) {
  const auto id_of_breach = breach();
  const auto ru = get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/persons");
  const auto en = get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/persons", "en");
  ASSERT_EQ(ru.status, 200) << ru.body;
  ASSERT_EQ(en.status, 200) << en.body;
  EXPECT_NE(ru.body, en.body);
  EXPECT_TRUE(says(ru, "privacy@clinic.example")) << ru.body;
  EXPECT_TRUE(says(en, "Example LLC")) << en.body;
  EXPECT_EQ(get("/api/v1/privacy/breaches/" + id_of_breach + "/notices/press").status, 404);
  EXPECT_EQ(get("/api/v1/privacy/breaches/" + to_string(organisation::BreachId::fresh()) + "/notices/notice").status, 404);
}

TEST_P(OfficesTest, P55_documents_name_the_periods_that_the_business_chose) {
  const auto policy = [&] { return get("/api/v1/privacy/documents/policy"); };
  const auto before = policy();
  ASSERT_EQ(before.status, 200) << before.body;
  EXPECT_FALSE(says(before, "77 ")) << before.body;
  const auto set = call(http::Method::put, "/api/v1/privacy/retention", R"({"category":"conversations","days":77})");
  ASSERT_LT(set.status, 300) << set.body;
  EXPECT_TRUE(says(policy(), "77 ")) << policy().body;
}

TEST_P(OfficesTest, P44_the_daily_job_makes_a_version_of_what_changed_unnoticed_and_a_task_to_notify) {
  const auto daily = [&] {
    as(system(), [](Access& a) -> Result<bool> {
      jobs::add(a, {.kind = organisation::kDailyJob, .key = std::string(jobs::kTenantKey)});
      return true;
    }).value();
    work();
  };
  daily();
  const auto versions = [&] {
    return as(system(), [](Access& a) -> Result<std::size_t> { return privacy::document_changes(a.tx(), 100).size(); }).value();
  };
  const auto before = versions();
  // The refresh that follows a change of the details was lost: the server was stopped between the two.
  auto profile = tenants->by_id(id)->profile;
  profile.legal->address = "Пример, дом 2";
  std::promise<bool> saved;
  tenants->update_profile(id, profile, [&](Result<void> done) { saved.set_value(done.has_value()); });
  ASSERT_TRUE(saved.get_future().get());
  EXPECT_EQ(versions(), before);
  clock.advance(std::chrono::hours(25));
  daily();
  EXPECT_GT(versions(), before);
  const auto tasks = as(system(), [](Access& a) -> Result<std::vector<organisation::Task>> { return organisation::live_tasks(a); }).value();
  EXPECT_TRUE(std::ranges::any_of(tasks, [](const auto& t) { return t.kind == organisation::DutyKind::register_change; }));
}

TEST_P(OfficesTest, reminders_lead_into_the_panel_at_the_address_that_was_configured) {
  const auto id_of_breach = breach();
  clock.advance(std::chrono::hours(13));
  work();
  const auto mails = params_of("breach_reminder");
  ASSERT_FALSE(mails.empty());
  EXPECT_NE(mails.front().find("https://chat.example/panel/privacy/breaches/" + id_of_breach), std::string::npos) << mails.front();
}

TEST_P(OfficesTest, P56_a_recipient_is_kept_only_with_an_address_that_mails_can_go_to) {
  const auto add = [&](const std::string& email) {
    return post("/api/v1/privacy/recipients", R"({"name":"CRM","kind":"crm","email":")" + email + "\"}");
  };
  for (const auto* bad : {"crm", "a@b@c.example", "a b@crm.example", "почта@crm.example", "@crm.example", "a@", "a..b@crm.example"}) {
    const auto refused = add(bad);
    EXPECT_EQ(refused.status, 422) << bad << refused.body;
    EXPECT_TRUE(says(refused, "/email")) << refused.body;
    EXPECT_TRUE(says(refused, "bad_email")) << refused.body;
  }
  EXPECT_EQ(add("privacy@crm.example").status, 201);
}

TEST_P(OfficesTest, P56_one_bad_address_of_old_does_not_stop_the_notices_of_others) {
  // Kept before addresses were checked as they are now.
  const auto bad = as(officer(), [](Access& a) { return privacy::add_recipient(a, "Старая CRM", "a b@crm.example", privacy::RecipientKind::crm); });
  ASSERT_TRUE(bad);
  ASSERT_TRUE(as(officer(), [](Access& a) { return privacy::add_recipient(a, "Партнёр", "privacy@partner.example", privacy::RecipientKind::partner); }));
  const auto about = SubjectId(owner);
  as(system(), [&](Access& a) -> Result<bool> {
    EXPECT_EQ(privacy::tell_recipients(a, about, privacy::Told::erased, {"visitor.name"}), 2U);
    ask_to_tell(a);
    return true;
  }).value();
  work();
  const auto mails = params_of("recipient_erasure");
  ASSERT_EQ(mails.size(), 1U) << "the partner's";
  EXPECT_NE(mails[0].find("https://chat.example/recipients/" + tenants->by_id(id)->public_key + "#"), std::string::npos) << mails[0];
  const auto tasks = [&] {
    const auto all = as(system(), [](Access& a) -> Result<std::vector<organisation::Task>> { return organisation::live_tasks(a); }).value();
    return std::ranges::count_if(all, [](const auto& t) { return t.title.find("Старая CRM") != std::string::npos; });
  };
  EXPECT_EQ(tasks(), 1) << "the officer is told which";
  clock.advance(std::chrono::hours(25));
  as(system(), [](Access& a) -> Result<bool> {
    ask_to_tell(a);
    return true;
  }).value();
  work();
  EXPECT_EQ(params_of("recipient_erasure").size(), 2U) << "reminded";
  EXPECT_EQ(tasks(), 1);
}

TEST_P(OfficesTest, P56_a_recipient_acknowledges_by_its_link_and_a_second_click_says_when) {
  ASSERT_TRUE(as(officer(), [](Access& a) { return privacy::add_recipient(a, "Партнёр", "privacy@partner.example", privacy::RecipientKind::partner); }));
  as(system(), [&](Access& a) -> Result<bool> {
    privacy::tell_recipients(a, SubjectId(owner), privacy::Told::erased, {"visitor.name"});
    ask_to_tell(a);
    return true;
  }).value();
  work();
  const auto params = params_of("recipient_erasure");
  ASSERT_EQ(params.size(), 1U);
  const auto token = params[0].substr(params[0].find('#') + 1, 43);
  const auto key = tenants->by_id(id)->public_key;
  const auto acknowledge = [&](const std::string& t) { return post("/privacy/v1/" + key + "/acknowledge", R"({"token":")" + t + "\"}"); };
  EXPECT_EQ(acknowledge(std::string(43, 'A')).status, 404);
  const auto first = acknowledge(token);
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_TRUE(says(first, R"("act":"erased")")) << first.body;
  EXPECT_TRUE(says(first, R"("again":false)")) << first.body;
  clock.advance(std::chrono::minutes(5));
  const auto second = acknowledge(token);
  EXPECT_TRUE(says(second, R"("again":true)")) << second.body;
  EXPECT_TRUE(says(second, "09:00:0")) << "the first time stands: " << second.body;
  clock.advance(std::chrono::days(90));
  as(system(), [](Access& a) -> Result<bool> {
    ask_to_tell(a);
    return true;
  }).value();
  work();
  EXPECT_EQ(params_of("recipient_erasure").size(), 1U) << "no reminder";
}

TEST_P(OfficesTest, the_status_is_red_when_mails_go_out_with_links_that_lead_nowhere) {
  const auto item = [&] {
    const auto body = call(http::Method::get, "/api/v1/privacy/status").body;
    const auto at = body.find(R"("code":"address")");
    return at == std::string::npos ? std::string() : body.substr(at, 40);
  };
  EXPECT_NE(item().find(R"("health":"ok")"), std::string::npos) << item();
  app->settings.public_url_known = false;
  EXPECT_NE(item().find(R"("health":"warning")"), std::string::npos) << item();
  app->settings.mail_configured = true;
  EXPECT_NE(item().find(R"("health":"missing")"), std::string::npos) << item();
}

TEST_P(OfficesTest, P35_the_status_is_red_when_the_audit_has_not_been_signed_for_an_hour) {
  const auto item = [&] {
    const auto body = call(http::Method::get, "/api/v1/privacy/status").body;
    const auto at = body.find(R"("code":"audit")");
    return at == std::string::npos ? std::string() : body.substr(at, 40);
  };
  EXPECT_NE(item().find(R"("health":"ok")"), std::string::npos) << item();
  clock.advance(std::chrono::minutes(61));
  EXPECT_NE(item().find(R"("health":"missing")"), std::string::npos) << item();
  ASSERT_TRUE(as(system(), [&](Access& a) -> Result<bool> { return privacy::checkpoint(a.tx(), a.now(), tenants->signing_key(), true).has_value(); }));
  EXPECT_NE(item().find(R"("health":"ok")"), std::string::npos) << item();
}

}  // namespace
}  // namespace chatika::api
