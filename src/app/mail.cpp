#include "app/mail.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>

#include "notify/address.hpp"

namespace chatika::app {
namespace {

using Security = notify::SmtpConfig::Security;
constexpr std::size_t kPasswordBytes = 1024;
constexpr int kLongestSeconds = 240;  // shorter than a job's lease

Result<Security> security_of(const Config& config) {
  if (config.mail_security == "starttls") return Security::starttls;
  if (config.mail_security == "tls") return Security::tls;
  if (config.mail_security != "plain")
    return fail(Errc::invalid, R"(mail.security must be "starttls", "tls" or "plain")");
  if (config.mail_host != "127.0.0.1" && config.mail_host != "::1" && config.mail_host != "localhost")
    return fail(Errc::invalid, "mail.security = \"plain\" is for a server on the loopback only");
  return Security::plain;
}

Result<std::string> password_of(const std::string& file) {
  struct stat about{};
  if (stat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode))
    return fail(Errc::invalid, fmt::format("mail.password_file: {} cannot be read", file));
  if ((about.st_mode & 077U) != 0)
    return fail(Errc::invalid, fmt::format("mail.password_file: others can read {}: chmod 600", file));
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || line.empty() || line.size() > kPasswordBytes)
    return fail(Errc::invalid,
                fmt::format("mail.password_file: {} must hold the password in one line", file));
  return line;
}

}  // namespace

Result<std::shared_ptr<notify::Transport>> mail_transport(const Config& config) {
  if (config.mail_host.empty()) {
    if (!config.mail_from.empty() || !config.mail_user.empty())
      return fail(Errc::invalid, "mail.host is missing");
    return std::shared_ptr<notify::Transport>();
  }
  notify::SmtpConfig smtp{.host = config.mail_host,
                          .security = TRY(security_of(config)),
                          .user = config.mail_user,
                          .ca_file = config.mail_ca_file};
  smtp.port = config.mail_port != 0 ? config.mail_port : smtp.security == Security::tls ? 465 : 587;
  if (!notify::is_address(config.mail_from))
    return fail(Errc::invalid, "mail.from must be the address that mails come from");
  smtp.hello = notify::domain_of(config.mail_from);
  if (config.mail_user.empty() != config.mail_password_file.empty())
    return fail(Errc::invalid, "mail.user and mail.password_file belong together");
  if (!config.mail_password_file.empty()) smtp.password = TRY(password_of(config.mail_password_file));
  if (!smtp.ca_file.empty() && !std::ifstream(smtp.ca_file))
    return fail(Errc::invalid, fmt::format("mail.ca_file: {} cannot be read", smtp.ca_file));
  if (config.mail_timeout_s < 1 || config.mail_timeout_s > kLongestSeconds)
    return fail(Errc::invalid, fmt::format("mail.timeout is 1 to {} seconds", kLongestSeconds));
  smtp.timeout = std::chrono::seconds(config.mail_timeout_s);
  return std::shared_ptr<notify::Transport>(notify::smtp_transport(std::move(smtp)));
}

}  // namespace chatika::app
