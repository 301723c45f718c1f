#include "app/mail_commands.hpp"

#include <fmt/format.h>

#include <iostream>
#include <string>

#include "app/command.hpp"
#include "app/mail.hpp"
#include "notify/address.hpp"
#include "notify/delivery_rules.hpp"
#include "notify/message.hpp"

namespace chatika::app {
namespace {

notify::Message sample(const Config& config, const std::string& to) {
  return {.from_name = config.processor,
          .from = config.mail_from,
          .to = to,
          .id = to_string(new_uuid()) + "@" + std::string(notify::domain_of(config.mail_from)),
          .date = SystemClock().now(),
          .content = {.subject = "Проверка почты · Mail check",
                      .text = "Почта Chatika настроена.\n\nChatika's mail works.\n",
                      .html = "<p>Почта Chatika настроена.</p>\n<p>Chatika's mail works.</p>\n"},
          .attachments = {}};
}

// The address comes on standard input: arguments show in the process list and in histories.
int run_test(const Where& where) {
  const auto config = configured(where);
  if (!config) return complain(config.error());
  const auto transport = mail_transport(*config);
  if (!transport) return complain(transport.error());
  if (*transport == nullptr)
    return complain(
        {.code = Errc::invalid, .cause = "no mail server is configured: set mail.host and mail.from"});
  std::string to;
  if (!std::getline(std::cin, to) || !notify::is_address(to))
    return complain(
        {.code = Errc::invalid, .cause = "one line is read from standard input: an e-mail address"});
  const auto reply = (*transport)->send(config->mail_from, to, notify::compose(sample(*config, to)));
  const auto verdict = notify::judge(reply, 1, Micros(0));
  if (verdict.state == notify::MailState::sent) {
    fmt::print("accepted ({})\n", reply.code);
    return 0;
  }
  fmt::print(stderr, "chatika: the mail was not accepted: {}{}\n", verdict.error,
             reply.code == 0 ? std::string() : fmt::format(" ({})", reply.code));
  return 1;
}

}  // namespace

void add_mail_commands(CLI::App& cli, std::function<int()>& run) {
  auto& mail = *cli.add_subcommand("mail", "the mail server in use")->require_subcommand(1);
  const auto where = std::make_shared<Where>();
  auto& test =
      *mail.add_subcommand("test", "send a short mail to the address that is read from standard input");
  add_common(test, *where);
  test.callback([&run, where] { run = [where] { return run_test(*where); }; });
}

}  // namespace chatika::app
