#include "privacy/documents_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace chatika::privacy::parts {

using document::Style;

Draft::Draft(std::string_view language, Words title) {
  out_.language = language == "en" ? "en" : "ru";
  out_.title = in(title);
}

Draft& Draft::add(document::Block block) {
  out_.blocks.push_back(std::move(block));
  return *this;
}
Draft& Draft::heading(Words text) {
  return add(document::Heading{2, fmt::format("{}. {}", ++number_, text.in(out_.language))});
}
Draft& Draft::subheading(const std::string& text) {
  return add(document::Heading{3, text});
}
Draft& Draft::text(Words text) {
  return add(document::Paragraph{in(text)});
}
Draft& Draft::say(const std::string& text, Style style) {
  return add(document::Paragraph{text, style});
}
Draft& Draft::note(Words text) {
  return add(document::Paragraph{in(text), Style::note});
}
Draft& Draft::list(std::initializer_list<Words> items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(in(item));
  return lines(std::move(out));
}
Draft& Draft::lines(std::vector<std::string> items, bool ordered) {
  return add(document::List{std::move(items), ordered});
}
Draft& Draft::table(std::initializer_list<Words> columns, std::vector<std::vector<std::string>> rows) {
  if (rows.empty()) return text({"Нет.", "None."});  // a head above nothing looks as if something was left out
  document::Table table{{}, std::move(rows)};
  for (const auto& column : columns) table.columns.push_back(in(column));
  return add(std::move(table));
}
Draft& Draft::pairs(std::vector<document::Pair> pairs) {
  for (auto& pair : pairs)
    if (pair.value.empty()) pair.value = kBlank;
  return add(document::KeyValues{std::move(pairs)});
}
Draft& Draft::sign(Words role, const std::string& name) {
  return add(document::Signature{in(role), name});
}

std::string capital(std::string_view text) {
  std::size_t at = 0;
  auto first = text.empty() ? U' ' : text::next(text, at);
  if (first >= U'a' && first <= U'z') first -= U'a' - U'A';
  if (first >= U'а' && first <= U'я') first -= U'а' - U'А';
  std::string out;
  text::append(out, first);
  return out + std::string(text.substr(at));
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string filled(const std::vector<std::string>& parts, std::string_view separator) {
  std::vector<std::string> some;
  for (const auto& part : parts)
    if (!part.empty()) some.push_back(part);
  return joined(some, separator);
}

std::vector<std::string> item_names(const std::vector<std::string>& keys, const Register& reg,
                                    std::string_view language) {
  std::vector<std::string> out;
  for (const auto& key : keys) {
    const auto found = std::ranges::find(reg.items, key, &Item::key);
    out.push_back(found == reg.items.end() ? key : std::string(found->name.in(language)));
  }
  return out;
}

std::string full_name(const Party& party, std::string_view language) {
  const bool en = language == "en";
  std::vector<std::string> out{party.name};
  if (!party.tax_number.empty()) out.push_back((en ? "INN " : "ИНН ") + party.tax_number);
  if (!party.address.empty()) out.push_back((en ? "address: " : "адрес: ") + party.address);
  return joined(out, ", ");
}

std::vector<document::Pair> party_pairs(const Party& party, Words role, std::string_view language) {
  const bool en = language == "en";
  std::vector<document::Pair> out{{std::string(role.in(language)), party.name}};
  const auto add = [&](const char* ru, const char* english, const std::string& value) {
    if (!value.empty()) out.push_back({en ? english : ru, value});
  };
  add("ИНН", "Tax number (INN)", party.tax_number);
  add("Адрес", "Address", party.address);
  add("Электронная почта", "E-mail", party.email);
  add("Телефон", "Phone", party.phone);
  return out;
}

std::vector<std::string> purpose_names(Purposes purposes, std::string_view language) {
  std::vector<std::string> out;
  for (const auto purpose : each(purposes)) out.emplace_back(words(purpose).in(language));
  return out;
}

std::string basis_name(Basis basis, Law law, std::string_view language) {
  return fmt::format("{} ({})", words(basis).in(language), article(basis, law).in(language));
}

std::string bases_of(const Item& item, Law law, std::string_view language) {
  std::string out;
  for (const auto basis : kAllBases) {
    if (item.on(basis) == 0) continue;
    if (!out.empty()) out += '\n';
    out += basis_name(basis, law, language) + ": " + joined(purpose_names(item.on(basis), language));
  }
  return out;
}

std::vector<std::string> recipient_names(std::uint8_t recipients, const Details& details,
                                         std::string_view language) {
  std::vector<std::string> out;
  for (const auto recipient : each_recipient(recipients)) {
    const auto kind = words(recipient).in(language);
    out.push_back(recipient == Recipient::processor ? fmt::format("{} — {}", details.processor.name, kind)
                                                    : std::string(kind));
  }
  return out;
}

std::string period_of(const Item& item, const Register& reg, std::string_view language) {
  return period(item.retention, reg.period_days(item.retention), language);
}

std::vector<const Item*> items_of(const Register& reg, Category category) {
  std::vector<const Item*> out;
  for (const auto& item : reg.items)
    if (item.category == category) out.push_back(&item);
  return out;
}

std::uint8_t all_recipients(const Register& reg) {
  unsigned out = 0;
  for (const auto& item : reg.items) out |= item.recipients;
  return static_cast<std::uint8_t>(out);
}

bool has(const Register& reg, Category category) {
  return std::ranges::any_of(reg.items, [&](const Item& item) { return item.category == category; });
}

Words actions() {
  return {
      "сбор, запись, систематизация, накопление, хранение, уточнение (обновление, изменение), извлечение, "
      "использование, передача (предоставление, доступ), блокирование, удаление, уничтожение",
      "collection, recording, organisation, accumulation, storage, correction, retrieval, use, transfer "
      "(provision, access), blocking, deletion, destruction"};
}

Words methods() {
  return {"автоматизированная обработка с передачей по сети Интернет",
          "automated processing with transmission over the Internet"};
}

int protection_level(const Details& details) {
  return details.clinic ? 2 : 3;
}

std::vector<std::string> measures(const Details& details, std::string_view language) {
  const Words all[] = {
      {"назначен ответственный за организацию обработки персональных данных (п. 1 ч. 1 ст. 18.1 152-ФЗ)",
       "a person responsible for organising the processing is appointed (152-FZ art. 18.1(1)(1))"},
      {"изданы политика и внутренние документы, сотрудники ознакомлены с ними под подпись до получения "
       "доступа",
       "the policy and internal documents are issued; employees sign that they have read them before they "
       "get access"},
      {"доступ получают только сотрудники, которым он нужен для работы, по ролям; доступ пересматривается",
       "only employees who need the data for their work have access, by role; access is reviewed"},
      {"имя, контакты, IP-адрес и тексты сообщений хранятся зашифрованными (AES-256-GCM), у каждого человека "
       "свой ключ",
       "names, contacts, IP addresses and message texts are stored encrypted (AES-256-GCM), with a key of "
       "each person's own"},
      {"каждое действие с персональными данными, включая просмотр, записывается в журнал, защищённый от "
       "подмены",
       "every operation on personal data, reading included, is recorded in a tamper-evident log"},
      {"данные разных организаций отделены друг от друга на уровне базы данных",
       "the data of different organisations are separated in the database"},
      {"по истечении срока хранения данные уничтожаются, уничтожение подтверждается актом",
       "when the period of storage ends the data are destroyed, and an act confirms it"},
      {"пароли сотрудников хранятся в виде хешей bcrypt", "employees' passwords are stored as bcrypt hashes"},
  };
  std::vector<std::string> out;
  for (const auto& one : all) out.emplace_back(one.in(language));
  out.push_back(
      language == "en"
          ? fmt::format("protection level {} under Government Decree 1119 is the target of the measures",
                        protection_level(details))
          : fmt::format("меры соответствуют {}-му уровню защищённости (постановление Правительства № 1119)",
                        protection_level(details)));
  return out;
}

std::string appeal(Law law, std::string_view language) {
  const bool en = language == "en";
  if (law == Law::gdpr)
    return en ? "You may lodge a complaint with the supervisory authority of the country where you live or "
                "work "
                "(GDPR art. 77) and go to court (GDPR art. 79)."
              : "Вы вправе подать жалобу в надзорный орган страны, где живёте или работаете (ст. 77 GDPR), "
                "и обратиться в суд (ст. 79 GDPR).";
  return en ? "You may appeal to Roskomnadzor, the authority for the protection of the rights of data "
              "subjects, or "
              "to court (152-FZ art. 17)."
            : "Вы вправе обжаловать действия или бездействие оператора в Роскомнадзоре — уполномоченном "
              "органе по "
              "защите прав субъектов персональных данных — или в суде (ст. 17 152-ФЗ).";
}

std::string how_to_write(const Details& details, std::string_view language) {
  const bool en = language == "en";
  std::vector<std::string> ways;
  if (!details.controller.email.empty())
    ways.push_back((en ? "by e-mail to " : "по электронной почте ") + details.controller.email);
  if (!details.controller.address.empty())
    ways.push_back((en ? "by post to " : "почтой по адресу: ") + details.controller.address);
  ways.emplace_back(en ? "through the request form linked at the end of the policy"
                       : "через форму обращения (ссылка — в конце политики)");
  return joined(ways, ", ");
}

namespace {

struct Local {
  int year, month, day, hour, minute;
};
Local local(Time at, const Details& details) {
  const auto shifted = at + std::chrono::minutes(details.utc_offset_minutes);
  const auto day = std::chrono::floor<std::chrono::days>(shifted);
  const std::chrono::year_month_day ymd(day);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(shifted - day).count();
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day())), static_cast<int>(minutes / 60),
          static_cast<int>(minutes % 60)};
}

}  // namespace

std::string date(Time at, const Details& details, std::string_view language) {
  static constexpr std::array kRussian{"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                       "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
  static constexpr std::array kEnglish{"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  const auto l = local(at, details);
  const auto month = static_cast<std::size_t>(l.month - 1);
  return language == "en" ? fmt::format("{} {} {}", l.day, kEnglish[month], l.year)
                          : fmt::format("{} {} {} г.", l.day, kRussian[month], l.year);
}

std::string date_time(Time at, const Details& details, std::string_view language) {
  const auto l = local(at, details);
  const auto offset = details.utc_offset_minutes;
  const auto hours = std::abs(offset) / 60;
  const auto minutes = std::abs(offset) % 60;
  return fmt::format("{}, {:02}:{:02} (UTC{}{}{})", date(at, details, language), l.hour, l.minute,
                     offset < 0 ? "−" : "+", hours, minutes == 0 ? "" : fmt::format(":{:02}", minutes));
}

}  // namespace chatika::privacy::parts
