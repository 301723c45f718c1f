// Personal data and secrets go in by every way there is; none may be found in any file or in a word of the program.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { check, done, part, same } from './support/check.mjs';
import { request } from './support/http.mjs';
import { Employee, ownOrigin, Visitor } from './support/people.mjs';
import { kStorages, place } from './support/places.mjs';
import { filesBelow, formsOf, Scanner } from './support/scanner.mjs';
import { command, Server } from './support/server.mjs';
import { Socket } from './support/websocket.mjs';

const kLeastCanaries = 60;
const pick = (alphabet, count) => Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('');

// Words that stand nowhere else, new in every run.
class Canaries {
  constructor() {
    this.all = [];
  }
  add(name, text) {
    this.all.push({ name, text });
    return text;
  }
  russian(name) {
    return this.add(name, `Щ${pick('бвгджзклмнпрст', 1)}${Array.from({ length: 6 }, () => pick('бвгджзклмнпрст', 1) + pick('аеиоу', 1)).join('')}`);
  }
  latin(name) {
    return this.add(name, `Q${Array.from({ length: 7 }, () => pick('bdfgklmnprstvz', 1) + pick('aeiou', 1)).join('')}`);
  }
  phone(name) {
    const digits = `9${pick('0123456789', 9)}`;
    this.add(`${name}, digits`, digits);
    this.add(`${name}, as typed`, `${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`);
    return `+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`;
  }
  email(name) {
    return this.add(name, `${this.latin(`${name}, name`).toLowerCase()}@${pick('bdfgkl', 6)}.example`);
  }
  address(name) {
    return this.add(name, `127.${randomInt(100, 255)}.${randomInt(100, 255)}.${randomInt(100, 255)}`);
  }
  secret(name) {
    return this.add(name, randomBytes(18).toString('base64url').replace(/[-_]/g, 'x'));
  }
}

function people(c) {
  return {
    owner: { name: `${c.russian("employee's first name")} ${c.russian("employee's surname")}`, email: c.email("employee's e-mail"), password: c.secret("employee's password"), from: c.address("employee's address") },
    visitor: { name: `${c.russian("visitor's first name")} ${c.russian("visitor's surname")}`, phone: c.phone("visitor's phone"), email: c.email("visitor's e-mail"), from: c.address("visitor's address") },
    english: { name: `${c.latin("English visitor's first name")} ${c.latin("English visitor's surname")}`, phone: c.phone("English visitor's phone"), email: c.email("English visitor's e-mail"), from: c.address("English visitor's address") },
  };
}

function addOwner(c, where, owner, output) {
  const add = (name, email, password) =>
    command(where, ['user', 'add', '--tenant', 'clinic', '--role', 'owner'], `${name}\n${email}\n${password}\n`);
  const added = add(owner.name, owner.email, owner.password);
  same('the employee is added', added.status, 0);
  const twice = add(owner.name, owner.email, c.secret('password of a refused employee'));
  same('not twice', twice.status, 1);
  const short = add(owner.name, c.email('e-mail of a refused employee'), 'short');
  same('not with a short password', short.status, 1);
  output.push(added.out, twice.out, short.out);
}

// What visitors say, and that it came to where employees read it.
async function visitors(c, port, key, owner, p) {
  const headers = { 'x-forwarded-for': c.address('X-Forwarded-For'), forwarded: `for=${c.address('Forwarded')}`, 'user-agent': c.latin('User-Agent'), referer: `https://site.example/${c.latin('Referer')}`, 'x-anything': c.latin('a header of no meaning') };
  for (const [language, who] of [['ru', p.visitor], ['en', p.english]]) {
    const v = await Visitor.start(port, key, { language, from: who.from, headers, health: true });
    c.add(`conversation's token, ${language}`, v.token);
    await v.connect();
    const words = language === 'ru' ? c.russian.bind(c) : c.latin.bind(c);
    const said = Array.from({ length: 4 }, (_, i) => words(`message ${i}, ${language}`));
    for (const word of said) await v.say(language === 'ru' ? `Здравствуйте! У меня ${word}, болит уже неделю` : `Hello! I have ${word}, it hurts for a week`);
    await v.say(language === 'ru' ? `Моя почта ${who.email}` : `My e-mail is ${who.email}`);
    const note = words(`reason of the call, ${language}`);
    await v.answerAll(await v.say(language === 'ru' ? `Перезвоните мне, пожалуйста, по поводу ${note}` : `Please call me back about ${note}`), { ...who, until: () => true });
    await v.book({ ...who, skipTimes: language === 'ru' ? 0 : 1 });
    const handed = await owner.call('POST', `/api/v1/conversations/${v.id}/take`);
    same(`${language}: taken over`, handed.status, 200);
    const reply = words(`employee's reply, ${language}`);
    same(`${language}: replied`, (await owner.call('POST', `/api/v1/conversations/${v.id}/messages`, { client_id: randomUUID(), text: `Ответ: ${reply}` })).status, 201);
    await v.socket.next('the reply', (e) => e.type === 'message' && e.message.text.includes(reply));
    v.socket.send({ type: 'send', id: randomUUID(), text: `И ещё ${words(`message to the employee, ${language}`)}` });
    v.socket.send({ type: 'send', id: words('id that is none'), text: words('text of a refused message') });
    v.socket.send({ type: words('unknown type of frame'), [words('member of a frame')]: words('value in a frame') });
    v.socket.sendText(`{"type":"send","text":"${words('broken frame')}`);
    v.socket.send({ type: 'send', id: randomUUID(), text: `${words('long message')} `.repeat(400) });
    await v.socket.next('refusals', (e) => e.type === 'error');

    const detail = await owner.get(`/api/v1/conversations/${v.id}`);
    const shown = JSON.stringify(detail) + JSON.stringify(await owner.get(`/api/v1/conversations/${v.id}/messages?limit=100`));
    for (const [name, text] of Object.entries({ name: who.name, phone: who.phone.replace(/[ -]/g, ''), email: who.email, reply, note, 'first words': said[0] })) {
      check(`${language}: employees read the ${name}`, shown.includes(text), shown.slice(0, 600));
    }
    check(`${language}: the address serves security only, employees do not see it`, !shown.includes(who.from), shown.slice(0, 600));
    check(`${language}: a lead and a booking`, detail.leads.length > 0 && detail.bookings.length === 1, detail);
    v.socket.cut();
  }
}

// Where nobody expects them: every part of a request, right and wrong.
async function strays(c, port, key, owner) {
  const json = { 'content-type': 'application/json', origin: ownOrigin(port) };
  const get = (path, headers = {}) => request(port, { path, headers });
  const post = (path, body, headers = {}) => request(port, { method: 'POST', path, body, headers: { ...json, ...headers } });
  const w = (name) => encodeURIComponent(c.russian(name));
  const asked = [
    get(`/${w('unknown path')}`), get(`/panel/${w("panel's own path")}`), get(`/api/v1/conversations/${w('id in a path')}`, owner.headers()),
    get(`/widget/v1/config?key=${w('key of a query')}`), get(`/widget/v1/config?key=${key}&${c.latin('name of a query')}=1`),
    get(`/api/v1/leads?cursor=${w('cursor')}`, owner.headers()), get(`/api/v1/bookings?date=${w('date')}`, owner.headers()),
    get(`/api/v1/conversations?phone=${w('value of an unknown query')}`, owner.headers()), get('/api/v1/session', { cookie: `__Host-chatika=${c.secret('cookie that is none')}` }),
    get('/api/v1/session', { authorization: `Basic ${c.secret('basic authorization')}` }), get('/api/v1/session', { 'accept-language': c.latin('language') }),
    get(`/widget/v1/articles/${randomUUID()}?key=${key}`, { origin: `https://${c.latin('foreign origin').toLowerCase()}.example` }),
    post('/api/v1/session', `{"email":"${c.email('e-mail of nobody')}","password":"${c.secret('wrong password')}"}`, {}),
    post('/api/v1/session', `{"email":"${c.latin('no e-mail')}","password":"${c.secret('password of no e-mail')}"}`),
    post('/api/v1/session', `{"login":"${c.latin('value of an unknown member')}"}`), post('/api/v1/session', `{"${c.latin('unknown member')}":1}`),
    post('/api/v1/session', `{"email":{"${c.russian('member in a wrong place')}":1},"password":7}`), post('/api/v1/session', `{"email":"${c.russian('broken JSON')}`),
    post('/api/v1/session', `${c.latin('no JSON')}`, { 'content-type': 'text/plain' }), post('/api/v1/session', '{}', { 'content-type': `application/${c.latin('media type').toLowerCase()}` }),
    post('/widget/v1/conversations', JSON.stringify({ key, client_id: c.latin('client id that is none'), language: 'ru', widget_version: c.latin('version of a refused start'), consent: {} })),
    owner.call('POST', '/api/v1/articles/ask', { language: 'ru', question: `Есть ли ${c.russian('question of the owner')}?` }),
    owner.call('POST', `/api/v1/conversations/${randomUUID()}/messages`, { client_id: randomUUID(), text: c.russian('reply into nothing') }),
    owner.call('POST', '/api/v1/articles', { language: 'ru', title: 'Т', text: 'Т' }, { 'x-csrf-token': c.secret('wrong CSRF token') }),
    request(port, { method: 'BREW', path: `/${w('path of an unknown method')}` }), get(`/?${'a'.repeat(17_000)}${w('address too long')}`),
    post('/api/v1/session', `{"a":"${c.russian('body too large')}${'x'.repeat(300_000)}"}`),
  ];
  for (const answer of await Promise.all(asked)) check('answered without failing', answer.status < 500 || answer.status === 501, answer.text);
  const refused = await Socket.open(port, `/widget/v1/socket?key=${key}&token=${c.secret('token in an address')}`, { origin: ownOrigin(port), 'sec-websocket-protocol': c.latin('subprotocol') });
  same('a token in an address is refused', refused.status, 403);
  const socket = await Socket.open(port, `/widget/v1/socket?key=${key}`, { origin: ownOrigin(port) });
  socket.send({ type: 'hello', key, conversation: randomUUID(), token: c.secret('wrong token of a conversation'), after: 0, language: 'ru' });
  same('a wrong token is refused', await socket.closing(), 4401);
}

function searched(where, server, output) {
  const files = [...filesBelow([where.directory], (path) => basename(path) === 'demo-sign-ins.txt')];
  const out = files.map(({ path, bytes }) => ({ path: path.slice(where.directory.length), bytes }));
  out.push({ path: 'what the program said', bytes: Buffer.concat([...server.output, Buffer.from(output.join('\n'))]) });
  if (!where.database) return out;
  const { cluster, name } = where.database;
  cluster.sql('postgres', 'CHECKPOINT');
  const oid = cluster.sql('postgres', `SELECT oid FROM pg_database WHERE datname = '${name}'`);
  const others = (path) => /\/data\/base\/(\d+)\//.exec(path)?.[1] ?? oid;
  for (const { path, bytes } of filesBelow([cluster.directory], (path) => others(path) !== oid)) out.push({ path: `cluster${path.slice(cluster.directory.length)}`, bytes });
  out.push({ path: 'pg_dump', bytes: Buffer.from(cluster.dump(name)) });
  return out;
}

function nothingFound(c, when, where, server, output, known) {
  const places = searched(where, server, output);
  const scanner = new Scanner(c.all);
  const hits = places.flatMap(({ path, bytes }) => scanner.find(bytes).map((hit) => `${path}: ${hit}`));
  same(`${when}: nothing is found in ${places.length} places`, hits, []);
  // The same scanner over the same places does find what is no secret.
  for (const { name, text } of known) {
    const plain = new Scanner([{ name, text }]);
    check(`${when}: ${name} is found`, places.some(({ bytes }) => plain.find(bytes).length > 0));
  }
  for (const kind of where.database ? ['pg_dump', '/base/', '/pg_wal/', 'cluster/log'] : ['control.sqlite', '.sqlite-wal', '/tenants/', 'lock', 'master.key']) {
    if (kind === '.sqlite-wal' && when === 'after a clean stop') continue;
    check(`${when}: ${kind} was searched`, places.some(({ path }) => path.includes(kind)), places.map((p) => p.path));
  }
}

function theScannerFinds(c) {
  const noise = () => randomBytes(2000 + randomInt(3));
  const scanner = new Scanner(c.all);
  same('noise holds nothing', scanner.find(noise()), []);
  let missed = 0;
  for (const { name, text } of c.all) {
    for (const { encoding, bytes } of formsOf(text)) {
      if (!scanner.find(Buffer.concat([noise(), bytes, noise()])).some((hit) => hit.startsWith(name))) missed += 1;
      if (missed === 1) check(`${name} as ${encoding} is found`, false);
    }
    for (const before of [0, 1, 2]) {
      const inside = Buffer.concat([Buffer.alloc(before, 120), Buffer.from(text), Buffer.from('tail')]).toString('base64');
      if (scanner.find(Buffer.from(inside)).length === 0) missed += 1;
    }
  }
  same('every form of every canary can be found', missed, 0);
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const c = new Canaries();
    const where = await place(storage);
    const server = new Server(where);
    const output = [];
    const p = people(c);
    await server.start();
    await server.stop();
    addOwner(c, where, p.owner, output);
    await server.start();
    const owner = await Employee.signIn(server.port, p.owner.email, p.owner.password, { from: p.owner.from });
    c.add("session's token", owner.cookie.split('.')[1]);
    c.add('CSRF token', owner.csrf);
    same("the employee's name is kept", owner.session.employee.name, p.owner.name);
    const key = owner.session.tenant.public_key;
    const known = [{ name: "the tenant's slug", text: 'clinic' }, { name: 'the title of an article', text: (await owner.get('/api/v1/articles?language=ru')).items[0].title }];

    await part('visitors', () => visitors(c, server.port, key, owner, p));
    await part('strays', () => strays(c, server.port, key, owner));
    check(`there are ${c.all.length} canaries`, c.all.length >= kLeastCanaries);
    await part('the scanner', () => theScannerFinds(c));
    await part('P9, P30 search', async () => {
      nothingFound(c, 'while it runs', where, server, output, known);
      await server.kill();
      nothingFound(c, 'after SIGKILL', where, server, output, known);
      await server.start();
      same('what was said is still there', (await owner.get('/api/v1/leads')).items.some((lead) => lead.name === p.visitor.name), true);
      same('it stops', await server.stop(), { code: 0, signal: null });
      output.push(command(where, ['audit', 'verify']).out, command(where, ['tenant', 'list', '--json']).out);
      nothingFound(c, 'after a clean stop', where, server, output, known);
    });
    same('no error in the log', server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  });
}
done();
