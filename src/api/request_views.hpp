// Requests as the officer, the requester and the visitor see them.
#pragma once

#include "api/views.hpp"
#include "api/wire_requests.hpp"

namespace chatika::api {

Result<RequestSummary> request_summary(privacy::Access& access, const requests::Case& c, std::string_view language);
Result<RequestCase> request_case(privacy::Access& access, const requests::Case& c, std::string_view business,
                                 std::string_view language);
RequestProgress request_progress(const requests::Progress& progress, std::string_view business);

// A request has come or moved: open panels hear its id, nothing else.
void announce_request(privacy::Access& access, requests::RequestId id, Outbox& out);

}  // namespace chatika::api
