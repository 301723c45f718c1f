#include "privacy/rights_fixture_test.hpp"

namespace chatika::privacy::sql {

const db::Statement kVisitor(
    "INSERT INTO visitor (id, name_box, phone_box, phone_index, email_box, email_index, ip_box, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kConversation(
    "INSERT INTO conversation (id, visitor, client_id, token_hash, status, language, last_seq, visitor_read_seq,"
    " staff_read_seq, dialogue_box, started_at, last_at) VALUES ($1, $2, $3, $4, 'assistant', 'ru', 0, 0, 0, $5, $6, $7)");
const db::Statement kMessage(
    "INSERT INTO message (conversation, seq, id, sender, body_box, at) VALUES ($1, $2, $3, 'visitor', $4, $5)");
const db::Statement kLead(
    "INSERT INTO lead (id, visitor, conversation, kind, note_box, status, created_at)"
    " VALUES ($1, $2, $3, 'contact', $4, 'new', $5)");
const db::Statement kService(
    "INSERT INTO service (id, name_ru, name_en, aliases_ru, aliases_en, duration_min, place)"
    " VALUES ($1, 'Чистка', 'Cleaning', '', '', 30, 1)");
const db::Statement kSpecialist(
    "INSERT INTO specialist (id, name_ru, name_en, title_ru, title_en, place) VALUES ($1, 'Врач', 'Doctor', '', '', 1)");
const db::Statement kBooking(
    "INSERT INTO booking (id, reference, service, specialist, visitor, conversation, starts_at, ends_at, status, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'confirmed', $9)");
const db::Statement kEmployee(
    "INSERT INTO employee (id, name_box, email_box, role, password_hash, created_at) VALUES ($1, $2, $3, 'owner', '', $4)");
const db::Statement kCountMessages("SELECT count(*) FROM message");
const db::Statement kCountConversations("SELECT count(*) FROM conversation");
const db::Statement kCountLeads("SELECT count(*) FROM lead");
const db::Statement kCountVisitors("SELECT count(*) FROM visitor");
const db::Statement kCountBookings("SELECT count(*) FROM booking");
const db::Statement kCountDetached("SELECT count(*) FROM booking WHERE visitor IS NULL AND reference IS NULL");
const db::Statement kCountNoKey("SELECT count(*) FROM subject WHERE key_box IS NULL");
const db::Statement kCountSessions("SELECT count(*) FROM session");
const db::Statement kSession(
    "INSERT INTO session (token_hash, employee, created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, $5)");

}  // namespace chatika::privacy::sql
