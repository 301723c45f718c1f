#include "accounts/sign_in.hpp"

#include <algorithm>

#include "accounts/accounts_store.hpp"
#include "base/text.hpp"

namespace chatika::accounts {
namespace {

constexpr std::size_t kLeastPassword = 8;
constexpr std::size_t kUuidText = 36;

// In the audit of who owns the account. Six rows at once of one account, then six a minute: guessing must not flood it.
void note_failure(Tenants& tenants, RateLimiter& limiter, TenantId tenant, EmployeeId employee) {
  const auto id = SubjectId(employee);
  if (limiter.take("failed " + to_string(id), tenants.clock().now()) > 0) return;
  auto db = tenants.enter(privacy::Principal::system(tenant));
  if (!db) return;
  db->submit(
      "sign_in.failed",
      [id](privacy::Access& access) -> Result<void> {
        access.audit(id);
        return {};
      },
      [](Result<void>) {});
}

}  // namespace

std::string cookie_value(TenantId tenant, std::string_view token) {
  return to_string(tenant) + "." + std::string(token);
}

Result<SessionRef> parse_cookie(std::string_view value) {
  if (value.size() <= kUuidText + 1 || value[kUuidText] != '.') return fail(Errc::unauthenticated);
  const auto tenant = parse_uuid(value.substr(0, kUuidText));
  if (!tenant) return fail(Errc::unauthenticated);
  const auto hash = TRY(crypto::token_hash(value.substr(kUuidText + 1)));
  return SessionRef{TenantId(*tenant), hash};
}

std::string csrf_token(std::string_view cookie) {
  const auto hash = crypto::sha256("chatika csrf\n" + std::string(cookie));
  return crypto::hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

SignIn::SignIn(Tenants& tenants) : tenants_(tenants), thread_([this] { work(); }) {}

SignIn::~SignIn() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    wake_.notify_all();
    wake_.wait(lock, [this] { return looking_up_ == 0; });
  }
  thread_.join();
  for (auto& attempt : queue_) attempt->done(fail(Errc::unavailable, "stopping"));
}

void SignIn::sign_in(std::string email, std::string password, std::string peer,
                     std::move_only_function<void(Result<SignedIn>)> done) {
  auto attempt = std::make_shared<Attempt>();
  attempt->password = std::move(password);
  attempt->done = std::move(done);
  auto index = tenants_.login_index(email);
  attempt->account = index + peer;
  const auto now = tenants_.clock().now();
  // One after the other: whom the address's bucket refuses must not fill the other with names and push real
  // ones out.
  int wait = by_address_.take(peer, now);
  if (wait == 0) wait = by_account_and_address_.take(attempt->account, now);
  if (wait > 0)
    return attempt->done(
        fail(Error{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = wait}));
  look_up(std::move(attempt), std::move(index));
}

void SignIn::look_up(std::shared_ptr<Attempt> attempt, std::string index) {
  {
    const std::lock_guard lock(mutex_);
    ++looking_up_;
  }
  tenants_.storage().submit_control({.work =
                                         [attempt, index = std::move(index)](db::Tx& tx) {
                                           if (const auto login = store::find_login(tx, index)) {
                                             attempt->tenant = login->tenant;
                                             attempt->employee = login->employee;
                                             attempt->known = true;
                                           }
                                           return true;
                                         },
                                     .done =
                                         [this, attempt](db::Outcome outcome) {
                                           if (outcome != db::Outcome::committed)
                                             return looked_up(attempt,
                                                              fail(Errc::unavailable, "sign-in look-up"));
                                           if (!attempt->known) return looked_up(attempt, {});
                                           find_hash(attempt);
                                         }});
}

void SignIn::find_hash(const std::shared_ptr<Attempt>& attempt) {
  auto db = tenants_.enter(privacy::Principal::system(attempt->tenant));
  if (!db) return looked_up(attempt, fail(std::move(db).error()));
  db->submit(
      "sign_in.look_up",
      [attempt](privacy::Access& access) -> Result<void> {
        if (auto hash = store::password_hash(access.tx(), attempt->employee))
          attempt->hash = std::move(*hash);
        return {};
      },
      [this, attempt](Result<void> result) { looked_up(attempt, std::move(result)); });
}

void SignIn::looked_up(const std::shared_ptr<Attempt>& attempt, Result<void> result) {
  if (result)
    enqueue(attempt);
  else
    attempt->done(fail(std::move(result).error()));
  const std::lock_guard lock(mutex_);
  --looking_up_;
  wake_.notify_all();  // under the lock: the destructor may be waiting for exactly this
}

void SignIn::enqueue(std::shared_ptr<Attempt> attempt) {
  Error refused{.code = Errc::too_many, .cause = {}, .fields = {}, .retry_after_s = 10};
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() < kQueue && !stopping_) {
      queue_.push_back(std::move(attempt));
      wake_.notify_one();
      return;
    }
    if (stopping_) refused = {.code = Errc::unavailable, .cause = "stopping", .fields = {}};
  }
  attempt->done(fail(std::move(refused)));
}

void SignIn::work() {
  for (;;) {
    std::shared_ptr<Attempt> attempt;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (stopping_) return;
      attempt = std::move(queue_.front());
      queue_.pop_front();
    }
    verify(attempt);
  }
}

void SignIn::verify(const std::shared_ptr<Attempt>& attempt) {
  const bool known = attempt->known && !attempt->hash.empty();
  const bool right = crypto::verify_password(tenants_.pepper(), attempt->password,
                                             known ? attempt->hash : crypto::decoy_hash());
  if (known && !right) note_failure(tenants_, by_account_and_address_, attempt->tenant, attempt->employee);
  if (!known || !right) return attempt->done(fail(Errc::unauthenticated, "wrong e-mail or password"));
  by_account_and_address_.reset(attempt->account);
  start_session(attempt);
}

void SignIn::start_session(const std::shared_ptr<Attempt>& attempt) {
  auto db = tenants_.enter(
      privacy::Principal::employee(attempt->tenant, attempt->employee, privacy::Role::receptionist));
  if (!db) return attempt->done(fail(std::move(db).error()));
  const auto token = crypto::new_token();
  auto rehash = crypto::needs_rehash(attempt->hash)
                    ? crypto::hash_password(tenants_.pepper(), attempt->password)
                    : std::string();
  db->submit(
      "sign_in",
      [attempt, hash = token.hash, rehash = std::move(rehash)](privacy::Access& access) -> Result<void> {
        const auto now = access.now();
        store::delete_expired_sessions(access.tx(), now, now - kSessionIdle);
        store::insert_session(access.tx(), hash, attempt->employee, now, now + kSessionLife);
        if (!rehash.empty()) store::set_password_hash(access.tx(), attempt->employee, rehash);
        access.audit(SubjectId(attempt->employee));
        return {};
      },
      [attempt, text = token.text](Result<void> result) {
        if (!result) return attempt->done(fail(std::move(result).error()));
        attempt->done(SignedIn{attempt->tenant, cookie_value(attempt->tenant, text)});
      });
}

namespace {

Identify session_of(const crypto::Hash& token_hash, bool touch) {
  return [token_hash, touch](db::Tx& tx, Time now) -> Result<privacy::Principal> {
    const auto row = store::session(tx, token_hash);
    if (!row || row->expires_at <= now || row->seen_at + kSessionIdle <= now)
      return fail(Errc::unauthenticated, "the session is over");
    if (touch && row->seen_at + kSessionTouch < now) store::touch_session(tx, token_hash, now);
    auto who = privacy::Principal::employee(tx.tenant(), row->employee, row->role);
    who.officer = row->officer;
    return who;
  };
}

}  // namespace

Identify identify_session(const crypto::Hash& token_hash) {
  return session_of(token_hash, true);
}
Identify look_at_session(const crypto::Hash& token_hash) {
  return session_of(token_hash, false);
}

Time session_ends(db::Tx& tx, const crypto::Hash& token_hash) {
  const auto row = store::session(tx, token_hash);
  if (!row) return {};
  const auto employee = store::employee(tx, row->employee);
  if (!employee) return {};
  return employee->access_until ? std::min(*employee->access_until, row->expires_at) : row->expires_at;
}

void sign_out(db::Tx& tx, const crypto::Hash& token_hash) {
  store::delete_session(tx, token_hash);
}

Identify seen_from(std::string from, Identify identify) {
  return [from = std::move(from), identify = std::move(identify)](db::Tx& tx, Time now) mutable {
    auto who = identify(tx, now);
    if (who) who->from = std::move(from);
    return who;
  };
}

Result<void> appoint_officer(privacy::Access& access, EmployeeId id, bool officer) {
  if (!store::employee(access.tx(), id)) return fail(Errc::not_found, "no such employee");
  store::set_officer(access.tx(), id, officer);
  access.audit(SubjectId(id));
  return {};
}

Result<EmployeeId> add_employee(Tenants& tenants, TenantId tenant, const NewEmployee& employee,
                                std::string_view password) {
  if (text::length(password) < kLeastPassword) return fail_field("/password", "too_short");
  const auto index = tenants.login_index(employee.email);
  bool taken = false;
  const auto looked = db::run_and_wait_control(tenants.storage(), [&](db::Tx& tx) {
    taken = store::find_login(tx, index).has_value();
    return true;
  });
  // Before anything is written. Of two at the same moment the login's key refuses the later; that employee
  // cannot sign in.
  if (taken) return fail_field("/email", "taken");
  if (looked != db::Outcome::committed) return fail(Errc::unavailable, "the logins cannot be read");
  const auto hash = crypto::hash_password(tenants.pepper(), password);
  auto db = TRY(tenants.enter(privacy::Principal::system(tenant)));
  EmployeeId id;
  CHECK(db.call("employee.add", [&](privacy::Access& access) -> Result<void> {
    const auto subject = access.new_subject(privacy::SubjectKind::employee);
    id = EmployeeId(subject);
    auto sealed_name = TRY(access.seal<privacy::Field::employee_name>(subject, subject, employee.name));
    auto sealed_email = TRY(access.seal<privacy::Field::employee_email>(subject, subject, employee.email));
    store::insert_employee(
        access.tx(), {id, std::move(sealed_name), std::move(sealed_email), employee.role, employee.officer, {}, {}},
        hash, access.now());
    return {};
  }));
  auto refusal = db::Refusal::none;
  const auto outcome = db::run_and_wait_control(tenants.storage(), [&](db::Tx& tx) {
    refusal = store::insert_login(tx, index, {tenant, id});
    return refusal == db::Refusal::none;
  });
  if (refusal != db::Refusal::none) return fail_field("/email", "taken");
  if (outcome != db::Outcome::committed) return fail(Errc::unavailable, "the login cannot be written");
  return id;
}

Result<Employee> employee(privacy::Access& access, EmployeeId id) {
  const auto row = store::employee(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such employee");
  // A name that is closed keeps nobody from signing in.
  auto name = TRY(access.open_if_allowed(row->name, privacy::Purpose::addressing)).value_or("");
  return Employee{id, std::move(name), row->role, row->officer, row->access_until, row->disabled_at};
}

Result<Employee> current_employee(privacy::Access& access) {
  return employee(access, EmployeeId(access.who().id));
}

Result<std::vector<Employee>> employees(privacy::Access& access) {
  std::vector<Employee> out;
  for (auto& row : store::employees(access.tx())) {
    auto name = TRY(access.open_if_allowed(row.name, privacy::Purpose::addressing));
    out.push_back({row.id, std::move(name).value_or(""), row.role, row.officer, row.access_until, row.disabled_at});
  }
  return out;
}

Result<void> check_not_oneself(privacy::Access& access, EmployeeId id) {
  const auto& who = access.who();
  if (who.kind != privacy::Principal::Kind::employee || EmployeeId(who.id) != id) return {};
  if (store::lasting_owners_besides(access.tx(), id) == 0) return {};
  return fail(Error{.code = Errc::conflict, .cause = "one's own access", .fields = {{"", "oneself"}}});
}

Result<void> set_access(privacy::Access& access, EmployeeId id, privacy::Role role, std::optional<Time> until) {
  const auto row = store::employee(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such employee");
  CHECK(check_not_oneself(access, id));
  const bool lasts = role == privacy::Role::owner && !until;
  if (!lasts && row->role == privacy::Role::owner && store::lasting_owners_besides(access.tx(), id) == 0)
    return fail(Errc::conflict, "the last owner keeps their access");
  store::set_access(access.tx(), id, role, until);
  access.audit(SubjectId(id));
  return {};
}

Result<std::vector<crypto::Hash>> disable(privacy::Access& access, EmployeeId id) {
  const auto row = store::employee(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such employee");
  if (id == EmployeeId(access.who().id)) return fail(Errc::conflict, "nobody locks themself out");
  if (row->role == privacy::Role::owner && store::lasting_owners_besides(access.tx(), id) == 0)
    return fail(Errc::conflict, "the last owner keeps their access");
  auto sessions = store::sessions_of(access.tx(), id);
  for (const auto& hash : sessions) store::delete_session(access.tx(), hash);
  if (!row->disabled_at) store::set_disabled(access.tx(), id, access.now());
  access.audit(SubjectId(id));
  return sessions;
}

Result<void> forget_login(Tenants& tenants, TenantId tenant, EmployeeId id) {
  const auto outcome = db::run_and_wait_control(tenants.storage(), [&](db::Tx& tx) {
    store::delete_login(tx, {tenant, id});
    return true;
  });
  if (outcome != db::Outcome::committed) return fail(Errc::unavailable, "the login cannot be deleted");
  return {};
}

Result<void> enable(privacy::Access& access, EmployeeId id) {
  if (!store::employee(access.tx(), id)) return fail(Errc::not_found, "no such employee");
  store::set_disabled(access.tx(), id, std::nullopt);
  access.audit(SubjectId(id));
  return {};
}

}  // namespace chatika::accounts
