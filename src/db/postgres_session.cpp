#include "db/postgres_session.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cstring>
#include <stdexcept>

namespace chatika::db {
namespace {

std::string_view sqlstate(const pg_result* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? std::string_view() : state;
}

bool is_retryable(std::string_view state) {
  if (state.empty() || state == "40001" || state == "40P01" || state == "55P03" || state == "57014") return true;
  const std::string_view family = state.substr(0, 2);
  return family == "08" || family == "53" || family == "57" || family == "58";
}

Refusal refusal_of(std::string_view state) {
  if (state == "23505") return Refusal::unique;
  if (state == "23P01") return Refusal::overlap;
  if (state == "23514") return Refusal::check;
  return Refusal::none;
}

bool failed(const pg_result* result) {
  const ExecStatusType status = PQresultStatus(result);  // a null result is a fatal error
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
}

std::int64_t rows_changed(pg_result* result) {
  if (std::strncmp(PQcmdStatus(result), "SELECT", 6) == 0) return 0;
  const char* digits = PQcmdTuples(result);
  return *digits == '\0' ? 0 : std::stoll(digits);
}

}  // namespace

void ClosePg::operator()(pg_conn* connection) const noexcept { PQfinish(connection); }

DbError pg_error(const char* what, const pg_result* result) {
  const std::string_view state = sqlstate(result);
  std::string text = std::string(what) + ": " + (state.empty() ? "connection lost" : "SQLSTATE " + std::string(state));
  // Class 42 (syntax, unknown names, rights), and a constraint's name, speak of the schema; other texts may quote values.
  if (state.starts_with("42"))
    if (const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)) text += std::string(" ") + primary;
  if (state.starts_with("23"))
    for (const int field : {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME, PG_DIAG_CONSTRAINT_NAME})
      if (const char* name = PQresultErrorField(result, field)) text += std::string(" ") + name;
  return {std::move(text), is_retryable(state)};
}

PgResult pg_query(pg_conn* connection, const char* sql, std::initializer_list<const char*> params) {
  PgResult result(params.size() == 0 ? PQexec(connection, sql)
                                     : PQexecParams(connection, sql, static_cast<int>(params.size()), nullptr, params.begin(),
                                                    nullptr, nullptr, 0));
  if (failed(result.get())) throw pg_error("query", result.get());
  return result;
}

PgConnection connect_postgres(const std::string& url) {
  // A value in the address wins over these, being later; `dbname` may be a whole address.
  const char* const keys[] = {"connect_timeout", "keepalives_idle", "tcp_user_timeout", "application_name", "dbname", nullptr};
  const char* const values[] = {"5", "30", "30000", "chatika", url.c_str(), nullptr};
  PgConnection connection(PQconnectdbParams(keys, values, 1));
  if (!connection || PQstatus(connection.get()) != CONNECTION_OK) throw DbError("cannot connect to PostgreSQL", true);
  PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);  // they would go to standard error
  pg_query(connection.get(),
           "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET TimeZone = 'UTC';"
           "SET lock_timeout = '10s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';"
           "SET default_transaction_isolation = 'read committed'");
  return connection;
}

PgSession::PgSession(PgConnection connection) : connection_(std::move(connection)) {
  if (PQenterPipelineMode(connection_.get()) == 0) lost("pipeline");
}

void PgSession::lost(const char* what) {
  broken_ = true;
  throw DbError(std::string(what) + ": connection lost", true);
}

// Nothing is awaited while a session is idle, so whatever can be read is a farewell (or a changed setting, for
// which a new connection does no harm).
bool PgSession::is_dead() noexcept {
  pollfd ready{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
  return ready.fd < 0 || ::poll(&ready, 1, 0) != 0;
}

void PgSession::queue(const char* sql) {
  if (PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 0) lost(sql);
  ++queued_;
}

void PgSession::begin(const std::optional<TenantId>& tenant) {
  control_ = !tenant.has_value();
  queue("BEGIN");
  if (!tenant) return;
  const std::string id = to_string(*tenant);
  const char* const values[] = {id.c_str()};
  // True: for this transaction only, so a connection of the pool never carries a tenant to the next.
  if (PQsendQueryParams(connection_.get(), "SELECT set_config('chatika.tenant', $1, true)", 1, nullptr, values, nullptr, nullptr, 1) == 0)
    lost("tenant");
  ++queued_;
}

void PgSession::rollback_to() {
  queue("ROLLBACK TO SAVEPOINT o");
  queue("RELEASE SAVEPOINT o");
}

void PgSession::commit() {
  queue("COMMIT");
  const Answer answer = exchange();
  if (failed(answer.result.get())) {
    broken_ = true;
    throw pg_error("commit", answer.result.get());
  }
  // A transaction that an error has aborted answers COMMIT with ROLLBACK, and no error.
  if (std::strcmp(PQcmdStatus(answer.result.get()), "COMMIT") != 0) {
    broken_ = true;
    throw DbError("the transaction was aborted", true);
  }
}

void PgSession::rollback() noexcept {
  if (broken_) return;
  try {
    queue("ROLLBACK");
    if (failed(exchange().result.get())) broken_ = true;
  } catch (const DbError&) {
    broken_ = true;
  }
}

// A query's only result; the end marker behind it is read too.
PgResult PgSession::next_result() {
  PgResult result(PQgetResult(connection_.get()));
  if (!result || PQstatus(connection_.get()) != CONNECTION_OK) lost("answer");
  while (const PgResult more{PQgetResult(connection_.get())})
    if (PQstatus(connection_.get()) != CONNECTION_OK) lost("answer");
  return result;
}

// Sends what is queued and reads every answer. After an error the server skips the rest of the pipeline.
PgSession::Answer PgSession::exchange() {
  if (PQpipelineSync(connection_.get()) == 0) lost("send");
  Answer answer;
  while (queued_ > 0) {
    --queued_;
    PgResult result = next_result();
    if (answer.result && failed(answer.result.get())) continue;
    answer.statement_failed = failed(result.get()) && queued_ == 0;
    answer.result = std::move(result);
  }
  const PgResult end(PQgetResult(connection_.get()));
  if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) lost("sync");
  if (answer.result && failed(answer.result.get()) && !answer.statement_failed) broken_ = true;  // a command of ours
  return answer;
}

const PgSession::Prepared& PgSession::prepared(const Statement& statement) {
  if (statement.index() >= prepared_.size()) prepared_.resize(Statement::all().size());
  Prepared& slot = prepared_[statement.index()];
  if (slot.ready) return slot;
  const std::string name = "s" + std::to_string(statement.index());
  if (PQsendPrepare(connection_.get(), name.c_str(), statement.sql(), 0, nullptr) == 0) lost("prepare");
  ++queued_;
  if (PQsendDescribePrepared(connection_.get(), name.c_str()) == 0) lost("prepare");
  ++queued_;
  const bool was_broken = broken_;
  const Answer answer = exchange();
  if (failed(answer.result.get())) {
    broken_ = was_broken;  // refusing to prepare is the statement's fault, and only undoes the operation
    throw pg_error("prepare", answer.result.get());
  }
  slot.types.clear();
  for (int i = 0; i < PQnparams(answer.result.get()); ++i) slot.types.push_back(PQparamtype(answer.result.get(), i));
  slot.ready = true;
  return slot;
}

std::int64_t PgSession::run(const Statement& statement, std::span<const Param> params, bool (*each)(void*, const Row&),
                            void* context, Refusal* refusal) {
  try {
    // Control tables have no row-level security: a tenant's transaction must not reach them even with the statement cached.
    if (control_ != (statement.scope() == Statement::Scope::control))
      throw std::logic_error(bad_statement(statement, "belongs to the other database"));
    params_.encode(statement, params, prepared(statement).types);
    if (refusal != nullptr) queue("SAVEPOINT t");
    const std::string name = "s" + std::to_string(statement.index());
    if (PQsendQueryPrepared(connection_.get(), name.c_str(), params_.count(), params_.values(), params_.lengths(),
                            params_.formats(), 1) == 0)
      lost("run");
    ++queued_;
    Answer answer = exchange();
    const std::int64_t changed = finish(statement, answer, refusal);
    if (each == nullptr || failed(answer.result.get())) return changed;
    PgRow row(answer.result.get());
    const int rows = PQntuples(answer.result.get());
    for (int i = 0; i < rows; ++i) {
      row.move_to(i);
      if (!each(context, row)) break;
    }
    return changed;
  } catch (...) {
    spoil();
    throw;
  }
}

// Rows changed, or the refusal that was asked for.
std::int64_t PgSession::finish(const Statement& statement, Answer& answer, Refusal* refusal) {
  if (!failed(answer.result.get())) {
    if (refusal != nullptr) queue("RELEASE SAVEPOINT t");
    return rows_changed(answer.result.get());
  }
  const Refusal why = refusal_of(sqlstate(answer.result.get()));
  if (!answer.statement_failed || refusal == nullptr || why == Refusal::none)
    throw pg_error(statement.sql(), answer.result.get());
  *refusal = why;
  queue("ROLLBACK TO SAVEPOINT t");
  queue("RELEASE SAVEPOINT t");
  return 0;
}

}  // namespace chatika::db
