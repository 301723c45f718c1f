// A document as PDF: A4, page numbers, tables that go on over pages, text that can be searched and copied.
#pragma once

#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "document/document.hpp"

namespace chatika::document {

inline constexpr int kMaxPages = 2000;
// Of one PDF, in simple letters: a letter of Latin or Cyrillic is one, a line feed or a character of another script
// (shaped, ordered or drawn on its own) is kHeavy, a letter past kLongWord of a word kUnbroken, because each line
// begins anew with what is left of it. Some seconds of work at the most.
inline constexpr std::size_t kMaxEffort = 2'000'000;
inline constexpr std::size_t kHeavy = 32;
inline constexpr std::size_t kLongWord = 60;
inline constexpr std::size_t kUnbroken = 8;

struct PdfOptions {
  Time at{};           // the date in the file: the same document at the same time gives the same bytes
  std::string author;  // whose document it is, for the file's properties
  std::string footer;  // stands at the foot of every page, left of the page's number; one line
};

// Errors of check(); Errc::too_large past kMaxEffort. Cheap: asked before a document waits for being drawn.
Result<void> drawable(const Document& document);

// Errors of drawable(); Errc::too_large as soon as kMaxPages are passed; Errc::unavailable when `abandoned` is asked
// to stop; Errc::internal when the drawing library fails. Takes about 2 ms a page; any thread, but never one that
// serves others meanwhile.
Result<std::string> to_pdf(const Document& document, const PdfOptions& options, const std::stop_token& abandoned = {});

}  // namespace chatika::document
