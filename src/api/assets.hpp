// The files that travel inside the program: widget, panel, demo sites, and the seed of the demo. Made by
// cmake/Assets.cmake at build time; everything here lives as long as the program and is read from any thread.
#pragma once

#include <span>
#include <string_view>

namespace chatika::api {

struct Asset {
  std::string_view path;  // as in the URL: "/widget.js", "/panel/index.html", "/demo/clinic/index.html"
  std::string_view content_type;  // with charset where it is text
  std::string_view etag;          // strong, quoted, of the plain bytes
  std::string_view plain;
  std::string_view gzip;       // empty where packing does not pay (pictures, fonts)
  std::string_view gzip_etag;  // packed bytes are another representation: theirs differs (RFC 9110, 8.8.1)
};

// The asset to serve at a path, or nullptr. Never the seed: it holds the demo's passwords.
const Asset* find_asset(std::string_view path);

// A file of the demo's seed, "/seed/clinic/tenant.json" or "/seed/clinic/articles/ru/…"; for `serve --demo`
// only.
const Asset* find_seed(std::string_view path);

// All of them, the seed too, sorted by path.
std::span<const Asset> all_assets();

}  // namespace chatika::api
