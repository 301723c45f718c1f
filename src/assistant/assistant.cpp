#include "assistant/assistant.hpp"

#include "assistant/talk.hpp"
#include "booking/booking.hpp"
#include "inbox/inbox.hpp"
#include "json/write.hpp"

namespace chatika::assistant {
namespace {

using phrases::Label;

Result<Dialogue> recall(privacy::Access& access, const inbox::Thread& thread) {
  const auto kept = TRY(inbox::dialogue(access, thread));
  if (kept.empty()) return Dialogue{.language = thread.language};
  return json::read<Dialogue>(kept);
}

// Decides and collects the replies into `result`; the thread's status and dialogue move with it.
Result<void> decide(privacy::Access& access, const Snapshots::Snapshot& snapshot, const Business& business,
                    const Turn& turn, TurnResult& result) {
  auto dialogue = TRY(recall(access, result.thread));
  const auto now = booking::to_local(access.now(), business.time_zone);
  auto heard = understand(turn.text, *snapshot.offerings, now, dialogue.language);
  if (!turn.choice) dialogue.language = heard.language;
  Talk talk{.access = access,
            .catalog = snapshot.offerings->catalog,
            .index = *snapshot.index,
            .business = business,
            .thread = result.thread,
            .dialogue = dialogue,
            .text = turn.text,
            .choice = turn.choice ? std::string_view(*turn.choice) : std::string_view(),
            .heard = std::move(heard)};
  CHECK(respond(talk));
  for (auto& reply : talk.replies)
    result.messages.push_back(TRY(
        inbox::append(access, result.thread, {.from = inbox::Sender::assistant, .body = std::move(reply)})));
  result.leads = std::move(talk.leads);
  result.bookings = std::move(talk.bookings);
  return inbox::set_dialogue(access, result.thread, json::write(dialogue));
}

void record_changes(privacy::Access& access, const TurnResult& result) {
  inbox::record(access, inbox::FeedKind::messages, result.thread.id, result.seq);
  for (const auto& lead : result.leads) inbox::record(access, inbox::FeedKind::lead, lead.id);
  for (const auto id : result.bookings) inbox::record(access, inbox::FeedKind::booking, id);
}

}  // namespace

Snapshots::Snapshot Snapshots::get(privacy::Access& access) {
  Snapshot out{.index = library_.index(access), .offerings = nullptr};
  const auto tenant = access.who().tenant;
  {
    const std::lock_guard lock(mutex_);
    out.offerings = offerings_[tenant];
  }
  if (!out.offerings) {
    out.offerings = std::make_shared<const Offerings>(booking::catalog(access.tx()));
    const std::lock_guard lock(mutex_);
    offerings_[tenant] = out.offerings;
  }
  return out;
}

Result<inbox::Message> greet(privacy::Access& access, inbox::Thread& thread, const Business& business) {
  inbox::Body body{.text = business.greeting(thread.language)};
  body.choices = {{"book", phrases::label(Label::book, thread.language)},
                  {"callback", phrases::label(Label::callback, thread.language)},
                  {"human", phrases::label(Label::human, thread.language)}};
  auto message =
      TRY(inbox::append(access, thread, {.from = inbox::Sender::assistant, .body = std::move(body)}));
  inbox::save(access, thread);
  inbox::record(access, inbox::FeedKind::messages, thread.id, message.seq);
  return message;
}

Result<TurnResult> take_turn(privacy::Access& access, const Snapshots::Snapshot& snapshot,
                             const Business& business, const Turn& turn) {
  TurnResult result;
  result.thread = TRY(inbox::thread(access, turn.conversation));
  if (const auto known = inbox::received(access, result.thread, turn.client_id)) {
    result.seq = known->seq;
    result.at = known->at;
    result.repeated = true;
    return result;
  }
  const auto before = result.thread.status;
  if (before == inbox::Status::closed) result.thread.status = inbox::Status::assistant;
  auto message = TRY(inbox::append(
      access, result.thread,
      {.from = inbox::Sender::visitor, .client_id = turn.client_id, .body = {.text = turn.text}}));
  result.seq = message.seq;
  result.at = message.at;
  result.messages.push_back(std::move(message));
  if (result.thread.status != inbox::Status::human) CHECK(decide(access, snapshot, business, turn, result));
  result.thread.visitor_read_seq = std::max(result.thread.visitor_read_seq, result.seq);
  result.status_changed = result.thread.status != before;
  inbox::save(access, result.thread);
  record_changes(access, result);
  return result;
}

}  // namespace chatika::assistant
