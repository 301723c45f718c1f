#include "booking/booking.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "booking/fixture_test.hpp"
#include "privacy/audit_verify.hpp"

namespace chatika::booking {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

const db::Statement kBareInsert(
    "INSERT INTO booking (id, reference, service, specialist, visitor, starts_at, ends_at, status, "
    "hold_until, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
const db::Statement kBareStatus("UPDATE booking SET status = 'confirmed' WHERE id = $1");
const db::Statement kBareMove("UPDATE booking SET starts_at = $1, ends_at = $2 WHERE id = $3");

class BookingTest : public BookingFixture {};
CHATIKA_BOTH_DATABASES(BookingTest);

TEST_P(BookingTest, the_catalogue_comes_back_as_it_was_put_in) {
  const auto& c = house.catalog;
  ASSERT_EQ(c.services.size(), 2U);
  EXPECT_EQ(c.services[0].id, house.long_visit);  // in the order of their places
  EXPECT_THAT(c.services[0].aliases_ru, IsEmpty());
  EXPECT_THAT(c.services[0].aliases_en, ElementsAre("operation"));
  EXPECT_EQ(c.services[0].price, std::nullopt);
  EXPECT_THAT(c.services[0].specialists, ElementsAre(house.anna, house.boris, house.vera));
  EXPECT_THAT(c.services[1].aliases_ru, ElementsAre("осмотр", "консультация"));
  EXPECT_EQ(c.services[1].price, 1500);
  EXPECT_EQ(c.services[1].duration_min, 30);
  EXPECT_EQ(c.services[1].name("ru"), "Приём");
  ASSERT_EQ(c.specialists.size(), 3U);
  EXPECT_EQ(c.specialist(house.vera)->name("en"), "Vera");
  EXPECT_EQ(c.specialist(house.vera)->windows.size(), 10U);
  EXPECT_EQ(c.service(neighbour.short_visit), nullptr);
  EXPECT_EQ(c.specialist(neighbour.anna), nullptr);
}

TEST_P(BookingTest, a_hold_is_confirmed_and_cancelled) {
  const auto held = hold(request(house, tuesday_9));
  ASSERT_TRUE(held) << held.error().cause;
  EXPECT_EQ(held->status, BookingStatus::held);
  EXPECT_EQ(held->ends_at, tuesday_9 + minutes(30));
  EXPECT_EQ(held->hold_until, now + kHold);
  EXPECT_THAT(held->reference, testing::MatchesRegex("[3-9A-Z]{6}"));
  EXPECT_EQ(find(held->id)->reference, held->reference);
  EXPECT_EQ(find(held->id)->conversation, house.conversation);

  now += minutes(9);
  const auto confirmed = confirm(held->id);
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->status, BookingStatus::confirmed);
  EXPECT_EQ(confirmed->hold_until, std::nullopt);
  now += hours(1);  // long after the hold would have run out
  EXPECT_EQ(confirm(held->id)->status, BookingStatus::confirmed);
  EXPECT_EQ(find(held->id)->status, BookingStatus::confirmed);
  EXPECT_THAT(free_of(house.anna, tuesday_9, tuesday_9 + minutes(15)), IsEmpty());

  EXPECT_EQ(cancel(held->id)->status, BookingStatus::cancelled);
  EXPECT_EQ(cancel(held->id)->status, BookingStatus::cancelled);
  EXPECT_EQ(error_of(confirm(held->id)), "gone");
  EXPECT_THAT(free_of(house.anna, tuesday_9, tuesday_9 + minutes(15)), ElementsAre(tuesday_9));
}

TEST_P(BookingTest, a_hold_that_has_run_out_blocks_nobody) {
  const auto held = hold(request(house, tuesday_9));
  ASSERT_TRUE(held);
  now += kHold - Micros(1);
  EXPECT_THAT(free_of(house.anna, tuesday_9, tuesday_9 + minutes(15)), IsEmpty());
  auto second = request(house, tuesday_9 + minutes(15));  // overlaps
  second.visitor = house.other_visitor;
  second.conversation = house.other_conversation;
  EXPECT_EQ(error_of(hold(second)), "taken");

  now += Micros(1);
  EXPECT_EQ(find(held->id)->status, BookingStatus::cancelled);
  EXPECT_EQ(error_of(confirm(held->id)), "gone");
  EXPECT_THAT(free_of(house.anna, tuesday_9, tuesday_9 + minutes(15)), ElementsAre(tuesday_9));
  const auto taken_over = hold(second);
  ASSERT_TRUE(taken_over) << error_of(taken_over);
  EXPECT_EQ(error_of(confirm(held->id)), "gone");
}

TEST_P(BookingTest, a_new_hold_gives_up_the_earlier_one_of_the_conversation) {
  const auto first = hold(request(house, tuesday_9));
  const auto second = hold(request(house, tuesday_9 + minutes(15)));  // overlaps the visitor's own hold
  ASSERT_TRUE(first && second) << error_of(second);
  EXPECT_EQ(find(first->id)->status, BookingStatus::cancelled);
  ASSERT_TRUE(confirm(second->id));
  const auto third = hold(request(house, tuesday_9 + hours(1)));
  ASSERT_TRUE(third);
  EXPECT_EQ(find(second->id)->status, BookingStatus::confirmed);  // what is confirmed stays

  auto other_person = request(house, tuesday_9 + hours(2));
  other_person.visitor = house.other_visitor;
  other_person.conversation = house.other_conversation;
  ASSERT_TRUE(hold(other_person));
  EXPECT_EQ(find(third->id)->status, BookingStatus::held);
}

TEST_P(BookingTest, a_refused_hold_leaves_the_earlier_one_even_when_the_operation_goes_on) {
  auto theirs = request(house, tuesday_9 + hours(1));
  theirs.visitor = house.other_visitor;
  theirs.conversation = house.other_conversation;
  ASSERT_TRUE(hold(theirs));
  const auto mine = hold(request(house, tuesday_9));
  ASSERT_TRUE(mine);
  const auto done = act(house, visitor(house), [&](privacy::Access& access) -> Result<void> {
    EXPECT_EQ(error_of(booking::hold(access, house.catalog, request(house, tuesday_9 + hours(1)))), "taken");
    return {};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(find(mine->id)->status, BookingStatus::held);
  EXPECT_TRUE(confirm(mine->id));
}

TEST_P(BookingTest, a_conversation_has_only_so_many_visits_to_come) {
  std::optional<BookingId> last;
  for (std::size_t i = 0; i < kUpcomingOfConversation; ++i) {
    const auto held = hold(request(house, tuesday_9 + minutes(30) * i));
    ASSERT_TRUE(held) << i;
    ASSERT_TRUE(confirm(held->id)) << i;
    last = held->id;
  }
  const auto more = request(house, tuesday_9 + minutes(30) * kUpcomingOfConversation);
  EXPECT_EQ(hold(more).error().code, Errc::too_many);
  ASSERT_TRUE(cancel(*last));
  EXPECT_TRUE(hold(more));
}

TEST_P(BookingTest, a_start_that_cannot_be_is_refused_with_its_reason) {
  const auto refused = [&](Time at) { return error_of(hold(request(house, at))); };
  EXPECT_EQ(refused(now - days(1)), "invalid /starts_at past");
  EXPECT_EQ(refused(Time::min() + days(2)), "invalid /starts_at past");
  EXPECT_EQ(refused(now + minutes(15)), "invalid /starts_at past");
  EXPECT_EQ(refused(now + kNotice), "none");
  EXPECT_EQ(refused(now + kHorizon + minutes(15)), "invalid /starts_at too_far");
  EXPECT_EQ(refused(Time::max()), "invalid /starts_at too_far");
  EXPECT_EQ(refused(tuesday_9 + minutes(5)), "invalid /starts_at off_grid");
  EXPECT_EQ(refused(tuesday_9 + seconds(1)), "invalid /starts_at off_grid");
  EXPECT_EQ(refused(tuesday_9 + Micros(1)), "invalid /starts_at off_grid");
  EXPECT_EQ(refused(tuesday_9 - minutes(15)), "invalid /starts_at outside_hours");
  EXPECT_EQ(refused(tuesday_9 + hours(9) - minutes(15)),
            "invalid /starts_at outside_hours");  // would end at 18:15
  EXPECT_EQ(refused(tuesday_9 + hours(9) - minutes(30)), "none");
  EXPECT_EQ(refused(tuesday_9 + days(4)), "invalid /starts_at outside_hours");  // Saturday
  // Over the border of two windows that touch.
  EXPECT_EQ(refused(tuesday_9 + hours(4) - minutes(15)), "none");
}

TEST_P(BookingTest, the_horizon_is_included) {
  now = utc("2026-11-23T09:00:00Z");  // 60 days later is a Friday noon
  EXPECT_EQ(error_of(hold(request(house, now + kHorizon))), "none");
}

TEST_P(BookingTest, ids_that_do_not_fit_together_are_not_found) {
  auto r = request(house, tuesday_9);
  r.specialist = house.vera;  // does not do short visits
  EXPECT_EQ(error_of(hold(r)), "not_found");
  r.specialist = SpecialistId::fresh();
  EXPECT_EQ(error_of(hold(r)), "not_found");
  r.specialist = neighbour.anna;
  EXPECT_EQ(error_of(hold(r)), "not_found");
  r = request(house, tuesday_9);
  r.service = neighbour.short_visit;
  EXPECT_EQ(error_of(hold(r)), "not_found");
  EXPECT_EQ(error_of(find(BookingId::fresh())), "not_found");
  EXPECT_EQ(error_of(confirm(BookingId::fresh())), "not_found");
  EXPECT_EQ(error_of(cancel(BookingId::fresh())), "not_found");
  EXPECT_EQ(live_rows(house), 0);
}

TEST_P(BookingTest, another_business_does_not_see_it_and_does_not_stand_in_its_way) {
  const auto ours = hold(request(house, tuesday_9));
  ASSERT_TRUE(ours);
  const auto theirs = [&](auto f) {
    return act(neighbour, system(neighbour), [&](privacy::Access& a) { return f(a, ours->id); });
  };
  EXPECT_EQ(error_of(theirs(booking::find)), "not_found");
  EXPECT_EQ(error_of(theirs(booking::confirm)), "not_found");
  EXPECT_EQ(error_of(theirs(booking::cancel)), "not_found");
  const auto listed =
      act(neighbour, system(neighbour), [&](privacy::Access& a) -> Result<std::vector<Booking>> {
        auto all = starting_between(a, now, now + kHorizon);
        const auto more = of_conversation(a, house.conversation);
        all.insert(all.end(), more.begin(), more.end());
        return all;
      });
  EXPECT_THAT(listed.value(), IsEmpty());
  EXPECT_TRUE(hold(neighbour, request(neighbour, tuesday_9)));
  EXPECT_EQ(find(ours->id)->status, BookingStatus::held);
}

TEST_P(BookingTest, a_visitor_has_only_their_own) {
  auto r = request(house, tuesday_9);
  r.visitor = house.other_visitor;
  r.conversation = house.other_conversation;
  const auto theirs = hold(r);
  ASSERT_TRUE(theirs);
  EXPECT_EQ(error_of(find(theirs->id)), "not_found");
  EXPECT_EQ(error_of(confirm(theirs->id)), "not_found");
  EXPECT_EQ(error_of(cancel(theirs->id)), "not_found");
  r.starts_at += hours(1);
  EXPECT_EQ(error_of(act(house, visitor(house),
                         [&](privacy::Access& a) { return booking::hold(a, house.catalog, r); })),
            "not_found");
  EXPECT_EQ(live_rows(house), 1);
}

TEST_P(BookingTest, lists_are_by_start_and_their_end_is_exclusive) {
  const auto late = hold(request(house, tuesday_9 + hours(3)));
  ASSERT_TRUE(confirm(late->id));
  const auto early = hold(request(house, tuesday_9));
  ASSERT_TRUE(cancel(early->id));
  const auto list = [&](Time from, Time to) {
    return *act(house, system(house), [&](privacy::Access& a) -> Result<std::vector<Booking>> {
      return starting_between(a, from, to);
    });
  };
  EXPECT_THAT(list(tuesday_9, tuesday_9 + days(1)),
              ElementsAre(Field(&Booking::id, early->id), Field(&Booking::id, late->id)));
  EXPECT_THAT(list(tuesday_9, tuesday_9 + hours(3)), ElementsAre(Field(&Booking::id, early->id)));
  EXPECT_THAT(list(tuesday_9 + Micros(1), tuesday_9 + hours(3) + Micros(1)),
              ElementsAre(Field(&Booking::id, late->id)));
  const auto of = act(house, visitor(house), [&](privacy::Access& a) -> Result<std::vector<Booking>> {
    return of_conversation(a, house.conversation);
  });
  EXPECT_THAT(*of, ElementsAre(Field(&Booking::id, early->id), Field(&Booking::id, late->id)));
}

TEST_P(BookingTest, every_change_is_audited_and_a_refused_one_is_not) {
  const auto before = audit_rows(house);
  const auto held = hold(request(house, tuesday_9));
  EXPECT_EQ(audit_rows(house), before + 1);
  ASSERT_TRUE(confirm(held->id));
  EXPECT_EQ(audit_rows(house), before + 2);
  ASSERT_TRUE(cancel(held->id));
  EXPECT_EQ(audit_rows(house), before + 3);
  EXPECT_EQ(error_of(confirm(held->id)), "gone");
  EXPECT_EQ(error_of(hold(request(house, now))), "invalid /starts_at past");
  EXPECT_EQ(audit_rows(house), before + 3);
  EXPECT_FALSE(in_tx([](db::Tx& tx) { return privacy::verify_audit(tx, {}).fault.has_value(); }));
}

TEST_P(BookingTest, of_sixty_four_who_want_one_start_exactly_one_gets_it) {
  std::atomic<int> got = 0, taken = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 64; ++i)
      threads.emplace_back([&, i] {
        auto r = request(house, tuesday_9 + minutes(15 * (i % 2)));  // half of them merely overlap
        r.conversation.reset();  // otherwise the last would give up the first's
        const auto result = hold(r);
        ++(result ? got : taken);
        EXPECT_TRUE(result || result.error().code == Errc::taken) << error_of(result);
      });
  }
  EXPECT_EQ(got, 1);
  EXPECT_EQ(taken, 63);
  EXPECT_EQ(live_rows(house), 1);
}

// Two programs on one PostgreSQL: nothing but the database stands between them.
class NodesTest : public BookingFixture {};
INSTANTIATE_TEST_SUITE_P(on, NodesTest, testing::Values(chatika::testing::DatabaseKind::postgres),
                         chatika::testing::database_name);
TEST_P(NodesTest, never_both_sell_a_start) {
  auto second = db::Storage::open(config());
  ASSERT_TRUE(second) << second.error().cause;
  House copy(tenant);  // the other program's memory
  copy.catalog = house.catalog;
  for (int round = 0; round < 8; ++round) {
    std::atomic<int> got = 0;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < 16; ++i)
        threads.emplace_back([&, i] {
          auto r = request(house, tuesday_9 + hours(round));
          r.conversation.reset();
          auto& h = i % 2 == 0 ? house : copy;
          got += act(i % 2 == 0 ? storage() : **second, h, system(house),
                     [&](privacy::Access& a) { return booking::hold(a, h.catalog, r); })
                     ? 1
                     : 0;
        });
    }
    EXPECT_EQ(got, 1) << round;
    EXPECT_EQ(live_rows(house), round + 1);
  }
  (*second)->stop();
}

TEST_P(BookingTest, the_database_itself_refuses_an_overlap) {
  const auto held = hold(request(house, tuesday_9));
  ASSERT_TRUE(confirm(held->id));
  const auto insert = [&](Time from, Time to, const char* status, SpecialistId who, const char* reference) {
    return in_tx([&](db::Tx& tx) {
      return tx.try_exec(kBareInsert, BookingId::fresh(), reference, house.short_visit, who, house.visitor,
                         from, to, status, std::optional<Time>(), now);
    });
  };
  const auto end = tuesday_9 + minutes(30);
  using enum db::Refusal;
  EXPECT_EQ(insert(tuesday_9, end, "confirmed", house.anna, "R1"), overlap);
  EXPECT_EQ(insert(tuesday_9 - minutes(5), tuesday_9 + Micros(1), "held", house.anna, "R2"), overlap);
  EXPECT_EQ(insert(end - Micros(1), end + minutes(5), "confirmed", house.anna, "R3"), overlap);
  EXPECT_EQ(insert(tuesday_9 - hours(1), end + hours(1), "confirmed", house.anna, "R4"), overlap);
  EXPECT_EQ(insert(tuesday_9 + minutes(5), end - minutes(5), "confirmed", house.anna, "R5"), overlap);
  EXPECT_EQ(live_rows(house), 1);

  EXPECT_EQ(insert(tuesday_9, end, "cancelled", house.anna, "R6"), none);
  EXPECT_EQ(insert(tuesday_9, end, "confirmed", house.boris, "R7"), none);
  EXPECT_EQ(insert(tuesday_9 - minutes(30), tuesday_9, "confirmed", house.anna, "R8"), none);
  EXPECT_EQ(insert(end, end + minutes(30), "confirmed", house.anna, "R9"), none);
  EXPECT_EQ(insert(tuesday_9 + hours(3), tuesday_9 + hours(3) + minutes(30), "confirmed", house.anna, "R9"),
            unique);
  EXPECT_EQ(insert(tuesday_9 + hours(4), tuesday_9 + hours(4), "confirmed", house.anna, "RA"), check);
  EXPECT_EQ(insert(tuesday_9 + hours(5), tuesday_9 + hours(6), "maybe", house.anna, "RB"), check);
  EXPECT_EQ(live_rows(house), 4);
}

TEST_P(BookingTest, the_database_refuses_an_overlap_by_update_too) {
  const auto first = hold(request(house, tuesday_9));
  ASSERT_TRUE(cancel(first->id));
  const auto second = hold(request(house, tuesday_9));
  ASSERT_TRUE(confirm(second->id));
  EXPECT_EQ(in_tx([&](db::Tx& tx) { return tx.try_exec(kBareStatus, first->id); }), db::Refusal::overlap);
  const auto third = hold(request(house, tuesday_9 + hours(1)));
  const auto moved = in_tx([&](db::Tx& tx) {
    return tx.try_exec(kBareMove, tuesday_9 + minutes(29), tuesday_9 + minutes(59), third->id);
  });
  EXPECT_EQ(moved, db::Refusal::overlap);
  EXPECT_EQ(find(third->id)->starts_at, tuesday_9 + hours(1));
}

TEST_P(BookingTest, references_are_of_letters_that_are_not_mistaken) {
  std::set<std::string> seen;
  std::set<char> letters;
  for (int i = 0; i < 200; ++i) {
    auto r = request(house, tuesday_9);  // each gives up the one before
    const auto held = hold(r);
    ASSERT_TRUE(held);
    seen.insert(held->reference);
    letters.insert(held->reference.begin(), held->reference.end());
  }
  EXPECT_EQ(seen.size(), 200U);
  EXPECT_EQ(std::string(letters.begin(), letters.end()), "34679CDFGHJKMNPQRTVWXY");
}

}  // namespace
}  // namespace chatika::booking
