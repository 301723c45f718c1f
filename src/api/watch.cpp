#include "api/watch.hpp"

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
  while (!stop.stop_requested()) {
    if (entries_.empty()) {
      wake_.wait(lock, stop, [this] { return !entries_.empty(); });
      continue;
    }
    const auto due = entries_.front().due;
    if (std::chrono::steady_clock::now() < due) {
      wake_.wait_until(lock, stop, due, [] { return false; });
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
