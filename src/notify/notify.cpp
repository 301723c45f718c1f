#include "notify/notify.hpp"

#include <stdexcept>

#include "base/text.hpp"
#include "jobs/jobs.hpp"
#include "json/write.hpp"
#include "notify/address.hpp"
#include "notify/outbox_store.hpp"
#include "notify/params.hpp"
#include "notify/sending.hpp"
#include "notify/templates.hpp"

namespace chatika::notify {
namespace {

void check_params(const Mail& mail) {
  auto needed = needs(mail.what);
  for (const auto* params : {&mail.params, &mail.secrets})
    for (const auto& [name, value] : *params) {
      if (needed.required.erase(name) + needed.optional.erase(name) == 0)
        throw std::logic_error("notify: a parameter the template does not have, or given twice: " + name);
      if (!text::is_utf8(value) || text::length(value) > kParamChars)
        throw std::logic_error("notify: a parameter that is too long or not text: " + name);
    }
  if (!needed.required.empty())
    throw std::logic_error("notify: the template needs " + *needed.required.begin());
}

void add_job(privacy::Access& access, MailId id) {
  jobs::add(access, {.kind = kMailJob, .payload = json::write(MailJob{id}), .key = to_string(id)});
}

// What answers a person's own request is a duty: their block does not silence it.
template <privacy::Field F>
Result<std::string> sealed(privacy::Access& access, const store::NewRow& row, std::string_view text) {
  if (purpose_of(row.what) == privacy::Purpose::subject_request && privacy::answers_for_the_operator(access.who()))
    return access.seal_for_duty(F, *row.subject, row.id, text);
  return TRY(access.seal<F>(*row.subject, row.id, text)).box;
}

}  // namespace

Result<MailId> mail(privacy::Access& access, const Mail& mail) {
  check_params(mail);
  store::NewRow row{.id = MailId::fresh(),
                    .subject = {},
                    .address_box = {},
                    .address = {},
                    .what = mail.what,
                    .language = mail.language == "en" ? "en" : "ru",
                    .params = write_params(mail.params),
                    .secrets_box = {},
                    .now = access.now()};
  if (const auto* business = std::get_if<BusinessAddress>(&mail.to)) {
    if (!mail.secrets.empty()) throw std::logic_error("notify: secrets are sealed for a person only");
    if (!is_address(business->address)) return fail_field("/address", "not_email");
    row.address = business->address;
  } else {
    const auto& person = std::get<Person>(mail.to);
    row.subject = person.subject;
    if (!person.address.empty()) {
      if (!is_address(person.address)) return fail_field("/address", "not_email");
      row.address_box = TRY(sealed<privacy::Field::outbox_address>(access, row, person.address));
    }
    if (!mail.secrets.empty())
      row.secrets_box = TRY(sealed<privacy::Field::outbox_secrets>(access, row, write_params(mail.secrets)));
  }
  store::insert(access.tx(), row);
  add_job(access, row.id);
  return row.id;
}

std::vector<MailRecord> list(privacy::Access& access, const MailPage& page) {
  return store::list(access.tx(), page);
}
std::int64_t count(privacy::Access& access, MailState state) {
  return store::count(access.tx(), state);
}
Result<MailRecord> find(privacy::Access& access, MailId id) {
  auto found = store::find(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such mail");
  return std::move(*found);
}
Result<std::vector<Attempt>> attempts(privacy::Access& access, MailId id) {
  CHECK(find(access, id));
  return store::attempts(access.tx(), id);
}

Result<MailRecord> retry(privacy::Access& access, MailId id) {
  const auto found = TRY(find(access, id));
  if (found.state == MailState::sent || found.state == MailState::suppressed)
    return fail(Errc::conflict, "the mail is sent or suppressed");
  store::revive(access.tx(), id, access.now());
  add_job(access, id);
  access.audit();
  return find(access, id);
}

}  // namespace chatika::notify
