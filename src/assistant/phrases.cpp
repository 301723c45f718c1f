#include "assistant/phrases.hpp"

#include <array>

#include <fmt/format.h>

namespace chatika::assistant::phrases {
namespace {

struct Words {
  Phrase phrase;
  std::string_view ru;
  std::string_view en;
};

using enum Phrase;

constexpr std::array kWords{
    Words{hello, "Здравствуйте! Чем помочь?", "Hello! How can I help?"},
    Words{thanks, "Рад помочь. Если появятся вопросы — пишите.", "You're welcome. Write if anything else comes up."},
    Words{unknown, "Этого я не знаю, а выдумывать не буду. Позвать сотрудника или перезвонить вам?",
          "I don't know that, and I won't guess. Shall I call a colleague, or shall we phone you?"},
    Words{unknown_again, "И на это у меня нет ответа. Лучше спросить сотрудника — позвать?",
          "I have no answer to that either. A colleague will know better — shall I call one?"},
    Words{human_called, "Позвал сотрудника, он ответит здесь. Пока ждём, можете спрашивать меня.",
          "I have called a colleague, who will answer here. You can keep asking me meanwhile."},
    Words{human_called_again, "Сотрудник уже знает, что вы ждёте, и ответит здесь.",
          "A colleague already knows you are waiting and will answer here."},
    Words{emergency,
          "Это может быть опасно для жизни. Позвоните 103 или 112 прямо сейчас. Я уже зову сотрудника, но не ждите "
          "ответа в чате.",
          "This may be life-threatening. Call 112 (or 103 for an ambulance in Russia) right now. I am calling a colleague "
          "too, but do not wait for an answer in the chat."},
    Words{health_consent_missing,
          "Вы не дали согласия на обработку сведений о здоровье, поэтому симптомы я здесь не обсуждаю. Могу записать вас "
          "на приём или попросить врача перезвонить.",
          "You have not consented to the processing of health information, so I cannot discuss symptoms here. I can book "
          "you an appointment or ask for a callback."},
    Words{ask_service, "На что вас записать?", "What would you like to book?"},
    Words{which_service, "Уточните, пожалуйста, что именно:", "Which of these do you mean?"},
    Words{ask_specialist, "К кому записать?", "Who would you like to see?"},
    Words{which_specialist, "К кому именно?", "Who exactly?"},
    Words{offer_times, "{0}. Выберите удобное время:", "{0}. Choose a time that suits you:"},
    Words{no_times_then, "На это время свободных мест нет. Ближайшие свободные:",
          "Nothing is free then. The nearest free times:"},
    Words{no_times,
          "Свободного времени в ближайшие недели не нашлось. Позвать сотрудника или перезвонить вам? Наш телефон: {0}.",
          "No free time in the coming weeks. Shall I call a colleague, or shall we phone you? Our number: {0}."},
    Words{ask_name, "Время придержал за вами на 10 минут. Как вас зовут?",
          "I am holding this time for you for 10 minutes. What is your name?"},
    Words{ask_name_again, "Напишите, пожалуйста, имя — как к вам обращаться?", "Please write your name: what should we call you?"},
    Words{ask_phone, "Какой у вас телефон? Он нужен, чтобы подтвердить запись или предупредить об изменениях.",
          "What is your phone number? We need it to confirm the booking or tell you about changes."},
    Words{ask_phone_again, "Не похоже на номер телефона. Напишите его целиком, например 8 912 345-67-89.",
          "That does not look like a phone number. Please write it in full, for example +7 912 345-67-89."},
    Words{confirm, "Проверьте, пожалуйста:\n{0}\n{1}\n{2}\n{3}, {4}\nВсё верно?",
          "Please check:\n{0}\n{1}\n{2}\n{3}, {4}\nIs everything right?"},
    Words{confirm_again, "Записать вас? Ответьте «да» или «нет».", "Shall I book it? Please answer yes or no."},
    Words{booked, "Готово, вы записаны {1}. Номер записи — {0}.", "Done, you are booked {1}. Your reference is {0}."},
    Words{taken, "Это время только что заняли. Выберите другое:", "That time has just been taken. Choose another:"},
    Words{expired, "Время больше не придержано. Выберите ещё раз:", "The time is no longer held. Please choose again:"},
    Words{not_booked, "Хорошо, не записываю. Подобрать другое время?", "All right, I am not booking it. Shall I find another time?"},
    Words{time_past, "Это время уже прошло. Выберите из свободных:", "That time has passed. Choose from the free ones:"},
    Words{callback_name, "Перезвоним. Как вас зовут?", "We will call you back. What is your name?"},
    Words{callback_phone, "На какой номер перезвонить?", "Which number should we call?"},
    Words{callback_done, "Передал: вам перезвонят на {0} в рабочее время.", "Passed on: we will call you on {0} during opening hours."},
    Words{contact_saved, "Записал ваш номер: {0}. Сотрудник его увидит. Чем ещё помочь?",
          "I have saved your number: {0}. A colleague will see it. What else can I do?"},
    Words{cancelled, "Хорошо, остановились. Чем ещё помочь?", "All right, stopped. What else can I do?"},
    Words{message_for_human, "Сотрудник увидит ваше сообщение.", "A colleague will see your message."},
};

constexpr std::array<std::string_view, 7> kOnDaysRu{"в воскресенье", "в понедельник", "во вторник", "в среду",
                                                    "в четверг",     "в пятницу",     "в субботу"};
constexpr std::array<std::string_view, 7> kShortRu{"вс", "пн", "вт", "ср", "чт", "пт", "сб"};
constexpr std::array<std::string_view, 7> kDaysEn{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 7> kShortEn{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonthsRu{"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                                     "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
constexpr std::array<std::string_view, 12> kShortMonthsRu{"янв.", "февр.", "мар.",  "апр.", "мая",   "июн.",
                                                          "июл.", "авг.",  "сент.", "окт.", "нояб.", "дек."};
constexpr std::array<std::string_view, 12> kMonthsEn{"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};

struct Parts {
  unsigned weekday, day, month;
};
Parts parts(std::chrono::local_days d) {
  const std::chrono::year_month_day ymd{d};
  return {std::chrono::weekday(d).c_encoding(), static_cast<unsigned>(ymd.day()), static_cast<unsigned>(ymd.month()) - 1};
}

}  // namespace

std::string say(Phrase phrase, std::string_view language, std::string_view a0, std::string_view a1, std::string_view a2,
                std::string_view a3, std::string_view a4) {
  for (const auto& words : kWords)
    if (words.phrase == phrase) return fmt::format(fmt::runtime(language == "en" ? words.en : words.ru), a0, a1, a2, a3, a4);
  return {};
}

std::string label(Label label, std::string_view language) {
  const bool en = language == "en";
  switch (label) {
    case Label::book: return en ? "Book an appointment" : "Записаться";
    case Label::callback: return en ? "Call me back" : "Перезвоните мне";
    case Label::human: return en ? "Call a colleague" : "Позвать сотрудника";
    case Label::any_specialist: return en ? "Anyone who is free" : "К любому, кто свободен";
    case Label::yes: return en ? "Yes, book it" : "Да, записать";
    case Label::no: return en ? "No" : "Нет";
    case Label::other_time: return en ? "Another time" : "Другое время";
  }
  return {};
}

std::string iso_date(std::chrono::local_days d) {
  const std::chrono::year_month_day ymd{d};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::string short_day(std::chrono::local_days d, std::string_view language) {
  const auto p = parts(d);
  return language == "en" ? fmt::format("{}, {} {}", kShortEn[p.weekday], p.day, kMonthsEn[p.month].substr(0, 3))
                          : fmt::format("{}, {} {}", kShortRu[p.weekday], p.day, kShortMonthsRu[p.month]);
}

std::string clock(std::chrono::local_seconds t) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(t - std::chrono::floor<std::chrono::days>(t)).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string day_and_time(std::chrono::local_seconds t, std::string_view language) {
  const auto p = parts(std::chrono::floor<std::chrono::days>(t));
  return language == "en" ? fmt::format("on {}, {} {} at {}", kDaysEn[p.weekday], p.day, kMonthsEn[p.month], clock(t))
                          : fmt::format("{}, {} {}, в {}", kOnDaysRu[p.weekday], p.day, kMonthsRu[p.month], clock(t));
}

std::string price(int roubles, std::string_view language) {
  auto digits = std::to_string(roubles);
  const std::string_view separator = language == "en" ? "," : "\u00A0";
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), separator);
  return digits + "\u00A0₽";
}

}  // namespace chatika::assistant::phrases
