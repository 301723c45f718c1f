// A new business from its first sign-in to papers in order: who may not work yet, whose widget is off, what the status page
// says, access that ends, a breach with its clocks.
import { check, done, part, same, until } from './support/check.mjs';
import { request } from './support/http.mjs';
import { Employee, ownOrigin, Visitor } from './support/people.mjs';
import { kStorages, place } from './support/places.mjs';
import { command, Server } from './support/server.mjs';

const kPassword = 'correct horse battery';
const kClosed = 4401;
const kMayNotWork = 4403;

function must(result) {
  if (result.status !== 0) throw new Error(result.out);
  return result;
}

function addBusiness(where) {
  const added = must(command(where, ['tenant', 'add', '--json', '--slug', 'new', '--name', 'Новая клиника', '--zone', 'Europe/Moscow', '--phone',
                                     '+74950000000', '--address', 'Кленогорск', '--greeting', 'Здравствуйте!', '--legal-name', 'ООО «Новая»',
                                     '--tax-number', '0000000000', '--legal-address', 'Кленогорск', '--privacy-email', 'privacy@new.example']));
  check('tenant add says what is missing', added.out.includes('agreement'), added.out);
  for (const [name, email, role] of [['Мария Пробная', 'owner@new.example', 'owner'], ['Олег Пробный', 'clerk@new.example', 'receptionist']])
    must(command(where, ['user', 'add', '--tenant', 'new', '--role', role], `${name}\n${email}\n${kPassword}\n`));
  return JSON.parse(added.stdout).public_key;
}

const code = async (who, method, path, body) => {
  const answer = await who.call(method, `/api/v1/${path}`, body);
  return answer.status < 300 ? answer.status : answer.json.code;
};
const duties = (who) => who.get('/api/v1/duties');
const config = (port, key) => request(port, { path: `/widget/v1/config?key=${key}&language=ru`, headers: { origin: ownOrigin(port) } });

async function firstDays(port, key) {
  const owner = await Employee.signIn(port, 'owner@new.example', kPassword);
  const clerk = await Employee.signIn(port, 'clerk@new.example', kPassword);

  // P24
  const off = await config(port, key);
  same('P24 the widget is off', [off.status, off.json.code], [403, 'off']);
  check('P24 in words for the visitor', off.json.title.includes('позвон') || off.json.title.includes('телефон'), off.json.title);

  // P22
  for (const who of [owner, clerk]) {
    same('P22 the inbox is closed', await code(who, 'GET', 'conversations'), 'agreement_required');
    same('P22 so is the socket', (await who.socket()).status, 403);
    same('P22 the session answers', await code(who, 'GET', 'session'), 200);
    const todo = await duties(who);
    check('P22 the terms are shown', todo.agreement.document.blocks.length > 3);
    same('another text', await code(who, 'POST', 'duties/agreement', { hash: '0'.repeat(64), language: 'ru' }), 'conflict');
    same('P22 accepted', await code(who, 'POST', 'duties/agreement', { hash: todo.agreement.hash, language: 'ru' }), 200);
    same('P22 the inbox is open', await code(who, 'GET', 'conversations'), 200);
  }
  same('still off', (await config(port, key)).json.code, 'off');
  same('P24 not by the receptionist', await code(clerk, 'POST', 'organisation/processing-agreement', { hash: '0'.repeat(64), language: 'ru' }), 'forbidden');
  same('nothing to accept for the receptionist', (await duties(clerk)).processing_agreement, null);
  const { processing_agreement: dpa } = await duties(owner);
  same('P24 accepted', await code(owner, 'POST', 'organisation/processing-agreement', { hash: dpa.hash, language: 'ru' }), 200);
  same('P24 the widget is on', (await config(port, key)).status, 200);
  (await (await Visitor.start(port, key)).connect()).socket.cut();
  return { owner, clerk };
}

// A business that has not said who it is: nobody is asked for a consent in its name.
async function withoutDetails(where) {
  const added = must(command(where, ['tenant', 'add', '--json', '--slug', 'bare', '--name', 'Без реквизитов', '--zone', 'Europe/Moscow', '--phone',
                                     '+74950000000', '--address', 'Кленогорск', '--greeting', 'Здравствуйте!']));
  const key = JSON.parse(added.stdout).public_key;
  must(command(where, ['user', 'add', '--tenant', 'bare', '--role', 'owner'], `Анна Пробная\nowner@bare.example\n${kPassword}\n`));
  return key;
}
async function detailsTurnTheWidgetOn(port, key) {
  const owner = await Employee.signIn(port, 'owner@bare.example', kPassword);
  const { agreement } = await duties(owner);
  same('accepted', await code(owner, 'POST', 'duties/agreement', { hash: agreement.hash, language: 'ru' }), 200);
  const item = async (name) => (await owner.get('/api/v1/privacy/status')).items.find((i) => i.code === name);
  for (const name of ['legal', 'contact']) {
    const { health, detail } = await item(name);
    same(`P55 ${name} is missing`, health, 'missing');
    check(`P55 ${name} says that the widget is off`, detail.startsWith('Виджет выключен.'), detail);
  }
  same('P55 no agreement can be accepted in nobody’s name', (await duties(owner)).processing_agreement, null);
  const { phone } = await owner.get('/api/v1/organisation');
  const legal = { name: 'ООО «Астра»', tax_number: '0000000000', address: 'Кленогорск', email: 'privacy@bare.example' };
  same('details are given', await code(owner, 'PUT', 'organisation', { phone, legal }), 200);
  same('P24 still off: the agreement', (await config(port, key)).json.code, 'off');
  const { processing_agreement: dpa } = await duties(owner);
  same('P24 accepted', await code(owner, 'POST', 'organisation/processing-agreement', { hash: dpa.hash, language: 'ru' }), 200);
  same('P24 the widget is on', (await config(port, key)).status, 200);
  for (const name of ['legal', 'contact']) same(`P55 ${name} is in order`, (await item(name)).health, 'ok');
}

// P54: both clocks run from the discovery, in hours; drafts are there at once; closed when both notices are sent.
async function breach(owner, clerk) {
  const found = new Date(Date.now() - 3_600_000).toISOString();
  const body = { found_at: found, what: 'Письмо ушло не тому человеку', cause: 'Опечатка', harm: 'Незначительный', measures: 'Адрес исправлен',
                 people: 1, categories: ['visitor.email'], happened_at: null };
  same('P54 not by the receptionist', await code(clerk, 'POST', 'privacy/breaches', body), 'forbidden');
  const made = await owner.call('POST', '/api/v1/privacy/breaches', body);
  same('P54 recorded', made.status, 201);
  const hours = (at) => (Date.parse(at) - Date.parse(found)) / 3_600_000;
  same('P54 the clocks', [hours(made.json.notify_due), hours(made.json.report_due)], [24, 72]);
  const at = `/api/v1/privacy/breaches/${made.json.id}`;
  const clocks = async () => (await owner.get('/api/v1/privacy/status')).items.filter((i) => i.code.startsWith('breach'));
  check('P54 the status shows it', (await clocks()).some((i) => i.health !== 'ok'), await clocks());
  for (const kind of ['notice', 'report', 'persons']) {
    const draft = await owner.get(`${at}/notices/${kind}`);
    check(`P54 draft ${kind}`, draft.text.includes('Письмо ушло не тому человеку') || kind === 'report', draft.text);
    check(`P54 draft ${kind} as PDF`, (await owner.call('GET', `${at}/notices/${kind}/pdf`)).text.startsWith('%PDF-'));
  }
  same('P54 not closed before the notices', await code(owner, 'POST', `privacy/breaches/${made.json.id}/close`), 'conflict');
  for (const step of ['notified', 'reported', 'told'])
    same(`P54 ${step}`, await code(owner, 'POST', `privacy/breaches/${made.json.id}/${step}`, { reference: 'вх. 1', sent_at: null }), 200);
  same('P54 closed', await code(owner, 'POST', `privacy/breaches/${made.json.id}/close`), 200);
  same('P54 the clocks have stopped', (await clocks()).filter((i) => i.health !== 'ok'), []);
}

async function organisation(owner, clerk) {
  const status = async () => owner.get('/api/v1/privacy/status');
  const red = (s) => s.items.filter((i) => i.health === 'missing').map((i) => i.code);
  const before = await status();
  same('status is red', before.health, 'missing');
  for (const item of ['responsible', 'document_policy', 'document_processing_rules', 'reviews'])
    check(`P25–P29 ${item} is missing`, red(before).includes(item), red(before).join(' '));
  const me = owner.session.employee.id;
  same('P25 appointed', await code(owner, 'PUT', 'privacy/responsible', { employee: me, order_number: '1-ПД', order_date: '2026-11-23' }), 200);
  same('P15 the office acts on the next request', await code(owner, 'GET', 'privacy/breaches'), 200);
  same('not for others', await code(clerk, 'GET', 'privacy/breaches'), 'forbidden');

  const panel = await clerk.socket();
  panel.send({ type: 'hello', after: null });
  await panel.next('welcome', (e) => e.type === 'welcome');
  const { items } = await owner.get('/api/v1/privacy/internal-documents');
  same('P26 another text', await code(owner, 'POST', 'privacy/internal-documents', { kind: items[0].kind, hash: '0'.repeat(64), language: 'ru', in_force_from: null }), 'conflict');
  for (const item of items)
    same(`P26 ${item.kind} approved`, await code(owner, 'POST', 'privacy/internal-documents', { kind: item.kind, hash: item.hash, language: 'ru', in_force_from: null }), 201);
  same('P27 the receptionist signs first', await code(clerk, 'GET', 'conversations'), 'familiarisation_required');
  same('P27 the owner has approved', await code(owner, 'GET', 'conversations'), 200);
  panel.send({ type: 'ping' });
  same('P27 the open socket is closed', await panel.closing(), kMayNotWork);
  const todo = await duties(clerk);
  same('all are shown', todo.documents.length, items.length);
  for (const paper of todo.documents)
    same(`P27 ${paper.kind} signed`, await code(clerk, 'POST', 'duties/signatures', { document: paper.id, hash: paper.hash }), 200);
  same('P27 and works', await code(clerk, 'GET', 'conversations'), 200);

  const asked = await clerk.call('POST', '/api/v1/duties/access-requests', { role: 'receptionist', reason: 'Работа', until: null });
  same('P28 asked', asked.status, 201);
  same('P28 not granted by oneself', await code(clerk, 'POST', `privacy/access/${asked.json.id}/grant`, { until: null }), 'forbidden');
  same('P28 granted', await code(owner, 'POST', `privacy/access/${asked.json.id}/grant`, { until: null }), 200);
  same('P28 revoked', await code(owner, 'POST', `privacy/access/${asked.json.id}/revoke`), 200);
  same('P28 at once', await code(clerk, 'GET', 'conversations'), 'access_expired');
  same('P28 may ask again', await code(clerk, 'POST', 'duties/access-requests', { role: 'receptionist', reason: 'Работа', until: null }), 201);
  const id = clerk.session.employee.id;
  same('given again', await code(owner, 'PUT', `privacy/employees/${id}/access`, { role: 'receptionist', until: null }), 200);
  const soon = new Date(Date.now() + 1_500).toISOString();
  same('P28 for a while', await code(owner, 'PUT', `privacy/employees/${id}/access`, { role: 'receptionist', until: soon }), 200);
  same('P28 until then', await code(clerk, 'GET', 'conversations'), 200);
  await until('the access to end', async () => (await code(clerk, 'GET', 'conversations')) === 'access_expired');
  check('P28 the status shows whose access ended', red(await status()).includes('access') || (await status()).items.some((i) => i.code.startsWith('access') && i.health !== 'ok'),
        (await status()).items.map((i) => `${i.code} ${i.health}`));
  same('P28 and given again', await code(owner, 'PUT', `privacy/employees/${id}/access`, { role: 'receptionist', until: null }), 200);
  await breach(owner, clerk);
  const after = await status();
  // What an installation without mail has: everything else is in order.
  same('P25–P29 red has become green', red(after), ['mail']);
  for (const item of ['responsible', 'document_policy', 'familiarisation', 'agreement', 'processing_agreement', 'reviews'])
    check(`${item} is in order`, !red(after).includes(item), red(after).join(' '));

  const open = await clerk.socket();
  open.send({ type: 'hello', after: null });
  await open.next('welcome', (e) => e.type === 'welcome');
  same('P15 disabled', await code(owner, 'POST', `privacy/employees/${id}/disable`), 200);
  same('P15 the socket is closed', await open.closing(), kClosed);
  same('P15 the session is over', await code(clerk, 'GET', 'conversations'), 'unauthenticated');

  const { phone, legal } = await owner.get('/api/v1/organisation');
  same('details change', await code(owner, 'PUT', 'organisation', { phone, legal: { ...legal, address: 'Кленогорск, дом 2' } }), 200);
  check('P26 a change of the details is a change of the documents', red(await status()).includes('document_policy'));
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const where = await place(storage);
    const key = addBusiness(where);
    const bare = await withoutDetails(where);
    const server = new Server(where);
    await server.start();
    const { owner, clerk } = await firstDays(server.port, key);
    await organisation(owner, clerk);
    await detailsTurnTheWidgetOn(server.port, bare);
    same('stops', await server.stop(), { code: 0, signal: null });
  });
}
done();
