// Pages of this server that visitors read without signing in: a document with what stands around it. No
// script, no inline style, nothing from elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http.hpp"

namespace chatika::api {

struct PageLink {
  std::string href;
  std::string text;
  bool here = false;
};

struct PublicPage {
  std::string title;  // of the browser's tab
  std::string language = "ru";
  std::string owner;  // whose page it is, at its head
  std::vector<PageLink> languages;
  std::string body;  // HTML made by document::to_html or escaped by the caller
  std::vector<PageLink> links;
  std::string foot;  // one plain line
};

// The stylesheet every such page uses, and its address.
inline constexpr std::string_view kPublicStylePath = "/privacy/style.css";
std::string_view public_style();

// With a policy that allows this server's style sheet, its form and nothing else.
http::Response public_page(const PublicPage& page, int status = 200);

}  // namespace chatika::api
