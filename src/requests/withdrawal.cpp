// Withdrawal of consent: one function for the widget, the link, the form and the letter.
#include <algorithm>

#include "base/text.hpp"
#include "jobs/jobs.hpp"
#include "json/write.hpp"
#include "notify/notify.hpp"
#include "requests/parts.hpp"
#include "requests/words.hpp"

namespace chatika::requests {
namespace {

using privacy::Field;
using privacy::Purpose;
using privacy::Sealed;

constexpr int kLinksADay = 3;

// What a case from the chat says of its author: what they gave, nothing more.
Result<Asked> own_words(privacy::Access& access, SubjectId subject, RequestType type, const std::string& language) {
  Asked out{.name = std::string(nameless(language)),
            .contact = {},
            .description = std::string(chat_data(language)),
            .essence = std::string(words(type, language))};
  const auto row = store::visitor(access.tx(), subject);
  if (!row) return out;
  if (row->name_box) {
    const Sealed<Field::visitor_name> name{subject, subject, *row->name_box};
    out.name = TRY(access.open_if_allowed(name, Purpose::subject_request)).value_or(out.name);
  }
  if (row->email_box) {
    const Sealed<Field::visitor_email> email{subject, subject, *row->email_box};
    out.contact = TRY(access.open_if_allowed(email, Purpose::subject_request)).value_or("");
  }
  return out;
}

}  // namespace

Result<Filed> file_from_chat(privacy::Access& access, const FromChat& request) {
  auto asked = TRY(own_words(access, request.subject, request.type, request.language));
  if (!request.essence.empty()) asked.essence = request.essence;
  if (!request.contact.empty()) asked.contact = request.contact;
  return file(access, {.type = request.type,
                       .channel = request.channel,
                       .language = request.language,
                       .zone = request.zone,
                       .asked = std::move(asked),
                       .phone = {},
                       .subjects = {request.subject},
                       .verified = true,
                       .received_at = {}});
}

namespace {

// Others of whom a link speaks: they join the case, and their consent ends with it.
Result<void> withdraw_too(privacy::Access& access, RequestId id, const std::vector<SubjectId>& others) {
  auto c = TRY(load(access, id));
  auto people = c.subjects;
  for (const auto subject : others)
    if (std::ranges::find(c.subjects, subject) == c.subjects.end()) people.push_back(subject);
  keep_to_limit(access, c, people);
  bool ended = false;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i >= c.subjects.size()) store::add_subject(access.tx(), c.id, people[i]);
    access.audit(people[i]);
    // Who was in the case already may have consented again since.
    ended = TRY(end_consent(access, people[i], c.channel)) || ended;
  }
  c.subjects = std::move(people);
  if (ended) {
    CHECK(note(access, c, EventKind::stopped));
    tell_withdrawn(access, c);
  }
  schedule(access, c);
  return {};
}

}  // namespace

Result<Withdrawn> withdraw(privacy::Access& access, const WithdrawalRequest& request) {
  if (TRY(access.standing(request.subject)).erased_at) return fail(Errc::gone, "the subject is erased");
  for (const auto& c : store::of_subject(access.tx(), request.subject)) {
    if (c.type != RequestType::withdrawal || !c.verified() || !c.clock_runs()) continue;
    CHECK(withdraw_too(access, c.id, request.others));
    return Withdrawn{c.id, c.reference, c.deadline.due, true};
  }
  const auto filed = TRY(file_from_chat(access, {.subject = request.subject,
                                                 .type = RequestType::withdrawal,
                                                 .channel = request.channel,
                                                 .language = request.language,
                                                 .zone = request.zone,
                                                 .essence = {},
                                                 .contact = {}}));
  CHECK(withdraw_too(access, filed.id, request.others));
  return Withdrawn{filed.id, filed.reference, filed.due, false};
}

crypto::Token new_withdrawal_link(privacy::Access& access, SubjectId subject) {
  auto token = crypto::new_token();
  const auto known = store::known_contact(access.tx(), subject);
  store::insert_withdrawal_link(access.tx(), token.hash, {subject, known ? known->email_index : std::nullopt}, access.now(),
                                access.now() + kWithdrawalLinkLife);
  access.audit(subject);
  return token;
}

Result<std::vector<SubjectId>> subjects_of_withdrawal_link(db::Tx& tx, std::string_view token, Time now) {
  const auto hash = crypto::token_hash(token);
  const auto found = hash ? store::withdrawal_link(tx, *hash, now) : std::nullopt;
  if (!found) return fail(Errc::unauthenticated, "no such link");
  if (!found->email_index) return std::vector{found->subject};
  // Who has another address by now is not spoken for, the person it was made for either.
  auto out = store::visitors_by_email(tx, *found->email_index, kSubjectsPerCase + 1);
  if (out.empty()) return fail(Errc::unauthenticated, "nobody has the address of this link");
  if (const auto own = std::ranges::find(out, found->subject); own != out.end()) std::rotate(out.begin(), own, own + 1);
  return out;
}

void ask_for_withdrawal_link(privacy::Access& access, std::string_view email, const std::string& language, const std::string& page) {
  const auto id = new_uuid();
  store::insert_withdrawal_ask(
      access.tx(), id, {access.index("visitor.email", text::fold(text::clean_line(email))), language, page}, access.now());
  jobs::add(access, {.kind = kWithdrawalLinkJob, .payload = json::write(WithdrawalLinkJob{id}), .key = to_string(id)});
}

namespace {

// The address whose image is `index`. None: the record's is another by now.
Result<std::optional<std::string>> address_of(privacy::Access& access, SubjectId subject, const std::string& index) {
  const auto row = store::visitor(access.tx(), subject);
  if (!row || !row->email_box) return std::nullopt;
  const Sealed<Field::visitor_email> email{subject, subject, *row->email_box};
  auto address = TRY(access.open(email, Purpose::subject_request));
  if (access.index("visitor.email", text::fold(address)) != index) return std::nullopt;
  return address;
}

}  // namespace

Result<void> mail_withdrawal_link(privacy::Access& access, const Uuid& ask) {
  const auto found = store::take_withdrawal_ask(access.tx(), ask);
  if (!found) return {};
  if (store::withdrawal_links_since(access.tx(), found->email_index, access.now() - std::chrono::days(1)) >= kLinksADay) return {};
  Result<void> spoiled;
  for (const auto subject : store::visitors_by_email(access.tx(), found->email_index, kSubjectsPerCase)) {
    if (TRY(access.standing(subject)).granted == 0) continue;
    const auto address = address_of(access, subject, found->email_index);
    // One record that cannot be read stops nobody else's link.
    if (!address) spoiled = fail(address.error());
    if (!address || !*address) continue;
    // To the address the link speaks for, whatever the person says of themself before it is sent.
    CHECK(notify::mail(access, {.what = notify::Template::withdrawal_link,
                                .to = notify::Person{subject, **address},
                                .language = found->language,
                                .secrets = {{"link", found->page + new_withdrawal_link(access, subject).text}}}));
    return {};
  }
  return spoiled;
}

void tell_withdrawn(privacy::Access& access, const Case& c) {
  jobs::add(access, {.kind = kWithdrawnJob, .payload = json::write(CaseJob{c.id}), .key = to_string(c.id)});
}

Result<void> mail_withdrawn(privacy::Access& access, RequestId id) {
  const auto c = TRY(load(access, id));
  for (const auto subject : c.subjects) {
    const auto known = store::known_contact(access.tx(), subject);
    if (!known || !known->email_index) continue;
    const auto address = TRY(address_of(access, subject, *known->email_index));
    if (!address) continue;
    // The requester's mail: neither a block nor the destruction that follows silences it.
    CHECK(notify::mail(access, {.what = notify::Template::withdrawal_done,
                                .to = notify::Person{c.requester, *address},
                                .language = c.language,
                                .params = {{"date", day_words(to_rfc3339(access.now()).substr(0, 10), c.language)},
                                           {"due", day_words(c.deadline.due_day, c.language)}}}));
    return {};
  }
  return {};
}

}  // namespace chatika::requests
