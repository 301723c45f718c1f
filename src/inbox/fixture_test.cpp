#include "inbox/fixture_test.hpp"

namespace chatika::inbox {
namespace {

const db::Statement kInsertEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, password_hash, created_at)"
    " VALUES ($1, $2, $3, 'receptionist', '-', $4)");

const db::Statement kInsertCounter("INSERT INTO counter (name, value) VALUES ('feed', 0)");

}  // namespace

void InboxFixture::SetUp() {
  for (const auto id : {tenant, other}) in_tx(id, [](db::Tx& tx) { tx.exec(kInsertCounter); });
  olga = add_employee("Ольга");
  pavel = add_employee("Павел");
}

EmployeeId InboxFixture::add_employee(const char* name) {
  return act(system(),
             [&](privacy::Access& a) -> Result<EmployeeId> {
               const auto id = a.new_subject(privacy::SubjectKind::employee);
               const auto n = TRY(a.seal<privacy::Field::employee_name>(id, id, name));
               const auto e = TRY(a.seal<privacy::Field::employee_email>(id, id, "employee@example.org"));
               a.tx().exec(kInsertEmployee, id, db::Blob{n.box}, db::Blob{e.box}, now);
               return EmployeeId(id);
             })
      .value();
}

privacy::ConsentText InboxFixture::text() {
  return privacy::consent_text({.controller = {.name = "ООО «Пример»", .address = "г. Пример", .email = "privacy@example.org"},
                                .processor = {.name = "ООО «Обработчик»"},
                                .clinic = true},
                               "ru");
}

Result<Started> InboxFixture::start_in(privacy::Access& a, Uuid client_id, std::string_view token, bool health) {
  return inbox::start(a, {.client_id = client_id,
                          .language = "ru",
                          .ip = "192.0.2.7",
                          .consent = text(),
                          .health = health,
                          .widget_version = "7",
                          .token_hash = hash(token)});
}

Result<Started> InboxFixture::start(Uuid client_id, std::string_view token, bool health) {
  return act(system(), [&](privacy::Access& a) { return start_in(a, client_id, token, health); });
}

Result<Message> InboxFixture::write(const Started& s, Sender from, std::string words,
                                    std::optional<Uuid> client_id) {
  return act(visitor(s.visitor), [&](privacy::Access& a) -> Result<Message> {
    auto t = TRY(thread(a, s.conversation));
    auto m = TRY(append(
        a, t, {.from = from, .author = {}, .client_id = client_id, .body = {.text = std::move(words)}}));
    save(a, t);
    return m;
  });
}

}  // namespace chatika::inbox
