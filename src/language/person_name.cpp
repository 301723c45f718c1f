#include "language/person_name.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.hpp"
#include "language/phone.hpp"
#include "language/stem.hpp"

namespace chatika::language {
namespace {

constexpr std::size_t kNameWords = 3;
constexpr std::size_t kLetters = 30;  // of one word of a name

using Tokens = std::vector<Token>;

template <std::size_t N>
bool one_of(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Words that are never part of a name, though an answer may be nothing else.
constexpr std::string_view kNotNames[] = {
    "да",          "нет",         "неа",      "ага",           "угу",          "ок",          "окей",
    "хорошо",      "ладно",       "спасибо",  "пожалуйста",    "здравствуйте", "здравствуй",  "привет",
    "приветствую", "добрый",      "доброе",   "доброго",       "день",         "вечер",       "утро",
    "скажу",       "зачем",       "почему",   "секрет",        "аноним",       "анонимно",    "никак",
    "никто",       "неважно",     "хочу",     "можно",         "нужно",        "надо",        "буду",
    "запишите",    "записаться",  "запись",   "прием",         "приеме",       "стрижка",     "стрижку",
    "маникюр",     "врач",        "врачу",    "доктор",        "терапевт",     "стоматолог",  "цена",
    "стоит",       "сколько",     "скидка",   "завтра",        "сегодня",      "послезавтра", "понедельник",
    "вторник",     "среда",       "среду",    "четверг",       "пятница",      "пятницу",     "суббота",
    "субботу",     "воскресенье", "утром",    "вечером",       "днем",         "отмена",      "отменить",
    "стоп",        "человек",     "оператор", "администратор", "менеджер",     "другой",      "другое",
    "время",       "потом",       "позже",    "верно",         "правильно",    "бот",         "робот",
    "имя",         "фамилия",     "телефон",  "номер",         "почта",        "yes",         "no",
    "nope",        "ok",          "okay",     "thanks",        "thank",        "please",      "hello",
    "hi",          "hey",         "good",     "morning",       "evening",      "why",         "none",
    "secret",      "anonymous",   "nobody",   "not",           "want",         "need",        "book",
    "cancel",      "stop",        "human",    "operator",      "sure",         "tomorrow",    "today",
    "price",       "much",        "test",     "тест",          "name",         "phone",       "number",
    "never",       "mind",        "asdf",     "любой",         "любая",        "любому",      "мастер",
    "специалист",  "услуга",      "лак",      "гель",          "узи",          "экг"};

// Beginnings of abuse, folded.
constexpr std::string_view kAbuse[] = {"хуй",   "хуе",   "хуя",  "пизд", "ебан",  "ебат",
                                       "еблан", "бляд",  "бля",  "сука", "мудак", "дурак",
                                       "идиот", "козел", "fuck", "shit", "bitch"};

bool is_abuse(std::string_view word) {
  return std::any_of(std::begin(kAbuse), std::end(kAbuse),
                     [&](std::string_view a) { return word.starts_with(a); });
}

// Letters that no name has: three the same in a row, or no vowel at all.
bool pronounceable(std::string_view folded) {
  constexpr std::u32string_view kVowels = U"аеиоуыэюяaeiouyіїєáéíóúàèöäüëïç";
  char32_t last = 0;
  int same = 0;
  bool vowel = false;
  bool latin = false;
  bool cyrillic = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = text::next(folded, at);
    same = c == last ? same + 1 : 1;
    if (same >= 3) return false;
    last = c;
    vowel = vowel || kVowels.find(c) != kVowels.npos;
    latin = latin || (c >= 'a' && c <= 'z');
    cyrillic = cyrillic || (c >= 0x400 && c < 0x530);
  }
  return vowel && !(latin && cyrillic);
}

bool is_name_word(const Token& t) {
  if (t.kind != TokenKind::word || is_stop_word(t.folded) || one_of(t.folded, kNotNames) ||
      is_abuse(t.folded))
    return false;
  const std::size_t n = text::length(t.folded);
  // Nouns of action name services: "ламинирование", "вакцинация".
  constexpr std::string_view kAction[] = {"ание", "ение", "ация", "тие", "ость", "ости"};
  if (n > 5 && std::any_of(std::begin(kAction), std::end(kAction),
                           [&](std::string_view e) { return t.folded.ends_with(e); }))
    return false;
  return n >= 2 && n <= kLetters && pronounceable(t.folded);
}

// A word of a name that need not be capitalised must not look like a verb or an adverb of a sentence either.
bool is_verb_like(std::string_view w) {
  constexpr std::string_view kEndings[] = {"ться", "тся",  "ить",  "ать", "ять", "ете",
                                           "ите",  "уйте", "айте", "ешь", "ишь", "шься"};
  return text::length(w) > 4 && std::any_of(std::begin(kEndings), std::end(kEndings),
                                            [&](std::string_view e) { return w.ends_with(e); });
}

char32_t upper(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F)) return c - 32;
  if (c == 0x451) return 0x401;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
  return c;
}

char32_t lower(char32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F)) return c + 32;
  return c == 0x401 ? 0x451 : c;
}

// "анна-мария" -> "Анна-Мария", "O'NEIL" -> "O'Neil"; a word with mixed case ("McDonald") keeps its own.
std::string capitalised(std::string_view word) {
  bool any_lower = false;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = text::next(word, at);
    any_lower = any_lower || (upper(c) != c);
  }
  std::string out;
  bool start = true;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = text::next(word, at);
    text::append(out, start ? upper(c) : any_lower ? c : lower(c));
    start = c == '-' || c == '\'' || c == 0x2019 || c == 0x2010 || c == 0x2011;
  }
  return out;
}

// Name words from `i` on, one to three; `capitals`: a lower-case word after a capitalised one ends the name.
std::optional<PersonName> name_at(std::string_view text, const Tokens& tokens, std::size_t i,
                                  std::size_t& next) {
  PersonName out;
  std::size_t n = 0;
  const bool capitals = i < tokens.size() && tokens[i].capital;
  while (i < tokens.size() && n < kNameWords && is_name_word(tokens[i]) && tokens[i].folded != "зовут" &&
         (!capitals || tokens[i].capital) && !is_verb_like(tokens[i].folded)) {
    if (n > 0) out.name += ' ';
    if (n == 0) out.span.begin = tokens[i].span.begin;
    out.span.end = tokens[i].span.end;
    out.name += capitalised(slice(text, tokens[i].span));
    ++i, ++n;
  }
  next = i;
  if (n == 0) return std::nullopt;
  return out;
}

bool is_mark(const Tokens& tokens, std::size_t i, std::string_view marks) {
  return i < tokens.size() && tokens[i].kind == TokenKind::mark && marks.find(tokens[i].folded) != marks.npos;
}

std::string_view at(const Tokens& tokens, std::size_t i) {
  return i < tokens.size() ? std::string_view(tokens[i].folded) : std::string_view();
}

struct Introduction {
  std::size_t next = 0;  // first item of the name
  bool weak = false;     // "это …", "я …", "I'm …": only before a capital, or as the whole message
};

// After "call me" these ask for a call, not for a name.
constexpr std::string_view kCallWhen[] = {
    "back",      "later",    "soon",     "now",      "asap",   "again",   "after",   "before", "around",
    "about",     "when",     "whenever", "once",     "any",    "anytime", "tonight", "monday", "tuesday",
    "wednesday", "thursday", "friday",   "saturday", "sunday", "next",    "as",      "maybe",  "urgently"};

std::optional<Introduction> introduction(const Tokens& t, std::size_t i) {
  const auto is = [&](std::size_t k, std::string_view w) { return at(t, k) == w; };
  const auto strong = [&](std::size_t n) { return Introduction{is_mark(t, n, ":-—–,") ? n + 1 : n, false}; };
  if ((is(i, "меня") && is(i + 1, "зовут")) || (is(i, "мое") && is(i + 1, "имя")) ||
      (is(i, "my") && is(i + 1, "name"))) {
    std::size_t n = i + 2;
    if (is(n, "is") || (is(n, "'") && is(n + 1, "s"))) ++n;
    return strong(n);
  }
  for (std::size_t words = 1; words <= kNameWords && is(i, "меня"); ++words)  // "меня Анна зовут"
    if (is(i + 1 + words, "зовут")) return Introduction{i + 1, false};
  if (is(i, "name's") || is(i, "зовут") || (is(i, "имя") && is_mark(t, i + 1, ":-—–")))
    return is(i + 1, "меня") ? strong(i + 2) : strong(i + 1);
  if (is(i, "call") && is(i + 1, "me") && !one_of(at(t, i + 2), kCallWhen)) return strong(i + 2);
  if (is(i, "это") || is(i, "я")) return Introduction{is_mark(t, i + 1, "-—–,") ? i + 2 : i + 1, true};
  if (is(i, "i'm") || is(i, "i’m")) return Introduction{i + 1, true};
  if ((is(i, "i") && is(i + 1, "am")) || (is(i, "this") && is(i + 1, "is")) ||
      (is(i, "it") && is(i + 1, "is")))
    return Introduction{i + 2, true};
  if (is(i, "it's")) return Introduction{i + 1, true};
  return std::nullopt;
}

bool ends_there(const Tokens& tokens, std::size_t i) {
  return i >= tokens.size() || tokens[i].kind != TokenKind::word;
}

std::optional<PersonName> introduced(std::string_view text, const Tokens& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    // "как меня зовут?" and "меня не зовут" are no introductions: the word before and the question mark tell.
    const auto found = introduction(tokens, i);
    if (!found ||
        (i > 0 && (at(tokens, i - 1) == "как" || at(tokens, i - 1) == "не" || at(tokens, i - 1) == "what")))
      continue;
    std::size_t next = 0;
    auto name = name_at(text, tokens, found->next, next);
    if (!name || is_mark(tokens, next, "?")) continue;
    const bool capital = tokens[found->next].capital;
    if (!found->weak && (capital || ends_there(tokens, next) || next == found->next + 1)) return name;
    // "это срочно", "я опаздываю": without a capital there is no telling.
    if (found->weak && capital && ends_there(tokens, next)) return name;
  }
  return std::nullopt;
}

}  // namespace

std::optional<PersonName> volunteered_name(std::string_view utf8) {
  return introduced(utf8, tokenize(utf8));
}

std::optional<PersonName> answered_name(std::string_view utf8) {
  const Tokens tokens = tokenize(utf8);
  if (auto name = introduced(utf8, tokens)) return name;
  if (utf8.find('?') != utf8.npos) return std::nullopt;
  std::size_t i = 0;
  // "Здравствуйте, Анна", "Да, Анна", "я Анна", "это анна".
  for (int n = 0; n < 4 && i < tokens.size(); ++n) {
    const std::string_view w = at(tokens, i);
    const bool opener = w == "да" || w == "ну" || w == "я" || w == "это" || w == "здравствуйте" ||
                        w == "привет" || w == "hi" || w == "hello" || w == "yes" || w == "it's" ||
                        w == "i'm" || w == "sure" || w == "конечно" || w == "хорошо" || w == "ок";
    if (!opener && !(i > 0 && is_mark(tokens, i, ",.!-—–"))) break;
    ++i;
  }
  std::size_t next = 0;
  auto name = name_at(utf8, tokens, i, next);
  if (!name) return std::nullopt;
  // Nothing but the name, or the name and then a mark, a number, "тел", an address: "Анна, 8 912 …".
  while (is_mark(tokens, next, ".!)")) ++next;
  if (next == tokens.size()) return name;
  const bool more_follows =
      is_mark(tokens, next, ",;:+(\n-—–") ||
      (tokens[next].kind == TokenKind::number && looks_like_phone(utf8.substr(tokens[next].span.begin))) ||
      tokens[next].folded.starts_with("тел") || at(tokens, next) == "мой" || at(tokens, next) == "и" ||
      at(tokens, next) == "phone";
  return more_follows ? name : std::nullopt;
}

}  // namespace chatika::language
