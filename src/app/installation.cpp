#include "app/installation.hpp"

#include "crypto/crypto.hpp"
#include "privacy/calendar_store.hpp"

namespace chatika::app {

Result<std::unique_ptr<Installation>> Installation::open(const Config& config) {
  std::unique_ptr<Installation> out(new Installation);
  out->evidence_dir_ = config.evidence_dir();
  out->storage_ = TRY(db::Storage::open({.data_dir = config.data_dir,
                                         .postgres_url = config.postgres_url,
                                         .postgres_owner_url = config.postgres_owner_url,
                                         .threads = config.threads,
                                         .node = config.node}));
  const auto key_file =
      config.master_key_file.empty() ? config.keys_dir() + "/master.key" : config.master_key_file;
  const bool sealed = TRY(accounts::Tenants::is_sealed(*out->storage_));
  auto master = TRY(sealed ? crypto::load_master_key(key_file) : crypto::load_or_create_master_key(key_file));
  out->tenants_ = TRY(accounts::Tenants::open(*out->storage_, std::move(master), out->clock_, config.ledger_dir()));
  CHECK(privacy::refresh_calendars(*out->storage_));
  return out;
}

Installation::~Installation() {
  if (storage_) storage_->stop();
}

}  // namespace chatika::app
