// What every request of the widget and of the public pages passes: whose key, from which site, how often.
#pragma once

#include "api/route.hpp"
#include "privacy/address.hpp"

namespace chatika::api {

// The tenant of a public key, if the asking page may use it. Errors do not tell an unknown key from a foreign site.
Result<const accounts::Tenant*> tenant_for(const App& app, std::string_view key, const http::Request& request);
// For a site that tenant_for() has let in: whatever is answered from here on, refusals too, since the widget must tell "the
// text has changed" and "too many" from a network that is down.
Respond readable(const http::Request& request, Respond respond);
// Preflight of a request with a JSON body from another origin. Which tenant is not known yet, so nothing is given away here:
// the request itself is checked.
void preflight(App& app, const Call& call, Respond respond);

template <class T>
auto wire_schema(json::Direction direction) {
  return [direction](json::Schemas& s) { return s.of<T>(direction); };
}

struct GiveFile {};  // as `done` of an operation whose result is a File

// One operation on a tenant for somebody who is found out inside it; its result is answered after the commit.
template <class Work, class Done>
void run_for(App& app, TenantId tenant, accounts::Identify who, std::string_view operation, Call call, Respond respond,
             Work work, Done done) {
  auto db = app.tenants.enter(tenant, accounts::seen_from(privacy::truncated_address(call.request.peer), std::move(who)));
  if (!db) return respond_error(call, db.error(), respond);
  struct State {
    Call call;
    Respond respond;
    Outbox outbox;
    Work work;
    Done done;
  };
  auto state = std::make_shared<State>(State{std::move(call), std::move(respond), {}, std::move(work), std::move(done)});
  db->submit(
      operation, [state](privacy::Access& access) { return state->work(access, state->outbox); },
      [&app, tenant, state](auto result) {
        if (!result) return respond_error(state->call, result.error(), state->respond);
        if constexpr (std::is_same_v<Done, GiveFile>)
          give_file(app, tenant, pend(std::move(state->call), std::move(state->respond)), std::move(*result));
        else
          state->respond(state->done(*result, state->call));
        state->outbox.send(app.hub, tenant);
      });
}

}  // namespace chatika::api
