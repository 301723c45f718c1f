// The assistant: takes a visitor's message, stores it, decides, acts and stores the reply, all in the
// caller's transaction.
//
// Refuses: to answer what the articles do not say, to book without the visitor's own yes, to talk while a
// human has the conversation, to discuss symptoms at a clinic without the health consent.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "assistant/model.hpp"
#include "assistant/understand.hpp"
#include "knowledge/articles.hpp"
#include "privacy/access.hpp"

namespace chatika::assistant {

// What every turn of a tenant reads: the search index and the offerings, kept between turns. Thread-safe.
class Snapshots {
 public:
  struct Snapshot {
    std::shared_ptr<const knowledge::Index> index;
    std::shared_ptr<const Offerings> offerings;
  };
  Snapshot get(privacy::Access& access);
  std::shared_ptr<const knowledge::Index> index(privacy::Access& access) { return library_.index(access); }

 private:
  knowledge::Library library_;
  std::mutex mutex_;
  std::unordered_map<TenantId, std::shared_ptr<const Offerings>> offerings_;
};

// The first message of a conversation, in its language.
Result<inbox::Message> greet(privacy::Access& access, inbox::Thread& thread, const Business& business);

// One turn. The text has been cleaned and is within limits. Errc::not_found for a conversation that is not
// the visitor's.
Result<TurnResult> take_turn(privacy::Access& access, const Snapshots::Snapshot& snapshot,
                             const Business& business, const Turn& turn);

}  // namespace chatika::assistant
