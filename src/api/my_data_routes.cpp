// "My data" of the widget: what is held, withdrawal by one click, objection, a request. The conversation's token proves who
// asks; it travels in the body.
#include <fmt/format.h>

#include "api/my_looks.hpp"
#include "api/request_views.hpp"
#include "api/widget_door.hpp"
#include "inbox/inbox.hpp"
#include "language/phone.hpp"
#include "notify/address.hpp"
#include "requests/words.hpp"

namespace chatika::api {
namespace {

using privacy::Principal;
using privacy::Purpose;

// Reads the body, lets the site in, proves the token; then `work(access, tenant, body, outbox)` as the visitor.
template <class In, class Out>
auto as_visitor(std::string_view operation, Result<Out> (*work)(privacy::Access&, const accounts::Tenant&, const In&,
                                                                const Call&, Outbox&)) {
  return [operation, work](App& app, Call call, Respond respond) {
    auto body = read_body<In>(call.request);
    if (!body) return respond_error(call, body.error(), respond);
    const auto tenant = tenant_for(app, body->key, call.request);
    if (!tenant) return respond_error(call, tenant.error(), respond);
    respond = readable(call.request, std::move(respond));
    const auto token = crypto::token_hash(body->token);
    if (!token) return respond_error(call, token.error(), respond);
    if (const int wait = app.messages.take(body->conversation.view(), app.tenants.clock().now()); wait > 0)
      return respond_error(call, Error{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = wait}, respond);
    auto shared_call = std::make_shared<Call>(call);
    run_for(
        app, (*tenant)->id,
        [conversation = body->conversation, hash = *token](db::Tx& tx, Time) {
          return inbox::visitor_of(tx, conversation, hash);
        },
        operation, std::move(call), std::move(respond),
        [work, &tenant = **tenant, in = std::move(*body), shared_call](privacy::Access& access, Outbox& out) {
          return work(access, tenant, in, *shared_call, out);
        },
        [](const Out& out, const Call&) { return json_response(200, json::write(out)); });
  };
}

std::string by(Language language, std::string_view ru, std::string_view en) {
  return std::string(language == Language::en ? en : ru);
}
std::string day(Time t, Language language) {
  return requests::day_words(to_rfc3339(t).substr(0, 10), json::name_of(language));
}

// Whether a confirmed booking lies ahead: it goes on when consent ends (152-FZ art. 6(1)(5)).
bool booked(privacy::Access& access, SubjectId visitor) {
  for (const auto conversation : inbox::conversations_of(access, visitor))
    for (const auto& b : booking::of_conversation(access, conversation))
      if (b.status == booking::BookingStatus::confirmed && b.ends_at > access.now()) return true;
  return false;
}

std::string state_words(const requests::Case& c, Language language) {
  switch (c.status) {
    case requests::RequestStatus::new_:
    case requests::RequestStatus::in_work:
      return by(language, "в работе, срок ", "in work, due ") +
             requests::day_words(c.deadline.due_day, json::name_of(language));
    case requests::RequestStatus::answered:
      return by(language, "дан ответ", "answered");
    case requests::RequestStatus::refused:
      return by(language, "отказано", "refused");
    case requests::RequestStatus::closed:
      return by(language, "закрыто", "closed");
  }
  return {};
}

Result<std::vector<MyDataItem>> held_of(privacy::Access& access, const inbox::Thread& thread, Language language) {
  std::vector<MyDataItem> out;
  auto contact = TRY(inbox::contact(access, thread.visitor, Purpose::subject_request));
  if (contact.name) out.push_back({by(language, "Имя", "Name"), std::move(*contact.name)});
  if (contact.phone) out.push_back({by(language, "Телефон", "Phone"), language::format_phone(*contact.phone)});
  if (contact.email) out.push_back({by(language, "Почта", "E-mail"), std::move(*contact.email)});
  out.push_back({by(language, "Сообщения", "Messages"),
                 fmt::format(fmt::runtime(by(language, "{}, с {}", "{}, since {}")), thread.last_seq,
                             day(thread.started_at, language))});
  if (booked(access, thread.visitor)) out.push_back({by(language, "Запись", "Booking"), by(language, "есть", "yes")});
  out.push_back({by(language, "Сетевой адрес", "Network address"),
                 by(language, "для безопасности, до 30 дней", "for security, up to 30 days")});
  return out;
}

Result<MyData> my_data(privacy::Access& access, const accounts::Tenant& tenant, const MyDataAsk& in, const Call&, Outbox&) {
  const auto language = in.language;
  const auto thread = TRY(inbox::thread(access, in.conversation));
  MyData out{.held = TRY(held_of(access, thread, language)),
             .consent = {},
             .withdrawal = {},
             .objected = (TRY(access.standing(thread.visitor)).objected & privacy::kObjectable) != 0,
             .requests = {},
             .policy = "/privacy/" + tenant.public_key};
  if (const auto consent = privacy::consent_state(access.tx(), thread.visitor)) {
    out.consent = by(language, "Согласие дано ", "Consent given on ") + day(consent->at, language);
    if (consent->health) out.consent += by(language, ", и о здоровье тоже", ", health data too");
  }
  out.withdrawal = booked(access, thread.visitor)
                       ? by(language,
                            "Мы сразу перестанем использовать ваши данные, чат закроется. Подтверждённая запись останется в силе: "
                            "нужное для неё сохраним до приёма, остальное уничтожим в течение 30 дней.",
                            "We stop using your data at once and the chat closes. Your confirmed booking stays: what it needs is "
                            "kept until the visit, the rest is destroyed within 30 days.")
                       : by(language,
                            "Мы сразу перестанем использовать ваши данные, чат закроется. Данные уничтожим в течение 30 дней.",
                            "We stop using your data at once and the chat closes. The data is destroyed within 30 days.");
  for (const auto& c : requests::of_subject(access, thread.visitor))
    out.requests.push_back(
        {c.reference, std::string(requests::words(c.type, json::name_of(language))), state_words(c, language)});
  return out;
}

Result<Withdrawal> withdraw(privacy::Access& access, const accounts::Tenant& tenant, const MyDataAsk& in, const Call&,
                            Outbox& out) {
  const SubjectId subject(access.who().id);
  const auto done = TRY(requests::withdraw(access, {.subject = subject,
                                                    .channel = requests::RequestChannel::widget,
                                                    .language = std::string(json::name_of(in.language)),
                                                    .zone = tenant.profile.time_zone}));
  announce_request(access, done.id, out);
  return Withdrawal{done.reference, TRY(requests::find(access, done.id)).deadline.due_day};
}

Result<MyData> object(privacy::Access& access, const accounts::Tenant& tenant, const MyObjection& in, const Call& call,
                      Outbox& out) {
  const SubjectId subject(access.who().id);
  if (in.on)
    CHECK(privacy::object(access, subject, privacy::kObjectable, privacy::Channel::widget));
  else
    CHECK(privacy::lift_objection(access, subject, privacy::kObjectable, privacy::Channel::widget));
  return my_data(access, tenant, {in.key, in.conversation, in.token, in.language}, call, out);
}

Result<MyLooks> looked(privacy::Access& access, const accounts::Tenant&, const MyDataAsk& in, const Call&, Outbox&) {
  privacy::AuditSearch search;
  search.limit = kLooksRead;
  return my_looks(TRY(privacy::who_looked(access, SubjectId(access.who().id), search)), json::name_of(in.language));
}

requests::RequestType type_of(MyRequestType type) {
  switch (type) {
    case MyRequestType::information:
      return requests::RequestType::information;
    case MyRequestType::correction:
      return requests::RequestType::correction;
    case MyRequestType::deletion:
      return requests::RequestType::deletion;
  }
  return requests::RequestType::information;
}

Result<MyRequestFiled> file(privacy::Access& access, const accounts::Tenant& tenant, const NewMyRequest& in, const Call& call,
                            Outbox& out) {
  if (in.email && !notify::is_address(*in.email)) return fail_field("/email", "bad_email");
  const auto filed = TRY(requests::file_from_chat(access, {.subject = SubjectId(access.who().id),
                                                           .type = type_of(in.type),
                                                           .channel = requests::RequestChannel::widget,
                                                           .language = std::string(json::name_of(in.language)),
                                                           .zone = tenant.profile.time_zone,
                                                           .essence = in.essence ? std::string(*in.essence) : std::string(),
                                                           .contact = in.email ? std::string(*in.email) : std::string()}));
  announce_request(access, filed.id, out);
  const auto c = TRY(requests::find(access, filed.id));
  const auto host = (call.request.tls ? "https://" : "http://") + std::string(call.request.header("host"));
  return MyRequestFiled{filed.reference, c.deadline.due_day,
                        host + "/privacy/request#" + tenant.public_key + "." + filed.link_token};
}

template <class In, class Out>
void add(std::vector<Route>& table, const char* path, const char* operation, std::string summary,
         Result<Out> (*work)(privacy::Access&, const accounts::Tenant&, const In&, const Call&, Outbox&)) {
  table.push_back({.method = http::Method::post,
                   .path = path,
                   .gate = Gate::widget,
                   .operation = operation,
                   .summary = std::move(summary),
                   .query = {},
                   .status = 200,
                   .request_schema = wire_schema<In>(json::Direction::request),
                   .response_schema = wire_schema<Out>(json::Direction::response),
                   .handle = as_visitor<In, Out>(operation, work)});
  table.push_back({.method = http::Method::options,
                   .path = path,
                   .gate = Gate::open,
                   .operation = "",
                   .summary = "",
                   .query = {},
                   .status = 204,
                   .request_schema = {},
                   .response_schema = {},
                   .handle = preflight});
}

}  // namespace

void add_my_data_routes(std::vector<Route>& table) {
  add<MyDataAsk, MyData>(table, "/widget/v1/my-data", "my_data.read", "What is held about the visitor", my_data);
  add<MyDataAsk, Withdrawal>(table, "/widget/v1/my-data/withdraw", "my_data.withdraw", "Withdraw consent: it ends at once", withdraw);
  add<MyObjection, MyData>(table, "/widget/v1/my-data/object", "my_data.object", "Object to analytics, or take that back", object);
  add<MyDataAsk, MyLooks>(table, "/widget/v1/my-data/looked", "my_data.looked", "Who looked at the visitor's data, by role and purpose",
                          looked);
  add<NewMyRequest, MyRequestFiled>(table, "/widget/v1/my-data/requests", "my_data.request",
                                    "Ask for a copy, a correction, a deletion", file);
}

}  // namespace chatika::api
