#include "privacy/audit.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "crypto/crypto.hpp"
#include "privacy/audit_verify.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kEditAt("UPDATE audit SET at = at + 1 WHERE seq = $1");
const db::Statement kEditActor("UPDATE audit SET actor = 'employee:other' WHERE seq = $1");
const db::Statement kEditOperation("UPDATE audit SET operation = 'other' WHERE seq = $1");
const db::Statement kEditDetail("UPDATE audit SET detail = '{}' WHERE seq = $1");
const db::Statement kEditOrigin("UPDATE audit SET origin = 'job' WHERE seq = $1");
const db::Statement kEditFormat("UPDATE audit SET format = 1 WHERE seq = $1");
const db::Statement kEditSubjects("UPDATE audit SET subjects = $1 WHERE seq = $2");
const db::Statement kEditHash("UPDATE audit SET hash = $1 WHERE seq = $2");
const db::Statement kDelete("DELETE FROM audit WHERE seq = $1");
const db::Statement kRenumber("UPDATE audit SET seq = $1 WHERE seq = $2");
// In two steps: a unique key may be checked row by row.
const db::Statement kPutAside("UPDATE audit SET seq = seq + 1000000 WHERE seq >= $1");
const db::Statement kBringBack("UPDATE audit SET seq = seq - 1000000 + $1 WHERE seq >= 1000000");
const db::Statement kInsert(
    "INSERT INTO audit (seq, at, actor, operation, detail, format, hash) VALUES ($1, $2, $3, $4, $5, $6, "
    "$7)");

constexpr std::int64_t kRows = 200;

class AuditTest : public chatika::testing::BothDatabases {
 protected:
  static AuditEntry entry(std::int64_t i) {
    return {.at = from_micros(i * 1000),
            .actor = i % 3 == 0 ? "system" : "employee:1",
            .operation = i % 2 == 0 ? "read" : "write",
            .detail = "{\"n\":" + std::to_string(i) + "}",
            .subjects = {SubjectId::fresh()},
            .from = "192.0.2.0/24"};
  }
  void fill() {
    in_tx([](db::Tx& tx) {
      for (std::int64_t i = 0; i < kRows; ++i) append_audit(tx, entry(i));
    });
  }

  AuditVerdict verify() {
    return in_tx([&](db::Tx& tx) { return verify_audit(tx, key.public_key()); });
  }
  // The bad row verify names after `change`, which is then undone.
  template <class F>
  std::optional<std::int64_t> first_bad(F change) {
    AuditVerdict verdict;
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      change(tx);
      verdict = verify_audit(tx, key.public_key());
      return false;
    }));
    return verdict.fault ? std::optional(verdict.fault->seq) : std::nullopt;
  }

  const crypto::SigningKey key = crypto::SigningKey::from_seed(crypto::Key::fresh());
};
CHATIKA_BOTH_DATABASES(AuditTest);

TEST_P(AuditTest, an_untouched_chain_is_good_and_belongs_to_one_tenant) {
  fill();
  EXPECT_EQ(verify().rows, kRows);
  EXPECT_EQ(verify().unsigned_rows, kRows);
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(in_tx(other, [&](db::Tx& tx) { return verify_audit(tx, key.public_key()).rows; }), 0);
}

TEST_P(AuditTest, an_edit_of_any_column_of_any_row_is_found_there) {
  fill();
  const std::string forged(32, 'x'), other_person(16, 'x');
  for (std::int64_t seq = 1; seq <= kRows; ++seq) {
    for (const auto* edit :
         {&kEditAt, &kEditActor, &kEditOperation, &kEditDetail, &kEditOrigin, &kEditFormat})
      ASSERT_EQ(first_bad([&](db::Tx& tx) { ASSERT_EQ(tx.exec(*edit, seq), 1); }), seq) << edit->sql();
    ASSERT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditHash, db::Blob{forged}, seq); }), seq);
    ASSERT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditSubjects, db::Blob{other_person}, seq); }), seq);
    ASSERT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditSubjects, db::Blob{""}, seq); }), seq);
  }
}

// Not the last one: a cut tail is found by checkpoints.
TEST_P(AuditTest, a_deletion_of_any_row_is_found_even_when_the_rest_is_renumbered) {
  fill();
  for (std::int64_t seq = 1; seq < kRows; ++seq) {
    ASSERT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kDelete, seq); }), seq + 1);
    ASSERT_EQ(first_bad([&](db::Tx& tx) {
                tx.exec(kDelete, seq);
                tx.exec(kPutAside, seq + 1);
                tx.exec(kBringBack, -1);
              }),
              seq);
  }
}

TEST_P(AuditTest, any_two_rows_that_changed_places_are_found) {
  fill();
  for (std::int64_t seq = 1; seq < kRows; ++seq) {
    ASSERT_EQ(first_bad([&](db::Tx& tx) {
                tx.exec(kRenumber, 9'000'000, seq);
                tx.exec(kRenumber, seq, seq + 1);
                tx.exec(kRenumber, seq + 1, 9'000'000);
              }),
              seq);
  }
}

TEST_P(AuditTest, a_row_put_in_anywhere_is_found_there_or_right_after) {
  fill();
  const std::string forged(32, 'x');
  for (std::int64_t seq = 1; seq <= kRows + 1; ++seq) {
    ASSERT_EQ(first_bad([&](db::Tx& tx) {
                tx.exec(kPutAside, seq);
                tx.exec(kBringBack, 1);
                tx.exec(kInsert, seq, from_micros(0), "system", "read", "{}", 2, db::Blob{forged});
              }),
              seq);
  }
}

// What a person sees in a search is what was verified: a row of another number is no row of the chain.
TEST_P(AuditTest, a_row_before_the_first_or_in_a_lane_of_its_own_is_found) {
  fill();
  const std::string forged(32, 'x');
  EXPECT_TRUE(first_bad([&](db::Tx& tx) {
    tx.exec(kPutAside, 1);
    tx.exec(kBringBack, 1);
    tx.exec(kInsert, 1, from_micros(0), "system", "read", "{}", 1, db::Blob{forged});
  }));
  if (!on_postgres()) return;  // a SQLite file has one lane only
  static const db::Statement kOtherLane(
      "INSERT INTO audit (lane, seq, at, actor, operation, detail, format, hash)"
      " VALUES ($1, 1, 0, 'system', 'read', '{}', 2, $2)");
  for (const int lane : {-1, 1, 7})
    EXPECT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kOtherLane, lane, db::Blob{forged}); }), 1) << lane;
}

// Rows from before lanes: 1 and 2 as the first release wrote them, their hashes worked out apart from this
// code:
//   python3 -c "import hashlib as h; n=lambda i:i.to_bytes(8,'big'); t=lambda s:n(len(s))+s
//   a=h.sha256(n(1)+n(0)+t(b'system')+t(b'read')+t(b'{}')).digest()
//   print(a.hex(), h.sha256(a+n(2)+n(7)+t(b'system')+t(b'write')+t(b'{}')).hexdigest())"
TEST_P(AuditTest, a_chain_from_before_lanes_stays_good_and_goes_on) {
  const auto unhex = [](std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 2)
      out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
    return out;
  };
  const auto first = unhex("ecb6d5e8aeda37fcd53271e89846af587de11951edd50c451fbc7b59fd33ca26");
  const auto second = unhex("561d9eeb031f6bfeb84ddaa3188e241d6a8bc7987c1fc86e20dc154d63093310");
  in_tx([&](db::Tx& tx) {
    tx.exec(kInsert, 1, from_micros(0), "system", "read", "{}", 1, db::Blob{first});
    tx.exec(kInsert, 2, from_micros(7), "system", "write", "{}", 1, db::Blob{second});
  });
  fill();
  EXPECT_EQ(verify().rows, kRows + 2);
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditDetail, 1); }), std::nullopt);  // it said {} already
  EXPECT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditActor, 1); }), 1);
  EXPECT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kEditOrigin, 2); }), 2);
  EXPECT_EQ(first_bad([&](db::Tx& tx) { tx.exec(kDelete, 1); }), 2);
}

TEST_P(AuditTest, nodes_write_lanes_of_their_own_at_the_same_time) {
  fill();
  if (!on_postgres()) {
    auto numbered = config();
    numbered.node = 3;
    close();
    auto opened = db::Storage::open(numbered).value();
    EXPECT_EQ(db::run_and_wait(*opened, tenant, [](db::Tx& tx) { return tx.node() == 0; }),
              db::Outcome::committed);
    return;
  }
  auto numbered = config();
  numbered.node = 3;
  const auto third = db::Storage::open(numbered).value();
  // Both transactions are open at once: with one chain the second would wait for the first to commit.
  std::promise<void> appended, committed;
  std::thread mine([&] {
    EXPECT_EQ(db::run_and_wait(storage(), tenant,
                               [&](db::Tx& tx) {
                                 append_audit(tx, entry(1));
                                 appended.set_value();
                                 return committed.get_future().wait_for(std::chrono::seconds(9)) ==
                                        std::future_status::ready;
                               }),
              db::Outcome::committed);
  });
  appended.get_future().wait();
  EXPECT_EQ(db::run_and_wait(*third, tenant,
                             [&](db::Tx& tx) {
                               append_audit(tx, entry(2));
                               append_audit(tx, entry(3));
                               return tx.node() == 3;
                             }),
            db::Outcome::committed);
  committed.set_value();
  mine.join();
  EXPECT_EQ(verify().rows, kRows + 3);
  EXPECT_FALSE(verify().fault);
  static const db::Statement kMove("UPDATE audit SET lane = $1 WHERE lane = $2");
  EXPECT_EQ(first_bad([](db::Tx& tx) { tx.exec(kMove, 4, 3); }), 1);  // a lane is bound to its number
}

// A command beside the server has the server's number: it waits, and then goes on from the new head.
TEST_P(AuditTest, two_processes_of_one_number_take_turns) {
  if (!on_postgres()) return;  // a SQLite file has one process
  fill();
  const auto second = db::Storage::open(config()).value();
  std::vector<std::thread> writers;
  for (auto* storage_of : {&storage(), second.get()})
    writers.emplace_back([this, storage_of] {
      for (std::int64_t i = 0; i < 50; ++i)
        EXPECT_EQ(db::run_and_wait(*storage_of, tenant,
                                   [&](db::Tx& tx) {
                                     append_audit(tx, entry(i));
                                     return true;
                                   }),
                  db::Outcome::committed);
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(verify().rows, kRows + 100);
  EXPECT_FALSE(verify().fault);
}

}  // namespace
}  // namespace chatika::privacy
