#include "assistant/phrases.hpp"

#include <fmt/format.h>

#include <array>

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
    Words{name_learned, "Очень приятно, {0}! Чем помочь?", "Nice to meet you, {0}! How can I help?"},
    Words{i_am_here, "Да, я здесь. Чем помочь?", "Yes, I am here. How can I help?"},
    Words{i_am_assistant,
          "Вам отвечает автоматический ассистент. Могу ответить на вопросы, подобрать время для записи или "
          "позвать сотрудника.",
          "You are talking to an automatic assistant. I can answer questions, find you a time or call a "
          "colleague."},
    Words{say_in_words, "Напишите, пожалуйста, словами, чем помочь.",
          "Please tell me in words how I can help."},
    Words{what_now, "Хорошо. Чем ещё помочь?", "All right. What else can I do?"},
    Words{thanks, "Пожалуйста! Если появятся вопросы — пишите.",
          "You're welcome. Write if anything else comes up."},
    Words{farewell, "До свидания! Если появятся вопросы — пишите.",
          "Goodbye! Write if anything else comes up."},
    Words{unknown,
          "Ответа на это у меня нет, а выдумывать не буду. Могу позвать сотрудника или попросить, чтобы вам "
          "перезвонили.",
          "I have no answer to that, and I won't guess. I can call a colleague or ask for a callback."},
    Words{unknown_again, "И на это у меня нет ответа. Сотрудник подскажет точнее — позвать?",
          "I have no answer to that either. A colleague will know better — shall I call one?"},
    Words{unknown_still,
          "Здесь лучше поможет человек: позову сотрудника в чат или попрошу перезвонить. Наш телефон: {0}.",
          "A person will help better here: I can call a colleague to the chat or ask for a callback. Our "
          "number: {0}."},
    Words{human_called, "Зову сотрудника, он ответит здесь. Пока ждёте, можете спрашивать меня.",
          "I am calling a colleague, who will answer here. You can keep asking me meanwhile."},
    Words{human_called_again, "Сотрудник уже знает, что вы ждёте, и ответит здесь.",
          "A colleague already knows you are waiting and will answer here."},
    Words{message_for_human, "Ответа на это у меня нет. Сотрудник увидит ваше сообщение, когда подключится.",
          "I have no answer to that. A colleague will see your message when they join."},
    Words{emergency,
          "Это может быть опасно для жизни. Позвоните 103 или 112 прямо сейчас. Я уже зову сотрудника, но не "
          "ждите "
          "ответа в чате.",
          "This may be life-threatening. Call 112 (or 103 for an ambulance in Russia) right now. I am "
          "calling a colleague "
          "too, but do not wait for an answer in the chat."},
    Words{health_consent_missing,
          "О здоровье здесь можно говорить только с вашего согласия на обработку таких сведений, а вы его "
          "не давали. Зато могу подобрать время приёма, попросить, чтобы вам перезвонили, или позвать "
          "сотрудника.",
          "Health can be discussed here only with your consent to process such information, and you have "
          "not given it. What I can do: find you an appointment, ask for a callback or call a colleague."},
    Words{own_data,
          "Откройте «Мои данные» вверху чата: там видно, что о вас хранится и "
          "кто это смотрел, там же можно отозвать согласие, попросить копию, исправить или удалить данные. "
          "Кому и зачем они передаются, сказано в политике, ссылка рядом. Если удобнее, этим займётся сотрудник.",
          "Open “My data” at the top of the chat: it shows what is held about you "
          "and who looked at it; there you can withdraw consent, ask for a copy, correct or erase your data. Who "
          "receives them and why is said in the policy, linked there. If you prefer, a colleague will take care of it."},
    Words{
        symptoms,
        "О самочувствии лучше поговорить с врачом: по переписке диагнозы не ставят. Подобрать время приёма?",
        "It is best to talk to a doctor about that: no diagnosis can be made in a chat. Shall I find you an "
        "appointment?"},
    Words{colleague_changes, "Перенести или отменить запись поможет сотрудник. Позвать?",
          "A colleague can move or cancel a booking for you. Shall I call one?"},
    Words{our_services, "Вот наши услуги. Выберите, и я покажу свободное время:",
          "Here is what we offer. Choose one to see free times:"},
    Words{our_staff, "Вот наши специалисты. Выберите, к кому записаться:",
          "Here is our team. Choose whom you would like to see:"},
    Words{price_of, "{0} — {1}, {2}.", "{0}: {1}, {2}."},
    Words{ask_service, "На что вас записать?", "What would you like to book?"},
    Words{ask_service_again,
          "Выберите, пожалуйста, услугу из списка или назовите её. Если не уверены, позову сотрудника — он "
          "подскажет.",
          "Please choose a service from the list or name it. If you are not sure, I can call a colleague to "
          "advise."},
    Words{ask_service_still,
          "Не получается понять, какая услуга нужна. Сотрудник поможет выбрать: позову его сюда или попрошу "
          "перезвонить.",
          "I cannot tell which service you need. A colleague can help: here in the chat, or by phone."},
    Words{which_service, "Уточните, пожалуйста, что именно:", "Which of these do you mean?"},
    Words{ask_specialist, "К кому записать?", "Who would you like to see?"},
    Words{ask_specialist_again, "Выберите, пожалуйста, к кому записаться, или напишите «к любому».",
          "Please choose whom to see, or write “anyone”."},
    Words{not_done_by, "Эту услугу оказывает не {0}, а другие специалисты.",
          "{0} does not do this, but colleagues do."},
    Words{offer_times, "{0}. Выберите удобное время:", "{0}. Choose a time that suits you:"},
    Words{offer_again,
          "Выберите, пожалуйста, время или напишите, когда удобно, — например, «завтра после 15».",
          "Please choose a time or write when it suits you, for example “tomorrow after 3 pm”."},
    Words{offer_still, "Если ничего не подходит, сотрудник поищет другое время. Свободно сейчас:",
          "If none of these suits you, a colleague can look for another time. Free now:"},
    Words{no_times_then, "На это время свободных мест нет. Ближайшие свободные:",
          "Nothing is free then. The nearest free times:"},
    Words{no_times_that_day,
          "Свободного времени {0}, нет. Ближайшее:", "Nothing is free {0}. The nearest free times:"},
    Words{not_that_time, "Время {0} {1}, недоступно. Вот что свободно:", "{0} is not free {1}. These are:"},
    Words{other_times_that_day,
          "Это время {0}, недоступно. Вот что свободно:", "That time is not free {0}. These are:"},
    Words{enough_bookings,
          "На вас уже оформлено несколько записей. Чтобы добавить ещё одну, нужен сотрудник — позвать?",
          "You already have several bookings. A colleague can add another one — shall I call?"},
    Words{no_times,
          "Свободного времени в ближайшие недели не нашлось. Могу позвать сотрудника или попросить, чтобы "
          "вам перезвонили. Наш телефон: {0}.",
          "No free time in the coming weeks. I can call a colleague or ask for a callback. Our number: {0}."},
    Words{too_far, "Записаться можно не больше чем на {0} дней вперёд. Ближайшее свободное время:",
          "Bookings open {0} days ahead. The nearest free times:"},
    Words{time_past, "Это время уже прошло. Выберите из свободного:",
          "That time has passed. Choose from the free ones:"},
    Words{held, "{0}, {1}. Это время держу за вами 10 минут.",
          "{0}, {1}. I am holding this time for you for 10 minutes."},
    Words{ask_name, "Как вас зовут?", "What is your name?"},
    Words{ask_name_again, "Напишите, пожалуйста, имя: как к вам обращаться?",
          "Please write your name: what should we call you?"},
    Words{ask_name_still,
          "Без имени записать не получится. Если не хотите писать его здесь, могу позвать сотрудника.",
          "I cannot book without a name. If you would rather not write it here, I can call a colleague."},
    Words{ask_phone,
          "Какой у вас телефон? Он нужен, чтобы подтвердить запись или предупредить об изменениях.",
          "What is your phone number? We need it to confirm the booking or tell you about changes."},
    Words{ask_phone_again,
          "Номер нужен, чтобы с вами связаться. Напишите его, например, так: 8 912 345-67-89.",
          "The number is needed to reach you. Please write it like this: +7 912 345-67-89."},
    Words{ask_phone_still,
          "Без номера не получится с вами связаться. Если не хотите оставлять его здесь, могу позвать "
          "сотрудника.",
          "Without a number we cannot reach you. If you would rather not leave it here, I can call a "
          "colleague."},
    Words{bad_phone, "Не похоже на номер телефона. Напишите его целиком, например 8 912 345-67-89.",
          "That does not look like a phone number. Please write it in full, for example +7 912 345-67-89."},
    Words{bad_phone_still,
          "Это не похоже на номер телефона. Проверьте цифры или позовите сотрудника — он поможет.",
          "I cannot read this as a phone number. Please check the digits, or call a colleague to help."},
    Words{confirm, "Проверьте, пожалуйста:\n{0}\n{1}\n{2}\n{3}, {4}\nВсё верно?",
          "Please check:\n{0}\n{1}\n{2}\n{3}, {4}\nIs everything right?"},
    Words{confirm_again, "Записать вас? Ответьте «да» или «нет».",
          "Shall I book it? Please answer yes or no."},
    Words{booked, "Готово, вы записаны {1}. Номер записи — {0}.",
          "Done, you are booked {1}. Your reference is {0}."},
    Words{taken,
          "Это время только что заняли. Выберите другое:", "That time has just been taken. Choose another:"},
    Words{not_free, "На это время записаться нельзя. Выберите из свободного:",
          "That time cannot be booked. Choose from the free ones:"},
    Words{expired, "10 минут прошли, и время больше не держится за вами. Выберите ещё раз:",
          "The 10 minutes are over and the time is no longer held. Please choose again:"},
    Words{not_booked, "Хорошо, не записываю. Подобрать другое время?",
          "All right, I am not booking it. Shall I find another time?"},
    Words{callback_name, "Перезвоним. Как вас зовут?", "We will call you back. What is your name?"},
    Words{callback_name_to, "Перезвоним на {0}. Как вас зовут?",
          "We will call you back on {0}. What is your name?"},
    Words{callback_phone, "На какой номер перезвонить?", "Which number should we call?"},
    Words{callback_done, "Заявка принята: вам перезвонят на {0} в рабочее время.",
          "Your request is noted: we will call you on {0} during opening hours."},
    Words{contact_saved, "Контакт сохранён: {0}. Сотрудник его увидит. Чем ещё помочь?",
          "Your contact is saved: {0}. A colleague will see it. What else can I do?"},
    Words{cancelled, "Хорошо, отменяем. Чем ещё помочь?", "All right, stopped. What else can I do?"},
};

constexpr std::array<std::string_view, 7> kOnDaysRu{"в воскресенье", "в понедельник", "во вторник", "в среду",
                                                    "в четверг",     "в пятницу",     "в субботу"};
constexpr std::array<std::string_view, 7> kShortRu{"вс", "пн", "вт", "ср", "чт", "пт", "сб"};
constexpr std::array<std::string_view, 7> kDaysEn{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 7> kShortEn{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonthsRu{"января",   "февраля", "марта",  "апреля",
                                                     "мая",      "июня",    "июля",   "августа",
                                                     "сентября", "октября", "ноября", "декабря"};
constexpr std::array<std::string_view, 12> kShortMonthsRu{"янв.", "февр.", "мар.",  "апр.", "мая",   "июн.",
                                                          "июл.", "авг.",  "сент.", "окт.", "нояб.", "дек."};
constexpr std::array<std::string_view, 12> kMonthsEn{"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

struct Parts {
  unsigned weekday, day, month;
};
Parts parts(std::chrono::local_days d) {
  const std::chrono::year_month_day ymd{d};
  return {std::chrono::weekday(d).c_encoding(), static_cast<unsigned>(ymd.day()),
          static_cast<unsigned>(ymd.month()) - 1};
}

}  // namespace

std::string say(Phrase phrase, std::string_view language, std::string_view a0, std::string_view a1,
                std::string_view a2, std::string_view a3, std::string_view a4) {
  for (const auto& words : kWords)
    if (words.phrase == phrase)
      return fmt::format(fmt::runtime(language == "en" ? words.en : words.ru), a0, a1, a2, a3, a4);
  return {};
}

std::string label(Label label, std::string_view language) {
  const bool en = language == "en";
  switch (label) {
    case Label::book:
      return en ? "Book an appointment" : "Записаться";
    case Label::callback:
      return en ? "Call me back" : "Перезвоните мне";
    case Label::human:
      return en ? "Call a colleague" : "Позвать сотрудника";
    case Label::any_specialist:
      return en ? "Anyone who is free" : "К любому, кто свободен";
    case Label::yes:
      return en ? "Yes, book it" : "Да, записать";
    case Label::no:
      return en ? "No" : "Нет";
    case Label::other_time:
      return en ? "Another time" : "Другое время";
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
  return language == "en"
             ? fmt::format("{}, {} {}", kShortEn[p.weekday], p.day, kMonthsEn[p.month].substr(0, 3))
             : fmt::format("{}, {} {}", kShortRu[p.weekday], p.day, kShortMonthsRu[p.month]);
}

std::string clock(std::chrono::local_seconds t) {
  const auto minutes =
      std::chrono::floor<std::chrono::minutes>(t - std::chrono::floor<std::chrono::days>(t)).count();
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string day_and_time(std::chrono::local_seconds t, std::string_view language) {
  const auto p = parts(std::chrono::floor<std::chrono::days>(t));
  return language == "en"
             ? fmt::format("on {}, {} {} at {}", kDaysEn[p.weekday], p.day, kMonthsEn[p.month], clock(t))
             : fmt::format("{}, {} {}, в {}", kOnDaysRu[p.weekday], p.day, kMonthsRu[p.month], clock(t));
}

std::string on_day(std::chrono::local_days d, std::string_view language) {
  const auto p = parts(d);
  return language == "en" ? fmt::format("on {}, {} {}", kDaysEn[p.weekday], p.day, kMonthsEn[p.month])
                          : fmt::format("{}, {} {}", kOnDaysRu[p.weekday], p.day, kMonthsRu[p.month]);
}

std::string minutes(int n, std::string_view language) {
  if (language == "en") return fmt::format("{} {}", n, n == 1 ? "minute" : "minutes");
  const int tens = n % 100;
  const int ones = n % 10;
  const bool teen = tens >= 11 && tens <= 14;
  return fmt::format("{}\u00A0{}", n,
                     !teen && ones == 1                ? "минута"
                     : !teen && ones >= 2 && ones <= 4 ? "минуты"
                                                       : "минут");
}

std::string price(int roubles, std::string_view language) {
  auto digits = std::to_string(roubles);
  const std::string_view separator = language == "en" ? "," : "\u00A0";
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), separator);
  return digits + "\u00A0₽";
}

}  // namespace chatika::assistant::phrases
