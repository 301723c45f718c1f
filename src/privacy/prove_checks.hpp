// The checks of this room by theme, and what they share. Only prove_*.cpp include this.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "privacy/consent.hpp"
#include "privacy/prove.hpp"

namespace chatika::privacy {

std::vector<Promise> prove_register();      // P1, P2, P7, P8, P13, P17, P18, P39, P42, P46
std::vector<Promise> prove_sealing();       // P6, P9, P30, P32, P33
std::vector<Promise> prove_consent();       // P19, P20, P21, P23, P47
std::vector<Promise> prove_terms();         // P41
std::vector<Promise> prove_organisation();  // P22, P24 to P29, P54
std::vector<Promise> prove_rights();        // P4, P5, P11, P43, P51 to P53, P56
std::vector<Promise> prove_requests();      // P41, P48 to P50
std::vector<Promise> prove_trials();     // P4, P48, P56 as the program does them, in the scratch installation
std::vector<Promise> prove_documents();  // P44, P45, P55
std::vector<Promise> prove_elsewhere();  // what only people, browsers or later versions can vouch for

// An installation of one tenant on SQLite, in a directory of mode 0700 that goes with it. For trying what
// must not work. Every person in it is made up.
class Scratch {
 public:
  static Result<std::unique_ptr<Scratch>> make(Time now);
  ~Scratch();
  Scratch(const Scratch&) = delete;

  // One operation of `who`; what it throws arrives here.
  void act(const Principal& who, const std::function<void(Access&)>& f);
  void act(const std::function<void(Access&)>& f) { act(Principal::system(tenant), f); }

  // A visitor who consented to all that is asked for.
  SubjectId visitor();
  // Seals `text` into the field's box for the subject, in a row that is the subject's.
  std::string seal(Field field, SubjectId subject, std::string_view text);
  // Errc::internal of crypto, forbidden, consent_required…: why not, if not.
  Result<std::string> open(Field field, SubjectId subject, std::string_view box, Purpose purpose,
                           const Principal& who);

  const TenantId tenant = TenantId::fresh();
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  void close() { storage_.reset(); }
  // The time of the operations that follow.
  void at(Time now) { now_ = now; }
  // An employee whose appointment as privacy officer is made up too.
  [[nodiscard]] Principal officer() const {
    auto who = Principal::employee(tenant, EmployeeId(new_uuid()), Role::receptionist);
    who.officer = true;
    return who;
  }

 private:
  Scratch(std::filesystem::path directory, Time now) : directory_(std::move(directory)), now_(now) {}

  std::filesystem::path directory_;
  Time now_;
  std::unique_ptr<db::Storage> storage_;
  TenantKeys keys_{tenant, crypto::Key::fresh()};
};

// Of every field, by the number of the register's row.
Result<std::string> seal_any(Access& access, Field field, SubjectId subject, const Uuid& row,
                             std::string_view text);
Result<std::string> open_any(Access& access, Field field, SubjectId subject, const Uuid& row,
                             std::string_view box, Purpose purpose);

}  // namespace chatika::privacy
