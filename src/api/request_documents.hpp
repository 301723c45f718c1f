// The answer of art. 14(7) 152-FZ to a request: everything held about its people, as a document and as data.
#pragma once

#include "api/route.hpp"
#include "document/document.hpp"
#include "requests/requests.hpp"

namespace chatika::api {

// Errc::conflict unless the requester is verified and somebody's data was found for the request.
Result<document::Document> access_answer_of(Desk& desk, const requests::Case& c);
Result<std::string> access_data_of(Desk& desk, const requests::Case& c);  // JSON, machine-readable
// As handed out with the answer.
Result<http::Response> given_answer(const std::string& document, bool pdf, std::string_view name, Time at);

}  // namespace chatika::api
