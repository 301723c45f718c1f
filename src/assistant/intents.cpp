#include "assistant/intents.hpp"

#include <algorithm>
#include <array>

namespace chatika::assistant {
namespace {

// Patterns of one meaning, apart by "|". A pattern is words that follow one another; "записа*" is every word
// that begins so.
struct Meaning {
  Says says;
  std::string_view patterns;
};

constexpr Meaning kMeanings[] = {
    {Says::human,
     "живой человек|живого человека|живым человеком|живому человеку|позов* человек*|позва* человек*|с "
     "человеком|нужен человек|"
     "хочу человека|дайте человека|к человеку|с живым|кто-нибудь живой|оператор*|позов* "
     "администратор*|позва* администратор*|"
     "администратор* позов*|с администратором|к администратору|нужен администратор|позов* сотрудник*|позва* "
     "сотрудник*|"
     "сотрудник* позов*|с сотрудником|живой сотрудник*|менеджер*|соедините|соединить "
     "с|переключите|переведите на|жалоб*|"
     "не перезвонил*|пожаловаться|не с ботом|operator|a human|real human|human being|real person|live "
     "agent|an agent|to a person|someone real|"
     "receptionist|speak to someone|talk to someone|manager|staff member|a colleague|complain|complaint"},
    {Says::person,
     "человек|человека|сотрудник|сотрудника|администратор|администратора|живой|human|person|agent"},
    {Says::bot,
     "ты бот|вы бот|это бот|это робот|ты робот|вы робот|ты человек|вы человек|не бот|не робот|с кем я|ты "
     "живой|вы живой|"
     "вы живая|нейросеть|искусственный интеллект|кто ты|вы кто|ты кто|are you a bot|are you a robot|are you "
     "human|"
     "are you a human|are you real|are you a real|is this a bot|am i talking to|who are you"},
    {Says::callback,
     "перезвонит*|перезвони|позвоните мне|мне позвон*|наберите мне|наберите меня|набер* мне|обратный "
     "звонок|обратн* звон*|заказать звонок|"
     "жду звонка|свяжитесь со мной|пусть позвон*|call me|call back|callback|ring me|phone me|give me a call"},
    {Says::book,
     "записат*|запиш*|записыва*|хочу запись|нужна запись|сделать запись|забронир*|хочу на|хочу к|хотел* бы "
     "на|хотел* бы к|"
     "попасть к|попасть на|нужно к|надо к|мне бы к|мне к|есть запись|есть ли запись|ближайшая "
     "запись|ближайший прием|book|"
     "book a|schedule a|schedule an|reserve|make an appointment|get an appointment|need an appointment|want "
     "an appointment|"
     "like an appointment|like to see|need to see|want to see|see a doctor"},
    {Says::booking,
     "запись|записи|на прием|прием к|прием у|на осмотр|можно к|можно на|нужен прием|к врачу|к "
     "доктору|окошк*|окна есть|"
     "есть окно|есть время|есть места|есть место|свободн* врем*|свободное окно|свободно "
     "ли|appointment*|booking|free time*|"
     "free slot*|any slots|available|availability"},
    {Says::wish,
     "хочу|хотел*|хотелось|надо|нужно|нужен|нужна|мне бы|давайте|можно|можете|получится|успею|примете|i "
     "want|i need|i'd like|"
     "can i|could i|i would like|may i"},
    {Says::asks_about,
     "узнать|спросить|уточнить|вопрос|поинтересоваться|можно ли|нужно ли|надо ли|обязательно|без записи|ask|"
     "know|find out|question|walk in|without an appointment"},
    {Says::manages,
     "отмен* запис*|отмен* прием|отмен* брон*|запись отмен*|перенести|перенос*|перенес*|перезапис*|моя "
     "запись|мою запись|"
     "моей записи|я записан|я записана|я записывал*|cancel my|cancel an appointment|reschedul*|move "
     "my|change my appointment|my booking|my appointment"},
    {Says::cancel,
     "отмена|отменит*|отменяю|отменяй*|передумал*|не надо|не нужно|стоп|забудь*|не буду записываться|не хочу "
     "записываться|"
     "отбой|cancel|stop|never mind|nevermind|forget it|changed my mind"},
    {Says::other_time,
     "другое время|другой день|другую дату|другом времени|в другой раз|не подходит|не подойдет|неудобно|не "
     "удобно|пораньше|попозже|можно раньше|можно позже|another time|"
     "another day|different time|different day|other time|doesn't suit|does not suit|earlier|later"},
    {Says::soonest,
     "ближайшее|на ближайшее|самое раннее|как можно раньше|как можно скорее|побыстрее|любое время|в "
     "любое|earliest|soonest|"
     "as soon as possible|asap|any time|anytime"},
    {Says::any,
     "любой|любому|любая|любого|любую|без разницы|не важно|неважно|все равно|кто угодно|к кому "
     "угодно|anyone|anybody|any|"
     "whoever|no preference|doesn't matter"},
    {Says::greet,
     "здравствуй*|здраствуй*|здрасьте|добрый день|доброе утро|добрый вечер|доброго дня|доброго "
     "времени|доброго вечера|привет*|"
     "хай|алло|але|вы тут|ты тут|вы здесь|есть кто|есть кто-нибудь|кто-нибудь|вы на связи|hello|hi|hey|good "
     "morning|"
     "good afternoon|good evening|anyone there|anybody there|are you there"},
    {Says::farewell,
     "до свидания|досвидания|пока|всего доброго|всего хорошего|до встречи|хорошего дня|хорошего "
     "вечера|bye|goodbye|"
     "good bye|see you|have a nice day|have a good day"},
    {Says::thanks,
     "спасибо*|благодар*|пасиб*|спс|понятно|понял|поняла|ясно|супер|отлично|класс|круто|здорово|thanks|thank "
     "you|thx|"
     "got it|great|perfect"},
    {Says::question,
     "сколько|скок*|скольк*|когда|где|как|какой|какая|какие|какое|какого|каких|кто|что|почему|зачем|чем|куда|"
     "откуда|"
     "можно ли|есть ли|нужно ли|надо ли|делаете|принимаете|принимает "
     "ли|работаете|лечите|подскаж*|расскаж*|цена|цены|стоит|"
     "стоимость|how|what|when|where|who|why|which|do you|does it|is there|are there|price*|cost*"},
    {Says::suggests, "как насчет|что насчет|а если в|а если на|давайте|how about|what about"},
    {Says::price,
     "сколько стоит|сколько стоят|скок* стоит|скок* стоят|скольк* стоит|сколько это стоит|сколько будет "
     "стоить|какая цена|"
     "какие цены|цена|цены|цену|ценник*|стоимость|почем|прайс*|how much|price*|cost|costs"},
    {Says::fact,
     "сколько длится|сколько времени занимает|сколько по времени|где вы|где наход*|адрес*|как добраться|как "
     "доехать|парков*|до скольки|"
     "часы работы|график работы|режим работы|как подготов*|подготовка к|чем отличается|как проходит|до "
     "какого часа|во сколько открыва*|"
     "во сколько закрыва*|нужно ли|надо ли|без записи|натощак|how long|where are you|where "
     "is|address|parking|opening hours|"
     "what time do you|how do i get|how to prepare|how do i prepare"},
    {Says::services,
     "какие услуги|какие у вас услуги|какие есть услуги|какие у вас есть услуги|услуги какие|ваши "
     "услуги|список услуг|перечень услуг|"
     "услуги и цены|что вы делаете|что у вас можно|чем вы занимаетесь|чем занимаетесь|прайс|прейскурант|весь "
     "прайс|все цены|"
     "what services|which services|your services|list of services|what do you offer|what do you do|price "
     "list"},
    {Says::staff,
     "какие врачи|какие у вас врачи|какие есть врачи|врачи какие|ваши врачи|список врачей|кто из "
     "врачей|какие доктора|"
     "кто принимает|кто у вас принимает|какие специалисты|какие у вас специалисты|кто мастера|какие "
     "мастера|какие у вас мастера|"
     "мастера какие|ваши мастера|кто у вас работает|which doctors|what doctors|your doctors|your "
     "specialists|your stylists|"
     "who works"},
    {Says::emergency,
     "не могу дышать|не может дышать|не дышит|задыха*|трудно дышать|нечем дышать|теря* сознание|потерял* "
     "сознание|без сознания|"
     "сильное кровотечение|кровь не останав*|истека* кровью|боль в груди|давит в груди|инфаркт|у * "
     "инсульт|инсульт у|инсульт|"
     "отек горла|отек квинке|анафилак*|покончить с собой|покончу с собой|не хочу жить|суицид*|убить "
     "себя|убью себя|can not breathe|"
     "cannot breathe|can't breathe|chest pain|severe bleeding|kill myself|unconscious|suicid*"},
    {Says::symptoms,
     "болит|боли|боль|болят|болело|заболел*|ноет|температур*|кашл*|тошн*|опух*|сып*|кровоточ*|чешется|"
     "диагноз*|беремен*|аллерги*|"
     "воспал*|hurts|hurt|pain|ache|toothache|fever|rash|swollen|pregnant"},
    {Says::advice,
     "что делать|чем лечить|как лечить|что принять|что выпить|что попить|опасно ли|что это может быть|what "
     "should i do|what to do|"
     "what can i take|what should i take|is it dangerous|how to treat"},
    {Says::pain, "болит|боли|боль|болью|болят|болело|заболел*|ноет|hurts|hurt|pain|ache"},
    {Says::own_data,
     "мои данные|моих данных|моими данными|моим данным|моих персональн*|мои персональн*|персональн* данн*|личн* данн*|"
     "данные обо мне|данных обо мне|сведения обо мне|обо мне хран*|храните обо мне|обо мне знаете|"
     "удал* данн*|удал* все данн*|удал* мой номер|удал* мой телефон|удал* мою почту|удал* перепис*|удал* мою перепис*|"
     "удал* нашу перепис*|удал* эту перепис*|удал* чат|удал* этот чат|удал* меня|удал* все обо мне|удал* мо* сообщен*|"
     "стер* данн*|стер* мо* данн*|стер* перепис*|сотри* данн*|сотри* мо* данн*|сотри* перепис*|сотри* мой номер|убер* мой номер|"
     "мою переписку|моя переписка|нашу переписку|наша переписка|этот чат увид*|перепис* увид*|перепис* вид*|перепис* чита*|"
     "кто видит|кто увидит|кто читает|кто прочит*|кто прочтет|кто узнает|кто-то увидит|кто-нибудь увидит|"
     "прода* мой|прода* мои|прода* мо* данн*|прода* данн*|прода* номер*|прода* телефон*|переда* мой номер|переда* мои|переда* данн*|"
     "третьим лицам|третьи лица|"
     "отозвать согласие|отозвать мое согласие|отзываю согласие|отзываю свое согласие|отзыв согласия|отозвать свое согласие|"
     "согласие на обработку|обработк* данн*|обработк* персональн*|"
     "конфиденциальн*|152 фз|152-фз|утечк* данн*|не звоните мне|больше не звон*|не пишите мне|больше не пиш*|"
     "my data|my personal data|personal data|my personal information|my information|information about me|data about me|know about me|"
     "delete my data|delete my number|delete my phone|delete my chat|delete my messages|delete my information|delete this chat|"
     "delete everything|erase my|remove my data|remove my number|remove my phone|remove my information|forget me|"
     "withdraw consent|withdraw my consent|withdraw the consent|revoke consent|revoke my consent|"
     "who can read|who can see|who reads|who sees|who will see|who will read|read this chat|see this chat|reads this chat|"
     "sell my|selling my|share my|sharing my|privacy|gdpr|third parties|unsubscribe|stop contacting|stop calling me|don't call me|do not call me"},
    {Says::small,
     "вам|вас|вы|мне|нам|большое|огромное|всем|все|всего|и|а|ну|ок|ok|там|еще|вот|очень|пожалуйста|плиз|"
     "хорошо|ладно|дайте|"
     "можно|нужен|you|so|much|a|lot|very|please|the|for|your|help|помощь|за|тут|ли"},
};

struct Pattern {
  Says says;
  std::string_view words;
};

// Patterns by the first two bytes of their first word (one Cyrillic letter): a word is compared with few of
// them.
struct Table {
  static constexpr std::size_t kBuckets = 256;
  std::array<std::vector<Pattern>, kBuckets> buckets;

  static std::size_t bucket(std::string_view word) {
    const auto at = [&](std::size_t i) {
      return i < word.size() && word[i] != '*' && word[i] != ' ' ? static_cast<unsigned char>(word[i]) : 0U;
    };
    return (at(0) * 31U + at(1)) % kBuckets;
  }
  Table() {
    for (const auto& meaning : kMeanings) {
      auto rest = meaning.patterns;
      while (!rest.empty()) {
        const auto end = std::min(rest.find('|'), rest.size());
        const auto words = rest.substr(0, end);
        buckets[bucket(words)].push_back({meaning.says, words});
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }
};

const Table& table() {
  static const Table built;
  return built;
}

bool word_matches(std::string_view word, std::string_view pattern) {
  if (pattern.ends_with('*')) return word.starts_with(pattern.substr(0, pattern.size() - 1));
  return word == pattern;
}

// Whether the pattern's words stand one after another beginning at `at`; returns how many, or 0.
std::size_t match_at(const std::vector<std::string>& words, std::size_t at, std::string_view pattern) {
  std::size_t n = 0;
  while (!pattern.empty()) {
    const auto space = std::min(pattern.find(' '), pattern.size());
    if (at + n >= words.size() || !word_matches(words[at + n], pattern.substr(0, space))) return 0;
    ++n;
    pattern.remove_prefix(std::min(space + 1, pattern.size()));
  }
  return n;
}

}  // namespace

Said said(const std::vector<std::string>& words) {
  Said out;
  for (std::size_t at = 0; at < words.size(); ++at)
    for (const auto& pattern : table().buckets[Table::bucket(words[at])]) {
      const auto bit = static_cast<std::size_t>(pattern.says);
      if (!out[bit] && match_at(words, at, pattern.words) > 0) out.set(bit);
    }
  return out;
}

bool says_only(const std::vector<std::string>& words, Says what) {
  constexpr std::size_t kMostWords = 8;
  if (words.size() > kMostWords) return false;
  bool any = false;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t longest = 0;
    bool meant = false;
    for (const auto& pattern : table().buckets[Table::bucket(words[at])]) {
      if (pattern.says != what && pattern.says != Says::small) continue;
      const auto n = match_at(words, at, pattern.words);
      if (n > longest) longest = n, meant = pattern.says == what;
    }
    if (longest == 0) return false;
    any = any || meant;
    at += longest;
  }
  return any;
}

}  // namespace chatika::assistant
