#include "api/watch.hpp"

#include <algorithm>

namespace chatika::api {

Watch::~Watch() {
  thread_.request_stop();
  wake_.notify_all();
}

void Watch::expect_hello(const std::shared_ptr<Link>& link) {
  {
    const std::lock_guard lock(mutex_);
    entries_.push_back({std::chrono::steady_clock::now() + kHello, link});
  }
  wake_.notify_one();
}

void Watch::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  auto minute = std::chrono::steady_clock::now() + kMinute;
  while (!stop.stop_requested()) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= minute) {
      minute = now + kMinute;
      lock.unlock();
      each_minute_();
      lock.lock();
      continue;
    }
    if (entries_.empty()) {
      wake_.wait_until(lock, stop, minute, [this] { return !entries_.empty(); });
      continue;
    }
    const auto due = entries_.front().due;
    if (now < due) {
      wake_.wait_until(lock, stop, std::min(due, minute), [] { return false; });
      continue;
    }
    const auto link = entries_.front().link.lock();
    entries_.pop_front();
    if (!link) continue;
    lock.unlock();
    bool silent = false;
    {
      const std::lock_guard guard(link->mutex);
      silent = !link->greeted && !link->closed;
    }
    if (silent) link->socket->close(1008, "no hello");
    lock.lock();
  }
}

}  // namespace chatika::api
