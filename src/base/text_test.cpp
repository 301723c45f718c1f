#include "base/text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace chatika::text {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, well_formed_text_is_known) {
  for (const auto text : {""sv, "plain"sv, "Ёжик"sv, "€"sv, "\U0001F600"sv, "\0"sv, "\xED\x9F\xBF"sv,
                          "\xEE\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv})
    EXPECT_TRUE(is_utf8(text)) << text;
}

class Malformed : public testing::TestWithParam<std::string_view> {};
TEST_P(Malformed, is_refused_and_never_read_past_its_end) {
  // On the heap without a byte after it, so that asan sees a read past the end.
  const std::vector<char> exact(GetParam().begin(), GetParam().end());
  const std::string_view view(exact.data(), exact.size());
  EXPECT_FALSE(is_utf8(view));
  std::size_t steps = 0;
  for (std::size_t at = 0; at < view.size(); ++steps) next(view, at);
  EXPECT_LE(steps, view.size());
  EXPECT_TRUE(is_utf8(clean(view)));
  EXPECT_TRUE(is_utf8(clean_line(view)));
  EXPECT_TRUE(is_utf8(fold(view)));
  std::string json;
  append_json_string(json, view);
  EXPECT_TRUE(is_utf8(json));
}
INSTANTIATE_TEST_SUITE_P(Utf8, Malformed,
                         testing::Values("\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC3"sv,
                                         "\xC3\x28"sv, "\xE0\x80\xAF"sv, "\xE0\x9F\xBF"sv, "\xE2\x82"sv,
                                         "\xE2\x28\xA1"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv,  // surrogates
                                         "\xF0\x80\x80\x80"sv, "\xF0\x8F\xBF\xBF"sv, "\xF0\x9F\x98"sv,
                                         "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xF8\x88\x80\x80\x80"sv,
                                         "\xFE"sv, "\xFF"sv, "good\xFF"sv, "\xFFgood"sv));

TEST(Utf8, length_and_prefix_count_code_points) {
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("Ёж€\U0001F600"), 4U);
  EXPECT_EQ(prefix("Ёж€\U0001F600", 0), "");
  EXPECT_EQ(prefix("Ёж€\U0001F600", 3), "Ёж€");
  EXPECT_EQ(prefix("Ёж€\U0001F600", 9), "Ёж€\U0001F600");
}

TEST(Utf8, every_code_point_goes_through_append_and_next) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string s;
    append(s, c);
    std::size_t at = 0;
    ASSERT_EQ(next(s, at), c);
    ASSERT_EQ(at, s.size());
    ASSERT_TRUE(is_utf8(s));
  }
}

struct Case {
  std::string_view in;
  std::string_view out;
};

class Clean : public testing::TestWithParam<Case> {};
TEST_P(Clean, keeps_what_is_visible) {
  EXPECT_EQ(clean(GetParam().in), GetParam().out);
}
INSTANTIATE_TEST_SUITE_P(
    Text, Clean,
    testing::Values(Case{"", ""}, Case{"Здравствуйте!", "Здравствуйте!"}, Case{"  a  b \n", "a  b"},
                    Case{"a\r\nb\rc\nd", "a\nb\nc\nd"}, Case{"a\r\r\nb", "a\n\nb"}, Case{"a\tb", "a b"},
                    Case{"\t\n \r\n", ""}, Case{"a\0b\x01\x1B[31m\x7F"sv, "ab[31m"},
                    Case{"a\u0085b\u009Fc", "abc"}, Case{"a\u2028b\u2029c", "a\nb\nc"},
                    Case{"\u202Ecod.exe\u202C \u2066x\u2069", "cod.exe x"},  // bidirectional overrides
                    Case{"\uFEFFa", "a"}, Case{"a\uFFFEb", "ab"}, Case{"bad\xFF", "bad"},
                    // Joiners inside emoji and the marks of a letter stay.
                    Case{"\U0001F469\u200D\U0001F4BB", "\U0001F469\u200D\U0001F4BB"},
                    Case{"и\u0306", "и\u0306"},
                    // White space of other kinds at the ends is white space too.
                    Case{"\u00A0a\u00A0", "a"}, Case{"\u3000\u2003a b\u202F\n", "a b"},
                    Case{"\u00A0\u2009", ""}, Case{"a\u00A0b", "a\u00A0b"}));

TEST(Text, nothing_visible_is_nothing) {
  for (const auto text :
       {"\u200B"sv, "\u200D\u200C"sv, "\u2060"sv, " \u200B\n\u200B "sv, "\u00AD"sv, "\u200E\u200F"sv})
    EXPECT_EQ(clean(text), "") << text;
}

class CleanLine : public testing::TestWithParam<Case> {};
TEST_P(CleanLine, is_one_line) {
  EXPECT_EQ(clean_line(GetParam().in), GetParam().out);
}
INSTANTIATE_TEST_SUITE_P(Text, CleanLine,
                         testing::Values(Case{"", ""}, Case{" Анна \t\r\n Петровна ", "Анна Петровна"},
                                         Case{"a\u00A0\u2009\u3000b", "a b"}, Case{"a \x01 b", "a b"},
                                         Case{"\u202Ea\nb", "a b"}, Case{"\n\n", ""}));

TEST(Fold, is_for_comparing) {
  EXPECT_EQ(fold("ANNA@Example.RU"), "anna@example.ru");
  EXPECT_EQ(fold("ЁЖИК ёжик Щука"), "ежик ежик щука");
  EXPECT_EQ(fold("ЂЃЄЅІЇЈЉЊЋЌЍЎЏ"), "ђѓєѕіїјљњћќѝўџ");
  EXPECT_EQ(fold("ÀÉÖØÞ×÷ß"), "àéöøþ×÷ß");
  EXPECT_EQ(fold("@[`{Zz09"), "@[`{zz09");
  EXPECT_EQ(fold(fold("ЁÀЏ")), fold("ЁÀЏ"));
}

TEST(JsonString, escapes_what_must_be) {
  std::string out;
  append_json_string(out, "\"\\\n\r\t\x01/é\U0001F600\x7F"sv);
  EXPECT_EQ(out, "\"\\\"\\\\\\n\\r\\t\\u0001/é\U0001F600\x7F\"");
  out.clear();
  append_json_string(out, "a\xFFz\0"sv);
  EXPECT_EQ(out, "\"a\uFFFDz\\u0000\"");
}

}  // namespace
}  // namespace chatika::text
