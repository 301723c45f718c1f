#include "accounts/audit_keeper.hpp"

#include <algorithm>
#include <future>

#include "json/write.hpp"
#include "privacy/audit_export.hpp"

namespace chatika::accounts {

struct LossDetail {
  std::string reason;
  std::int64_t after = 0;  // the last row that is left
};
CHATIKA_JSON(LossDetail, reason, after)

namespace {

constexpr std::chrono::seconds kLook{1};

}  // namespace

AuditKeeper::AuditKeeper(Tenants& tenants, const std::string& evidence_dir)
    : tenants_(tenants), anchor_(evidence_dir + "/checkpoints") {}

AuditKeeper::~AuditKeeper() {
  stop();
}

void AuditKeeper::start() {
  thread_ = std::thread([this] { run(); });
}

void AuditKeeper::stop() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void AuditKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kLook, [this] { return stopping_; });
    const bool last = stopping_;
    lock.unlock();
    look(last);
    lock.lock();
    if (last) return;
  }
}

void AuditKeeper::look(bool all, std::chrono::steady_clock::duration at_most) {
  const std::scoped_lock one(look_mutex_);
  const auto end = std::chrono::steady_clock::now() + at_most;
  const auto now = tenants_.clock().now();
  for (auto [tenant, commits] : tenants_.take_commits()) {
    // The commit of a checkpoint is no news, or there would be one every minute for ever.
    if (const auto own = own_.extract(tenant)) commits -= std::min(commits, own.mapped());
    if (commits == 0) continue;
    const auto place = news_.try_emplace(tenant, News{.since = now}).first;
    place->second.commits += commits;
  }
  for (auto i = news_.begin(); i != news_.end();) {
    if (all && std::chrono::steady_clock::now() >= end) {
      log::warn("audit.checkpoints_later", {{"tenants", std::distance(i, news_.end())}});
      return;
    }
    const auto& news = i->second;
    // A clock that was set back must not hold the next one for long.
    const bool due = all || news.commits >= static_cast<std::uint64_t>(privacy::kCheckpointRows) ||
                     now - news.since >= privacy::kCheckpointAge || now < news.since;
    if (!due) {
      ++i;
      continue;
    }
    const auto made = checkpoint(i->first);
    if (made) {
      ++own_[i->first];
      i = news_.erase(i);
      continue;
    }
    log::error("audit.checkpoint_failed", {{"tenant", to_string(i->first)}, {"cause", made.error().cause}});
    i->second = {.since = now};
    ++i;
  }
}

Result<std::optional<privacy::Checkpoint>> AuditKeeper::checkpoint(TenantId tenant) {
  auto db = TRY(tenants_.enter(privacy::Principal::system(tenant)));
  auto made = TRY(
      db.call("audit.checkpoint", [&](privacy::Access& access) -> Result<std::optional<privacy::Checkpoint>> {
        return privacy::checkpoint(access.tx(), access.now(), tenants_.signing_key(), true);
      }));
  // After the commit: the anchor must never vouch for what a lost transaction took with it.
  if (made) CHECK(anchor_.append(tenant, {*made}));
  return made;
}

void AuditKeeper::verify(TenantId tenant, std::function<void(Result<privacy::AuditVerdict>)> done) {
  struct Run : std::enable_shared_from_this<Run> {
    Run(AuditKeeper& k, TenantId t, std::vector<privacy::Checkpoint> anchored)
        : keeper(k), tenant(t), walk(t, k.tenants_.signing_key().public_key(), std::move(anchored)) {}
    void next() {
      auto db = keeper.tenants_.enter(privacy::Principal::system(tenant));
      if (!db) return done(fail(db.error()));
      db->submit(
          "audit.verify",
          [self = shared_from_this()](privacy::Access& access) -> Result<bool> {
            return self->walk.step(access.tx());
          },
          [self = shared_from_this()](Result<bool> more) {
            if (!more) return self->done(fail(std::move(more).error()));
            if (*more) return self->next();
            self->done(self->walk.verdict());
          });
    }
    AuditKeeper& keeper;
    TenantId tenant;
    privacy::AuditWalk walk;
    std::function<void(Result<privacy::AuditVerdict>)> done;
  };
  auto anchored = anchor_.read(tenant);
  if (!anchored) return done(fail(std::move(anchored).error()));
  const auto run = std::make_shared<Run>(*this, tenant, std::move(*anchored));
  run->done = std::move(done);
  run->next();
}

Result<privacy::AuditVerdict> AuditKeeper::verify(TenantId tenant) {
  std::promise<Result<privacy::AuditVerdict>> promise;
  auto future = promise.get_future();
  verify(tenant, [&](Result<privacy::AuditVerdict> verdict) { promise.set_value(std::move(verdict)); });
  return future.get();
}

Result<std::vector<privacy::Checkpoint>> AuditKeeper::acknowledge_loss(TenantId tenant, std::string_view reason) {
  const auto verdict = TRY(verify(tenant));
  using Kind = privacy::AuditFault::Kind;
  if (!verdict.fault) return fail(Errc::conflict, "the audit lacks nothing that was vouched for");
  if (verdict.fault->kind != Kind::tail && verdict.fault->kind != Kind::checkpoint)
    return fail(Errc::conflict, "something else is wrong with the audit: a restore does not explain it");
  const auto anchored = TRY(anchor_.read(tenant));
  auto db = TRY(tenants_.enter(privacy::Principal::system(tenant)));
  auto losses = TRY(db.call("audit.loss_acknowledged",
                            [&](privacy::Access& access) -> Result<std::vector<privacy::Checkpoint>> {
                              auto made = privacy::acknowledge_loss(access.tx(), access.now(), tenants_.signing_key(), anchored);
                              if (made.empty()) return fail(Errc::conflict, "no lane of the audit is behind its anchor");
                              privacy::append_audit(access.tx(), {.at = access.now(),
                                                                  .actor = privacy::actor(access.who()),
                                                                  .operation = "audit.loss_acknowledged",
                                                                  .detail = json::write(LossDetail{std::string(reason), made.front().seq}),
                                                                  .from = "cli"});
                              return made;
                            }));
  CHECK(anchor_.append(tenant, losses));
  (void)TRY(checkpoint(tenant));  // what came after the restore is vouched for from here on
  return losses;
}

Result<void> AuditKeeper::export_lines(TenantId tenant, const privacy::Principal& who,
                                       const std::function<void(std::string_view)>& line) {
  privacy::AuditExport out(tenant, tenants_.signing_key().public_key());
  bool more = true;
  while (more) {
    auto db = TRY(tenants_.enter(who));
    more = TRY(db.call("audit.export",
                       [&](privacy::Access& access) -> Result<bool> { return out.step(access, line); }));
  }
  return {};
}

std::string AuditKeeper::public_key() const {
  const auto& key = tenants_.signing_key().public_key();
  return crypto::hex({reinterpret_cast<const char*>(key.data()), key.size()});
}

}  // namespace chatika::accounts
