// Who may call what: every route of the OpenAPI document, by every role and every method, and never across businesses.
import { randomUUID } from 'node:crypto';
import { check, done, part, same } from './support/check.mjs';
import { good, kKnown, routesOf } from './support/examples.mjs';
import { isProblem, request } from './support/http.mjs';
import { gateOf, kNamed, passes } from './support/roles.mjs';
import { csrfOf, Employee, ownOrigin, Visitor } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { stage } from './support/stage.mjs';
import { Socket } from './support/websocket.mjs';

const kMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const kBadToken = 4401;

function everyRouteIsKnown(routes) {
  for (const route of routes) check(`${route.name} has an example`, route.example !== undefined);
  same('no example without a route', kKnown.filter((name) => !routes.some((r) => r.name === name)), []);
  check('the document has routes', routes.length >= 20, routes.length);
}

// P34: who is not named in the table is denied.
function everyRouteHasItsRole(routes) {
  for (const route of routes) {
    const gate = gateOf(route);
    check(`${route.name} is in the table of roles`, gate !== undefined);
    same(`${route.name}: the document says the same`, route.operation['x-role'] ?? 'none', ['open', 'widget'].includes(gate) ? 'none' : gate);
  }
  same('no row without a route', kNamed.filter((name) => !routes.some((r) => r.name === name)), []);
}

function expected(route, who) {
  if (!route.signedIn) return route.status;
  if (!who) return 401;
  return passes(route, who) ? route.status : 403;
}

// The receptionist as privacy officer, and the owner without it: the flag alone decides.
async function officerApart(on, routes) {
  const { clinic } = on;
  const appoint = (who, number) => clinic.ok('privacy/responsible', { employee: who.session.employee.id, order_number: number, order_date: '2026-11-23' }, 'PUT');
  await appoint(clinic.receptionist, '11-ПД');
  for (const role of ['owner', 'receptionist']) clinic[role].session.employee.officer = role === 'receptionist';
  for (const route of routes.filter((r) => ['officer', 'steward'].includes(gateOf(r)) && r.method === 'GET' && !/\{(id|version)\}/.test(r.path))) {
    for (const who of [clinic.owner, clinic.receptionist]) {
      const answer = await request(on.port, await good(route, clinic, who));
      same(`P15 ${route.name} as ${who.session.employee.role}, officer: ${who.session.employee.officer}`, answer.status, expected(route, who));
    }
  }
  await appoint(clinic.owner, '12-ПД');
  for (const role of ['owner', 'receptionist']) clinic[role].session.employee.officer = role === 'owner';
}

async function matrix(on, routes) {
  for (const route of routes) {
    for (const role of ['anonymous', 'receptionist', 'owner']) {
      let who = role === 'anonymous' ? null : on.clinic[role];
      if (who && route.example.spends) who = await on.clinic.signIn(role);
      const answer = await request(on.port, await good(route, on.clinic, who));
      const cell = `${route.name} as ${role}`;
      same(cell, answer.status, expected(route, who));
      check(`P14 ${cell}: no password hash`, !/\$2[aby]\$|password_hash/.test(answer.text ?? ''));
      await route.example.after?.(on.clinic);
      if (answer.status >= 400) check(`${cell}: a problem`, isProblem(answer), answer.text);
      if (answer.status === 204) same(`${cell}: nothing in it`, answer.body.length, 0);
    }
  }
}

const filled = (path, key) => path.replace('{public_key}', key).replaceAll(/\{\w+\}/g, () => randomUUID());

async function otherMethods(on, routes) {
  for (const path of new Set(routes.map((r) => r.path))) {
    const ours = routes.filter((r) => r.path === path).map((r) => r.method);
    const allowed = new Set(ours);
    if (allowed.has('GET')) allowed.add('HEAD');
    if (path.startsWith('/widget/')) allowed.add('OPTIONS');  // preflight
    for (const method of kMethods.filter((m) => !allowed.has(m))) {
      const answer = await request(on.port, { method, path: filled(path, on.clinic.key), headers: on.clinic.owner.headers(method) });
      same(`${method} ${path}`, answer.status, 405);
      same(`${method} ${path}: Allow`, new Set((answer.headers.allow ?? '').split(', ')), allowed);
    }
    if (allowed.has('OPTIONS')) same(`OPTIONS ${path}`, (await request(on.port, { method: 'OPTIONS', path: filled(path, on.clinic.key) })).status, 204);
  }
  for (const path of ['/api/v1/', '/api/v1/nothing', '/api/v2/session', '/api/v1/conversations/', '/api/v1/session/x', '/widget/v1/', '/api']) {
    same(`GET ${path}`, (await request(on.port, { path, headers: on.clinic.owner.headers() })).status, 404);
  }
}

const plain = (answer) => {
  const { date, ...headers } = answer.headers;
  return { status: answer.status, headers, body: answer.text };
};

// Theirs, one unknown to all, and what is no id at all answer alike to the last byte.
async function anotherBusinessesIds(on, routes) {
  for (const route of routes.filter((r) => r.path.includes('{id}'))) {
    for (const [mine, theirs] of [[on.clinic, on.salon], [on.salon, on.clinic]]) {
      const foreign = await route.example.id(theirs, theirs.owner);
      for (const role of ['receptionist', 'owner']) {
        const cell = `${route.name} of ${theirs.slug} as ${role} of ${mine.slug}`;
        const who = mine[role];
        const refused = plain(await request(on.port, await good(route, mine, who, foreign)));
        same(`${cell}: status`, refused.status, passes(route, who) ? 404 : 403);
        same(`${cell}: as an unknown one`, refused, plain(await request(on.port, await good(route, mine, who, randomUUID()))));
        same(`${cell}: as no id`, refused, plain(await request(on.port, await good(route, mine, who, 'not-an-id'))));
      }
      if (route.method !== 'GET' || route.path.startsWith('/widget')) continue;
      const own = await request(on.port, await good(route, theirs, theirs.owner, foreign));
      same(`${route.name} is there for ${theirs.slug}`, own.status, 200);
    }
  }
}

async function listed(business, path) {
  const ids = [];
  let cursor = '';
  for (let page = 0; page < 50; page += 1) {
    const answer = await business.owner.get(`/api/v1/${path}${path.includes('?') ? '&' : '?'}limit=7${cursor}`);
    ids.push(...answer.items.map((item) => item.id));
    if (answer.next === null) return ids;
    cursor = `&cursor=${encodeURIComponent(answer.next)}`;
  }
  throw new Error(`${path} has no end`);
}

async function lists(on) {
  const kinds = { conversations: 'conversation', leads: 'lead', articles: 'article', outbox: 'mail' };
  for (const [path, kind] of Object.entries(kinds)) {
    const made = { clinic: await on.clinic[kind](), salon: await on.salon[kind]() };
    const seen = { clinic: await listed(on.clinic, path), salon: await listed(on.salon, path) };
    for (const [mine, theirs] of [['clinic', 'salon'], ['salon', 'clinic']]) {
      check(`${path} of ${mine} show its own`, seen[mine].includes(made[mine]));
      same(`${path} of ${mine} show none of ${theirs}`, seen[mine].filter((id) => seen[theirs].includes(id)), []);
      same(`${path} of ${mine} once each`, new Set(seen[mine]).size, seen[mine].length);
    }
    const foreignCursor = path === 'articles' ? made.salon : `${Date.now() * 1000 + 60e6}_${made.salon}`;
    const page = await on.clinic.owner.get(`/api/v1/${path}?limit=100&cursor=${foreignCursor}`);
    same(`${path}: a foreign cursor shows nothing foreign`, page.items.filter((item) => seen.salon.includes(item.id)), []);
  }
  const [a, b] = [await on.clinic.owner.get('/api/v1/services'), await on.salon.owner.get('/api/v1/services')];
  same('services', a.items.filter((s) => b.items.some((o) => o.id === s.id)), []);
  const days = [await on.clinic.owner.get('/api/v1/bookings'), await on.salon.owner.get('/api/v1/bookings')];
  for (const of of ['items', 'specialists']) same(`bookings: ${of}`, days[0][of].filter((s) => days[1][of].some((o) => o.id === s.id)), []);
}

// The tenant's part of the cookie chooses a database; the token is looked for there and nowhere else.
async function swappedCookies(on, routes) {
  for (const role of ['owner', 'receptionist']) {
    const thief = Object.assign(new Employee(), on.clinic[role]);
    thief.cookie = `${on.salon[role].cookie.split('.')[0]}.${on.clinic[role].cookie.split('.')[1]}`;
    thief.csrf = csrfOf(thief.cookie);
    for (const route of routes.filter((r) => r.signedIn)) {
      const answer = await request(on.port, await good(route, on.salon, thief, route.example.id && (await route.example.id(on.salon, on.salon.owner))));
      same(`${route.name} with a swapped cookie of a ${role}`, answer.status, 401);
    }
    same(`panel socket with a swapped cookie of a ${role}`, (await thief.socket()).status, 401);
  }
}

async function sockets(on) {
  const headers = { cookie: `__Host-chatika=${on.clinic.owner.cookie}` };
  same('panel socket without cookie', (await Socket.open(on.port, '/api/v1/socket', { origin: ownOrigin(on.port) })).status, 401);
  same('panel socket from another site', (await Socket.open(on.port, '/api/v1/socket', { ...headers, origin: 'https://evil.example' })).status, 403);
  same('panel socket without origin', (await Socket.open(on.port, '/api/v1/socket', headers)).status, 403);
  const at = `/widget/v1/socket?key=${on.clinic.key}`;
  same('widget socket from another site', (await Socket.open(on.port, at, { origin: 'https://evil.example' })).status, 403);
  same('widget socket without origin', (await Socket.open(on.port, at)).status, 403);
  same('widget socket of no tenant', (await Socket.open(on.port, '/widget/v1/socket?key=pk_none', { origin: ownOrigin(on.port) })).status, 403);

  const [ours, theirs] = [await Visitor.start(on.port, on.clinic.key), await Visitor.start(on.port, on.salon.key)];
  const other = await Visitor.start(on.port, on.clinic.key);
  const refused = { 'a conversation of another business': { conversation: theirs.id }, 'both of another business': { conversation: theirs.id, token: theirs.token },
                    'the key of another business': { key: on.salon.key }, 'a conversation of another visitor': { conversation: other.id },
                    'an unknown conversation': { conversation: randomUUID() }, 'a token that is none': { token: 'none' } };
  for (const [name, changes] of Object.entries(refused)) {
    const socket = await Socket.open(on.port, at, { origin: ownOrigin(on.port) });
    socket.send(ours.hello(changes));
    same(`hello with ${name}`, await socket.closing(), kBadToken);
    same(`hello with ${name}: nothing said`, socket.events, []);
  }

  const panel = await on.salon.owner.socket();
  panel.send({ type: 'hello', after: null });
  await panel.next('welcome', (e) => e.type === 'welcome');
  const [loud, heard] = [await on.clinic.visitor(), await on.salon.visitor()];
  await loud.say('Это говорит посетитель клиники');
  await heard.say('Это говорит посетитель салона');
  await panel.next('own message', (e) => e.type === 'messages' && e.conversation.id === heard.id);
  check('a panel hears nothing of another business', !JSON.stringify(panel.events).includes(loud.id));
  for (const socket of [panel, loud.socket, heard.socket]) socket.cut();
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    const routes = routesOf((await request(on.port, { path: '/api/openapi.json' })).json);
    everyRouteIsKnown(routes);
    everyRouteHasItsRole(routes);
    const known = routes.filter((r) => r.example);
    await part('P34 role × route', () => matrix(on, known));
    await part('the officer apart', () => officerApart(on, known));
    await part('other methods', () => otherMethods(on, known));
    await part('ids of another business', () => anotherBusinessesIds(on, known));
    await part('lists', () => lists(on));
    await part('swapped cookies', () => swappedCookies(on, known));
    await part('sockets', () => sockets(on));
    same('stops', await on.server.stop(), { code: 0, signal: null });
    same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  });
}
done();
