#include "language/yes_no.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "language/tokens.hpp"

namespace chatika::language {
namespace {

constexpr std::size_t kMostWords = 6;  // a longer message says more than yes or no

// Folded words joined by one space. Longer phrases stand before their beginnings.
struct Phrase {
  std::string_view words;
  YesNo sense;
};

constexpr Phrase kPhrases[] = {{"да нет", YesNo::no},
                               {"давайте другое время", YesNo::no},
                               {"давайте другой день", YesNo::no},
                               {"давайте в другой раз", YesNo::no},
                               {"нет спасибо", YesNo::no},
                               {"no thanks", YesNo::no},
                               {"no thank you", YesNo::no},
                               {"не надо", YesNo::no},
                               {"не нужно", YesNo::no},
                               {"не хочу", YesNo::no},
                               {"не верно", YesNo::no},
                               {"не правильно", YesNo::no},
                               {"не подходит", YesNo::no},
                               {"не подойдет", YesNo::no},
                               {"не то", YesNo::no},
                               {"не так", YesNo::no},
                               {"не совсем", YesNo::no},
                               {"не сейчас", YesNo::no},
                               {"не согласен", YesNo::no},
                               {"не согласна", YesNo::no},
                               {"не подтверждаю", YesNo::no},
                               {"не записывайте", YesNo::no},
                               {"другое время", YesNo::no},
                               {"другой день", YesNo::no},
                               {"в другой раз", YesNo::no},
                               {"я передумал", YesNo::no},
                               {"я передумала", YesNo::no},
                               {"not now", YesNo::no},
                               {"not really", YesNo::no},
                               {"another time", YesNo::no},
                               {"another day", YesNo::no},
                               {"don't", YesNo::no},
                               {"do not", YesNo::no},
                               {"not correct", YesNo::no},
                               {"that's wrong", YesNo::no},
                               {"все верно", YesNo::yes},
                               {"все правильно", YesNo::yes},
                               {"все так", YesNo::yes},
                               {"все ок", YesNo::yes},
                               {"так точно", YesNo::yes},
                               {"не против", YesNo::yes},
                               {"почему бы и нет", YesNo::yes},
                               {"почему нет", YesNo::yes},
                               {"that's right", YesNo::yes},
                               {"that's correct", YesNo::yes},
                               {"go ahead", YesNo::yes},
                               {"sounds good", YesNo::yes},
                               {"of course", YesNo::yes},
                               {"looks good", YesNo::yes},
                               {"that works", YesNo::yes},
                               {"book it", YesNo::yes},
                               {"да", YesNo::yes},
                               {"ага", YesNo::yes},
                               {"угу", YesNo::yes},
                               {"давай", YesNo::yes},
                               {"давайте", YesNo::yes},
                               {"подтверждаю", YesNo::yes},
                               {"подтвердить", YesNo::yes},
                               {"ок", YesNo::yes},
                               {"окей", YesNo::yes},
                               {"оке", YesNo::yes},
                               {"ok", YesNo::yes},
                               {"okay", YesNo::yes},
                               {"верно", YesNo::yes},
                               {"правильно", YesNo::yes},
                               {"конечно", YesNo::yes},
                               {"хорошо", YesNo::yes},
                               {"согласен", YesNo::yes},
                               {"согласна", YesNo::yes},
                               {"подходит", YesNo::yes},
                               {"подойдет", YesNo::yes},
                               {"устраивает", YesNo::yes},
                               {"записывайте", YesNo::yes},
                               {"запишите", YesNo::yes},
                               {"годится", YesNo::yes},
                               {"отлично", YesNo::yes},
                               {"супер", YesNo::yes},
                               {"точно", YesNo::yes},
                               {"ладно", YesNo::yes},
                               {"хочу", YesNo::yes},
                               {"именно", YesNo::yes},
                               {"бронируйте", YesNo::yes},
                               {"дп", YesNo::yes},
                               {"yes", YesNo::yes},
                               {"yeah", YesNo::yes},
                               {"yep", YesNo::yes},
                               {"yup", YesNo::yes},
                               {"sure", YesNo::yes},
                               {"correct", YesNo::yes},
                               {"right", YesNo::yes},
                               {"confirm", YesNo::yes},
                               {"confirmed", YesNo::yes},
                               {"fine", YesNo::yes},
                               {"perfect", YesNo::yes},
                               {"great", YesNo::yes},
                               {"нет", YesNo::no},
                               {"неа", YesNo::no},
                               {"нее", YesNo::no},
                               {"отмена", YesNo::no},
                               {"отменить", YesNo::no},
                               {"отмените", YesNo::no},
                               {"неверно", YesNo::no},
                               {"неправильно", YesNo::no},
                               {"передумал", YesNo::no},
                               {"передумала", YesNo::no},
                               {"отказываюсь", YesNo::no},
                               {"стоп", YesNo::no},
                               {"никак", YesNo::no},
                               {"не", YesNo::no},
                               {"no", YesNo::no},
                               {"nope", YesNo::no},
                               {"nah", YesNo::no},
                               {"cancel", YesNo::no},
                               {"wrong", YesNo::no},
                               {"stop", YesNo::no},
                               {"never mind", YesNo::no},
                               {"incorrect", YesNo::no}};

// May stand beside a yes or a no without changing it.
constexpr std::string_view kNeutral[] = {
    "спасибо", "пожалуйста", "все",       "это",    "меня",  "мне",     "и",      "так",    "ну",    "уже",
    "вам",     "большое",    "конечно",   "я",      "на",    "это",     "please", "thanks", "thank", "you",
    "it",      "is",         "that's",    "that",   "i",     "all",     "good",   "there",  "the",   "уж",
    "вполне",  "очень",      "благодарю", "запись", "время", "booking", "меня",   "плиз"};

}  // namespace

YesNo yes_no(std::string_view utf8) {
  std::string said = " ";  // words between single spaces
  std::size_t words = 0;
  for (const Token& t : tokenize(utf8, kTokens)) {
    if (t.kind == TokenKind::mark) {
      if (t.folded == "?") return YesNo::neither;
      if (t.folded == "👍") said += "да ", ++words;
      if (t.folded == "👎") said += "нет ", ++words;
      if (t.folded == "+" && utf8.size() <= 2) return YesNo::yes;
      continue;
    }
    if (t.kind == TokenKind::number || ++words > kMostWords) return YesNo::neither;  // "да, но в 15"
    for (const char c : t.folded) said += c == '-' ? ' ' : c;                        // "да-да"
    said += ' ';
  }
  bool yes = false;
  bool no = false;
  for (std::size_t at = 1; at < said.size();) {
    const std::string_view rest = std::string_view(said).substr(at);
    const auto* const phrase = std::find_if(std::begin(kPhrases), std::end(kPhrases), [&](const Phrase& p) {
      return rest.starts_with(p.words) && rest.size() > p.words.size() && rest[p.words.size()] == ' ';
    });
    if (phrase != std::end(kPhrases)) {
      (phrase->sense == YesNo::yes ? yes : no) = true;
      at += phrase->words.size() + 1;
      continue;
    }
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (std::find(std::begin(kNeutral), std::end(kNeutral), word) == std::end(kNeutral))
      return YesNo::neither;
    at += word.size() + 1;
  }
  // A plain yes beside a plain no is undecided; "да нет" was read as one phrase.
  if (yes == no) return YesNo::neither;
  return yes ? YesNo::yes : YesNo::no;
}

}  // namespace chatika::language
