// The wire of the privacy centre's subject files, rights, retention, evidence and recipients (docs/protocol.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/wire.hpp"
#include "privacy/destruction.hpp"
#include "privacy/recipients.hpp"
#include "privacy/retention.hpp"
#include "privacy/rights.hpp"
#include "privacy/subject_file.hpp"

namespace chatika::api {

// What is looked for travels in the body: addresses end in logs and histories.
struct FindSubjects {
  json::Line<254> text;  // phone, e-mail, number of a booking, id of a conversation or of the person
};
CHATIKA_JSON(FindSubjects, text)
struct FoundSubjects {
  std::vector<privacy::SubjectSummary> items;
};
CHATIKA_JSON(FoundSubjects, items)

struct WithReason {
  json::Text<privacy::kReasonChars> reason;
};
CHATIKA_JSON(WithReason, reason)
struct CorrectField {
  json::Line<60> field;
  std::optional<Uuid> row;
  json::Text<privacy::kReasonChars> value;
  json::Text<privacy::kReasonChars> reason;
};
CHATIKA_JSON(CorrectField, field, row, value, reason)
struct HoldField {
  json::Line<60> field;
  json::Line<privacy::kArticleChars> article;
  json::Text<privacy::kReasonChars> reason;
};
CHATIKA_JSON(HoldField, field, article, reason)
struct EraseSubject {
  privacy::ErasureReason reason = privacy::ErasureReason::request;
  bool now = false;  // without grace; carried out right after
};
CHATIKA_JSON(EraseSubject, reason, now)

struct SetPeriod {
  json::Line<40> category;
  json::Int<0, 10'000> days;
};
CHATIKA_JSON(SetPeriod, category, days)
struct RetentionView {
  std::vector<privacy::Period> periods;
  std::optional<privacy::SweepReport> last;
  std::optional<Time> next_at;
};
CHATIKA_JSON(RetentionView, periods, last, next_at)

struct NewRecipient {
  json::Line<200> name;
  json::Line<limits::kEmailChars> email;
  privacy::RecipientKind kind = privacy::RecipientKind::partner;
};
CHATIKA_JSON(NewRecipient, name, email, kind)

}  // namespace chatika::api
