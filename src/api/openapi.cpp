#include <boost/json/serialize.hpp>

#include "api/server.hpp"

namespace chatika::api {
namespace {

namespace bj = boost::json;

std::string lower(std::string_view method) {
  std::string out(method);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

// Ids are UUIDs; whatever else names a thing in a path is a word or a number.
bj::object path_schema(std::string_view name) {
  bj::object out{{"type", "string"}};
  if (name.ends_with("id") || name == "task") out["format"] = "uuid";
  return out;
}

bj::array parameters(const Route& route) {
  bj::array out;
  for (std::size_t at = route.path.find('{'); at != std::string::npos; at = route.path.find('{', at + 1)) {
    const auto end = route.path.find('}', at);
    const auto name = route.path.substr(at + 1, end - at - 1);
    out.push_back({{"name", name},
                   {"in", "path"},
                   {"required", true},
                   {"schema", path_schema(name)}});
  }
  for (const auto name : route.query) {
    const bool number = name == "limit" || name == "before";
    out.push_back({{"name", bj::string_view(name.data(), name.size())},
                   {"in", "query"},
                   {"required", name == "key"},
                   {"schema", {{"type", number ? "integer" : "string"}}}});
  }
  return out;
}

bj::object content(json::Value schema) {
  return {{"application/json", {{"schema", std::move(schema)}}}};
}

// Who gets through; "newcomer" has yet to accept and sign.
const char* role_of(Gate gate) {
  switch (gate) {
    case Gate::owner:
      return "owner";
    case Gate::officer:
      return "officer";
    case Gate::steward:
      return "steward";
    case Gate::newcomer:
      return "newcomer";
    case Gate::employee:
    case Gate::open:
    case Gate::widget:
      break;
  }
  return "employee";
}

bj::object operation(const Route& route, json::Schemas& schemas, const json::Value& problem) {
  bj::object out{{"operationId", route.operation}, {"summary", route.summary}};
  if (signed_in(route.gate)) out["security"] = bj::array{{{"session", bj::array{}}}};
  if (auto list = parameters(route); !list.empty()) out["parameters"] = std::move(list);
  if (route.request_schema)
    out["requestBody"] = {{"required", true}, {"content", content(route.request_schema(schemas))}};
  bj::object success{{"description", "done"}};
  if (route.response_schema) success["content"] = content(route.response_schema(schemas));
  out["responses"] = {{std::to_string(route.status), success},
                      {"default",
                       {{"description", "problem (RFC 9457)"},
                        {"content", {{"application/problem+json", {{"schema", problem}}}}}}}};
  if (signed_in(route.gate)) out["x-role"] = role_of(route.gate);
  return out;
}

}  // namespace

std::string openapi(const std::vector<Route>& table) {
  json::Schemas schemas;
  const auto problem = schemas.of<Problem>(json::Direction::response);
  bj::object paths;
  for (const auto& route : table) {
    if (route.operation.empty()) continue;  // preflights
    auto& path = paths[route.path];
    if (!path.is_object()) path = bj::object();
    path.as_object()[lower(http::name(route.method))] = operation(route, schemas, problem);
  }
  auto widget_command = schemas.of<WidgetCommand>(json::Direction::request);
  auto widget_event = schemas.of<WidgetEvent>(json::Direction::response);
  auto panel_command = schemas.of<PanelCommand>(json::Direction::request);
  auto panel_event = schemas.of<PanelEvent>(json::Direction::response);
  bj::object components;
  for (const auto& [name, schema] : schemas.components()) components[name] = schema;
  components["WidgetCommand"] = std::move(widget_command);
  components["WidgetEvent"] = std::move(widget_event);
  components["PanelCommand"] = std::move(panel_command);
  components["PanelEvent"] = std::move(panel_event);
  const bj::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Chatika"},
        {"version", "0.1.0"},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", std::move(components)},
        {"securitySchemes",
         {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-chatika"}}}}}}}};
  return bj::serialize(document);
}

}  // namespace chatika::api
