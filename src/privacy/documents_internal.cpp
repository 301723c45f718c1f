// The business's internal documents: the order that appoints the person responsible, the rules, the list of
// those with access, threats and measures. Approved by the head, known to the staff (152-FZ art. 18.1, 19).
#include <fmt/format.h>

#include "privacy/documents_parts.hpp"

namespace chatika::privacy::parts {

using document::Document;
using document::Style;

namespace {

void approved(Draft& draft, const Details& details) {
  draft.say(draft.in({"УТВЕРЖДАЮ\nРуководитель", "APPROVED\nHead of"}) + " " + details.controller.name +
                draft.in({"\n____________________\n«___» ____________ 20___ г.",
                          "\n____________________\nDate: ____________________"}),
            Style::right);
}

}  // namespace

Document officer_appointment(const Details& details, const Register&, std::string_view language) {
  Draft draft(language,
              {"Приказ о назначении ответственного за организацию обработки персональных данных",
               "Order appointing the person responsible for organising the processing of personal data"});
  draft.say(details.controller.name, Style::centre);
  draft.pairs({{draft.in({"Номер и дата", "Number and date"}), ""}, {draft.in({"Место", "Place"}), ""}});
  draft.text(
      {"Во исполнение п. 1 ч. 1 ст. 18.1 и ст. 22.1 Федерального закона от 27.07.2006 № 152-ФЗ "
       "«О персональных данных» ПРИКАЗЫВАЮ:",
       "Under art. 18.1(1)(1) and 22.1 of Federal Law No. 152-FZ of 27.07.2006 on personal data I ORDER:"});
  const auto officer = details.officer.empty() ? std::string(kBlank) : details.officer;
  draft.lines(
      {draft.english()
           ? "To appoint " + officer + " as the person responsible."
           : "Назначить ответственным за организацию обработки персональных данных: " + officer + ".",
       draft.in(
           {"Подчинить ответственного непосредственно руководителю и предоставить ему сведения, "
            "перечисленные в ч. 3 ст. 22 152-ФЗ.",
            "That the person responsible reports to the head directly and receives the information listed "
            "in 152-FZ art. 22(3)."}),
       draft.in(
           {"Возложить на ответственного: внутренний контроль за соблюдением закона и внутренних "
            "документов; ознакомление сотрудников с ними; приём и обработку обращений субъектов и контроль "
            "за этим; блокирование, уточнение и уничтожение данных в сроки закона; ведение учёта "
            "инцидентов и уведомление Роскомнадзора в течение 24 и 72 часов.",
            "To charge the person responsible with: checking that the law and internal documents are kept; "
            "making staff familiar with them; receiving and handling requests of data subjects; blocking, "
            "correcting and destroying data within the law's terms; keeping the record of breaches and "
            "notifying Roskomnadzor within 24 and 72 hours."}),
       draft.in({"Предоставить ответственному доступ к разделу «Персональные данные» панели Chatika.",
                 "To give the person responsible access to the privacy centre of Chatika's panel."}),
       draft.in({"Контроль за исполнением приказа оставляю за собой.",
                 "I keep control of the execution of this order."})},
      true);
  draft.sign({"Руководитель", "Head"});
  draft.sign({"С приказом ознакомлен(а): ответственный", "Read by the person responsible"}, details.officer);
  return draft.done();
}

Document processing_rules(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language,
              {"Положение об обработке персональных данных", "Rules for the processing of personal data"});
  approved(draft, details);
  draft.heading({"Общие положения", "General"});
  draft.say(
      draft.english()
          ? fmt::format(
                "These rules bind every employee of {} who has access to personal data in the chat and "
                "its panel. They are issued under 152-FZ art. 18.1(1)(2).",
                details.controller.name)
          : fmt::format("Положение обязательно для всех сотрудников {}, у которых есть доступ к персональным "
                        "данным в чате и его панели. Издано по п. 2 ч. 1 ст. 18.1 152-ФЗ.",
                        details.controller.name));
  draft.heading({"Что обрабатывается", "What is processed"});
  std::vector<std::vector<std::string>> rows;
  for (const auto& item : reg.items)
    rows.push_back({draft.in(words(item.category)), draft.in(item.name),
                    bases_of(item, details.law, language), period_of(item, reg, language)});
  draft.table({{"Чьи данные", "Whose"},
               {"Данные", "Data"},
               {"Основания и цели", "Bases and purposes"},
               {"Срок", "Period"}},
              std::move(rows));
  draft.heading({"Правила для сотрудников", "Rules for employees"});
  draft.list({
      {"Читать данные только для своей работы и только с целью, для которой они собраны: каждый просмотр "
       "записывается "
       "в журнал с именем сотрудника.",
       "Read data only for your work and for the purpose they were collected for: every reading is recorded "
       "in the log "
       "with the employee's name."},
      {"Не копировать данные из панели в мессенджеры, личную почту, таблицы и на бумагу без указания "
       "ответственного.",
       "Do not copy data from the panel into messengers, private mail, tables or on paper unless the person "
       "responsible "
       "says so."},
      {"Работать под своей учётной записью, никому не сообщать пароль, выходить из панели на чужом "
       "устройстве.",
       "Work under your own account, tell nobody the password, sign out on devices of others."},
      {"Не просить посетителя сообщать сведения, которые не нужны для ответа или записи.",
       "Do not ask visitors for what is not needed for an answer or a booking."},
      {"Обращение человека о его данных в любой форме — в чате, по телефону, письмом — в тот же день "
       "передать "
       "ответственному: с этого дня идут сроки.",
       "Hand any request of a person about their data — in the chat, by phone, by letter — to the person "
       "responsible on "
       "the same day: the terms run from that day."},
      {"О потере устройства, чужом входе или отправке данных не тому человеку сообщить ответственному "
       "немедленно.",
       "Tell the person responsible at once of a lost device, a stranger's sign-in or data sent to the wrong "
       "person."},
  });
  if (details.clinic)
    draft.text(
        {"Сам факт обращения в клинику — врачебная тайна (ст. 13 323-ФЗ). Сведения о здоровье обсуждаются "
         "только с "
         "тем, кто их сообщил, и только если он дал на это отдельное согласие.",
         "Even the fact that a person turned to the clinic is a medical secret (323-FZ art. 13). Health is "
         "talked "
         "about only with the person who spoke of it and only with their separate consent."});
  draft.heading({"Обращения субъектов", "Requests of data subjects"});
  draft.table({{"Что", "What"}, {"Срок", "Term"}, {"Основание", "Article"}},
              {{draft.in({"Ответ на запрос сведений или мотивированный отказ", "Answer or reasoned refusal"}),
                draft.in({"10 рабочих дней, продление ещё на 5", "10 business days, 5 more with reasons"}),
                draft.in({"ст. 14, 20", "art. 14, 20"})},
               {draft.in({"Спор о точности: блокирование, уточнение", "Accuracy disputed: block, correct"}),
                draft.in({"блокирование сразу, уточнение за 7 рабочих дней", "at once; 7 business days"}),
                draft.in({"ч. 1, 2 ст. 21", "art. 21(1), (2)"})},
               {draft.in({"Неправомерная обработка", "Unlawful processing"}),
                draft.in({"прекращение за 3 рабочих дня, уничтожение за 10",
                          "stop in 3, destroy in 10 business days"}),
                draft.in({"ч. 3 ст. 21", "art. 21(3)"})},
               {draft.in({"Утечка", "Breach"}), draft.in({"24 часа и 72 часа", "24 hours and 72 hours"}),
                draft.in({"ч. 3.1 ст. 21", "art. 21(3.1)"})},
               {draft.in({"Отзыв согласия, достижение цели", "Consent withdrawn, purpose reached"}),
                draft.in({"использование прекращается сразу, уничтожение за 30 дней",
                          "use stops at once, destruction within 30 days"}),
                draft.in({"ч. 4, 5 ст. 21", "art. 21(4), (5)"})},
               {draft.in({"Требование прекратить обработку", "Demand to stop"}),
                draft.in({"10 рабочих дней, продление ещё на 5", "10 business days, 5 more with reasons"}),
                draft.in({"ч. 5.1 ст. 21", "art. 21(5.1)"})}});
  draft.heading({"Уничтожение", "Destruction"});
  draft.text(
      {"Данные уничтожаются программой по истечении срока хранения и по решению ответственного: строки "
       "удаляются, "
       "ключ человека уничтожается. Составляется акт и выгрузка из журнала по приказу Роскомнадзора от "
       "28.10.2022 "
       "№ 179; они хранятся три года.",
       "The program destroys data when their period ends and when the person responsible decides so: rows "
       "are "
       "deleted, the person's key is destroyed. An act and an extract of the log are made under "
       "Roskomnadzor's "
       "Order of 28.10.2022 No. 179 and kept for three years."});
  draft.heading({"Ответственность", "Liability"});
  draft.text({"За нарушение этих правил сотрудник отвечает по закону и трудовому договору.",
              "Employees who break these rules answer under the law and their employment contract."});
  draft.sign({"Ответственный за организацию обработки персональных данных", "Person responsible"},
             details.officer);
  return draft.done();
}

Document access_list(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Перечень лиц, имеющих доступ к персональным данным",
                         "List of people with access to personal data"});
  approved(draft, details);
  draft.text(
      {"Доступ даёт роль в панели. Поимённый список ведёт панель; распечатанный список действителен на дату "
       "печати.",
       "Access comes from the role in the panel. The panel keeps the list of names; a printed list is true "
       "on its "
       "date."});
  std::vector<std::string> everyday;
  std::vector<std::string> accounts;
  for (const auto& item : reg.items) {
    if (!item.sealed) continue;
    auto name = draft.in(item.name);
    if (item.category == Category::employee)
      accounts.push_back(std::move(name));
    else if ((item.consent | item.contract) != 0)
      everyday.push_back(std::move(name));
  }
  std::vector<std::string> officer;
  for (const auto& item : reg.items) officer.push_back(draft.in(item.name));
  draft.table(
      {{"Роль", "Role"}, {"К каким данным", "Data"}, {"Для чего", "What for"}},
      {{draft.in({"Администратор", "Receptionist"}), joined(everyday),
        draft.in({"ответы в чате, заявки и записи", "answering in the chat, enquiries and bookings"})},
       {draft.in({"Владелец", "Owner"}), joined(everyday) + "; " + joined(accounts),
        draft.in({"то же и управление сотрудниками", "the same, and managing employees"})},
       {draft.in({"Ответственный за персональные данные", "Privacy officer"}), joined(officer),
        draft.in({"обращения субъектов, в том числе к заблокированным данным",
                  "requests of data subjects, blocked data too"})},
       {details.processor.name,
        draft.in({"технический доступ к зашифрованным данным", "technical access to the encrypted data"}),
        draft.in({"работа программы по поручению", "running the program on the controller's behalf"})}});
  draft.heading({"Поимённо", "By name"});
  draft.table({{"№", "No."},
               {"Фамилия, имя, отчество", "Name"},
               {"Должность", "Post"},
               {"Роль", "Role"},
               {"Ознакомлен(а): дата, подпись", "Has read the rules: date, signature"}},
              {{"1", "", "", "", ""}, {"2", "", "", "", ""}, {"3", "", "", "", ""}, {"4", "", "", "", ""}});
  draft.sign({"Ответственный за организацию обработки персональных данных", "Person responsible"},
             details.officer);
  return draft.done();
}

Document protection_measures(const Details& details, const Register& reg, std::string_view language) {
  Draft draft(language, {"Угрозы безопасности персональных данных и меры защиты",
                         "Threats to personal data and measures of protection"});
  approved(draft, details);
  draft.heading({"Уровень защищённости", "Protection level"});
  draft.pairs(
      {{draft.in({"Информационная система", "Information system"}), "Chatika"},
       {draft.in({"Категории данных", "Categories of data"}),
        details.clinic ? draft.in({"специальные (сведения о здоровье) и иные", "special (health) and other"})
                       : draft.in({"иные", "other"})},
       {draft.in({"Число субъектов", "Number of subjects"}),
        draft.in({"менее 100 000, не только сотрудники", "fewer than 100,000, not only employees"})},
       {draft.in({"Тип актуальных угроз", "Type of threats"}), draft.in({"2-й", "2nd"})},
       {draft.in({"Уровень защищённости", "Protection level"}),
        draft.english() ? fmt::format("{} (Government Decree 1119 of 01.11.2012)", protection_level(details))
                        : fmt::format("{}-й (постановление Правительства от 01.11.2012 № 1119)",
                                      protection_level(details))}});
  draft.heading({"Угрозы и ответы на них", "Threats and answers"});
  draft.table(
      {{"Угроза", "Threat"}, {"Мера", "Measure"}, {"Кто обеспечивает", "Who does it"}},
      {{draft.in({"Чтение файлов базы данных, резервных копий или диска",
                  "Reading database files, backups or the disk"}),
        draft.in({"личные данные зашифрованы ключом человека; ключи хранятся отдельно от данных",
                  "personal fields are encrypted with the person's key; keys are kept apart from the data"}),
        details.processor.name},
       {draft.in({"Перехват данных в сети", "Interception on the network"}), "TLS 1.3",
        details.processor.name},
       {draft.in({"Просмотр сотрудником без необходимости", "An employee reading without need"}),
        draft.in({"роли, цели чтения, журнал каждого просмотра, регулярный пересмотр доступа",
                  "roles, purposes of reading, a log of every reading, regular review of access"}),
        details.controller.name},
       {draft.in({"Подбор или кража пароля", "Guessed or stolen password"}),
        draft.in({"bcrypt, ограничение попыток, короткие сеансы", "bcrypt, limited tries, short sessions"}),
        details.processor.name},
       {draft.in({"Доступ к данным другой организации", "Access to another organisation's data"}),
        draft.in({"отдельная база или принудительная защита строк",
                  "a database of its own or forced row security"}),
        details.processor.name},
       {draft.in({"Подмена или удаление записей журнала", "Changing or deleting entries of the log"}),
        draft.in({"цепочка хешей, проверка независимой программой",
                  "hash chain, checked by an independent program"}),
        details.processor.name},
       {draft.in(
            {"Возврат уничтоженных данных из старой копии", "Destroyed data coming back from an old copy"}),
        draft.in({"журнал уничтожений хранится отдельно и применяется до открытия базы",
                  "the ledger of erasures is kept apart and replayed before the database opens"}),
        details.processor.name},
       {draft.in({"Потеря данных", "Loss of data"}), draft.in({"резервное копирование", "backups"}),
        details.processor.name},
       {draft.in({"Ошибка или умысел сотрудника", "Error or intent of an employee"}),
        draft.in({"ознакомление под подпись, правила, учёт инцидентов", "signed rules, record of breaches"}),
        details.controller.name}});
  draft.heading({"Что защищается", "What is protected"});
  std::vector<std::string> sealed;
  std::vector<std::string> clear;
  for (const auto& item : reg.items) (item.sealed ? sealed : clear).push_back(draft.in(item.name));
  draft.pairs(
      {{draft.in({"Зашифровано ключом человека", "Encrypted with the person's key"}), joined(sealed)},
       {draft.in({"Псевдонимы и технические сведения", "Pseudonyms and technical data"}), joined(clear)}});
  draft.heading({"План мер", "Plan"});
  draft.table(
      {{"Мера", "Measure"}, {"Срок", "Due"}, {"Отметка", "Done"}},
      {{draft.in({"Назначить ответственного", "Appoint the person responsible"}),
        draft.in({"до начала обработки", "before processing begins"}), ""},
       {draft.in({"Подать уведомление в Роскомнадзор", "Notify Roskomnadzor"}),
        draft.in({"до начала обработки", "before processing begins"}), ""},
       {draft.in({"Ознакомить сотрудников под подпись", "Have employees sign the rules"}),
        draft.in({"до получения доступа", "before access"}), ""},
       {draft.in({"Пересмотреть доступ", "Review access"}), draft.in({"раз в полгода", "twice a year"}), ""},
       {draft.in(
            {"Оценить вред, который может быть причинён субъектам", "Assess possible harm to data subjects"}),
        draft.in({"раз в год и при изменениях", "once a year and on changes"}), ""},
       {draft.in({"Проверить восстановление из резервной копии", "Try a restore from backup"}),
        draft.in({"раз в квартал", "quarterly"}), ""}});
  draft.note(
      {"Программа не заявляет сертификации средств защиты: сертифицированную криптографию и аттестацию "
       "облака "
       "обеспечивает тот, кто его предоставляет.",
       "The program claims no certification: certified cryptography and certification of the cloud are the "
       "provider's to give."});
  draft.sign({"Ответственный за организацию обработки персональных данных", "Person responsible"},
             details.officer);
  return draft.done();
}

}  // namespace chatika::privacy::parts
