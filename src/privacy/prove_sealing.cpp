// What lies in the files: sealed fields, passwords, the walls between tenants.
#include <fmt/format.h>

#include <fstream>

#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::size_t kScanOverlap = 64;
constexpr std::size_t kBcryptHead = 7;  // "$2b$12$"

Finding boxes_stay_in_their_place(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto who = Principal::system(scratch.tenant);
  const auto one = scratch.visitor();
  const auto two = scratch.visitor();
  const auto phone_one = scratch.seal(Field::visitor_phone, one, "1111");
  const auto phone_two = scratch.seal(Field::visitor_phone, two, "2222");
  const auto name_one = scratch.seal(Field::visitor_name, one, "1111");
  const auto own = scratch.open(Field::visitor_phone, one, phone_one, Purpose::callback, who);
  if (!own || *own != "1111") return failed("a box does not open in its own place");
  if (scratch.open(Field::visitor_phone, one, phone_two, Purpose::callback, who) ||
      scratch.open(Field::visitor_phone, two, phone_one, Purpose::callback, who))
    return failed("two persons' boxes can be swapped");
  if (scratch.open(Field::visitor_phone, one, name_one, Purpose::callback, who))
    return failed("a box opens in another column");
  for (const std::size_t at : {std::size_t{1}, phone_one.size() / 2, phone_one.size() - 1}) {
    auto bent = phone_one;
    bent[at] = static_cast<char>(bent[at] ^ 1);
    if (scratch.open(Field::visitor_phone, one, bent, Purpose::callback, who))
      return failed("a changed box opens");
  }
  return passed(
      "tried: sealed values of two persons swapped, moved to another column, changed by a bit: none opens");
}

bool contains(const std::filesystem::path& file, std::string_view what) {
  std::ifstream in(file, std::ios::binary);
  std::string window;
  char block[64 * 1024];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    window.append(block, static_cast<std::size_t>(in.gcount()));
    if (window.find(what) != std::string::npos) return true;
    if (window.size() > kScanOverlap) window.erase(0, window.size() - kScanOverlap);
  }
  return false;
}

// Seals a canary into every field that a person may have, writes it where it belongs in the scratch database,
// and looks for it in every file of that installation.
Finding canary_is_in_no_file(ProveScope& scope) {
  auto made = Scratch::make(scope.now);
  if (!made) return failed(made.error().cause);
  auto& scratch = **made;
  const auto canary = "canary-" + to_string(new_uuid());
  int fields = 0;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    const auto category = rule(field).category;
    const auto subject = category == Category::visitor ? scratch.visitor() : [&] {
      SubjectId id{};
      scratch.act([&](Access& access) {
        id = access.new_subject(category == Category::employee ? SubjectKind::employee
                                                               : SubjectKind::requester);
      });
      return id;
    }();
    const auto box = scratch.seal(field, subject, canary);
    if (box.find(canary) != std::string::npos) return failed("a sealed box shows its text");
    scratch.act([&](Access& access) { prove_store::keep_scratch_box(access.tx(), subject, box, scope.now); });
    ++fields;
  }
  scratch.close();
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.directory())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    if (contains(entry.path(), canary))
      return failed("a marked text is readable in " + entry.path().filename().string());
  }
  return passed(fmt::format(
      "tried: a marked text put in through {} fields can be read in none of the {} files it was kept in",
      fields, files));
}

Finding columns_hold_boxes(ProveScope& scope) {
  std::int64_t boxes = 0;
  std::vector<std::string> wrong;
  const auto looked = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    for (std::size_t i = 0; i < kFields; ++i) {
      const auto field = static_cast<Field>(i);
      const auto count = prove_store::boxes(access.tx(), field);
      const auto name = fmt::format("{}.{}", rule(field).table, rule(field).column);
      if (!count)
        wrong.push_back(name + " is sealed by the register, but this check does not read it");
      else if (count->malformed > 0)
        wrong.push_back(fmt::format("{}: {} values are not sealed", name, count->malformed));
      boxes += count ? count->boxes : 0;
    }
    return 0;
  });
  if (!looked) return failed(looked.error().cause);
  if (!wrong.empty()) return failed(wrong.front());
  return passed(fmt::format("{} values in {} sealed columns of {} businesses looked at: none is readable",
                            boxes, kFields, scope.businesses.size()));
}

Finding passwords_are_hashed(ProveScope& scope) {
  std::int64_t hashes = 0;
  std::string weak;
  std::int64_t repeated = 0;
  const auto looked = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    for (const auto& group : prove_store::passwords(access.tx())) {
      hashes += group.hashes;
      const bool bcrypt = group.head.size() == kBcryptHead && group.head.starts_with("$2b$");
      if (!bcrypt || group.head.substr(4, 2) < std::to_string(crypto::kPasswordCost))
        weak = fmt::format("{} passwords are not bcrypt of cost {}", group.hashes, crypto::kPasswordCost);
    }
    repeated += prove_store::repeated_salts(access.tx());
    return 0;
  });
  if (!looked) return failed(looked.error().cause);
  if (!weak.empty()) return failed(weak);
  if (repeated > 0) return failed(fmt::format("{} passwords share a salt", repeated));
  const auto pepper = crypto::Key::fresh();
  const std::string common(80, 'x');
  const auto hash = crypto::hash_password(pepper, common + "1", 4);
  if (!crypto::verify_password(pepper, common + "1", hash) ||
      crypto::verify_password(pepper, common + "2", hash))
    return failed("passwords are cut at 72 bytes");
  return passed(fmt::format(
      "{} passwords are bcrypt of cost {} or more, no salt twice; 80 equal bytes do not hide a difference",
      hashes, crypto::kPasswordCost));
}

Finding tenants_are_apart(ProveScope& scope) {
  const auto isolation = scope.isolation();
  if (!isolation.faults.empty()) return failed(isolation.faults.front());
  return passed(isolation.how);
}

}  // namespace

std::vector<Promise> prove_sealing() {
  return {
      {6, "a ciphertext is bound to its place", boxes_stay_in_their_place},
      {9, "phone, name, e-mail, address and text are encrypted at rest under per-person keys",
       columns_hold_boxes},
      {9, "", canary_is_in_no_file},
      {30, "all sensitive fields are encrypted", columns_hold_boxes},
      {32, "passwords: bcrypt of cost 12, own salt, no cut at 72 bytes", passwords_are_hashed},
      {33, "tenants are isolated in the database", tenants_are_apart},
  };
}

}  // namespace chatika::privacy
