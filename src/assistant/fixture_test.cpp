#include "assistant/fixture_test.hpp"

#include <algorithm>

namespace chatika::assistant {
namespace {

const db::Statement kInsertCounter("INSERT INTO counter (name, value) VALUES ($1, 0)");
const db::Statement kInsertEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, password_hash, created_at)"
    " VALUES ($1, $2, $3, 'owner', '-', $4)");
const db::Statement kMessages("SELECT COUNT(*) FROM message");

std::vector<booking::Window> hours(bool saturday) {
  std::vector<booking::Window> out;
  for (int day = 1; day <= (saturday ? 6 : 5); ++day) out.push_back({day, 9 * 60, 18 * 60});
  return out;
}

}  // namespace

booking::Catalog clinic_catalog() {
  booking::Catalog c;
  const auto person = [&](const char* ru, const char* en, const char* title_ru, const char* title_en,
                          bool saturday) {
    c.specialists.push_back({SpecialistId::fresh(), ru, en, title_ru, title_en, hours(saturday)});
    return c.specialists.back().id;
  };
  const auto anna = person("Анна Петровна Лебедева", "Anna Lebedeva", "стоматолог", "dentist", false);
  const auto boris = person("Борис Ильич Орлов", "Boris Orlov", "стоматолог", "dentist", true);
  const auto vera = person("Вера Юрьевна Гусева", "Vera Guseva", "кардиолог", "cardiologist", false);
  c.services = {
      {ServiceId::fresh(),
       "Осмотр стоматолога",
       "Dental check-up",
       {"стоматолог", "к стоматологу", "к зубному", "зубной врач"},
       {"dentist", "check my teeth"},
       30,
       1200,
       {anna, boris}},
      {ServiceId::fresh(),
       "Чистка зубов",
       "Teeth cleaning",
       {"чистка", "почистить зубы"},
       {"cleaning"},
       60,
       5500,
       {anna, boris}},
      {ServiceId::fresh(),
       "Приём кардиолога",
       "Cardiologist appointment",
       {"кардиолог", "к кардиологу"},
       {"cardiologist"},
       45,
       std::nullopt,
       {vera}},
      {ServiceId::fresh(),
       "Женская стрижка",
       "Women's haircut",
       {"стрижка женская", "постричься"},
       {"haircut"},
       60,
       2000,
       {anna}},
      {ServiceId::fresh(),
       "Мужская стрижка",
       "Men's haircut",
       {"стрижка мужская", "постричься"},
       {"haircut"},
       45,
       1500,
       {anna}},
  };
  return c;
}

void AssistantFixture::SetUp() {
  catalog = clinic_catalog();
  business = {.greeting_ru = "Здравствуйте! Я ассистент.",
              .greeting_en = "Hello! I am an assistant.",
              .phone = "+7 000 000-00-00",
              .address_ru = "г. Пример",
              .address_en = "Example",
              .time_zone = "Europe/Moscow",
              .clinic = true};
  const auto done = act(system(), [&](privacy::Access& a) -> Result<void> {
    for (const auto* name : {"feed", "knowledge", "booking"}) a.tx().exec(kInsertCounter, name);
    int place = 0;
    for (const auto& s : catalog.specialists) booking::add_specialist(a.tx(), s, ++place);
    for (const auto& s : catalog.services) booking::add_service(a.tx(), s, ++place);
    CHECK(knowledge::create(
        a,
        {"ru", "Парковка", "У клиники есть бесплатная парковка на 12 машин. Въезд на парковку со двора."}));
    CHECK(knowledge::create(a, {"ru", "Кардиолог",
                                "К приёму кардиолога подготовка не нужна. Возьмите прежние кардиограммы. О "
                                "боли в сердце расскажите врачу на приёме."}));
    CHECK(knowledge::create(a, {"en", "Parking", "The clinic has free parking for 12 cars."}));
    return {};
  });
  ASSERT_TRUE(done) << done.error().cause;
  guest = arrive();
}

AssistantFixture::Guest AssistantFixture::arrive(bool health, const char* language) {
  return act(system(),
             [&](privacy::Access& a) -> Result<Guest> {
               const auto text = privacy::consent_text({.controller = {.name = "ООО «Пример»"}, .clinic = true}, language);
               const auto started = TRY(inbox::start(a, {.client_id = new_uuid(),
                                                         .language = language,
                                                         .ip = "192.0.2.7",
                                                         .consent = text,
                                                         .health = health,
                                                         .widget_version = "1",
                                                         .token_hash = crypto::sha256("token")}));
               auto t = TRY(inbox::thread(a, started.conversation));
               CHECK(greet(a, t, business));
               return Guest{started.conversation, started.visitor};
             })
      .value();
}

Result<TurnResult> AssistantFixture::turn(const Guest& g, std::string text, std::optional<std::string> choice,
                                          Uuid client) {
  return act(privacy::Principal::visitor(tenant, g.visitor), [&](privacy::Access& a) {
    const auto snapshot = snapshots.get(a);
    return take_turn(a, snapshot, business,
                     {.conversation = g.conversation,
                      .client_id = client,
                      .text = std::move(text),
                      .choice = std::move(choice)});
  });
}

std::string AssistantFixture::heard(const Result<TurnResult>& r) {
  if (!r) return "error " + std::string(name(r.error().code));
  result = *r;
  std::string out;
  last = {};
  for (const auto& m : r->messages) {
    if (m.from == inbox::Sender::visitor) continue;
    last = {.text = m.text,
            .sources = m.sources,
            .choices = m.choices,
            .days = m.days,
            .ask = m.ask,
            .booking = m.booking};
    out += (out.empty() ? "" : "\n") + m.text;
  }
  return out;
}

std::string AssistantFixture::say(std::string text) {
  return heard(turn(guest, std::move(text)));
}

std::string AssistantFixture::choose(std::string_view label) {
  for (const auto& c : last.choices)
    if (c.label.starts_with(label)) return heard(turn(guest, c.label, c.id));
  for (const auto& day : last.days)
    for (const auto& t : day.times)
      if (t.label == label) return heard(turn(guest, day.label + ", " + t.label, t.id));
  ADD_FAILURE() << "nothing to choose is called " << label << " after: " << last.text;
  return {};
}

std::string AssistantFixture::choose_id(const std::string& id) {
  return heard(turn(guest, "кнопка", id));
}

bool AssistantFixture::offers(std::string_view label) const {
  return std::any_of(last.choices.begin(), last.choices.end(),
                     [&](const auto& c) { return c.label.starts_with(label); });
}

inbox::Thread AssistantFixture::thread() {
  return act(system(), [&](privacy::Access& a) { return inbox::thread(a, guest.conversation); }).value();
}

std::vector<booking::Booking> AssistantFixture::bookings() {
  return act(system(),
             [&](privacy::Access& a) -> Result<std::vector<booking::Booking>> {
               return booking::of_conversation(a, guest.conversation);
             })
      .value();
}

std::vector<inbox::Lead> AssistantFixture::leads() {
  return act(system(), [&](privacy::Access& a) { return inbox::leads_of(a, guest.conversation); }).value();
}

inbox::Contact AssistantFixture::contact() {
  return act(system(),
             [&](privacy::Access& a) { return inbox::contact(a, guest.visitor, privacy::Purpose::lead); })
      .value();
}

std::int64_t AssistantFixture::messages() {
  return in_tx([](db::Tx& tx) { return *tx.one(kMessages, [](const db::Row& r) { return r.i64(0); }); });
}

EmployeeId AssistantFixture::employee() {
  return act(system(),
             [&](privacy::Access& a) -> Result<EmployeeId> {
               const auto id = a.new_subject(privacy::SubjectKind::employee);
               const auto n = TRY(a.seal<privacy::Field::employee_name>(id, id, "Ольга"));
               const auto e = TRY(a.seal<privacy::Field::employee_email>(id, id, "olga@example.org"));
               a.tx().exec(kInsertEmployee, id, db::Blob{n.box}, db::Blob{e.box}, now);
               return EmployeeId(id);
             })
      .value();
}

}  // namespace chatika::assistant
