// SQL of the accounts room; nobody else includes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/model.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "privacy/access.hpp"

namespace chatika::accounts::store {

// The control database.
std::optional<std::string> secret_box(db::Tx& tx, std::string_view name);
void insert_secret(db::Tx& tx, std::string_view name, std::string_view box);

struct TenantRow {
  TenantId id;
  std::string slug, public_key, key_box, profile;
  std::optional<Time> agreement_due;
};
std::vector<TenantRow> tenants(db::Tx& tx);
void set_profile(db::Tx& tx, TenantId id, std::string_view profile);
db::Refusal insert_tenant(db::Tx& tx, const Tenant& tenant, std::string_view key_box,
                          std::string_view profile, Time now);

struct Login {
  TenantId tenant;
  EmployeeId employee;
};
std::optional<Login> find_login(db::Tx& tx, std::string_view email_index);
db::Refusal insert_login(db::Tx& tx, std::string_view email_index, const Login& login);
void delete_login(db::Tx& tx, const Login& login);

// A tenant's database.
void make_counters(db::Tx& tx);

struct EmployeeRow {
  EmployeeId id;
  privacy::Sealed<privacy::Field::employee_name> name;
  privacy::Sealed<privacy::Field::employee_email> email;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;
  std::optional<Time> access_until;
  std::optional<Time> disabled_at;
};
std::vector<EmployeeRow> employees(db::Tx& tx);  // in order of their coming
void set_access(db::Tx& tx, EmployeeId id, privacy::Role role, std::optional<Time> until);
void set_disabled(db::Tx& tx, EmployeeId id, std::optional<Time> at);
// Owners who can act now and for ever; one must be left.
std::int64_t lasting_owners_besides(db::Tx& tx, EmployeeId id);
void set_officer(db::Tx& tx, EmployeeId id, bool officer);
void insert_employee(db::Tx& tx, const EmployeeRow& row, std::string_view password_hash, Time now);
std::optional<EmployeeRow> employee(db::Tx& tx, EmployeeId id);
std::optional<std::string> password_hash(db::Tx& tx, EmployeeId id);
void set_password_hash(db::Tx& tx, EmployeeId id, std::string_view hash);

struct SessionRow {
  EmployeeId employee;
  privacy::Role role = privacy::Role::receptionist;
  bool officer = false;
  Time seen_at;
  Time expires_at;
};
void insert_session(db::Tx& tx, const crypto::Hash& token, EmployeeId employee, Time now, Time expires_at);
std::optional<SessionRow> session(db::Tx& tx, const crypto::Hash& token);
void touch_session(db::Tx& tx, const crypto::Hash& token, Time now);
void delete_session(db::Tx& tx, const crypto::Hash& token);
std::vector<crypto::Hash> sessions_of(db::Tx& tx, EmployeeId employee);
void delete_expired_sessions(db::Tx& tx, Time now, Time idle_since);

}  // namespace chatika::accounts::store
