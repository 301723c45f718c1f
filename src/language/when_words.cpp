#include "language/when_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/text.hpp"

namespace chatika::language::when {
namespace {

// Words of one meaning, folded, with a space between. A word stands once: where it has two senses the reader
// tells them apart.
struct Row {
  W kind;
  int value;
  std::string_view words;
};

constexpr Row kRows[] = {
    {W::rel_day, 0, "сегодня сегодняшний седня сення сеня today"},
    {W::rel_day, 1, "завтра завтрашний завтро tomorrow tomorow tommorow tommorrow tmrw"},
    {W::rel_day, 2, "послезавтра послезавта послезавтро"},
    {W::weekday, 0,
     "понедельник понедельника понедельнику понедельником понедельнике пн пнд пон monday "
     "mon"},
    {W::weekday, 1, "вторник вторника вторнику вторником вторнике вт втр tuesday tue tues"},
    {W::weekday, 2, "среда среды среде среду средой ср срд wednesday wed"},
    {W::weekday, 3, "четверг четверга четвергу четвергом четверге чт чтв чет thursday thu thur thurs"},
    {W::weekday, 4, "пятница пятницы пятнице пятницу пятницей пт птн пятн friday fri"},
    {W::weekday, 5, "суббота субботы субботе субботу субботой сб суб субб saturday sat"},
    {W::weekday, 6, "воскресенье воскресенья воскресенью воскресеньем воскресение вс вск воскр sunday sun"},
    {W::month, 1, "январь января январе янв january jan"},
    {W::month, 2, "февраль февраля феврале фев february feb"},
    {W::month, 3, "март марта марте мар march"},
    {W::month, 4, "апрель апреля апреле апр april apr"},
    {W::month, 5, "май мая мае may"},
    {W::month, 6, "июнь июня июне июн june jun"},
    {W::month, 7, "июль июля июле июл july jul"},
    {W::month, 8, "август августа августе авг august aug"},
    {W::month, 9, "сентябрь сентября сентябре сен сент september sep sept"},
    {W::month, 10, "октябрь октября октябре окт october oct"},
    {W::month, 11, "ноябрь ноября ноябре ноя нояб november nov"},
    {W::month, 12, "декабрь декабря декабре дек december dec"},
    {W::number, 1, "один одна одного одной one"},
    {W::number, 2, "два две двух двум двумя two"},
    {W::number, 3, "три трех трем тремя three"},
    {W::number, 4, "четыре четырех четырем четырьмя four"},
    {W::number, 5, "пять пяти пятью five"},
    {W::number, 6, "шесть шести шестью six"},
    {W::number, 7, "семь семи семью seven"},
    {W::number, 8, "восемь восьми восемью восьмью eight"},
    {W::number, 9, "девять девяти девятью nine"},
    {W::number, 10, "десять десяти десятью ten"},
    {W::number, 11, "одиннадцать одиннадцати eleven"},
    {W::number, 12, "двенадцать двенадцати twelve"},
    {W::number, 13, "тринадцать тринадцати thirteen"},
    {W::number, 14, "четырнадцать четырнадцати fourteen"},
    {W::number, 15, "пятнадцать пятнадцати fifteen"},
    {W::number, 16, "шестнадцать шестнадцати sixteen"},
    {W::number, 17, "семнадцать семнадцати seventeen"},
    {W::number, 18, "восемнадцать восемнадцати eighteen"},
    {W::number, 19, "девятнадцать девятнадцати nineteen"},
    {W::number, 20, "двадцать двадцати twenty"},
    {W::number, 30, "тридцать тридцати thirty"},
    {W::number, 40, "сорок сорока forty"},
    {W::number, 50, "пятьдесят пятидесяти fifty"},
    {W::ordinal, 1, "первого первое"},
    {W::ordinal, 2, "второго второе"},
    {W::ordinal, 3, "третьего третье"},
    {W::ordinal, 4, "четвертого четвертое"},
    {W::ordinal, 5, "пятого пятое"},
    {W::ordinal, 6, "шестого шестое"},
    {W::ordinal, 7, "седьмого седьмое"},
    {W::ordinal, 8, "восьмого восьмое"},
    {W::ordinal, 9, "девятого девятое"},
    {W::ordinal, 10, "десятого десятое"},
    {W::ordinal, 11, "одиннадцатого одиннадцатое"},
    {W::ordinal, 12, "двенадцатого двенадцатое"},
    {W::ordinal, 13, "тринадцатого тринадцатое"},
    {W::ordinal, 14, "четырнадцатого четырнадцатое"},
    {W::ordinal, 15, "пятнадцатого пятнадцатое"},
    {W::ordinal, 16, "шестнадцатого шестнадцатое"},
    {W::ordinal, 17, "семнадцатого семнадцатое"},
    {W::ordinal, 18, "восемнадцатого восемнадцатое"},
    {W::ordinal, 19, "девятнадцатого девятнадцатое"},
    {W::ordinal, 20, "двадцатого двадцатое"},
    {W::ordinal, 30, "тридцатого тридцатое"},
    {W::weekend, 0, "выходные выходных выходным weekend weekends"},
    {W::minute_unit, 0, "минут минуты минута минуту минутки минуток мин minutes minute mins min"},
    {W::hour_unit, 0, "час часа часов часу часам часик часика часиков часикам ч hour hours o'clock"},
    {W::day_unit, 0, "день дней дню днями дни day days"},
    {W::week_unit, 0, "неделя недели неделе неделю неделей недель week weeks нед"},
    {W::month_unit, 0, "месяц месяца месяце месяцев month months"},
    {W::year_unit, 0, "год года году лет годик годика годиков year years yrs летний летняя"},
    {W::half, 0, "половина половине половину половины half"},
    {W::half_hour, 0, "полчаса полчасика"},
    {W::quarter, 0, "четверть четверти quarter"},
    {W::without, 0, "без"},
    {W::past, 0, "past"},
    {W::pair, 0, "пару пара парочку couple"},
    {W::one_and_half, 0, "полтора полторы"},
    {W::morning, 0, "утром утро утречком утру morning mornings утрам"},
    {W::midday, 0, "днем afternoon afternoons"},
    {W::evening, 0, "вечером вечер вечерком вечеру вечерам evening evenings"},
    {W::night, 0, "ночью ночь night"},
    {W::tonight, 0, "tonight"},
    {W::lunch, 0, "обед обеда обеду обедом lunch lunchtime"},
    {W::lunch_adj, 0, "обеденное обеденный"},
    {W::noon, 0, "полдень полудня полудню noon midday"},
    {W::of_morning, 0, "утра"},
    {W::of_evening, 0, "вечера"},
    {W::of_night, 0, "ночи"},
    {W::of_day, 0, "дня"},
    {W::am, 0, "am"},
    {W::pm, 0, "pm пополудни"},
    {W::through, 0, "через спустя in"},
    {W::at, 0, "в во at"},
    {W::on, 0, "на on"},
    {W::towards, 0, "к ко by"},
    {W::from, 0, "с со from since"},
    {W::until, 0, "до until till before to"},
    {W::till_day, 0, "по"},
    {W::between, 0, "между between"},
    {W::conj_and, 0, "и and"},
    {W::conj_or, 0, "или либо or"},
    {W::after, 0, "после after"},
    {W::earlier, 0, "раньше ранее earlier"},
    {W::later, 0, "позже позднее later"},
    {W::negation, 0, "не not"},
    {W::except, 0, "кроме except"},
    {W::cannot, 0,
     "могу смогу получится получается подходит подойдет удобно хочу выйдет успею успеваю "
     "успеем надо нужно"},
    {W::about, 0,
     "около примерно приблизительно где-то гдето ориентировочно районе around about "
     "approximately"},
    {W::starting, 0, "начиная"},
    {W::this_, 0,
     "этот эту эта это этой этого эти этих этом ближайший ближайшую ближайшая ближайшие "
     "ближайшее ближайшей ближайших this coming"},
    {W::next_, 0,
     "следующий следующую следующая следующей следующего следующее следующие следующих "
     "следующем след next"},
    {W::that_, 0, "той ту"},
    {W::begin, 0, "начале начало началу beginning"},
    {W::middle, 0, "середине середину середина middle mid"},
    {W::end_part, 0, "конце конец концу end"},
    {W::first_half, 0, "первой первую первая first"},
    {W::second_half, 0, "второй вторую вторая second"},
    {W::early, 0, "рано пораньше раненько early"},
    {W::late, 0, "поздно попозже поздним late"},
    {W::closer, 0, "ближе поближе"},
    {W::greeting, 0,
     "добрый доброе доброй доброго добрейший добрая добрым хорошего хорошей приятного "
     "спокойной чудесного прекрасного удачного отличного good nice lovely great wonderful"},
    {W::article, 0, "the a an"},
    {W::of, 0, "of числа числу"},
    {W::filler, 0,
     "можно есть пожалуйста плиз пожалуста please ok ок запишите записаться запись "
     "свободно свободное окно места время приду устроит давайте будет только лучше хотя "
     "запиши прийти подъехать пойдет for if is works would can anytime any"},
    {W::noun_before, 0,
     "зуб зуба зубы кабинет каб квартира кв дом корпус корп офис оф оттенок тон номер этаж "
     "подъезд стр маршрут автобус автобуса room apartment apt suite office house tooth "
     "floor number shade"},
    {W::noun_after, 0,
     "зубов зубу рублей рубля рубль руб р тысяч тысячи тыс человек человека раз раза "
     "процент процентов штук шт услуги услуг процедур процедуры анализа анализов детей "
     "детям ребенка вопрос вопроса вопросов сеанса сеансов мг мл см мм кг грамм балла "
     "баллов градус градусов этаже этажа кабинете прием приема приемов посещений визита "
     "people persons person times roubles rubles rub percent kids questions question "
     "sessions tone тона"},
    {W::span_of, 0, "за течение длится длительность within lasts takes"},
    {W::ago, 0, "назад ago"},
    {W::zero, 0, "ноль нуль ноль-ноль"},
};

// One letter away from a word above, and something else.
constexpr std::string_view kLookAlikes[] = {
    "завтрак", "завтраки", "марка", "марки",   "карта",   "парта",    "вечеря",  "средам", "средства",
    "победа",  "вечные",   "march", "marry",   "money",   "sunny",    "moday",   "after",  "think",
    "thing",   "there",    "mouth", "moths",   "latte",   "утрата",   "мартини", "пятки",  "пятку",
    "пятна",   "пятно",    "обеды", "средний", "среднюю", "отходные", "неделимо"};

struct Meaning {
  W kind;
  int value;
};

struct Entry {
  std::string_view word;
  Meaning meaning;
};

struct Lexicon {
  std::unordered_map<std::string_view, Meaning> exact;
  std::vector<Entry> typed;  // long words of days, months and parts of the day: read with a typo too

  Lexicon() {
    for (const Row& row : kRows) {
      for (std::size_t from = 0; from < row.words.size();) {
        const std::size_t to = std::min(row.words.find(' ', from), row.words.size());
        const std::string_view word = row.words.substr(from, to - from);
        const Meaning meaning{row.kind, row.value};
        exact.emplace(word, meaning);
        if (forgiving(row.kind) && text::length(word) >= 5) typed.push_back({word, meaning});
        from = to + 1;
      }
    }
  }

  static bool forgiving(W kind) {
    return kind == W::rel_day || kind == W::weekday || kind == W::month || kind == W::weekend ||
           kind == W::week_unit || kind == W::morning || kind == W::midday || kind == W::evening ||
           kind == W::half || kind == W::next_ || kind == W::lunch || kind == W::half_hour ||
           kind == W::tonight;
  }
};

const Lexicon& lexicon() {
  static const Lexicon one;
  return one;
}

char32_t first_letter(std::string_view word) {
  std::size_t at = 0;
  return word.empty() ? 0 : text::next(word, at);
}

Meaning exact(std::string_view word) {
  const auto& map = lexicon().exact;
  const auto found = map.find(word);
  return found == map.end() ? Meaning{W::none, 0} : found->second;
}

Meaning with_typo(std::string_view word) {
  constexpr std::size_t kLeastLetters = 5;
  if (text::length(word) < kLeastLetters) return {W::none, 0};
  if (std::find(std::begin(kLookAlikes), std::end(kLookAlikes), word) != std::end(kLookAlikes))
    return {W::none, 0};
  for (const Entry& e : lexicon().typed)
    if (first_letter(e.word) == first_letter(word) && within_one_edit(word, e.word)) return e.meaning;
  return {W::none, 0};
}

// What the keys typed in the Latin layout say in the Russian one; only letters, so words with ж, э, х, ъ, б,
// ю are not seen.
std::string other_layout(std::string_view word) {
  constexpr std::u32string_view kKeys = U"фисвуапршолдьтщзйкыегмцчня";  // a to z
  std::string out;
  for (const char c : word) {
    if (c < 'a' || c > 'z') return {};
    text::append(out, kKeys[static_cast<std::size_t>(c - 'a')]);
  }
  return out;
}

// "полтретьего", "пол-третьего": the ordinal's value, else 0.
int half_of(std::string_view word) {
  constexpr std::string_view kHalf = "пол";
  if (!word.starts_with(kHalf)) return 0;
  word.remove_prefix(kHalf.size());
  if (word.starts_with('-')) word.remove_prefix(1);
  const Meaning m = exact(word);
  return m.kind == W::ordinal && m.value <= 12 ? m.value : 0;
}

Meaning lookup(std::string_view word) {
  if (const Meaning m = exact(word); m.kind != W::none) return m;
  if (const int hour = half_of(word); hour > 0) return {W::half_of, hour};
  if (word == "пол") return {W::half, 1};
  if (word.size() >= 3) {
    const Meaning m = exact(other_layout(word));
    if (m.kind == W::rel_day || m.kind == W::weekday || m.kind == W::morning || m.kind == W::evening ||
        m.kind == W::midday)
      return m;
  }
  return with_typo(word);
}

bool is_ordinal_ending(std::string_view w) {
  constexpr std::array<std::string_view, 12> kEndings = {"го", "ого", "его", "е",  "ое", "й",
                                                         "му", "ему", "st",  "nd", "rd", "th"};
  return std::find(kEndings.begin(), kEndings.end(), w) != kEndings.end();
}

int number_value(std::string_view digits) {
  constexpr std::size_t kMostDigits = 6;
  if (digits.size() > kMostDigits) return -1;
  int n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

bool known_short(const Token& t) {
  constexpr std::array<std::string_view, 9> kShort = {"sat", "sun", "mar",   "may",   "wed",
                                                      "mon", "dec", "march", "second"};
  return std::find(kShort.begin(), kShort.end(), std::string_view(t.folded)) != kShort.end() && !t.capital;
}

// "25-го", "15го", "3rd": one item of two or three tokens. Returns how many tokens were eaten after the
// number.
std::size_t ending_after(const std::vector<Token>& tokens, std::size_t i) {
  const auto touching_word = [&](std::size_t k) {
    return k < tokens.size() && tokens[k].kind == TokenKind::word && !tokens[k].space_before &&
           is_ordinal_ending(tokens[k].folded);
  };
  if (touching_word(i + 1)) return 1;
  if (i + 2 < tokens.size() && tokens[i + 1].folded == "-" && !tokens[i + 1].space_before &&
      touching_word(i + 2))
    return 2;
  return 0;
}

Item of_word(const Token& t) {
  const Meaning m = lookup(t.folded);
  return {.kind = m.kind,
          .value = m.value,
          .touches = !t.space_before,
          .known_short = known_short(t),
          .span = t.span};
}

// "двадцать" + "пять" or "пятого".
bool joins(const Item& tens, const Item& ones) {
  return tens.kind == W::number && tens.digits == 0 && tens.value >= 20 && tens.value % 10 == 0 &&
         ones.digits == 0 && (ones.kind == W::number || ones.kind == W::ordinal) && ones.value >= 1 &&
         ones.value <= 9;
}

}  // namespace

std::vector<Item> items(std::string_view utf8) {
  const std::vector<Token> tokens = tokenize(utf8);
  std::vector<Item> out;
  out.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    if (t.kind == TokenKind::number) {
      const std::size_t eaten = ending_after(tokens, i);
      out.push_back({.kind = eaten > 0 ? W::ordinal : W::number,
                     .value = number_value(t.folded),
                     .digits = static_cast<int>(std::min<std::size_t>(t.folded.size(), 99)),
                     .touches = !t.space_before,
                     .span = {t.span.begin, tokens[i + eaten].span.end}});
      i += eaten;
      continue;
    }
    if (t.kind == TokenKind::mark) {
      std::size_t at = t.span.begin;
      out.push_back(
          {.kind = W::mark, .touches = !t.space_before, .sign = text::next(utf8, at), .span = t.span});
      continue;
    }
    // "a.m.", "p. m." are four tokens.
    if ((t.folded == "a" || t.folded == "p") && i + 2 < tokens.size() && tokens[i + 1].folded == "." &&
        tokens[i + 2].folded == "m") {
      const bool dot = i + 3 < tokens.size() && tokens[i + 3].folded == "." && !tokens[i + 3].space_before;
      out.push_back({.kind = t.folded == "a" ? W::am : W::pm,
                     .touches = !t.space_before,
                     .span = {t.span.begin, tokens[i + 2 + (dot ? 1 : 0)].span.end}});
      i += dot ? 3 : 2;
      continue;
    }
    Item item = of_word(t);
    if (!out.empty() && joins(out.back(), item)) {
      out.back().kind = item.kind;
      out.back().value += item.value;
      out.back().span.end = item.span.end;
    } else {
      out.push_back(item);
    }
  }
  return out;
}

}  // namespace chatika::language::when
