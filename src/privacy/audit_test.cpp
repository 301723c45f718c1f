#include "privacy/audit.hpp"

#include <gtest/gtest.h>

#include "crypto/crypto.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kEditAt("UPDATE audit SET at = at + 1 WHERE seq = $1");
const db::Statement kEditActor("UPDATE audit SET actor = 'employee:other' WHERE seq = $1");
const db::Statement kEditOperation("UPDATE audit SET operation = 'other' WHERE seq = $1");
const db::Statement kEditDetail("UPDATE audit SET detail = '{}' WHERE seq = $1");
const db::Statement kEditHash("UPDATE audit SET hash = $1 WHERE seq = $2");
const db::Statement kDelete("DELETE FROM audit WHERE seq = $1");
const db::Statement kRenumber("UPDATE audit SET seq = $1 WHERE seq = $2");
// In two steps: a unique key may be checked row by row.
const db::Statement kPutAside("UPDATE audit SET seq = seq + 1000000 WHERE seq >= $1");
const db::Statement kBringBack("UPDATE audit SET seq = seq - 1000000 + $1 WHERE seq >= 1000000");
const db::Statement kInsert(
    "INSERT INTO audit (seq, at, actor, operation, detail, hash) VALUES ($1, $2, $3, $4, $5, $6)");

const db::Statement kTail(
    "SELECT seq, at, actor, operation, detail, hash FROM audit WHERE seq >= $1 ORDER BY seq");
const db::Statement kDeleteFrom("DELETE FROM audit WHERE seq >= $1");

constexpr std::int64_t kRows = 200;

class AuditTest : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override {
    in_tx([](db::Tx& tx) {
      for (std::int64_t i = 0; i < kRows; ++i)
        append_audit(tx, {from_micros(i * 1000), i % 3 == 0 ? "system" : "employee:1",
                          i % 2 == 0 ? "read" : "write", "{\"n\":" + std::to_string(i) + "}"});
    });
  }

  // What verify says of the chain after `change`, which is then undone.
  template <class F>
  AuditVerdict after(F change) {
    AuditVerdict verdict;
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      change(tx);
      verdict = verify_audit(tx);
      return false;
    }));
    return verdict;
  }
};
CHATIKA_BOTH_DATABASES(AuditTest);

TEST_P(AuditTest, an_untouched_chain_is_good_and_belongs_to_one_tenant) {
  const auto verdict = in_tx([](db::Tx& tx) { return verify_audit(tx); });
  EXPECT_EQ(verdict.rows, kRows);
  EXPECT_EQ(verdict.first_bad, std::nullopt);
  EXPECT_EQ(in_tx(other, [](db::Tx& tx) { return verify_audit(tx).rows; }), 0);
}

TEST_P(AuditTest, an_edit_of_any_column_of_any_row_is_found_there) {
  const std::string forged(32, 'x');
  for (std::int64_t seq = 1; seq <= kRows; ++seq) {
    for (const auto* edit : {&kEditAt, &kEditActor, &kEditOperation, &kEditDetail})
      ASSERT_EQ(after([&](db::Tx& tx) { ASSERT_EQ(tx.exec(*edit, seq), 1); }).first_bad, seq) << edit->sql();
    ASSERT_EQ(after([&](db::Tx& tx) { tx.exec(kEditHash, db::Blob{forged}, seq); }).first_bad, seq);
  }
}

// Not the last one: a cut tail needs an outside anchor.
TEST_P(AuditTest, a_deletion_of_any_row_is_found_even_when_the_rest_is_renumbered) {
  for (std::int64_t seq = 1; seq < kRows; ++seq) {
    ASSERT_EQ(after([&](db::Tx& tx) { tx.exec(kDelete, seq); }).first_bad, seq + 1);
    ASSERT_EQ(after([&](db::Tx& tx) {
                tx.exec(kDelete, seq);
                tx.exec(kPutAside, seq + 1);
                tx.exec(kBringBack, -1);
              }).first_bad,
              seq);
  }
}

TEST_P(AuditTest, any_two_rows_that_changed_places_are_found) {
  for (std::int64_t seq = 1; seq < kRows; ++seq) {
    ASSERT_EQ(after([&](db::Tx& tx) {
                tx.exec(kRenumber, 9'000'000, seq);
                tx.exec(kRenumber, seq, seq + 1);
                tx.exec(kRenumber, seq + 1, 9'000'000);
              }).first_bad,
              seq);
  }
}

TEST_P(AuditTest, a_row_put_in_anywhere_is_found_there_or_right_after) {
  const std::string forged(32, 'x');
  for (std::int64_t seq = 1; seq <= kRows + 1; ++seq) {
    ASSERT_EQ(after([&](db::Tx& tx) {
                tx.exec(kPutAside, seq);
                tx.exec(kBringBack, 1);
                tx.exec(kInsert, seq, from_micros(0), "system", "read", "{}", db::Blob{forged});
              }).first_bad,
              seq);
  }
  EXPECT_EQ(after([&](db::Tx& tx) {
              tx.exec(kInsert, 0, from_micros(0), "system", "read", "{}", db::Blob{forged});
            }).first_bad,
            0);
}

// Someone who can compute hashes must rewrite everything that follows.
TEST_P(AuditTest, a_row_rewritten_with_a_right_hash_breaks_the_next) {
  for (const std::int64_t seq : {std::int64_t{1}, std::int64_t{100}, kRows - 1})
    EXPECT_EQ(after([&](db::Tx& tx) {
                // The tail out of the way of append_audit, which continues the highest row.
                const auto tail = tx.all(
                    kTail,
                    [](const db::Row& r) {
                      return std::pair{AuditEntry{r.time(1), r.str(2), r.str(3), r.str(4)},
                                       std::pair{r.i64(0), r.bytes(5)}};
                    },
                    seq);
                tx.exec(kDeleteFrom, seq);
                append_audit(tx, {from_micros(0), "system", "nothing to see", "{}"});
                for (const auto& [entry, place] : tail)
                  if (place.first > seq)
                    tx.exec(kInsert, place.first, entry.at, entry.actor, entry.operation, entry.detail,
                            db::Blob{place.second});
              }).first_bad,
              seq + 1);
}

}  // namespace
}  // namespace chatika::privacy
