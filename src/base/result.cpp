#include "base/result.hpp"

namespace chatika {

std::string_view name(Errc code) {
  switch (code) {
    case Errc::invalid:
      return "invalid";
    case Errc::unauthenticated:
      return "unauthenticated";
    case Errc::forbidden:
      return "forbidden";
    case Errc::not_found:
      return "not_found";
    case Errc::conflict:
      return "conflict";
    case Errc::taken:
      return "taken";
    case Errc::too_large:
      return "too_large";
    case Errc::too_many:
      return "too_many";
    case Errc::consent_required:
      return "consent_required";
    case Errc::agreement_required:
      return "agreement_required";
    case Errc::familiarisation_required:
      return "familiarisation_required";
    case Errc::access_expired:
      return "access_expired";
    case Errc::off:
      return "off";
    case Errc::blocked:
      return "blocked";
    case Errc::gone:
      return "gone";
    case Errc::unavailable:
      return "unavailable";
    case Errc::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace chatika
