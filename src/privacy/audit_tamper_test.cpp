// P35: edits, deletions, reorderings and cut tails of the audit are found, 1,000 of 1,000.
#include <gtest/gtest.h>

#include <random>

#include "privacy/audit_verify.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

constexpr std::int64_t kRows = 1200;
constexpr int kTrials = 1000;
constexpr int kTrialsPostgres = 100;  // the same code decides; a trial costs a thousand round trips

const db::Statement kAll(
    "SELECT lane, seq, format, at, actor, operation, detail, origin, subjects, hash FROM audit WHERE seq >= "
    "$1 ORDER BY seq");
const db::Statement kInsert(
    "INSERT INTO audit (lane, seq, format, at, actor, operation, detail, origin, subjects, hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
const db::Statement kDeleteFrom("DELETE FROM audit WHERE seq >= $1");
const db::Statement kDropCheckpoints("DELETE FROM audit_checkpoint WHERE seq >= $1");

class AuditTamperTest : public chatika::testing::BothDatabases {
 protected:
  using Rows = std::vector<AuditRow>;

  void SetUp() override {
    for (std::int64_t i = 1; i <= kRows; ++i) entries.push_back(entry(i));
    for (std::int64_t done = 0; done < kRows; done += 300)
      in_tx([&](db::Tx& tx) {
        for (auto i = done; i < std::min(done + 300, kRows); ++i)
          append_audit(tx, entries[static_cast<std::size_t>(i)]);
        anchored.push_back(*checkpoint(tx, from_micros(done * 1'000'000), key, true));
      });
  }
  AuditEntry entry(std::int64_t i) {
    return {.at = from_micros(i * 1'000'000),
            .actor = i % 3 == 0 ? "system" : "employee:" + to_string(new_uuid()),
            .operation = i % 2 == 0 ? "lead.status" : "conversation.open",
            .detail = R"({"read":["visitor.phone_box"],"purposes":["lead"],"bases":["consent"]})",
            .subjects = {SubjectId::fresh(), SubjectId::fresh()},
            .from = "192.0.2.0/24"};
  }
  std::int64_t any(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  }
  // The rows from `seq` on hashed anew, as one does who can compute hashes but has no key.
  void rehash(Rows& rows, std::size_t from, std::string previous) {
    for (auto i = from; i < rows.size(); ++i) {
      rows[i].hash = chain_hash(previous, rows[i]);
      previous = rows[i].hash;
    }
  }
  // With `hash`: the hash alone may be what is edited.
  void edit(AuditRow& row, bool hash) {
    switch (any(0, hash ? 6 : 5)) {
      case 0:
        row.at += Micros(any(1, 1'000'000'000));
        break;
      case 1:
        row.actor = "employee:" + to_string(new_uuid());
        break;
      case 2:
        row.operation += "s";
        break;
      case 3:
        row.detail = "{}";
        break;
      case 4:
        row.from = row.from.empty() ? "cli" : "";
        break;
      case 5:
        row.subjects.resize(row.subjects.size() - 16);
        break;
      default:
        row.hash[static_cast<std::size_t>(any(0, 31))] ^= 1;
    }
  }
  // Changes the rows from `rows[0]` on, which is not the first of the chain; names what it did.
  std::string tamper(Rows& rows, const std::string& before) {
    const auto last = static_cast<std::int64_t>(rows.size()) - 1;
    const bool recompute = any(0, 1) == 1;
    std::string what;
    switch (rows.size() > 1 ? any(0, 4) : 3) {
      case 0:
        edit(rows[0], !recompute);
        what = "edit";
        break;
      case 1:
        rows.erase(rows.begin());
        what = "deletion";
        if (any(0, 1) == 1)
          for (auto& row : rows) --row.seq;  // closes the gap
        break;
      case 2: {
        const auto other = static_cast<std::size_t>(any(1, last));
        std::swap(rows[0], rows[other]);
        std::swap(rows[0].seq, rows[other].seq);
        what = "reordering";
        break;
      }
      case 3:
        rows.clear();
        what = "cut tail";
        break;
      default: {
        auto forged = rows[0];
        forged.operation = "nothing";
        rows.insert(rows.begin(), forged);
        for (std::size_t i = 1; i < rows.size(); ++i) ++rows[i].seq;
        what = "insertion";
      }
    }
    if (recompute && !rows.empty()) rehash(rows, 0, before), what += ", hashed anew";
    return what;
  }

  std::mt19937_64 random{20261124};
  std::vector<AuditEntry> entries;
  std::vector<Checkpoint> anchored;
  const crypto::SigningKey key = crypto::SigningKey::from_seed(crypto::Key::fresh());
};
CHATIKA_BOTH_DATABASES(AuditTamperTest);

TEST_P(AuditTamperTest, P35_a_thousand_of_a_thousand_changes_are_found) {
  const auto clean = in_tx([&](db::Tx& tx) { return verify_audit(tx, key.public_key(), anchored); });
  ASSERT_FALSE(clean.fault);
  ASSERT_EQ(clean.rows, kRows);
  ASSERT_EQ(clean.unsigned_rows, 0);
  const int trials = on_postgres() ? kTrialsPostgres : kTrials;
  int found = 0;
  for (int trial = 0; trial < trials; ++trial) {
    std::string what;
    std::optional<AuditFault> fault;
    const auto seq = any(2, kRows);
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      auto rows = tx.all(
          kAll,
          [](const db::Row& r) {
            return AuditRow{r.i64(0), r.i64(1), r.i64(2), r.time(3),  r.str(4),
                            r.str(5), r.str(6), r.str(7), r.bytes(8), r.bytes(9)};
          },
          seq - 1);
      const auto before = rows[0].hash;
      rows.erase(rows.begin());
      what = tamper(rows, before);
      tx.exec(kDeleteFrom, seq);
      for (const auto& r : rows)
        tx.exec(kInsert, r.lane, r.seq, r.format, r.at, r.actor, r.operation, r.detail, r.from,
                db::Blob{r.subjects}, db::Blob{r.hash});
      if (any(0, 1) == 1) tx.exec(kDropCheckpoints, seq);  // the anchor file is not in their reach
      fault = verify_audit(tx, key.public_key(), anchored).fault;
      return false;
    }));
    if (fault && fault->seq >= seq)
      ++found;
    else
      ADD_FAILURE() << what << " at row " << seq << " is not found";
  }
  EXPECT_EQ(found, trials);
}

TEST_P(AuditTamperTest, retention_lets_old_rows_go_and_the_rest_stays_provable) {
  static const db::Statement kIndexed("SELECT COUNT(*) FROM audit_subject");
  static const db::Statement kNoFloor("DELETE FROM audit_checkpoint WHERE kind = 'floor'");
  const auto let_go = [&](std::int64_t seconds) {
    return in_tx([&](db::Tx& tx) {
      return let_go_audit(tx, 0, from_micros(9'000'000'000), from_micros(seconds * 1'000'000), key);
    });
  };
  EXPECT_FALSE(let_go(1));  // the oldest row is of that moment
  ASSERT_EQ(let_go(501)->seq, 500);
  EXPECT_FALSE(let_go(501));
  auto verdict = in_tx([&](db::Tx& tx) { return verify_audit(tx, key.public_key(), anchored); });
  EXPECT_FALSE(verdict.fault);
  EXPECT_EQ(verdict.rows, kRows - 500);
  EXPECT_EQ(in_tx([&](db::Tx& tx) { return *tx.one(kIndexed, [](const db::Row& r) { return r.i64(0); }); }),
            2 * (kRows - 500));
  ASSERT_EQ(let_go(1'000'000)->seq, kRows - 1);  // the newest row stays
  in_tx([&](db::Tx& tx) { append_audit(tx, entries[0]); });
  verdict = in_tx([&](db::Tx& tx) { return verify_audit(tx, key.public_key(), anchored); });
  EXPECT_FALSE(verdict.fault);
  EXPECT_EQ(verdict.rows, 2);
  // Nobody else can say that the beginning may be missing.
  static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
    tx.exec(kNoFloor);
    EXPECT_TRUE(verify_audit(tx, key.public_key(), {}).fault);
    return false;
  }));
}

// No chain leads to a row before the first, yet the panel would show it: evidence against somebody who did nothing.
TEST_P(AuditTamperTest, p35_a_row_before_the_beginning_of_its_lane_is_found) {
  const auto found = [&](std::int64_t lane, std::int64_t seq) {
    std::optional<AuditFault> fault;
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      tx.exec(kInsert, lane, seq, 2, from_micros(7), "employee:" + to_string(new_uuid()), "privacy.subject.export", "{}", "",
              db::Blob{""}, db::Blob{std::string(32, 'x')});
      fault = verify_audit(tx, key.public_key(), anchored).fault;
      return false;
    }));
    return fault && fault->lane == lane ? fault->seq : 1;
  };
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t seq : {std::int64_t{0}, std::int64_t{-5}, kLeast}) {
    EXPECT_EQ(found(0, seq), seq);
    if (!on_postgres()) continue;  // SQLite has one lane, and a constraint that says so
    EXPECT_EQ(found(kLeast, seq), seq);
    EXPECT_EQ(found(std::numeric_limits<std::int64_t>::max(), seq), seq);
  }
  in_tx([&](db::Tx& tx) { return let_go_audit(tx, 0, from_micros(9'000'000'000), from_micros(501'000'000), key); });
  for (const std::int64_t seq : {1, 499, 500}) EXPECT_EQ(found(0, seq), seq) << "retention let it go";
}

// The index is what "who looked at my data" is answered from.
TEST_P(AuditTamperTest, p35_the_index_of_persons_says_what_the_chain_says) {
  static const db::Statement kDrop("DELETE FROM audit_subject WHERE seq = $1");
  static const db::Statement kForge("INSERT INTO audit_subject (subject, at, lane, seq) VALUES ($1, $2, 0, $3)");
  static const db::Statement kMove("UPDATE audit_subject SET at = at + 1 WHERE seq = $1");
  static const db::Statement kSwap("UPDATE audit_subject SET subject = $1 WHERE seq = $2 AND subject = $3");
  const auto found = [&](auto change) {
    AuditVerdict verdict;
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      change(tx);
      verdict = verify_audit(tx, key.public_key(), anchored);
      return false;
    }));
    return verdict.fault && verdict.fault->kind == AuditFault::Kind::index ? verdict.fault->seq : 0;
  };
  EXPECT_EQ(found([](db::Tx&) {}), 0);
  for (int i = 0; i < (on_postgres() ? 2 : 20); ++i) {
    const auto seq = any(1, kRows);
    const auto& row = entries[static_cast<std::size_t>(seq - 1)];
    EXPECT_EQ(found([&](db::Tx& tx) { tx.exec(kDrop, seq); }), seq) << "removed";
    EXPECT_EQ(found([&](db::Tx& tx) { tx.exec(kForge, SubjectId::fresh(), row.at, seq); }), seq) << "added";
    EXPECT_EQ(found([&](db::Tx& tx) { tx.exec(kMove, seq); }), seq) << "moved in time";
    EXPECT_EQ(found([&](db::Tx& tx) { tx.exec(kSwap, SubjectId::fresh(), seq, row.subjects[0]); }), seq) << "given to another";
  }
  EXPECT_EQ(found([&](db::Tx& tx) { tx.exec(kForge, SubjectId::fresh(), from_micros(0), kRows + 7); }), kRows + 7) << "of no row";
}

// A restored backup lacks its last rows, as a cut tail does: only who holds the key can say that it was a restore, and every
// verification says so from then on.
TEST_P(AuditTamperTest, p35_a_lost_tail_is_acknowledged_once_and_hides_nothing_else) {
  static const db::Statement kDropIndex("DELETE FROM audit_subject WHERE seq >= $1");
  static const db::Statement kEdit("UPDATE audit SET operation = 'nothing' WHERE seq = $1");
  const auto restore = [&](std::int64_t first_lost) {
    in_tx([&](db::Tx& tx) {
      tx.exec(kDeleteFrom, first_lost);
      tx.exec(kDropCheckpoints, first_lost);
      tx.exec(kDropIndex, first_lost);
    });
  };
  const auto verify = [&] { return in_tx([&](db::Tx& tx) { return verify_audit(tx, key.public_key(), anchored); }); };
  const auto acknowledge = [&](Time at) {
    return in_tx([&](db::Tx& tx) { return acknowledge_loss(tx, at, key, anchored); });
  };
  const auto day = [](std::int64_t n) { return from_micros(n * 86'400'000'000); };
  EXPECT_TRUE(acknowledge(day(1)).empty()) << "nothing is lost";
  restore(801);
  EXPECT_EQ(verify().fault->kind, AuditFault::Kind::tail);
  in_tx([&](db::Tx& tx) {  // it was served before anybody looked
    for (int i = 0; i < 150; ++i) append_audit(tx, entries[0]);
  });
  EXPECT_EQ(verify().fault->kind, AuditFault::Kind::checkpoint);
  const auto lost = acknowledge(day(1));
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(lost[0].seq, 600) << "the last row that both vouch for";
  EXPECT_EQ(read_line(tenant, write_line(tenant, lost[0])).value(), lost[0]);
  const auto stranger = crypto::SigningKey::from_seed(crypto::Key::fresh());
  auto forged = lost[0];
  const auto signature = stranger.sign(signed_text(tenant, forged));
  forged.signature.assign(reinterpret_cast<const char*>(signature.data()), signature.size());
  const auto only_anchored = anchored;
  anchored.push_back(lost[0]);
  anchored.push_back(*in_tx([&](db::Tx& tx) { return checkpoint(tx, day(2), key, true); }));
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(verify().losses, 1);
  EXPECT_EQ(verify().rows, 950);
  EXPECT_TRUE(acknowledge(day(3)).empty());
  static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
    tx.exec(kEdit, 700);
    EXPECT_EQ(verify_audit(tx, key.public_key(), anchored).fault->seq, 700);
    return false;
  }));
  static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
    static const db::Statement kNoLoss("DELETE FROM audit_checkpoint WHERE kind = 'loss'");
    tx.exec(kNoLoss);
    auto by_a_stranger = only_anchored;
    by_a_stranger.push_back(forged);
    EXPECT_EQ(verify_audit(tx, key.public_key(), by_a_stranger).fault->kind, AuditFault::Kind::signature);
    EXPECT_TRUE(verify_audit(tx, key.public_key(), only_anchored).fault) << "without it the tail is missing again";
    return false;
  }));
  restore(901);
  EXPECT_EQ(verify().fault->kind, AuditFault::Kind::tail) << "what came after is vouched for";
}

// Someone who holds the data only, with the checkpoints in it, but not the key.
TEST_P(AuditTamperTest, a_forged_checkpoint_is_no_checkpoint) {
  static const db::Statement kForge("UPDATE audit_checkpoint SET hash = $1, signature = $2 WHERE seq = $3");
  const auto other_business = this->other;
  const auto stranger = crypto::SigningKey::from_seed(crypto::Key::fresh());
  const auto fault = [&](auto change, std::vector<Checkpoint> anchor) {
    std::optional<AuditFault> out;
    static_cast<void>(db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      change(tx);
      out = verify_audit(tx, key.public_key(), std::move(anchor)).fault;
      return false;
    }));
    return out;
  };
  auto forged = anchored.back();
  const auto signature = stranger.sign(signed_text(tenant, forged));
  forged.signature.assign(reinterpret_cast<const char*>(signature.data()), signature.size());
  const auto found = fault(
      [&](db::Tx& tx) {
        EXPECT_EQ(tx.exec(kForge, db::Blob{forged.hash}, db::Blob{forged.signature}, kRows), 1);
      },
      {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, AuditFault::Kind::signature);
  // A checkpoint of another business says nothing here, though the key is the same.
  auto moved = anchored.back();
  const auto theirs = key.sign(signed_text(other_business, moved));
  moved.signature.assign(reinterpret_cast<const char*>(theirs.data()), theirs.size());
  const auto beside = fault([](db::Tx&) {}, {moved});
  ASSERT_TRUE(beside);
  EXPECT_EQ(beside->kind, AuditFault::Kind::signature);
}

}  // namespace
}  // namespace chatika::privacy
