// SQL of the jobs room; nobody else includes it.
#pragma once

#include "jobs/jobs.hpp"

namespace chatika::jobs::store {

struct NewRow {
  JobId id;
  std::string_view kind;
  std::optional<std::string_view> key;
  std::string_view payload;
  Time run_at;
  std::optional<Time> set_at;
  int max_attempts;
  Time created_at;
};
// False when a live job of this kind and key stands.
bool insert(db::Tx& tx, const NewRow& row);

struct Live {
  JobId id;
  State state;
  Time run_at;
  std::optional<Time> rerun_at;
};
std::optional<Live> live(db::Tx& tx, std::string_view kind, std::string_view key);
void set_run_at(db::Tx& tx, JobId id, Time run_at, std::optional<Time> set_at);
void set_rerun_at(db::Tx& tx, JobId id, Time rerun_at);
void drop_waiting(db::Tx& tx, std::string_view kind, std::string_view key);

// Moves what was set after `limit` so that it counts from `now`.
void move_back(db::Tx& tx, Time limit, Time now);
void expire_leases(db::Tx& tx, Time until, Time now);
std::vector<Job> due(db::Tx& tx, std::string_view kind, Time now, std::size_t limit);
std::optional<Time> earliest(db::Tx& tx, std::string_view kind);
std::optional<Time> earliest_lease(db::Tx& tx);
bool lease(db::Tx& tx, JobId id, Time until, Time now);

// Whether the lease of this number is held; if so, the job is locked until the commit.
bool hold(db::Tx& tx, JobId id, std::int64_t lease);
std::optional<Time> rerun_at(db::Tx& tx, JobId id);
void set_done(db::Tx& tx, JobId id, Time now);
void set_dead(db::Tx& tx, JobId id, std::string_view error, Time now);
// Back to waiting; `attempts` as given.
void set_waiting(db::Tx& tx, JobId id, Time run_at, std::optional<Time> set_at, int attempts,
                 std::string_view error);

void delete_done(db::Tx& tx, Time before);

std::vector<Record> list(db::Tx& tx, const Page& page);
std::optional<Record> find(db::Tx& tx, JobId id);
// False when a live job has its key.
bool revive(db::Tx& tx, JobId id, Time now);
std::int64_t count(db::Tx& tx, State state);

}  // namespace chatika::jobs::store
