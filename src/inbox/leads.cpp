#include "inbox/inbox.hpp"
#include "inbox/inbox_store.hpp"

namespace chatika::inbox {
namespace {

using privacy::Field;
using privacy::Purpose;
using privacy::Sealed;

Result<Lead> open_lead(privacy::Access& access, store::LeadRow row) {
  auto who = TRY(contact(access, row.visitor, Purpose::lead));
  auto note =
      TRY(access.open(Sealed<Field::lead_note>{row.visitor, row.id, std::move(row.note_box)}, Purpose::lead));
  return Lead{.id = row.id,
              .conversation = row.conversation,
              .kind = row.kind,
              .name = std::move(who.name),
              .phone = std::move(who.phone),
              .email = std::move(who.email),
              .note = std::move(note),
              .status = row.status,
              .created_at = row.created_at};
}

Result<std::vector<Lead>> open_all(privacy::Access& access, std::vector<store::LeadRow> rows) {
  std::vector<Lead> out;
  for (auto& row : rows) out.push_back(TRY(open_lead(access, std::move(row))));
  return out;
}

}  // namespace

Result<Lead> add_lead(privacy::Access& access, const Thread& thread, LeadKind kind, std::string_view note) {
  store::LeadRow row{.id = LeadId::fresh(),
                     .visitor = thread.visitor,
                     .conversation = thread.id,
                     .kind = kind,
                     .note_box = {},
                     .status = LeadStatus::new_,
                     .created_at = access.now()};
  row.note_box = TRY(access.seal<Field::lead_note>(thread.visitor, row.id, note)).box;
  store::insert_lead(access.tx(), row);
  return open_lead(access, std::move(row));
}

Result<Lead> lead(privacy::Access& access, LeadId id) {
  auto row = store::lead(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such lead");
  return open_lead(access, std::move(*row));
}

Result<std::vector<Lead>> leads_of(privacy::Access& access, ConversationId conversation) {
  return open_all(access, store::leads_of(access.tx(), conversation));
}

Result<std::vector<Lead>> leads(privacy::Access& access, const LeadPage& page) {
  return open_all(access, store::leads(access.tx(), page));
}

Result<Lead> set_lead_status(privacy::Access& access, LeadId id, LeadStatus status) {
  CHECK(lead(access, id));
  store::set_lead_status(access.tx(), id, status);
  return lead(access, id);
}

}  // namespace chatika::inbox
