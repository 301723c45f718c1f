#include "knowledge/concepts.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "knowledge/index.hpp"
#include "language/stem.hpp"
#include "language/tokens.hpp"

namespace chatika::knowledge {
namespace {

// One concept a row, its words folded; any inflection of them belongs to it. After "=" only this form does:
// "чистить" shares its stem with "чистый".
constexpr std::string_view kConcepts[] = {
    "цена цены стоит стоят стоить стоимость почем прайс прейскурант расценки дешевле price prices cost costs "
    "fee charge much",
    "адрес находится находитесь находится находимся расположен расположены располагаетесь address located "
    "location",
    "работа работать работает работаете работаем работают work works working",
    "открыт открыта открыты открываетесь открывается открытие закрываетесь закрывается закрыт закрыта "
    "закрыто open opens opening close closes closed",
    "расписание график режим schedule timetable",
    "больно болезненно болезненна болезненный =hurt =hurts painful",
    "оплата оплатить оплачивать оплачивается платить заплатить расплатиться pay payment paying paid",
    "парковка парковки паркинг припарковаться припарковать парковаться стоянка parking park",
    "машина машину автомобиль авто car cars",
    "ребенок ребенка ребенку детей дети детям детский детская детское детские малыш малыша сын сына сыну "
    "дочь дочери дочку child children children's kid kids baby toddler",
    "записаться запись записать запишите записывать записываться book booking",
    "отменить отмена отмене отменять отмените cancel cancelling cancellation cancelled",
    "перенести перенос переносить перенесу reschedule move moving",
    "опоздать опоздание опоздании опоздаю опаздываю опоздали late delayed",
    "скидка скидки акция акции discount discounts",
    "подготовка подготовиться готовиться подготовки prepare preparation preparing",
    "добраться доехать проехать дойти пройти ехать едут route directions",
    "живот живота брюшной брюшная abdominal belly stomach",
    "чистка почистить =чистить чистку cleaning clean",
    "удаление удалить удалять удаляете вырвать extraction extractions extract",
    "врач врача врачи врачу доктор доктора doctor doctors",
    "стоматолог стоматолога стоматологу зубной дантист dentist dental",
    "прививка прививки вакцинация вакцина привить привиться vaccine vaccination vaccinated jab",
    "сдать сдавать сдают сдаче сдача сдаете",
    "стрижка стрижки подстричь постричь подстричься стричь стрижете стригут стрижет стригли haircut haircuts",
    "окрашивание покрасить покраска красить красите красят красим окрасить окрашивания coloring colouring "
    "dye color colour tint",
    "стерилизация стерилизуете стерилизует стерилизовать стерильный стерильные стерильность sterile "
    "sterilise sterilised sterilisation",
    "собака собакой собаку собаки пес псом животное животные животными питомец питомцем dog dogs pet pets "
    "animal animals",
    "возраст возраста лет года age ages",
    "беременность беременным беременна беременной беременная pregnant pregnancy",
    "предоплата предоплату аванс задаток deposit prepayment",
    "опыт опыта стаж стажа experience",
    "вайфай вайфая wifi",
    "сертификат сертификата сертификаты certificate certificates voucher",
    "грязная грязной немытая немытой",
    "мыть помыть вымыть мытье wash washing",
    "выходной выходные weekend weekends",
    "праздник праздники праздничный праздничные holiday holidays",
    "чаевые tip tips",
    "держится держаться хватает lasts last",
    "гарантия гарантии guarantee warranty",
    "экг кардиограмма ecg",
    "узи ультразвук ultrasound",
    "педиатр педиатра педиатру paediatrician pediatrician",
    "терапевт терапевта терапевту gp",
    "больничный больничного нетрудоспособности",
    "наращивание наращиваете нарастить extensions extension",
    "страховка страховая страховой insurance insured",
    "пальто гардероб cloakroom",
    "барбер барбера barber",
    "английский английском английски english",
    "немецкий немецком german",
    "натощак голодный голодным fasting",
    "рассрочка рассрочку рассрочки instalments instalment installments",
    "поесть есть кушать eat",
    "выпасть выпала выпал",
    "ждать подождать ожидать ждете",
    "полис полису полиса",
    "пандус ramp",
    "понедельник понедельникам пн monday mon",
    "вторник вторникам вт tuesday tue",
    "среда среду средам ср wednesday wed",
    "четверг четвергам чт thursday thu",
    "пятница пятницу пятницам пт friday fri",
    "суббота субботу субботам сб saturday sat",
    "воскресенье воскресеньям вс sunday sun",
    "прическа прически укладка укладки styling",
    "ресницы ресниц lashes lash eyelashes",
    "брови бровей brows brow eyebrow eyebrows",
};

// Politeness, questions, chat and verbs of wishing: no article is about them.
constexpr std::string_view kSoft =
    "подскажите подскажи скажите скажи пожалуйста плиз пж пожалста здравствуйте здрасте привет добрый доброе "
    "день вечер утро спасибо можно можете могу сколько скока скоко скольки какой какая "
    "какое какие какого какому каким какую кто куда откуда почему зачем ли хочу хотел хотела хотелось хотим "
    "нужно нужен нужна нужны надо ваш ваша ваши вашем вашей вами "
    "узнать интересует интересно делаете делает делают делать сделать сделаете бывает бывают имеется есть "
    "нет буду будет если вообще еще просто примерно сейчас сегодня завтра уже тоже также очень "
    "goes get давно обычно мой моя мое мне меня клиника клинике клиники клинику салон салоне салона салону "
    "your clinic salon could please hello hi thanks thank want need like know tell how where when why what "
    "which who "
    "there you offer provide sell should may might must let get got go one also just really any much many do "
    "does did going come coming use using other вопрос ответьте расскажите расскажи а-ля это "
    "другой лучше получается именно сам сама себя свой рядом тут здесь там кого кому чего чему ваше кажется "
    "оказываете предоставляете don't doesn't isn't дня дней дням what's where's";

// Words of weight in some questions only: kept, but a miss is forgiven.
constexpr std::string_view kHints =
    "услуга услуги услугу процедура процедуры прием приема приеме приему минут минуты минут час часа часов "
    "время времени раз взять брать принести прийти придти приду принимает принимаете принимают "
    "мастер мастера специалист выдаете выдает выдают ставите поставить лечите лечит принимать получить "
    "получать купить продаете визит цена нельзя перед после через может могут привести говорит говорят "
    "appointment visit service time take takes long bring "
    "give help купил оставить сделан давать даете даёте оформляете бронировать first новый первый service "
    "type способ способом образом занимает длится идет проходит человек people person";

struct Words {
  std::unordered_map<std::string, std::string> concept_of;  // stem -> stem that stands for the row
  std::unordered_map<std::string, std::string> exact;       // folded word -> the same
  std::unordered_set<std::string> soft;                     // folded words
  std::unordered_set<std::string> hints;                    // stems

  Words() {
    for (const std::string_view row : kConcepts) {
      std::string head;
      each(row, [&](std::string_view w) {
        if (w.starts_with('=')) {
          exact.emplace(w.substr(1), head);
          return;
        }
        const std::string s = language::stem(w);
        if (head.empty()) head = s;
        concept_of.emplace(s, head);
      });
    }
    each(kSoft, [&](std::string_view w) { soft.insert(text::fold(w)); });
    each(kHints, [&](std::string_view w) { hints.insert(language::stem(text::fold(w))); });
  }

  template <class F>
  static void each(std::string_view row, F f) {
    for (std::size_t from = 0; from < row.size();) {
      const std::size_t to = std::min(row.find(' ', from), row.size());
      if (to > from) f(row.substr(from, to - from));
      from = to + 1;
    }
  }
};

const Words& words() {
  static const Words one;
  return one;
}

std::string concept_stem(std::string_view folded) {
  if (const auto exact = words().exact.find(std::string(folded)); exact != words().exact.end())
    return exact->second;
  std::string s = language::stem(folded);
  const auto found = words().concept_of.find(s);
  return found == words().concept_of.end() ? s : found->second;
}

// Words of a text: function words left out, "УЗИ-диагностика" as two, "Wi-Fi" as one.
template <class F>
void each_word(std::string_view utf8, std::size_t limit, F f) {
  for (const language::Token& t : language::tokenize(utf8, limit)) {
    if (t.kind == language::TokenKind::mark) continue;
    std::string_view word = t.folded;
    if (word == "wi-fi" || word == "wi‑fi" || word == "вай-фай") word = "wifi";
    for (auto hyphen = word.find('-'); hyphen != std::string_view::npos; hyphen = word.find('-')) {
      if (hyphen > 0 && !language::is_stop_word(word.substr(0, hyphen))) f(word.substr(0, hyphen));
      word.remove_prefix(hyphen + 1);
    }
    if (!word.empty() && !language::is_stop_word(word)) f(word);
  }
}

bool looks_like_verb(std::string_view word) {
  constexpr std::string_view kEndings[] = {"ете", "ите", "ть",  "ться", "тся", "аю", "яю",
                                           "ую",  "ает", "яет", "ешь",  "ишь", "ют", "уют"};
  return text::length(word) > 4 && std::any_of(std::begin(kEndings), std::end(kEndings),
                                               [&](std::string_view e) { return word.ends_with(e); });
}

bool is_number(std::string_view word) {
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

}  // namespace

std::string price_stem() {
  return language::stem("цена");
}

std::vector<std::string> index_terms(std::string_view utf8) {
  std::vector<std::string> out;
  constexpr std::size_t kArticleTokens = 20'000;  // kArticleChars of short words
  each_word(utf8, kArticleTokens, [&](std::string_view word) { out.push_back(concept_stem(word)); });
  return out;
}

std::vector<Term> question_terms(std::string_view utf8) {
  std::vector<Term> out;
  constexpr std::size_t kQuestionTokens = 400;
  each_word(utf8, kQuestionTokens, [&](std::string_view word) {
    if (out.size() >= kQueryTerms || (text::length(word) < 2 && !is_number(word))) return;
    Term term{.stem = concept_stem(word),
              .word = std::string(word),
              .role = Role::subject,
              .verb = looks_like_verb(word)};
    if (std::any_of(out.begin(), out.end(), [&](const Term& t) { return t.stem == term.stem; })) return;
    const bool has_concept = words().concept_of.contains(language::stem(word));
    if (!has_concept && words().soft.contains(term.word))
      term.role = Role::none;
    else if (words().hints.contains(term.stem) || is_number(word))
      term.role = Role::hint;
    out.push_back(std::move(term));
  });
  return out;
}

}  // namespace chatika::knowledge
