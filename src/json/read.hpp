// JSON -> described struct. Every broken rule is reported, each with its JSON pointer; unknown members are
// refused.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "json/parse.hpp"
#include "json/pointer.hpp"
#include "json/types.hpp"

namespace chatika::json {

inline constexpr std::size_t kMaxErrors = 32;  // reported of one document
inline constexpr std::size_t kMaxArrayItems = 1000;

// A member's or enumerator's name as the wire shows it.
constexpr std::string_view wire_name(std::string_view name) {
  return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

class Errors {
 public:
  void add(std::string_view code) {
    if (list_.size() < kMaxErrors) list_.push_back({pointer_, std::string(code)});
  }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  std::vector<FieldError> take() { return std::move(list_); }

  // Everything added within is about the member or item `token`.
  template <class F>
  void at(std::string_view token, F f) {
    const auto size = pointer_.size();
    append_pointer(pointer_, token);
    f();
    pointer_.resize(size);
  }

 private:
  std::string pointer_;
  std::vector<FieldError> list_;
};

template <class T>
void read_value(const Value& in, T& out, Errors& errors);

namespace detail {

template <class T, template <class...> class C>
inline constexpr bool is_a = false;
template <template <class...> class C, class... A>
inline constexpr bool is_a<C<A...>, C> = true;

template <class T>
inline constexpr int bounded_kind = 0;  // 1 Text, 2 Line, 3 Exact
template <std::size_t Max, std::size_t Min>
inline constexpr int bounded_kind<Text<Max, Min>> = 1;
template <std::size_t Max, std::size_t Min>
inline constexpr int bounded_kind<Line<Max, Min>> = 2;
template <std::size_t Max, std::size_t Min>
inline constexpr int bounded_kind<Exact<Max, Min>> = 3;

template <class T>
struct Bounds;
template <template <std::size_t, std::size_t> class C, std::size_t Max_, std::size_t Min_>
struct Bounds<C<Max_, Min_>> {
  static constexpr std::size_t Max = Max_, Min = Min_;
};

template <class T>
inline constexpr bool is_int = false;
template <std::int64_t Min, std::int64_t Max>
inline constexpr bool is_int<Int<Min, Max>> = true;

template <class T>
struct IntBounds;
template <std::int64_t Min_, std::int64_t Max_>
struct IntBounds<Int<Min_, Max_>> {
  static constexpr std::int64_t Min = Min_, Max = Max_;
};

template <class T>
std::optional<std::int64_t> integer(const Value& in, Errors& errors, T min, T max) {
  if (!in.is_int64() && !in.is_uint64()) return errors.add("not_integer"), std::nullopt;
  if (in.is_uint64() &&
      in.get_uint64() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return errors.add("too_big"), std::nullopt;
  const auto value = in.is_int64() ? in.get_int64() : static_cast<std::int64_t>(in.get_uint64());
  if (value < static_cast<std::int64_t>(min)) return errors.add("too_small"), std::nullopt;
  if (value > static_cast<std::int64_t>(max)) return errors.add("too_big"), std::nullopt;
  return value;
}

template <class T>
void read_string(const Value& in, T& out, Errors& errors) {
  if (!in.is_string()) return errors.add("not_string");
  const std::string_view raw(in.get_string().data(), in.get_string().size());
  if constexpr (bounded_kind<T> == 0) {
    out.assign(raw);
  } else {
    using B = Bounds<T>;
    if constexpr (bounded_kind<T> == 1) out.assign(text::clean(raw));
    if constexpr (bounded_kind<T> == 2) out.assign(text::clean_line(raw));
    if constexpr (bounded_kind<T> == 3) out.assign(raw);
    const auto length = text::length(out);
    if (length < B::Min)
      return errors.add(raw.empty() || bounded_kind<T> == 3 ? "too_short"
                        : out.empty()                       ? "control_characters"
                                                            : "too_short");
    if (length > B::Max) return errors.add("too_long");
  }
}

template <class T>
void read_enum(const Value& in, T& out, Errors& errors) {
  if (!in.is_string()) return errors.add("not_string");
  const std::string_view name(in.get_string().data(), in.get_string().size());
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
    if (wire_name(d.name) == name) out = d.value, found = true;
  });
  if (!found) errors.add("not_one_of");
}

// `type` is let through when the struct was chosen by it.
template <class T>
void read_struct(const Value& in, T& out, Errors& errors, bool typed = false) {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  if (!in.is_object()) return errors.add("not_object");
  const auto& object = in.get_object();
  std::size_t known = typed ? 1 : 0;
  boost::mp11::mp_for_each<Members>([&](auto d) {
    using M = std::remove_reference_t<decltype(out.*d.pointer)>;
    constexpr auto name = wire_name(d.name);
    const auto* value = object.if_contains({name.data(), name.size()});
    if (value != nullptr) ++known;
    errors.at(name, [&] {
      if constexpr (is_a<M, std::optional>) {
        if (value == nullptr || value->is_null()) {
          out.*d.pointer = std::nullopt;
          return;
        }
      }
      if (value == nullptr) return errors.add("required");
      read_value(*value, out.*d.pointer, errors);
    });
  });
  if (known == object.size()) return;
  for (const auto& member : object) {
    const std::string_view key(member.key().data(), member.key().size());
    bool described = typed && key == "type";
    boost::mp11::mp_for_each<Members>([&](auto d) { described = described || wire_name(d.name) == key; });
    if (!described) errors.at(text::prefix(key, 64), [&] { errors.add("unknown"); });
  }
}

template <class... T>
void read_variant(const Value& in, std::variant<T...>& out, Errors& errors) {
  if (!in.is_object()) return errors.add("not_object");
  const auto* type = in.get_object().if_contains("type");
  if (type == nullptr || !type->is_string())
    return errors.at("type", [&] { errors.add(type == nullptr ? "required" : "not_string"); });
  const std::string_view name(type->get_string().data(), type->get_string().size());
  const bool found =
      ((T::kType == name && (read_struct(in, out.template emplace<T>(), errors, true), true)) || ...);
  if (!found) errors.at("type", [&] { errors.add("not_one_of"); });
}

}  // namespace detail

template <class T>
void read_value(const Value& in, T& out, Errors& errors) {
  if constexpr (detail::is_a<T, std::optional>) {
    if (in.is_null()) return out.reset();
    read_value(in, out.emplace(), errors);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!in.is_bool()) return errors.add("not_boolean");
    out = in.get_bool();
  } else if constexpr (std::is_integral_v<T>) {
    if (const auto v =
            detail::integer(in, errors, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()))
      out = static_cast<T>(*v);
  } else if constexpr (detail::is_int<T>) {
    if (const auto v = detail::integer(in, errors, detail::IntBounds<T>::Min, detail::IntBounds<T>::Max))
      out = T(*v);
  } else if constexpr (std::is_base_of_v<Uuid, T>) {
    if (!in.is_string()) return errors.add("not_string");
    const auto id = parse_uuid({in.get_string().data(), in.get_string().size()});
    if (!id) return errors.add("not_uuid");
    out = T(*id);
  } else if constexpr (std::is_same_v<T, Time>) {
    if (!in.is_string()) return errors.add("not_string");
    const auto time = parse_rfc3339({in.get_string().data(), in.get_string().size()});
    if (!time) return errors.add("not_time");
    out = *time;
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    detail::read_string(in, out, errors);
  } else if constexpr (detail::is_a<T, std::vector>) {
    if (!in.is_array()) return errors.add("not_array");
    if (in.get_array().size() > kMaxArrayItems) return errors.add("too_many");
    std::size_t i = 0;
    for (const auto& item : in.get_array())
      errors.at(std::to_string(i++), [&] { read_value(item, out.emplace_back(), errors); });
  } else if constexpr (detail::is_a<T, std::variant>) {
    detail::read_variant(in, out, errors);
  } else if constexpr (std::is_enum_v<T>) {
    detail::read_enum(in, out, errors);
  } else {
    detail::read_struct(in, out, errors);
  }
}

// Errc::invalid with every broken rule.
template <class T>
Result<T> read_parsed(const Value& in) {
  Result<T> out(std::in_place);
  Errors errors;
  read_value(in, *out, errors);
  if (!errors.empty()) return fail(Error{.code = Errc::invalid, .cause = {}, .fields = errors.take()});
  return out;
}
template <class T>
Result<T> read(std::string_view text) {
  const auto value = TRY(parse(text));
  return read_parsed<T>(value);
}

}  // namespace chatika::json
