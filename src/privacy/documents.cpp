#include "privacy/documents.hpp"

#include "privacy/documents_parts.hpp"

namespace chatika::privacy {

std::vector<FieldError> missing_details(const Details& details) {
  std::vector<FieldError> out;
  const auto need = [&](const std::string& value, std::string_view pointer, std::string_view code) {
    if (value.find_first_not_of(" \t\n") == std::string::npos)
      out.push_back({std::string(pointer), std::string(code)});
  };
  need(details.controller.email, "/legal/email", "no_privacy_contact");
  need(details.controller.name, "/legal/name", "no_legal_details");
  need(details.controller.address, "/legal/address", "no_legal_details");
  need(details.processor.name, "/operator/name", "no_operator_details");
  return out;
}

Result<void> publishable(const Details& details) {
  auto missing = missing_details(details);
  if (missing.empty()) return {};
  return fail(Error{.code = Errc::invalid,
                    .cause = "documents: " + missing.front().pointer + " is not given",
                    .fields = std::move(missing)});
}

std::vector<DocumentKind> document_kinds(const Details& details) {
  std::vector<DocumentKind> out;
  for (std::size_t i = 0; i < kDocumentKinds; ++i) {
    const auto kind = static_cast<DocumentKind>(i);
    if (kind != DocumentKind::health_consent || details.clinic) out.push_back(kind);
  }
  return out;
}

Result<document::Document> make_document(DocumentKind kind, const Details& details, const Register& reg,
                                         std::string_view language) {
  CHECK(publishable(details));
  switch (kind) {
    case DocumentKind::policy:
      return parts::policy(details, reg, language);
    case DocumentKind::consent:
      return parts::consent(details, reg, language);
    case DocumentKind::health_consent:
      if (!details.clinic) return fail(Errc::not_found, "health consent is for clinics");
      return parts::health_consent(details, reg, language);
    case DocumentKind::processing_record:
      return parts::processing_record(details, reg, language);
    case DocumentKind::processing_agreement:
      return parts::processing_agreement(details, reg, language);
    case DocumentKind::notification_start:
      return parts::notification_of_start(details, reg, language);
    case DocumentKind::notification_change:
      return notification_of_change(details, reg, {}, language);
    case DocumentKind::notification_end:
      return notification_of_end(details, reg, {}, language);
    case DocumentKind::officer_appointment:
      return parts::officer_appointment(details, reg, language);
    case DocumentKind::processing_rules:
      return parts::processing_rules(details, reg, language);
    case DocumentKind::access_list:
      return parts::access_list(details, reg, language);
    case DocumentKind::protection_measures:
      return parts::protection_measures(details, reg, language);
  }
  return fail(Errc::not_found, "no such document");
}

}  // namespace chatika::privacy
