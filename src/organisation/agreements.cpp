#include "organisation/agreements.hpp"

#include "crypto/crypto.hpp"
#include "organisation/organisation_store.hpp"

namespace chatika::organisation {
namespace {

document::Document russian(const ServiceParties& p) {
  using document::Heading;
  using document::List;
  using document::Paragraph;
  document::Document d{.title = "Соглашение об использовании Chatika", .language = "ru", .blocks = {}};
  d.blocks.emplace_back(Paragraph{"Соглашение заключают сотрудник, который входит в панель, и " + p.business +
                                  ". Сервис на стороне оператора технически обслуживает " + p.processor +
                                  "."});
  d.blocks.emplace_back(Heading{2, "1. Доступ"});
  d.blocks.emplace_back(
      List{.items = {"Вход личный. Пароль никому не передаётся, в том числе коллегам и руководителю.",
                     "Рабочее место без присмотра нужно блокировать, по окончании работы — выходить.",
                     "Доступ даётся на роль и срок, которые нужны для работы, и прекращается вместе с ней."},
           .ordered = false});
  d.blocks.emplace_back(Heading{2, "2. Персональные данные посетителей"});
  d.blocks.emplace_back(List{
      .items =
          {"Данные посетителей используются только для ответа, записи и обратного звонка.",
           "Их нельзя копировать в другие программы, личную почту и мессенджеры, фотографировать с экрана и "
           "передавать посторонним.",
           "Всё, что стало известно о посетителях, сотрудник хранит в тайне, в том числе после увольнения.",
           "Обращение посетителя о его данных (узнать, исправить, удалить, отозвать согласие) в тот же день "
           "передаётся ответственному за персональные данные.",
           "О пропаже данных, чужом входе, письме не тому человеку сотрудник сообщает ответственному сразу: "
           "на уведомление Роскомнадзора есть 24 часа."},
      .ordered = false});
  d.blocks.emplace_back(Heading{2, "3. Данные сотрудника"});
  d.blocks.emplace_back(Paragraph{
      "Сервис хранит имя, рабочую почту, роль и хеш пароля, время входов и журнал действий с персональными "
      "данными: кто, когда, чьи данные, с какой целью и из какой сети (адрес усекается). Журнал нужен, чтобы "
      "защитить посетителей и самого сотрудника, и изменить его нельзя. Данные нужны для исполнения этого "
      "соглашения (пункт 5 части 1 статьи 6 Федерального закона № 152-ФЗ) и удаляются через 30 дней после "
      "прекращения доступа; записи журнала хранятся три года без имени."});
  d.blocks.emplace_back(Heading{2, "4. Срок"});
  d.blocks.emplace_back(
      Paragraph{"Соглашение действует с момента принятия и до прекращения доступа; обязанность хранить "
                "тайну действует и после. Новую редакцию сотрудник принимает при следующем входе."});
  return d;
}

document::Document english(const ServiceParties& p) {
  using document::Heading;
  using document::List;
  using document::Paragraph;
  document::Document d{.title = "Terms of use of Chatika", .language = "en", .blocks = {}};
  d.blocks.emplace_back(Paragraph{"These terms bind the employee who signs in to the panel and " +
                                  p.business + ". The service is run on its behalf by " + p.processor + "."});
  d.blocks.emplace_back(Heading{2, "1. Access"});
  d.blocks.emplace_back(List{
      .items =
          {"Your sign-in is personal. The password is given to nobody, colleagues and managers included.",
           "Lock an unattended workplace and sign out when you finish.",
           "Access is given for the role and the time that the work needs, and ends with it."},
      .ordered = false});
  d.blocks.emplace_back(Heading{2, "2. Visitors' personal data"});
  d.blocks.emplace_back(
      List{.items = {"Visitors' data are used only to answer, to book and to call back.",
                     "They are not copied to other programs, private mail or messengers, not photographed "
                     "and not shown to others.",
                     "What you learn about visitors stays confidential, after your employment too.",
                     "A visitor's request about their data (to know, correct, erase, withdraw consent) goes "
                     "to the privacy officer the same day.",
                     "Tell the privacy officer at once of lost data, a stranger's sign-in or a message to "
                     "the wrong person: the authority must be told within 24 hours."},
           .ordered = false});
  d.blocks.emplace_back(Heading{2, "3. Your own data"});
  d.blocks.emplace_back(
      Paragraph{"The service keeps your name, work e-mail, role and a hash of the password, the times of "
                "your sign-ins and a "
                "log of what was done with personal data: who, when, whose data, for which purpose and from "
                "which network (the "
                "address is truncated). The log protects visitors and you, and cannot be changed. The data "
                "are needed to perform "
                "these terms (article 6(1)(5) of Federal Law No. 152-FZ) and are erased 30 days after your "
                "access ends; the log "
                "is kept for three years without the name."});
  d.blocks.emplace_back(Heading{2, "4. Term"});
  d.blocks.emplace_back(
      Paragraph{"The terms hold from acceptance until your access ends; the duty of confidentiality outlives "
                "them. A new version is accepted at the next sign-in."});
  return d;
}

Result<void> accept(privacy::Access& access, AgreementKind kind, std::string_view version, const Paper& paper,
                    std::string_view hash) {
  const bool by_employee = access.who().kind == privacy::Principal::Kind::employee;
  const auto own = hash_of(paper);
  if (hash != own)
    return fail(Error{.code = Errc::conflict, .cause = "another text", .fields = {{"/hash", "mismatch"}}});
  store::keep_text(access.tx(), own, paper.text, access.now());
  store::insert_acceptance(
      access.tx(), {.kind = kind,
                    .employee = by_employee ? std::optional(EmployeeId(access.who().id)) : std::nullopt,
                    .version = std::string(version),
                    .language = paper.language,
                    .hash = own,
                    .at = access.now(),
                    .network = access.who().from});
  by_employee ? access.audit(SubjectId(access.who().id)) : access.audit();
  return {};
}

}  // namespace

std::string hash_of(const Paper& paper) {
  const auto hash = crypto::sha256(paper.text);
  return crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

document::Document service_agreement(const ServiceParties& parties, std::string_view language) {
  return language == "en" ? english(parties) : russian(parties);
}

Paper paper_of(const document::Document& document) {
  return {.title = document.title, .language = document.language, .text = document::to_text(document)};
}

Result<void> accept_service(privacy::Access& access, const Paper& paper, std::string_view hash) {
  const auto now =
      store::clearance(access.tx(), EmployeeId(access.who().id), kServiceAgreementVersion, access.now());
  if (now && now->accepted) return {};
  return accept(access, AgreementKind::service, kServiceAgreementVersion, paper, hash);
}

Result<void> accept_processing(privacy::Access& access, const Paper& paper, std::string_view hash) {
  const bool system = access.who().kind == privacy::Principal::Kind::system;
  if (!system && access.who().role != privacy::Role::owner)
    return fail(Errc::forbidden, "the owner accepts for the business");
  if (processing_accepted(access)) return {};
  return accept(access, AgreementKind::processing, kProcessingAgreementVersion, paper, hash);
}

std::optional<Acceptance> processing_accepted(privacy::Access& access) {
  auto last = store::last_acceptance(access.tx(), AgreementKind::processing);
  if (last && last->version != kProcessingAgreementVersion) return std::nullopt;
  return last;
}

std::vector<Acceptance> service_accepted(privacy::Access& access) {
  auto all = store::acceptances(access.tx(), AgreementKind::service);
  std::erase_if(all, [](const Acceptance& a) { return a.version != kServiceAgreementVersion; });
  return all;
}

}  // namespace chatika::organisation
