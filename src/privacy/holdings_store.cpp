#include "privacy/holdings_store.hpp"

#include <deque>
#include <stdexcept>

namespace chatika::privacy::store {
namespace {

const TableRule* direct_rule(std::string_view table) {
  for (const auto& r : table_rules())
    if (r.table == table && r.parent.empty()) return &r;
  return nullptr;
}

// "visitor = $1", or "conversation IN (SELECT id FROM conversation WHERE visitor = $1)".
std::string belongs(const TableRule& rule, std::string_view parameter) {
  std::string out(rule.link);
  if (rule.parent.empty()) return out + " = " + std::string(parameter);
  const auto* parent = direct_rule(rule.parent);
  if (parent == nullptr) throw std::logic_error("privacy: a table's parent has no rule");
  return out + " IN (SELECT id FROM " + std::string(rule.parent) + " WHERE " + std::string(parent->link) + " = " +
         std::string(parameter) + ")";
}

const TableRule& rule_of(std::string_view table) {
  for (const auto& r : table_rules())
    if (r.table == table && !r.row.empty()) return r;
  throw std::logic_error("privacy: a sealed column stands in a table without a rule");
}

std::string emptied(std::string_view columns) {
  std::string out;
  while (!columns.empty()) {
    const auto word = columns.substr(0, columns.find(' '));
    if (!out.empty()) out += ", ";
    out += std::string(word) + " = NULL";
    columns.remove_prefix(std::min(word.size() + 1, columns.size()));
  }
  return out;
}

std::string index_column(Field field) {
  const auto index = blind_index(field);
  return index.empty() ? std::string() : std::string(index.substr(index.find('.') + 1)) + "_index";
}

// Statements live as long as the program; deques never move what they hold.
struct Prepared {
  std::deque<std::string> texts;
  std::deque<db::Statement> statements;
  const db::Statement* make(std::string text) {
    texts.push_back(std::move(text));
    return &statements.emplace_back(texts.back().c_str());
  }
};

struct Made {
  Prepared prepared;
  const db::Statement* all[kFields]{};
  const db::Statement* one[kFields]{};
  const db::Statement* set[kFields]{};
  const db::Statement* index[kFields]{};
  const db::Statement* clear[kFields]{};
  std::vector<const db::Statement*> erase;
  std::vector<const db::Statement*> count;

  Made() {
    for (std::size_t i = 0; i < kFields; ++i) field(static_cast<Field>(i), i);
    for (const auto& r : table_rules()) table(r);
  }

  void field(Field f, std::size_t i) {
    const auto& r = rule(f);
    const auto& t = rule_of(r.table);
    const std::string table(r.table), column(r.column), row(t.row);
    all[i] = prepared.make("SELECT " + row + ", " + column + " FROM " + table + " WHERE " + belongs(t, "$1") + " AND " +
                           column + " IS NOT NULL ORDER BY " + row);
    one[i] = prepared.make("SELECT " + column + " FROM " + table + " WHERE " + belongs(t, "$1") + " AND " + row +
                           " = $2 AND " + column + " IS NOT NULL");
    set[i] = prepared.make("UPDATE " + table + " SET " + column + " = $1 WHERE " + belongs(t, "$2") + " AND " + row +
                           " = $3");
    const auto image = index_column(f);
    if (!image.empty())
      index[i] = prepared.make("UPDATE " + table + " SET " + image + " = $1 WHERE " + belongs(t, "$2"));
    if (clearable(f))
      clear[i] = prepared.make("UPDATE " + table + " SET " + column + " = NULL" +
                               (image.empty() ? std::string() : ", " + image + " = NULL") + " WHERE " + belongs(t, "$1"));
  }

  void table(const TableRule& r) {
    const std::string name(r.table), where = " WHERE " + belongs(r, "$1");
    count.push_back(prepared.make("SELECT count(*) FROM " + name + where));
    if (r.erasing == Erasing::drop)
      erase.push_back(prepared.make("DELETE FROM " + name + where));
    else if (r.erasing == Erasing::detach)
      erase.push_back(prepared.make("UPDATE " + name + " SET " + emptied(r.detail) + where));
    else
      erase.push_back(nullptr);
  }
};
const Made kMade;

std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

}  // namespace

std::vector<SealedRow> sealed_rows(db::Tx& tx, Field field, SubjectId subject) {
  return tx.all(*kMade.all[at(field)], [](const db::Row& r) { return SealedRow{r.uuid(0), r.bytes(1)}; }, subject);
}

std::optional<std::string> sealed_box(db::Tx& tx, Field field, SubjectId subject, const Uuid& row) {
  return tx.one(*kMade.one[at(field)], [](const db::Row& r) { return r.bytes(0); }, subject, row);
}

std::int64_t set_box(db::Tx& tx, Field field, SubjectId subject, const Uuid& row, std::string_view box) {
  return tx.exec(*kMade.set[at(field)], db::Blob{box}, subject, row);
}

void set_index(db::Tx& tx, Field field, SubjectId subject, std::string_view index) {
  tx.exec(*kMade.index[at(field)], db::Blob{index}, subject);
}

bool clearable(Field field) {
  switch (field) {
    case Field::visitor_name:
    case Field::visitor_phone:
    case Field::visitor_email:
    case Field::visitor_ip:
    case Field::conversation_dialogue:
      return true;
    default:
      return false;
  }
}

void clear(db::Tx& tx, Field field, SubjectId subject) {
  tx.exec(*kMade.clear[at(field)], subject);
}

std::int64_t erase_rows(db::Tx& tx, std::size_t rule, SubjectId subject) {
  return kMade.erase[rule] == nullptr ? 0 : tx.exec(*kMade.erase[rule], subject);
}

std::int64_t count_rows(db::Tx& tx, std::size_t rule, SubjectId subject) {
  return tx.one(*kMade.count[rule], [](const db::Row& r) { return r.i64(0); }, subject).value_or(0);
}

}  // namespace chatika::privacy::store
