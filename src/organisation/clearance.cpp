#include "organisation/clearance.hpp"

#include "organisation/agreements.hpp"
#include "organisation/organisation_store.hpp"

namespace chatika::organisation {

Result<void> clearance(privacy::Access& access) {
  const auto found =
      store::clearance(access.tx(), EmployeeId(access.who().id), kServiceAgreementVersion, access.now());
  if (!found) return fail(Errc::unauthenticated, "no such employee");
  if (found->access_until && *found->access_until <= access.now())
    return fail(Errc::access_expired, "the access was granted until a day that has passed");
  if (!found->accepted) return fail(Errc::agreement_required, "the terms of use are not accepted");
  if (found->unsigned_documents > 0)
    return fail(Errc::familiarisation_required, "documents in force are not signed");
  return {};
}

}  // namespace chatika::organisation
