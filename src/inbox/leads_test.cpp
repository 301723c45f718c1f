#include <algorithm>

#include "inbox/fixture_test.hpp"

namespace chatika::inbox {
namespace {

const db::Statement kNotes("SELECT note_box FROM lead");

class LeadTest : public InboxFixture {
 protected:
  Lead add(const Started& s, LeadKind kind, std::string_view note) {
    return act(visitor(s.visitor),
               [&](privacy::Access& a) -> Result<Lead> {
                 return add_lead(a, TRY(thread(a, s.conversation)), kind, note);
               })
        .value();
  }
  std::vector<Lead> page(const LeadPage& p) {
    return act(employee(olga), [&](privacy::Access& a) { return leads(a, p); }).value();
  }
};
CHATIKA_BOTH_DATABASES(LeadTest);

TEST_P(LeadTest, says_who_asked_and_for_what_and_is_sealed) {
  const auto s = started();
  ASSERT_TRUE(act(visitor(s.visitor), [&](privacy::Access& a) {
    return set_contact(a, s.visitor, {.name = "Инга", .phone = "+79123456789", .email = {}});
  }));
  const auto made = add(s, LeadKind::callback, "про ортопеда");
  EXPECT_EQ(made.name, "Инга");
  EXPECT_EQ(made.phone, "+79123456789");
  EXPECT_FALSE(made.email);
  EXPECT_EQ(made.note, "про ортопеда");
  EXPECT_EQ(made.status, LeadStatus::new_);
  EXPECT_EQ(made.conversation, s.conversation);
  const auto box =
      in_tx([](db::Tx& tx) { return *tx.one(kNotes, [](const db::Row& r) { return r.bytes(0); }); });
  EXPECT_EQ(box.find("ортопед"), std::string::npos);
}

TEST_P(LeadTest, is_done_and_new_again) {
  const auto s = started();
  const auto made = add(s, LeadKind::contact, "");
  const auto set = [&](LeadId id, LeadStatus status) {
    return act(employee(olga), [&](privacy::Access& a) { return set_lead_status(a, id, status); });
  };
  EXPECT_EQ(set(made.id, LeadStatus::done).value().status, LeadStatus::done);
  EXPECT_TRUE(page({.status = LeadStatus::new_, .before_at = {}}).empty());
  EXPECT_EQ(page({.status = LeadStatus::done, .before_at = {}}).size(), 1U);
  EXPECT_EQ(set(made.id, LeadStatus::new_).value().status, LeadStatus::new_);
  EXPECT_EQ(code_of(set(LeadId::fresh(), LeadStatus::done)), "not_found");
}

TEST_P(LeadTest, pages_of_one_moment_lose_none) {
  const auto s = started();
  std::vector<LeadId> all;
  for (int n = 0; n < 5; ++n) all.push_back(add(s, LeadKind::contact, "заметка").id);
  std::vector<LeadId> seen;
  LeadPage p{.status = {}, .before_at = {}, .limit = 2};
  for (int turns = 0; turns < 4; ++turns) {
    const auto items = page(p);
    if (items.empty()) break;
    for (const auto& lead : items) seen.push_back(lead.id);
    p.before_at = items.back().created_at;
    p.before_id = items.back().id;
  }
  EXPECT_EQ(seen.size(), 5U);
  EXPECT_TRUE(std::is_permutation(seen.begin(), seen.end(), all.begin(), all.end()));
  const auto own = act(employee(olga), [&](privacy::Access& a) { return leads_of(a, s.conversation); });
  EXPECT_EQ(own.value().size(), 5U);
}

class FeedTest : public InboxFixture {
 protected:
  std::vector<FeedEntry> after(std::int64_t seq, std::size_t limit = 100) {
    return act(employee(olga),
               [&](privacy::Access& a) -> Result<std::vector<FeedEntry>> {
                 return feed_after(a, seq, limit);
               })
        .value();
  }
};
CHATIKA_BOTH_DATABASES(FeedTest);

TEST_P(FeedTest, numbers_follow_one_another_and_a_failed_operation_takes_none) {
  const auto s = started();
  const auto note = [&](bool fails) {
    return act(system(), [&](privacy::Access& a) -> Result<std::int64_t> {
      const auto seq = record(a, FeedKind::messages, s.conversation, 7);
      if (fails) return fail(Errc::conflict);
      return seq;
    });
  };
  const auto head =
      act(system(), [&](privacy::Access& a) -> Result<std::int64_t> { return feed_head(a); }).value();
  EXPECT_EQ(note(false).value(), head + 1);
  EXPECT_FALSE(note(true));
  EXPECT_EQ(note(false).value(), head + 2);

  const auto entries = after(head);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].seq, head + 1);
  EXPECT_EQ(entries[1].seq, head + 2);
  EXPECT_EQ(entries[0].ref, s.conversation);
  EXPECT_EQ(entries[0].from_seq, 7);
  EXPECT_EQ(entries[0].kind, FeedKind::messages);
  EXPECT_EQ(after(head, 1).size(), 1U);
  EXPECT_TRUE(after(head + 2).empty());
}

TEST_P(FeedTest, businesses_count_apart) {
  const auto s = started();
  ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<std::int64_t> {
    return record(a, FeedKind::conversation, s.conversation);
  }));
  const auto theirs = act(privacy::Principal::system(other), [&](privacy::Access& a) -> Result<std::int64_t> {
    EXPECT_TRUE(feed_after(a, 0, 100).empty());
    return feed_head(a);
  });
  EXPECT_EQ(theirs.value(), 0);
}

}  // namespace
}  // namespace chatika::inbox
