#include "api/subject_paper.hpp"

#include <fmt/format.h>

#include "base/zone.hpp"
#include "privacy/register_texts.hpp"

namespace chatika::api {
namespace {

using privacy::Words;

class Paper {
 public:
  Paper(const privacy::SubjectFile& file, const PaperOptions& options)
      : file_(file), options_(options), register_(privacy::register_in_force(false)) {
    out_ = {.title = say({"Дело о персональных данных", "Personal data file"}),
            .language = options.language,
            .blocks = {}};
  }

  document::Document write() {
    summary();
    fields();
    visits();
    consents();
    holds();
    history();
    messages();
    return std::move(out_);
  }

 private:
  using Rows = std::vector<std::vector<std::string>>;

  [[nodiscard]] std::string say(const Words& words) const { return std::string(words.in(options_.language)); }
  // "24.11.2026 18:05" or "2026-11-24 18:05", by the clock of the business.
  [[nodiscard]] std::string at(Time time) const {
    const auto local = to_local(time, options_.zone);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    const auto y = static_cast<int>(date.year());
    const auto m = static_cast<unsigned>(date.month()), d = static_cast<unsigned>(date.day());
    const auto h = clock.hours().count(), min = clock.minutes().count();
    return options_.language == "en" ? fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", y, m, d, h, min)
                                     : fmt::format("{:02}.{:02}.{:04} {:02}:{:02}", d, m, y, h, min);
  }
  [[nodiscard]] std::string at(const std::optional<Time>& time) const { return time ? at(*time) : "—"; }
  [[nodiscard]] std::string field(std::string_view key) const {
    for (const auto& item : register_.items)
      if (item.key == key) return say(item.name);
    return std::string(key);
  }
  [[nodiscard]] std::string purposes(const std::vector<std::string>& names) const {
    std::string out;
    for (const auto& name : names)
      for (const auto purpose : privacy::each(privacy::purposes_named(name)))
        out += (out.empty() ? "" : ", ") + say(privacy::words(purpose));
    return out.empty() ? "—" : out;
  }

  void heading(const Words& words) {
    out_.blocks.emplace_back(document::Heading{.level = 2, .text = say(words)});
  }
  void table(const Words& title, std::initializer_list<Words> columns, Rows rows) {
    if (rows.empty()) return;
    heading(title);
    document::Table table{.columns = {}, .rows = std::move(rows)};
    for (const auto& column : columns) table.columns.push_back(say(column));
    out_.blocks.emplace_back(std::move(table));
  }

  void summary() {
    const auto& s = file_.subject;
    out_.blocks.emplace_back(document::KeyValues{{
        {say({"Человек", "Person"}), s.name.value_or(say({"имя не указано", "name not given"}))},
        {say({"Номер дела", "File number"}), to_string(s.id)},
        {say({"Первое обращение", "First contact"}), at(s.first_at)},
        {say({"Последнее обращение", "Last contact"}), at(s.last_at)},
        {say({"Согласие действует для целей", "Consent stands for"}), purposes(file_.granted)},
        {say({"Возражает против", "Objects to"}), purposes(file_.objected)},
        {say({"Данные заблокированы", "Data blocked"}), at(s.blocked_at)},
        {say({"Данные уничтожены", "Data destroyed"}), at(s.erased_at)},
        {say({"Составлено", "Made"}), at(options_.at)},
    }});
  }
  void fields() {
    Rows rows;
    for (const auto& f : file_.fields)
      if (f.key != "message.body") rows.push_back({field(f.key), f.value, purposes(f.purposes), at(f.until)});
    table({"Что хранится", "What is held"},
          {{"Поле", "Field"}, {"Значение", "Value"}, {"Цели", "Purposes"}, {"До", "Until"}}, std::move(rows));
  }
  void visits() {
    Rows rows;
    for (const auto& b : file_.bookings)
      rows.push_back({at(b.starts_at), b.service, b.specialist, b.reference});
    table({"Записи", "Bookings"},
          {{"Когда", "When"}, {"Услуга", "Service"}, {"Специалист", "Specialist"}, {"Номер", "Number"}},
          std::move(rows));
  }
  void consents() {
    Rows rows;
    for (const auto& c : file_.consents)
      rows.push_back({at(c.at),
                      c.act == privacy::Act::given ? say({"согласие дано", "consent given"})
                      : c.act == privacy::Act::withdrawn ? say({"согласие отозвано", "consent withdrawn"})
                      : c.act == privacy::Act::objected ? say({"возражение", "objection"})
                                                        : say({"возражение снято", "objection taken back"}),
                      purposes(c.purposes), c.version.value_or("—")});
    table({"Согласия и возражения", "Consents and objections"},
          {{"Когда", "When"}, {"Что", "What"}, {"Цели", "Purposes"}, {"Редакция", "Version"}},
          std::move(rows));
  }
  void holds() {
    Rows rows;
    for (const auto& h : file_.holds)
      rows.push_back({field(h.field), h.article, h.reason, at(h.placed_at), at(h.released_at)});
    table({"Хранение по закону", "Legal holds"},
          {{"Поле", "Field"},
           {"Статья", "Article"},
           {"Причина", "Reason"},
           {"С", "From"},
           {"Снято", "Released"}},
          std::move(rows));
  }
  void history() {
    Rows rows;
    for (const auto& c : file_.corrections)
      rows.push_back({at(c.at), field(c.field), c.before.value_or("—"), c.after, c.reason});
    table(
        {"Исправления", "Corrections"},
        {{"Когда", "When"}, {"Поле", "Field"}, {"Было", "Before"}, {"Стало", "After"}, {"Причина", "Reason"}},
        std::move(rows));
  }
  void messages() {
    Rows rows;
    for (const auto& m : file_.messages)
      rows.push_back({at(m.at),
                      m.from == "visitor"     ? say({"посетитель", "visitor"})
                      : m.from == "assistant" ? say({"ассистент", "assistant"})
                      : m.from == "employee"  ? say({"сотрудник", "employee"})
                                              : say({"чат", "chat"}),
                      m.text});
    table({"Переписка", "Messages"}, {{"Когда", "When"}, {"Кто", "Who"}, {"Текст", "Text"}}, std::move(rows));
    if (file_.more_messages)
      out_.blocks.emplace_back(document::Paragraph{
          .text = say({"Показана не вся переписка: она длиннее, чем помещается в документ.",
                       "Not all messages are shown: there are more than a document holds."}),
          .style = document::Style::note});
  }

  const privacy::SubjectFile& file_;
  const PaperOptions& options_;
  privacy::Register register_;
  document::Document out_;
};

}  // namespace

document::Document subject_paper(const privacy::SubjectFile& file, const PaperOptions& options) {
  return Paper(file, options).write();
}

}  // namespace chatika::api
