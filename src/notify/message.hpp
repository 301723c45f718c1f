// A mail as RFC 5322 text. GMime's only place.
//
// Refuses: to let anything but its own lines into the header (control characters become spaces).
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "notify/templates.hpp"

namespace chatika::notify {

struct Attachment {
  std::string file_name;
  std::string content_type;  // "application/pdf"
  std::string bytes;
};

struct Message {
  std::string from_name;
  std::string from;  // both addresses have passed is_address
  std::string to;
  std::string id;  // Message-ID without its brackets; the same at every attempt
  Time date;
  Rendered content;
  std::vector<Attachment> attachments;
};

// text/plain and text/html as alternatives, attachments beside them; UTF-8; lines end in CRLF.
std::string compose(const Message& message);

}  // namespace chatika::notify
