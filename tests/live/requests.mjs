// Requests about personal data from outside: a known person and an unknown one are answered alike to the byte, withdrawal acts
// at once and everywhere, and what is refused is refused well.
import { check, done, part, same, until } from './support/check.mjs';
import { isProblem, request } from './support/http.mjs';
import { Visitor } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { stage } from './support/stage.mjs';

const kPerson = { name: 'Мария Пробная', phone: '+7 912 000-11-22', email: 'maria@visitor.example' };
const kForm = { type: 'information', full_name: kPerson.name, email: kPerson.email, data_description: 'Чат', essence: 'Что есть?', language: 'ru' };
const kSamples = 40;

let address = 1;
const fromNewAddress = () => `127.32.${address >> 8}.${(address++ & 255) || 1}`;
function post(on, path, body, key = on.clinic.key) {
  return request(on.port, { method: 'POST', path: `/privacy/v1/${key}/${path}`, body: JSON.stringify(body), from: fromNewAddress(),
                            headers: { 'content-type': 'application/json', 'accept-language': 'ru' } });
}
const shape = (answer, ...random) => {
  const { date, ...headers } = answer.headers;
  let body = answer.text;
  for (const value of random) body = body.replaceAll(value, '*'.repeat(value.length));
  return { status: answer.status, headers, body };
};
const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

async function P49_four_fields(on) {
  for (const field of ['full_name', 'email', 'data_description', 'essence', 'type']) {
    const { [field]: gone, ...rest } = kForm;
    for (const [how, body] of [['missing', rest], ['empty', { ...kForm, [field]: ' ' }]]) {
      const answer = await post(on, 'requests', body);
      check(`${field} ${how}: a problem`, isProblem(answer) && answer.status === 422, answer.text);
      check(`${field} ${how}: named`, answer.json?.errors?.some((e) => e.pointer === `/${field}`), answer.text);
    }
  }
  const bad = await post(on, 'requests', { ...kForm, email: 'not an address' });
  same('what is no address', bad.json?.errors?.[0]?.pointer, '/email');
  same('an unknown member', (await post(on, 'requests', { ...kForm, passport: '1' })).status, 400);
}

async function P50_no_oracle(on) {
  const visitor = await on.clinic.visitor();
  await visitor.callBack(kPerson);
  const times = { known: [], unknown: [] };
  const seen = {};
  for (let i = 0; i < kSamples; i += 1) {
    for (const [who, phone] of [['known', kPerson.phone], ['unknown', '+7 912 000-33-44']]) {
      const began = performance.now();
      const answer = await post(on, 'requests', { ...kForm, email: 'typed-in@visitor.example', phone });
      times[who].push(performance.now() - began);
      const { reference, token } = answer.json;
      seen[who] ??= { filed: shape(answer, reference, token), reference, token };
      same(`${who}: filed alike`, shape(answer, reference, token), seen.known.filed);
    }
  }
  const [known, unknown] = [middle(times.known), middle(times.unknown)];
  check('timing tells nothing', Math.abs(known - unknown) < Math.max(2, 0.5 * Math.min(known, unknown)), { known, unknown });
  // The search has run when the officer sees whose data it is about.
  await until('the person to be found', async () => {
    const { items } = await on.clinic.owner.get('/api/v1/privacy/requests?filter=open&limit=100');
    const row = items.find((one) => one.number === seen.known.reference);
    const file = row && (await on.clinic.owner.get(`/api/v1/privacy/requests/${row.id}`));
    // There is no mail server here: the code waits, so somebody is asked to call. What is answered outside stays alike.
    return file?.subject && file.tasks.some((one) => one.kind.startsWith('Позвонить') && !one.done_at);
  });
  for (const [path, more] of [['requests/status', {}], ['requests/code', {}], ['requests/verify', { code: '000000' }]]) {
    const answers = [];
    for (const who of ['known', 'unknown']) {
      const answer = await post(on, path, { token: seen[who].token, ...more });
      answers.push({ ...shape(answer, seen[who].reference), body: shape(answer, seen[who].reference).body.replace(/"received_at":"[^"]*"/, '') });
    }
    same(`${path}: alike to the byte`, answers[0], answers[1]);
  }
  const wrong = await post(on, 'requests/verify', { token: 'A'.repeat(43), code: '000000' });
  const unlinked = await post(on, 'requests/verify', { token: seen.unknown.token, code: '000000' });
  same('a code under a link that is none', shape(wrong), shape(unlinked));
  for (const token of ['A'.repeat(43), 'x', seen.known.token.slice(1) + 'A']) {
    same('a link that is none', (await post(on, 'requests/status', { token })).status, 401);
  }
  same('the link of another business', (await post(on, 'requests/status', { token: seen.known.token }, on.salon.key)).status, 401);
  same('an unknown business', (await post(on, 'requests', kForm, 'no-such-key')).status, 404);
  for (const email of [kPerson.email, 'nobody@visitor.example']) {
    same('a withdrawal link', shape(await post(on, 'withdrawal-link', { email, language: 'ru' })).status, 202);
  }
  visitor.socket.cut();
}

async function P42_withdrawal_acts_at_once(on) {
  const visitor = await on.clinic.visitor();
  await visitor.callBack(kPerson);
  const panel = await on.clinic.owner.socket();
  panel.send({ type: 'hello', after: null });
  await panel.next('welcome', (e) => e.type === 'welcome');
  const body = JSON.stringify({ key: on.clinic.key, conversation: visitor.id, token: visitor.token, language: 'ru' });
  const my = (path) => request(on.port, { method: 'POST', path: `/widget/v1/my-data${path}`, body, headers: { 'content-type': 'application/json' } });
  const before = await my('');
  same('my data', before.status, 200);
  check('says the phone', before.json.held.some(({ value }) => value.includes('912')), before.text);
  const answer = await my('/withdraw');
  same('withdrawn', answer.status, 200);
  check('a case stands, with its day', /^ЗПД-\d{4}-\d{4}$/.test(answer.json.reference) && /^\d{4}-\d\d-\d\d$/.test(answer.json.due), answer.text);
  await until('the socket to close', () => visitor.socket.closed);
  same('with "start again"', visitor.socket.closeCode, 4401);
  const gone = await panel.next('gone', (e) => e.type === 'gone');
  same('panels hear it', gone.conversation, visitor.id);
  panel.cut();
  same('the token is worth nothing', (await my('')).status, 401);
  same('nor a second time', (await my('/withdraw')).status, 401);
  const { items } = await on.clinic.owner.get('/api/v1/conversations?limit=100');
  check('not in the list', !items.some((one) => one.id === visitor.id));
  const leads = await on.clinic.owner.get('/api/v1/leads?limit=100');
  check('nor its lead', !leads.items.some((one) => one.conversation === visitor.id));
  const detail = await on.clinic.owner.call('GET', `/api/v1/conversations/${visitor.id}`);
  check('the next read is refused', detail.status >= 400 && !detail.text.includes('912'), detail.text);
  const cases = await on.clinic.owner.get('/api/v1/privacy/requests?filter=open&limit=100');
  const row = cases.items.find((one) => one.number === answer.json.reference);
  same('the officer has the case', row?.type, 'withdrawal');
  same('verified', row?.verification, 'verified');
}

async function P48_refusal(on) {
  const { json: filed } = await post(on, 'requests', kForm);
  const { items } = await on.clinic.owner.get('/api/v1/privacy/requests?filter=open&limit=100');
  const { id } = items.find((one) => one.number === filed.reference);
  const refuse = (body) => on.clinic.owner.call('POST', `/api/v1/privacy/requests/${id}/refuse`, body);
  same('without an article', (await refuse({ reason: 'Нет' })).json?.errors?.[0]?.pointer, '/article');
  same('an answer to the unverified', (await on.clinic.owner.call('POST', `/api/v1/privacy/requests/${id}/answer`, { text: 'Есть!' })).status, 409);
  same('refused', (await refuse({ reason: 'Повторный запрос', article: 'ч. 6 ст. 14 152-ФЗ' })).status, 200);
  const page = await post(on, 'requests/status', { token: filed.token });
  same('the person reads the reason', page.json.answer.refusal.reason, 'Повторный запрос');
  check('and how to appeal', /Роскомнадзор.*суд/s.test(page.json.answer.refusal.appeal), page.text);
}

async function pages(on) {
  for (const path of [`/privacy/${on.clinic.key}/request`, '/privacy/request', '/privacy/withdraw']) {
    const page = await request(on.port, { path });
    same(`${path}: there`, page.status, 200);
    const policy = page.headers['content-security-policy'];
    check(`${path}: a strict policy`, /default-src 'none'/.test(policy) && !/unsafe|\*|http/.test(policy), policy);
    same(`${path}: kept by nobody`, page.headers['cache-control'], 'no-store');
  }
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    await part('P49 the four fields', () => P49_four_fields(on));
    await part('P50 no oracle', () => P50_no_oracle(on));
    await part('P42 withdrawal', () => P42_withdrawal_acts_at_once(on));
    await part('P48 refusal', () => P48_refusal(on));
    await part('pages', () => pages(on));
    await on.server.stop();
  });
}
done();
