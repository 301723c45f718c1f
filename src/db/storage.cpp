// Which engine an installation has.
#include "db/engine.hpp"
#include "db/executor.hpp"

namespace chatika::db {

Result<std::unique_ptr<Storage>> Storage::open(const Config& config) {
  if (!config.postgres_url.empty()) return fail(Errc::unavailable, "PostgreSQL is not part of this build");
  auto engine = TRY(open_sqlite(config.data_dir));
  return make_executor(std::move(engine), config.threads);
}

}  // namespace chatika::db
