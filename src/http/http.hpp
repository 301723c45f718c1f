// HTTP as values: requests, responses, the router. No Beast, no socket, no thread here.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace chatika::http {

enum class Method {
  get,
  head,
  post,
  put,
  patch,
  del,
  options
};  // options: for CORS preflights of the widget
std::string_view name(Method method);

// What net hands up once the framing gate has let a request through.
struct Request {
  Method method = Method::get;
  std::string path;                          // percent-decoded once, always starts with '/', no "..", no NUL
  std::map<std::string, std::string> query;  // decoded; a repeated key is refused by the gate
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string peer;  // address of the socket, or of the configured proxy's client
  bool tls = false;

  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;  // "" when absent
  [[nodiscard]] std::string_view cookie(std::string_view name) const;             // "" when absent
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string_view static_body;  // instead of `body`: bytes that outlive the server (embedded assets)
};

// The reader's language by Accept-Language: "en" when preferred over Russian, else "ru".
std::string_view preferred_language(std::string_view accept_language);

// Matches a path against templates such as "/api/v1/conversations/{id}/take". Literal segments win over
// parameters.
class Router {
 public:
  struct Match {
    std::size_t route = 0;  // index given at add()
    std::map<std::string, std::string> params;
  };
  enum class Miss { no_path, no_method };

  void add(Method method, std::string_view path_template, std::size_t route);
  // For no_method, `allow` receives the methods of that path, comma separated.
  [[nodiscard]] std::expected<Match, Miss> find(Method method, std::string_view path,
                                                std::string* allow) const;

 private:
  struct Entry {
    Method method;
    std::vector<std::string> segments;
    std::size_t route;
  };
  std::vector<Entry> entries_;
};

// application/problem+json (RFC 9457) of an error, in the reader's language ("ru" or "en"). One table maps
// Errc to status and title, one maps field codes to sentences; the cause never leaves. An `invalid` body that
// cannot be read as the shape asked for (not JSON, unknown or duplicate members) is 400, one whose values
// break a rule 422; status_of alone says 422.
int status_of(Errc code);
Response problem(const Error& error, std::string_view language);
// The same shape for what HTTP itself refuses: 400, 405, 408, 413, 414, 417, 426, 431, 501, 503, 505. The
// caller adds Allow.
Response refusal(int status, std::string_view language);
// The sentence for a person: of the first broken field, else of the code.
std::string sentence(const Error& error, std::string_view language);

}  // namespace chatika::http
