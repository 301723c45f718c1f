// SQL of the privacy room; nobody else includes it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/db.hpp"
#include "privacy/audit.hpp"
#include "privacy/consent.hpp"

namespace chatika::privacy::store {

void insert_subject(db::Tx& tx, SubjectId subject, std::string_view kind, std::string_view key_box, Time now);
std::optional<std::string> subject_key_box(db::Tx& tx, SubjectId subject);

struct AuditHead {
  std::int64_t seq = 0;
  std::string hash;
};
AuditHead audit_head(db::Tx& tx);
void insert_audit(db::Tx& tx, std::int64_t seq, const AuditEntry& entry, std::string_view hash);
// In order; `f` returns false to stop.
void each_audit(db::Tx& tx,
                const std::function<bool(std::int64_t seq, const AuditEntry&, std::string_view hash)>& f);

void keep_consent_text(db::Tx& tx, std::string_view hash, std::string_view version, std::string_view language,
                       std::string_view body, Time now);
void insert_consent(db::Tx& tx, SubjectId subject, std::string_view act, std::string_view text_hash,
                    std::string_view purposes, bool health, std::string_view widget_version, Time now);
// "" when there is none.
std::string last_consent_act(db::Tx& tx, SubjectId subject);
std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject);

}  // namespace chatika::privacy::store
