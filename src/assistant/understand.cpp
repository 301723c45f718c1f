#include "assistant/understand.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "language/detect.hpp"
#include "language/email.hpp"
#include "language/person_name.hpp"
#include "language/phone.hpp"
#include "language/tokens.hpp"

namespace chatika::assistant {
namespace {

using Words = std::vector<std::string>;

// A pattern is words that follow one another; "записа*" stands for every word that begins so.
using Patterns = std::span<const std::string_view>;

constexpr std::array<std::string_view, 40> kHuman{
    "человек*",        "живо* человек*",   "оператор*",      "позов* администратор*", "позов* сотрудник*", "живой сотрудник*",
    "с администратором", "с сотрудником",   "с менеджером",   "менеджер*",             "позов* менеджер*",  "с человеком",
    "не робот*",       "не бот*",          "не с ботом",     "хочу к оператору",      "соедин* с",         "переключ* на",
    "operator",        "a human",          "human",          "real person",           "live agent",        "an agent",
    "to a person",     "someone real",     "receptionist",   "speak to a person",     "talk to a person",  "speak to someone",
    "talk to someone", "manager",          "staff member",   "с живым",               "администратора позов*", "сотрудника позов*",
    "жалоб*",          "пожаловаться",     "complain*",      "complaint*"};
constexpr std::array<std::string_view, 17> kCallback{
    "перезвон*",      "позвоните мне", "мне позвон*",     "наберите мне",  "набер* мне",  "обратный звонок", "обратн* звон*",
    "заказать звонок", "жду звонка",    "свяжитесь со мной", "call me",      "call back",   "callback",        "ring me",
    "phone me",       "give me a call", "пусть позвон*"};
constexpr std::array<std::string_view, 34> kBook{
    "запис*",        "запиш*",          "на прием",      "прием к",        "попасть к",   "попасть на",     "на осмотр",
    "хочу на",       "хочу к",          "хотел* бы на",  "хотел* бы к",    "можно к",     "можно на",       "нужно к",
    "нужен прием",   "надо к",          "окошк*",        "окна есть",      "есть окно",   "есть время",     "свободн* врем*",
    "свободное окно", "забронир*",       "book",          "booking",        "appointment*", "schedule",       "see a doctor",
    "free time*",    "free slot*",      "any slots",     "available time*", "reserve",     "свободно ли"};
constexpr std::array<std::string_view, 12> kBookVerbs{"запис*", "запиш*", "забронир*", "хочу на", "хочу к", "хотел* бы на", "хотел* бы к", "book", "schedule", "reserve",
                                                      "make an appointment", "попасть к"};
constexpr std::array<std::string_view, 16> kCancel{
    "отмен*",      "отменя*",       "передумал*",  "не надо",    "не нужно", "стоп",        "забудь*",     "не буду записываться",
    "не хочу записываться", "cancel", "stop",      "never mind", "nevermind", "forget it", "changed my mind", "отбой"};
constexpr std::array<std::string_view, 14> kGreet{"здравствуй*", "здрасьте", "добрый день", "доброе утро", "добрый вечер",
                                                  "доброго дня", "привет*", "хай", "hello", "hi", "hey", "good morning",
                                                  "good afternoon", "good evening"};
constexpr std::array<std::string_view, 12> kThanks{"спасибо*", "благодар*", "пасиб*", "спс", "понятно", "ясно", "хорошо спасибо",
                                                   "thanks", "thank you", "thx", "got it", "great"};
constexpr std::array<std::string_view, 44> kQuestion{
    "сколько",  "когда",    "где",      "как",       "какой",     "какая",   "какие",   "какое",   "какого", "каких",   "кто",
    "что",      "почему",   "зачем",    "чем",       "можно ли",  "есть ли", "делаете", "принимаете", "нужно ли", "надо ли", "куда",
    "откуда",   "работаете", "лечите",  "подскаж*",  "расскаж*",  "цена",    "цены",    "стоит",   "стоимость", "how",     "what",
    "when",     "where",    "who",      "why",       "which",     "do you",  "is there", "are there", "can i",  "price*",  "cost*"};
constexpr std::array<std::string_view, 38> kFact{
    "сколько стоит",   "сколько стоят",   "сколько будет стоить", "сколько длится", "сколько времени занимает", "какая цена", "какие цены",
    "цена",            "цены",            "стоимость",     "почем",           "прайс*",         "где вы",        "где наход*",
    "адрес*",          "как добраться",   "как доехать",   "парков*",         "до скольки",     "часы работы",   "как подготов*",
    "подготовка к",    "чем отличается",  "как проходит",  "how much",        "price*",         "cost*",         "how long",
    "where are you",   "where is",        "address",       "parking",         "opening hours",  "what time do you", "how do i get",
    "how to prepare",  "до какого часа",  "во сколько открыва*"};
constexpr std::array<std::string_view, 26> kEmergency{
    "не могу дышать",   "задыха*",          "трудно дышать",     "нечем дышать",   "теря* сознание", "потерял* сознание",
    "без сознания",     "сильное кровотечение", "кровь не останав*", "истека* кровью", "боль в груди",   "инфаркт*",
    "инсульт*",         "отек горла",       "отек квинке",       "анафилак*",      "покончить с собой", "не хочу жить",
    "суицид*",          "убить себя",       "can not breathe",   "cannot breathe", "can't breathe",  "chest pain",
    "severe bleeding",  "kill myself"};
constexpr std::array<std::string_view, 24> kSymptoms{
    "болит",   "боли",    "боль",    "болят",     "ноет",   "температур*", "кашл*",   "тошн*",     "опух*",  "сып*",   "кровоточ*", "чешется",
    "диагноз*", "беремен*", "аллерги*", "воспал*", "hurts",  "pain",        "ache",    "toothache", "fever",  "rash",   "swollen",   "pregnant"};
constexpr std::array<std::string_view, 16> kAny{"любой",  "любому", "любая", "любого", "любую", "без разницы", "не важно", "неважно",
                                                "все равно", "кто угодно", "к кому угодно", "anyone", "any", "whoever", "no preference",
                                                "doesn't matter"};

Words folded_words(std::string_view text) {
  Words out;
  for (auto& token : language::tokenize(text))
    if (token.kind != language::TokenKind::mark) out.push_back(std::move(token.folded));
  return out;
}

bool word_matches(std::string_view word, std::string_view pattern) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return word == pattern;
}

// Whether the pattern's words stand one after another beginning at `at`; returns how many, or 0.
std::size_t match_at(const Words& words, std::size_t at, std::string_view pattern) {
  std::size_t n = 0;
  while (!pattern.empty()) {
    const auto space = std::min(pattern.find(' '), pattern.size());
    if (at + n >= words.size() || !word_matches(words[at + n], pattern.substr(0, space))) return 0;
    ++n;
    pattern.remove_prefix(std::min(space + 1, pattern.size()));
  }
  return n;
}

bool says(const Words& words, Patterns patterns) {
  for (std::size_t at = 0; at < words.size(); ++at)
    for (const auto pattern : patterns)
      if (match_at(words, at, pattern) > 0) return true;
  return false;
}

// Nothing is left of the message once the patterns and small words are taken out.
bool says_only(const Words& words, Patterns patterns) {
  static constexpr std::array<std::string_view, 14> kSmall{"вам",  "вас", "большое", "всем", "и",  "you", "so",
                                                           "much", "a",   "lot",     "very", "ок", "ok",  "там"};
  bool any = false;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t longest = 0;
    for (const auto pattern : patterns) longest = std::max(longest, match_at(words, at, pattern));
    if (longest == 0 && std::find(kSmall.begin(), kSmall.end(), words[at]) == kSmall.end()) return false;
    any = any || longest > 0;
    at += std::max<std::size_t>(longest, 1);
  }
  return any;
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
  if (const auto phones = language::find_phones(text); !phones.empty()) u.phone = phones.front().e164;
  u.phone_attempt = !u.phone && language::looks_like_phone(text);
  if (const auto emails = language::find_emails(text); !emails.empty()) u.email = emails.front().address;
  if (auto name = language::volunteered_name(text)) u.volunteered_name = std::move(name->name);
  if (auto name = language::answered_name(text)) u.answered_name = std::move(name->name);
}

}  // namespace

Offerings::Offerings(booking::Catalog all)
    : catalog(std::move(all)), services(named_services(catalog)), specialists(named_specialists(catalog)) {}

Understanding understand(std::string_view text, const Offerings& offerings, std::chrono::local_seconds now,
                         std::string_view fallback_language) {
  Understanding u;
  u.language = language::detect(text, fallback_language);
  const auto words = folded_words(text);
  u.wants_human = says(words, kHuman);
  u.wants_callback = says(words, kCallback);
  u.wants_booking = says(words, kBook);
  u.books = says(words, kBookVerbs);
  u.cancels = says(words, kCancel);
  u.greets = says_only(words, kGreet);
  u.thanks = says_only(words, kThanks);
  u.question = text.find('?') != std::string_view::npos || says(words, kQuestion);
  u.asks_fact = says(words, kFact);
  u.emergency = says(words, kEmergency);
  u.symptoms = says(words, kSymptoms);
  u.any = says(words, kAny);
  u.yes_no = language::yes_no(text);
  u.when = language::find_when(text, now);
  u.services = offerings.services.match(text);
  u.specialists = offerings.specialists.match(text);
  read_contacts(text, u);
  return u;
}

}  // namespace chatika::assistant
