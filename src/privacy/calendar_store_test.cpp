#include "privacy/calendar_store.hpp"

#include <gtest/gtest.h>

#include "privacy/calendar_format.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kControl = db::Statement::Scope::control;
const db::Statement kEdit("UPDATE control_calendar SET body = '{}'", kControl);
const db::Statement kDrop("DELETE FROM control_calendar", kControl);

class CalendarStoreTest : public chatika::testing::BothDatabases {
 protected:
  static YearCalendar year_2027(const std::string& source) {
    return read_calendar(write_calendar(*Calendars::shipped().in_force("ru", 2027)), {.source = source})
        .value();
  }
  Stored store(const YearCalendar& calendar) {
    return in_control_tx([&](db::Tx& tx) { return store_calendar(tx, calendar, from_micros(1)); });
  }
  Calendars load() {
    return in_control_tx([](db::Tx& tx) { return load_calendars(tx); });
  }
};
CHATIKA_BOTH_DATABASES(CalendarStoreTest);

TEST_P(CalendarStoreTest, an_import_is_in_force_and_the_shipped_revision_stays) {
  const auto imported = year_2027("Постановление № 1");
  EXPECT_EQ(store(imported), Stored::added);
  reopen();
  const auto calendars = load();
  EXPECT_EQ(calendars.in_force("ru", 2027)->id, imported.id);
  EXPECT_EQ(calendars.in_force("ru", 2027)->stored_at, from_micros(1));
  EXPECT_FALSE(calendars.in_force("ru", 2027)->shipped);
  EXPECT_NE(calendars.by_id(Calendars::shipped().in_force("ru", 2027)->id), nullptr);
  EXPECT_EQ(calendars.all().size(), 5U);
}

TEST_P(CalendarStoreTest, the_same_calendar_again_adds_nothing_but_may_come_back_later) {
  const auto first = year_2027("Постановление № 1");
  const auto second = year_2027("Постановление № 2");
  EXPECT_EQ(store(*Calendars::shipped().in_force("ru", 2027)), Stored::already_in_force);
  EXPECT_EQ(store(first), Stored::added);
  EXPECT_EQ(store(first), Stored::already_in_force);
  EXPECT_EQ(store(second), Stored::added);
  EXPECT_EQ(store(first), Stored::added);
  EXPECT_EQ(load().in_force("ru", 2027)->id, first.id);
  EXPECT_EQ(load().all().size(), 7U);
}

TEST_P(CalendarStoreTest, a_stored_revision_can_neither_be_changed_nor_removed) {
  store(year_2027("Постановление № 1"));
  EXPECT_ANY_THROW(in_control_tx([](db::Tx& tx) { tx.exec(kEdit); }));
  EXPECT_ANY_THROW(in_control_tx([](db::Tx& tx) { tx.exec(kDrop); }));
  EXPECT_EQ(load().all().size(), 5U);
}

TEST_P(CalendarStoreTest, refreshing_gives_the_process_what_was_imported) {
  const auto imported = year_2027("Постановление № 1");
  store(imported);
  ASSERT_TRUE(refresh_calendars(storage()));
  EXPECT_EQ(calendars()->in_force("ru", 2027)->id, imported.id);
  set_calendars(std::make_shared<const Calendars>(Calendars::shipped()));
}

}  // namespace
}  // namespace chatika::privacy
