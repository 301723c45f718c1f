#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "json/schema.hpp"
#include "json/write.hpp"

namespace chatika::json {

enum class Colour { red, new_ };
CHATIKA_JSON_ENUM(Colour, red, new_)

struct Inner {
  Line<5> word;
  std::optional<Int<0, 9>> digit;
};
CHATIKA_JSON(Inner, word, digit)

struct Outer {
  Uuid id;
  Time at;
  std::vector<Inner> items;
  Colour colour = Colour::red;
  bool on = false;
};
CHATIKA_JSON(Outer, id, at, items, colour, on)

struct Hello {
  static constexpr std::string_view kType = "hello";
  int after = 0;
};
CHATIKA_JSON(Hello, after)
struct Ping {
  static constexpr std::string_view kType = "ping";
};
CHATIKA_JSON(Ping)
using Command = std::variant<Hello, Ping>;

using List = std::vector<FieldError>;

template <class T>
List errors_of(std::string_view text) {
  auto result = read<T>(text);
  EXPECT_FALSE(result.has_value()) << text;
  return result ? List{} : result.error().fields;
}

TEST(Json, RoundTripKeepsEverything) {
  constexpr std::string_view text =
      R"({"id":"0190a000-0000-7000-8000-000000000001","at":"2026-11-23T09:00:00Z","items":[{"word":"ёж","digit":7},{"word":"a\"b","digit":null}],"colour":"new","on":true})";
  auto outer = read<Outer>(text);
  ASSERT_TRUE(outer.has_value());
  EXPECT_EQ(outer->colour, Colour::new_);
  EXPECT_EQ(outer->items[0].word, "ёж");
  EXPECT_EQ(write(*outer), text);
}

TEST(Json, EveryBrokenRuleIsReportedWithItsPointer) {
  EXPECT_EQ(
      errors_of<Outer>(
          R"({"id":"x","at":5,"items":[{"word":"toolong"},{"digit":10,"word":" "},7],"colour":"blue","extra/1":1})"),
      (List{{"/id", "not_uuid"},
            {"/at", "not_string"},
            {"/items/0/word", "too_long"},
            {"/items/1/word", "control_characters"},
            {"/items/1/digit", "too_big"},
            {"/items/2", "not_object"},
            {"/colour", "not_one_of"},
            {"/on", "required"},
            {"/extra~11", "unknown"}}));
}

TEST(Json, P3_a_member_nobody_declared_is_refused_at_any_depth) {
  EXPECT_EQ(errors_of<Hello>(R"({"after":1,"patient":"x"})"), (List{{"/patient", "unknown"}}));
  EXPECT_EQ(errors_of<Hello>(R"({"after":1,"After":1})"), (List{{"/After", "unknown"}}));
  EXPECT_EQ(
      errors_of<Outer>(
          R"({"id":"0190a000-0000-7000-8000-000000000001","at":"2026-11-23T09:00:00Z","items":[{"word":"a","digit":7,"note":{}}],"colour":"new","on":true})"),
      (List{{"/items/0/note", "unknown"}}));
}

TEST(Json, DuplicateMembersAreRefusedAtAnyDepth) {
  EXPECT_EQ(errors_of<Hello>(R"({"after":1,"after":2})"), (List{{"/after", "duplicate"}}));
  EXPECT_EQ(errors_of<Hello>(R"({"x":[{},{"a":1,"b":2,"\u0061":3}]})"), (List{{"/x/1/a", "duplicate"}}));
}

TEST(Json, MalformedTextIsRefused) {
  for (const auto* text : {"", "{", "{}x", "{\"after\":01}", "{\"after\":NaN}", "[1,]", "\"\\ud800\"",
                           "\"\x80\"", "{'a':1}", "nul", "\"a\nb\"", "{\"a\":1,}", "/**/1"})
    EXPECT_EQ(errors_of<Hello>(text), (List{{"", "malformed"}})) << text;
  EXPECT_EQ(errors_of<Hello>(std::string(40, '[') + std::string(40, ']')), (List{{"", "too_deep"}}));
}

TEST(Json, TooManyMembersAreRefused) {
  std::string text = "{";
  for (int i = 0; i < 2000; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  text += "\"after\":1}";
  EXPECT_EQ(errors_of<Hello>(text), (List{{"", "too_many"}}));
}

TEST(Json, VariantIsChosenByType) {
  auto command = read<Command>(R"({"type":"hello","after":3})");
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(std::get<Hello>(*command).after, 3);
  EXPECT_EQ(write(*command), R"({"type":"hello","after":3})");
  EXPECT_EQ(errors_of<Command>(R"({"type":"bye"})"), (List{{"/type", "not_one_of"}}));
  EXPECT_EQ(errors_of<Command>(R"({"after":1})"), (List{{"/type", "required"}}));
  EXPECT_EQ(errors_of<Command>(R"({"type":"ping","after":1})"), (List{{"/after", "unknown"}}));
}

TEST(Json, NumbersKeepTheirRange) {
  EXPECT_EQ(errors_of<Hello>(R"({"after":1.5})"), (List{{"/after", "not_integer"}}));
  EXPECT_EQ(errors_of<Hello>(R"({"after":3000000000})"), (List{{"/after", "too_big"}}));
  EXPECT_EQ(errors_of<Hello>(R"({"after":18446744073709551615})"), (List{{"/after", "too_big"}}));
  EXPECT_EQ(errors_of<Hello>(R"({"after":"1"})"), (List{{"/after", "not_integer"}}));
}

TEST(Json, SchemaSaysWhatTheReaderDoes) {
  Schemas schemas;
  schemas.of<Command>(Direction::request);
  schemas.of<Outer>(Direction::response);
  const auto& components = schemas.components();
  EXPECT_EQ(
      boost::json::serialize(components.at("Hello")),
      R"({"type":"object","properties":{"type":{"const":"hello"},"after":{"type":"integer"}},"additionalProperties":false,"required":["type","after"]})");
  EXPECT_EQ(
      boost::json::serialize(components.at("Inner")),
      R"({"type":"object","properties":{"word":{"type":"string","minLength":1,"maxLength":5},"digit":{"anyOf":[{"type":"integer","minimum":0,"maximum":9},{"type":"null"}]}},"additionalProperties":false,"required":["word","digit"]})");
  EXPECT_EQ(boost::json::serialize(components.at("Colour")), R"({"type":"string","enum":["red","new"]})");
}

}  // namespace chatika::json
