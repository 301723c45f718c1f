// Who acts. Made from a session, a conversation's token or the command line, never from a body or an address.
#pragma once

#include <string>

#include "base/id.hpp"
#include "json/types.hpp"

namespace chatika::privacy {

enum class Role { owner, receptionist };
CHATIKA_JSON_ENUM(Role, owner, receptionist)

struct Principal {
  enum class Kind { system, visitor, employee };
  TenantId tenant{};
  Kind kind = Kind::system;
  Uuid id{};                       // the subject; nil for the system
  Role role = Role::receptionist;  // employees only
  bool officer = false;  // employees only: appointed privacy officer (152-FZ art. 22.1), beside the role
  std::string from{};    // where the act came from, for the audit: a truncated network, "cli", "job"

  static Principal system(TenantId tenant) { return {.tenant = tenant}; }
  static Principal visitor(TenantId tenant, SubjectId id) {
    return {.tenant = tenant, .kind = Kind::visitor, .id = id};
  }
  static Principal employee(TenantId tenant, EmployeeId id, Role role) {
    return {.tenant = tenant, .kind = Kind::employee, .id = id, .role = role};
  }
};

// "employee:0190…", "visitor:0190…", "system": how the audit names an actor.
std::string actor(const Principal& who);

}  // namespace chatika::privacy
