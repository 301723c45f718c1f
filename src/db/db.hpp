// Transactions over SQLite (one file a tenant) and PostgreSQL (row-level security), behind one face.
//
// A Tx belongs to exactly one tenant and cannot name another. Statements are written once for both engines:
// `$1` in order of first use, no `::`, no `ON CONFLICT` target, times as integer microseconds, flags as 0/1,
// ids and boxes as raw bytes (BLOB / bytea), everything else TEXT or BIGINT/INTEGER.
//
// Threads: everything of one tenant runs on one thread at a time (see executor.hpp); a Tx never leaves the call it was given to.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace chatika::db {

// One statement of the program. Only namespace-scope constants in *_store.cpp: each registers itself, and a
// test prepares every one on both engines. `sql` must outlive the program's work (a literal).
class Statement {
 public:
  enum class Scope { tenant, control };
  explicit Statement(const char* sql, Scope scope = Scope::tenant);
  Statement(const Statement&) = delete;
  [[nodiscard]] const char* sql() const { return sql_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }  // dense, for the drivers' caches of prepared statements
  [[nodiscard]] Scope scope() const { return scope_; }
  static std::span<const Statement* const> all();

 private:
  const char* sql_;
  std::uint32_t index_;
  Scope scope_;
};

struct Blob {  // raw bytes as a parameter
  std::string_view bytes;
};
using Param = std::variant<std::monostate, std::int64_t, std::string_view, Blob>;

inline Param param(std::nullptr_t) { return {}; }
template <std::integral T>
Param param(T v) { return static_cast<std::int64_t>(v); }
inline Param param(std::string_view v) { return v; }
inline Param param(const std::string& v) { return std::string_view(v); }
inline Param param(const char* v) { return std::string_view(v); }
inline Param param(Blob v) { return v; }
inline Param param(const Uuid& v) { return Blob{v.view()}; }
inline Param param(Time v) { return to_micros(v); }
template <class T>
Param param(const std::optional<T>& v) { return v ? param(*v) : Param{}; }

// The current row of a result; views live until the next row. Reading a column as what it is not is a bug (throws).
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t i64(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::string_view blob(int column) const = 0;

  [[nodiscard]] bool flag(int column) const { return i64(column) != 0; }
  [[nodiscard]] Time time(int column) const { return from_micros(i64(column)); }
  [[nodiscard]] std::string str(int column) const { return std::string(text(column)); }
  [[nodiscard]] std::string bytes(int column) const { return std::string(blob(column)); }
  template <class I>
  [[nodiscard]] I id(int column) const { return I(uuid(column)); }
  [[nodiscard]] Uuid uuid(int column) const;
  template <class F>
  [[nodiscard]] auto maybe(int column, F read) const -> std::optional<std::invoke_result_t<F, const Row&, int>> {
    if (is_null(column)) return std::nullopt;
    return read(*this, column);
  }
};

// What the engine refused, for a caller that expects it. Anything else throws DbError.
enum class Refusal { none, unique, overlap, check };

// The engine failed (disk full, connection lost, file damaged). Never carries values.
class DbError : public std::exception {
 public:
  DbError(std::string what, bool retryable) : what_(std::move(what)), retryable_(retryable) {}
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }
  [[nodiscard]] bool retryable() const { return retryable_; }

 private:
  std::string what_;
  bool retryable_;
};

// A driver's open transaction. Business code does not see this.
class TxDriver {
 public:
  virtual ~TxDriver() = default;
  // Runs the statement; calls `each` for every row until it returns false. Returns rows changed.
  // When `refusal` is given, a constraint that said no is written there (the statement alone is undone, the
  // transaction goes on) instead of thrown.
  virtual std::int64_t run(const Statement& statement, std::span<const Param> params, bool (*each)(void*, const Row&),
                           void* context, Refusal* refusal) = 0;
  // After the commit, old images of what was overwritten leave the engine's own files as soon as it can.
  virtual void scrub() noexcept {}
};

class Tx {
 public:
  Tx(TxDriver& driver, TenantId tenant, std::int64_t node = 0)
      : driver_(driver), tenant_(tenant), node_(node) {}
  Tx(const Tx&) = delete;

  // For places of sealed boxes only; SQL never names it.
  [[nodiscard]] TenantId tenant() const { return tenant_; }
  // The configured number of the node that writes; 0 on SQLite, which one node alone writes.
  [[nodiscard]] std::int64_t node() const { return node_; }

  // Something was destroyed: see TxDriver::scrub.
  void scrub() noexcept { driver_.scrub(); }

  // Rows changed.
  template <class... P>
  std::int64_t exec(const Statement& s, const P&... p) {
    const Param params[] = {Param{}, param(p)...};
    return driver_.run(s, std::span(params).subspan(1), nullptr, nullptr, nullptr);
  }
  // The same for an insert or update that a constraint may refuse.
  template <class... P>
  Refusal try_exec(const Statement& s, const P&... p) {
    const Param params[] = {Param{}, param(p)...};
    Refusal refusal = Refusal::none;
    driver_.run(s, std::span(params).subspan(1), nullptr, nullptr, &refusal);
    return refusal;
  }
  // Every row through `read(const Row&) -> T`.
  template <class F, class... P>
  auto all(const Statement& s, F read, const P&... p) -> std::vector<std::invoke_result_t<F, const Row&>> {
    std::vector<std::invoke_result_t<F, const Row&>> out;
    each(s, [&](const Row& row) { out.push_back(read(row)); return true; }, p...);
    return out;
  }
  // The first row, if any.
  template <class F, class... P>
  auto one(const Statement& s, F read, const P&... p) -> std::optional<std::invoke_result_t<F, const Row&>> {
    std::optional<std::invoke_result_t<F, const Row&>> out;
    each(s, [&](const Row& row) { out.emplace(read(row)); return false; }, p...);
    return out;
  }
  // `f(const Row&) -> bool`; false stops.
  template <class F, class... P>
  void each(const Statement& s, F f, const P&... p) {
    const Param params[] = {Param{}, param(p)...};
    driver_.run(s, std::span(params).subspan(1),
                [](void* c, const Row& row) -> bool { return (*static_cast<F*>(c))(row); }, &f, nullptr);
  }

 private:
  TxDriver& driver_;
  TenantId tenant_;
  std::int64_t node_;
};

}  // namespace chatika::db
