// What stands around the answers: security headers, caching, languages, who may read what from where; and the slow door
// of signing in.
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { check, done, part, same } from './support/check.mjs';
import { isProblem, request } from './support/http.mjs';
import { Employee, ownOrigin } from './support/people.mjs';
import { kStorages, place, tlsPort } from './support/places.mjs';
import { Server } from './support/server.mjs';
import { addPartner, kSite, stage } from './support/stage.mjs';

const kForeign = 'https://evil.example';
const kAttempts = 12;

function directives(answer) {
  const policy = answer.headers['content-security-policy'] ?? '';
  return new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
}

async function security(on) {
  const get = (path, headers = {}) => request(on.port, { path, headers });
  const asset = /src="(\/panel\/assets\/[^"]+\.js)"/.exec((await get('/panel/')).text)[1];
  const paths = { '/panel/': 200, '/panel/inbox/anything': 200, [asset]: 200, '/widget.js': 200, '/demo/clinic/': 200, '/': 200, '/livez': 200, '/readyz': 200,
                  '/api/openapi.json': 200, '/api/v1/session': 401, '/nothing': 404, '/../etc/passwd': 400, '/panel': 302, [`/widget/v1/config?key=${on.clinic.key}`]: 200 };
  for (const [path, status] of Object.entries(paths)) {
    for (const tls of [false, true]) {
      const answer = await request(tls ? tlsPort(on.port) : on.port, { path, tls });
      const name = `${path}${tls ? ' by TLS' : ''}`;
      same(`${name}: status`, answer.status, status);
      same(`${name}: nosniff`, answer.headers['x-content-type-options'], 'nosniff');
      same(`${name}: referrer policy`, answer.headers['referrer-policy'], 'no-referrer');
      same(`${name}: HSTS`, /^max-age=\d{7,}/.test(answer.headers['strict-transport-security'] ?? ''), tls);
      check(`${name}: does not say what runs here`, answer.headers.server === undefined && answer.headers['x-powered-by'] === undefined);
      if (status === 302 || status === 400) continue;
      same(`${name}: framed by nobody`, directives(answer).get('frame-ancestors'), ["'none'"]);
      check(`${name}: no unsafe policy`, !/unsafe-(inline|eval)|\*/.test(answer.headers['content-security-policy']), answer.headers['content-security-policy']);
    }
  }
  const [first, second] = [await get('/panel/'), await get('/panel/')];
  const nonce = (page) => directives(page).get('style-src')?.find((v) => v.startsWith("'nonce-"));
  check('the panel has a nonce, new each time', nonce(first) !== undefined && nonce(first) !== nonce(second));
  check('and the page carries it', first.text.includes(nonce(first).slice(7, -1)));
  check('scripts of the panel come from here only', directives(first).get('script-src').join() === "'self'", first.headers['content-security-policy']);
  same('data may load nothing', directives(await get('/api/v1/session')).get('default-src'), ["'none'"]);

  for (const path of ['session', 'conversations', 'leads', 'bookings', 'services', 'articles', 'nothing']) {
    const answer = await on.clinic.owner.call('GET', `/api/v1/${path}`);
    same(`${path}: kept by nobody`, answer.headers['cache-control'], 'no-store');
  }
  same('what a widget is told: kept by nobody', (await get(`/widget/v1/config?key=${on.clinic.key}`)).headers['cache-control'], 'no-store');

  for (const path of [asset, '/widget.js']) {
    const plain = await get(path);
    const packed = await get(path, { 'accept-encoding': 'gzip, br' });
    same(`${path}: not packed unasked`, plain.headers['content-encoding'], undefined);
    same(`${path}: packed`, packed.headers['content-encoding'], 'gzip');
    check(`${path}: the same inside`, gunzipSync(packed.body).equals(plain.body));
    check(`${path}: varies`, /accept-encoding/i.test(packed.headers.vary ?? ''));
    check(`${path}: a tag of its own for each`, plain.headers.etag && packed.headers.etag && plain.headers.etag !== packed.headers.etag);
    const again = await get(path, { 'if-none-match': plain.headers.etag });
    same(`${path}: unchanged`, [again.status, again.body.length, again.headers.etag], [304, 0, plain.headers.etag]);
    same(`${path}: unchanged, packed`, (await get(path, { 'if-none-match': packed.headers.etag, 'accept-encoding': 'gzip' })).status, 304);
    same(`${path}: another tag`, (await get(path, { 'if-none-match': '"other"' })).status, 200);
    const head = await request(on.port, { method: 'HEAD', path });
    same(`${path}: HEAD`, [head.status, head.body.length, head.headers['content-length']], [200, 0, String(plain.body.length)]);
  }
  check('a hashed name never changes', /immutable/.test((await get(asset)).headers['cache-control']));
  check('the loader may change', !/immutable/.test((await get('/widget.js')).headers['cache-control']));
}

async function languages(on) {
  const wishes = { '': 'ru', 'ru': 'ru', 'en': 'en', 'en-GB,en;q=0.9': 'en', 'ru-RU,ru;q=0.9,en;q=0.8': 'ru', 'en;q=0.5,ru;q=0.9': 'ru', 'de,fr': 'ru', 'en;q=0': 'ru', ';;;,,,q=': 'ru' };
  for (const [wish, language] of Object.entries(wishes)) {
    for (const [method, path] of [['GET', '/api/v1/session'], ['GET', '/nothing'], ['PATCH', '/api/v1/session'], ['BREW', '/']]) {
      const answer = await request(on.port, { method, path, headers: wish ? { 'accept-language': wish } : {} });
      const name = `${method} ${path} for "${wish}"`;
      check(`${name}: a problem`, isProblem(answer), answer.text);
      same(`${name}: language`, answer.headers['content-language'], language);
      same(`${name}: words`, /[а-яё]/i.test(answer.json?.title ?? ''), language === 'ru');
    }
  }
}

const door = (on, email, password, from, headers = {}) =>
  request(on.port, { method: 'POST', path: '/api/v1/session', from, body: JSON.stringify({ email, password }),
                     headers: { 'content-type': 'application/json', origin: ownOrigin(on.port), ...headers } });
const bare = (answer) => {
  const { date, ...headers } = answer.headers;
  return { status: answer.status, headers, text: answer.text };
};

async function signingIn(on) {
  const { email, password } = on.salon.signIns.find((s) => s.role === 'owner');
  const good = await door(on, email, password, '127.40.0.1');
  const cookie = good.headers['set-cookie'][0];
  for (const flag of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) check(`cookie: ${flag}`, cookie.split('; ').includes(flag), cookie);
  check('cookie: __Host-, of this host only', cookie.startsWith('__Host-chatika=') && !/domain/i.test(cookie), cookie);
  check('cookie: ends', /Max-Age=\d+/.test(cookie), cookie);
  check('the secret is in no body', !good.text.includes(cookie.slice(15, 60)));
  same('e-mail in any case and with blanks', (await door(on, `  ${email.toUpperCase()} `, password, '127.40.0.2')).status, 200);
  for (const wrong of [` ${password}`, `${password} `, password.toUpperCase(), password.slice(0, -1), `${password}\u0000`]) {
    same('password is taken exactly', (await door(on, email, wrong, '127.40.0.3')).status, 401);
  }

  const time = async (address) => {
    const began = performance.now();
    const answer = await door(on, address, 'wrong-password', `127.41.0.${1 + (next++ % 250)}`);
    return { answer, ms: performance.now() - began };
  };
  let next = 0;
  const [known, unknown] = [[], []];
  for (let i = 0; i < 5; i += 1) {
    known.push(await time(email));
    unknown.push(await time('nobody@salon.example'));
  }
  same('an unknown account looks like a wrong password', bare(unknown[0].answer), bare(known[0].answer));
  same('refused', known[0].answer.status, 401);
  same('no cookie for it', known[0].answer.headers['set-cookie'], undefined);
  const middle = (all) => all.map((a) => a.ms).sort((a, b) => a - b)[2];
  const ratio = middle(known) / middle(unknown);
  check('and takes as long', ratio > 0.4 && ratio < 2.5, `${middle(known)} ms and ${middle(unknown)} ms`);

  for (const account of ['reception@salon.example', 'stranger@salon.example']) {
    const answers = [];
    for (let i = 0; i < kAttempts; i += 1) answers.push(await door(on, account, 'wrong-password', account[0] === 'r' ? '127.42.0.1' : '127.42.0.2'));
    const refused = answers.find((a) => a.status === 429);
    check(`${account}: guessing is slowed`, refused !== undefined && answers.filter((a) => a.status === 401).length <= 8, answers.map((a) => a.status));
    check(`${account}: it says until when`, /^[1-9]\d*$/.test(refused?.headers['retry-after'] ?? ''), refused?.headers);
    check(`${account}: a problem`, refused && isProblem(refused) && refused.json.code === 'too_many');
  }
  const right = on.salon.signIns.find((s) => s.role === 'receptionist');
  same('the right password waits too', (await door(on, right.email, right.password, '127.42.0.1')).status, 429);
  same('X-Forwarded-For of nobody trusted changes nothing', (await door(on, right.email, right.password, '127.42.0.1', { 'x-forwarded-for': '203.0.113.9' })).status, 429);
  same('elsewhere the employee gets in', (await Employee.signIn(on.port, right.email, right.password)).answer.status, 200);
}

async function otherSites(on) {
  const config = (key, headers) => request(on.port, { path: `/widget/v1/config?key=${key}`, headers });
  const start = async (key, headers, changes = {}) => {
    const { consent } = (await config(key, {})).json;
    const body = { key, client_id: randomUUID(), language: 'ru', widget_version: 'live', consent: { version: consent.version, hash: consent.hash, agreed: true, health: false, ...changes } };
    return request(on.port, { method: 'POST', path: '/widget/v1/conversations', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  };
  const article = (key, headers) => request(on.port, { path: `/widget/v1/articles/${randomUUID()}?key=${key}`, headers });
  const key = on.partnerKey;
  const site = { origin: kSite };
  const allowed = { 'config 200': [await config(key, site), 200], 'start 201': [await start(key, site), 201], 'article 404': [await article(key, site), 404],
                    'another text 409': [await start(key, site, { hash: '0'.repeat(64) }), 409], 'not agreed 403': [await start(key, site, { agreed: false }), 403],
                    'a language of none 422': [await request(on.port, { path: `/widget/v1/config?key=${key}&language=de`, headers: site }), 422] };
  for (const [name, [answer, status]] of Object.entries(allowed)) {
    same(`${name} for the tenant's site: status`, answer.status, status);
    same(`${name}: its page may read it`, answer.headers['access-control-allow-origin'], kSite);
    check(`${name}: varies by origin`, /origin/i.test(answer.headers.vary ?? ''), answer.headers.vary);
    same(`${name}: no cookies`, answer.headers['access-control-allow-credentials'], undefined);
  }
  for (const origin of [kForeign, `${kSite}.evil.example`, 'http://partner.example', `${kSite}:444`, 'null', 'https://PARTNER.example', `https://sub.partner.example`]) {
    for (const [name, answer] of [['config', await config(key, { origin })], ['start', await start(key, { origin })], ['article', await article(key, { origin })]]) {
      same(`${name} for ${origin}`, [answer.status, answer.headers['access-control-allow-origin']], [403, undefined]);
    }
  }
  same('the site of one tenant is foreign to another', (await config(on.clinic.key, site)).status, 403);
  same('an unknown key', (await request(on.port, { path: '/widget/v1/config?key=pk_none', headers: site })).headers['access-control-allow-origin'], undefined);
  const asked = await request(on.port, { method: 'OPTIONS', path: '/widget/v1/conversations', headers: { ...site, 'access-control-request-method': 'POST' } });
  check('asked first', asked.status === 204 && /content-type/.test(asked.headers['access-control-allow-headers']) && asked.headers['access-control-allow-credentials'] === undefined, asked.headers);
  for (const path of ['session', 'conversations', 'articles']) {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await request(on.port, { method, path: `/api/v1/${path}`, headers: { ...on.clinic.owner.headers(), origin: kSite } });
      same(`${method} ${path} is readable by no other site`, answer.headers['access-control-allow-origin'], undefined);
    }
  }
}

// 429 of the widget, on a server that allows few starts.
async function tooManyStarts(storage) {
  const where = await place(storage, { limits: ['starts_per_minute = 3'] });
  const key = addPartner(where);
  const server = new Server(where);
  await server.start({ demo: false });
  const { consent } = (await request(server.port, { path: `/widget/v1/config?key=${key}` })).json;
  const answers = [];
  for (let i = 0; i < kAttempts; i += 1) {
    const body = { key, client_id: randomUUID(), language: 'ru', widget_version: 'live', consent: { version: consent.version, hash: consent.hash, agreed: true, health: false } };
    answers.push(await request(server.port, { method: 'POST', path: '/widget/v1/conversations', body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin: kSite } }));
  }
  const refused = answers.at(-1);
  check('some may start', answers[0].status === 201, answers[0].text);
  same('too many may not', refused.status, 429);
  check('told until when', /^[1-9]\d*$/.test(refused.headers['retry-after'] ?? ''), refused.headers);
  same('readable by the page', [refused.headers['access-control-allow-origin'], refused.headers['access-control-expose-headers']], [kSite, 'Retry-After']);
  await server.stop();
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    await part('security and caching', () => security(on));
    await part('languages', () => languages(on));
    await part('P12 signing in', () => signingIn(on));
    await part('other sites', () => otherSites(on));
    same('stops', await on.server.stop(), { code: 0, signal: null });
    same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
    await part('too many starts', () => tooManyStarts(storage));
  });
}
done();
