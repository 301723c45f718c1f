// Values between the program and libpq's binary format. Only the postgres_*.cpp files include this.
#pragma once

#include <array>
#include <memory>

#include "db/engine.hpp"

struct pg_result;

namespace chatika::db {

struct ClearPgResult {
  void operator()(pg_result* result) const noexcept;
};
using PgResult = std::unique_ptr<pg_result, ClearPgResult>;

// Parameters as PQsendQueryPrepared wants them. Texts and bytes are referred to, not copied.
class PgParams {
 public:
  // `types`: what the server inferred. Throws std::logic_error when a value cannot be of that type.
  void encode(const Statement& statement, std::span<const Param> params, std::span<const unsigned> types);

  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] const char* const* values() const { return values_.data(); }
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  [[nodiscard]] const int* formats() const { return formats_.data(); }

 private:
  bool encode_number(std::size_t at, std::int64_t value, unsigned type);
  void point_to(std::size_t at, std::string_view bytes);

  int count_ = 0;
  std::array<const char*, kStatementParams> values_{};
  std::array<int, kStatementParams> lengths_{};
  std::array<int, kStatementParams> formats_{};
  std::array<std::array<char, 24>, kStatementParams> numbers_{};  // 24: any int64 in decimal digits
};

class PgRow final : public Row {
 public:
  explicit PgRow(const pg_result* result) : result_(result) {}
  void move_to(int row) { row_ = row; }

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t i64(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] std::string_view blob(int column) const override;

 private:
  unsigned type(int column) const;
  std::string_view raw(int column) const;

  const pg_result* result_;
  int row_ = 0;
};

}  // namespace chatika::db
