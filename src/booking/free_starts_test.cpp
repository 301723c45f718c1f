#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "booking/fixture_test.hpp"
#include "booking/naive_test.hpp"

namespace chatika::booking {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class FreeStartsTest : public BookingFixture {};
CHATIKA_BOTH_DATABASES(FreeStartsTest);

TEST_P(FreeStartsTest, begin_after_the_notice_and_end_at_the_horizon) {
  // Noon on Monday; the day ends at 18:00, the last visit begins at 17:30.
  const auto today = free_of(house.anna, now - days(1), now + hours(12));
  ASSERT_FALSE(today.empty());
  EXPECT_EQ(today.front(), now + kNotice);
  EXPECT_EQ(today.back(), now + hours(5) + minutes(30));
  EXPECT_EQ(today.size(), 21U);
  const auto all = free_of(house.anna, Time::min(), Time::max());
  EXPECT_EQ(all.back(), now + kHorizon);  // noon on a Friday
  EXPECT_THAT(free_of(house.anna, now - days(2), now), IsEmpty());
  EXPECT_THAT(free_of(house.anna, now + kHorizon + Micros(1), Time::max()), IsEmpty());
  EXPECT_THAT(free_of(house.anna, now + days(2), now + days(1)), IsEmpty());
}

TEST_P(FreeStartsTest, every_one_of_them_can_be_held) {
  const auto starts = free({house.long_visit, std::nullopt, tuesday_9, tuesday_9 + hours(9), kZone});
  ASSERT_EQ(starts->size(), 33U);
  for (const auto& s : *starts) {
    auto r = request(house, s.at);  // gives up the one before
    r.service = house.long_visit;
    r.specialist = s.specialist;
    EXPECT_EQ(error_of(hold(r)), "none") << to_rfc3339(s.at);
  }
}

TEST_P(FreeStartsTest, unknown_ids_are_not_found) {
  const auto code = [&](ServiceId service, std::optional<SpecialistId> who) {
    const auto r = free({service, who, tuesday_9, tuesday_9 + days(1), kZone});
    return r ? "none" : std::string(name(r.error().code));
  };
  EXPECT_EQ(code(house.short_visit, house.anna), "none");
  EXPECT_EQ(code(house.short_visit, house.vera), "not_found");
  EXPECT_EQ(code(house.short_visit, SpecialistId::fresh()), "not_found");
  EXPECT_EQ(code(house.short_visit, neighbour.anna), "not_found");
  EXPECT_EQ(code(ServiceId::fresh(), std::nullopt), "not_found");
  EXPECT_EQ(code(neighbour.short_visit, std::nullopt), "not_found");
}

TEST_P(FreeStartsTest, anyone_is_who_has_least_to_do_that_day) {
  const auto at = [&](Time t) {
    const auto s = free({house.short_visit, std::nullopt, t, t + Micros(1), kZone});
    return s->empty() ? SpecialistId{} : s->front().specialist;
  };
  auto r = request(house, tuesday_9);
  r.conversation.reset();
  EXPECT_EQ(at(tuesday_9 + hours(2)), house.anna);  // nobody has anything: the first
  ASSERT_TRUE(hold(r));
  EXPECT_EQ(at(tuesday_9 + hours(2)), house.boris);
  EXPECT_EQ(at(tuesday_9), house.boris);
  EXPECT_EQ(at(tuesday_9 + days(1)), house.anna);  // another day
  r.specialist = house.boris;
  const auto second = hold(r);
  ASSERT_TRUE(second);
  EXPECT_EQ(at(tuesday_9), SpecialistId{});
  EXPECT_EQ(at(tuesday_9 + hours(2)), house.anna);
  ASSERT_TRUE(cancel(second->id));  // what is cancelled does not count
  EXPECT_EQ(at(tuesday_9 + hours(2)), house.boris);
  now += kHold;  // nor does a hold that has run out
  EXPECT_EQ(at(tuesday_9 + hours(2)), house.anna);
}

// Zones, hours, bookings, visits and spans at random, around clock changes, against asking every minute.
TEST_P(FreeStartsTest, agree_with_asking_every_minute) {
  struct Place {
    const char* zone;
    const char* around;
  };
  constexpr Place kPlaces[] = {{"Europe/Moscow", "2026-11-24T06:00:00Z"},
                               {"Asia/Kathmandu", "2026-11-24T06:00:00Z"},
                               {"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},
                               {"America/New_York", "2026-03-08T07:00:00Z"},
                               {"America/New_York", "2026-11-01T06:00:00Z"}};
  std::mt19937 random(7);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  for (int round = 0; round < 20; ++round) {
    const auto& place = kPlaces[round % 5];
    now = utc(place.around) - minutes(pick(0, 2000));
    // New people and a new service each round: the rounds before stand in the database but not in the way.
    std::vector<Specialist> people;
    Service service{.id = ServiceId::fresh(),
                    .name_ru = "Услуга",
                    .name_en = "Service",
                    .aliases_ru = {},
                    .aliases_en = {},
                    .duration_min = 5 * pick(1, 30),
                    .price = {},
                    .specialists = {}};
    for (int n = pick(1, 3); n > 0; --n) {
      Specialist s{.id = SpecialistId::fresh(),
                   .name_ru = "А",
                   .name_en = "A",
                   .title_ru = "",
                   .title_en = "",
                   .windows = {}};
      for (int day = 0; day < 7; ++day)
        for (int begin = pick(0, 300); begin < 1300; begin += pick(120, 500))
          s.windows.push_back({day, begin, std::min(1440, begin + pick(60, 400))});
      service.specialists.push_back(s.id);
      people.push_back(std::move(s));
    }
    const auto furnished = act(house, system(house), [&](privacy::Access& a) -> Result<void> {
      for (const auto& p : people) add_specialist(a.tx(), p, 10 + round);
      add_service(a.tx(), service, 10 + round);
      house.catalog = catalog(a.tx());
      return {};
    });
    ASSERT_TRUE(furnished);
    const auto from = now + minutes(pick(-300, 600)), to = from + minutes(pick(60, 3 * 1440));
    struct Busy {
      SpecialistId who;
      rules::Period when;
    };
    std::vector<Busy> busy;
    for (int n = pick(0, 25); n > 0; --n) {
      HoldRequest r{service.id,
                    people[static_cast<std::size_t>(pick(0, 2)) % people.size()].id,
                    std::chrono::floor<minutes>(now) + minutes(15 * pick(2, 300)),
                    house.visitor,
                    {},
                    place.zone};
      r.starts_at -= (r.starts_at - Time{}) % minutes(15);
      if (const auto held = hold(r)) busy.push_back({r.specialist, {held->starts_at, held->ends_at}});
    }

    std::map<Time, std::pair<int, SpecialistId>> expected;  // (bookings that day, who)
    for (const auto& s : house.catalog.specialists) {
      if (std::ranges::find(service.specialists, s.id) == service.specialists.end()) continue;
      naive::Minutes slow(std::max(from, now), to + minutes(service.duration_min), place.zone);
      slow.work(s.windows);
      for (const auto& b : busy)
        if (b.who == s.id) slow.take(b.when);
      for (const auto t : slow.starts(service.duration_min, std::max(from, now + kNotice), to)) {
        const auto day = [&](Time x) { return std::chrono::floor<days>(to_local(x, place.zone)); };
        const auto load = std::ranges::count_if(
            busy, [&](const Busy& b) { return b.who == s.id && day(b.when.from) == day(t); });
        const std::pair mine{static_cast<int>(load), s.id};
        const auto [found, fresh] = expected.emplace(t, mine);
        if (!fresh && mine.first < found->second.first) found->second = mine;
      }
    }
    std::vector<Start> want;
    for (const auto& [t, who] : expected) want.push_back({t, who.second});
    const auto got = free({service.id, std::nullopt, from, to, place.zone});
    ASSERT_TRUE(got);
    EXPECT_EQ(*got, want) << "round " << round << " in " << place.zone;
  }
}

}  // namespace
}  // namespace chatika::booking
