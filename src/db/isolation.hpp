// How tenants are kept apart in an installation, looked at now: for `chatika prove`. Start-up refuses on
// PostgreSQL what is found here; but what was granted or altered since is found only by looking again.
#pragma once

#include <string>
#include <vector>

namespace chatika::db {

struct Isolation {
  std::string how;                  // "33 tables with forced row-level security, …"
  std::vector<std::string> faults;  // empty: none found
};

// The files of DATA/tenants: a regular file each, for the program's user alone.
Isolation sqlite_isolation(const std::string& data_dir);
// The catalog, as the application's role sees it. Throws DbError when the server is away.
Isolation postgres_isolation(const std::string& url);

}  // namespace chatika::db
