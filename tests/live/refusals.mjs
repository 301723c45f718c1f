// What the server must refuse, and that a refusal changes nothing: bad input on every writable route, forged requests,
// cookies that are none or no longer any.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { check, done, part, same } from './support/check.mjs';
import { good, routesOf } from './support/examples.mjs';
import { isProblem, request } from './support/http.mjs';
import { csrfOf, ownOrigin } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { stage } from './support/stage.mjs';
import { atTheLimit, mutations } from './support/mutations.mjs';

const kTooMuchHeader = 20 * 1024;

function refusedWell(name, answer, { status, pointer } = {}) {
  check(`${name}: a client error`, answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text}`);
  check(`${name}: a problem`, isProblem(answer), `${answer.status} ${answer.text}`);
  if (status) same(`${name}: status`, answer.status, status);
  if (pointer) check(`${name}: points at ${pointer}`, answer.json?.errors?.some((e) => e.pointer === pointer), answer.text);
}

async function badBodies(on, routes, document) {
  for (const route of routes.filter((r) => r.schema)) {
    const who = route.signedIn ? on.clinic.owner : null;
    const base = await good(route, on.clinic, who);
    const before = await on.clinic.state();
    for (const m of mutations(route.schema, document, JSON.parse(base.body))) {
      const headers = { ...base.headers, 'content-type': m.type ?? 'application/json' };
      if (m.type === '') delete headers['content-type'];
      refusedWell(`${route.name}: ${m.name}`, await request(on.port, { ...base, headers, body: m.text }), m);
    }
    same(`${route.name}: nothing has changed`, await on.clinic.state(), before);
    if (!route.signedIn) continue;
    for (const type of ['application/json', 'Application/JSON; charset=utf-8']) {
      const again = await good(route, on.clinic, who);
      const headers = { ...again.headers, 'content-type': type };
      const full = JSON.stringify(atTheLimit(route.schema, document, JSON.parse(again.body), route.example.exact));
      same(`${route.name}: as long as allowed, ${type}`, (await request(on.port, { ...again, headers, body: full })).status, route.status);
    }
  }
  for (const route of routes.filter((r) => r.method !== 'GET' && !r.schema && r.signedIn && !r.example.spends)) {
    const base = await good(route, on.clinic, on.clinic.owner);
    const headers = { ...base.headers, 'content-type': 'application/json' };
    refusedWell(`${route.name}: a body where none belongs`, await request(on.port, { ...base, headers, body: '{}' }));
  }
}

async function badQueries(on, routes) {
  const bad = { limit: ['0', '-1', '101', 'ten', '1.5', '9'.repeat(40), ' 1'], before: ['0', '-1', 'x', '9'.repeat(40)], cursor: ['x', '1_x', `x_${randomUUID()}`, 'я', '%00'],
                status: ['none', 'NEW', '%00'], language: ['de', 'RU'], subject: ['x', '%00'], act: ['none', '%00'], state: ['none', '%00'], filter: ['none', '%00'], days: ['0', '-1', 'x'],
                from: ['tomorrow', '2026-13-01T00:00:00Z', '%00'], to: ['tomorrow', '2026-13-01T00:00:00Z', '%00'],
                actor: [], operation: [],  // any word may be looked for
                date: ['tomorrow', '2026-02-30', '2026-13-01', '0', '2026-11-23T00:00:00Z', '99999-01-01'] };
  for (const route of routes.filter((r) => r.method === 'GET')) {
    const base = await good(route, on.clinic, on.clinic.owner);
    const path = base.path.split('?')[0];
    const key = route.path.startsWith('/widget') ? `key=${on.clinic.key}&` : '';
    refusedWell(`${route.name}: an unknown query`, await request(on.port, { ...base, path: `${path}?${key}x_unknown=1` }), { status: 400, pointer: '/query/x_unknown' });
    for (const { name } of (route.operation.parameters ?? []).filter((p) => p.in === 'query' && p.name !== 'key')) {
      check(`${route.name}: bad values of ${name} are known`, bad[name] !== undefined);
      for (const value of bad[name] ?? []) {
        refusedWell(`${route.name}: ${name}=${value}`, await request(on.port, { ...base, path: `${path}?${key}${name}=${encodeURI(value).replace('%2500', '%00')}` }));
      }
    }
  }
}

async function forged(on, routes) {
  const me = on.clinic.owner;
  const origins = { 'a foreign Origin': 'https://evil.example', 'Origin null': 'null', 'an Origin with another port': 'http://localhost:1', 'an Origin that begins like ours': `${ownOrigin(on.port)}.evil.example`, 'an empty Origin': '' };
  const forgeries = {
    'no token': { 'x-csrf-token': undefined }, 'an empty token': { 'x-csrf-token': '' }, 'a wrong token': { 'x-csrf-token': '0'.repeat(64) },
    'the token of another session': { 'x-csrf-token': on.clinic.receptionist.csrf }, 'the token in capitals': { 'x-csrf-token': me.csrf.toUpperCase() },
    'no Origin': { origin: undefined }, 'neither': { origin: undefined, 'x-csrf-token': undefined },
    ...Object.fromEntries(Object.entries(origins).map(([name, origin]) => [name, { origin }])),
  };
  for (const route of routes.filter((r) => r.method !== 'GET' && r.signedIn)) {
    const base = await good(route, on.clinic, me);
    const before = await on.clinic.state();
    for (const [name, changes] of Object.entries(forgeries)) {
      const headers = Object.fromEntries(Object.entries({ ...base.headers, ...changes }).filter(([, value]) => value !== undefined));
      refusedWell(`${route.name}: ${name}`, await request(on.port, { ...base, headers }), { status: 403 });
    }
    same(`${route.name}: nothing has changed`, await on.clinic.state(), before);
  }
  same('still signed in', (await me.call('GET', '/api/v1/session')).status, 200);
  const signIn = routes.find((r) => r.name === 'POST /api/v1/session');
  for (const [name, origin] of [...Object.entries(origins), ['no Origin', undefined]]) {
    const base = await good(signIn, on.clinic, null);
    const { origin: _, ...headers } = base.headers;
    refusedWell(`signing in with ${name}`, await request(on.port, { ...base, headers: origin === undefined ? headers : { ...headers, origin } }), { status: 403 });
  }
}

async function readingChangesNothing(on, routes) {
  const before = await on.clinic.state();
  for (const route of routes.filter((r) => r.method === 'GET' && !r.path.includes('{id}'))) {
    const base = await good(route, on.clinic, on.clinic.owner);
    for (const method of ['GET', 'HEAD']) same(`${method} ${route.path}`, (await request(on.port, { ...base, method })).status, 200);
  }
  const first = JSON.parse(before.lists[0]).items[0].id;
  for (const rest of ['', '/messages']) await on.clinic.owner.get(`/api/v1/conversations/${first}${rest}`);
  same('reading changes nothing', await on.clinic.state(), before);
}

async function garbageCookies(on) {
  const real = on.clinic.owner.cookie;
  const [tenant, token] = real.split('.');
  const other = token[0] === 'A' ? 'B' : 'A';
  const garbage = ['', 'x', '.', `${tenant}.`, `${tenant}`, token, `.${token}`, `${tenant}.${token.slice(1)}`, `${tenant}.${token}A`, `${tenant}.${other}${token.slice(1)}`,
                   `${randomUUID()}.${token}`, `${'0'.repeat(36)}.${token}`, `"${real}"`, `${real}.${token}`, `${tenant}.${'A'.repeat(token.length)}`, `${tenant}.${'é'.repeat(20)}`,
                   'a'.repeat(8000), `${tenant}.${'%00'.repeat(9)}`, `${tenant}.' OR '1'='1`];
  for (const value of garbage) {
    const cookie = Buffer.from(`__Host-chatika=${value}`).toString('latin1');
    const name = `cookie ${value.slice(0, 60)}`;
    refusedWell(`GET with ${name}`, await request(on.port, { path: '/api/v1/conversations', headers: { cookie } }), { status: 401 });
    const headers = { cookie, origin: ownOrigin(on.port), 'x-csrf-token': csrfOf(value), 'content-type': 'application/json' };
    const answer = await request(on.port, { method: 'POST', path: '/api/v1/articles', headers, body: JSON.stringify({ language: 'ru', title: 'Т', text: 'Т' }) });
    check(`POST with ${name}`, (answer.status === 401 || answer.status === 403) && isProblem(answer), answer.text);
  }
  for (const cookie of [`chatika=${real}`, `__host-chatika=${real}`, `x__Host-chatika=${real}`]) {
    same(`another name: ${cookie.slice(0, 16)}`, (await request(on.port, { path: '/api/v1/session', headers: { cookie } })).status, 401);
  }
  same('among others it is found', (await request(on.port, { path: '/api/v1/session', headers: { cookie: `a=1; __Host-chatika=${real}; b=2` } })).status, 200);
  const large = await request(on.port, { path: '/api/v1/session', headers: { cookie: `a=${'a'.repeat(kTooMuchHeader)}` } });
  refusedWell('a cookie beyond the bound of a head', large, { status: 431 });
}

async function sessionsEnd(on) {
  const left = await on.clinic.signIn('owner');
  const socket = await left.socket();
  socket.send({ type: 'hello', after: null });
  await socket.next('welcome', (e) => e.type === 'welcome');
  const out = await left.call('DELETE', '/api/v1/session');
  same('signing out', out.status, 204);
  check('signing out takes the cookie away', /^__Host-chatika=;.*Max-Age=0/.test(out.headers['set-cookie']?.[0] ?? ''), out.headers);
  refusedWell('after signing out', await left.call('GET', '/api/v1/session'), { status: 401 });
  refusedWell('signing out twice', await left.call('DELETE', '/api/v1/session'), { status: 401 });
  socket.send({ type: 'ping' });
  same('the socket of a session that is over', await socket.closing(), 4401);
  check('and says so', socket.events.some((e) => e.type === 'signed_out'), socket.events);

  await on.server.stop();
  await on.server.start();
  for (const business of [on.clinic, on.salon]) same(`${business.slug}: sessions outlive a restart`, (await business.owner.call('GET', '/api/v1/session')).status, 200);
  await on.server.stop();
  await alterSessions(on, 'expires_at = 1', on.clinic);
  await alterSessions(on, 'seen_at = 1', on.salon);
  await on.server.start();
  for (const [business, why] of [[on.clinic, 'expired'], [on.salon, 'idle too long']]) {
    refusedWell(`a session ${why}: GET`, await business.owner.call('GET', '/api/v1/session'), { status: 401 });
    refusedWell(`a session ${why}: POST`, await business.owner.call('POST', '/api/v1/articles', { language: 'ru', title: 'Т', text: 'Т' }), { status: 401 });
    same(`a session ${why}: socket`, (await business.owner.socket()).status, 401);
    same(`signing in again after ${why}`, (await business.signIn('owner')).answer.status, 200);
  }
}

// Time passes quicker in the database than on the clock. The server is stopped.
async function alterSessions(on, change, business) {
  const tenant = business.owner.cookie.split('.')[0];
  if (on.storage === 'postgres') {
    const changed = on.place.database.cluster.sql(on.place.database.name, `UPDATE session SET ${change} WHERE tenant = '${tenant}' RETURNING 1`);
    return check('sessions are there to end', changed.length > 0);
  }
  process.removeAllListeners('warning');  // node calls its SQLite experimental
  const { DatabaseSync } = await import('node:sqlite');
  const [file] = readdirSync(join(on.place.data, 'tenants')).filter((name) => name.includes(tenant) && name.endsWith('.sqlite'));
  const database = new DatabaseSync(join(on.place.data, 'tenants', file));
  const { changes } = database.prepare(`UPDATE session SET ${change}`).run();
  database.close();
  return check('sessions are there to end', changes > 0);
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    const document = (await request(on.port, { path: '/api/openapi.json' })).json;
    const routes = routesOf(document).filter((r) => r.example);
    await part('P3 bad bodies', () => badBodies(on, routes, document));
    await part('bad queries', () => badQueries(on, routes));
    await part('forged requests', () => forged(on, routes));
    await part('reading', () => readingChangesNothing(on, routes));
    await part('cookies', () => garbageCookies(on));
    await part('ends of sessions', () => sessionsEnd(on));
    same('stops', await on.server.stop(), { code: 0, signal: null });
    same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  });
}
done();
