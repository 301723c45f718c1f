#include "privacy/access.hpp"

#include <gtest/gtest.h>

#include "privacy/audit.hpp"
#include "privacy/consent.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::privacy {
namespace {

const db::Statement kInsertVisitor(
    "INSERT INTO visitor (id, name_box, phone_box, email_box, ip_box, created_at) VALUES ($1, $2, $3, $4, "
    "$5, $6)");
const db::Statement kVisitor("SELECT name_box, phone_box, email_box, ip_box FROM visitor WHERE id = $1");
const db::Statement kKeyBox("SELECT key_box FROM subject WHERE id = $1");
const db::Statement kCapacity("SELECT capacity FROM subject WHERE id = $1");
const db::Statement kCount("SELECT COUNT(*) FROM audit");
const db::Statement kSubjects("SELECT COUNT(*) FROM subject");
const db::Statement kLastAudit("SELECT actor, operation, detail FROM audit ORDER BY seq DESC LIMIT 1");

struct Person {
  Sealed<Field::visitor_name> name;
  Sealed<Field::visitor_phone> phone;
  Sealed<Field::visitor_email> email;
  Sealed<Field::visitor_ip> ip;
};

class AccessTest : public chatika::testing::BothDatabases {
 protected:
  // As after a restart: no subject's key is in memory.
  static TenantKeys cold(TenantId id, const crypto::Key& key) { return TenantKeys(id, key.clone()); }

  template <class F>
  auto act(const Principal& who, F f) {
    return in_tx(who.tenant, [&](db::Tx& tx) {
      auto keys = cold(who.tenant, key);
      Access access(tx, keys, who, now, "test.operation");
      auto result = f(access);
      access.finish();
      return result;
    });
  }
  template <class F>
  auto act(F f) {
    return act(Principal::system(tenant), std::move(f));
  }

  SubjectId add(const char* name, bool consent) {
    return act([&](Access& a) {
      const auto id = a.new_subject(SubjectKind::visitor);
      const auto text = consent_text({}, "ru");
      EXPECT_TRUE(give_consent(a, id, text, false, "1"));
      const auto n = a.seal<Field::visitor_name>(id, id, name).value();
      const auto p = a.seal<Field::visitor_phone>(id, id, "+7 000 000-00-00").value();
      const auto e = a.seal<Field::visitor_email>(id, id, "visitor@example.org").value();
      const auto ip = a.seal<Field::visitor_ip>(id, id, "192.0.2.7").value();
      a.tx().exec(kInsertVisitor, id, db::Blob{n.box}, db::Blob{p.box}, db::Blob{e.box}, db::Blob{ip.box},
                  now);
      if (!consent) EXPECT_TRUE(withdraw_consent(a, id, {}).value());
      return id;
    });
  }
  static Person load(db::Tx& tx, SubjectId id) {
    return *tx.one(
        kVisitor,
        [&](const db::Row& r) {
          return Person{
              {id, id, r.bytes(0)}, {id, id, r.bytes(1)}, {id, id, r.bytes(2)}, {id, id, r.bytes(3)}};
        },
        id);
  }
  std::int64_t rows(const db::Statement& count) {
    return in_tx([&](db::Tx& tx) { return *tx.one(count, [](const db::Row& r) { return r.i64(0); }); });
  }
  template <class F>
  Errc code(const Principal& who, F f) {
    const auto r = act(who, std::move(f));
    return r ? Errc::internal : r.error().code;
  }

  const crypto::Key key = crypto::Key::fresh();
  const Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
};
CHATIKA_BOTH_DATABASES(AccessTest);

TEST_P(AccessTest, what_was_sealed_opens_after_a_restart) {
  const auto id = add("Анна \U0001F600", true);
  EXPECT_EQ(act([&](Access& a) { return a.open(load(a.tx(), id).name, Purpose::addressing); }).value(),
            "Анна \U0001F600");
  EXPECT_EQ(act([&](Access& a) { return a.open(load(a.tx(), id).phone, Purpose::callback); }).value(),
            "+7 000 000-00-00");
  EXPECT_EQ(act([&](Access& a) { return a.open(load(a.tx(), id).email, Purpose::notification); }).value(),
            "visitor@example.org");
  EXPECT_EQ(act([&](Access& a) { return a.open(load(a.tx(), id).ip, Purpose::security); }).value(),
            "192.0.2.7");
}

TEST_P(AccessTest, a_purpose_outside_the_register_is_refused) {
  const auto id = add("Анна", true);
  const auto r = act([&](Access& a) { return a.open(load(a.tx(), id).ip, Purpose::lead); });
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, Errc::forbidden);
}

TEST_P(AccessTest, a_visitor_opens_their_own_and_nobody_elses) {
  const auto anna = add("Анна", true), boris = add("Борис", true);
  const auto as_anna = Principal::visitor(tenant, anna);
  EXPECT_EQ(
      act(as_anna, [&](Access& a) { return a.open(load(a.tx(), anna).name, Purpose::addressing); }).value(),
      "Анна");
  EXPECT_EQ(code(as_anna, [&](Access& a) { return a.open(load(a.tx(), boris).name, Purpose::addressing); }),
            Errc::not_found);
  EXPECT_EQ(
      code(as_anna, [&](Access& a) { return a.open(load(a.tx(), boris).name, Purpose::subject_request); }),
      Errc::not_found);
  const auto employee = Principal::employee(tenant, EmployeeId::fresh(), Role::receptionist);
  EXPECT_EQ(
      act(employee, [&](Access& a) { return a.open(load(a.tx(), boris).name, Purpose::addressing); }).value(),
      "Борис");
}

TEST_P(AccessTest, without_consent_only_what_does_not_rest_on_it_opens) {
  const auto id = add("Анна", false);
  const auto who = Principal::system(tenant);
  EXPECT_EQ(code(who, [&](Access& a) { return a.open(load(a.tx(), id).name, Purpose::addressing); }),
            Errc::consent_required);
  EXPECT_EQ(code(who, [&](Access& a) { return a.open(load(a.tx(), id).phone, Purpose::lead); }),
            Errc::consent_required);
  // The second of one operation too: the answer is kept in memory.
  EXPECT_EQ(code(who,
                 [&](Access& a) {
                   static_cast<void>(a.open(load(a.tx(), id).phone, Purpose::lead));
                   return a.open(load(a.tx(), id).name, Purpose::addressing);
                 }),
            Errc::consent_required);
  EXPECT_TRUE(act([&](Access& a) { return a.open(load(a.tx(), id).ip, Purpose::security); }));
  EXPECT_TRUE(act([&](Access& a) { return a.open(load(a.tx(), id).name, Purpose::subject_request); }));
}

TEST_P(AccessTest, without_consent_nothing_that_rests_on_it_is_written) {
  const auto id = add("Анна", false), other = add("Борис", true);
  const auto none = act([](Access& a) { return a.new_subject(SubjectKind::visitor); });
  const auto who = Principal::system(tenant);
  for (const auto& person : {id, none}) {
    EXPECT_EQ(code(who, [&](Access& a) { return a.seal<Field::message_body>(person, new_uuid(), "Привет"); }),
              Errc::consent_required);
    EXPECT_TRUE(act([&](Access& a) { return a.seal<Field::visitor_ip>(person, person, "192.0.2.7"); }));
  }
  EXPECT_TRUE(act([&](Access& a) { return a.seal<Field::message_body>(other, new_uuid(), "Привет"); }));
  EXPECT_EQ(code(Principal::visitor(tenant, id),
                 [&](Access& a) { return a.seal<Field::visitor_name>(other, other, "Анна"); }),
            Errc::not_found);
}

// What lies in the database is no text, and one person's key is of no use for another's data.
TEST_P(AccessTest, P9_what_lies_in_the_rows_is_sealed_under_each_persons_own_key) {
  const auto anna = add("Анна", true), boris = add("Борис", true);
  const auto [a, b] = in_tx([&](db::Tx& tx) { return std::pair{load(tx, anna), load(tx, boris)}; });
  for (const auto* box : {&a.name.box, &a.phone.box, &a.email.box, &a.ip.box})
    for (const auto* text : {"Анна", "+7 000 000-00-00", "visitor@example.org", "192.0.2.7"})
      EXPECT_EQ(box->find(text), std::string::npos);
  in_tx([&](db::Tx& tx) {
    const auto box_of = [&](SubjectId id) {
      return *tx.one(kKeyBox, [](const db::Row& r) { return r.bytes(0); }, id);
    };
    auto keys = cold(tenant, key);
    const auto of_anna = keys.unwrap(anna, box_of(anna)).value()->clone();
    const auto of_boris = keys.unwrap(boris, box_of(boris)).value()->clone();
    const crypto::Place place{tenant, "visitor", "name_box", anna};
    EXPECT_EQ(crypto::open(of_anna, place, a.name.box).value(), "Анна");
    EXPECT_FALSE(crypto::open(of_boris, place, a.name.box)) << "two people have one key";
  });
}

TEST_P(AccessTest, P23_each_record_says_for_whom_it_is_kept) {
  const auto capacity = [&](SubjectKind kind) {
    const auto id = act([&](Access& a) { return a.new_subject(kind); });
    return in_tx([&](db::Tx& tx) { return *tx.one(kCapacity, [](const db::Row& r) { return r.str(0); }, id); });
  };
  EXPECT_EQ(capacity(SubjectKind::visitor), "processor");
  EXPECT_EQ(capacity(SubjectKind::requester), "processor");
  EXPECT_EQ(capacity(SubjectKind::employee), "controller");
}

TEST_P(AccessTest, P6_a_box_opens_in_its_own_place_only) {
  const auto anna = add("Анна", true), boris = add("Борис", true);
  const auto [a, b] = in_tx([&](db::Tx& tx) { return std::pair{load(tx, anna), load(tx, boris)}; });
  const auto refused = [&](const auto& sealed, Purpose purpose) {
    const auto r = act([&](Access& access) { return access.open(sealed, purpose); });
    return !r && r.error().code == Errc::internal && r.error().cause == "sealed data cannot be opened";
  };
  EXPECT_TRUE(
      refused(Sealed<Field::visitor_name>{anna, anna, b.name.box}, Purpose::addressing));  // another's row
  EXPECT_TRUE(refused(Sealed<Field::visitor_name>{anna, boris, a.name.box},
                      Purpose::addressing));  // same key, other row
  EXPECT_TRUE(refused(Sealed<Field::visitor_name>{boris, boris, a.name.box}, Purpose::addressing));
  EXPECT_TRUE(
      refused(Sealed<Field::visitor_name>{anna, anna, a.phone.box}, Purpose::addressing));  // other column
  EXPECT_TRUE(
      refused(Sealed<Field::message_body>{anna, anna, a.name.box}, Purpose::answering));  // other table
  auto flipped = a.name;
  flipped.box.back() = static_cast<char>(flipped.box.back() ^ 1);
  EXPECT_TRUE(refused(flipped, Purpose::addressing));
  flipped.box.resize(5);
  EXPECT_TRUE(refused(flipped, Purpose::addressing));
  EXPECT_FALSE(refused(a.name, Purpose::addressing));
}

TEST_P(AccessTest, a_subjects_key_of_another_tenant_or_with_another_tenant_key_does_not_unwrap) {
  const auto id = add("Анна", true);
  const auto sealed = in_tx([&](db::Tx& tx) { return load(tx, id); }).name;
  // The other tenant has no such subject, whatever it knows of the box.
  EXPECT_EQ(
      code(Principal::system(other), [&](Access& a) { return a.open(sealed, Purpose::subject_request); }),
      Errc::not_found);
  const auto r = in_tx([&](db::Tx& tx) {
    TenantKeys wrong(tenant, crypto::Key::fresh());
    Access a(tx, wrong, Principal::system(tenant), now, "test");
    return a.open(sealed, Purpose::addressing);
  });
  EXPECT_FALSE(r);
}

TEST_P(AccessTest, P35_an_operation_leaves_one_row_that_names_every_subject_once) {
  const auto anna = add("Анна", true), boris = add("Борис", true);
  const auto before = rows(kCount);
  const auto who = Principal::employee(tenant, EmployeeId::fresh(), Role::owner);
  act(who, [&](Access& a) {
    for (const auto id : {boris, anna, boris}) {
      EXPECT_TRUE(a.open(load(a.tx(), id).name, Purpose::addressing));
      EXPECT_TRUE(a.open(load(a.tx(), id).phone, Purpose::lead));
    }
    EXPECT_TRUE(a.seal<Field::message_body>(anna, anna, "текст"));
    a.audit(anna);
    return true;
  });
  EXPECT_EQ(rows(kCount), before + 1);
  struct Last {
    std::string actor, operation, detail;
  };
  const auto last = in_tx([](db::Tx& tx) {
    return *tx.one(kLastAudit, [](const db::Row& r) { return Last{r.str(0), r.str(1), r.str(2)}; });
  });
  EXPECT_EQ(last.actor, "employee:" + to_string(who.id));
  EXPECT_EQ(last.operation, "test.operation");
  EXPECT_EQ(
      last.detail,
      "{\"subjects\":[\"" + to_string(boris) + "\",\"" + to_string(anna) +
          "\"],\"read\":[\"visitor.name_box\",\"visitor.phone_box\"],\"written\":[\"message.body_box\"],"
          "\"purposes\":[\"addressing\",\"lead\"],\"bases\":[\"consent\"]}");
}

TEST_P(AccessTest, P46_a_blocked_person_is_readable_to_the_privacy_officer_alone) {
  const auto id = add("Анна", true);
  EXPECT_TRUE(act([&](Access& a) { return block(a, id); }).value());
  EXPECT_FALSE(act([&](Access& a) { return block(a, id); }).value());
  const auto name_for = [&](Purpose purpose) {
    return [&, purpose](Access& a) { return a.open(load(a.tx(), id).name, purpose); };
  };
  auto employee = Principal::employee(tenant, EmployeeId::fresh(), Role::owner);
  for (const auto& who : {employee, Principal::system(tenant), Principal::visitor(tenant, id)})
    EXPECT_EQ(code(who, name_for(Purpose::addressing)), Errc::blocked);
  EXPECT_EQ(code(employee, name_for(Purpose::subject_request)), Errc::blocked);
  EXPECT_EQ(code(Principal::visitor(tenant, id), name_for(Purpose::subject_request)), Errc::blocked);
  EXPECT_EQ(
      code(Principal::system(tenant), [&](Access& a) { return a.seal<Field::visitor_name>(id, id, "Инна"); }),
      Errc::blocked);
  employee.officer = true;
  EXPECT_EQ(act(employee, name_for(Purpose::subject_request)).value(), "Анна");
  EXPECT_EQ(code(employee, name_for(Purpose::addressing)), Errc::blocked);
  EXPECT_TRUE(act([&](Access& a) { return unblock(a, id); }).value());
  EXPECT_TRUE(act([&](Access& a) { return a.open(load(a.tx(), id).name, Purpose::addressing); }));
}

TEST_P(AccessTest, P42_withdrawal_denies_the_next_read_and_within_the_operation_too) {
  const auto id = add("Анна", true);
  const auto read = [&](Access& a) { return a.open(load(a.tx(), id).name, Purpose::addressing); };
  EXPECT_EQ(code(Principal::system(tenant),
                 [&](Access& a) -> Result<std::string> {
                   EXPECT_TRUE(read(a));
                   EXPECT_TRUE(withdraw_consent(a, id, {}).value());
                   return read(a);
                 }),
            Errc::consent_required);
  EXPECT_EQ(code(Principal::system(tenant), read), Errc::consent_required);
  EXPECT_FALSE(
      act([&](Access& a) { return a.open_if_allowed(load(a.tx(), id).name, Purpose::addressing); }).value());
}

TEST_P(AccessTest, a_destroyed_key_opens_nothing_even_when_it_was_in_memory) {
  const auto id = add("Анна", true);
  TenantKeys warm(tenant, key.clone());
  const auto sealed = in_tx([&](db::Tx& tx) { return load(tx, id).name; });
  const auto in_warm = [&](auto f) {
    return in_tx([&](db::Tx& tx) {
      Access a(tx, warm, Principal::system(tenant), now, "test");
      return f(a);
    });
  };
  EXPECT_TRUE(in_warm([&](Access& a) { return a.open(sealed, Purpose::addressing); }));
  in_warm([&](Access& a) { return a.destroy_key(id), true; });
  const auto r = in_warm([&](Access& a) { return a.open(sealed, Purpose::subject_request); });
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, Errc::gone);
  EXPECT_FALSE(in_warm([&](Access& a) { return a.seal<Field::visitor_ip>(id, id, "192.0.2.7"); }));
  EXPECT_FALSE(act([&](Access& a) { return give_consent(a, id, consent_text({}, "ru"), false, "1"); }));
}

TEST_P(AccessTest, an_operation_that_touched_nothing_leaves_no_row) {
  const auto before = rows(kCount);
  act([](Access&) { return true; });
  EXPECT_EQ(rows(kCount), before);
  act([](Access& a) { return a.audit(), true; });
  EXPECT_EQ(rows(kCount), before + 1);
}

TEST_P(AccessTest, an_operation_that_fails_leaves_neither_data_nor_row) {
  const auto audited = rows(kCount), subjects = rows(kSubjects);
  EXPECT_THROW(act([&](Access& a) -> bool {
                 const auto id = a.new_subject(SubjectKind::visitor);
                 EXPECT_TRUE(a.seal<Field::visitor_ip>(id, id, "192.0.2.7"));
                 a.finish();  // even when the row was already written
                 throw std::runtime_error("stop");
               }),
               std::runtime_error);
  EXPECT_EQ(rows(kCount), audited);
  EXPECT_EQ(rows(kSubjects), subjects);
}

TEST_P(AccessTest, an_index_is_the_same_after_a_restart_and_different_elsewhere) {
  const auto index = [&](TenantId id, const crypto::Key& k, const char* column) {
    return cold(id, k).index(column, "+70000000000");
  };
  EXPECT_EQ(index(tenant, key, "visitor.phone"), index(tenant, key, "visitor.phone"));
  EXPECT_NE(index(tenant, key, "visitor.phone"), index(tenant, key, "visitor.email"));
  EXPECT_NE(index(tenant, key, "visitor.phone"), index(tenant, crypto::Key::fresh(), "visitor.phone"));
}

TEST(TenantKeysTest, hold_no_more_keys_than_their_bound_and_drop_the_least_recent) {
  TenantKeys keys(TenantId::fresh(), crypto::Key::fresh());
  const auto first = SubjectId::fresh(), second = SubjectId::fresh();
  keys.new_subject_key(first);
  keys.new_subject_key(second);
  for (std::size_t i = 2; i < kSubjectKeysCached; ++i) keys.new_subject_key(SubjectId::fresh());
  EXPECT_NE(keys.cached(first), nullptr);  // now the most recent
  keys.new_subject_key(SubjectId::fresh());
  EXPECT_NE(keys.cached(first), nullptr);
  EXPECT_EQ(keys.cached(second), nullptr);
  keys.forget(first);
  EXPECT_EQ(keys.cached(first), nullptr);
}

}  // namespace
}  // namespace chatika::privacy
