// Errors as values. What a caller can expect to go wrong is a Result; what it cannot is an exception (a bug).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatika {

// Closed set: src/http/problem.cpp maps each to one HTTP status, docs/protocol.md names them.
enum class Errc {
  invalid,           // the input breaks a rule; `fields` says which
  unauthenticated,   // nobody is signed in, or the token is not valid
  forbidden,         // signed in, but the role or the policy says no
  not_found,         // unknown here; another tenant's ids are unknown too
  conflict,          // the state has moved on since the caller looked
  taken,             // the time or the name is someone else's
  too_large,         // a body, frame or text over its limit
  too_many,          // a rate or a quota is used up; `retry_after_s` says when to come back
  consent_required,  // no basis for processing (152-FZ art. 6)
  agreement_required,         // the employee has not accepted the terms of use
  familiarisation_required,   // nor signed the documents in force
  access_expired,             // the employee's access was granted until a day that has passed
  off,                        // the widget of a business that has not accepted the processing agreement
  blocked,           // the person's data are blocked (152-FZ art. 21): only the privacy officer reads them
  gone,              // was here and has ended: closed, erased, withdrawn
  unavailable,       // the storage or a peer cannot serve now
  internal,          // a bug or a broken installation; the cause is only logged
};

std::string_view name(Errc code);

// One broken rule of the input. `pointer` is a JSON pointer (RFC 6901); `code` a stable word such as
// "too_long" that the reader's language has a sentence for. Never carries the refused value.
struct FieldError {
  std::string pointer;
  std::string code;
  bool operator==(const FieldError&) const = default;
};

struct Error {
  Errc code = Errc::internal;
  std::string cause;  // for the log only; never personal data, never shown
  std::vector<FieldError> fields;
  int retry_after_s = 0;
};

template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
};

inline std::unexpected<Error> fail(Errc code, std::string cause = {}) {
  return std::unexpected(Error{.code = code, .cause = std::move(cause), .fields = {}});
}
inline std::unexpected<Error> fail_field(std::string pointer, std::string code) {
  return std::unexpected(
      Error{.code = Errc::invalid, .cause = {}, .fields = {{std::move(pointer), std::move(code)}}});
}
inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace chatika

// `auto x = TRY(f());` hands the error of f up, or yields its value. `CHECK(f());` for Result<void>.
// Statement expressions are an extension of clang and gcc; not for coroutines.
#define TRY(...) CHATIKA_TRY_(__COUNTER__, __VA_ARGS__)
#define CHATIKA_TRY_(n, ...) CHATIKA_TRY_NAMED_(n, __VA_ARGS__)
#define CHATIKA_TRY_NAMED_(n, ...)                                                  \
  __extension__({                                                                   \
    auto try_result_##n = (__VA_ARGS__);                                            \
    if (!try_result_##n) return ::chatika::fail(std::move(try_result_##n).error()); \
    std::move(*try_result_##n);                                                     \
  })
#define CHECK(...)                                                                \
  do {                                                                            \
    auto check_result_ = (__VA_ARGS__);                                           \
    if (!check_result_) return ::chatika::fail(std::move(check_result_).error()); \
  } while (false)
