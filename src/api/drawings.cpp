#include "api/drawings.hpp"

#include <algorithm>
#include <exception>

namespace chatika::api {

Drawings::Drawings(Draw draw)
    : draw_(draw ? std::move(draw)
                 : [](const Drawing& d,
                      const std::stop_token& stop) { return document::to_pdf(d.document, d.options, stop); }),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Drawings::~Drawings() {
  thread_.request_stop();
  thread_.join();
  for (auto& waiting : queue_) waiting.done(fail(Errc::unavailable, "stopping"));
}

void Drawings::draw(TenantId tenant, Drawing drawing, Done done) {
  if (auto fits = document::drawable(drawing.document); !fits) return done(fail(std::move(fits).error()));
  {
    const std::lock_guard lock(mutex_);
    const auto own = static_cast<std::size_t>(std::ranges::count(queue_, tenant, &Waiting::tenant));
    if (queue_.size() < kQueue && own < kOfTenant) {
      queue_.push_back({tenant, std::move(drawing), std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  done(fail(Error{.code = Errc::too_many,
                  .cause = "drawings wait already",
                  .fields = {{"", "pdf_busy"}},
                  .retry_after_s = kRetryAfterS}));
}

void Drawings::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stop, [this] { return !queue_.empty(); }) && !stop.stop_requested()) {
    auto next = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    auto drawn = [&]() -> Result<std::string> {
      try {
        return draw_(next.drawing, stop);
      } catch (const std::exception& e) {
        return fail(Errc::internal, std::string("drawing: ") + e.what());
      }
    }();
    next.done(std::move(drawn));
    lock.lock();
  }
}

}  // namespace chatika::api
