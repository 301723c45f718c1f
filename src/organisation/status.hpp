// What is missing for the promises about personal data to hold: one list of checks, red when something is.
//
// Pure rules over facts; facts that other rooms know are handed in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "organisation/papers.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

enum class Health { ok, warning, missing };
CHATIKA_JSON_ENUM(Health, ok, warning, missing)

// What the rooms beside this one say. An absent fact is a check that does not run: it is left out.
struct Facts {
  Time now;
  bool clinic = false;

  bool legal_details = false;  // the business has said who it is by law
  bool contact = false;        // and where people can write
  std::optional<Appointment> responsible;
  bool responsible_acts = false;  // is an employee whose access holds
  std::vector<PaperStanding> papers;
  int employees = 0;  // who can act
  int without_agreement = 0;
  int without_signatures = 0;
  int access_ended = 0;
  int waiting_access_requests = 0;
  bool processing_agreement = false;
  std::optional<Time> widget_grace;  // open without the agreement until then
  std::vector<Review> reviews;       // open ones
  std::vector<Breach> breaches;      // not closed
  std::vector<Task> tasks;           // live ones of other kinds

  std::optional<bool> mail_configured;
  std::optional<bool> address_known;  // of this installation: where links in mails lead
  std::optional<int> dead_jobs;
  int calendar_year = 0;
  bool calendar_known = true;       // of this year
  bool next_calendar_known = true;  // of the next; asked from December on
  std::optional<int> requests_open;
  std::optional<int> requests_overdue;
  std::optional<Time> retention_swept_at;  // with retention_known
  bool retention_known = false;
  std::optional<Time> audit_unsigned_since;  // the oldest row that no checkpoint covers; with audit_known
  bool audit_known = false;
};

struct Check {
  std::string code;
  Health health = Health::ok;
  std::string title;
  std::string detail;  // what is wrong and what to do
  std::string link;    // path of the panel
  std::optional<Time> due;
};

// In the order of urgency of the page: what is missing first is the caller's choice; the order here is fixed.
std::vector<Check> checks(const Facts& facts, std::string_view language);
Health worst(const std::vector<Check>& checks);

}  // namespace chatika::organisation
