#include "notify/sending.hpp"

#include "notify/address.hpp"
#include "notify/delivery_rules.hpp"
#include "notify/message.hpp"
#include "notify/outbox_store.hpp"
#include "notify/params.hpp"

namespace chatika::notify {
namespace {

using Begun = Result<std::variant<jobs::Next, jobs::Act>>;

// Why a mail may not be sent at all, in a word; anything else is an error that passes or a bug.
std::optional<std::string_view> ban(Errc code) {
  switch (code) {
    case Errc::consent_required:
      return "withdrawn";
    case Errc::blocked:
      return "blocked";
    case Errc::gone:
    case Errc::not_found:
      return "erased";
    case Errc::forbidden:
      return "not_allowed";
    default:
      return std::nullopt;
  }
}

// "" when none is known.
Result<std::string> address_of(privacy::Access& access, const store::Row& mail) {
  if (mail.address) return *mail.address;
  const auto purpose = purpose_of(mail.what);
  if (mail.address_box) return access.open(*mail.address_box, purpose);
  if (const auto box = store::employee_email(access.tx(), *mail.subject))
    return access.open(*box, privacy::Purpose::notification);
  if (const auto box = store::visitor_email(access.tx(), *mail.subject)) return access.open(*box, purpose);
  return std::string();
}

Result<Params> params_of(privacy::Access& access, const store::Row& mail) {
  auto params = TRY(read_params(mail.params));
  if (mail.secrets_box)
    params.merge(TRY(read_params(TRY(access.open(*mail.secrets_box, purpose_of(mail.what))))));
  return params;
}

jobs::Next suppress(privacy::Access& access, const store::Row& mail, std::string_view why) {
  store::settle(access.tx(), mail.id, mail.attempts + 1, {.state = MailState::suppressed, .error = why},
                access.now());
  if (mail.subject) access.audit(*mail.subject);
  return jobs::Next::done();
}

jobs::Next settle(privacy::Access& access, MailId id, int attempt, Time created_at, const Reply& reply) {
  const auto now = access.now();
  const auto verdict = judge(reply, attempt, now - created_at);
  store::settle(access.tx(), id, attempt,
                {.state = verdict.state,
                 .error = verdict.error,
                 .code = reply.code == 0 ? std::nullopt : std::optional(reply.code),
                 .next_at = verdict.wait ? std::optional(now + *verdict.wait) : std::nullopt},
                now);
  return verdict.wait ? jobs::Next::again_in(*verdict.wait) : jobs::Next::done();
}

Begun begin(const Sender& sender, privacy::Access& access, const jobs::Job& job) {
  const auto id = TRY(jobs::payload<MailJob>(job)).mail;
  const auto mail = store::row(access.tx(), id);
  if (!mail || mail->state != MailState::waiting) return jobs::Next::done();
  const auto address = address_of(access, *mail);
  auto params = address ? params_of(access, *mail) : Result<Params>();
  if (!address || !params) {
    const Error& error = address ? params.error() : address.error();
    const auto why = ban(error.code);
    if (!why) return fail(error);
    return suppress(access, *mail, *why);
  }
  if (address->empty()) return suppress(access, *mail, "no_address");
  if (!is_address(*address)) return suppress(access, *mail, "bad_address");

  const auto business = sender.business(access.tx().tenant(), mail->language);
  const Message message{.from_name = business.name,
                        .from = sender.from,
                        .to = *address,
                        .id = to_string(id) + "@" + std::string(domain_of(sender.from)),
                        .date = mail->created_at,
                        .content = render(mail->what, mail->language, *params, business),
                        .attachments = {}};
  return jobs::Act([transport = sender.transport, from = sender.from, to = *address, text = compose(message),
                    id, attempt = mail->attempts + 1, created_at = mail->created_at]() -> jobs::Finish {
    const auto reply = transport->send(from, to, text);
    return
        [=](privacy::Access& a) -> Result<jobs::Next> { return settle(a, id, attempt, created_at, reply); };
  });
}

}  // namespace

void register_handlers(jobs::Handlers& handlers, Sender sender) {
  if (sender.transport)
    handlers.on_outside(std::string(kMailJob),
                        [sender = std::move(sender)](privacy::Access& access, const jobs::Job& job) {
                          return begin(sender, access, job);
                        });
}

}  // namespace chatika::notify
