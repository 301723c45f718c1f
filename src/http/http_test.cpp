#include "http/http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatika::http {
namespace {

using testing::HasSubstr;

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(Language, FollowsWeightThenOrderAndFallsToRussian) {
  EXPECT_EQ(preferred_language(""), "ru");
  EXPECT_EQ(preferred_language("en"), "en");
  EXPECT_EQ(preferred_language("EN-us,en;q=0.9"), "en");
  EXPECT_EQ(preferred_language("ru-RU,ru;q=0.9,en;q=0.8"), "ru");
  EXPECT_EQ(preferred_language("ru;q=0.5, en;q=0.75"), "en");
  EXPECT_EQ(preferred_language("en,ru"), "en");
  EXPECT_EQ(preferred_language("ru,en"), "ru");
  EXPECT_EQ(preferred_language("de, fr;q=0.8, *;q=0.1"), "ru");
  EXPECT_EQ(preferred_language("de,en;q=0.3"), "en");
  EXPECT_EQ(preferred_language("en;q=0"), "ru");
  EXPECT_EQ(preferred_language("en;q=oops;;,,"), "ru");
  EXPECT_EQ(preferred_language("english"), "ru");
}

TEST(Request, FindsHeadersAndCookiesByExactName) {
  Request request;
  request.headers = {{"cookie", "a=1; __Host-chatika=token==; chatika=x"}, {"origin", "https://a.example"}};
  EXPECT_EQ(request.header("origin"), "https://a.example");
  EXPECT_EQ(request.header("host"), "");
  EXPECT_EQ(request.cookie("__Host-chatika"), "token==");
  EXPECT_EQ(request.cookie("chatika"), "x");
  EXPECT_EQ(request.cookie("Host-chatika"), "");
  EXPECT_EQ(request.cookie("b"), "");
}

class Routes : public testing::Test {
 protected:
  Routes() {
    router.add(Method::get, "/", 0);
    router.add(Method::get, "/things", 1);
    router.add(Method::post, "/things", 2);
    router.add(Method::get, "/things/{id}", 3);
    router.add(Method::post, "/things/list", 4);
    router.add(Method::post, "/things/{id}/take", 5);
    router.add(Method::del, "/things/{id}", 6);
  }
  std::size_t found(Method method, std::string_view path) {
    const auto match = router.find(method, path, &allow);
    return match ? match->route : (match.error() == Router::Miss::no_path ? 404U : 405U);
  }
  Router router;
  std::string allow;
};

TEST_F(Routes, MatchWholePathsOnly) {
  EXPECT_EQ(found(Method::get, "/"), 0U);
  EXPECT_EQ(found(Method::get, "/things"), 1U);
  EXPECT_EQ(found(Method::post, "/things"), 2U);
  EXPECT_EQ(found(Method::get, "/things/"), 404U);
  EXPECT_EQ(found(Method::get, "/thing"), 404U);
  EXPECT_EQ(found(Method::get, "/things/7/take/more"), 404U);
}

TEST_F(Routes, GiveParametersByName) {
  const auto match = router.find(Method::post, "/things/a-7/take", nullptr);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route, 5U);
  EXPECT_EQ(match->params.at("id"), "a-7");
}

TEST_F(Routes, PreferLiteralsAndNeverFallPastThem) {
  EXPECT_EQ(found(Method::post, "/things/list"), 4U);
  EXPECT_EQ(found(Method::get, "/things/list"), 405U);
  EXPECT_EQ(allow, "POST");
}

TEST_F(Routes, NameTheMethodsOfAKnownPath) {
  EXPECT_EQ(found(Method::put, "/things/7"), 405U);
  EXPECT_EQ(allow, "GET, HEAD, DELETE");
  EXPECT_EQ(found(Method::head, "/things/7"), 3U);
}

TEST(Problem, CarriesShapeAndSentencesButNeverTheCause) {
  const Error error{
      .code = Errc::invalid, .cause = "secret cause", .fields = {{"/text", "too_long"}, {"/a", "no\"vel"}}};
  const Response russian = problem(error, "ru");
  EXPECT_EQ(russian.status, 422);
  EXPECT_EQ(header_of(russian, "content-type"), "application/problem+json");
  EXPECT_EQ(header_of(russian, "cache-control"), "no-store");
  EXPECT_EQ(header_of(russian, "retry-after"), "");
  EXPECT_EQ(
      russian.body,
      R"({"type":"about:blank","status":422,"code":"invalid","title":"Проверьте введённые данные.","errors":[)"
      R"({"pointer":"/text","code":"too_long","message":"Слишком длинный текст. Сократите его."},)"
      R"({"pointer":"/a","code":"no\"vel","message":"Недопустимое значение."}]})");
  EXPECT_THAT(problem(error, "en").body, HasSubstr("Please check what you entered."));
}

TEST(Problem, TellsABodyThatCannotBeReadFromAValueThatIsWrong) {
  for (const char* code : {"unknown", "duplicate", "malformed", "too_deep", "not_utf8"}) {
    EXPECT_EQ(problem({.code = Errc::invalid, .cause = {}, .fields = {{"", code}}}, "ru").status, 400)
        << code;
  }
  EXPECT_EQ(problem({.code = Errc::invalid, .cause = {}, .fields = {{"", "past"}}}, "ru").status, 422);
  EXPECT_EQ(problem({.code = Errc::conflict, .cause = {}, .fields = {{"", "unknown"}}}, "ru").status, 409);
  const Error employee{.code = Errc::conflict, .cause = {}, .fields = {{"", "has_access"}}};
  EXPECT_THAT(problem(employee, "ru").body, HasSubstr(R"("title":"Это сотрудник с доступом)"));
  EXPECT_THAT(problem(employee, "en").body, HasSubstr(R"("title":"This is an employee with access)"));
}

TEST(Problem, SaysWhenToComeBack) {
  const Response response =
      problem({.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = 42}, "en");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header_of(response, "retry-after"), "42");
}

TEST(Problem, HasAStatusAndTwoLanguagesForEveryCode) {
  for (int i = 0; i <= static_cast<int>(Errc::internal); ++i) {
    const Error error{.code = static_cast<Errc>(i), .cause = {}, .fields = {}};
    EXPECT_NE(sentence(error, "ru"), sentence(error, "en")) << name(error.code);
    EXPECT_EQ(status_of(error.code) == 500, error.code == Errc::internal) << name(error.code);
  }
}

TEST(Problem, SpeaksOfTheFirstBrokenField) {
  EXPECT_EQ(sentence({.code = Errc::invalid, .cause = {}, .fields = {{"/time", "past"}}}, "ru"),
            "Это время уже прошло. Выберите другое.");
}

TEST(Problem, RefusesInTheSameShape) {
  const Response response = refusal(414, "en");
  EXPECT_EQ(response.status, 414);
  EXPECT_THAT(response.body, HasSubstr(R"("status":414,"code":"too_large")"));
  EXPECT_EQ(refusal(299, "en").status, 500);
}

}  // namespace
}  // namespace chatika::http
