// T11: a subject file with 100 messages (limit 50 ms), an erasure (20 ms), and what the purpose check and the audit row cost
// a read beyond the store (5 µs). Prints each figure with its ratio to the limit.
//
//   rights_bench [DIR]     SQLite in a fresh directory below DIR (default /tmp)
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include "accounts/tenants.hpp"
#include "privacy/consent.hpp"
#include "privacy/erasure.hpp"
#include "privacy/subject_file.hpp"

namespace {

using namespace chatika;
namespace fs = std::filesystem;
using Clock_ = std::chrono::steady_clock;

constexpr int kPeople = 60;
constexpr int kMessages = 100;
constexpr int kReads = 20'000;

const db::Statement kVisitor(
    "INSERT INTO visitor (id, name_box, phone_box, created_at) VALUES ($1, $2, $3, $4)");
const db::Statement kConversation(
    "INSERT INTO conversation (id, visitor, client_id, token_hash, status, language, last_seq, visitor_read_seq,"
    " staff_read_seq, started_at, last_at) VALUES ($1, $2, $3, $4, 'assistant', 'ru', 0, 0, 0, $5, $6)");
const db::Statement kMessage(
    "INSERT INTO message (conversation, seq, id, sender, body_box, at) VALUES ($1, $2, $3, 'visitor', $4, $5)");
const db::Statement kName("SELECT name_box FROM visitor WHERE id = $1");

double ms(Clock_::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}
template <class F>
double timed(F f) {
  const auto begin = Clock_::now();
  f();
  return ms(Clock_::now() - begin);
}
double at(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}
void say(const char* what, double value, double limit, const char* unit) {
  fmt::print("{:<44} {:9.3f} {}   limit {:g}, ratio {:.3f}\n", what, value, unit, limit, value / limit);
}

SubjectId add(accounts::TenantDb db) {
  return db
      .call("bench.add",
            [](privacy::Access& a) -> Result<SubjectId> {
              const auto id = a.new_subject(privacy::SubjectKind::visitor);
              CHECK(privacy::give_consent(a, id, privacy::consent_text({}, "ru"), false, "1"));
              const auto name = TRY(a.seal<privacy::Field::visitor_name>(id, id, "Анна Пример"));
              const auto phone = TRY(a.seal<privacy::Field::visitor_phone>(id, id, "+79120000001"));
              a.tx().exec(kVisitor, id, db::Blob{name.box}, db::Blob{phone.box}, a.now());
              const auto conversation = new_uuid();
              a.tx().exec(kConversation, conversation, id, new_uuid(), db::Blob{"t"}, a.now(), a.now());
              for (int i = 1; i <= kMessages; ++i) {
                const auto row = new_uuid();
                const auto body = TRY(a.seal<privacy::Field::message_body>(
                    id, row, "{\"text\":\"Здравствуйте, подскажите, пожалуйста, есть ли время завтра после шести?\"}"));
                a.tx().exec(kMessage, conversation, i, row, db::Blob{body.box}, a.now());
              }
              return id;
            })
      .value();
}

}  // namespace

int main(int argc, char** argv) {
  const auto dir = fs::path(argc > 1 ? argv[1] : "/tmp") / ("chatika-rights-" + to_string(new_uuid()));
  auto storage = db::Storage::open({.data_dir = dir.string()}).value();
  const SystemClock clock;
  auto tenants = accounts::Tenants::open(*storage, crypto::Key::fresh(), clock, dir.string() + ".ledger").value();
  const auto tenant = tenants->create("bench", {.name = {"Клиника", ""}, .time_zone = "Europe/Moscow", .address = {"г. Пример", ""}}).value();
  const auto system = privacy::Principal::system(tenant);
  const auto enter = [&] { return tenants->enter(system).value(); };
  std::vector<SubjectId> people;
  for (int i = 0; i < kPeople; ++i) people.push_back(add(enter()));

  std::vector<double> files;
  for (const auto id : people)
    files.push_back(timed([&] {
      if (!enter().call("bench.file", [&](privacy::Access& a) { return privacy::subject_file(a, id); })) std::abort();
    }));
  say("subject file, 100 messages, median", at(files, 0.5), 50, "ms");
  say("subject file, 100 messages, p99", at(files, 0.99), 50, "ms");

  // The same boxes, fetched and opened, with and without the check and the audit row: many reads in one operation.
  double plain = 0;
  double checked = 0;
  (void)enter().call("bench.reads", [&](privacy::Access& a) -> Result<void> {
    plain = timed([&] {
      for (int i = 0; i < kReads; ++i)
        (void)a.tx().one(kName, [](const db::Row& r) { return r.bytes(0); }, people[static_cast<std::size_t>(i % kPeople)]);
    });
    checked = timed([&] {
      for (int i = 0; i < kReads; ++i) {
        const auto id = people[static_cast<std::size_t>(i % kPeople)];
        const auto box = a.tx().one(kName, [](const db::Row& r) { return r.bytes(0); }, id);
        (void)a.open_field(privacy::Field::visitor_name, id, id, *box, privacy::Purpose::addressing);
      }
    });
    return {};
  });
  say("purpose check, opening and audit, a read", (checked - plain) * 1000 / kReads, 5, "us");

  std::vector<double> erasures;
  for (const auto id : people) {
    (void)enter().call("bench.plan", [&](privacy::Access& a) { return privacy::plan_erasure(a, id, {}); });
    erasures.push_back(timed([&] {
      if (!enter().call("bench.erase", [](privacy::Access& a) { return privacy::erase_due(a, 1); })) std::abort();
    }));
  }
  say("erasure of one person, median", at(erasures, 0.5), 20, "ms");
  say("erasure of one person, p99", at(erasures, 0.99), 20, "ms");
  tenants.reset();
  storage.reset();
  fs::remove_all(dir);
  fs::remove_all(dir.string() + ".ledger");
  return 0;
}
