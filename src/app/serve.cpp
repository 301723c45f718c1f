#include "app/serve.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include "api/assets.hpp"
#include "api/background.hpp"
#include "api/handlers.hpp"
#include "api/papers.hpp"
#include "api/server.hpp"
#include "app/demo.hpp"
#include "app/installation.hpp"
#include "app/mail.hpp"
#include "app/privacy_commands.hpp"
#include "app/prove_commands.hpp"
#include "app/replay_command.hpp"
#include "net/server.hpp"
#include "privacy/calendar_store.hpp"

namespace chatika::app {
namespace {

constexpr auto kGrace = std::chrono::seconds(5);

int complain(const Error& error) {
  fmt::print(stderr, "chatika: {}\n", error.cause.empty() ? std::string(name(error.code)) : error.cause);
  for (const auto& f : error.fields) fmt::print(stderr, "  {}: {}\n", f.pointer, f.code);
  return 1;
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

// Stops the server at the first signal; ends with it otherwise.
class SignalWatch {
 public:
  explicit SignalWatch(net::Server& server)
      : thread_([&server] {
          const auto set = stop_signals();
          int signal = 0;
          sigwait(&set, &signal);
          log::info("stopping", {{"signal", signal}});
          server.stop(kGrace);
        }) {}
  ~SignalWatch() {
    pthread_kill(thread_.native_handle(), SIGTERM);  // if no signal came: run() ended by itself
    thread_.join();
  }

 private:
  std::thread thread_;
};

Result<net::Config> net_config(const Config& config, bool demo) {
  net::Config out{.listeners = {},
                  .certificate_file = config.certificate_file,
                  .key_file = config.key_file,
                  .threads = config.io_threads};
  if (config.port > 0)
    out.listeners.push_back({config.address, static_cast<std::uint16_t>(config.port), false});
  if (config.tls_port > 0)
    out.listeners.push_back({config.address, static_cast<std::uint16_t>(config.tls_port), true});
  if (demo && config.tls_port > 0 && config.certificate_file.empty()) {
    out.certificate_file = config.keys_dir() + "/localhost.crt";
    out.key_file = config.keys_dir() + "/localhost.key";
    CHECK(net::make_self_signed(out.certificate_file, out.key_file));
  }
  const bool loopback = config.address == "127.0.0.1" || config.address == "::1";
  if (config.port > 0 && !loopback)
    return fail(
        Errc::invalid,
        "plain HTTP is served on the loopback only: set server.port = 0, server.tls_port and a certificate");
  return out;
}

}  // namespace

api::Settings api_settings(const Config& config, bool demo) {
  return {.demo = demo,
          .processor = {.name = config.processor,
                        .tax_number = config.processor_tax_number,
                        .address = config.processor_address,
                        .email = config.processor_email,
                        .phone = {}},
          .processor_en = config.processor_en,
          .public_url = config.public_address(),
          .public_url_known = demo || !config.public_url.empty(),
          .messages_per_minute = config.messages_per_minute,
          .starts_per_minute = config.starts_per_minute};
}

namespace {

bool is_demo(const accounts::Tenant& tenant) {
  return std::ranges::any_of(api::all_assets(), [&](const auto& asset) {
    return asset.path == "/seed/" + tenant.slug + "/tenant.json";
  });
}

void introduce(const Config& config, const std::vector<DemoSignIn>& sign_ins) {
  const auto at = fmt::format("http://localhost:{}", config.port);
  fmt::print("\nChatika работает · Chatika is running\n\n");
  fmt::print(
      "  Сайт клиники   {}/demo/clinic/\n  Сайт салона    {}/demo/salon/\n  Панель         {}/panel/\n", at,
      at, at);
  if (config.tls_port > 0)
    fmt::print("  То же по TLS   https://localhost:{}/ (self-made certificate)\n", config.tls_port);
  fmt::print("\n  Вход в панель · Sign-ins\n");
  for (const auto& s : sign_ins)
    fmt::print("    {:<24} {:<13} {}   {}\n", s.email, s.role, s.password, s.business);
  fmt::print("\n  Остановить: Ctrl-C\n\n");
  std::fflush(stdout);
}

// What `chatika …` asks of the server while it holds the data directory. Not on PostgreSQL, where nothing is
// held.
Result<std::unique_ptr<Console>> open_console(const Config& config, Installation& installation) {
  if (!config.postgres_url.empty()) return nullptr;
  return Console::listen(
      config.data_dir,
      {{"calendar", [&](const std::string& arguments) { return calendar_command(installation, arguments); }},
       {"replay",
        [&](const std::string& arguments) { return replay_command(installation.tenants(), arguments); }},
       {"prove",
        [&](const std::string& arguments) { return prove_command(installation, config, arguments); }}});
}

// Another process of the same PostgreSQL may have imported a calendar.
void follow_calendars(Installation& installation) {
  const auto known = privacy::calendars()->all().size();
  if (const auto read = privacy::refresh_calendars(installation.storage()); !read)
    log::warn("calendars_not_read", {{"cause", read.error().cause}});
  else if (privacy::calendars()->all().size() != known)
    api::recheck_deadlines(installation.tenants());
}

}  // namespace

int serve(Config config, bool demo) {
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread: all inherit it
  std::signal(SIGPIPE, SIG_IGN);
  if (config.processor.empty() && demo) {
    config.processor = "демонстрационная установка Chatika";
    config.processor_en = "The demonstration installation of Chatika";
  }
  if (config.processor.empty())
    return complain(
        {.code = Errc::invalid,
         .cause = "operator.name is not configured: consent texts must name who processes the data"});

  // A start that cannot succeed changes nothing.
  for (const auto* file : {&config.certificate_file, &config.key_file})
    if (!file->empty() && ::access(file->c_str(), R_OK) != 0)
      return complain({.code = Errc::invalid, .cause = *file + ": cannot be read: " + std::strerror(errno)});
  auto installation = Installation::open(config);
  if (!installation) return complain(installation.error());
  std::vector<DemoSignIn> sign_ins;
  if (demo) {
    auto prepared = prepare_demo(**installation, config.keys_dir() + "/demo-sign-ins.txt");
    if (!prepared) return complain(prepared.error());
    sign_ins = std::move(*prepared);
  }
  auto listeners = net_config(config, demo);
  if (!listeners) return complain(listeners.error());

  auto mail = mail_transport(config);
  if (!mail) return complain(mail.error());

  std::unique_ptr<net::Server> server;  // outlives app and api, whose last operations may still answer
  auto settings = api_settings(config, demo);
  settings.mail_configured = *mail != nullptr;
  settings.evidence_dir = (*installation)->evidence_dir();
  api::App app((*installation)->tenants(), std::move(settings));
  if (demo)
    for (const auto& tenant : (*installation)->tenants().list())
      if (is_demo(tenant))
        if (auto set_up = api::set_up_organisation(app, tenant); !set_up) return complain(set_up.error());
  api::Api api(app);
  const auto handlers = api::job_handlers(app, {*mail, config.mail_from});
  api::Background background((*installation)->tenants(), handlers,
                             {.sole = config.postgres_url.empty(),
                              .hurry =
                                  [&] {
                                    if (*mail) (*mail)->hurry();
                                  },
                              .before_pass =
                                  [&] {
                                    follow_calendars(**installation);
                                  }});
  auto made = net::Server::make(
      *listeners,
      {.request = [&](http::Request r, auto respond) { api.request(std::move(r), std::move(respond)); },
       .upgrade = [&](http::Request r, auto accept) { api.upgrade(std::move(r), std::move(accept)); }});
  if (!made) return complain(made.error());
  server = std::move(*made);
  auto console = open_console(config, **installation);
  if (!console) return complain(console.error());
  background.start();
  if (demo) introduce(config, sign_ins);
  app.audit.start();
  if (config.public_url.empty() && !demo)
    log::warn("public_url_missing",
              {{"cause", "server.public_url is not set: links in mails lead to " + config.public_address()}});
  log::info("serving",
            {{"port", config.port}, {"tls_port", config.tls_port}, {"mail", app.settings.mail_configured}});
  {
    const SignalWatch watch(*server);
    server->run();
  }
  console->reset();
  background.stop();
  app.audit.stop();
  (*installation)->storage().stop();
  log::info("stopped");
  return 0;
}

}  // namespace chatika::app
