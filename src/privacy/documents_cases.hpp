// Documents about one person, one destruction or one breach: made from the business's details, the register
// and the facts of the case. Pure; they open nothing, the caller hands them what it was allowed to read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "document/document.hpp"
#include "json/types.hpp"
#include "privacy/destruction.hpp"
#include "privacy/documents.hpp"

namespace chatika::privacy {

struct Person {
  std::string name;
  std::string post;
};

// The act of destruction with the extract of the log of events, items 3 and 4 of Roskomnadzor's Order of 28.10.2022 No. 179,
// as it was sealed. `details`: who processes on the operator's behalf, whose clock; the operator is the act's own, of its time.
document::Document destruction_paper(const Details& details, const Register& reg, const DestructionAct& act,
                                     std::string_view language);
// With its article under 152-FZ.
Words words(ErasureReason reason);

// A request as its answers name it.
struct RequestFacts {
  std::string number;
  std::string requester;  // full name as given
  std::string essence;
  Time received_at{};
  Time answered_at{};
  Person answered_by;  // may be empty: the person responsible
};

// What is held about the requester, as the subject file gives it.
struct Datum {
  std::string item;  // key of a register item
  std::string value;  // the datum itself, or "сообщений: 12, приложены" for what goes along as a file
  std::string source;  // empty: from the person, in the chat
  Time at{};           // since when; the epoch: not said
};
struct Disclosure {  // who has received it besides the register's recipients
  std::string recipient;
  std::string address;
  std::string what;
  Time at{};
};
struct HeldBack {  // kept though the person wants it gone: per item, with the article
  std::string item;
  std::string article;
  std::string until;  // in words; may be empty
};
struct AccessFacts {
  RequestFacts request;
  bool held = true;  // false: nothing is processed about this person
  std::optional<Time> destroyed_at;  // all of their data were destroyed then
  std::vector<Datum> data;
  std::vector<Disclosure> disclosures;
  std::vector<std::string> consents;  // lines: "24 ноября 2026 г.: согласие дано в чате, редакция 2026-11-3"
  std::vector<HeldBack> holds;
};
// Art. 14(7): items 1 to 10 in its order, each under its number.
document::Document access_answer(const Details& details, const Register& reg, const AccessFacts& facts,
                                 std::string_view language);

// What was done at a request of another type.
enum class Outcome { corrected, blocked, unblocked, deleted, withdrawn, stopped, objection_kept, no_data };
CHATIKA_JSON_ENUM(Outcome, corrected, blocked, unblocked, deleted, withdrawn, stopped, objection_kept,
                  no_data)
struct AnswerFacts {
  RequestFacts request;
  Outcome outcome = Outcome::corrected;
  std::string details;  // a sentence of the officer's own; may be empty
  std::vector<HeldBack> holds;
  std::vector<std::string> told;  // recipients who were told (art. 21(3), GDPR art. 19)
};
document::Document request_answer(const Details& details, const Register& reg, const AnswerFacts& facts,
                                  std::string_view language);

// Every refusal has a reason with its article and names the way to appeal.
enum class RefusalReason { not_verified, repeated, rights_of_others, limited_by_law, other_ground, accurate };
CHATIKA_JSON_ENUM(RefusalReason, not_verified, repeated, rights_of_others, limited_by_law, other_ground,
                  accurate)
Words words(RefusalReason reason);
Words article(RefusalReason reason, Law law);
struct RefusalFacts {
  RequestFacts request;
  RefusalReason reason = RefusalReason::not_verified;
  std::string explanation;
  std::vector<HeldBack> holds;
};
document::Document refusal(const Details& details, const Register& reg, const RefusalFacts& facts,
                           std::string_view language);

struct ExtensionFacts {
  RequestFacts request;
  std::string reason;
  Time due{};      // as it was
  Time new_due{};  // at most five business days later
};
document::Document extension_notice(const Details& details, const ExtensionFacts& facts,
                                    std::string_view language);

// Drafts of the two notices of a breach (art. 21(3.1); Order 187 of Roskomnadzor of 14.11.2022).
struct BreachFacts {
  std::string number;
  Time happened_at{};  // the epoch: not known
  Time found_at{};
  std::string what;
  std::string cause;                    // presumed, then found
  std::string harm;                     // presumed
  std::string measures;                 // taken
  std::vector<std::string> categories;  // keys of register items
  std::string subjects;                 // how many, in words
  Person contact;                       // who talks to the authority
  std::string contact_phone;
  std::string contact_email;
  std::string inquiry;      // 72 h: what the inquiry has found
  std::string responsible;  // 72 h: whose acts caused it, if any
  std::string notice_24;    // 72 h: number and date of the first notice
};
document::Document breach_notice_24h(const Details& details, const Register& reg, const BreachFacts& facts,
                                     std::string_view language);
// To the people whose data it is: what happened, what it may lead to, what they can do (GDPR art. 34).
document::Document breach_notice_to_persons(const Details& details, const Register& reg,
                                            const BreachFacts& facts, std::string_view language);
document::Document breach_notice_72h(const Details& details, const Register& reg, const BreachFacts& facts,
                                     std::string_view language);

}  // namespace chatika::privacy
