// Access by request, approval and expiry; periodic reviews of it and of the rest.
//
// Refuses: an approval of one's own request, a term that has passed, to leave the business without an owner.
#pragma once

#include "base/result.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation {

inline constexpr std::int64_t kOpenRequests = 3;  // of one employee

struct Ask {
  privacy::Role role = privacy::Role::receptionist;
  std::string reason;
  std::optional<Time> until;
};
// The acting employee asks. Errc::too_many past kOpenRequests.
Result<AccessRequest> ask(privacy::Access& access, const Ask& ask);

// The owner grants: role and term hold from the employee's next request on. Errc::conflict when it is decided
// or is one's own; Errc::invalid at /until when that has passed.
Result<AccessRequest> grant(privacy::Access& access, AccessRequestId id, std::optional<Time> until);
Result<AccessRequest> refuse(privacy::Access& access, AccessRequestId id);
// Access ends at once. Errc::conflict unless granted, or when it is the last owner's.
Result<AccessRequest> revoke(privacy::Access& access, AccessRequestId id);
// Newest first. Reasons of people whose data may not be read are "".
Result<std::vector<AccessRequest>> access_requests(privacy::Access& access);

// A first review of every kind that has none open, a period from now.
Result<void> plan_reviews(privacy::Access& access);
// Ends the review and plans the next one. Errc::conflict when it is done.
Result<Review> finish_review(privacy::Access& access, ReviewId id, std::string_view outcome);
std::vector<Review> reviews(privacy::Access& access);  // open ones by due date, then done ones

}  // namespace chatika::organisation
