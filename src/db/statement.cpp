#include "db/engine.hpp"

#include <stdexcept>

namespace chatika::db {
namespace {

// Filled while namespace-scope constants are made, before main; only read afterwards.
std::vector<const Statement*>& registry() {
  static std::vector<const Statement*> all;
  return all;
}

}  // namespace

Statement::Statement(const char* sql, Scope scope)
    : sql_(sql), index_(static_cast<std::uint32_t>(registry().size())), scope_(scope) {
  registry().push_back(this);
}

std::span<const Statement* const> Statement::all() { return registry(); }

std::string bad_statement(const Statement& statement, const std::string& why) {
  return "db: statement " + why + ": " + statement.sql();
}

Uuid Row::uuid(int column) const {
  const auto id = uuid_from_bytes(blob(column));
  if (!id) throw std::logic_error("db: column " + std::to_string(column) + " is not an id");
  return *id;
}

}  // namespace chatika::db
