// Answers to questions: the articles' own words first, then what the catalogue says for certain. Nothing is
// made up here.
#include <algorithm>
#include <iterator>

#include "assistant/talk.hpp"
#include "knowledge/answer.hpp"
#include "language/choice.hpp"

namespace chatika::assistant {
namespace {

using phrases::Label;
using phrases::Phrase;

constexpr std::size_t kListed = 20;  // services or specialists of one reply

// What the question is about: named in it, or under way, or spoken of before.
const booking::Service* subject(const Talk& talk) {
  const auto& heard = talk.heard.services;
  if (!heard.empty())
    return language::ambiguous(heard) ? nullptr : &talk.catalog.services[heard.front().index];
  const auto& d = talk.dialogue;
  const auto id = d.service ? d.service : d.topic;
  return id ? talk.catalog.service(*id) : nullptr;
}

// After an answer about a service "Записаться" books that service.
inbox::Choice book_choice(const Talk& talk) {
  const auto& heard = talk.heard.services;
  if (heard.empty() || language::ambiguous(heard)) return talk.choice_of("book", Label::book);
  return talk.choice_of("service:" + to_string(talk.catalog.services[heard.front().index].id), Label::book);
}

// Whether the words name a price, or say that there is none.
bool names_price(std::string_view text) {
  constexpr std::string_view kSigns[] = {"₽", "руб", "есплатн", "free", "RUB"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return text.find(sign) != text.npos; });
}

bool answer_from_articles(Talk& talk, std::string_view question, bool priced) {
  const auto answer = knowledge::answer(talk.index, question, talk.language());
  if (!answer || (priced && !names_price(answer->text()))) return false;
  inbox::Body reply{.text = answer->text()};
  reply.sources = {{.article = answer->id, .title = answer->title, .quote = answer->text()}};
  if (talk.dialogue.task == Task::none) reply.choices = {book_choice(talk), talk.human()};
  talk.replies.push_back(std::move(reply));
  return true;
}

bool answer_price(Talk& talk, const booking::Service& service) {
  if (!service.price) return false;
  auto& reply = talk.say(Phrase::price_of, service.name(talk.language()),
                         phrases::price(*service.price, talk.language()),
                         phrases::minutes(service.duration_min, talk.language()));
  if (talk.dialogue.task == Task::none)
    reply.choices = {talk.choice_of("service:" + to_string(service.id), Label::book), talk.human()};
  return true;
}

}  // namespace

bool answer_fact(Talk& talk) {
  const auto* about = subject(talk);
  const bool unnamed = talk.heard.services.empty() && about != nullptr;
  if (unnamed && talk.heard.asks_price && answer_price(talk, *about)) return true;  // "а сколько это стоит?"
  const bool priced =
      talk.heard.asks_price && about != nullptr && about->price;  // then the catalogue knows at least that
  if (answer_from_articles(talk, talk.text, priced)) return true;
  // "а как подготовиться?": to what was spoken of.
  if (unnamed && talk.heard.asks_fact &&
      answer_from_articles(talk, std::string(talk.text) + " " + about->name(talk.language()), priced))
    return true;
  if (talk.heard.asks_price && about != nullptr) return answer_price(talk, *about);
  if (!talk.heard.asks_price || !talk.heard.brief) return false;
  list_services(talk);  // "сколько стоит?"
  return true;
}

void list_services(Talk& talk) {
  auto& reply = talk.say(Phrase::our_services);
  for (const auto& service : talk.catalog.services) {
    if (reply.choices.size() >= kListed) break;
    reply.choices.push_back({"service:" + to_string(service.id), service_label(talk, service)});
  }
}

void list_staff(Talk& talk) {
  auto& reply = talk.say(Phrase::our_staff);
  for (const auto& s : talk.catalog.specialists) {
    if (reply.choices.size() >= kListed) break;
    reply.choices.push_back(
        {"specialist:" + to_string(s.id), s.name(talk.language()) + ", " + s.title(talk.language())});
  }
}

void say_unknown(Talk& talk) {
  auto& d = talk.dialogue;
  ++d.unknown;
  if (talk.thread.status ==
      inbox::Status::waiting) {  // said once: the message is for the colleague who comes
    if (d.unknown == 1) talk.say(Phrase::message_for_human).choices = {talk.callback()};
    return;
  }
  auto& reply = d.unknown == 1   ? talk.say(Phrase::unknown)
                : d.unknown == 2 ? talk.say(Phrase::unknown_again)
                                 : talk.say(Phrase::unknown_still, talk.business.phone);
  reply.choices = {talk.human(), talk.callback()};
  d.proposed = d.unknown >= 2 ? Proposal::human : Proposal::none;
}

}  // namespace chatika::assistant
