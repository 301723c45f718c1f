// Files that travel inside the program: the widget, the panel, the demo sites.
#include <array>

#include "api/assets.hpp"
#include "api/server.hpp"

namespace chatika::api {
namespace {

constexpr std::string_view kSitePolicy =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// Nothing but this server's own script and style sheet; a download is a blob of the page.
constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

bool is_hashed(std::string_view path) {
  return path.starts_with("/panel/assets/") || path.starts_with("/widget-app-");
}
bool is_widget(std::string_view path) {
  return path.starts_with("/widget");
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (std::size_t at = 0;;) {
    const auto found = text.find(what, at);
    out += text.substr(at, found - at);
    if (found == std::string_view::npos) return out;
    out += by;
    at = found + what.size();
  }
}

std::string new_nonce() {
  std::array<std::uint8_t, 16> bytes;
  crypto::random_bytes(bytes);
  return crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

http::Response html(std::string body, std::string policy) {
  http::Response response{
      .status = 200,
      .headers = {{"content-type", "text/html; charset=utf-8"}, {"cache-control", "no-store"}},
      .body = std::move(body),
      .static_body = {}};
  response.headers.emplace_back("content-security-policy", std::move(policy));
  return response;
}

// A style nonce of its own for every answer; scripts only from here.
http::Response panel_page(const Asset& asset) {
  const auto nonce = new_nonce();
  return html(replaced(asset.plain, "__CSP_NONCE__", nonce),
              "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
                  "'; img-src 'self' data:; font-src 'self'; media-src 'self' data:; connect-src 'self'; "
                  "manifest-src 'self'; base-uri 'none'; "
                  "form-action 'self'; frame-ancestors 'none'");
}

http::Response redirect(std::string to) {
  return {.status = 302,
          .headers = {{"location", std::move(to)}, {"cache-control", "no-store"}},
          .body = {},
          .static_body = {}};
}

http::Response file(const Asset& asset, const http::Request& request) {
  const bool packed =
      !asset.gzip.empty() && request.header("accept-encoding").find("gzip") != std::string_view::npos;
  const auto etag = packed ? asset.gzip_etag : asset.etag;
  http::Response response{
      .status = 200, .headers = {{"etag", std::string(etag)}}, .body = {}, .static_body = {}};
  response.headers.emplace_back(
      "cache-control", is_hashed(asset.path) ? "public, max-age=31536000, immutable" : "public, max-age=300");
  response.headers.emplace_back("vary", "Accept-Encoding");
  response.headers.emplace_back("content-security-policy", kSitePolicy);
  if (is_widget(asset.path)) {  // loaded by the customers' pages
    response.headers.emplace_back("access-control-allow-origin", "*");
    response.headers.emplace_back("cross-origin-resource-policy", "cross-origin");
  }
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  response.headers.emplace_back("content-type", std::string(asset.content_type));
  if (packed) response.headers.emplace_back("content-encoding", "gzip");
  response.static_body = packed ? asset.gzip : asset.plain;
  return response;
}

// The form of a business, the page of a request, withdrawal by link, what a recipient acknowledges: one shell, whose script looks at the address. A
// private page's key and token stand in the fragment, which never comes here.
bool is_public_page(std::string_view path) {
  if (path == "/privacy/request" || path == "/privacy/withdraw") return true;
  constexpr std::string_view kRecipients = "/recipients/";
  if (path.starts_with(kRecipients)) {
    const auto key = path.substr(kRecipients.size());
    return !key.empty() && key.find('/') == std::string_view::npos;
  }
  constexpr std::string_view kBefore = "/privacy/";
  constexpr std::string_view kAfter = "/request";
  if (!path.ends_with(kAfter) || path.size() <= kBefore.size() + kAfter.size()) return false;
  return path.substr(kBefore.size(), path.size() - kBefore.size() - kAfter.size()).find('/') == std::string_view::npos;
}

std::optional<http::Response> demo_site(const App& app, std::string_view path, const http::Request& request) {
  const auto slug = path.substr(6, path.find('/', 6) - 6);  // after "/demo/"
  const auto rest = path.substr(6 + slug.size());
  if (rest.empty()) return redirect(std::string(path) + "/");
  const auto* asset = find_asset(rest == "/" ? std::string(path) + "index.html" : std::string(path));
  if (asset == nullptr) return std::nullopt;
  if (!asset->path.ends_with("/index.html")) return file(*asset, request);
  const auto* tenant = app.tenants.by_slug(slug);
  return html(replaced(asset->plain, "{{PUBLIC_KEY}}", tenant == nullptr ? "" : tenant->public_key),
              std::string(kSitePolicy));
}

}  // namespace

std::optional<http::Response> page(const App& app, const http::Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with("/privacy/") || path.starts_with("/recipients/")) {
    if (!is_public_page(path)) {
      const auto* asset = path.starts_with("/privacy/assets/") ? find_asset(path) : nullptr;
      return asset == nullptr ? std::nullopt : std::optional(file(*asset, request));
    }
    const auto* shell = find_asset("/privacy/assets/page.html");
    return shell == nullptr ? std::nullopt : std::optional(html(std::string(shell->plain), std::string(kPagePolicy)));
  }
  if (path == "/panel") return redirect("/panel/");
  if (path.starts_with("/panel/")) {
    const auto* asset = find_asset(path);
    if (asset != nullptr && !path.ends_with(".html")) return file(*asset, request);
    if (path.starts_with("/panel/assets/")) return std::nullopt;
    const auto* index = find_asset("/panel/index.html");  // the panel routes its own addresses
    return index == nullptr ? std::nullopt : std::optional(panel_page(*index));
  }
  if (path == "/") {
    const auto* start = app.settings.demo ? find_asset("/demo/index.html") : nullptr;
    return start == nullptr ? redirect("/panel/") : html(std::string(start->plain), std::string(kSitePolicy));
  }
  if (path == "/demo.css") {
    const auto* css = find_asset("/demo/demo.css");
    return app.settings.demo && css != nullptr ? std::optional(file(*css, request)) : std::nullopt;
  }
  if (path.starts_with("/demo/")) return app.settings.demo ? demo_site(app, path, request) : std::nullopt;
  const auto* asset = find_asset(path);
  return asset == nullptr ? std::nullopt : std::optional(file(*asset, request));
}

}  // namespace chatika::api
