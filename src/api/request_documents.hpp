// The answer of art. 14(7) 152-FZ to a request: everything held about its people, as a document and as data.
#pragma once

#include "api/route.hpp"
#include "document/document.hpp"
#include "privacy/documents_cases.hpp"
#include "privacy/subject_file.hpp"
#include "requests/requests.hpp"

namespace chatika::api {

// Errc::conflict unless the requester is verified and somebody's data was found for the request.
Result<document::Document> access_answer_of(Desk& desk, const requests::Case& c);
Result<std::string> access_data_of(Desk& desk, const requests::Case& c);  // JSON, machine-readable
// Everything a file holds, as the document says it. Messages past the file's bound are said to be left out.
void add_file(privacy::AccessFacts& facts, const privacy::SubjectFile& file, const std::string& language);

// Both forms of it as they are now, for being kept with the request: what changes later does not change what was answered.
Result<std::string> handed_out(Desk& desk, const requests::Case& c);
std::string handed(const document::Document& document, std::string data);
// What was kept so: the document as PDF, or the data.
Result<File> given_answer(const std::string& handed, bool pdf, std::string_view reference, Time at);

}  // namespace chatika::api
