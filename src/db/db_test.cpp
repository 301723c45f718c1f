// What every store may rely on, on both engines.
#include "db/db.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "db/executor.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::db {
namespace {

using testing::ElementsAre;
using chatika::testing::BothDatabases;

const Statement insert_subject(
    "INSERT INTO subject (id, kind, capacity, key_box, granted, health, objected, closed, created_at)"
    " VALUES ($1, $2, 'processor', $3, 0, 0, 0, 0, $4)");
const Statement insert_visitor("INSERT INTO visitor (id, name_box, phone_box, created_at) VALUES ($1, $2, $3, $4)");
const Statement select_visitor("SELECT id, name_box, phone_box, created_at, name_box IS NULL FROM visitor WHERE id = $1");
const Statement insert_service(
    "INSERT INTO service (id, name_ru, name_en, aliases_ru, aliases_en, duration_min, price, place)"
    " VALUES ($1, $2, $3, '', '', $4, $5, 0)");
const Statement select_service("SELECT name_ru, name_en, duration_min, price FROM service WHERE id = $1");
const Statement service_names("SELECT name_ru FROM service ORDER BY name_ru");
const Statement sum_of_durations("SELECT SUM(duration_min), COUNT(*) FROM service");
const Statement longer_than("SELECT COUNT(*) FROM service WHERE duration_min > $1 AND (duration_min > $1 OR name_ru = $2)");
const Statement rename_services("UPDATE service SET name_en = $1 WHERE duration_min >= $2");
const Statement remove_services("DELETE FROM service WHERE duration_min >= $1 RETURNING name_ru");
const Statement insert_specialist(
    "INSERT INTO specialist (id, name_ru, name_en, title_ru, title_en, place) VALUES ($1, 'Анна', 'Anna', '', '', 0)");
const Statement insert_booking(
    "INSERT INTO booking (id, reference, service, specialist, visitor, starts_at, ends_at, status, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)");
const Statement move_booking("UPDATE booking SET starts_at = $1, ends_at = $2 WHERE id = $3");
const Statement count_bookings("SELECT COUNT(*) FROM booking");
const Statement insert_tenant(
    "INSERT INTO control_tenant (id, slug, public_key, key_box, profile, created_at) VALUES ($1, $2, $3, $4, '{}', 0)",
    Statement::Scope::control);
const Statement count_tenants("SELECT COUNT(*) FROM control_tenant", Statement::Scope::control);
const Statement broken("SELECT no_such_column FROM service");

constexpr auto kNumber = [](const Row& row) { return row.i64(0); };
constexpr auto kText = [](const Row& row) { return row.str(0); };

class DbTest : public BothDatabases {
 protected:
  static ServiceId add_service(Tx& tx, std::string_view name, int minutes = 30) {
    const auto id = ServiceId::fresh();
    tx.exec(insert_service, id, name, "", minutes, nullptr);
    return id;
  }
  struct Bookable {
    ServiceId service;
    SpecialistId specialist = SpecialistId::fresh();
    SubjectId visitor = SubjectId::fresh();
  };
  static Bookable add_bookable(Tx& tx) {
    Bookable b;
    b.service = add_service(tx, "Стрижка");
    tx.exec(insert_specialist, b.specialist);
    tx.exec(insert_subject, b.visitor, "visitor", Blob{"k"}, 0);
    tx.exec(insert_visitor, b.visitor, nullptr, nullptr, 0);
    return b;
  }
  static Refusal book(Tx& tx, const Bookable& b, std::string_view reference, int from, int to, const char* status = "held") {
    return tx.try_exec(insert_booking, BookingId::fresh(), reference, b.service, b.specialist, b.visitor, from, to, status);
  }
};
CHATIKA_BOTH_DATABASES(DbTest);

TEST_P(DbTest, values_of_every_type_come_back) {
  const auto id = SubjectId::fresh();
  const std::string bytes("\0\xff\x80 box", 7);
  const Time at = from_micros(1'795'000'000'123'456);
  in_tx([&](Tx& tx) {
    EXPECT_EQ(tx.exec(insert_subject, id, "visitor", Blob{bytes}, at), 1);
    EXPECT_EQ(tx.exec(insert_visitor, id, Blob{bytes}, std::optional<Blob>(), at), 1);
    const auto seen = tx.one(select_visitor, [&](const Row& row) {
      EXPECT_EQ(row.id<SubjectId>(0), id);
      EXPECT_EQ(row.bytes(1), bytes);
      EXPECT_TRUE(row.is_null(2));
      EXPECT_EQ(row.maybe(2, [](const Row& r, int c) { return r.bytes(c); }), std::nullopt);
      EXPECT_EQ(row.time(3), at);
      EXPECT_FALSE(row.flag(4));
      return true;
    }, id);
    EXPECT_TRUE(seen);
    const auto service = ServiceId::fresh();
    tx.exec(insert_service, service, "Ёжик — «кавычки» '; --", std::string(), 45, std::optional(1500));
    tx.each(select_service, [&](const Row& row) {
      EXPECT_EQ(row.text(0), "Ёжик — «кавычки» '; --");
      EXPECT_EQ(row.text(1), "");
      EXPECT_EQ(row.i64(2), 45);
      EXPECT_EQ(row.i64(3), 1500);
      return true;
    }, service);
  });
}

TEST_P(DbTest, empty_text_and_bytes_are_not_null) {
  const auto id = SubjectId::fresh();
  in_tx([&](Tx& tx) {
    tx.exec(insert_subject, id, "visitor", Blob{}, 0);
    tx.exec(insert_visitor, id, Blob{}, nullptr, 0);
    tx.each(select_visitor, [](const Row& row) {
      EXPECT_FALSE(row.is_null(1));
      EXPECT_EQ(row.blob(1), "");
      EXPECT_TRUE(row.is_null(2));
      return true;
    }, id);
    const auto service = ServiceId::fresh();
    tx.exec(insert_service, service, std::string_view(), "", 5, nullptr);
    EXPECT_EQ(tx.one(select_service, kText, service), "");
  });
}

TEST_P(DbTest, the_ends_of_64_bits_come_back) {
  for (const std::int64_t n : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
    const auto back = in_tx([&](Tx& tx) {
      const auto id = ServiceId::fresh();
      tx.exec(insert_service, id, "", "", 5, n);
      return tx.one(select_service, [](const Row& row) { return row.i64(3); }, id);
    });
    EXPECT_EQ(back, n);
  }
}

TEST_P(DbTest, sums_are_integers) {
  in_tx([&](Tx& tx) {
    for (const int minutes : {5, 1440, 1000}) add_service(tx, "a", minutes);
    EXPECT_EQ(tx.one(sum_of_durations, kNumber), 2445);
    tx.exec(remove_services, 1000);
    tx.exec(remove_services, 0);
    EXPECT_EQ(tx.one(sum_of_durations, [](const Row& row) { return row.is_null(0) && row.i64(1) == 0; }), true);
  });
}

TEST_P(DbTest, reading_a_column_as_what_it_is_not_is_a_bug) {
  const auto id = in_tx([&](Tx& tx) { return add_service(tx, "a"); });
  const auto read = [&](auto how) { in_tx([&](Tx& tx) { tx.one(select_service, how, id); }); };
  EXPECT_THROW(read([](const Row& row) { return row.i64(0); }), std::logic_error);
  EXPECT_THROW(read([](const Row& row) { return row.str(2); }), std::logic_error);
  EXPECT_THROW(read([](const Row& row) { return row.bytes(0); }), std::logic_error);
  EXPECT_THROW(read([](const Row& row) { return row.i64(3); }), std::logic_error);  // NULL
  EXPECT_THROW(read([](const Row& row) { return row.i64(9); }), std::logic_error);
}

TEST_P(DbTest, a_parameter_may_be_used_twice_and_their_number_is_checked) {
  in_tx([&](Tx& tx) {
    add_service(tx, "a", 20);
    add_service(tx, "b", 40);
    EXPECT_EQ(tx.one(longer_than, kNumber, 30, "a"), 1);
  });
  EXPECT_THROW(in_tx([&](Tx& tx) { tx.one(longer_than, kNumber, 30); }), std::logic_error);
  EXPECT_THROW(in_tx([&](Tx& tx) { tx.one(longer_than, kNumber, 30, "a", 1); }), std::logic_error);
}

TEST_P(DbTest, changed_rows_are_counted) {
  in_tx([&](Tx& tx) {
    for (const int minutes : {10, 20, 30}) add_service(tx, "a", minutes);
    EXPECT_EQ(tx.exec(rename_services, "x", 20), 2);
    EXPECT_EQ(tx.exec(rename_services, "x", 2000), 0);
    EXPECT_EQ(tx.one(remove_services, kText, 10), "a");  // RETURNING: all go, though only one row is read
    EXPECT_THAT(tx.all(service_names, kText), ElementsAre());
  });
}

TEST_P(DbTest, rows_stop_when_the_reader_has_had_enough) {
  in_tx([&](Tx& tx) {
    for (const char* name : {"а", "б", "в"}) add_service(tx, name);
    std::string seen;
    tx.each(service_names, [&](const Row& row) {
      seen += row.text(0);
      return seen.size() < 4;
    });
    EXPECT_EQ(seen, "аб");
    EXPECT_EQ(tx.one(service_names, kText), "а");
    EXPECT_EQ(tx.all(service_names, kText).size(), 3U);
  });
}

TEST_P(DbTest, a_reader_may_run_other_statements) {
  in_tx([&](Tx& tx) {
    const auto id = add_service(tx, "a");
    tx.each(service_names, [&](const Row& row) {
      EXPECT_EQ(tx.one(select_service, kText, id), row.text(0));
      return true;
    });
  });
}

TEST_P(DbTest, P33_tenants_do_not_see_each_other) {
  const auto id = in_tx([&](Tx& tx) { return add_service(tx, "a"); });
  EXPECT_EQ(in_tx(other, [&](Tx& tx) { return tx.one(select_service, kText, id); }), std::nullopt);
  in_tx(other, [&](Tx& tx) { EXPECT_EQ(tx.exec(rename_services, "stolen", 0), 0); });
  in_tx(other, [&](Tx& tx) { tx.exec(insert_service, id, "the same id", "", 30, nullptr); });
  EXPECT_EQ(in_tx([&](Tx& tx) { return tx.one(select_service, kText, id); }), "a");
}

TEST_P(DbTest, false_and_exceptions_undo) {
  EXPECT_EQ(run_and_wait(storage(), tenant, [&](Tx& tx) { add_service(tx, "a"); return false; }), Outcome::rolled_back);
  EXPECT_EQ(run_and_wait(storage(), tenant, [&](Tx& tx) -> bool { add_service(tx, "a"); throw std::runtime_error("x"); }),
            Outcome::failed);
  EXPECT_TRUE(in_tx([&](Tx& tx) { return tx.all(service_names, kText); }).empty());
}

TEST_P(DbTest, an_operation_that_swallows_an_engine_error_cannot_commit) {
  const auto id = in_tx([&](Tx& tx) { return add_service(tx, "a"); });
  EXPECT_EQ(run_and_wait(storage(), tenant, [&](Tx& tx) {
    add_service(tx, "b");
    EXPECT_THROW(tx.exec(insert_service, id, "again", "", 30, nullptr), DbError);
    return true;
  }), Outcome::failed);
  EXPECT_THAT(in_tx([&](Tx& tx) { return tx.all(service_names, kText); }), ElementsAre("a"));
}

TEST_P(DbTest, a_refused_statement_leaves_the_operation_alive) {
  in_tx([&](Tx& tx) {
    const auto id = add_service(tx, "a");
    EXPECT_EQ(tx.try_exec(insert_service, id, "b", "", 30, nullptr), Refusal::unique);
    EXPECT_EQ(tx.try_exec(insert_service, ServiceId::fresh(), "c", "", 1, nullptr), Refusal::check);
    EXPECT_EQ(tx.try_exec(insert_service, ServiceId::fresh(), "d", "", 30, nullptr), Refusal::none);
    add_service(tx, "e");
  });
  EXPECT_THAT(in_tx([&](Tx& tx) { return tx.all(service_names, kText); }), ElementsAre("a", "d", "e"));
}

TEST_P(DbTest, what_is_no_refusal_throws_even_from_try_exec) {
  EXPECT_THROW(in_tx([&](Tx& tx) {
    tx.try_exec(insert_visitor, SubjectId::fresh(), nullptr, nullptr, 0);  // no such subject
  }), DbError);
}

TEST_P(DbTest, nobody_is_in_two_places) {
  const auto b = in_tx([&](Tx& tx) { return add_bookable(tx); });
  in_tx([&](Tx& tx) {
    EXPECT_EQ(book(tx, b, "A", 100, 200), Refusal::none);
    EXPECT_EQ(book(tx, b, "B", 150, 250), Refusal::overlap);
    EXPECT_EQ(book(tx, b, "B", 50, 101), Refusal::overlap);
    EXPECT_EQ(book(tx, b, "B", 120, 130), Refusal::overlap);
    EXPECT_EQ(book(tx, b, "B", 200, 300), Refusal::none);  // one ends, the next begins
    EXPECT_EQ(book(tx, b, "C", 150, 250, "cancelled"), Refusal::none);
    EXPECT_EQ(book(tx, b, "A", 400, 500), Refusal::unique);
    EXPECT_EQ(book(tx, b, "D", 500, 400), Refusal::check);
    EXPECT_EQ(book(tx, b, "E", 600, 700, "dreamt"), Refusal::check);
    const auto moved = BookingId::fresh();
    tx.exec(insert_booking, moved, "F", b.service, b.specialist, b.visitor, 800, 900, "held");
    EXPECT_EQ(tx.try_exec(move_booking, 150, 250, moved), Refusal::overlap);
    EXPECT_EQ(tx.try_exec(move_booking, 850, 950, moved), Refusal::none);  // it does not stand in its own way
  });
  EXPECT_EQ(in_tx([&](Tx& tx) { return tx.one(count_bookings, kNumber); }), 4);
}

TEST_P(DbTest, control_tables_are_apart_from_tenants) {
  in_control_tx([&](Tx& tx) { tx.exec(insert_tenant, tenant, "clinic", "pk", Blob{"box"}); });
  EXPECT_EQ(in_control_tx([&](Tx& tx) { return tx.one(count_tenants, kNumber); }), 1);
  EXPECT_THROW(in_tx([&](Tx& tx) { tx.one(count_tenants, kNumber); }), std::logic_error);
  EXPECT_THROW(in_control_tx([&](Tx& tx) { tx.one(service_names, kText); }), std::logic_error);
}

TEST_P(DbTest, what_was_committed_is_there_after_a_restart) {
  in_tx([&](Tx& tx) { add_service(tx, "a"); });
  in_control_tx([&](Tx& tx) { tx.exec(insert_tenant, tenant, "clinic", "pk", Blob{"box"}); });
  reopen();
  EXPECT_THAT(in_tx([&](Tx& tx) { return tx.all(service_names, kText); }), ElementsAre("a"));
  EXPECT_EQ(in_control_tx([&](Tx& tx) { return tx.one(count_tenants, kNumber); }), 1);
}

TEST_P(DbTest, the_schema_is_told_without_the_engines_own) {
  const auto schema = storage().tenant_schema();
  const auto table = std::find_if(schema.begin(), schema.end(), [](const auto& t) { return t.first == "counter"; });
  ASSERT_NE(table, schema.end());
  EXPECT_THAT(table->second, ElementsAre("name", "value"));
  for (const auto& [name, columns] : schema) {
    EXPECT_FALSE(name.starts_with("control_") || name.starts_with("sqlite_") || name == "schema_migration") << name;
    EXPECT_EQ(std::count(columns.begin(), columns.end(), "tenant"), 0) << name;
  }
}

TEST_P(DbTest, a_statement_that_does_not_fit_the_schema_is_named) {
  const auto failures = prepare_all(storage());
  // postgres_test.cpp has one that SQLite cannot prepare: its control database has no tenant's table.
  EXPECT_EQ(failures.size(), on_postgres() ? 1U : 2U);
  EXPECT_THAT(failures, testing::Contains(testing::HasSubstr("no_such_column")));
}

}  // namespace
}  // namespace chatika::db
