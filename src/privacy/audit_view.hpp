// An audit row as a person reads it: for the privacy officer's search and the page "who looked at my data".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "privacy/access.hpp"
#include "privacy/audit.hpp"

namespace chatika::privacy {

struct AuditView {
  std::int64_t lane = 0;
  std::int64_t seq = 0;
  Time at;
  std::string actor;
  std::optional<std::string> actor_name;  // of an employee, where it may be read
  std::string operation;
  std::vector<SubjectId> subjects;
  std::vector<std::string> read;  // "table.column"
  std::vector<std::string> written;
  std::vector<std::string> purposes;
  std::vector<std::string> bases;
  std::string from;
};

// Search, newest first. The reading is audited itself.
Result<std::vector<AuditView>> find_audit(Access& access, const AuditSearch& search);
// What others did with this person's data, newest first: for the officer and for the person themself (with a
// visitor's Access: only their own, Errc::not_found otherwise).
Result<std::vector<AuditView>> who_looked(Access& access, SubjectId subject, const AuditSearch& search);

}  // namespace chatika::privacy
