#include "db/migrations.hpp"

#include <array>

namespace chatika::db {
namespace {

std::vector<Migration> qualified(Schema schema, Dialect dialect) {
  std::vector<Migration> out;
  const std::string prefix = schema == Schema::control ? "control/" : "tenant/";
  for (const MigrationText& text : migration_texts(schema, dialect))
    out.push_back({prefix + std::string(text.name), text.sql, fingerprint(text.sql)});
  return out;
}

}  // namespace

std::span<const Migration> migrations(Schema schema, Dialect dialect) {
  static const std::array<std::vector<Migration>, 4> all = {
      qualified(Schema::control, Dialect::sqlite), qualified(Schema::control, Dialect::pg),
      qualified(Schema::tenant, Dialect::sqlite), qualified(Schema::tenant, Dialect::pg)};
  return all[(schema == Schema::tenant ? 2U : 0U) + (dialect == Dialect::pg ? 1U : 0U)];
}

std::string fingerprint(std::string_view text) {
  __extension__ using Wide = unsigned __int128;
  // Offset basis and prime of FNV-1a for 128 bits (draft-eastlake-fnv).
  Wide hash = Wide{0x6c62272e07bb0142} << 64 | 0x62b821756295c58d;
  const Wide prime = Wide{1} << 88 | 0x13b;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= prime;
  }
  std::string out(32, '0');
  for (std::size_t i = 0; i < out.size(); ++i, hash >>= 4)
    out[out.size() - 1 - i] = "0123456789abcdef"[static_cast<unsigned>(hash & 15)];
  return out;
}

Result<std::span<const Migration>> pending_migrations(std::span<const Migration> known,
                                                      std::span<const AppliedMigration> applied) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (i >= known.size() || applied[i].name != known[i].name)
      return fail(Errc::unavailable, "the database has migration " + applied[i].name +
                                         ", which this program does not know: it was written by a newer one");
    if (applied[i].hash != known[i].hash)
      return fail(Errc::unavailable, "migration " + applied[i].name + " was edited after it was applied");
  }
  return known.subspan(applied.size());
}

}  // namespace chatika::db
