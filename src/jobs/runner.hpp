// How the runner works one tenant's jobs, as steps of operations. Decisions only: threads, timers and tenants
// are the shell's (src/api/background.cpp).
//
// A job is leased in one operation (which counts the attempt, so that even a job that kills the process has
// bounded attempts) and settled in another; settling checks the lease's number first, so that of two runners
// that hold the same job one takes effect.
#pragma once

#include "jobs/jobs.hpp"

namespace chatika::jobs {

struct Room {
  std::size_t inside = 4;   // jobs of each kind at most
  std::size_t outside = 0;  // jobs of all outside kinds together at most
};

struct Claimed {
  std::vector<Job> inside;
  std::vector<Job> outside;
  std::optional<Time> next;    // when to claim again; absent: nothing waits
  bool outside_waits = false;  // due jobs were left for want of room outside
};

// Leases what is due. Expired leases are freed first; what a clock that jumped back left in the future is
// moved along.
Claimed claim(privacy::Access& access, const Handlers& handlers, const Room& room);

// After a crash of the only process that works this tenant (SQLite): its leases are free at once.
void release_all(privacy::Access& access);
// Adds the recurring jobs that are not there, drops done jobs that are old.
void tidy(privacy::Access& access, const Handlers& handlers);

// Runs an inside job and settles it. Errc::conflict: the lease is lost, nothing happened.
Result<void> run(privacy::Access& access, const Handlers& handlers, const Job& job);
// Runs the first half of an outside job; without an Act it is settled already.
Result<std::optional<Act>> prepare(privacy::Access& access, const Handlers& handlers, const Job& job);
// The second half.
Result<void> finish(privacy::Access& access, const Job& job, Finish& finish);
// After any of the three failed, in an operation of its own: the job waits again or is dead. Does nothing
// when the lease is lost.
void failed(privacy::Access& access, const Job& job, std::string_view code);

// Backoff before the attempt after `attempt`, with a jitter of ±20 % drawn from the id.
Micros backoff(int attempt, const JobId& id);

}  // namespace chatika::jobs
