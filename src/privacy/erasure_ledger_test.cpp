#include "privacy/erasure_ledger.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace chatika::privacy {
namespace {

class LedgerTest : public ::testing::Test {
 protected:
  LedgerTest() : dir(std::filesystem::temp_directory_path() / ("chatika-ledger-" + to_string(new_uuid()))) {}
  ~LedgerTest() override { std::filesystem::remove_all(dir); }

  [[nodiscard]] std::string path() const { return (dir / "tenant.jsonl").string(); }
  [[nodiscard]] ErasureLedger open() const { return {path(), key.clone()}; }
  LedgerHead add(ErasureLedger& ledger, const LedgerHead& head, int count = 1) {
    std::vector<LedgerEntry> entries;
    for (int i = 0; i < count; ++i)
      entries.push_back({.at = parse_rfc3339("2026-11-23T09:00:00.25Z").value(),
                         .erasure = new_uuid(),
                         .subject = SubjectId::fresh(),
                         .kept = {"visitor.phone"},
                         .act = "00"});
    return ledger.append(head, entries).value();
  }
  [[nodiscard]] std::string read() const {
    std::ifstream in(path());
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }
  void write(const std::string& text) const { std::ofstream(path(), std::ios::trunc) << text; }

  const std::filesystem::path dir;
  const crypto::Key key = crypto::Key::fresh();
};

TEST_F(LedgerTest, what_was_appended_is_read_by_another) {
  auto ledger = open();
  const auto one = add(ledger, {}, 2);
  const auto two = add(ledger, one);
  EXPECT_EQ(two.seq, 3);
  const auto all = open().after({}).value();
  EXPECT_EQ(all.entries.size(), 3U);
  EXPECT_EQ(all.head, two);
  EXPECT_EQ(all.entries[1].kept, std::vector<std::string>{"visitor.phone"});
  EXPECT_EQ(open().after(one).value().entries.size(), 1U);
  EXPECT_TRUE(open().after(two).value().entries.empty());
}

TEST_F(LedgerTest, P53_a_ledger_that_has_begun_is_missed_before_the_first_erasure) {
  auto ledger = open();
  const auto begun = ledger.begin().value();
  EXPECT_TRUE(begun.begun());
  EXPECT_EQ(open().begin().value(), begun) << "once";
  EXPECT_TRUE(open().after(begun).value().entries.empty());
  write("");
  EXPECT_FALSE(open().after(begun));
  std::filesystem::remove(path());
  EXPECT_NE(open().after(begun).error().cause.find("is missing"), std::string::npos);
  auto young = open();
  add(young, young.begin().value(), 2);
  EXPECT_EQ(open().after(begun).value().entries.size(), 2U) << "data of the beginning follow what came later";
  ErasureLedger others(path(), crypto::Key::fresh());
  EXPECT_FALSE(others.after({}));
}

TEST_F(LedgerTest, only_its_owner_can_read_it) {
  auto ledger = open();
  add(ledger, {});
  struct stat info {};
  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(dir.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
}

TEST_F(LedgerTest, P53_a_missing_a_shorter_and_a_foreign_ledger_are_refused) {
  auto ledger = open();
  const auto one = add(ledger, {});
  const auto first = read();
  const auto two = add(ledger, one);
  write(first);
  EXPECT_NE(open().after(two).error().cause.find("ends at entry 1"), std::string::npos);
  std::filesystem::remove(path());
  EXPECT_NE(open().after(two).error().cause.find("is missing"), std::string::npos);
  EXPECT_TRUE(open().after({}).value().entries.empty());
  auto other = open();
  add(other, {}, 2);
  EXPECT_NE(open().after(two).error().cause.find("not the one"), std::string::npos);
}

// Any byte changed, any line taken out, doubled or moved.
TEST_F(LedgerTest, P53_no_edit_of_the_ledger_goes_unseen) {
  auto ledger = open();
  const auto head = add(ledger, {}, 4);
  const auto good = read();
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] = bad[i] == 'x' ? 'y' : 'x';
    write(bad);
    EXPECT_FALSE(open().after(head)) << i;
  }
  std::vector<std::string> lines;
  std::stringstream in(good);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  write(lines[0] + lines[2] + lines[1] + lines[3]);
  EXPECT_FALSE(open().after(head));
  write(lines[0] + lines[1] + lines[3]);
  EXPECT_FALSE(open().after(head));
  write(lines[0] + lines[1] + lines[1] + lines[2] + lines[3]);
  EXPECT_FALSE(open().after(head));
  write(good);
  EXPECT_TRUE(open().after(head));
}

TEST_F(LedgerTest, a_torn_last_line_never_counted_and_is_cut_off) {
  auto ledger = open();
  const auto one = add(ledger, {});
  write(read() + "{\"seq\":2,\"at\":\"20");
  auto again = open();
  EXPECT_TRUE(again.after(one).value().entries.empty());
  const auto two = add(again, one);
  EXPECT_EQ(open().after({}).value().head, two);
}

TEST_F(LedgerTest, another_nodes_entries_are_not_written_over) {
  auto mine = open();
  const auto one = add(mine, {});
  auto theirs = open();
  (void)theirs.after(one);
  add(theirs, one);
  std::vector<LedgerEntry> entries(1);
  EXPECT_EQ(mine.append(one, entries).error().code, Errc::conflict);
  EXPECT_EQ(open().after({}).value().entries.size(), 2U);
}

TEST_F(LedgerTest, without_a_path_nothing_can_be_erased) {
  ErasureLedger none({}, key.clone());
  std::vector<LedgerEntry> entries(1);
  EXPECT_EQ(none.append({}, entries).error().code, Errc::unavailable);
  EXPECT_EQ(none.after({1, "x"}).error().code, Errc::unavailable);
  EXPECT_TRUE(none.after({}));
}

}  // namespace
}  // namespace chatika::privacy
