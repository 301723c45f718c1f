#include "notify/smtp.hpp"

#include <curl/curl.h>

#include <cstring>
#include <mutex>
#include <stdexcept>

namespace chatika::notify {
namespace {

struct Source {
  std::string_view rest;
};

std::size_t read_message(char* to, std::size_t size, std::size_t count, void* context) {
  auto& source = *static_cast<Source*>(context);
  const auto bytes = std::min(size * count, source.rest.size());
  std::memcpy(to, source.rest.data(), bytes);
  source.rest.remove_prefix(bytes);
  return bytes;
}

int stop_when_told(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(context)->load() ? 1 : 0;
}

// Replies about us, not about the message (RFC 4954 6, RFC 3207 4): another day it may work.
bool is_about_sign_in(int code) {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

// `handed_over`: the whole message was sent, so the reply is about it.
Reply::Kind kind_of(CURLcode result, int code, bool handed_over) {
  switch (result) {
    case CURLE_OK:
      return Reply::Kind::accepted;
    case CURLE_ABORTED_BY_CALLBACK:
      return Reply::Kind::stopped;
    case CURLE_OPERATION_TIMEDOUT:
      return Reply::Kind::timed_out;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
      return Reply::Kind::untrusted;
    case CURLE_LOGIN_DENIED:
      return Reply::Kind::deferred;
    case CURLE_WEIRD_SERVER_REPLY:  // the message was answered with no, or the greeting was one
      if (!handed_over) break;
      [[fallthrough]];
    case CURLE_SEND_ERROR:  // MAIL, RCPT or DATA was
      if (code >= 500 && code < 600 && !is_about_sign_in(code)) return Reply::Kind::refused;
      break;
    default:
      break;
  }
  return code >= 400 && code < 600 ? Reply::Kind::deferred : Reply::Kind::unreachable;
}

class Smtp final : public Transport {
 public:
  explicit Smtp(SmtpConfig config) : config_(std::move(config)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  }

  Reply send(const std::string& from, const std::string& to, const std::string& message) override {
    const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle) throw std::runtime_error("curl");
    CURL* curl = handle.get();
    set_server(curl);
    Source source{message};
    const std::string from_path = "<" + from + ">";
    const std::string to_path = "<" + to + ">";
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(
        curl_slist_append(nullptr, to_path.c_str()), curl_slist_free_all);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from_path.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, &source);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
    const auto result = curl_easy_perform(curl);
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return {kind_of(result, static_cast<int>(code), source.rest.empty()), static_cast<int>(code)};
  }

  void hurry() override { stop_ = true; }

 private:
  void set_server(CURL* curl) {
    using enum SmtpConfig::Security;
    const auto scheme = config_.security == tls ? "smtps://" : "smtp://";
    const auto host = config_.host.contains(':') ? "[" + config_.host + "]" : config_.host;
    const auto url = scheme + host + ":" + std::to_string(config_.port) + "/" + config_.hello;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(config_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(config_.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(config_.security == plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!config_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, config_.ca_file.c_str());
    if (!config_.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, config_.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, config_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_when_told);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop_);
  }

  const SmtpConfig config_;
  std::atomic<bool> stop_ = false;
};

}  // namespace

std::unique_ptr<Transport> smtp_transport(SmtpConfig config) {
  return std::make_unique<Smtp>(std::move(config));
}

}  // namespace chatika::notify
