#include "app/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <functional>

namespace chatika::app {
namespace {

using Setter = std::function<bool(const toml::node&, Config&)>;

template <class T>
Setter set(T Config::* member) {
  return [member](const toml::node& node, Config& config) {
    if constexpr (std::is_same_v<T, std::string>) {
      const auto value = node.value<std::string>();
      if (value) config.*member = *value;
      return value.has_value();
    } else if constexpr (std::is_same_v<T, double>) {
      const auto value = node.value<double>();
      if (value) config.*member = *value;
      return value.has_value() && *value > 0;
    } else {
      const auto value = node.value<std::int64_t>();
      if (value) config.*member = static_cast<T>(*value);
      return value.has_value() && *value >= 0 && *value <= 65535;
    }
  };
}

struct Entry {
  std::string_view name;
  Setter setter;
};

const std::array kEntries{
    Entry{"server.address", set(&Config::address)},
    Entry{"server.port", set(&Config::port)},
    Entry{"server.tls_port", set(&Config::tls_port)},
    Entry{"server.public_url",
          [](const toml::node& node, Config& config) {
            const auto value = node.value<std::string>();
            if (value) config.public_url = *value;
            return value && is_public_url(*value);
          }},
    Entry{"server.certificate", set(&Config::certificate_file)},
    Entry{"server.key", set(&Config::key_file)},
    Entry{"server.node", set(&Config::node)},
    Entry{"server.threads", set(&Config::threads)},
    Entry{"server.io_threads", set(&Config::io_threads)},
    Entry{"data.directory", set(&Config::data_dir)},
    Entry{"data.master_key", set(&Config::master_key_file)},
    Entry{"data.postgres", set(&Config::postgres_url)},
    Entry{"data.postgres_owner", set(&Config::postgres_owner_url)},
    Entry{"operator.name", set(&Config::processor)},
    Entry{"operator.name_en", set(&Config::processor_en)},
    Entry{"operator.tax_number", set(&Config::processor_tax_number)},
    Entry{"operator.address", set(&Config::processor_address)},
    Entry{"operator.email", set(&Config::processor_email)},
    Entry{"mail.host", set(&Config::mail_host)},
    Entry{"mail.port", set(&Config::mail_port)},
    Entry{"mail.security", set(&Config::mail_security)},
    Entry{"mail.user", set(&Config::mail_user)},
    Entry{"mail.password_file", set(&Config::mail_password_file)},
    Entry{"mail.from", set(&Config::mail_from)},
    Entry{"mail.timeout", set(&Config::mail_timeout_s)},
    Entry{"mail.ca_file", set(&Config::mail_ca_file)},
    Entry{"limits.messages_per_minute", set(&Config::messages_per_minute)},
    Entry{"limits.starts_per_minute", set(&Config::starts_per_minute)},
};

Result<void> apply(const std::string& name, const toml::node& node, Config& config) {
  const auto line = node.source().begin.line;
  for (const auto& entry : kEntries) {
    if (entry.name != name) continue;
    if (entry.setter(node, config)) return {};
    return fail(Errc::invalid,
                fmt::format("line {}: {} has a value of the wrong kind or out of range", line, name));
  }
  return fail(Errc::invalid, fmt::format("line {}: unknown setting {}", line, name));
}

}  // namespace

bool is_public_url(std::string_view text) {
  const bool tls = text.starts_with("https://");
  if (!tls && !text.starts_with("http://")) return false;
  text.remove_prefix(tls ? 8 : 7);
  const auto colon = text.find(':');
  const auto host = text.substr(0, colon);
  const auto is_host = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  if (host.empty() || host.size() > 253 || !std::ranges::all_of(host, is_host)) return false;
  if (colon != std::string_view::npos) {
    const auto port = text.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) return false;
  }
  return tls || host == "localhost" || host == "127.0.0.1";
}

Result<void> read_config(const std::string& file, Config& config) {
  toml::table table;
  try {
    table = toml::parse_file(file);
  } catch (const toml::parse_error& e) {
    return fail(Errc::invalid, fmt::format("{}: line {}: {}", file, e.source().begin.line, e.description()));
  }
  for (const auto& [section, node] : table) {
    const auto* settings = node.as_table();
    if (settings == nullptr)
      return fail(Errc::invalid, fmt::format("{}: {} stands outside a section", file, section.str()));
    for (const auto& [name, value] : *settings) {
      auto applied = apply(fmt::format("{}.{}", section.str(), name.str()), value, config);
      if (!applied) return fail(Errc::invalid, file + ": " + applied.error().cause);
    }
  }
  return {};
}

}  // namespace chatika::app
