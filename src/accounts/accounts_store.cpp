#include "accounts/accounts_store.hpp"

#include "json/write.hpp"

namespace chatika::accounts::store {
namespace {

constexpr auto kControl = db::Statement::Scope::control;

const db::Statement kSecret("SELECT box FROM control_secret WHERE name = $1", kControl);
const db::Statement kInsertSecret("INSERT INTO control_secret (name, box) VALUES ($1, $2)", kControl);
const db::Statement kTenants("SELECT id, slug, public_key, key_box, profile, agreement_due FROM control_tenant ORDER BY id",
                             kControl);
const db::Statement kSetProfile("UPDATE control_tenant SET profile = $1 WHERE id = $2", kControl);
const db::Statement kInsertTenant(
    "INSERT INTO control_tenant (id, slug, public_key, key_box, profile, created_at) VALUES ($1, $2, $3, $4, "
    "$5, $6)",
    kControl);
const db::Statement kFindLogin("SELECT tenant, employee FROM control_login WHERE email_index = $1", kControl);
const db::Statement kDeleteLogin("DELETE FROM control_login WHERE tenant = $1 AND employee = $2", kControl);
const db::Statement kInsertLogin(
    "INSERT INTO control_login (email_index, tenant, employee) VALUES ($1, $2, $3)", kControl);

const db::Statement kCounter("INSERT INTO counter (name, value) VALUES ($1, 0)");
const db::Statement kInsertEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, officer, password_hash, created_at) VALUES ($1, "
    "$2, $3, $4, "
    "$5, $6, $7)");
const db::Statement kEmployee(
    "SELECT id, name_box, email_box, role, officer, access_until, disabled_at FROM employee WHERE id = $1");
const db::Statement kEmployees(
    "SELECT id, name_box, email_box, role, officer, access_until, disabled_at FROM employee ORDER BY created_at, id");
const db::Statement kSetAccess("UPDATE employee SET role = $1, access_until = $2 WHERE id = $3");
const db::Statement kSetDisabled("UPDATE employee SET disabled_at = $1 WHERE id = $2");
const db::Statement kLastingOwners(
    "SELECT COUNT(*) FROM employee WHERE id <> $1 AND role = 'owner' AND disabled_at IS NULL AND access_until IS NULL");
const db::Statement kSetOfficer("UPDATE employee SET officer = $1 WHERE id = $2");
const db::Statement kPasswordHash("SELECT password_hash FROM employee WHERE id = $1 AND disabled_at IS NULL");
const db::Statement kSetPasswordHash("UPDATE employee SET password_hash = $1 WHERE id = $2");
const db::Statement kInsertSession(
    "INSERT INTO session (token_hash, employee, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, "
    "$5)");
const db::Statement kSession(
    "SELECT s.employee, e.role, e.officer, s.seen_at, s.expires_at FROM session s JOIN employee e ON e.id = "
    "s.employee"
    " WHERE s.token_hash = $1 AND e.disabled_at IS NULL");
const db::Statement kSessionsOf("SELECT token_hash FROM session WHERE employee = $1");
const db::Statement kTouchSession("UPDATE session SET seen_at = $1 WHERE token_hash = $2");
const db::Statement kDeleteSession("DELETE FROM session WHERE token_hash = $1");
const db::Statement kDeleteExpired("DELETE FROM session WHERE expires_at <= $1 OR seen_at <= $2");

db::Blob blob(const crypto::Hash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}

}  // namespace

std::optional<std::string> secret_box(db::Tx& tx, std::string_view name) {
  return tx.one(kSecret, [](const db::Row& r) { return r.bytes(0); }, name);
}

void insert_secret(db::Tx& tx, std::string_view name, std::string_view box) {
  tx.exec(kInsertSecret, name, db::Blob{box});
}

std::vector<TenantRow> tenants(db::Tx& tx) {
  return tx.all(kTenants, [](const db::Row& r) {
    return TenantRow{r.id<TenantId>(0), r.str(1), r.str(2), r.bytes(3), r.str(4),
                     r.maybe(5, [](const db::Row& x, int c) { return x.time(c); })};
  });
}

void set_profile(db::Tx& tx, TenantId id, std::string_view profile) {
  tx.exec(kSetProfile, profile, id);
}

db::Refusal insert_tenant(db::Tx& tx, const Tenant& tenant, std::string_view key_box,
                          std::string_view profile, Time now) {
  return tx.try_exec(kInsertTenant, tenant.id, tenant.slug, tenant.public_key, db::Blob{key_box}, profile,
                     now);
}

std::optional<Login> find_login(db::Tx& tx, std::string_view email_index) {
  return tx.one(
      kFindLogin, [](const db::Row& r) { return Login{r.id<TenantId>(0), r.id<EmployeeId>(1)}; },
      db::Blob{email_index});
}

db::Refusal insert_login(db::Tx& tx, std::string_view email_index, const Login& login) {
  return tx.try_exec(kInsertLogin, db::Blob{email_index}, login.tenant, login.employee);
}

void delete_login(db::Tx& tx, const Login& login) {
  tx.exec(kDeleteLogin, login.tenant, login.employee);
}

void make_counters(db::Tx& tx) {
  for (const auto* name : {"feed", "knowledge"}) tx.exec(kCounter, name);
}

void insert_employee(db::Tx& tx, const EmployeeRow& row, std::string_view password_hash, Time now) {
  tx.exec(kInsertEmployee, row.id, db::Blob{row.name.box}, db::Blob{row.email.box}, json::name_of(row.role),
          row.officer, password_hash, now);
}

namespace {
EmployeeRow employee_of(const db::Row& r) {
  const auto id = r.id<EmployeeId>(0);
  const SubjectId subject(id);
  const auto time = [](const db::Row& x, int c) { return x.time(c); };
  return {.id = id,
          .name = {subject, id, r.bytes(1)},
          .email = {subject, id, r.bytes(2)},
          .role = json::from_name<privacy::Role>(r.text(3)),
          .officer = r.flag(4),
          .access_until = r.maybe(5, time),
          .disabled_at = r.maybe(6, time)};
}
}  // namespace

std::optional<EmployeeRow> employee(db::Tx& tx, EmployeeId id) {
  return tx.one(kEmployee, employee_of, id);
}
std::vector<EmployeeRow> employees(db::Tx& tx) {
  return tx.all(kEmployees, employee_of);
}
void set_access(db::Tx& tx, EmployeeId id, privacy::Role role, std::optional<Time> until) {
  tx.exec(kSetAccess, json::name_of(role), until, id);
}
void set_disabled(db::Tx& tx, EmployeeId id, std::optional<Time> at) {
  tx.exec(kSetDisabled, at, id);
}
std::int64_t lasting_owners_besides(db::Tx& tx, EmployeeId id) {
  return tx.one(kLastingOwners, [](const db::Row& r) { return r.i64(0); }, id).value_or(0);
}
std::vector<crypto::Hash> sessions_of(db::Tx& tx, EmployeeId employee) {
  return tx.all(
      kSessionsOf,
      [](const db::Row& r) {
        crypto::Hash hash{};
        const auto bytes = r.blob(0);
        std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
        return hash;
      },
      employee);
}

void set_officer(db::Tx& tx, EmployeeId id, bool officer) {
  tx.exec(kSetOfficer, officer, id);
}

std::optional<std::string> password_hash(db::Tx& tx, EmployeeId id) {
  return tx.one(kPasswordHash, [](const db::Row& r) { return r.str(0); }, id);
}

void set_password_hash(db::Tx& tx, EmployeeId id, std::string_view hash) {
  tx.exec(kSetPasswordHash, hash, id);
}

void insert_session(db::Tx& tx, const crypto::Hash& token, EmployeeId employee, Time now, Time expires_at) {
  tx.exec(kInsertSession, blob(token), employee, now, now, expires_at);
}

std::optional<SessionRow> session(db::Tx& tx, const crypto::Hash& token) {
  return tx.one(
      kSession,
      [](const db::Row& r) {
        return SessionRow{r.id<EmployeeId>(0), json::from_name<privacy::Role>(r.text(1)), r.flag(2),
                          r.time(3), r.time(4)};
      },
      blob(token));
}

void touch_session(db::Tx& tx, const crypto::Hash& token, Time now) {
  tx.exec(kTouchSession, now, blob(token));
}
void delete_session(db::Tx& tx, const crypto::Hash& token) {
  tx.exec(kDeleteSession, blob(token));
}
void delete_expired_sessions(db::Tx& tx, Time now, Time idle_since) {
  tx.exec(kDeleteExpired, now, idle_since);
}

}  // namespace chatika::accounts::store
