// Wire types of the audit: who looked at and changed whose data, and whether the log is whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "json/types.hpp"

namespace chatika::api {

struct AuditPerson {
  SubjectId id;
  std::string name;  // a pseudonym: the log shows nobody's name
};
CHATIKA_JSON(AuditPerson, id, name)

struct AuditItem {
  std::string seq;  // "lane.seq", unique in the tenant
  Time at;
  std::string actor;                      // "employee:<id>", "visitor:<id>", "system"
  std::optional<std::string> actor_name;  // of an employee whose name may be read
  std::string operation;
  std::vector<AuditPerson> subjects;
  std::vector<std::string> fields;  // read or written
  std::vector<std::string> read;    // "visitor.phone_box", …
  std::vector<std::string> written;
  std::vector<std::string> purposes;
  std::vector<std::string> bases;
  std::string from;  // a truncated network, "cli", "job"; empty: unknown
};
CHATIKA_JSON(AuditItem, seq, at, actor, actor_name, operation, subjects, fields, read, written, purposes,
             bases, from)

struct AuditCheck {
  std::int64_t rows = 0;           // good ones
  std::int64_t checkpoints = 0;    // signed, that they agree with
  std::int64_t unsigned_rows = 0;  // after the last checkpoint
  std::int64_t losses = 0;         // lost tails that were acknowledged after a restore
  std::optional<std::int64_t> lane;
  std::optional<std::int64_t> first_bad;
  std::optional<std::string> fault;  // row, tail, checkpoint, signature, index
  Time checked_at;
};
CHATIKA_JSON(AuditCheck, rows, checkpoints, unsigned_rows, losses, lane, first_bad, fault, checked_at)

}  // namespace chatika::api
