#include "document/document.hpp"

#include <gtest/gtest.h>

#include <set>

#include "document/diff.hpp"
#include "json/write.hpp"

namespace chatika::document {
namespace {

Document sample() {
  return {
      .title = "Политика <обработки>",
      .language = "ru",
      .blocks = {Heading{2, "Кто & что"}, Paragraph{"Первая строка\nвторая \"строка\"", Style::note},
                 List{{"раз", "два"}, true}, Table{{"Поле", "Срок"}, {{"Имя", "365\nдней"}}},
                 KeyValues{{{"ИНН", "0000000000"}}}, Signature{"Директор", "Примеров П. П."}, PageBreak{}}};
}

TEST(Document, text_is_canonical) {
  EXPECT_EQ(to_text(sample()),
            "# Политика <обработки>\n"
            "\n## Кто & что\n"
            "\nПервая строка\nвторая \"строка\"\n"
            "\n1. раз\n2. два\n"
            "\nПоле | Срок\nИмя | 365 дней\n"
            "\nИНН: 0000000000\n"
            "\nДиректор ____________________ Примеров П. П.\n");
}

TEST(Document, html_escapes_every_text) {
  const std::string evil = "<script>alert('1')</script>&\"";
  const Document d{.title = evil,
                   .language = "ru",
                   .blocks = {Heading{2, evil}, Paragraph{evil}, List{{evil}}, Table{{evil}, {{evil}}},
                              KeyValues{{{evil, evil}}}, Signature{evil, evil}}};
  const auto html = to_html(d);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find('\''), std::string::npos);
  std::size_t found = 0;
  for (auto at = html.find("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;");
       at != std::string::npos; at = html.find("&lt;script", at + 1))
    ++found;
  EXPECT_EQ(found, 11U);
}

TEST(Document, html_is_semantic_and_has_nothing_inline) {
  const auto html = to_html(sample());
  for (const auto* part :
       {"<article lang=\"ru\">", "<h1>", "<h2>", "<ol>", "<th scope=\"col\">Поле</th>", "<dt>ИНН</dt>",
        "<p class=\"note\">Первая строка<br>вторая", "class=\"signature\""})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  EXPECT_EQ(html.find("style"), std::string::npos);
  EXPECT_EQ(html.find(" on"), std::string::npos);
}

TEST(Document, blocks_go_over_the_wire_with_their_type) {
  const auto wire = json::write(sample());
  EXPECT_NE(wire.find(R"({"type":"heading","level":2,"text":"Кто & что"})"), std::string::npos) << wire;
  EXPECT_NE(wire.find(R"({"type":"page_break"})"), std::string::npos);
}

TEST(Document, bounds_are_kept) {
  EXPECT_TRUE(check(sample()));
  auto d = sample();
  d.blocks.resize(kMaxBlocks + 1, Paragraph{"x"});
  EXPECT_EQ(check(d).error().code, Errc::too_large);
  d = sample();
  d.blocks.push_back(List{std::vector<std::string>(kMaxRows, "x")});
  EXPECT_EQ(check(d).error().code, Errc::too_large);
  d = sample();
  d.blocks.push_back(Paragraph{std::string(kMaxBytes, 'x')});
  EXPECT_EQ(check(d).error().code, Errc::too_large);
  d = sample();
  d.blocks.push_back(Table{{"a", "b"}, {{"only one"}}});
  EXPECT_EQ(check(d).error().code, Errc::internal);
  d = sample();
  d.blocks.push_back(Table{{}, {}});
  EXPECT_EQ(check(d).error().code, Errc::internal);
}

TEST(Diff, says_what_was_added_removed_and_changed_under_its_heading) {
  auto before = sample();
  auto after = sample();
  std::get<Table>(after.blocks[3]).rows = {{"Имя", "90 дней"}, {"Почта", "30 дней"}};
  std::get<List>(after.blocks[2]).items = {"раз"};
  using enum ChangeKind;
  const std::vector<Change> expected{{removed, "Кто & что", "2. два", ""},
                                     {changed, "Кто & что", "Имя | 365 дней", "Имя | 90 дней"},
                                     {added, "Кто & что", "", "Почта | 30 дней"}};
  EXPECT_EQ(diff(before, after), expected);
  EXPECT_TRUE(diff(before, before).empty());
}

TEST(Diff, a_changed_title_stands_above_all_headings) {
  auto after = sample();
  after.title = "Другая";
  const auto changes = diff(sample(), after);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].section, "");
  EXPECT_EQ(changes[0].after, "# Другая");
}

// Applying the changes to the old lines gives the new ones: nothing is lost, whatever was shuffled.
TEST(Diff, holds_every_line_that_differs) {
  std::uint32_t seed = 7;
  const auto random = [&](std::uint32_t below) {
    return (seed = seed * 1664525 + 1013904223) / 65536 % below;
  };
  for (int round = 0; round < 300; ++round) {
    std::string before;
    std::string after;
    std::multiset<std::string> a;
    std::multiset<std::string> b;
    for (auto n = random(12); n-- > 0;) a.insert("l" + std::to_string(random(6)));
    for (auto n = random(12); n-- > 0;) b.insert("l" + std::to_string(random(6)));
    for (const auto& l : a) before += l + "\n";
    for (const auto& l : b) after += l + "\n";
    for (const auto& change : diff(before, after)) {
      if (!change.before.empty()) {
        ASSERT_TRUE(a.contains(change.before));
        a.erase(a.find(change.before));
      }
      if (!change.after.empty()) a.insert(change.after);
    }
    ASSERT_EQ(a, b) << before << "---\n" << after;
  }
}

TEST(Diff, past_its_bound_counts_all_as_replaced) {
  std::string before;
  std::string after;
  for (int i = 0; i < 2500; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(diff(before, after).size(), 2500U);
}

}  // namespace
}  // namespace chatika::document
