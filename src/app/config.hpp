// What an installation is told: command line over configuration file (TOML) over defaults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace chatika::app {

struct Config {
  std::string data_dir = "data";
  std::string master_key_file;  // default: DATA.keys/master.key, beside the data directory so that its
                                // backups miss it
  std::string postgres_url;     // empty: SQLite under data_dir
  std::string postgres_owner_url;
  std::string address = "127.0.0.1";
  int port = 8080;               // plain HTTP; 0: off
  int tls_port = 0;              // TLS 1.3; 0: off
  std::string public_url;        // "https://chat.example": where links in mails lead; see public_address()
  std::string certificate_file;  // PEM
  std::string key_file;
  std::string processor;     // who runs the installation, as consent texts name it
  std::string processor_en;  // the same in English texts; default: processor
  std::string processor_tax_number;
  std::string processor_address;  // the agreement and Roskomnadzor's forms name it
  std::string processor_email;
  std::string mail_host;                   // empty: mails wait
  int mail_port = 0;                       // 0: 587, with "tls" 465
  std::string mail_security = "starttls";  // or "tls"; "plain" on the loopback only
  std::string mail_user;                   // empty: no sign-in
  std::string mail_password_file;          // mode 0600
  std::string mail_from;
  int mail_timeout_s = 90;   // of one attempt
  std::string mail_ca_file;  // PEM; empty: the system's
  double messages_per_minute = 40;
  double starts_per_minute = 20;
  std::int64_t node = 0;  // on PostgreSQL: this node's number, no other node's
  unsigned threads = 2;   // storage workers
  unsigned io_threads = 1;

  // Never taken from a request: whoever sends one chooses its Host. Without a setting, this machine's own address.
  [[nodiscard]] std::string public_address() const {
    if (!public_url.empty()) return public_url;
    return port > 0 ? "http://localhost:" + std::to_string(port) : "https://localhost:" + std::to_string(tls_port);
  }
  [[nodiscard]] std::string keys_dir() const { return data_dir + ".keys"; }
  // Beside the data, so that its backups and whoever can write it miss the evidence.
  [[nodiscard]] std::string evidence_dir() const { return data_dir + ".evidence"; }
  // Who was erased: apart from the data, so that its backups do not carry an older one back.
  [[nodiscard]] std::string ledger_dir() const { return data_dir + ".ledger"; }
};

// "https://host[:port]", or http to this machine; nothing after it.
bool is_public_url(std::string_view text);

// Reads the file over `config`. Unknown names are refused, with the line.
Result<void> read_config(const std::string& file, Config& config);

}  // namespace chatika::app
