// Requests of people about their data: filing, finding who it is about, proving that the requester is that person, the
// clock, the answer, and carrying out what was asked.
//
// Refuses: to tell an outsider whether a person is known (what is answered does not depend on it, and the search runs after
// the answer); to send a code anywhere but to the contact that was known before; to hand out data, or to act on it, before
// the requester is verified; to refuse a request without a reason, an article and the way to appeal (152-FZ art. 17); to
// lose a request by closing it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "privacy/consent.hpp"
#include "requests/model.hpp"

namespace chatika::requests {

struct Filing {
  RequestType type = RequestType::information;
  RequestChannel channel = RequestChannel::form;
  std::string language = "ru";
  std::string zone;  // of the business
  Asked asked;
  std::string phone;                 // for finding the person; may be empty
  std::vector<SubjectId> subjects;   // known already: of a conversation, of a private link
  bool verified = false;             // by the conversation's token or the private link
  std::optional<Time> received_at;   // staff: when it came; absent: now
};
struct Filed {
  RequestId id;
  std::string reference;
  std::string link_token;  // the only key to the case's page; its hash is kept
  Time due;
};
// Files the case; what follows (finding the person, the code) is a job, so that filing takes the same for everyone. A verified
// one is acted on at once where the law says at once.
Result<Filed> file(privacy::Access& access, const Filing& filing);

// Whose page a private link opens. Errc::unauthenticated for an unknown, expired or malformed one alike.
Result<RequestId> case_of_link(db::Tx& tx, std::string_view token, Time now);
// The principal of that page: the requester.
Result<privacy::Principal> requester_of(db::Tx& tx, std::string_view token, Time now);

Result<Case> find(privacy::Access& access, RequestId id);
Result<Case> find(privacy::Access& access, std::string_view token);

// The job after filing: finds the person by keyed images of e-mail and phone, sends the code or asks for a call.
Result<void> look_for_person(privacy::Access& access, RequestId id);
// Another code, when the last was lost: by a job, so that neither the answer nor its time tells whether one is sent.
void ask_for_code(privacy::Access& access, RequestId id);
Result<void> send_code(privacy::Access& access, RequestId id);
// False for a wrong, used or expired code, and when none was sent; what it counts must be committed. True: verified, and acted
// on at once where the law says at once.
Result<bool> verify(privacy::Access& access, RequestId id, std::string_view code);

// What the person sees by the private link.
struct Progress {
  Case c;
  std::optional<Answer> answer;
  bool document = false;  // the access answer can be fetched
};
Result<Progress> progress(privacy::Access& access, RequestId id);
// The access answer as it was given (the document and the data, as the caller of answer() wrote them). Errc::not_found.
Result<std::string> given_document(privacy::Access& access, RequestId id);

// The officer's desk.
enum class RequestFilter { open, unverified, overdue, closed };
CHATIKA_JSON_ENUM(RequestFilter, open, unverified, overdue, closed)
struct Page {
  RequestFilter filter = RequestFilter::open;
  std::optional<Time> after_at;  // the last item of the page before: its due time; of closed ones received_at
  Uuid after_id{};
  std::size_t limit = 50;
};
std::vector<Case> list(privacy::Access& access, const Page& page);
std::vector<Case> of_subject(privacy::Access& access, SubjectId subject);
Result<Asked> asked(privacy::Access& access, const Case& c);
Result<std::string> name_of_requester(privacy::Access& access, const Case& c);
Result<std::optional<Answer>> answer_of(privacy::Access& access, const Case& c);
Result<std::vector<Event>> events(privacy::Access& access, const Case& c);
std::vector<Task> tasks(privacy::Access& access, const Case& c);
Result<std::optional<std::string>> employee_name(privacy::Access& access, EmployeeId id);

Result<Case> take(privacy::Access& access, RequestId id);
// Whose data the case is about, found by hand. A verified case waits for verify_by_hand again, unless its code went to an
// address of this person too.
Result<Case> link(privacy::Access& access, RequestId id, SubjectId subject);
// By hand: `how` is noted.
Result<Case> verify_by_hand(privacy::Access& access, RequestId id, std::string_view how);
// Once, with the reason, before the end; the person is told.
Result<Case> extend(privacy::Access& access, RequestId id, std::string_view reason);

// Where the person's page is, for the links of mails: "https://host/privacy/request#KEY." and the token follows.
struct Pages {
  std::string request;
};
// The letter goes to the person by private link. An unverified requester gets a refusal only: nothing in an answer may tell
// whether data is held. `document`: the access answer to be handed out with it.
Result<Case> answer(privacy::Access& access, RequestId id, std::string_view text, std::optional<std::string> document,
                    const Pages& pages);
struct Refusal {
  std::string reason;
  std::string article;
};
Result<Case> refuse(privacy::Access& access, RequestId id, const Refusal& refusal, const Pages& pages);
// Does what was asked, for every person of the case. Errc::conflict for a correction that was not made (privacy::correct).
Result<Case> execute(privacy::Access& access, RequestId id);
Result<Case> finish_task(privacy::Access& access, RequestId id, TaskId task);
Result<Case> close(privacy::Access& access, RequestId id);

// A request from the chat or a private link: its author is verified by the token, and what is known of them goes along.
struct FromChat {
  SubjectId subject;
  RequestType type = RequestType::information;
  RequestChannel channel = RequestChannel::widget;
  std::string language = "ru";
  std::string zone;
  std::string essence;  // may be empty: what the type says
  std::string contact;  // may be empty: the e-mail that is known
};
Result<Filed> file_from_chat(privacy::Access& access, const FromChat& request);

// Withdrawal has one effect through this one function, over whatever channel it comes: the consent ends now, destruction is
// planned, and the case with its 30 days stands (152-FZ art. 9(2), 21(5)). Withdrawing twice
// gives the case of the first time.
struct Withdrawn {
  RequestId id;
  std::string reference;
  Time due;
  bool again = false;  // was withdrawn before
};
struct WithdrawalRequest {
  SubjectId subject;
  std::vector<SubjectId> others{};  // with the same address, when a link proves it
  RequestChannel channel = RequestChannel::widget;
  std::string language = "ru";
  std::string zone;
};
Result<Withdrawn> withdraw(privacy::Access& access, const WithdrawalRequest& request);
// A private link that withdraws by one click.
crypto::Token new_withdrawal_link(privacy::Access& access, SubjectId subject);
// Who has the address it was mailed to, the person it was made for first. Errc::unauthenticated.
Result<std::vector<SubjectId>> subjects_of_withdrawal_link(db::Tx& tx, std::string_view token, Time now);
// "Send me the link", by a job: what is answered does not depend on whether the address is known. `page`: what the token is
// appended to.
void ask_for_withdrawal_link(privacy::Access& access, std::string_view email, const std::string& language, const std::string& page);
Result<void> mail_withdrawal_link(privacy::Access& access, const Uuid& ask);

}  // namespace chatika::requests
