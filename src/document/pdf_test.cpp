// The PDFs are read back with poppler's tools, as anybody's reader would.
#include "document/pdf.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

namespace chatika::document {
namespace {

const Time kAt = *parse_rfc3339("2026-11-24T09:30:00Z");

class Pdf : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "chatika-pdf-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string make(const Document& d) {
    auto pdf = to_pdf(d, {.at = kAt, .author = "ООО «Пример»", .footer = "Версия 2026-11-24"});
    EXPECT_TRUE(pdf) << pdf.error().cause;
    return pdf ? *pdf : "";
  }
  std::string tool(const std::string& command, const std::string& pdf) {
    const auto file = folder_ / "a.pdf";
    std::ofstream(file, std::ios::binary) << pdf;
    std::string out;
    auto* pipe = popen((command + " " + file.string() + " - 2>&1").c_str(), "r");
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    EXPECT_EQ(pclose(pipe), 0) << command << ": " << out;
    return out;
  }
  std::string text(const Document& d) { return tool("pdftotext -layout", make(d)); }
  std::string info(const std::string& pdf) {
    const auto file = folder_ / "i.pdf";
    std::ofstream(file, std::ios::binary) << pdf;
    std::string out;
    auto* pipe = popen(("TZ=UTC pdfinfo " + file.string() + " 2>&1").c_str(), "r");
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
    EXPECT_EQ(pclose(pipe), 0);
    return out;
  }

  std::filesystem::path folder_;
};

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

Document long_table(int rows) {
  Table table{{"Номер", "Данные", "Срок хранения"}, {}};
  for (int i = 1; i <= rows; ++i)
    table.rows.push_back({"строка-" + std::to_string(i), "Фамилия, имя, отчество посетителя", "365 дней"});
  return {.title = "Реестр процессов",
          .language = "ru",
          .blocks = {Paragraph{"Вступление."}, table, Paragraph{"Конец."}}};
}

TEST_F(Pdf, russian_text_can_be_searched_and_copied) {
  const Document d{
      .title = "Акт об уничтожении персональных данных",
      .language = "ru",
      .blocks = {Heading{2, "Съешь ещё этих мягких французских булок, да выпей чаю — №5 «ёлка»"},
                 Paragraph{"Оператор: ООО «Пример», г. Москва, улица Примерная, дом 1."},
                 List{{"первое", "второе"}, true}, KeyValues{{{"Способ", "Криптографическое уничтожение"}}},
                 Signature{"Ответственный", "Примеров П. П."}}};
  const auto found = text(d);
  for (const auto* part :
       {"Акт об уничтожении персональных данных", "Съешь ещё этих мягких французских булок", "№5 «ёлка»",
        "Оператор: ООО «Пример», г. Москва, улица Примерная, дом 1.", "1.", "второе",
        "Криптографическое уничтожение", "Примеров П. П.", "подпись, дата", "Страница 1 из 1",
        "Версия 2026-11-24"})
    EXPECT_NE(found.find(part), std::string::npos) << part << "\nin\n" << found;
}

TEST_F(Pdf, a_table_goes_on_over_pages_with_its_head) {
  const auto pdf = make(long_table(200));
  const auto found = tool("pdftotext -layout", pdf);
  const auto pages = count(found, "\f");
  EXPECT_GE(pages, 4U);
  EXPECT_EQ(count(found, "Срок хранения"), pages);
  for (int i = 1; i <= 200; ++i) EXPECT_EQ(count(found, "строка-" + std::to_string(i) + " "), 1U) << i;
  EXPECT_NE(found.find("Страница 2 из " + std::to_string(pages)), std::string::npos);
  EXPECT_NE(found.find("Конец."), std::string::npos);
}

TEST_F(Pdf, a_row_higher_than_a_page_is_broken_and_whole) {
  std::string words;
  for (int i = 0; i < 3000; ++i) words += "слово" + std::to_string(i) + " ";
  const auto found = text(
      {.title = "Длинная", .language = "ru", .blocks = {Table{{"Что", "Текст"}, {{"сообщение", words}}}}});
  EXPECT_GE(count(found, "\f"), 3U);
  for (int i = 0; i < 3000; i += 37)
    EXPECT_EQ(
        count(found, "слово" + std::to_string(i) + " ") + count(found, "слово" + std::to_string(i) + "\n"),
        1U)
        << i;
}

TEST_F(Pdf, a_paragraph_flows_over_pages) {
  std::string words;
  for (int i = 0; i < 4000; ++i) words += "слово" + std::to_string(i) + " ";
  const auto found = text({.title = "Длинная", .language = "ru", .blocks = {Paragraph{words}}});
  for (int i = 0; i < 4000; i += 41)
    EXPECT_NE(found.find("слово" + std::to_string(i)), std::string::npos) << i;
}

TEST_F(Pdf, says_what_it_is_and_is_the_same_twice) {
  const auto pdf = make(long_table(30));
  EXPECT_EQ(pdf, make(long_table(30)));
  const auto properties = info(pdf);
  for (const auto* part :
       {"Title:           Реестр процессов", "Author:          ООО «Пример»", "2026", "A4"})
    EXPECT_NE(properties.find(part), std::string::npos) << part << "\nin\n" << properties;
  EXPECT_NE(properties.find("Nov 24 09:30:00 2026"), std::string::npos) << properties;
}

TEST_F(Pdf, odd_text_is_drawn_without_harm) {
  const Document d{
      .title = "",
      .language = "en",
      .blocks = {Paragraph{""}, Paragraph{std::string("bad \xff\xfe bytes \x01\x1b end", 22)}, List{{""}},
                 Table{{"a", "b"}, {{"", std::string(3000, 'x')}}}, KeyValues{{{"", ""}}}, Signature{"", ""},
                 PageBreak{}, PageBreak{}, Paragraph{"🙂 עברית 中文"}, Heading{9, "deep"}}};
  const auto found = text(d);
  EXPECT_NE(found.find("Page 1 of 2"), std::string::npos) << found;
  EXPECT_NE(found.find("end"), std::string::npos);
}

TEST_F(Pdf, bounds_are_kept) {
  std::vector<Block> blocks(static_cast<std::size_t>(kMaxBlocks), Block(Paragraph{"x"}));
  for (std::size_t i = 1; i < blocks.size(); i += 2) blocks[i] = PageBreak{};
  const auto pdf = to_pdf({.title = "Много страниц", .language = "ru", .blocks = blocks},
                          {.at = kAt, .author = {}, .footer = {}});
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, Errc::too_large);
}

Document of_words(std::string_view word, int times) {
  std::string words;
  for (int i = 0; i < times; ++i) words += word;
  return {.title = "Слова", .language = "ru", .blocks = {Paragraph{std::move(words)}}};
}

TEST_F(Pdf, what_would_take_too_long_to_draw_is_refused_before_anything_is_drawn) {
  EXPECT_TRUE(drawable(of_words("слово ", 300'000)));
  EXPECT_TRUE(drawable(of_words("漢", 60'000)));
  for (const auto& [word, times] : {std::pair{"слово ", 400'000}, {"щ", 300'000}, {"漢", 70'000}, {"กำ", 35'000}, {"aא", 70'000}, {"a\n", 70'000}}) {
    const auto refused = drawable(of_words(word, times));
    ASSERT_FALSE(refused) << word;
    EXPECT_EQ(refused.error().code, Errc::too_large);
    ASSERT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().fields[0].code, "pdf_too_long");
  }
}

TEST_F(Pdf, layout_stops_when_there_are_too_many_pages) {
  const auto took = [](const Document& d) {
    const auto before = std::clock();
    (void)to_pdf(d, {.at = kAt, .author = {}, .footer = {}});
    return std::clock() - before;
  };
  auto words = of_words("слово ", 60'000);
  const auto whole = took(words);
  words.blocks = {words.blocks.front(), words.blocks.front(), words.blocks.front(), words.blocks.front()};
  std::vector<Block> pages;
  for (int i = 0; i < kMaxPages; ++i) pages.insert(pages.end(), {Paragraph{"x"}, PageBreak{}});
  words.blocks.insert(words.blocks.begin(), pages.begin(), pages.end());
  const auto pdf = to_pdf(words, {.at = kAt, .author = {}, .footer = {}});
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, Errc::too_large);
  EXPECT_LT(took(words), 2 * whole) << "what comes after the last page is not laid out";
}

TEST_F(Pdf, what_nobody_waits_for_is_abandoned) {
  std::stop_source stop;
  stop.request_stop();
  const auto pdf = to_pdf(long_table(10), {.at = kAt, .author = {}, .footer = {}}, stop.get_token());
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().code, Errc::unavailable);
}

TEST_F(Pdf, threads_do_not_disturb_each_other) {
  const auto expected = make(long_table(40));
  std::vector<std::string> made(4);
  std::vector<std::thread> threads;
  for (auto& one : made)
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i)
        one = *to_pdf(long_table(40), {.at = kAt, .author = "ООО «Пример»", .footer = "Версия 2026-11-24"});
    });
  for (auto& thread : threads) thread.join();
  for (const auto& one : made) EXPECT_EQ(one, expected);
}

}  // namespace
}  // namespace chatika::document
