#include <sys/stat.h>

#include <filesystem>

#include "db/isolation.hpp"

namespace chatika::db {

Isolation sqlite_isolation(const std::string& data_dir) {
  Isolation out;
  std::size_t files = 0;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir + "/tenants", failed)) {
    const auto name = entry.path().filename().string();
    struct stat about{};
    if (::lstat(entry.path().c_str(), &about) != 0) continue;  // a log that went meanwhile
    if (!S_ISREG(about.st_mode)) out.faults.push_back("not a file of its own: " + name);
    if ((about.st_mode & 077U) != 0) out.faults.push_back("others may read or write: " + name);
    if (about.st_nlink > 1 && !name.ends_with(".new"))
      out.faults.push_back("a file under two names: " + name);
    if (entry.path().extension() == ".sqlite") ++files;
  }
  if (failed) out.faults.emplace_back("the tenants' directory cannot be read");
  out.how = std::to_string(files) + " files, one a tenant, each on a connection of its own";
  return out;
}

}  // namespace chatika::db
