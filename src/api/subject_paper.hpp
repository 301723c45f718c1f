// A person's file on paper: what the page of the privacy centre shows, for the case or to hand over.
#pragma once

#include <string>

#include "document/document.hpp"
#include "privacy/subject_file.hpp"

namespace chatika::api {

struct PaperOptions {
  std::string language;
  std::string zone;  // of the business: its clock is on paper
  Time at;
};
document::Document subject_paper(const privacy::SubjectFile& file, const PaperOptions& options);

}  // namespace chatika::api
