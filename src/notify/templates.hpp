// What the mails say, in Russian and English.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "notify/notify.hpp"

namespace chatika::notify {

// The purpose its address is opened for.
privacy::Purpose purpose_of(Template what);

// Parameters in `{…}`; a paragraph that starts with '?' is left out when one of its parameters is absent.
// `link` alone becomes a link.
struct Wording {
  std::string_view subject;
  std::vector<std::string_view> paragraphs;
};
Wording wording(Template what, std::string_view language);

// Names of the parameters a template must have, and may have.
struct Needs {
  std::set<std::string> required;
  std::set<std::string> optional;
};
Needs needs(Template what);

// The business in whose name it is sent, in the mail's language.
struct Business {
  std::string name;
  std::string contact;  // phone or address; may be empty
};

struct Rendered {
  std::string subject;
  std::string text;  // lines end in \n
  std::string html;  // a whole document; parameters are escaped
};
Rendered render(Template what, std::string_view language, const Params& params, const Business& business);

}  // namespace chatika::notify
