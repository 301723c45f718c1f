// Which engine an installation has.
#include "db/engine.hpp"
#include "db/executor.hpp"

namespace chatika::db {

Result<std::unique_ptr<Storage>> Storage::open(const Config& config) {
  auto engine = TRY(config.postgres_url.empty() ? open_sqlite(config.data_dir)
                                                : open_postgres(config.postgres_url, config.postgres_owner_url));
  return make_executor(std::move(engine), config.threads, config.postgres_url.empty() ? 0 : config.node);
}

}  // namespace chatika::db
