#include "accounts/tenants.hpp"

#include "accounts/accounts_store.hpp"
#include "base/text.hpp"
#include "json/write.hpp"
#include "privacy/register.hpp"

namespace chatika::accounts {
namespace {

constexpr std::uint32_t kMasterKeyVersion = 1;

crypto::Place secret_place(std::string_view name) {
  return {TenantId{}, "control_secret", name, Uuid{}};
}
crypto::Place tenant_key_place(TenantId id) {
  return {id, "control_tenant", "key_box", id};
}

// The named secret of the installation, made at first start. Once made it is never replaced.
Result<crypto::Key> secret(db::Storage& storage, const crypto::Key& master, std::string_view name) {
  std::optional<std::string> box;
  const auto outcome = db::run_and_wait_control(storage, [&](db::Tx& tx) {
    box = store::secret_box(tx, name);
    if (box) return true;
    box = crypto::wrap(master, kMasterKeyVersion, secret_place(name), crypto::Key::fresh());
    store::insert_secret(tx, name, *box);
    return true;
  });
  if (outcome != db::Outcome::committed)
    return fail(Errc::unavailable, "the control database does not answer");
  auto key = crypto::unwrap(master, secret_place(name), *box);
  if (!key)
    return fail(
        key.error().code,
        "the master key is not the one this data was sealed with; put the right key file back, no other "
        "opens it");
  return key;
}

// 96 random bits: long enough that keys of other tenants are not guessed, though knowing one gives no rights.
std::string new_public_key() {
  std::array<std::uint8_t, 12> bytes;
  crypto::random_bytes(bytes);
  return "pk_" + crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

Tenants::Tenants(db::Storage& storage, crypto::Key master, crypto::Key pepper, crypto::Key login,
                 crypto::SigningKey signing, const Clock& clock, std::string ledger_dir)
    : storage_(storage),
      clock_(clock),
      ledger_dir_(std::move(ledger_dir)),
      master_(std::move(master)),
      pepper_(std::move(pepper)),
      login_(std::move(login)),
      signing_(std::move(signing)) {}

Result<bool> Tenants::is_sealed(db::Storage& storage) {
  bool sealed = false;
  const auto outcome = db::run_and_wait_control(storage, [&](db::Tx& tx) {
    sealed = store::secret_box(tx, "pepper").has_value();
    return true;
  });
  if (outcome != db::Outcome::committed)
    return fail(Errc::unavailable, "the control database does not answer");
  return sealed;
}

Result<std::unique_ptr<Tenants>> Tenants::open(db::Storage& storage, crypto::Key master, const Clock& clock,
                                               std::string ledger_dir) {
  CHECK(privacy::check_schema(storage.tenant_schema()));
  auto pepper = TRY(secret(storage, master, "pepper"));
  auto login = TRY(secret(storage, master, "login-index"));
  const auto signing = TRY(secret(storage, master, "signing"));
  std::unique_ptr<Tenants> tenants(new Tenants(storage, std::move(master), std::move(pepper),
                                               std::move(login), crypto::SigningKey::from_seed(signing),
                                               clock, std::move(ledger_dir)));
  CHECK(tenants->load());
  return tenants;
}

Result<void> Tenants::load() {
  std::vector<store::TenantRow> rows;
  const auto outcome = db::run_and_wait_control(storage_, [&](db::Tx& tx) {
    rows = store::tenants(tx);
    return true;
  });
  if (outcome != db::Outcome::committed) return fail(Errc::unavailable, "the tenants cannot be read");
  for (auto& row : rows) {
    auto key = TRY(crypto::unwrap(master_, tenant_key_place(row.id), row.key_box));
    auto profile = TRY(json::read<Profile>(row.profile));
    keep({row.id, std::move(row.slug), std::move(row.public_key), std::move(profile), row.agreement_due}, std::move(key));
  }
  return {};
}

void Tenants::keep(Tenant tenant, crypto::Key key) {
  const std::unique_lock lock(mutex_);
  const auto id = tenant.id;
  auto entry = std::make_unique<TenantEntry>(std::move(tenant), privacy::TenantKeys(id, std::move(key)));
  entry->keeper = std::make_unique<privacy::ErasureKeeper>(
      privacy::ErasureLedger(ledger_dir_.empty() ? std::string() : ledger_dir_ + "/" + to_string(id) + ".jsonl",
                             entry->keys.ledger_key()),
      [kept = entry.get()] {
        const auto& profile = kept->tenant.load()->profile;
        return privacy::ErasureKeeper::Operator{.name = profile.legal ? profile.legal->name : profile.name.ru,
                                                .address = profile.legal ? profile.legal->address : profile.address.ru,
                                                .clinic = profile.business == Business::clinic};
      });
  entry->keys.set_keeper(entry->keeper.get());
  entry->keys.set_closing(&tell_closing_);
  by_key_[entry->tenant.load()->public_key] = entry.get();
  by_id_[id] = std::move(entry);
}

Result<TenantId> Tenants::create(std::string_view slug, const Profile& profile) {
  if (by_slug(slug) != nullptr) return fail_field("/slug", "taken");  // before a file is made
  const auto id = TenantId::fresh();
  auto key = crypto::Key::fresh();
  Tenant tenant{id, std::string(slug), new_public_key(), profile, {}};
  CHECK(storage_.create_tenant(id));
  // Before anybody can find the tenant: one that a crash left without counters could store nothing, ever.
  const auto counted = db::run_and_wait(storage_, id, [](db::Tx& tx) {
    store::make_counters(tx);
    return true;
  });
  if (counted != db::Outcome::committed)
    return fail(Errc::unavailable, "the tenant's data cannot be written");
  auto refusal = db::Refusal::none;
  const auto outcome = db::run_and_wait_control(storage_, [&](db::Tx& tx) {
    refusal =
        store::insert_tenant(tx, tenant, crypto::wrap(master_, kMasterKeyVersion, tenant_key_place(id), key),
                             json::write(profile), clock_.now());
    return refusal == db::Refusal::none;
  });
  if (refusal != db::Refusal::none) return fail_field("/slug", "taken");
  if (outcome != db::Outcome::committed) return fail(Errc::unavailable, "the tenant cannot be written");
  keep(std::move(tenant), std::move(key));
  auto db = TRY(enter(privacy::Principal::system(id)));
  CHECK(db.call("tenant.create", [](privacy::Access& access) -> Result<void> {
    access.audit();
    return {};
  }));
  return id;
}

TenantEntry* Tenants::find(TenantId id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second.get();
}

void Tenants::update_profile(TenantId id, const Profile& profile, std::move_only_function<void(Result<void>)> done) {
  auto* entry = find(id);
  if (entry == nullptr) return done(fail(Errc::not_found, "no such tenant"));
  auto next = std::make_shared<Tenant>(*entry->tenant.load());
  next->profile = profile;
  auto reply = std::make_shared<std::move_only_function<void(Result<void>)>>(std::move(done));
  storage_.submit_control({.work =
                               [id, next](db::Tx& tx) {
                                 store::set_profile(tx, id, json::write(next->profile));
                                 return true;
                               },
                           .done =
                               [this, entry, next, reply](db::Outcome outcome) {
                                 if (outcome != db::Outcome::committed)
                                   return (*reply)(fail(Errc::unavailable, "the profile cannot be written"));
                                 {
                                   const std::unique_lock lock(mutex_);
                                   entry->versions.push_back(next);
                                   entry->tenant.store(next.get());
                                 }
                                 (*reply)({});
                               }});
}

Result<void> follow_ledger(TenantEntry& entry, db::Tx& tx, Time now, std::vector<privacy::Access::AfterCommit>& after) {
  entry.keys.settle();
  if (entry.keeper->followed()) return {};
  privacy::Access access(tx, entry.keys, privacy::Principal::system(entry.id), now, "privacy.erasure.finish");
  CHECK(entry.keeper->ready(access));
  access.finish();
  after = access.take_after_commit();
  return {};
}

Result<std::size_t> Tenants::replay_erasures(TenantId id) {
  auto* entry = find(id);
  if (entry == nullptr) return fail(Errc::not_found, "no such tenant");
  Result<std::size_t> result = fail(Errc::unavailable, "the tenant's data cannot be read");
  std::vector<privacy::Access::AfterCommit> after;
  const auto outcome = db::run_and_wait(storage_, id, [&](db::Tx& tx) {
    privacy::Access access(tx, entry->keys, privacy::Principal::system(id), clock_.now(), "privacy.erasure.replay");
    result = entry->keeper->replay(access);
    if (!result) return false;
    access.audit();
    access.finish();
    after = access.take_after_commit();
    return true;
  });
  if (outcome == db::Outcome::committed)
    for (auto& call : after) call();
  if (outcome != db::Outcome::committed && result) return fail(Errc::unavailable, "the tenant's data cannot be written");
  return result;
}

privacy::ErasureKeeper* Tenants::keeper(TenantId id) const {
  auto* entry = find(id);
  return entry == nullptr ? nullptr : entry->keeper.get();
}

std::vector<Tenant> Tenants::list() const {
  const std::shared_lock lock(mutex_);
  std::vector<Tenant> out;
  for (const auto& [id, entry] : by_id_) out.push_back(*entry->tenant.load());
  std::sort(out.begin(), out.end(), [](const Tenant& a, const Tenant& b) { return a.slug < b.slug; });
  return out;
}

std::vector<std::pair<TenantId, std::uint32_t>> Tenants::take_commits() {
  const std::shared_lock lock(mutex_);
  std::vector<std::pair<TenantId, std::uint32_t>> out;
  for (const auto& [id, entry] : by_id_)
    if (const auto commits = entry->commits.exchange(0); commits > 0) out.emplace_back(id, commits);
  return out;
}

const Tenant* Tenants::by_id(TenantId id) const {
  const auto* entry = find(id);
  return entry == nullptr ? nullptr : entry->tenant.load();
}

const Tenant* Tenants::by_public_key(std::string_view key) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_key_.find(std::string(key));
  return found == by_key_.end() ? nullptr : found->second->tenant.load();
}

const Tenant* Tenants::by_slug(std::string_view slug) const {
  const std::shared_lock lock(mutex_);
  for (const auto& [id, entry] : by_id_)
    if (const auto* tenant = entry->tenant.load(); tenant->slug == slug) return tenant;
  return nullptr;
}

Result<TenantDb> Tenants::enter(const privacy::Principal& who) {
  return enter(who.tenant, [who](db::Tx&, Time) -> Result<privacy::Principal> { return who; });
}

Result<TenantDb> Tenants::enter(TenantId tenant, Identify identify) {
  auto* entry = find(tenant);
  if (entry == nullptr) return fail(Errc::not_found, "no such tenant");
  return TenantDb(storage_, clock_, wake_, *entry, std::move(identify));
}

std::string Tenants::login_index(std::string_view email) const {
  const auto hash = crypto::hmac(login_, text::fold(text::clean_line(email)));
  return {reinterpret_cast<const char*>(hash.data()), 16};
}

}  // namespace chatika::accounts
