// SQL made once, at start, from the register and the rules of holdings.hpp. Nobody outside the room includes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.hpp"
#include "privacy/holdings.hpp"

namespace chatika::privacy::store {

struct SealedRow {
  Uuid row;
  std::string box;
};
// Every filled box of this field that belongs to the person, in the order of the rows' ids.
std::vector<SealedRow> sealed_rows(db::Tx& tx, Field field, SubjectId subject);
std::optional<std::string> sealed_box(db::Tx& tx, Field field, SubjectId subject, const Uuid& row);
// Rows changed: 0 when the row is not the person's.
std::int64_t set_box(db::Tx& tx, Field field, SubjectId subject, const Uuid& row, std::string_view box);
void set_index(db::Tx& tx, Field field, SubjectId subject, std::string_view index);
// Only of a column that may be empty (clearable); the keyed image goes with it.
bool clearable(Field field);
void clear(db::Tx& tx, Field field, SubjectId subject);
// Rows that went or were detached.
std::int64_t erase_rows(db::Tx& tx, std::size_t rule, SubjectId subject);
std::int64_t count_rows(db::Tx& tx, std::size_t rule, SubjectId subject);

}  // namespace chatika::privacy::store
