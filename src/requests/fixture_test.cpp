#include "requests/fixture_test.hpp"

#include "base/text.hpp"
#include "json/write.hpp"
#include "notify/params.hpp"

namespace chatika::requests {
namespace {

const db::Statement kInsertEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, officer, password_hash, created_at)"
    " VALUES ($1, $2, $3, 'owner', 1, '-', $4)");
const db::Statement kInsertVisitor(
    "INSERT INTO visitor (id, name_box, phone_box, phone_index, email_box, email_index, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kSecrets(
    "SELECT subject, id, secrets_box FROM outbox WHERE template = 'request_code' AND secrets_box IS NOT NULL"
    " ORDER BY created_at DESC, id DESC LIMIT 1");
const db::Statement kAddresses(
    "SELECT subject, id, address_box FROM outbox WHERE template = $1 ORDER BY created_at, id");
const db::Statement kAllSecrets(
    "SELECT subject, id, secrets_box FROM outbox WHERE template = $1 AND secrets_box IS NOT NULL ORDER BY created_at, id");
const db::Statement kRename("UPDATE visitor SET email_box = $1, email_index = $2 WHERE id = $3");
const db::Statement kTemplates("SELECT template FROM outbox ORDER BY created_at, id");
const db::Statement kEvents("SELECT kind FROM request_event WHERE request = $1 ORDER BY seq");
const db::Statement kName("SELECT name_box FROM visitor WHERE id = $1");

Result<void> consent_of(privacy::Access& a, SubjectId id) {
  const auto text = privacy::consent_text({.controller = {.name = "ООО «Пример»", .address = "г. Пример", .email = "privacy@example.org"},
                                           .processor = {.name = "ООО «Обработчик»"}},
                                          "ru");
  CHECK(privacy::give_consent(a, id, text, false, "7"));
  return {};
}

}  // namespace

void RequestFixture::SetUp() {
  register_handlers(handlers);
  officer_id = act(system(),
                   [&](privacy::Access& a) -> Result<EmployeeId> {
                     const auto id = a.new_subject(privacy::SubjectKind::employee);
                     const auto n = TRY(a.seal<privacy::Field::employee_name>(id, id, "Ольга"));
                     const auto e = TRY(a.seal<privacy::Field::employee_email>(id, id, "officer@example.org"));
                     a.tx().exec(kInsertEmployee, id, db::Blob{n.box}, db::Blob{e.box}, now);
                     return EmployeeId(id);
                   })
                   .value();
}

namespace {

Result<SubjectId> insert_person(privacy::Access& a, const std::string& name, const std::string& email,
                                const std::string& phone, Time now) {
               const auto id = a.new_subject(privacy::SubjectKind::visitor);
               CHECK(consent_of(a, id));
               const auto n = TRY(a.seal<privacy::Field::visitor_name>(id, id, name));
               const auto p = TRY(a.seal<privacy::Field::visitor_phone>(id, id, phone));
               const auto e = TRY(a.seal<privacy::Field::visitor_email>(id, id, email));
               const auto pi = a.index("visitor.phone", phone);
               const auto ei = a.index("visitor.email", text::fold(email));
               const auto blob = [](bool there, const std::string& bytes) {
                 return there ? std::optional(db::Blob{bytes}) : std::nullopt;
               };
               a.tx().exec(kInsertVisitor, id, db::Blob{n.box}, blob(!phone.empty(), p.box), blob(!phone.empty(), pi),
                           blob(!email.empty(), e.box), blob(!email.empty(), ei), now);
               return id;
}

}  // namespace

SubjectId RequestFixture::person(const std::string& name, const std::string& email, const std::string& phone) {
  return act(system(), [&](privacy::Access& a) { return insert_person(a, name, email, phone, now); }).value();
}

std::vector<SubjectId> RequestFixture::many(const std::string& email, std::size_t n) {
  return act(system(), [&](privacy::Access& a) -> Result<std::vector<SubjectId>> {
    std::vector<SubjectId> out;
    while (out.size() < n) out.push_back(TRY(insert_person(a, "Анна", email, "", now)));
    return out;
  }).value();
}

void RequestFixture::consent(SubjectId id) {
  act(system(), [&](privacy::Access& a) -> Result<bool> {
    CHECK(consent_of(a, id));
    return true;
  }).value();
}

Filing RequestFixture::form(RequestType type, const std::string& email) const {
  return {.type = type,
          .channel = RequestChannel::form,
          .language = "ru",
          .zone = "Europe/Moscow",
          .asked = {"Анна Примерова", email, "Телефон и переписка в чате", "Прошу сообщить, что у вас есть"},
          .phone = {},
          .subjects = {},
          .received_at = {}};
}

Filed RequestFixture::filed(Filing filing) {
  return act(system(), [&](privacy::Access& a) { return file(a, filing); }).value();
}

void RequestFixture::work() {
  for (int round = 0; round < 50; ++round) {
    const auto claimed =
        act(system(), [&](privacy::Access& a) -> Result<jobs::Claimed> { return jobs::claim(a, handlers, {.inside = 8, .outside = 0}); })
            .value();
    if (claimed.inside.empty()) return;
    for (const auto& job : claimed.inside) {
      const auto ran = act(system(), [&](privacy::Access& a) { return jobs::run(a, handlers, job); });
      ASSERT_TRUE(ran) << job.kind << ": " << name(ran.error().code) << " " << ran.error().cause;
    }
  }
  FAIL() << "the jobs never end";
}

std::optional<std::string> RequestFixture::mailed_code() {
  return act(system(),
             [&](privacy::Access& a) -> Result<std::optional<std::string>> {
               struct Row {
                 SubjectId subject;
                 Uuid id;
                 std::string box;
               };
               const auto row = a.tx().one(
                   kSecrets, [](const db::Row& r) { return Row{r.id<SubjectId>(0), r.uuid(1), r.bytes(2)}; });
               if (!row) return std::optional<std::string>();
               const privacy::Sealed<privacy::Field::outbox_secrets> sealed{row->subject, row->id, row->box};
               const auto params =
                   TRY(notify::read_params(TRY(a.open(sealed, privacy::Purpose::subject_request))));
               return std::optional(params.at("code"));
             })
      .value();
}

std::vector<std::string> RequestFixture::mailed_to(const std::string& what) {
  return act(system(),
             [&](privacy::Access& a) -> Result<std::vector<std::string>> {
               using Address = privacy::Sealed<privacy::Field::outbox_address>;
               std::vector<std::string> out;
               for (const auto& sealed : a.tx().all(kAddresses, [](const db::Row& r) {
                      return Address{r.id<SubjectId>(0), r.uuid(1), r.is_null(2) ? std::string() : r.bytes(2)};
                    }, what))
                 out.push_back(sealed.box.empty() ? "of the record" : TRY(a.open(sealed, privacy::Purpose::subject_request)));
               return out;
             })
      .value();
}

std::vector<std::string> RequestFixture::mailed_secrets(const std::string& what, const std::string& name) {
  return act(system(),
             [&](privacy::Access& a) -> Result<std::vector<std::string>> {
               using Secrets = privacy::Sealed<privacy::Field::outbox_secrets>;
               std::vector<std::string> out;
               for (const auto& sealed : a.tx().all(
                        kAllSecrets, [](const db::Row& r) { return Secrets{r.id<SubjectId>(0), r.uuid(1), r.bytes(2)}; }, what))
                 out.push_back(TRY(notify::read_params(TRY(a.open(sealed, privacy::Purpose::subject_request)))).at(name));
               return out;
             })
      .value();
}

void RequestFixture::rename_email(SubjectId id, const std::string& email) {
  act(system(), [&](privacy::Access& a) -> Result<bool> {
    const auto e = TRY(a.seal<privacy::Field::visitor_email>(id, id, email));
    a.tx().exec(kRename, db::Blob{e.box}, db::Blob{a.index("visitor.email", text::fold(email))}, id);
    return true;
  }).value();
}

std::vector<std::string> RequestFixture::mailed() {
  return in_tx([](db::Tx& tx) { return tx.all(kTemplates, [](const db::Row& r) { return r.str(0); }); });
}

std::vector<EventKind> RequestFixture::happened(RequestId id) {
  return in_tx([&](db::Tx& tx) {
    return tx.all(kEvents, [](const db::Row& r) { return json::from_name<EventKind>(r.text(0)); }, id);
  });
}

Result<std::string> RequestFixture::name_for(SubjectId id, privacy::Purpose purpose) {
  return act(system(), [&](privacy::Access& a) -> Result<std::string> {
    const auto box = a.tx().one(kName, [](const db::Row& r) { return r.bytes(0); }, id);
    const privacy::Sealed<privacy::Field::visitor_name> sealed{id, id, box.value()};
    return a.open(sealed, purpose);
  });
}

}  // namespace chatika::requests
