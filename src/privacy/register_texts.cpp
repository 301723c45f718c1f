#include "privacy/register_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chatika::privacy {
namespace {

struct FieldText {
  Field field;
  std::string_view key;
  Words name;
};

// A field that is missing here fails the test of P55: every new row of the register needs its words.
constexpr std::array kFieldTexts{
    FieldText{Field::visitor_name, "visitor.name", {"фамилия, имя и отчество", "full name"}},
    FieldText{Field::visitor_phone, "visitor.phone", {"номер телефона", "phone number"}},
    FieldText{Field::visitor_email, "visitor.email", {"адрес электронной почты", "e-mail address"}},
    FieldText{Field::visitor_ip, "visitor.ip", {"IP-адрес", "IP address"}},
    FieldText{Field::message_body, "message.body", {"текст сообщений в чате", "text of chat messages"}},
    FieldText{Field::conversation_dialogue,
              "conversation.dialogue",
              {"ход разговора с ассистентом", "state of the conversation with the assistant"}},
    FieldText{Field::lead_note, "lead.note", {"суть заявки", "what the enquiry is about"}},
    FieldText{Field::employee_name,
              "employee.name",
              {"фамилия, имя и отчество сотрудника", "full name of the employee"}},
    FieldText{Field::employee_email,
              "employee.email",
              {"адрес электронной почты сотрудника", "e-mail address of the employee"}},
    FieldText{Field::outbox_address,
              "outbox.address",
              {"адрес, на который отправлено письмо", "address a letter was sent to"}},
    FieldText{Field::outbox_secrets,
              "outbox.secrets",
              {"одноразовые коды и ссылки в письмах", "one-time codes and links in letters"}},
    FieldText{Field::access_request_reason,
              "employee.access_reason",
              {"обоснование заявки на доступ", "reason of an access request"}},
    FieldText{Field::breach_details, "breach.details", {"описание инцидента", "description of a breach"}},
    FieldText{Field::restriction_reason,
              "restriction.reason",
              {"причина блокирования или разблокирования", "reason of blocking or unblocking"}},
    FieldText{Field::correction_old, "correction.old", {"прежнее значение исправленных данных", "former value of corrected data"}},
    FieldText{Field::correction_new, "correction.new", {"исправленное значение данных", "corrected value of data"}},
    FieldText{Field::correction_reason, "correction.reason", {"причина исправления", "reason of a correction"}},
    FieldText{Field::hold_reason, "legal_hold.reason", {"причина удержания данных по закону", "reason of a legal hold"}},
    FieldText{Field::hold_release, "legal_hold.release", {"причина снятия удержания", "reason of releasing a hold"}},
};

// The same for fields of the privacy room's own cases, by column.
struct ColumnText {
  std::string_view table;
  std::string_view column;
  std::string_view key;
  Words name;
};
constexpr std::array kColumnTexts{
    ColumnText{
        "request", "name_box", "request.name", {"имя подавшего обращение", "name of who filed the request"}},
    ColumnText{"request",
               "contact_box",
               "request.contact",
               {"электронная почта для ответа", "e-mail for the answer"}},
    ColumnText{
        "request", "phone_box", "request.phone", {"телефон из обращения", "phone number in the request"}},
    ColumnText{"request",
               "description_box",
               "request.description",
               {"описание данных в обращении", "description of the data in the request"}},
    ColumnText{"request", "essence_box", "request.essence", {"суть обращения", "essence of the request"}},
    ColumnText{"request", "answer_box", "request.answer", {"ответ на обращение", "answer to the request"}},
    ColumnText{
        "request", "document_box", "request.document", {"документ с ответом", "document with the answer"}},
    ColumnText{"request_event", "note_box", "request.note", {"заметки по обращению", "notes on the request"}},
    ColumnText{
        "restriction", "reason_box", "restriction.reason", {"причина блокирования", "reason of a block"}},
    ColumnText{"correction",
               "old_box",
               "correction.old",
               {"прежнее значение при исправлении", "value before a correction"}},
    ColumnText{"correction",
               "new_box",
               "correction.new",
               {"новое значение при исправлении", "value after a correction"}},
    ColumnText{
        "correction", "reason_box", "correction.reason", {"причина исправления", "reason of a correction"}},
    ColumnText{
        "legal_hold", "reason_box", "hold.reason", {"причина хранения по закону", "reason of a legal hold"}},
    ColumnText{"legal_hold",
               "release_box",
               "hold.release",
               {"причина снятия хранения", "reason of a hold's release"}},
};

FieldText text_of(Field field) {
  const auto* found = std::ranges::find(kFieldTexts, field, &FieldText::field);
  if (found != kFieldTexts.end()) return *found;
  for (const auto& text : kColumnTexts)
    if (text.table == rule(field).table && text.column == rule(field).column)
      return {field, text.key, text.name};
  return {field, "", {}};
}

// Columns kept in the clear, by table: pseudonyms, times and states that say one thing about a person
// together.
struct Group {
  std::string_view tables;  // space separated
  Item item;
};

constexpr std::uint8_t kByProcessor = static_cast<std::uint8_t>(Recipient::processor);

constexpr std::array kGroups{
    Group{"visitor conversation message feed",
          {.key = "visitor.session",
           .category = Category::visitor,
           .name = {"идентификатор сессии, язык и время обращений",
                    "session identifier, language and times of visits"},
           .legal_duty = bits(Purpose::subject_request),
           .legitimate_interest = bits(Purpose::security, Purpose::analytics),
           .retention = Retention::conversations,
           .recipients = kByProcessor}},
    Group{"lead booking",
          {.key = "visitor.booking",
           .category = Category::visitor,
           .name = {"сведения о заявках и записях (услуга, специалист, время, состояние)",
                    "enquiries and bookings (service, specialist, time, status)"},
           .consent = bits(Purpose::lead),
           .contract = bits(Purpose::visit),
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::contacts,
           .recipients = kByProcessor}},
    Group{"subject consent withdrawal_link withdrawal_ask",
          {.key = "visitor.consent",
           .category = Category::visitor,
           .name = {"сведения о согласиях, отзывах и возражениях", "consents, withdrawals and objections"},
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::evidence,
           .recipients = kByProcessor}},
    Group{"audit audit_subject",
          {.key = "visitor.audit",
           .category = Category::visitor,
           .name = {"журнал действий с персональными данными (без самих данных)",
                    "log of operations on personal data (without the data themselves)"},
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::audit,
           .recipients = kByProcessor}},
    Group{
        "outbox delivery job",
        {.key = "visitor.mail",
         .category = Category::visitor,
         .name = {"сведения об отправке писем и выполнении задач (без содержания)",
                  "sending of letters and running of tasks (without their content)"},
         .legal_duty = bits(Purpose::subject_request),
         .retention = Retention::contacts,
         .recipients = static_cast<std::uint8_t>(kByProcessor | static_cast<std::uint8_t>(Recipient::mail))}},
    Group{"restriction correction legal_hold erasure destruction recipient_notice",
          {.key = "visitor.rights",
           .category = Category::visitor,
           .name = {"сведения о блокировании, исправлении, хранении по закону и уничтожении",
                    "blocking, corrections, legal holds and destruction"},
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::evidence,
           .recipients = kByProcessor}},
    Group{"request request_subject request_link request_code request_event request_task",
          {.key = "requester.case",
           .category = Category::requester,
           .name = {"сведения об обращении (вид, сроки, состояние, кто отвечает)",
                    "the request (kind, terms, status, who answers)"},
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::requests,
           .recipients = kByProcessor}},
    Group{"employee session",
          {.key = "employee.account",
           .category = Category::employee,
           .name = {"роль и права доступа, хеш пароля, сеансы работы",
                    "role and permissions, password hash, sessions"},
           .contract = bits(Purpose::authentication),
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::employment,
           .recipients = kByProcessor}},
    Group{"appointment internal_document familiarisation acceptance access_request review breach "
          "breach_event task",
          {.key = "employee.duties",
           .category = Category::employee,
           .name = {"назначения, ознакомление с документами, заявки на доступ, участие в проверках",
                    "appointments, documents read and signed, access requests, part in reviews"},
           .contract = bits(Purpose::authentication),
           .legal_duty = bits(Purpose::subject_request),
           .retention = Retention::evidence,
           .recipients = kByProcessor}},
};

bool lists(std::string_view tables, std::string_view table) {
  while (!tables.empty()) {
    const auto end = std::min(tables.find(' '), tables.size());
    if (tables.substr(0, end) == table) return true;
    tables.remove_prefix(std::min(end + 1, tables.size()));
  }
  return false;
}

const Group* group_of(std::string_view table) {
  for (const auto& group : kGroups)
    if (lists(group.tables, table)) return &group;
  return nullptr;
}

// Russian plural: 1 день, 2 дня, 5 дней.
std::string_view plural(int n, std::string_view one, std::string_view few, std::string_view many) {
  const int tens = n % 100;
  if (tens >= 11 && tens <= 14) return many;
  switch (n % 10) {
    case 1:
      return one;
    case 2:
    case 3:
    case 4:
      return few;
    default:
      return many;
  }
}

constexpr int kYear = 365;

}  // namespace

Words words(Category category) {
  switch (category) {
    case Category::visitor:
      return {"Посетители сайта", "Visitors of the website"};
    case Category::employee:
      return {"Сотрудники, работающие в панели", "Employees who use the panel"};
    case Category::requester:
      return {"Лица, подавшие обращение о персональных данных", "People who filed a privacy request"};
  }
  return {};
}

Words words(Purpose purpose) {
  switch (purpose) {
    case Purpose::addressing:
      return {"обращение по имени", "addressing the person by name"};
    case Purpose::lead:
      return {"приём заявок и общение по ним", "taking enquiries and communicating about them"};
    case Purpose::callback:
      return {"обратный звонок и подтверждение записи", "calling back and confirming bookings"};
    case Purpose::answering:
      return {"автоматизированная обработка сообщений и подготовка ответов",
              "automated processing of messages and preparing answers"};
    case Purpose::security:
      return {"безопасность и предотвращение злоупотреблений", "security and prevention of abuse"};
    case Purpose::authentication:
      return {"вход в систему и управление доступом", "sign-in and access control"};
    case Purpose::notification:
      return {"уведомления по электронной почте", "notifications by e-mail"};
    case Purpose::subject_request:
      return {"ответы на обращения и исполнение обязанностей по закону",
              "answering requests and performing duties under the law"};
    case Purpose::analytics:
      return {"учёт посещений", "counting visits"};
    case Purpose::visit:
      return {"исполнение договора: подтверждённая запись",
              "performing what was agreed: a confirmed booking"};
  }
  return {};
}

Words words(Basis basis) {
  switch (basis) {
    case Basis::consent:
      return {"согласие", "consent"};
    case Basis::contract:
      return {"договор", "contract"};
    case Basis::legal_duty:
      return {"обязанность по закону", "legal duty"};
    case Basis::legitimate_interest:
      return {"законный интерес", "legitimate interest"};
  }
  return {};
}

Words words(Recipient recipient) {
  switch (recipient) {
    case Recipient::processor:
      return {"обработчик", "processor"};
    case Recipient::mail:
      return {"почтовый сервис", "mail service"};
  }
  return {};
}

Words article(Basis basis, Law law) {
  const bool gdpr = law == Law::gdpr;
  switch (basis) {
    case Basis::consent:
      return gdpr ? Words{"ст. 6(1)(a) GDPR", "GDPR art. 6(1)(a)"}
                  : Words{"п. 1 ч. 1 ст. 6 152-ФЗ", "152-FZ art. 6(1)(1)"};
    case Basis::contract:
      return gdpr ? Words{"ст. 6(1)(b) GDPR", "GDPR art. 6(1)(b)"}
                  : Words{"п. 5 ч. 1 ст. 6 152-ФЗ", "152-FZ art. 6(1)(5)"};
    case Basis::legal_duty:
      return gdpr ? Words{"ст. 6(1)(c) GDPR", "GDPR art. 6(1)(c)"}
                  : Words{"п. 2 ч. 1 ст. 6 152-ФЗ", "152-FZ art. 6(1)(2)"};
    case Basis::legitimate_interest:
      return gdpr ? Words{"ст. 6(1)(f) GDPR", "GDPR art. 6(1)(f)"}
                  : Words{"п. 7 ч. 1 ст. 6 152-ФЗ", "152-FZ art. 6(1)(7)"};
  }
  return {};
}

std::string days_in_words(int days, std::string_view language) {
  const bool years = days >= 2 * kYear && days % kYear == 0;
  const int n = years ? days / kYear : days;
  if (language == "en") return fmt::format("{} {}{}", n, years ? "year" : "day", n == 1 ? "" : "s");
  return fmt::format("{} {}", n, years ? plural(n, "год", "года", "лет") : plural(n, "день", "дня", "дней"));
}

std::string period(Retention retention, int days, std::string_view language) {
  const bool en = language == "en";
  const auto length = days_in_words(days, language);
  const auto with = [&](std::string_view ru, std::string_view english) {
    return length + std::string(en ? english : ru);
  };
  switch (retention) {
    case Retention::contacts:
      return with(" после последнего обращения", " after the last contact");
    case Retention::conversations:
      return with(" после последнего сообщения", " after the last message");
    case Retention::addresses:
      return with(", затем адрес усекается", ", then the address is truncated");
    case Retention::sessions:
      return with(" с последнего входа", " after the last sign-in");
    case Retention::employment:
      return (en ? "while access lasts and " : "пока есть доступ и ") + with(" после", " after it ends");
    case Retention::requests:
      return with(" после ответа на обращение", " after the request is answered");
    case Retention::evidence:
      return with(" после события", " after the event");
    case Retention::audit:
      return with(" после записи в журнал", " after the entry in the log");
    case Retention::billing:
      return with(" после окончания года", " after the end of the year");
  }
  return length;
}

Purposes Item::on(Basis basis) const {
  switch (basis) {
    case Basis::consent:
      return consent;
    case Basis::contract:
      return contract;
    case Basis::legal_duty:
      return legal_duty;
    case Basis::legitimate_interest:
      return legitimate_interest;
  }
  return 0;
}

Register register_in_force(bool clinic) {
  Register out;
  for (std::size_t f = 0; f < kFields; ++f) {
    const auto& r = rule(static_cast<Field>(f));
    const auto text = text_of(r.field);
    out.items.push_back({.key = text.key,
                         .category = r.category,
                         .name = text.name,
                         .consent = r.consent,
                         .contract = r.contract,
                         .legal_duty = r.legal_duty,
                         .legitimate_interest = r.legitimate_interest,
                         .retention = r.retention,
                         .recipients = r.recipients,
                         .sealed = true});
  }
  for (const auto& group : kGroups) out.items.push_back(group.item);
  for (std::size_t i = 0; i < kRetentions; ++i) {
    const auto& r = rule(static_cast<Retention>(i));
    out.days[i] = clinic ? r.clinic_days : r.days;
  }
  return out;
}

std::string_view item_key(Field field) {
  return text_of(field).key;
}

std::optional<std::string_view> item_key(const LinkedColumn& column) {
  const auto* group = group_of(column.table);
  return group == nullptr ? std::nullopt : std::optional(group->item.key);
}

std::vector<std::string_view> unnamed_tables() {
  std::vector<std::string_view> out;
  for (const auto& column : linked_columns())
    if (group_of(column.table) == nullptr && std::ranges::find(out, column.table) == out.end())
      out.push_back(column.table);
  return out;
}

std::vector<Purpose> each(Purposes purposes) {
  std::vector<Purpose> out;
  for (std::size_t i = 0; i < kPurposes; ++i)
    if ((purposes & 1U << i) != 0) out.push_back(static_cast<Purpose>(1U << i));
  return out;
}

std::vector<Recipient> each_recipient(std::uint8_t recipients) {
  std::vector<Recipient> out;
  for (std::size_t i = 0; i < kRecipients; ++i)
    if ((recipients & 1U << i) != 0) out.push_back(static_cast<Recipient>(1U << i));
  return out;
}

}  // namespace chatika::privacy
