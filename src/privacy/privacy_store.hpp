// SQL of the privacy room; nobody else includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/db.hpp"
#include "privacy/consent.hpp"
#include "privacy/standing.hpp"

namespace chatika::privacy::store {

void insert_subject(db::Tx& tx, SubjectId subject, const Standing& standing, std::string_view key_box,
                    Time now);
struct SubjectRow {
  Standing standing;
  std::string key_box;  // "" once erased
};
std::optional<SubjectRow> subject(db::Tx& tx, SubjectId subject);
void set_standing(db::Tx& tx, SubjectId subject, const Standing& standing);
void set_key(db::Tx& tx, SubjectId subject, std::string_view box);
void destroy_key(db::Tx& tx, SubjectId subject, Time now);
// A confirmed booking whose end is still ahead.
bool has_live_booking(db::Tx& tx, SubjectId subject, Time now);

void keep_consent_text(db::Tx& tx, std::string_view hash, std::string_view version, std::string_view language,
                       std::string_view body, Time now);
void insert_consent(db::Tx& tx, SubjectId subject, const ConsentAct& act);
std::vector<ConsentAct> consent_acts(db::Tx& tx, SubjectId subject);
std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy::store
