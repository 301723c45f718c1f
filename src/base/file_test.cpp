#include "base/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace chatika {
namespace {

class Files : public testing::Test {
 protected:
  Files() {
    std::string pattern = (std::filesystem::temp_directory_path() / "chatika-file-XXXXXX").string();
    dir_ = ::mkdtemp(pattern.data());
  }
  ~Files() override { std::filesystem::remove_all(dir_); }
  std::string dir_;
};

std::string content(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return fd.is_open() ? read_all(fd.get()).value_or("unreadable") : "absent";
}

TEST_F(Files, a_new_file_is_whole_and_this_users_alone) {
  const std::string large(200'000, 'x');
  ASSERT_TRUE(write_new_file(dir_ + "/a", large));
  EXPECT_EQ(content(dir_ + "/a"), large);
  struct stat info {};
  ASSERT_EQ(::stat((dir_ + "/a").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0600U);
}

TEST_F(Files, a_new_file_never_replaces_another) {
  ASSERT_TRUE(write_new_file(dir_ + "/a", "first"));
  EXPECT_FALSE(write_new_file(dir_ + "/a", "second"));
  EXPECT_EQ(errno, EEXIST);
  EXPECT_EQ(content(dir_ + "/a"), "first");
}

TEST_F(Files, directories_are_made_with_what_is_missing_above) {
  ASSERT_TRUE(make_directories(dir_ + "/x/y/z"));
  EXPECT_TRUE(make_directories(dir_ + "/x/y/z"));
  struct stat info {};
  ASSERT_EQ(::stat((dir_ + "/x/y").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0700U);
  ASSERT_TRUE(write_new_file(dir_ + "/f", ""));
  EXPECT_FALSE(make_directories(dir_ + "/f/below"));
}

TEST_F(Files, reading_begins_where_it_is_told) {
  ASSERT_TRUE(write_new_file(dir_ + "/a", "0123456789"));
  const Fd fd(::open((dir_ + "/a").c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(read_all(fd.get(), 7), "789");
  EXPECT_EQ(read_all(fd.get(), 10), "");
  EXPECT_EQ(read_all(-1), std::nullopt);
}

TEST_F(Files, what_cannot_be_synced_is_said) {
  EXPECT_TRUE(sync_directory(dir_));
  EXPECT_FALSE(sync_directory(dir_ + "/none"));
  EXPECT_EQ(directory_of("name"), ".");
  EXPECT_EQ(directory_of("a/b"), "a");
}

TEST(Descriptor, closes_itself_once) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  {
    Fd first(ends[1]);
    const Fd second(std::move(first));
    EXPECT_EQ(second.get(), ends[1]);
  }
  char c = 0;
  EXPECT_EQ(::read(ends[0], &c, 1), 0) << "the writing end is still open";
  ::close(ends[0]);
}

}  // namespace
}  // namespace chatika
