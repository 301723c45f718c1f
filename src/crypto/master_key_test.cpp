#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <barrier>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct MasterKey : testing::Test {
  fs::path root;
  std::string path;

  void SetUp() override {
    std::string name = testing::TempDir() + "chatika-key-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root = name;
    path = root / "keys" / "master.key";
  }
  void TearDown() override { fs::remove_all(root); }

  void put(std::string_view bytes, mode_t mode = 0600) const {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
  }
  [[nodiscard]] std::string content() const {
    if (!fs::is_regular_file(path)) return {};
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // Neither call takes the file, and neither changes it.
  void expect_refused(const std::string& why) const {
    const std::string before = content();
    for (const auto& key : {&load_or_create_master_key, &load_master_key}) {
      const auto got = key(path);
      ASSERT_FALSE(got.has_value());
      EXPECT_EQ(got.error().code, Errc::internal);
      EXPECT_THAT(got.error().cause, HasSubstr(why));
      EXPECT_THAT(got.error().cause, HasSubstr(path));
    }
    EXPECT_EQ(content(), before);
  }
};

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0U;
}

std::string bytes_of(const Result<Key>& key) {
  return key ? std::string(detail::chars(key->bytes())) : "refused: " + key.error().cause;
}

TEST_F(MasterKey, is_made_at_first_start_for_its_owner_only) {
  path = root / "var" / "keys" / "master.key";
  const mode_t before = ::umask(0);  // the least careful there is
  const auto made = load_or_create_master_key(path);
  ::umask(before);
  ASSERT_TRUE(made.has_value()) << made.error().cause;
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(mode_of(root / "var" / "keys"), 0700U);
  EXPECT_EQ(mode_of(root / "var"), 0700U);
  EXPECT_EQ(content(), bytes_of(made));
  EXPECT_EQ(content().size(), 32U);
  EXPECT_NE(content(), std::string(32, '\0'));
}

TEST_F(MasterKey, is_readable_by_its_owner_whatever_the_umask) {
  fs::create_directories(root / "keys");
  const mode_t before = ::umask(0777);
  const auto made = load_or_create_master_key(path);
  ::umask(before);
  ASSERT_TRUE(made.has_value()) << made.error().cause;
  EXPECT_EQ(mode_of(path), 0600U);
}

TEST_F(MasterKey, stays_the_same) {
  const std::string first = bytes_of(load_or_create_master_key(path));
  EXPECT_EQ(bytes_of(load_or_create_master_key(path)), first);
  EXPECT_EQ(bytes_of(load_master_key(path)), first);
  ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
  EXPECT_EQ(bytes_of(load_or_create_master_key(path)), first) << "a read-only key is fine";
}

TEST_F(MasterKey, is_not_made_by_loading) {
  const auto key = load_master_key(path);
  ASSERT_FALSE(key.has_value());
  EXPECT_THAT(key.error().cause, HasSubstr("is not there"));
  EXPECT_FALSE(fs::exists(fs::path(path).parent_path()));
}

TEST_F(MasterKey, is_refused_when_others_can_get_at_it) {
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0602U, 0610U, 0601U}) {
    put(std::string(32, 'k'), mode);
    expect_refused("lets others at it");
  }
}

TEST_F(MasterKey, is_refused_at_any_other_size) {
  for (const std::size_t size : {0U, 1U, 31U, 33U, 64U}) {
    put(std::string(size, 'k'));
    expect_refused("bytes long");
  }
}

TEST_F(MasterKey, is_refused_behind_a_symbolic_link) {
  put(std::string(32, 'k'));
  const std::string target = path + ".real";
  fs::rename(path, target);
  fs::create_symlink(target, path);
  expect_refused("symbolic link");
  fs::remove(target);
  expect_refused("symbolic link");  // one that leads nowhere is not a missing file
  EXPECT_TRUE(fs::is_symlink(path));
}

TEST_F(MasterKey, is_refused_when_no_file) {
  fs::create_directories(path);
  fs::permissions(path, fs::perms::owner_all);
  expect_refused("not a regular file");
  fs::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  for (const auto& load : {&load_or_create_master_key, &load_master_key})
    EXPECT_FALSE(load(path).has_value());
}

TEST_F(MasterKey, cannot_be_made_where_a_file_is_in_the_way) {
  std::ofstream(root / "keys") << "not a directory";
  EXPECT_FALSE(load_or_create_master_key(path).has_value());
}

TEST_F(MasterKey, started_together_all_get_the_same_and_leave_nothing_behind) {
  for (int round = 0; round < 20; ++round) {
    fs::remove_all(root / "keys");
    constexpr std::size_t kStarts = 8;
    std::barrier gate(kStarts);
    std::vector<std::string> got(kStarts);
    std::vector<std::jthread> starts;
    for (auto& one : got)
      starts.emplace_back([&] {
        gate.arrive_and_wait();
        one = bytes_of(load_or_create_master_key(path));
      });
    starts.clear();
    for (const auto& one : got) EXPECT_EQ(one, content());
    EXPECT_EQ(content().size(), 32U);
    EXPECT_EQ(std::distance(fs::directory_iterator(root / "keys"), {}), 1);
  }
}

}  // namespace
}  // namespace chatika::crypto
