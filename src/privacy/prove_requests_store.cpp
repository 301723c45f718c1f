// What `prove` counts of people's requests.
#include "crypto/crypto.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy::prove_store {
namespace {

const db::Statement kRequests("SELECT COUNT(*) FROM request");
const db::Statement kRefused(
    "SELECT requester, id, answer_box FROM request WHERE status = 'refused' ORDER BY id");
const db::Statement kCountRefused("SELECT COUNT(*) FROM request WHERE status = 'refused'");
const db::Statement kOverdue(
    "SELECT COUNT(*) FROM request WHERE status IN ('new', 'in_work') AND due_at < $1");
const db::Statement kRefusedWithoutArticle(
    "SELECT COUNT(*) FROM request WHERE status = 'refused' AND (article IS NULL OR article = '')");
// A box of an empty text is as long as its overhead. Who asks from their own chat, or by the link that was mailed to them, is
// reached there: an address is asked for, not demanded.
const db::Statement kWithoutField(
    "SELECT COUNT(*) FROM request WHERE length(name_box) <= $1"
    " OR (length(contact_box) <= $1 AND channel NOT IN ('widget', 'link'))"
    " OR length(description_box) <= $1 OR length(essence_box) <= $1");
const db::Statement kDoneUnverified(
    "SELECT COUNT(*) FROM request WHERE executed_at IS NOT NULL AND verification NOT IN ('verified', "
    "'manual')");

std::int64_t count(db::Tx& tx, const db::Statement& statement) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}

}  // namespace

RequestCounts requests(db::Tx& tx, Time now) {
  const auto number = [](const db::Row& r) { return r.i64(0); };
  return {.all = count(tx, kRequests),
          .refused = count(tx, kCountRefused),
          .overdue = tx.one(kOverdue, number, now).value_or(0),
          .refused_without_article = count(tx, kRefusedWithoutArticle),
          .without_field =
              tx.one(kWithoutField, number, static_cast<std::int64_t>(crypto::kBoxOverhead)).value_or(0),
          .done_unverified = count(tx, kDoneUnverified)};
}

std::vector<RefusalBox> refusals(db::Tx& tx) {
  return tx.all(kRefused, [](const db::Row& r) {
    return RefusalBox{r.id<SubjectId>(0), r.id<Uuid>(1), r.is_null(2) ? std::string() : r.bytes(2)};
  });
}

}  // namespace chatika::privacy::prove_store
