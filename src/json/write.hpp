// Described struct -> JSON text, straight into a string. Absent optionals are written as null.
#pragma once

#include <string>

#include "json/read.hpp"

namespace chatika::json {

template <class T>
void write_value(std::string& out, const T& in);

namespace detail {

template <class T>
void write_members(std::string& out, const T& in, bool first) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
    if (!first) out += ',';
    first = false;
    out += '"';
    out += wire_name(d.name);
    out += "\":";
    write_value(out, in.*d.pointer);
  });
}

}  // namespace detail

template <class T>
void write_value(std::string& out, const T& in) {
  if constexpr (detail::is_a<T, std::optional>) {
    if (in)
      write_value(out, *in);
    else
      out += "null";
  } else if constexpr (std::is_same_v<T, bool>) {
    out += in ? "true" : "false";
  } else if constexpr (std::is_integral_v<T>) {
    out += std::to_string(in);
  } else if constexpr (detail::is_int<T>) {
    out += std::to_string(in.value);
  } else if constexpr (std::is_base_of_v<Uuid, T>) {
    out += '"';
    out += to_string(in);
    out += '"';
  } else if constexpr (std::is_same_v<T, Time>) {
    out += '"';
    out += to_rfc3339(in);
    out += '"';
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    text::append_json_string(out, in);
  } else if constexpr (detail::is_a<T, std::vector>) {
    out += '[';
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (i != 0) out += ',';
      write_value(out, in[i]);
    }
    out += ']';
  } else if constexpr (detail::is_a<T, std::variant>) {
    std::visit([&](const auto& alternative) { write_value(out, alternative); }, in);
  } else if constexpr (std::is_enum_v<T>) {
    out += '"';
    out += wire_name(boost::describe::enum_to_string(in, "?"));
    out += '"';
  } else if constexpr (requires { T::kType; }) {
    out += "{\"type\":\"";
    out += T::kType;
    out += '"';
    detail::write_members(out, in, false);
    out += '}';
  } else {
    out += '{';
    detail::write_members(out, in, true);
    out += '}';
  }
}

template <class T>
std::string write(const T& in) {
  std::string out;
  write_value(out, in);
  return out;
}

// The wire name of an enumerator, as the databases keep it too.
template <class E>
  requires std::is_enum_v<E>
std::string_view name_of(E value) {
  return wire_name(boost::describe::enum_to_string(value, "?"));
}
// Its inverse; an unknown name is a damaged row, hence a bug for us.
template <class E>
  requires std::is_enum_v<E>
E from_name(std::string_view name) {
  E out{};
  bool found = false;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
    if (wire_name(d.name) == name) out = d.value, found = true;
  });
  if (!found) throw std::logic_error("unknown enumerator in storage");
  return out;
}

}  // namespace chatika::json
