// Two agreements: every employee accepts the terms of use before working; the business accepts the processing
// agreement before its widget opens.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "document/document.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

// Version of the wording: a change of words is a change of version, and everybody is asked again.
inline constexpr std::string_view kServiceAgreementVersion = "2026-11-1";
// The same of the processing agreement, which the documents of the privacy room word.
inline constexpr std::string_view kProcessingAgreementVersion = "2026-11-1";

// What the terms of use name.
struct ServiceParties {
  std::string business;
  std::string processor;  // who runs the installation
};
document::Document service_agreement(const ServiceParties& parties, std::string_view language);

// The paper as it is hashed and kept.
Paper paper_of(const document::Document& document);

// The acting employee accepts this text. Repeating it changes nothing. Errc::conflict when `hash` is of
// another text.
Result<void> accept_service(privacy::Access& access, const Paper& paper, std::string_view hash);
// The acting owner accepts for the business, once; the system does when it was accepted on paper.
// Errc::conflict alike.
Result<void> accept_processing(privacy::Access& access, const Paper& paper, std::string_view hash);
// The last acceptance of the processing agreement of this version; without one the widget stays off.
std::optional<Acceptance> processing_accepted(privacy::Access& access);
// Who accepted the terms of use that are in force, newest first.
std::vector<Acceptance> service_accepted(privacy::Access& access);

}  // namespace chatika::organisation
