// The visitor's socket (docs/protocol.md, "Widget"). Every operation proves the conversation's token again,
// so frames need not wait for the welcome and a withdrawn token ends at once.
#include "api/server.hpp"
#include "inbox/inbox.hpp"
#include "privacy/address.hpp"

namespace chatika::api {
namespace {

constexpr std::uint16_t kBadToken = 4401;
constexpr std::uint16_t kTooManySockets = 1013;
// Sent at once after hello, whichever is reached first; welcome.last tells the client to ask again for the
// rest. More than the socket's queue holds would end the socket, and the next one, for ever.
constexpr std::size_t kResumeMessages = 400;
constexpr std::size_t kResumeBytes = limits::kSocketQueueBytes / 2;

struct Visit {
  TenantId tenant;
  ConversationId conversation;
  crypto::Hash token_hash;
};

// The id of a `send` that breaks a rule: the visitor is to see which message was refused, and the widget to
// stop repeating it.
std::optional<Uuid> named_send(std::string_view text) {
  const auto frame = json::parse(text);
  const auto* object = frame ? frame->if_object() : nullptr;
  const auto* type = object == nullptr ? nullptr : object->if_contains("type");
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  if (type == nullptr || !type->is_string() || type->get_string() != "send" || id == nullptr ||
      !id->is_string())
    return std::nullopt;
  return parse_uuid({id->get_string().data(), id->get_string().size()});
}

// Called inside the turn's transaction: what is refused here has not happened.
Result<void> may_hold(App& app, privacy::Access& access, const assistant::TurnResult& result,
                      std::string_view peer) {
  for (const auto id : result.bookings) {
    if (TRY(booking::find(access, id)).status != booking::BookingStatus::held) continue;
    const auto key = to_string(access.who().tenant) + std::string(peer);
    if (const int wait = app.holds.take(key, access.now()); wait > 0)
      return fail(Error{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = wait});
  }
  return {};
}

// The turn's messages stand first in the feed, then its leads, then its bookings. Each event carries its own
// number: a panel whose line breaks between two of them must be sent the rest.
std::int64_t first_of_turn(privacy::Access& access, const assistant::TurnResult& result) {
  return inbox::feed_head(access) - static_cast<std::int64_t>(result.leads.size() + result.bookings.size());
}

class WidgetSocket final : public http::SocketHandler {
 public:
  WidgetSocket(App& app, const accounts::Tenant& tenant, std::string peer, std::shared_ptr<Link> link)
      : app_(app),
        tenant_(tenant),
        peer_(std::move(peer)),
        link_(std::move(link)),
        frames_(kFrameBurst + app.settings.messages_per_minute,
                kFramesPerSecond + app.settings.messages_per_minute / 30) {}

  void on_frame(std::string_view text) override {
    if (!frames_.take(frame_cost(text.size()), std::chrono::steady_clock::now()))
      return link_->socket->close(kTooMuch, "too much");
    auto command = json::read<WidgetCommand>(text);
    if (!command) return refuse(command.error(), named_send(text));
    std::visit([&](auto& c) { on(c); }, *command);
  }

  void on_close() override {
    const std::lock_guard lock(link_->mutex);
    link_->closed = true;
    if (visit_) app_.hub.remove_visitor(visit_->conversation, link_->socket.get());
  }

 private:
  void on(const WidgetHello& hello);
  void on(const WidgetSend& send);
  void on(const WidgetTyping& typing);
  void on(const WidgetRead& read);
  void on(const Ping&) { send(Pong{}); }

  template <class Work, class Done>
  void run(std::string_view operation, Work work, Done done) {
    auto db = app_.tenants.enter(visit_->tenant, accounts::seen_from(from_, [v = *visit_](db::Tx& tx, Time) {
                                   return inbox::visitor_of(tx, v.conversation, v.token_hash);
                                 }));
    if (!db) return refuse(db.error(), {});
    db->submit(operation, std::move(work), std::move(done));
  }

  void send(const WidgetEvent& event) { link_->socket->send(json::write(event)); }
  void refuse(const Error& error, std::optional<Uuid> id) { refuse(*link_, error, id, language_); }
  static void refuse(Link& link, const Error& error, std::optional<Uuid> id, std::string_view language);

  App& app_;
  const accounts::Tenant& tenant_;
  const std::string peer_;
  const std::string from_ = privacy::truncated_address(peer_);
  std::shared_ptr<Link> link_;
  Allowance frames_;
  Allowance typing_{4, 1};  // every one goes to every panel of the business
  std::optional<Visit> visit_;
  std::string language_ = "ru";
};

void WidgetSocket::refuse(Link& link, const Error& error, std::optional<Uuid> id, std::string_view language) {
  if (error.code == Errc::unauthenticated) return link.socket->close(kBadToken, "token");
  WidgetError event{.code = std::string(name(error.code)),
                    .text = http::sentence(error, language),
                    .id = id,
                    .pointer = {}};
  if (!error.fields.empty()) event.pointer = error.fields.front().pointer;
  link.socket->send(json::write(event));
}

void WidgetSocket::on(const WidgetHello& hello) {
  language_ = json::name_of(hello.language);
  const auto token = crypto::token_hash(hello.token);
  if (!token || hello.key != tenant_.public_key) return link_->socket->close(kBadToken, "token");
  if (visit_ && visit_->conversation != hello.conversation) return refuse(Error{.code = Errc::conflict}, {});
  visit_ = Visit{tenant_.id, hello.conversation, *token};

  struct Resume {
    WidgetWelcome welcome;
    std::vector<inbox::Message> missed;
    std::int64_t staff_read = 0;
  };
  run(
      "conversation.resume",
      [id = hello.conversation, after = hello.after.value](privacy::Access& access) -> Result<Resume> {
        const auto thread = TRY(inbox::thread(access, id));
        const auto status = TRY(status_of(access, thread));
        return Resume{{thread.id, thread.last_seq, status.status, status.operator_},
                      TRY(inbox::messages_after(access, thread, after, kResumeMessages)),
                      thread.staff_read_seq};
      },
      [link = link_, &app = app_, id = hello.conversation, language = language_](Result<Resume> resume) {
        if (!resume) return refuse(*link, resume.error(), {}, language);
        const std::lock_guard lock(link->mutex);
        if (link->closed) return;
        link->greeted = true;
        link->socket->send(json::write(resume->welcome));
        std::size_t bytes = 0;
        for (auto& message : resume->missed) {
          auto frame = json::write(WidgetMessage{std::move(message)});
          bytes += frame.size();
          if (bytes > kResumeBytes) break;
          link->socket->send(std::move(frame));
        }
        if (resume->staff_read > 0) link->socket->send(json::write(WidgetReadEvent{resume->staff_read}));
        if (!app.hub.add_visitor(id, link->socket)) link->socket->close(kTooManySockets, "too many");
      });
}

void WidgetSocket::on(const WidgetSend& send) {
  if (!visit_) return refuse(Error{.code = Errc::unauthenticated}, send.id);
  if (const int wait = app_.messages.take(visit_->conversation.view(), app_.tenants.clock().now()); wait > 0)
    return refuse(Error{.code = Errc::too_many, .retry_after_s = wait}, send.id);
  assistant::Turn turn{
      .conversation = visit_->conversation, .client_id = send.id, .text = send.text, .choice = {}};
  if (send.choice) turn.choice = *send.choice;
  auto outbox = std::make_shared<Outbox>();
  run(
      "message.receive",
      [&app = app_, &tenant = tenant_, turn = std::move(turn), peer = peer_,
       outbox](privacy::Access& access) -> Result<assistant::TurnResult> {
        const auto snapshot = app.snapshots.get(access);
        auto result = TRY(assistant::take_turn(access, snapshot, business_of(tenant), turn));
        if (result.repeated) return result;
        CHECK(may_hold(app, access, result, peer));
        std::optional<std::int64_t> feed;
        if (app.hub.has_panels(tenant.id)) feed = first_of_turn(access, result);
        CHECK(announce_messages(access, result.thread, result.messages, feed, *outbox));
        if (result.status_changed)
          outbox->to_visitor(result.thread.id, TRY(status_of(access, result.thread)));
        if (!feed) return result;
        for (const auto& lead : result.leads) outbox->to_panels(PanelLead{++*feed, lead});
        for (const auto id : result.bookings)
          outbox->to_panels(PanelBooking{
              ++*feed, TRY(view(access, snapshot.offerings->catalog, TRY(booking::find(access, id))))});
        return result;
      },
      [&app = app_, tenant = tenant_.id, link = link_, outbox, id = send.id,
       language = language_](Result<assistant::TurnResult> result) {
        if (!result) return refuse(*link, result.error(), id, language);
        link->socket->send(json::write(WidgetReceived{id, result->seq, result->at}));
        outbox->send(app.hub, tenant);
      });
}

void WidgetSocket::on(const WidgetTyping& typing) {
  if (!visit_ || !typing_.take(1, std::chrono::steady_clock::now())) return;
  {
    const std::lock_guard lock(link_->mutex);
    if (!link_->greeted) return;
  }
  const PanelTypingEvent event{visit_->conversation, PanelTypingFrom::visitor, typing.on};
  app_.hub.to_panels(visit_->tenant, std::make_shared<const std::string>(json::write(event)));
}

void WidgetSocket::on(const WidgetRead& read) {
  if (!visit_) return;
  run(
      "conversation.read_by_visitor",
      [id = visit_->conversation, seq = read.seq.value](privacy::Access& access) -> Result<void> {
        CHECK(inbox::read_by_visitor(access, id, seq));
        return {};
      },
      [link = link_, language = language_](Result<void> result) {
        if (!result) refuse(*link, result.error(), {}, language);
      });
}

}  // namespace

void upgrade_widget(App& app, Watch& watch, const http::Request& request, Accept accept) {
  const auto key = request.query.find("key");
  const auto* tenant = key == request.query.end() ? nullptr : app.tenants.by_public_key(key->second);
  if (tenant == nullptr || request.query.size() != 1 ||
      !origin_allowed(*tenant, request.header("origin"), request.header("host")))
    return accept(std::unexpected(http::problem(
        Error{.code = Errc::forbidden}, http::preferred_language(request.header("accept-language")))));
  accept(http::MakeHandler([&app, &watch, tenant, peer = request.peer](
                               std::shared_ptr<http::Socket> socket) -> std::unique_ptr<http::SocketHandler> {
    auto link = std::make_shared<Link>(std::move(socket));
    watch.expect_hello(link);
    return std::make_unique<WidgetSocket>(app, *tenant, peer, std::move(link));
  }));
}

}  // namespace chatika::api
