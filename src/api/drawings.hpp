// PDFs are drawn here and nowhere else in the server: after the commit, on one thread of its own, in the
// order of their coming. An operation yields the document, plain values; a business's queue goes on
// meanwhile.
//
// Refuses: a document that would take too long (Errc::too_large, at once), more than kQueue that wait, and
// more than kOfTenant of one business, which must not take the others' places (Errc::too_many).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/id.hpp"
#include "document/pdf.hpp"

namespace chatika::api {

struct Drawing {
  document::Document document;
  document::PdfOptions options;
};

class Drawings {
 public:
  using Draw = std::function<Result<std::string>(const Drawing&, const std::stop_token&)>;
  using Done = std::move_only_function<void(Result<std::string>)>;
  static constexpr std::size_t kQueue = 8;  // besides the one being drawn
  static constexpr std::size_t kOfTenant = 4;
  static constexpr int kRetryAfterS = 5;

  // `draw` is document::to_pdf but in tests.
  explicit Drawings(Draw draw = {});
  // Abandons the one being drawn and answers all that wait with Errc::unavailable.
  ~Drawings();
  Drawings(const Drawings&) = delete;

  // `done` is called once: now when it is refused, else on the drawing thread.
  void draw(TenantId tenant, Drawing drawing, Done done);

 private:
  struct Waiting {
    TenantId tenant;
    Drawing drawing;
    Done done;
  };
  void run(const std::stop_token& stop);

  Draw draw_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Waiting> queue_;
  std::jthread thread_;
};

}  // namespace chatika::api
