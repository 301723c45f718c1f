// The audit as lines of JSON that tools/audit_verify.py checks without Chatika:
//   {"audit_export":1,"tenant":…,"at":…,"public_key":…}   first
//   {"checkpoint":"head","tenant":…,"lane":…,"seq":…,"hash":…,"at":…,"signature":…}
//   {"lane":…,"seq":…,"format":…,"at":…,"actor":…,"operation":…,"detail":"…","from":…,"subjects":[…],"hash":…}
#pragma once

#include <functional>
#include <limits>
#include <string_view>
#include <vector>

#include "privacy/access.hpp"
#include "privacy/checkpoint.hpp"

namespace chatika::privacy {

// Any number of transactions of the same tenant, so that chat does not wait for a long one. Exporting is
// itself audited, once.
class AuditExport {
 public:
  AuditExport(TenantId tenant, const crypto::PublicKey& key) : tenant_(tenant), key_(key) {}
  // Some lines more; false when it was the last.
  bool step(Access& access, const std::function<void(std::string_view)>& line);

 private:
  TenantId tenant_;
  crypto::PublicKey key_;
  std::vector<std::int64_t> lanes_;
  std::size_t at_ = 0;
  // From before the first number: a row that stands there is none of the chain, and whoever checks the export must see it.
  static constexpr auto kBeforeAll = std::numeric_limits<std::int64_t>::min();
  std::int64_t seq_ = kBeforeAll;
  bool started_ = false;
};

}  // namespace chatika::privacy
