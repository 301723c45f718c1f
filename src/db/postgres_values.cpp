#include "db/postgres_values.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <limits>
#include <stdexcept>

namespace chatika::db {
namespace {

// Object ids of built-in types; fixed since PostgreSQL's beginnings (catalog/pg_type.dat).
enum Type : unsigned {
  kBool = 16,
  kBytea = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kUnknown = 705,
  kBpchar = 1042,
  kVarchar = 1043,
  kNumeric = 1700,
};

bool is_text(unsigned type) {
  return type == kText || type == kVarchar || type == kBpchar || type == kName || type == kUnknown;
}

void put_big_endian(char* out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) out[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

std::int64_t signed_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  const auto unused = static_cast<int>(64 - 8 * bytes.size());
  return static_cast<std::int64_t>(value << unused) >> unused;
}

[[noreturn]] void not_a(int column, const char* what) {
  throw std::logic_error("db: column " + std::to_string(column) + " is not " + what);
}

// Whole numbers in NUMERIC, which sum(bigint) yields: counts of digits, weight, sign, scale, then digits in base 10000.
std::int64_t whole_numeric(std::string_view bytes, int column) {
  if (bytes.size() < 8) not_a(column, "an integer");
  const auto half = [&](std::size_t i) { return signed_big_endian(bytes.substr(2 * i, 2)); };
  const std::int64_t digits = half(0);
  const std::int64_t weight = half(1);
  const bool negative = static_cast<std::uint16_t>(half(2)) == 0x4000;
  if ((half(2) != 0 && !negative) || digits > weight + 1 || weight > 4) not_a(column, "an integer");
  __extension__ using Wide = __int128;
  Wide value = 0;
  for (std::int64_t i = 0; i <= weight; ++i) value = value * 10000 + (i < digits ? half(4 + static_cast<std::size_t>(i)) : 0);
  if (negative) value = -value;
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max())
    not_a(column, "an integer of 64 bits");
  return static_cast<std::int64_t>(value);
}

}  // namespace

void ClearPgResult::operator()(pg_result* result) const noexcept { PQclear(result); }

void PgParams::point_to(std::size_t at, std::string_view bytes) {
  values_[at] = bytes.data() == nullptr ? "" : bytes.data();  // a null pointer would mean NULL: empty is not NULL
  lengths_[at] = static_cast<int>(bytes.size());
  formats_[at] = 1;
}

bool PgParams::encode_number(std::size_t at, std::int64_t value, unsigned type) {
  char* const out = numbers_[at].data();
  std::size_t size = 0;
  switch (type) {
    case kInt8: size = 8; break;
    case kInt4: size = 4; break;
    case kInt2: size = 2; break;
    case kBool: size = 1; break;
    case kNumeric: {
      const auto end = std::to_chars(out, out + numbers_[at].size() - 1, value).ptr;
      *end = '\0';
      point_to(at, out);
      formats_[at] = 0;
      return true;
    }
    default: return false;
  }
  put_big_endian(out, static_cast<std::uint64_t>(value), size);
  const bool fits = type == kBool ? value == 0 || value == 1 : signed_big_endian({out, size}) == value;
  if (fits) point_to(at, {out, size});
  return fits;
}

void PgParams::encode(const Statement& statement, std::span<const Param> params, std::span<const unsigned> types) {
  if (params.size() != types.size() || params.size() > kStatementParams)
    throw std::logic_error(bad_statement(statement, "got " + std::to_string(params.size()) + " parameters"));
  count_ = static_cast<int>(params.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    bool fits = true;
    if (const auto* number = std::get_if<std::int64_t>(&params[i])) {
      fits = encode_number(i, *number, types[i]);
    } else if (const auto* text = std::get_if<std::string_view>(&params[i])) {
      fits = is_text(types[i]);
      point_to(i, *text);
    } else if (const auto* blob = std::get_if<Blob>(&params[i])) {
      fits = types[i] == kBytea;
      point_to(i, blob->bytes);
    } else {
      values_[i] = nullptr;
      lengths_[i] = 0;
      formats_[i] = 1;
    }
    if (!fits) throw std::logic_error(bad_statement(statement, "parameter " + std::to_string(i + 1) + " has the wrong type"));
  }
}

unsigned PgRow::type(int column) const {
  if (column < 0 || column >= PQnfields(result_)) throw std::logic_error("db: no column " + std::to_string(column));
  return PQftype(result_, column);
}

std::string_view PgRow::raw(int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool PgRow::is_null(int column) const {
  type(column);
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t PgRow::i64(int column) const {
  if (is_null(column)) not_a(column, "an integer");
  switch (type(column)) {
    case kInt8:
    case kInt4:
    case kInt2:
    case kBool: return signed_big_endian(raw(column));
    case kNumeric: return whole_numeric(raw(column), column);
    default: not_a(column, "an integer");
  }
}

std::string_view PgRow::text(int column) const {
  if (is_null(column) || !is_text(type(column))) not_a(column, "text");
  return raw(column);
}

std::string_view PgRow::blob(int column) const {
  if (is_null(column) || type(column) != kBytea) not_a(column, "bytes");
  return raw(column);
}

}  // namespace chatika::db
