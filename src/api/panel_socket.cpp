// The panel's socket (docs/protocol.md, "Panel"): hears every committed change of the business. It carries no
// commands that change data: those are HTTP requests.
#include "api/server.hpp"
#include "inbox/inbox.hpp"

namespace chatika::api {
namespace {

constexpr std::uint16_t kMayNotWork = 4403;  // signed in, but with something to accept or sign first
constexpr std::uint16_t kAgain = 1012;  // what the employee may has changed: the panel opens another socket

bool stands_before_work(Errc code) {
  return code == Errc::agreement_required || code == Errc::familiarisation_required ||
         code == Errc::access_expired;
}

// A replay that the socket's queue could not hold would end the socket, and the next one, for ever: the panel
// loads its lists again instead.
constexpr std::size_t kReplayBytes = limits::kSocketQueueBytes / 2;

// nullopt when it is too much.
std::optional<std::vector<std::string>> frames_of(const std::vector<PanelEvent>& events) {
  std::vector<std::string> frames;
  std::size_t bytes = 0;
  for (const auto& event : events) {
    frames.push_back(json::write(event));
    bytes += frames.back().size();
    if (bytes > kReplayBytes) return std::nullopt;
  }
  return frames;
}

class PanelSocket final : public http::SocketHandler {
 public:
  PanelSocket(App& app, const accounts::Tenant& tenant, const accounts::SessionRef& session,
              std::string language, std::shared_ptr<Link> link)
      : app_(app),
        tenant_(tenant),
        session_(session),
        language_(std::move(language)),
        link_(std::move(link)) {}

  void on_frame(std::string_view text) override {
    if (!frames_.take(frame_cost(text.size()), std::chrono::steady_clock::now()))
      return link_->socket->close(kTooMuch, "too much");
    auto command = json::read<PanelCommand>(text);
    if (!command) return refuse(*link_, command.error(), language_);
    std::visit([&](auto& c) { on(c); }, *command);
  }

  void on_close() override {
    const std::lock_guard lock(link_->mutex);
    link_->closed = true;
    if (expected_) app_.hub.remove_panel(tenant_.id, link_->socket.get());
  }

 private:
  void on(const PanelHello& hello);
  void on(const PanelTyping& typing);
  void on(const Ping&);

  // The server's own question, once a minute and when an access has changed.
  static void ask(App& app, TenantId tenant, const crypto::Hash& session, const std::shared_ptr<Link>& link,
                  const std::string& language, bool ended);

  template <class Work, class Done>
  void run(std::string_view operation, Work work, Done done) {
    auto db = app_.tenants.enter(tenant_.id, accounts::identify_session(session_.token_hash));
    if (!db) return refuse(*link_, db.error(), language_);
    db->submit(
        operation,
        [work = std::move(work)](
            privacy::Access& access) mutable -> std::invoke_result_t<Work, privacy::Access&> {
          CHECK(pass(Gate::employee, access));
          return work(access);
        },
        std::move(done));
  }

  static void refuse(Link& link, const Error& error, std::string_view language) {
    if (stands_before_work(error.code)) {
      link.socket->send(
          json::write(PanelError{std::string(name(error.code)), http::sentence(error, language)}));
      return link.socket->close(kMayNotWork, name(error.code));
    }
    if (error.code == Errc::unauthenticated) {
      link.socket->send(json::write(PanelSignedOut{}));
      return link.socket->close(kSignedOut, "signed out");
    }
    link.socket->send(
        json::write(PanelError{std::string(name(error.code)), http::sentence(error, language)}));
  }

  App& app_;
  const accounts::Tenant& tenant_;
  accounts::SessionRef session_;
  std::string language_;
  std::shared_ptr<Link> link_;
  Allowance frames_{kFrameBurst, kFramesPerSecond};
  bool expected_ = false;
};

void PanelSocket::on(const PanelHello& hello) {
  if (!expected_) app_.hub.expect_panel(tenant_.id);
  expected_ = true;
  struct Catch {
    std::int64_t feed = 0;
    Time until;
    EmployeeId employee;
    std::optional<std::vector<PanelEvent>> missed;
  };
  run(
      "panel.open",
      [&app = app_, after = hello.after,
       session = session_.token_hash](privacy::Access& access) -> Result<Catch> {
        access.audit(SubjectId(access.who().id));
        Catch out{.feed = inbox::feed_head(access),
                  .until = accounts::session_ends(access.tx(), session),
                  .employee = EmployeeId(access.who().id),
                  .missed = std::vector<PanelEvent>()};
        if (!after) return out;
        if (after->value > out.feed) out.missed.reset();  // a feed of another life, such as a restored backup
        if (after->value < out.feed)
          out.missed = TRY(replay(access, app.snapshots.get(access).offerings->catalog, after->value));
        return out;
      },
      [&app = app_, tenant = tenant_.id, session = session_.token_hash, link = link_,
       language = language_](Result<Catch> result) {
        if (!result) return refuse(*link, result.error(), language);
        const std::lock_guard lock(link->mutex);
        if (link->closed) return;
        link->greeted = true;
        link->socket->send(json::write(PanelWelcome{result->feed}));
        auto frames = result->missed ? frames_of(*result->missed) : std::nullopt;
        if (!frames) link->socket->send(json::write(PanelResync{result->feed}));
        if (frames)
          for (auto& frame : *frames) link->socket->send(std::move(frame));
        app.hub.add_panel(tenant, {.session = session,
                                   .employee = result->employee,
                                   .until = result->until,
                                   .socket = link->socket,
                                   .ask = [&app, tenant, session, link, language](bool ended) {
                                     ask(app, tenant, session, link, language, ended);
                                   }});
      });
}

void PanelSocket::ask(App& app, TenantId tenant, const crypto::Hash& session,
                      const std::shared_ptr<Link>& link, const std::string& language, bool ended) {
  auto db = app.tenants.enter(tenant, accounts::look_at_session(session));
  if (!db) return ended ? link->socket->close(kAgain, "access changed") : void();
  db->submit(
      "panel.check",
      [session](privacy::Access& access) -> Result<Time> {
        CHECK(pass(Gate::employee, access));
        return accounts::session_ends(access.tx(), session);
      },
      [&app, tenant, link, language, ended](Result<Time> until) {
        if (!until &&
            (stands_before_work(until.error().code) || until.error().code == Errc::unauthenticated)) {
          app.hub.mute_panel(tenant, link->socket.get());
          return refuse(*link, until.error(), language);
        }
        if (ended) return link->socket->close(kAgain, "access changed");
        if (until) app.hub.set_term(tenant, link->socket.get(), *until);
      });
}

void PanelSocket::on(const PanelTyping& typing) {
  run(
      "conversation.typing",
      [id = typing.conversation](privacy::Access& access) -> Result<bool> {
        const auto thread = TRY(inbox::thread(access, id));
        return thread.operator_ == EmployeeId(access.who().id);
      },
      [&app = app_, tenant = tenant_.id, link = link_, typing, language = language_](Result<bool> mine) {
        if (!mine) return refuse(*link, mine.error(), language);
        if (!*mine) return;
        const auto frame = [](const auto& event) {
          return std::make_shared<const std::string>(json::write(event));
        };
        app.hub.to_conversation(typing.conversation,
                                frame(WidgetTypingEvent{TypingFrom::employee, typing.on}));
        app.hub.to_other_panels(
            tenant, link->socket.get(),
            frame(PanelTypingEvent{typing.conversation, PanelTypingFrom::employee, typing.on}));
      });
}

// Also asks whether the session still stands, so that signing out elsewhere or expiry ends the socket too.
void PanelSocket::on(const Ping&) {
  run(
      "panel.ping", [](privacy::Access&) -> Result<void> { return {}; },
      [link = link_, language = language_](Result<void> result) {
        if (!result) return refuse(*link, result.error(), language);
        link->socket->send(json::write(Pong{}));
      });
}

}  // namespace

void upgrade_panel(App& app, Watch& watch, http::Request request, Accept accept) {
  const std::string language(http::preferred_language(request.header("accept-language")));
  const auto refuse = [&](Errc code) {
    accept(std::unexpected(http::problem(Error{.code = code}, language)));
  };
  if (!own_origin(request.header("origin"), request.header("host"))) return refuse(Errc::forbidden);
  const auto session = session_of({.request = request, .params = {}, .language = language});
  if (!session || !request.query.empty()) return refuse(Errc::unauthenticated);
  const auto* tenant = app.tenants.by_id(session->tenant);
  auto db = app.tenants.enter(session->tenant, accounts::identify_session(session->token_hash));
  if (tenant == nullptr || !db) return refuse(Errc::unauthenticated);
  auto shared = std::make_shared<Accept>(std::move(accept));
  db->submit(
      "panel.upgrade", [](privacy::Access& access) { return pass(Gate::employee, access); },
      [&app, &watch, tenant, session = *session, language, shared](Result<void> result) {
        if (!result) return (*shared)(std::unexpected(http::problem(result.error(), language)));
        (*shared)(http::MakeHandler(
            [&app, &watch, tenant, session,
             language](std::shared_ptr<http::Socket> socket) -> std::unique_ptr<http::SocketHandler> {
              auto link = std::make_shared<Link>(std::move(socket));
              watch.expect_hello(link);
              return std::make_unique<PanelSocket>(app, *tenant, session, language, std::move(link));
            }));
      });
}

}  // namespace chatika::api
