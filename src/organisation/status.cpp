#include "organisation/status.hpp"

#include <algorithm>

#include "json/write.hpp"
#include "organisation/tasks.hpp"

namespace chatika::organisation {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr auto kSoon = days(14);
constexpr auto kSweepEvery = hours(25);       // a sweep a day, with an hour to run
constexpr auto kUnsignedFor = hours(1);       // signed within a minute or so

class List {
 public:
  explicit List(std::string_view language) : english_(language == "en") {}

  [[nodiscard]] std::string in(std::string_view ru, std::string_view en) const {
    return std::string(english_ ? en : ru);
  }
  Check& add(std::string_view code, std::string_view link, Health health, std::string title,
             std::string detail = {}) {
    out_.push_back({.code = std::string(code),
                    .health = health,
                    .title = std::move(title),
                    .detail = health == Health::ok ? std::string() : std::move(detail),
                    .link = std::string(link),
                    .due = {}});
    return out_.back();
  }
  [[nodiscard]] bool english() const { return english_; }
  std::vector<Check> done() { return std::move(out_); }

 private:
  bool english_;
  std::vector<Check> out_;
};

Health missing_if(bool bad) {
  return bad ? Health::missing : Health::ok;
}
Health warning_if(bool bad) {
  return bad ? Health::warning : Health::ok;
}

// What visitors notice of it, said first.
std::string off(const List& list, const Facts& f) {
  if (f.widget_grace && *f.widget_grace > f.now) return {};
  return list.in("Виджет выключен. ", "The widget is off. ");
}

void who_is_who(List& list, const Facts& f) {
  list.add("legal", "/privacy/organisation", missing_if(!f.legal_details),
           list.in("Реквизиты организации", "Legal details"),
           off(list, f) + list.in("Не указаны наименование, ИНН и адрес. Без них нельзя опубликовать политику и взять "
                                  "согласие: заполните реквизиты.",
                                  "Registered name, tax number and address are missing. Without them no policy and no "
                                  "consent text can be published: fill them in."));
  list.add("contact", "/privacy/organisation", missing_if(!f.contact),
           list.in("Адрес для обращений", "Contact for requests"),
           off(list, f) + list.in("Не указана почта, куда люди пишут о своих данных. Укажите её.",
                                  "There is no e-mail address for requests about personal data. Add one."));
  const bool bad = !f.responsible || !f.responsible_acts;
  list.add("responsible", "/privacy/staff", missing_if(bad),
           list.in("Ответственный за персональные данные", "Person responsible"),
           f.responsible
               ? list.in("Доступ назначенного ответственного прекращён. Назначьте другого приказом.",
                         "The person appointed has no access any more. Appoint another by an order.")
               : list.in("Не назначен (статья 22.1 152-ФЗ). Владелец назначает его приказом.",
                         "Nobody is appointed (152-FZ, article 22.1). The owner appoints one by an order."));
}

std::string paper_title(const List& list, PaperKind kind) {
  switch (kind) {
    case PaperKind::policy:
      return list.in("Политика обработки персональных данных", "Privacy policy");
    case PaperKind::processing_rules:
      return list.in("Положение об обработке персональных данных", "Rules of processing");
    case PaperKind::access_list:
      return list.in("Перечень имеющих доступ", "List of those with access");
    case PaperKind::protection_measures:
      return list.in("Меры защиты", "Protection measures");
  }
  return {};
}

void documents(List& list, const Facts& f) {
  for (const auto& p : f.papers) {
    const auto code = "document_" + std::string(json::name_of(p.kind));
    if (p.state == PaperState::missing)
      list.add(code, "/privacy/documents", Health::missing, paper_title(list, p.kind),
               list.in("Не утверждён. Прочитайте и утвердите текст.",
                       "Not approved. Read the text and approve it."));
    else if (p.state == PaperState::changed)
      list.add(
          code, "/privacy/documents", Health::missing, paper_title(list, p.kind),
          list.in(
              "Текст изменился после утверждения. Утвердите новую редакцию: сотрудники подпишут её заново.",
              "The text has changed since it was approved. Approve the new version: the staff will sign it "
              "again."));
    else
      list.add(code, "/privacy/documents", Health::ok, paper_title(list, p.kind));
  }
}

std::string count(const List& list, int n, std::string_view ru, std::string_view en) {
  return list.english() ? std::to_string(n) + " " + std::string(en)
                        : std::string(ru) + ": " + std::to_string(n) + ".";
}

void staff(List& list, const Facts& f) {
  list.add("familiarisation", "/privacy/staff", missing_if(f.without_signatures > 0),
           list.in("Ознакомление сотрудников", "Staff have read the documents"),
           count(list, f.without_signatures, "Не подписали документы и не могут работать",
                 "have not signed the documents in force and cannot work until they do."));
  list.add("agreement", "/privacy/staff", missing_if(f.without_agreement > 0),
           list.in("Соглашение сотрудников", "Terms of use accepted"),
           count(list, f.without_agreement, "Не приняли соглашение и не могут работать",
                 "have not accepted the terms of use and cannot work until they do."));
  list.add("access", "/privacy/staff", warning_if(f.access_ended + f.waiting_access_requests > 0),
           list.in("Доступ сотрудников", "Staff access"),
           f.waiting_access_requests > 0
               ? count(list, f.waiting_access_requests, "Заявки на доступ ждут решения",
                       "access requests wait for a decision.")
               : count(list, f.access_ended, "Срок доступа истёк", "employees have access that has ended."));
  auto& dpa =
      list.add("processing_agreement", "/privacy/organisation", missing_if(!f.processing_agreement),
               list.in("Поручение на обработку данных", "Data processing agreement"),
               f.widget_grace && *f.widget_grace > f.now
                   ? list.in("Владелец ещё не принял поручение. После указанного срока виджет выключится.",
                             "The owner has not accepted it yet. After the date shown the widget goes off.")
                   : list.in("Владелец не принял поручение: виджет выключен.",
                             "The owner has not accepted it: the widget is off."));
  if (!f.processing_agreement) dpa.due = f.widget_grace;
}

void reviews(List& list, const Facts& f) {
  if (f.reviews.empty()) {
    list.add("reviews", "/privacy/staff", Health::missing,
             list.in("Периодические проверки", "Periodic reviews"),
             list.in("Не запланированы. Они появятся, когда будет назначен ответственный.",
                     "None is planned. They are planned when the person responsible is appointed."));
    return;
  }
  for (const auto& r : f.reviews) {
    const bool late = r.due_at <= f.now;
    const auto health = late ? Health::missing : warning_if(r.due_at - f.now < kSoon);
    auto& check = list.add("review_" + std::string(json::name_of(r.kind)), "/privacy/staff", health,
                           title_of({.kind = DutyKind::review, .title = std::string(json::name_of(r.kind))},
                                    list.english() ? "en" : "ru", ""),
                           late ? list.in("Срок прошёл. Проведите проверку и запишите итог.",
                                          "Overdue. Do the review and record its outcome.")
                                : list.in("Срок подходит.", "Due soon."));
    check.due = r.due_at;
  }
}

void clocks(List& list, const Facts& f) {
  if (f.breaches.empty())
    list.add("breaches", "/privacy/breaches", Health::ok, list.in("Инциденты", "Breaches"));
  for (const auto& b : f.breaches) {
    const auto* clock = !b.notice.sent_at ? &b.notice : !b.report.sent_at ? &b.report : nullptr;
    if (clock == nullptr) {
      list.add("breach", "/privacy/breaches", Health::warning, list.in("Инцидент ", "Breach ") + b.number,
               list.in("Уведомления отправлены. Закройте запись, когда последствия устранены.",
                       "The notices are sent. Close the record when its effects are cured."));
      continue;
    }
    const bool notice = clock == &b.notice;
    auto& check = list.add(
        "breach", "/privacy/breaches", Health::missing, list.in("Инцидент ", "Breach ") + b.number,
        clock->due < f.now
            ? list.in("Срок уведомления Роскомнадзора прошёл. Отправьте его сейчас и запишите номер.",
                      "The notice to Roskomnadzor is late. Send it now and record its number.")
        : notice
            ? list.in("Уведомьте Роскомнадзор в течение 24 часов.", "Notify Roskomnadzor within 24 hours.")
            : list.in("Сообщите итоги расследования в течение 72 часов.",
                      "Report the inquiry within 72 hours."));
    check.due = clock->due;
  }
  for (const auto& t : f.tasks) {
    if (t.kind == DutyKind::review || t.kind == DutyKind::breach_notice || t.kind == DutyKind::breach_report)
      continue;
    auto& check = list.add(
        "task", "/privacy", t.due_at < f.now ? Health::missing : Health::warning,
        title_of(t, list.english() ? "en" : "ru", ""),
        t.due_at < f.now ? list.in("Срок прошёл.", "Overdue.") : list.in("Ждёт выполнения.", "To be done."));
    check.due = t.due_at;
  }
  if (f.requests_overdue && f.requests_open)
    list.add("requests", "/privacy/requests", missing_if(*f.requests_overdue > 0),
             list.in("Обращения людей", "Requests of data subjects"),
             count(list, *f.requests_overdue, "Просрочено обращений", "requests are overdue."));
}

void machinery(List& list, const Facts& f) {
  if (f.mail_configured)
    list.add(
        "mail", "/privacy/jobs", missing_if(!*f.mail_configured), list.in("Почта", "Mail"),
        list.in("Почтовый сервер не настроен: письма ждут. Настройте SMTP в конфигурации установки.",
                "No mail server is configured: mails wait. Configure SMTP in the installation's settings."));
  if (f.address_known)
    list.add("address", "/privacy/jobs",
             *f.address_known ? Health::ok : f.mail_configured.value_or(false) ? Health::missing : Health::warning,
             list.in("Адрес установки", "Address of the installation"),
             list.in("Не указано, по какому адресу открывается эта установка: ссылки в письмах людям не откроются. Задайте "
                     "server.public_url в конфигурации установки.",
                     "Nobody has said at which address this installation is: links in mails do not open for people. Set "
                     "server.public_url in the installation's settings."));
  if (f.dead_jobs)
    list.add("jobs", "/privacy/jobs", warning_if(*f.dead_jobs > 0),
             list.in("Фоновые задания", "Background jobs"),
             count(list, *f.dead_jobs, "Остановились после ошибок", "jobs have stopped after errors."));
  list.add(
      "calendar", "/privacy", !f.calendar_known ? Health::missing : warning_if(!f.next_calendar_known),
      list.in("Производственный календарь", "Production calendar"),
      list.in("Нет календаря на " + std::to_string(f.calendar_known ? f.calendar_year + 1 : f.calendar_year) +
                  " год: сроки считаются предварительно. Загрузите календарь.",
              "There is no calendar of " +
                  std::to_string(f.calendar_known ? f.calendar_year + 1 : f.calendar_year) +
                  ": deadlines are provisional. Import it."));
  if (f.retention_known)
    list.add("retention", "/privacy/retention",
             missing_if(!f.retention_swept_at || f.now - *f.retention_swept_at > kSweepEvery),
             list.in("Удаление по сроку", "Retention sweep"),
             list.in("За последние сутки не выполнялось. Проверьте фоновые задания.",
                     "It has not run for a day. Look at the background jobs."));
  if (f.audit_known)
    list.add("audit", "/privacy/audit",
             missing_if(f.audit_unsigned_since && f.now - *f.audit_unsigned_since > kUnsignedFor),
             list.in("Контрольные точки журнала", "Audit checkpoints"),
             list.in("Записи журнала не подписаны больше часа. Проверьте место на диске, каталог контрольных точек "
                     "и сообщения программы.",
                     "Rows of the audit have not been signed for more than an hour. Look at the disk, the "
                     "directory of checkpoints and the program's messages."));
  list.add("backup", "/privacy", Health::warning, list.in("Резервные копии", "Backups"),
           list.in("Встроенного резервного копирования пока нет. Настройте копирование каталога данных "
                   "средствами сервера и "
                   "храните ключи отдельно.",
                   "There is no built-in backup yet. Back up the data directory with the server's own means "
                   "and keep the keys "
                   "apart."));
}

}  // namespace

std::vector<Check> checks(const Facts& facts, std::string_view language) {
  List list(language);
  clocks(list, facts);
  who_is_who(list, facts);
  documents(list, facts);
  staff(list, facts);
  reviews(list, facts);
  machinery(list, facts);
  return list.done();
}

Health worst(const std::vector<Check>& checks) {
  Health out = Health::ok;
  for (const auto& c : checks) out = std::max(out, c.health);
  return out;
}

}  // namespace chatika::organisation
