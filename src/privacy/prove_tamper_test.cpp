// An installation in which one promise is broken: `prove` has to say `failed` of exactly that one.
#include <map>

#include "crypto/crypto.hpp"
#include "privacy/prove.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/rights_fixture_test.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kText("INSERT INTO paper_text (hash, body, created_at) VALUES ('h', 'text', $1)");
const db::Statement kAcceptance(
    "INSERT INTO acceptance (id, kind, employee, version, language, text_hash, at, network)"
    " VALUES ($1, $2, $3, '1', 'ru', 'h', $4, '')");
const db::Statement kAppointment(
    "INSERT INTO appointment (id, employee, actor, order_number, order_date, text_hash, at, live)"
    " VALUES ($1, $2, 'system', '1', '2026-11-24', 'h', $3, 1)");
const db::Statement kDocument(
    "INSERT INTO internal_document (id, kind, version, title, language, text_hash, approver, approved_at, "
    "in_force_from)"
    " VALUES ($1, $2, 1, 't', 'ru', 'h', $3, $4, $4)");
const db::Statement kReview("INSERT INTO review (id, kind, due_at) VALUES ($1, 'documents', $2)");
const db::Statement kBreach(
    "INSERT INTO breach (id, serial, number, subject, found_at, categories, state, notice_due, report_due)"
    " VALUES ($1, 1, '1', $2, $3, '', 'open', $4, $5)");
const db::Statement kRequest(
    "INSERT INTO request (id, reference, kind, status, channel, language, requester, name_box, contact_box, "
    "description_box,"
    " essence_box, received_at, due_at, deadline, zone, reminded, verification, article, answer_box)"
    " VALUES ($1, $2, 'information', $3, 'form', 'ru', $4, $5, $6, $7, $8, $9, $10, '{}', 'Europe/Moscow', "
    "0, 'pending',"
    " $11, $12)");
const db::Statement kVersion(
    "INSERT INTO document_version (kind, language, version, hash, body, at)"
    " VALUES ('notification_start', 'ru', 2, 'h', 'b', $1)");
const db::Statement kSetAnswer("UPDATE request SET answer_box = $1 WHERE status = 'refused'");
const db::Statement kSetEssence("UPDATE request SET essence_box = $1 WHERE status = 'new'");

// Microseconds; ten days are more than any grace that `prove` gives.
#define TEN_DAYS "864000000000"
#define SIGN_ALL                                                             \
  "INSERT INTO familiarisation (employee, document, text_hash, at, network)" \
  " SELECT approver, id, text_hash, approved_at, '' FROM internal_document"

struct Tampering {
  const char* what;
  int promise;
  db::Statement broken;
  db::Statement mended;
};
const Tampering kTamperings[] = {
    {"a correction of nobody", 4, db::Statement("UPDATE correction SET actor = ''"),
     db::Statement("UPDATE correction SET actor = 'system'")},
    {"an employee who has accepted nothing", 22,
     db::Statement("UPDATE acceptance SET kind = 'processing' WHERE employee IS NOT NULL"),
     db::Statement("UPDATE acceptance SET kind = 'service' WHERE employee IS NOT NULL")},
    {"no processing agreement", 24,
     db::Statement("UPDATE acceptance SET kind = 'service' WHERE employee IS NULL"),
     db::Statement("UPDATE acceptance SET kind = 'processing' WHERE employee IS NULL")},
    {"nobody responsible", 25, db::Statement("UPDATE appointment SET live = NULL, ended_at = at"),
     db::Statement("UPDATE appointment SET live = 1, ended_at = NULL")},
    {"a policy that is no longer in force", 26,
     db::Statement("UPDATE internal_document SET superseded_at = in_force_from WHERE kind = 'policy'"),
     db::Statement("UPDATE internal_document SET superseded_at = NULL WHERE kind = 'policy'")},
    {"documents that nobody signed", 27, db::Statement("DELETE FROM familiarisation"),
     db::Statement(SIGN_ALL)},
    {"an access used after its end", 28, db::Statement("UPDATE employee SET access_until = created_at - 1"),
     db::Statement("UPDATE employee SET access_until = NULL")},
    {"a review that is overdue", 29, db::Statement("UPDATE review SET due_at = due_at - " TEN_DAYS),
     db::Statement("UPDATE review SET due_at = due_at + " TEN_DAYS)},
    {"a request past its last day", 41,
     db::Statement("UPDATE request SET due_at = due_at - " TEN_DAYS " WHERE status = 'new'"),
     db::Statement("UPDATE request SET due_at = due_at + " TEN_DAYS " WHERE status = 'new'")},
    {"a change that Roskomnadzor was not told of", 44,
     db::Statement("UPDATE document_version SET notify_by = at - 1"),
     db::Statement("UPDATE document_version SET notify_by = NULL")},
    {"a refusal without its article", 48,
     db::Statement("UPDATE request SET article = '' WHERE status = 'refused'"),
     db::Statement("UPDATE request SET article = 'ст. 14' WHERE status = 'refused'")},
    {"a request carried out for someone unverified", 50,
     db::Statement("UPDATE request SET executed_at = received_at WHERE status = 'new'"),
     db::Statement("UPDATE request SET executed_at = NULL WHERE status = 'new'")},
    {"an erasure past its last day", 51,
     db::Statement("UPDATE erasure SET deadline_at = deadline_at - 4 * " TEN_DAYS " WHERE state = 'planned'"),
     db::Statement("UPDATE erasure SET deadline_at = deadline_at + 4 * " TEN_DAYS
                   " WHERE state = 'planned'")},
    {"a legal hold without its article", 51, db::Statement("UPDATE legal_hold SET article = ''"),
     db::Statement("UPDATE legal_hold SET article = 'ст. 29 402-ФЗ'")},
    {"an act of destruction of another entry", 52,
     db::Statement("UPDATE destruction SET ledger_seq = ledger_seq + 1"),
     db::Statement("UPDATE destruction SET ledger_seq = ledger_seq - 1")},
    {"an act of destruction kept for too long", 52,
     db::Statement("UPDATE destruction SET expires_at = expires_at - 200 * " TEN_DAYS),
     db::Statement("UPDATE destruction SET expires_at = expires_at + 200 * " TEN_DAYS)},
    {"a breach that nobody reported", 54,
     db::Statement("UPDATE breach SET notice_due = notice_due - " TEN_DAYS),
     db::Statement("UPDATE breach SET notice_due = notice_due + " TEN_DAYS)},
    {"a recipient that was not told", 56,
     db::Statement("UPDATE recipient_notice SET next_at = next_at - " TEN_DAYS),
     db::Statement("UPDATE recipient_notice SET next_at = next_at + " TEN_DAYS)},
};
#undef TEN_DAYS
const db::Statement kSignAll(SIGN_ALL);
#undef SIGN_ALL

class ProveTamperTest : public RightsFixture {
 protected:
  SubjectId requester{};
  Uuid refused{};

  void add_request(Access& a, const Uuid& id, const char* status, std::string_view answer) {
    const auto box = [&](Field field, std::string_view text) {
      return seal_any(a, field, requester, id, text).value();
    };
    const auto name = box(Field::request_name, "Анна Примерова"),
               contact = box(Field::request_contact, "a@example.org"),
               data = box(Field::request_description, "переписка"),
               essence = box(Field::request_essence, "что есть");
    const auto told = answer.empty() ? std::string() : box(Field::request_answer, answer);
    const auto answered = told.empty() ? std::optional<db::Blob>() : std::optional(db::Blob{told});
    a.tx().exec(kRequest, id, to_string(id), status, requester, db::Blob{name}, db::Blob{contact},
                db::Blob{data}, db::Blob{essence}, now, now + std::chrono::days(5), "ст. 14", answered);
  }

  // Everything that is looked at is there and as it should be.
  void SetUp() override {
    const auto anna = add("Анна"), boris = add("Борис"), vera = add("Вера");
    ASSERT_TRUE(act(the_officer(), [&](Access& a) {
      return add_recipient(a, "CRM", "crm@example.org", RecipientKind::crm);
    }));
    ASSERT_TRUE(act(the_officer(), [&](Access& a) {
      return correct(a, anna.id,
                     {.field = "visitor.name", .row = {}, .value = "Анна Верная", .reason = "просьба"});
    }));
    ASSERT_TRUE(act(the_officer(), [&](Access& a) {
      return place_hold(a, anna.id, {"visitor.phone", "ст. 29 402-ФЗ", "первичный документ"});
    }));
    erase(boris.id);
    act([&](Access& a) {
      EXPECT_TRUE(plan_erasure(a, vera.id, {.reason = ErasureReason::withdrawn}));
      auto& tx = a.tx();
      tx.exec(kText, now);
      tx.exec(kAcceptance, new_uuid(), "service", officer, now);
      tx.exec(kAcceptance, new_uuid(), "processing", nullptr, now);
      tx.exec(kAppointment, new_uuid(), officer, now);
      for (const auto* kind : {"policy", "processing_rules", "access_list", "protection_measures"})
        tx.exec(kDocument, new_uuid(), kind, officer, now);
      tx.exec(kSignAll);
      tx.exec(kReview, new_uuid(), now + std::chrono::days(5));
      tx.exec(sql::kSession, db::Blob{"token"}, officer, now, now, now + std::chrono::days(5));
      requester = a.new_subject(SubjectKind::requester);
      tx.exec(kBreach, new_uuid(), requester, now, now + std::chrono::days(1), now + std::chrono::days(3));
      tx.exec(kVersion, now);
      add_request(a, new_uuid(), "new", "");
      refused = new_uuid();
      add_request(a, refused, "refused", R"({"text":"т","appeal":"в Роскомнадзор или в суд"})");
      return true;
    });
  }

  std::map<int, PromiseReport> look() {
    ProveScope scope{.storage = storage(),
                     .businesses = {{tenant, "test", "Europe/Moscow", false}},
                     .enter =
                         [&](const ProveScope::Business&, const auto& f) {
                           // Looked at and undone: nothing waits for the disk.
                           Result<void> out;
                           db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
                             Access access(tx, *keys, Principal::system(tenant), now, "prove");
                             out = f(access);
                             return false;
                           });
                           return out;
                         },
                     .isolation = {},
                     .data_dir = {},
                     .now = now};
    std::vector<Promise> of_tables;
    for (auto& promise : privacy_promises())
      if ((promise.number >= 22 && promise.number <= 29) || promise.number >= 48 || promise.number == 44 ||
          promise.number == 41 || promise.number <= 5 || (promise.number >= 19 && promise.number <= 21))
        if (promise.number != 2 && promise.number != 55) of_tables.push_back(std::move(promise));
    std::map<int, PromiseReport> out;
    int number = 0;
    for (auto& promise : prove(scope, of_tables).promises) out.emplace(++number, std::move(promise));
    return out;
  }
  static bool looked_at(const PromiseReport& promise) { return !promise.what.empty(); }

  void expect_broken(const std::map<int, PromiseReport>& seen, int promise, const char* what) {
    for (const auto& [number, report] : seen) {
      if (!looked_at(report)) continue;
      const auto facts = report.evidence.empty() ? std::string() : report.evidence.front();
      if (number == promise)
        EXPECT_EQ(report.state, PromiseState::failed) << what << ": " << report.promise << ": " << facts;
      else
        EXPECT_NE(report.state, PromiseState::failed) << what << ": " << report.promise << ": " << facts;
    }
  }
};
CHATIKA_BOTH_DATABASES(ProveTamperTest);

TEST_P(ProveTamperTest, P22_to_P29_P41_to_P56_each_broken_promise_fails_and_no_other) {
  const auto whole = look();
  int looked = 0;
  for (const auto& [number, report] : whole) {
    if (!looked_at(report)) continue;
    ++looked;
    const auto wanted = number == 50 ? PromiseState::attested : PromiseState::passed;
    ASSERT_EQ(report.state, wanted) << report.promise << ": " << report.evidence.front();
  }
  EXPECT_GE(looked, 22);
  for (const auto& t : kTamperings) {
    in_tx([&](db::Tx& tx) { EXPECT_GT(tx.exec(t.broken), 0) << t.what; });
    expect_broken(look(), t.promise, t.what);
    in_tx([&](db::Tx& tx) { tx.exec(t.mended); });
  }
  for (const auto& [number, report] : look())
    if (looked_at(report)) EXPECT_EQ(report.state, whole.at(number).state) << report.promise;
}

TEST_P(ProveTamperTest, P48_a_refusal_that_names_no_way_to_appeal_fails) {
  for (const auto* answer : {R"({"text":"т","appeal":""})", R"({"text":"т"})"}) {
    act([&](Access& a) {
      return a.tx().exec(kSetAnswer,
                         db::Blob{seal_any(a, Field::request_answer, requester, refused, answer).value()});
    });
    expect_broken(look(), 48, answer);
  }
}

TEST_P(ProveTamperTest, P49_a_request_without_its_essence_fails) {
  in_tx([&](db::Tx& tx) { tx.exec(kSetEssence, db::Blob{std::string(crypto::kBoxOverhead, '\x01')}); });
  expect_broken(look(), 49, "an essence of no characters");
}

TEST_P(ProveTamperTest, P52_an_installation_whose_ledger_is_lost_fails) {
  std::filesystem::remove(ledger_file());
  keeper = nullptr;
  start();
  expect_broken(look(), 52, "no ledger");
}

}  // namespace
}  // namespace chatika::privacy
