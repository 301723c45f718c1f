// Signing in and out, and who a session is. Passwords are checked on a thread of their own: bcrypt takes 0.2
// s.
//
// Refuses: guessing (buckets per address and per account and address), telling whether an account exists (an
// unknown address costs the same bcrypt), acting after sign-out or expiry.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "accounts/model.hpp"
#include "accounts/tenants.hpp"
#include "base/rate_limiter.hpp"

namespace chatika::accounts {

// What the cookie holds: the tenant selects a database, only the token's hash found there opens it.
struct SessionRef {
  TenantId tenant;
  crypto::Hash token_hash;
};
std::string cookie_value(TenantId tenant, std::string_view token);
Result<SessionRef> parse_cookie(std::string_view value);
// Derived from the session's secret, so that only who holds the cookie's page can know it.
std::string csrf_token(std::string_view cookie_value);

struct SignedIn {
  TenantId tenant;
  std::string cookie;  // value of the session cookie
};

class SignIn {
 public:
  explicit SignIn(Tenants& tenants);
  // Waits for look-ups in the storage and the password being checked, answers the queue with
  // Errc::unavailable.
  ~SignIn();

  // `done` is called once, from a thread of this class or of the storage. Errc::unauthenticated for any wrong
  // pair alike, Errc::too_many with retry_after_s.
  void sign_in(std::string email, std::string password, std::string peer,
               std::move_only_function<void(Result<SignedIn>)> done);

 private:
  struct Attempt {
    TenantId tenant;
    EmployeeId employee;
    std::string account;  // bucket key
    std::string password;
    std::string hash;
    bool known = false;
    std::move_only_function<void(Result<SignedIn>)> done;
  };
  void look_up(std::shared_ptr<Attempt> attempt, std::string index);
  void find_hash(const std::shared_ptr<Attempt>& attempt);
  void looked_up(const std::shared_ptr<Attempt>& attempt, Result<void> result);
  void enqueue(std::shared_ptr<Attempt> attempt);
  void work();
  void verify(const std::shared_ptr<Attempt>& attempt);
  void start_session(const std::shared_ptr<Attempt>& attempt);

  static constexpr std::size_t kQueue = 32;  // about six seconds of bcrypt; more are told to come back
  Tenants& tenants_;
  RateLimiter by_address_{30, 20};
  RateLimiter by_account_and_address_{6, 6};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Attempt>> queue_;
  std::size_t looking_up_ = 0;  // attempts whose look-up will come back to this object
  bool stopping_ = false;
  std::thread thread_;
};

// Who the session is, inside a transaction. Errc::unauthenticated when unknown, expired or idle too long.
// Keeps seen_at.
Identify identify_session(const crypto::Hash& token_hash);
// The same for what the server itself asks about a session: that is no use of it.
Identify look_at_session(const crypto::Hash& token_hash);
// When the session or its employee's access ends, whichever is first, were the session used all the time.
Time session_ends(db::Tx& tx, const crypto::Hash& token_hash);
// The same, saying in the audit where the act came from.
Identify seen_from(std::string from, Identify identify);
void sign_out(db::Tx& tx, const crypto::Hash& token_hash);

// Least length 8 (NIST SP 800-63B 3.1.1.2); the caller reports the pointer.
struct NewEmployee {
  std::string name;
  std::string email;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;
};
Result<EmployeeId> add_employee(Tenants& tenants, TenantId tenant, const NewEmployee& employee,
                                std::string_view password);
// From the employee's next request on. Errc::not_found for an unknown one.
Result<void> appoint_officer(privacy::Access& access, EmployeeId id, bool officer);
// Nobody decides on their own access or office while another lasting owner could. Errc::conflict.
Result<void> check_not_oneself(privacy::Access& access, EmployeeId id);
// Role and term hold from the employee's next request on; a term that is over lets them do nothing but ask for another
// (organisation/clearance.hpp). Errc::conflict when no lasting owner would be left.
Result<void> set_access(privacy::Access& access, EmployeeId id, privacy::Role role, std::optional<Time> until);
// Ends the employee's sessions; no sign-in until enabled again. Returns the sessions, whose sockets the caller closes.
// Errc::conflict for oneself and for the last owner.
Result<std::vector<crypto::Hash>> disable(privacy::Access& access, EmployeeId id);
Result<void> enable(privacy::Access& access, EmployeeId id);
// After an erasure: the keyed image of the employee's address goes from the control database. Idempotent; waits, never on a
// pool thread.
Result<void> forget_login(Tenants& tenants, TenantId tenant, EmployeeId id);
// In order of their coming. Names that may not be read any more are "".
Result<std::vector<Employee>> employees(privacy::Access& access);
// Name and role of the acting employee.
Result<Employee> current_employee(privacy::Access& access);
Result<Employee> employee(privacy::Access& access, EmployeeId id);

}  // namespace chatika::accounts
