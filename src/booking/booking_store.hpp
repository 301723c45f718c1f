// SQL of the booking room; nobody else includes it.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "booking/model.hpp"
#include "db/db.hpp"

namespace chatika::booking::store {

void insert_service(db::Tx& tx, const Service& service, int place);
void insert_specialist(db::Tx& tx, const Specialist& specialist, int place);
Catalog catalog(db::Tx& tx);

struct Taken {
  Time starts_at;
  Time ends_at;
};
// Live bookings of a specialist that start in [from, to).
std::vector<Taken> taken(db::Tx& tx, SpecialistId specialist, Time from, Time to, Time now);

// Refusal::overlap when the specialist is taken, Refusal::unique when the reference is.
db::Refusal insert(db::Tx& tx, const Booking& booking, Time now);
std::optional<Booking> find(db::Tx& tx, BookingId id);
std::vector<Booking> starting_between(db::Tx& tx, Time from, Time to, std::size_t limit);
std::vector<Booking> of_conversation(db::Tx& tx, ConversationId conversation, std::size_t limit);

// Cancels the holds of the specialist that have run out and start in [from, to).
void expire_holds(db::Tx& tx, SpecialistId specialist, Time from, Time to, Time now);
// Confirmed ones that have not begun.
std::size_t upcoming(db::Tx& tx, ConversationId conversation, Time now);
std::vector<BookingId> live_holds(db::Tx& tx, ConversationId conversation, Time now);
void confirm(db::Tx& tx, BookingId id);
void cancel(db::Tx& tx, BookingId id);
// Undoes a cancel() of a hold within the same transaction.
void hold_again(db::Tx& tx, BookingId id);

}  // namespace chatika::booking::store
