// People with everything the tables can hold about them, a ledger in a directory of its own, and time that is told to move.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "privacy/access.hpp"
#include "privacy/consent.hpp"
#include "privacy/destruction.hpp"
#include "privacy/erasure.hpp"
#include "privacy/holdings.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention.hpp"
#include "privacy/rights.hpp"
#include "privacy/subject_file.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {

namespace sql {
extern const db::Statement kVisitor;
extern const db::Statement kConversation;
extern const db::Statement kMessage;
extern const db::Statement kLead;
extern const db::Statement kService;
extern const db::Statement kSpecialist;
extern const db::Statement kBooking;
extern const db::Statement kEmployee;
extern const db::Statement kCountMessages;
extern const db::Statement kCountConversations;
extern const db::Statement kCountLeads;
extern const db::Statement kCountVisitors;
extern const db::Statement kCountBookings;
extern const db::Statement kCountDetached;
extern const db::Statement kCountNoKey;
extern const db::Statement kCountSessions;
extern const db::Statement kSession;
}  // namespace sql

struct Somebody {
  SubjectId id;
  ConversationId conversation;
  LeadId lead;
};

class RightsFixture : public chatika::testing::BothDatabases {
 protected:
  // As after a restart: nothing is cached, the ledger is read anew.
  ErasureKeeper::Operator operator_of_data{"ООО «Пример»", "г. Пример, ул. Первая, 1", false};
  void start() {
    keys = std::make_unique<TenantKeys>(tenant, key.clone());
    keeper = std::make_unique<ErasureKeeper>(ErasureLedger(ledger_file(), keys->ledger_key()),
                                             [this] { return operator_of_data; });
    keys->set_keeper(keeper.get());
  }
  [[nodiscard]] std::string ledger_file() const { return (dir_ / (to_string(tenant) + ".jsonl")).string(); }

  template <class F>
  auto act(const Principal& who, F f) {
    return in_tx([&](db::Tx& tx) {
      keys->settle();
      Access access(tx, *keys, who, now, "test.operation");
      auto result = f(access);
      access.finish();
      return result;
    });
  }
  template <class F>
  auto act(F f) {
    return act(Principal::system(tenant), std::move(f));
  }
  RightsFixture() {
    dir_ = std::filesystem::temp_directory_path() / ("chatika-ledger-" + to_string(new_uuid()));
    start();
    act([&](Access& a) {
      a.tx().exec(sql::kService, service);
      a.tx().exec(sql::kSpecialist, specialist);
      officer = SubjectId(a.new_subject(SubjectKind::employee));
      const auto name = a.seal<Field::employee_name>(officer, officer, "Ольга Ответственная").value();
      const auto email = a.seal<Field::employee_email>(officer, officer, "olga@clinic.example").value();
      a.tx().exec(sql::kEmployee, officer, db::Blob{name.box}, db::Blob{email.box}, now);
      return true;
    });
  }
  ~RightsFixture() override { std::filesystem::remove_all(dir_); }

  [[nodiscard]] Principal the_officer() const {
    auto p = Principal::employee(tenant, EmployeeId(officer), Role::receptionist);
    p.officer = true;
    return p;
  }
  [[nodiscard]] Principal receptionist() const {
    return Principal::employee(tenant, EmployeeId::fresh(), Role::receptionist);
  }

  Somebody add(std::string_view name = "Анна Пример", int messages = 3) {
    return act([&](Access& a) {
      Somebody p{a.new_subject(SubjectKind::visitor), ConversationId::fresh(), LeadId::fresh()};
      auto& tx = a.tx();
      EXPECT_TRUE(give_consent(a, p.id, consent_text({}, "ru"), false, "1"));
      const auto n = a.seal<Field::visitor_name>(p.id, p.id, name).value();
      const auto ph = a.seal<Field::visitor_phone>(p.id, p.id, "+79120000001").value();
      const auto e = a.seal<Field::visitor_email>(p.id, p.id, "anna@visitor.example").value();
      const auto ip = a.seal<Field::visitor_ip>(p.id, p.id, "203.0.113.77").value();
      tx.exec(sql::kVisitor, p.id, db::Blob{n.box}, db::Blob{ph.box}, db::Blob{a.index("visitor.phone", "+79120000001")},
              db::Blob{e.box}, db::Blob{a.index("visitor.email", "anna@visitor.example")}, db::Blob{ip.box}, now);
      const auto d = a.seal<Field::conversation_dialogue>(p.id, p.conversation, "{\"asked\":\"name\"}").value();
      tx.exec(sql::kConversation, p.conversation, p.id, new_uuid(), db::Blob{"token"}, db::Blob{d.box}, now, now);
      for (int i = 1; i <= messages; ++i) {
        const auto id = new_uuid();
        const auto body =
            a.seal<Field::message_body>(p.id, id, "{\"text\":\"Сообщение " + std::to_string(i) + "\",\"choices\":[]}").value();
        tx.exec(sql::kMessage, p.conversation, i, id, db::Blob{body.box}, now);
      }
      const auto note = a.seal<Field::lead_note>(p.id, p.lead, "Перезвонить после шести").value();
      tx.exec(sql::kLead, p.lead, p.id, p.conversation, db::Blob{note.box}, now);
      return p;
    });
  }
  void book(const Somebody& p, Time starts, std::string_view reference = "A-1") {
    act([&](Access& a) {
      a.tx().exec(sql::kBooking, BookingId::fresh(), reference, service, specialist, p.id, p.conversation, starts,
                  starts + std::chrono::minutes(30), now);
      return true;
    });
  }
  std::int64_t rows(const db::Statement& count) {
    return in_tx([&](db::Tx& tx) { return *tx.one(count, [](const db::Row& r) { return r.i64(0); }); });
  }
  // Planned, committed, carried out: as the program does it.
  void erase(SubjectId subject, ErasureReason reason = ErasureReason::request) {
    ASSERT_TRUE(act([&](Access& a) { return plan_erasure(a, subject, {.reason = reason, .due = now}); }));
    ASSERT_TRUE(act([](Access& a) { return erase_due(a, 10); }));
  }
  void erase_what_is_due() { ASSERT_TRUE(act([](Access& a) { return erase_due(a, 10); })); }
  Result<SubjectFile> file(SubjectId subject) {
    return act(the_officer(), [&](Access& a) { return subject_file(a, subject); });
  }
  // The whole sweep and what it planned. Slices it took.
  int sweep() {
    act([](Access& a) { return start_sweep(a).id; });
    int slices = 0;
    while (true) {
      const auto report = act([](Access& a) { return sweep_slice(a); });
      EXPECT_TRUE(report);
      if (!report || !*report) break;
      ++slices;
      if ((*report)->finished_at) break;
    }
    while (*act([](Access& a) { return erase_due(a, 5); }) == 5) {
    }
    return slices;
  }

  const crypto::Key key = crypto::Key::fresh();
  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
  SubjectId officer;
  const ServiceId service = ServiceId::fresh();
  const SpecialistId specialist = SpecialistId::fresh();
  std::unique_ptr<TenantKeys> keys;
  std::unique_ptr<ErasureKeeper> keeper;

 private:
  std::filesystem::path dir_;
};

}  // namespace chatika::privacy
