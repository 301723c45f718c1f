#include "inbox/inbox.hpp"

#include <algorithm>

#include "inbox/fixture_test.hpp"

namespace chatika::inbox {
namespace {

const db::Statement kPeople("SELECT COUNT(*) FROM visitor");
const db::Statement kSubjects("SELECT COUNT(*) FROM subject WHERE kind = 'visitor'");
const db::Statement kConversations("SELECT COUNT(*) FROM conversation");
const db::Statement kMessages("SELECT COUNT(*) FROM message");
const db::Statement kAct(
    "SELECT c.text_hash, c.purposes, c.health, c.widget_version, t.version, c.act FROM consent c"
    " JOIN consent_text t ON t.hash = c.text_hash WHERE c.subject = $1");
const db::Statement kVisitorsWithoutAct(
    "SELECT COUNT(*) FROM visitor v WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.subject = v.id AND c.act = 'given')");
const db::Statement kBoxes(
    "SELECT name_box, phone_box, phone_index, email_box, email_index, ip_box FROM visitor WHERE id = $1");
const db::Statement kBodies("SELECT body_box FROM message WHERE conversation = $1");

class InboxTest : public InboxFixture {
 protected:
  std::vector<std::int64_t> seqs(const Started& s, std::int64_t after, std::size_t limit,
                                 bool backwards = false) {
    const auto page =
        act(visitor(s.visitor), [&](privacy::Access& a) -> Result<std::vector<Message>> {
          const auto t = TRY(thread(a, s.conversation));
          return backwards ? messages_before(a, t, after, limit) : messages_after(a, t, after, limit);
        }).value();
    std::vector<std::int64_t> out;
    for (const auto& m : page) out.push_back(m.seq);
    return out;
  }
  Result<privacy::Principal> whose(ConversationId id, std::string_view token) {
    return act(system(), [&](privacy::Access& a) { return visitor_of(a.tx(), id, hash(token)); });
  }
  Result<Thread> take_by(EmployeeId who, const Started& s) {
    return act(employee(who), [&](privacy::Access& a) { return take(a, s.conversation); });
  }
  Result<Thread> hand_back_by(EmployeeId who, const Started& s) {
    return act(employee(who), [&](privacy::Access& a) { return hand_back(a, s.conversation); });
  }
  Result<Thread> close_by(EmployeeId who, const Started& s) {
    return act(employee(who), [&](privacy::Access& a) { return inbox::close(a, s.conversation); });
  }
  Result<Message> reply_by(EmployeeId who, const Started& s, Uuid client_id, const char* words) {
    return act(employee(who), [&](privacy::Access& a) { return reply(a, s.conversation, client_id, words); });
  }
};
CHATIKA_BOTH_DATABASES(InboxTest);

TEST_P(InboxTest, P19_nothing_of_a_visitor_is_stored_before_the_consent_act) {
  EXPECT_EQ(count(kSubjects) + count(kPeople) + count(kConversations) + count(kMessages), 0);
  // The act belongs to the same commit: of a start that is cut off nothing is left.
  EXPECT_FALSE(act(system(), [&](privacy::Access& a) -> Result<bool> {
    EXPECT_TRUE(start_in(a, new_uuid(), "token", false));
    return fail(Errc::unavailable, "the process ends here");
  }));
  EXPECT_EQ(count(kSubjects) + count(kPeople) + count(kConversations) + count(kMessages), 0);
  started();
  EXPECT_EQ(count(kVisitorsWithoutAct), 0);
  EXPECT_EQ(count(kSubjects), 1);
  EXPECT_EQ(count(kPeople), 1);
  EXPECT_EQ(count(kConversations), 1);
}

TEST_P(InboxTest, the_ledger_says_what_was_agreed_to) {
  for (const bool health : {true, false}) {
    const auto s = start(new_uuid(), "t", health).value();
    in_tx([&](db::Tx& tx) {
      const auto found = tx.one(
          kAct,
          [&](const db::Row& r) {
            EXPECT_EQ(r.text(0), text().hash);
            EXPECT_NE(r.text(1).find("answering"), std::string_view::npos) << r.text(1);
            EXPECT_EQ(r.flag(2), health);
            EXPECT_EQ(r.text(3), "7");
            EXPECT_EQ(r.text(4), privacy::kConsentVersion);
            EXPECT_EQ(r.text(5), "given");
            return true;
          },
          s.visitor);
      EXPECT_TRUE(found);
    });
  }
}

TEST_P(InboxTest, a_lost_answer_to_start_is_given_again_with_a_new_token_only) {
  const auto client = new_uuid();
  const auto first = start(client, "first").value();
  now += kStartRepeat;
  const auto again = start(client, "second").value();
  EXPECT_TRUE(again.repeated);
  EXPECT_FALSE(first.repeated);
  EXPECT_EQ(again.conversation, first.conversation);
  EXPECT_EQ(again.visitor, first.visitor);
  EXPECT_EQ(count(kConversations), 1);
  EXPECT_EQ(code_of(whose(first.conversation, "first")), "unauthenticated");
  EXPECT_EQ(whose(first.conversation, "second").value().id, first.visitor);
  EXPECT_EQ(code_of(whose(ConversationId::fresh(), "second")), "unauthenticated");
}

TEST_P(InboxTest, of_two_consent_acts_of_one_start_the_last_counts) {
  for (const bool health : {true, false}) {
    const auto client = new_uuid();
    ASSERT_TRUE(start(client, "first", !health));
    now += Micros(1);
    const auto again = start(client, "second", health).value();
    EXPECT_TRUE(again.repeated);
    const auto state = in_tx([&](db::Tx& tx) { return privacy::consent_state(tx, again.visitor); });
    ASSERT_TRUE(state);
    EXPECT_EQ(state->health, health);
    EXPECT_EQ(state->at, now);
  }
}

TEST_P(InboxTest, start_is_not_repeated_after_the_hour_nor_once_the_visitor_wrote) {
  const auto late = new_uuid();
  const auto s = start(late, "first").value();
  now += kStartRepeat + Micros(1);
  EXPECT_EQ(code_of(start(late, "second")), "conflict");
  EXPECT_TRUE(whose(s.conversation, "first"));

  const auto used = new_uuid();
  const auto talked = start(used, "first").value();
  ASSERT_TRUE(write(talked, Sender::assistant, "Здравствуйте!"));
  EXPECT_TRUE(start(used, "first")) << "the greeting alone is no use of it";
  ASSERT_TRUE(write(talked, Sender::visitor, "Привет"));
  EXPECT_EQ(code_of(start(used, "second")), "conflict");
}

TEST_P(InboxTest, messages_are_numbered_and_paged_both_ways) {
  const auto s = started();
  for (std::int64_t n = 1; n <= 5; ++n)
    EXPECT_EQ(write(s, Sender::visitor, std::to_string(n)).value().seq, n);
  using L = std::vector<std::int64_t>;
  EXPECT_EQ(seqs(s, 0, 2), (L{1, 2}));
  EXPECT_EQ(seqs(s, 2, 100), (L{3, 4, 5}));
  EXPECT_EQ(seqs(s, 5, 100), L{});
  EXPECT_EQ(seqs(s, 6, 2, true), (L{4, 5}));
  EXPECT_EQ(seqs(s, 4, 100, true), (L{1, 2, 3}));
  EXPECT_EQ(seqs(s, 1, 100, true), L{});
}

TEST_P(InboxTest, a_client_id_is_one_message_of_its_conversation) {
  const auto s = started();
  const auto elsewhere = started();
  const auto client = new_uuid();
  const auto first = write(s, Sender::visitor, "раз", client).value();
  now += std::chrono::minutes(1);
  const auto known = act(visitor(s.visitor), [&](privacy::Access& a) -> Result<Received> {
    return received(a, TRY(thread(a, s.conversation)), client).value();
  });
  EXPECT_EQ(known.value().seq, first.seq);
  EXPECT_EQ(known.value().at, first.at);
  EXPECT_FALSE(write(s, Sender::visitor, "два", client)) << "the database refuses";
  EXPECT_TRUE(write(elsewhere, Sender::visitor, "раз", client));
  EXPECT_EQ(count(kMessages), 2);
}

TEST_P(InboxTest, to_a_visitor_only_their_own_conversation_exists) {
  const auto mine = started();
  const auto theirs = started();
  const auto reach = [&](const privacy::Principal& who, ConversationId id) {
    return code_of(act(who, [&](privacy::Access& a) { return thread(a, id); }));
  };
  EXPECT_EQ(reach(visitor(mine.visitor), mine.conversation), "none");
  EXPECT_EQ(reach(visitor(mine.visitor), theirs.conversation), "not_found");
  EXPECT_EQ(reach(visitor(mine.visitor), ConversationId::fresh()), "not_found");
  EXPECT_EQ(reach(privacy::Principal::system(other), mine.conversation), "not_found");
}

TEST_P(InboxTest, one_employee_has_a_conversation) {
  const auto s = started();
  const auto taken = take_by(olga, s).value();
  EXPECT_EQ(taken.status, Status::human);
  EXPECT_EQ(taken.operator_, olga);
  EXPECT_EQ(taken.last_seq, 1) << "the visitor is told";
  EXPECT_EQ(take_by(olga, s).value().last_seq, 1) << "but once";
  EXPECT_EQ(code_of(take_by(pavel, s)), "conflict");
  EXPECT_EQ(code_of(hand_back_by(pavel, s)), "conflict");
  EXPECT_EQ(code_of(close_by(pavel, s)), "conflict");

  EXPECT_EQ(hand_back_by(olga, s).value().status, Status::assistant);
  EXPECT_EQ(hand_back_by(pavel, s).value().last_seq, 2) << "back already: nothing more is said";
  EXPECT_EQ(take_by(pavel, s).value().operator_, pavel);
  const auto closed = close_by(pavel, s).value();
  EXPECT_EQ(closed.status, Status::closed);
  EXPECT_FALSE(closed.operator_);
  EXPECT_EQ(close_by(olga, s).value().last_seq, closed.last_seq);
  EXPECT_EQ(code_of(hand_back_by(olga, s)), "conflict");
}

TEST_P(InboxTest, an_employee_replies_only_in_a_conversation_they_have) {
  const auto s = started();
  const auto client = new_uuid();
  EXPECT_EQ(code_of(reply_by(olga, s, client, "Добрый день")), "conflict");
  ASSERT_TRUE(take_by(olga, s));
  EXPECT_EQ(code_of(reply_by(pavel, s, new_uuid(), "Добрый день")), "conflict");
  const auto sent = reply_by(olga, s, client, "Добрый день").value();
  EXPECT_EQ(sent.author, "Ольга");
  EXPECT_EQ(sent.from, Sender::employee);
  ASSERT_TRUE(hand_back_by(olga, s));
  const auto again = reply_by(olga, s, client, "другой текст").value();
  EXPECT_EQ(again.seq, sent.seq);
  EXPECT_EQ(again.text, "Добрый день");
  EXPECT_EQ(code_of(reply_by(pavel, s, client, "Добрый день")), "conflict") << "another's client id";
  EXPECT_EQ(count(kMessages), 3);
}

TEST_P(InboxTest, read_marks_only_grow_and_stop_at_the_last_message) {
  const auto s = started();
  for (int n = 0; n < 4; ++n) ASSERT_TRUE(write(s, Sender::visitor, "текст"));
  const auto staff = [&](std::int64_t seq) {
    return act(employee(olga), [&](privacy::Access& a) { return read_by_staff(a, s.conversation, seq); })
        .value()
        .staff_read_seq;
  };
  const auto own = [&](std::int64_t seq) {
    return act(visitor(s.visitor),
               [&](privacy::Access& a) { return read_by_visitor(a, s.conversation, seq); })
        .value()
        .visitor_read_seq;
  };
  EXPECT_EQ(staff(3), 3);
  EXPECT_EQ(staff(1), 3);
  EXPECT_EQ(staff(900), 4);
  EXPECT_EQ(own(2), 2);
  EXPECT_EQ(own(-1), 2);
  EXPECT_EQ(own(900), 4);
  EXPECT_EQ(thread_of(s).staff_read_seq, 4);
  const auto seen = act(employee(olga), [&](privacy::Access& a) -> Result<Conversation> {
    return summary(a, TRY(thread(a, s.conversation)));
  });
  EXPECT_EQ(seen.value().unread, 0);
}

TEST_P(InboxTest, the_list_pages_through_conversations_of_one_moment) {
  std::vector<ConversationId> all;
  for (int n = 0; n < 5; ++n) all.push_back(started().conversation);
  now += std::chrono::seconds(1);
  const auto newest = started();
  ASSERT_TRUE(write(newest, Sender::visitor, "последнее"));
  ASSERT_TRUE(close_by(olga, newest));
  std::vector<ConversationId> seen;
  Page page{.status = {}, .before_at = {}, .limit = 2};
  for (int turns = 0; turns < 5; ++turns) {
    const auto items = act(employee(olga), [&](privacy::Access& a) { return list(a, page); }).value();
    if (items.empty()) break;
    for (const auto& c : items) seen.push_back(c.id);
    page.before_at = items.back().last_at;
    page.before_id = items.back().id;
  }
  ASSERT_EQ(seen.size(), 6U);
  EXPECT_EQ(seen.front(), newest.conversation) << "newest activity first";
  EXPECT_TRUE(std::is_permutation(seen.begin() + 1, seen.end(), all.begin(), all.end()));

  const auto closed = act(employee(olga), [&](privacy::Access& a) {
                        return list(a, {.status = Status::closed, .before_at = {}});
                      }).value();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].preview, "Диалог завершён. Напишите, если появятся вопросы.");
  EXPECT_EQ(closed[0].unread, 1);
}

TEST_P(InboxTest, what_a_visitor_tells_is_sealed_in_the_rows) {
  const auto s = started();
  const Contact told{.name = "Аглая", .phone = "+79123456789", .email = "Aglaya@example.org"};
  ASSERT_TRUE(act(visitor(s.visitor), [&](privacy::Access& a) { return set_contact(a, s.visitor, told); }));
  ASSERT_TRUE(write(s, Sender::visitor, "Меня зовут Аглая"));
  in_tx([&](db::Tx& tx) {
    std::string rows;
    static_cast<void>(tx.one(
        kBoxes,
        [&](const db::Row& r) {
          for (int column = 0; column < 6; ++column) {
            EXPECT_FALSE(r.is_null(column)) << column;
            rows += r.bytes(column);
          }
          return true;
        },
        s.visitor));
    for (const auto& body : tx.all(kBodies, [](const db::Row& r) { return r.bytes(0); }, s.conversation))
      rows += body;
    for (const auto* secret : {"Аглая", "9123456789", "glaya", "192.0.2.7"})
      EXPECT_EQ(rows.find(secret), std::string::npos) << secret;
  });
  const auto known =
      act(employee(olga), [&](privacy::Access& a) { return inbox::visitor(a, s.visitor); }).value();
  EXPECT_EQ(known.name, "Аглая");
  EXPECT_EQ(known.phone, "+79123456789");
  // What is nullopt stays as it is.
  ASSERT_TRUE(act(visitor(s.visitor),
                  [&](privacy::Access& a) { return set_contact(a, s.visitor, {.name = "Глаша"}); }));
  const auto later =
      act(employee(olga), [&](privacy::Access& a) { return inbox::visitor(a, s.visitor); }).value();
  EXPECT_EQ(later.name, "Глаша");
  EXPECT_EQ(later.email, "Aglaya@example.org");
}

}  // namespace
}  // namespace chatika::inbox
