#include "assistant/understand.hpp"

#include <algorithm>
#include <cctype>

#include "assistant/intents.hpp"
#include "base/text.hpp"
#include "language/detect.hpp"
#include "language/email.hpp"
#include "language/person_name.hpp"
#include "language/phone.hpp"
#include "language/tokens.hpp"

namespace chatika::assistant {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kBriefWords = 6;

Words folded_words(std::string_view text) {
  Words out;
  for (auto& token : language::tokenize(text))
    if (token.kind != language::TokenKind::mark) out.push_back(std::move(token.folded));
  return out;
}

std::vector<language::Named> named_services(const booking::Catalog& catalog) {
  std::vector<language::Named> named;
  for (const auto& service : catalog.services) {
    language::Named n{.name = service.name_ru, .aliases = service.aliases_ru};
    n.aliases.push_back(service.name_en);
    n.aliases.insert(n.aliases.end(), service.aliases_en.begin(), service.aliases_en.end());
    named.push_back(std::move(n));
  }
  return named;
}

std::vector<language::Named> named_specialists(const booking::Catalog& catalog) {
  std::vector<language::Named> named;
  for (const auto& specialist : catalog.specialists)
    named.push_back({.name = specialist.name_ru, .aliases = {specialist.name_en}});
  return named;
}

void read_contacts(std::string_view text, Understanding& u) {
  constexpr int kAttemptDigits = 4;  // "12345" after "your phone?" is an attempt too
  if (const auto phones = language::find_phones(text); !phones.empty()) u.phone = phones.front().e164;
  const auto digits =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  u.phone_attempt =
      !u.phone && (language::looks_like_phone(text) || (u.when.empty() && digits >= kAttemptDigits));
  if (const auto emails = language::find_emails(text); !emails.empty()) u.email = emails.front().address;
  if (auto name = language::volunteered_name(text)) u.volunteered_name = std::move(name->name);
  if (auto name = language::answered_name(text)) u.answered_name = std::move(name->name);
}

// "сегодня вечером" is no evening make-up: what was read as a time does not name a service.
std::string without_times(std::string_view text, const language::When& when) {
  std::string out;
  std::size_t at = 0;
  for (const auto& span : when.spans) {
    if (span.begin < at) continue;
    out.append(text.substr(at, span.begin - at)).push_back(' ');
    at = span.end;
  }
  return out.append(text.substr(at));
}

// "болит спина" is not what the dentist's "болит зуб" means: without the pain there must be something of the
// service left.
void drop_services_of_pain(std::string_view text, const Offerings& offerings, Understanding& u) {
  std::string rest;
  bool pain = false;
  for (const auto& token : language::tokenize(text)) {
    if (token.kind == language::TokenKind::word && says_only({token.folded}, Says::pain))
      pain = true;
    else
      rest += token.folded + " ";
  }
  if (!pain || u.services.empty()) return;
  const auto left = offerings.services.match(rest);
  std::erase_if(u.services, [&](const language::Match& m) {
    return std::none_of(left.begin(), left.end(),
                        [&](const language::Match& l) { return l.index == m.index; });
  });
}

void read_intents(std::string_view text, const Words& words, Understanding& u) {
  const auto all = said(words);
  const auto says = [&](Says what) { return all[static_cast<std::size_t>(what)]; };
  const bool mark = text.find('?') != std::string_view::npos;
  const bool thing = !u.services.empty() || !u.specialists.empty();
  const bool asks = says(Says::question) && !says(Says::suggests) && !says(Says::soonest);

  u.asks_bot = says(Says::bot);
  u.wants_human = !u.asks_bot && (says(Says::human) || says_only(words, Says::person));
  // "запишите мои данные: Анна, 8912…" gives them and asks nothing.
  u.own_data = says(Says::own_data) && !u.phone && !u.email && !says(Says::book);
  u.wants_callback = says(Says::callback);
  u.manages = says(Says::manages);
  u.cancels = says(Says::cancel);
  u.other_time = says(Says::other_time);
  u.soonest = says(Says::soonest);
  u.any = says(Says::any);
  u.greets = says_only(words, Says::greet);
  u.farewell = says_only(words, Says::farewell);
  u.thanks = says_only(words, Says::thanks);
  u.wordless = words.empty();
  u.brief = !words.empty() && words.size() <= kBriefWords;
  u.asks_price = says(Says::price);
  u.asks_fact = u.asks_price || says(Says::fact);
  u.emergency = says(Says::emergency);
  u.symptoms = says(Says::symptoms);
  u.asks_advice = u.symptoms && says(Says::advice);
  u.asks_services = says(Says::services) && u.services.empty() && u.when.empty();
  u.asks_staff = says(Says::staff) && !thing && u.when.empty();

  const bool declines = u.cancels || u.manages;
  u.books = says(Says::book) && !says(Says::asks_about) && !declines;
  // "запись" in "сколько длится запись ЭКГ?" is no wish; in "есть запись на завтра?" it is.
  const bool towards =
      thing && (words.front() == "к" || words.front() == "ко" || words.front() == "на");  // "к Тимофею"
  const bool noun = (says(Says::booking) || towards) && !asks && !says(Says::asks_about);
  const bool wish = says(Says::wish) && thing && !says(Says::asks_about) && (!mark || !u.when.empty());
  const bool dated = thing && (!u.when.empty() || u.soonest);
  u.wants_booking = u.books || (!declines && !u.asks_fact && (noun || (!asks && (wish || dated))));
  u.question = (mark || asks) && !(u.wants_booking && !u.asks_fact);
}

}  // namespace

Offerings::Offerings(booking::Catalog all)
    : catalog(std::move(all)), services(named_services(catalog)), specialists(named_specialists(catalog)) {}

Understanding understand(std::string_view text, const Offerings& offerings, std::chrono::local_seconds now,
                         std::string_view fallback_language) {
  Understanding u;
  u.language = language::detect(text, fallback_language);
  u.yes_no = language::yes_no(text);
  u.when = language::find_when(text, now);
  u.services = u.when.spans.empty() ? offerings.services.match(text)
                                    : offerings.services.match(without_times(text, u.when));
  drop_services_of_pain(text, offerings, u);
  u.specialists = offerings.specialists.match(text);
  read_contacts(text, u);
  read_intents(text, folded_words(text), u);
  return u;
}

}  // namespace chatika::assistant
