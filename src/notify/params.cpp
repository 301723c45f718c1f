#include "notify/params.hpp"

#include "base/text.hpp"
#include "json/parse.hpp"

namespace chatika::notify {

std::string write_params(const Params& params) {
  std::string out = "{";
  for (const auto& [name, value] : params) {
    if (out.size() > 1) out += ',';
    text::append_json_string(out, name);
    out += ':';
    text::append_json_string(out, value);
  }
  return out + "}";
}

Result<Params> read_params(std::string_view json) {
  const auto value = TRY(json::parse(json));
  if (!value.is_object()) return fail(Errc::internal, "the parameters of a mail are damaged");
  Params out;
  for (const auto& member : value.get_object()) {
    if (!member.value().is_string()) return fail(Errc::internal, "the parameters of a mail are damaged");
    const auto& text = member.value().get_string();
    out[std::string(member.key())] = std::string(text.data(), text.size());
  }
  return out;
}

}  // namespace chatika::notify
