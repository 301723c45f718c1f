// How the rows of each table belong to a person, and what erasing the person does to them. Blocking, the subject
// file, correction, erasure and retention walk this and the register; the other rooms need no code of their own.
//
// A table with personal columns that has no rule here fails holdings_test: whoever adds a table says at once what
// becomes of its rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/register.hpp"

namespace chatika::privacy {

enum class Erasing {
  drop,    // the rows go
  detach,  // the rows stay as numbers, without what leads to the person
  keep,    // the rows stay: pseudonyms that the law or the duty to prove asks for
};

struct TableRule {
  std::string_view table;
  std::string_view link;    // its column that names the person, or a row of `parent`
  std::string_view parent;  // the table through which the rows belong; "": `link` is the person
  Erasing erasing;
  std::string_view detail;  // detach: the columns emptied; keep: why
  std::string_view row;     // the column that a sealed box's place names; "": nothing is sealed
  enum class Whose { anyone, visitor, employee } whose = Whose::anyone;  // kinds of person it can have rows of
};
// Children before their parents: erasing goes through it in this order. A table may have several.
std::span<const TableRule> table_rules();
// Tables with personal columns that belong to nobody in particular, and why they need no rule.
struct FreeTable {
  std::string_view table;
  std::string_view why;
};
std::span<const FreeTable> free_tables();

// "visitor.phone": how the wire, holds and documents name a field.
std::string field_key(Field field);
std::optional<Field> field_of(std::string_view key);
// Besides the sealed fields, a hold may keep the bookings.
inline constexpr std::string_view kBookings = "booking";

// What can be corrected: what the person told us about themself.
bool correctable(Field field);
// The keyed image that must follow a field's correction: "visitor.phone", "" when it has none.
std::string_view blind_index(Field field);

}  // namespace chatika::privacy
