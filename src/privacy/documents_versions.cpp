#include "privacy/documents_versions.hpp"

#include <algorithm>

#include "base/zone.hpp"
#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "privacy/calendar.hpp"
#include "privacy/deadline.hpp"
#include "privacy/documents_store.hpp"
#include "privacy/retention.hpp"
#include "privacy/retention_store.hpp"

namespace chatika::privacy {
namespace {

constexpr std::size_t kDuties = 1000;  // open ones looked at; a business has a handful

// What was notified is the Russian form; its translation brings no duty of its own.
bool is_notified(DocumentKind kind, std::string_view language) {
  return kind == DocumentKind::notification_start && language == "ru";
}

}  // namespace

std::string fingerprint(const document::Document& document) {
  const auto hash = crypto::sha256(to_text(document));
  return crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

Register register_of(Access& access, bool clinic) {
  auto out = register_in_force(clinic);
  for (std::size_t i = 0; i < kRetentions; ++i) {
    const auto& r = rule(static_cast<Retention>(i));
    if (const auto set = store::period(access.tx(), r.name)) out.days[i] = std::clamp(*set, r.least, r.most);
  }
  return out;
}

Result<Current> current_document(Access& access, DocumentKind kind, const Details& details,
                                 const Register& reg, std::string_view chosen, std::string_view zone) {
  const std::string language = chosen == "en" ? "en" : "ru";
  auto unnamed = details;
  unnamed.officer.clear();
  auto document = TRY(make_document(kind, unnamed, reg, language));
  const auto hash = fingerprint(document);
  auto last = store::last_version(access.tx(), kind, language);
  if (!last || last->hash != hash) {
    DocumentVersion next{.kind = kind,
                         .language = language,
                         .version = last ? last->version + 1 : 1,
                         .hash = hash,
                         .at = access.now()};
    if (last && is_notified(kind, language))
      next.notify_by = compute(Trigger::register_change, access.now(), zone, *calendars()).due;
    store::insert_version(access.tx(), next, to_text(document));
    access.audit();
    last = std::move(next);
  }
  if (!details.officer.empty()) document = TRY(make_document(kind, details, reg, language));
  return Current{std::move(document), std::move(*last)};
}

Result<bool> refresh_documents(Access& access, const DetailsIn& details, const Register& reg,
                               std::string_view zone) {
  bool changed = false;
  for (const auto* language : {"ru", "en"})
    for (const auto kind : document_kinds(details.ru)) {
      const auto current = TRY(current_document(access, kind, details.in(language), reg, language, zone));
      changed = changed || current.version.at == access.now();
    }
  return changed;
}

std::vector<document::Change> changes_of(db::Tx& tx, const DocumentVersion& version) {
  return document::diff(store::version_body(tx, version.kind, version.language, version.version - 1),
                        store::version_body(tx, version.kind, version.language, version.version));
}

std::vector<DocumentChange> document_changes(db::Tx& tx, std::size_t limit) {
  std::vector<DocumentChange> out;
  for (auto& version : store::changed_versions(tx, limit)) {
    auto changes = changes_of(tx, version);
    out.push_back({std::move(version), std::move(changes)});
  }
  return out;
}

std::vector<DocumentVersion> notification_duties(db::Tx& tx) {
  auto all = store::changed_versions(tx, kDuties);
  std::erase_if(all, [](const DocumentVersion& v) { return !v.notify_by || v.filed_at; });
  std::ranges::reverse(all);
  return all;
}

Result<void> notification_filed(Access& access, const Filing& filing, std::string_view zone) {
  const auto day = parse_day(filing.date);
  if (!day) return fail_field("/date", "malformed");
  if (std::chrono::local_days(*day) > std::chrono::floor<std::chrono::days>(to_local(access.now(), zone)))
    return fail_field("/date", "too_big");
  if (filing.number.empty()) return fail_field("/number", "required");
  if (!store::set_filed(access.tx(), DocumentKind::notification_start, filing, access.now()))
    return fail(Errc::not_found, "no such change waits to be filed");
  access.audit();
  return {};
}

}  // namespace chatika::privacy
