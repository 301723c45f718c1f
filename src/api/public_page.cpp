#include "api/public_page.hpp"

#include "document/document.hpp"

namespace chatika::api {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

constexpr std::string_view kStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1d2125; --soft: #59636e; --line: #d9dee3; --tint: #f4f6f8; --link: #0b5fa5;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #15191d; --ink: #e6e9ec; --soft: #a3adb7; --line: #343b42; --tint: #1e2429; --link: #7db8ea; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "PT Sans", sans-serif; overflow-wrap: break-word;
}
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, .table:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px;
}
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header {
  display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  padding-top: 1.25rem; color: var(--soft); font-size: .9375rem;
}
header p { margin: 0; }
header nav a { display: inline-block; padding: .25rem .5rem; }
header nav a[aria-current] { color: var(--ink); text-decoration: none; font-weight: 600; }
h1 { font-size: clamp(1.5rem, 4.5vw + .5rem, 2.125rem); line-height: 1.2; letter-spacing: -.01em; margin: 1.75rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.0625rem; line-height: 1.35; margin: 1.5rem 0 .5rem; }
p { margin: .6rem 0; }
.note { color: var(--soft); font-size: .9375rem; }
.centre { text-align: center; }
.right { margin-left: 50%; }
ul, ol { padding-left: 1.4rem; margin: .6rem 0; }
li { margin: .3rem 0; }
dl { margin: .75rem 0; border-top: 1px solid var(--line); }
dl div { display: grid; grid-template-columns: minmax(9rem, 1fr) 2fr; gap: .25rem 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; }
.table { overflow-x: auto; margin: .75rem -1.25rem; padding: 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.45; }
th, td { text-align: left; vertical-align: top; padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); min-width: 7rem; }
th { color: var(--soft); font-weight: 600; }
.signature { display: flex; gap: 1rem; align-items: end; margin: 2rem 0; }
.signature .line { flex: 1; border-bottom: 1px solid var(--ink); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 2rem 0 0; }
.actions a, button {
  display: inline-block; padding: .7rem 1.1rem; border-radius: .6rem; border: 1px solid var(--line);
  background: var(--tint); color: var(--ink); text-decoration: none; font: inherit; min-height: 2.75rem; cursor: pointer;
}
.actions a:hover, button:hover { border-color: var(--link); }
footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
@media screen and (max-width: 34rem) {
  dl div { grid-template-columns: 1fr; gap: 0; }
  .right { margin-left: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; min-width: 0; }
  tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: .2rem 0; }
  td:first-child { font-weight: 600; }
  td:not(:first-child)::before { content: attr(data-label); display: block; color: var(--soft); font-size: .8125rem; }
}
@media print {
  header nav, .actions { display: none; }
  body { font-size: 10.5pt; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; }
}
)css";

std::string link(const PageLink& l) {
  return "<a href=\"" + document::escape_html(l.href) + "\"" + (l.here ? " aria-current=\"page\"" : "") +
         ">" + document::escape_html(l.text) + "</a>";
}

}  // namespace

std::string_view public_style() {
  return kStyle;
}

http::Response public_page(const PublicPage& page, int status) {
  const bool en = page.language == "en";
  std::string out = "<!doctype html>\n<html lang=\"";
  out += en ? "en" : "ru";
  out +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n<title>";
  out += document::escape_html(page.title);
  out += "</title>\n<link rel=\"stylesheet\" href=\"";
  out += kPublicStylePath;
  out += "\">\n</head>\n<body>\n<header>\n<p>" + document::escape_html(page.owner) + "</p>\n";
  if (!page.languages.empty()) {
    out += std::string("<nav aria-label=\"") + (en ? "Language" : "Язык") + "\">";
    for (const auto& l : page.languages) out += link(l);
    out += "</nav>\n";
  }
  out += "</header>\n<main>\n" + page.body;
  if (!page.links.empty()) {
    out += "<p class=\"actions\">";
    for (const auto& l : page.links) out += link(l) + " ";
    out += "</p>\n";
  }
  out += "</main>\n";
  if (!page.foot.empty()) out += "<footer><p>" + document::escape_html(page.foot) + "</p></footer>\n";
  out += "</body>\n</html>\n";
  http::Response response{.status = status,
                          .headers = {{"content-type", "text/html; charset=utf-8"},
                                      {"cache-control", "no-store"},
                                      {"referrer-policy", "no-referrer"}},
                          .body = std::move(out),
                          .static_body = {}};
  response.headers.emplace_back("content-security-policy", kPolicy);
  return response;
}

}  // namespace chatika::api
