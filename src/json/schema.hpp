// Described struct -> JSON Schema 2020-12, as OpenAPI 3.1 embeds it. Named types become components.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "json/read.hpp"

namespace chatika::json {

// What a schema is for: a request may leave optional members out, a response always writes them (as null).
enum class Direction { request, response };

class Schemas {
 public:
  // The schema of T: inline for scalars and lists, {"$ref": "#/components/schemas/Name"} for named types.
  template <class T>
  Value of(Direction direction);
  [[nodiscard]] const std::map<std::string, Value>& components() const { return components_; }

 private:
  template <class T>
  Value structure(Direction direction);
  template <class T>
  Value named(Direction direction);

  std::map<std::string, Value> components_;
};

namespace detail {
inline Value ref(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}
template <class T>
concept Named = requires { json_name(static_cast<const T*>(nullptr)); };
}  // namespace detail

template <class T>
Value Schemas::structure(Direction direction) {
  boost::json::object properties;
  boost::json::array required;
  if constexpr (requires { T::kType; }) {
    properties["type"] = {{"const", boost::json::string_view(T::kType.data(), T::kType.size())}};
    required.emplace_back("type");
  }
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
    using M = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
    const std::string key(wire_name(d.name));
    properties[key] = of<M>(direction);
    if (direction == Direction::response || !detail::is_a<M, std::optional>) required.emplace_back(key);
  });
  boost::json::object out{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (!required.empty()) out["required"] = required;
  return out;
}

template <class T>
Value Schemas::named(Direction direction) {
  const std::string name(json_name(static_cast<const T*>(nullptr)));
  if (!components_.contains(name)) {
    components_[name] = nullptr;  // ends recursion
    if constexpr (std::is_enum_v<T>) {
      boost::json::array names;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto d) { names.emplace_back(std::string(wire_name(d.name))); });
      components_[name] = {{"type", "string"}, {"enum", names}};
    } else {
      components_[name] = structure<T>(direction);
    }
  }
  return detail::ref(name);
}

template <class T>
Value Schemas::of(Direction direction) {
  if constexpr (detail::is_a<T, std::optional>) {
    boost::json::array any;
    any.push_back(of<typename T::value_type>(direction));
    any.push_back({{"type", "null"}});
    return {{"anyOf", any}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}};
  } else if constexpr (detail::is_int<T>) {
    return {
        {"type", "integer"}, {"minimum", detail::IntBounds<T>::Min}, {"maximum", detail::IntBounds<T>::Max}};
  } else if constexpr (std::is_base_of_v<Uuid, T>) {
    return {{"type", "string"}, {"format", "uuid"}};
  } else if constexpr (std::is_same_v<T, Time>) {
    return {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (detail::bounded_kind<T> != 0) {
    return {{"type", "string"}, {"minLength", detail::Bounds<T>::Min}, {"maxLength", detail::Bounds<T>::Max}};
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return {{"type", "string"}};
  } else if constexpr (detail::is_a<T, std::vector>) {
    return {{"type", "array"}, {"items", of<typename T::value_type>(direction)}};
  } else if constexpr (detail::is_a<T, std::variant>) {
    boost::json::array one_of;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, T>>(
        [&](auto t) { one_of.push_back(of<typename decltype(t)::type>(direction)); });
    return {{"oneOf", one_of}};
  } else if constexpr (detail::Named<T>) {
    return named<T>(direction);
  } else {
    return structure<T>(direction);
  }
}

}  // namespace chatika::json
