// The schema as it grew: migrations/{control,tenant}/NNNN_name.{sqlite,pg}.sql, embedded at build time.
// They are append-only. What a database has applied is kept there with a hash; an edited or an unknown newer
// migration makes the program refuse to start rather than guess.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace chatika::db {

enum class Schema { control, tenant };
enum class Dialect { sqlite, pg };

struct MigrationText {
  std::string_view name;  // "0001_ground_floor"
  std::string_view sql;
};
// In order. Defined in the generated migration_texts.cpp.
std::span<const MigrationText> migration_texts(Schema schema, Dialect dialect);

struct Migration {
  std::string name;  // "tenant/0001_ground_floor"
  std::string_view sql;
  std::string hash;  // to notice edits, not to resist them
};
// The same with names qualified and hashes computed once. Thread-safe.
std::span<const Migration> migrations(Schema schema, Dialect dialect);

// FNV-1a, 128 bits, in hex.
std::string fingerprint(std::string_view text);

struct AppliedMigration {
  std::string name;
  std::string hash;
};
// What remains of `known` after `applied` (both in order of name, of one schema). Errc::unavailable names the migration that does not fit.
Result<std::span<const Migration>> pending_migrations(std::span<const Migration> known, std::span<const AppliedMigration> applied);

}  // namespace chatika::db
