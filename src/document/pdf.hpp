// A document as PDF: A4, page numbers, tables that go on over pages, text that can be searched and copied.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "document/document.hpp"

namespace chatika::document {

inline constexpr int kMaxPages = 2000;

struct PdfOptions {
  Time at{};           // the date in the file: the same document at the same time gives the same bytes
  std::string author;  // whose document it is, for the file's properties
  std::string footer;  // stands at the foot of every page, left of the page's number; one line
};

// Errors of check(); Errc::too_large past kMaxPages; Errc::internal when the drawing library fails.
// Takes about 2 ms a page; any thread.
Result<std::string> to_pdf(const Document& document, const PdfOptions& options);

}  // namespace chatika::document
