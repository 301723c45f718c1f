// An erasure as the person, the panel and a thief of the disk see it: open lines end at once, nothing of the person is served or
// sent any more, no file holds a word of theirs or their key, and an old copy of the data is closed until it has followed the ledger.
import { randomInt, randomUUID } from 'node:crypto';
import { check, done, part, same, sleep, until } from './support/check.mjs';
import { backup, change, idIn, rowsOf } from './support/database.mjs';
import { request } from './support/http.mjs';
import { Employee, Visitor } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { filesBelow, Scanner } from './support/scanner.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';
import { Socket } from './support/websocket.mjs';

const kEnded = 4401;
const pick = (letters, count) => Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
const word = () => `Щ${pick('бвгджзклмнпрст', 1)}${Array.from({ length: 6 }, () => pick('бвгджзклмнпрст', 1) + pick('аеиоу', 1)).join('')}`;

function someone() {
  const digits = `9${pick('0123456789', 9)}`;
  return { name: `${word()} ${word()}`, digits, phone: `+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`,
           email: `${pick('bdfgklmnprst', 12)}@${pick('bdfgkl', 6)}.example`, said: word(), note: word() };
}

const erase = (business, subject) => business.asOfficer('POST', `subjects/${subject}/erase`, { reason: 'request', now: true });
const subjectOf = async (business, visitor) => (await business.owner.get(`/api/v1/conversations/${visitor.id}`)).visitor.id;
async function panelOf(business) {
  const panel = await business.owner.socket();
  panel.send({ type: 'hello', after: null });
  await panel.next('welcome', (e) => e.type === 'welcome');
  return panel;
}

// The visitor's line has ended and opens no more; the panel's list has lost the conversation.
async function lineIsClosed(how, on, visitor, panel) {
  await until(`${how}: the socket to close`, () => visitor.socket.closed);
  same(`${how}: with "start again"`, visitor.socket.closeCode, kEnded);
  const gone = await panel.next('gone', (e) => e.type === 'gone' && e.conversation === visitor.id);
  check(`${how}: the panel hears it`, gone.feed > 0, gone);
  const again = await Socket.open(on.port, `/widget/v1/socket?key=${visitor.key}`, { origin: `http://localhost:${on.port}` });
  again.send(visitor.hello());
  same(`${how}: the token is worth nothing`, await again.closing(), kEnded);
  same(`${how}: and brings nothing`, again.events, []);
  const { items } = await on.clinic.owner.get('/api/v1/conversations?limit=100');
  check(`${how}: not in the list`, !items.some((c) => c.id === visitor.id));
  panel.cut();
}

async function openLines(on) {
  for (const how of ['erased by the officer', 'blocked by the officer']) {
    const visitor = await on.clinic.visitor();
    await visitor.say('Здравствуйте!');
    const bystander = await on.clinic.visitor();
    const subject = await subjectOf(on.clinic, visitor);
    const panel = await panelOf(on.clinic);
    if (how.startsWith('erased')) await erase(on.clinic, subject);
    else await on.clinic.asOfficer('POST', `subjects/${subject}/block`, { reason: 'спор' });
    await lineIsClosed(how, on, visitor, panel);
    check(`${how}: others stay`, !bystander.socket.closed);
    await bystander.say('Ещё здесь');
    bystander.socket.cut();
  }
}

// What cannot be undone waits for a day at least, and can be taken back until then.
async function aPlanCanBeTakenBack(on) {
  const visitor = await on.clinic.visitor();
  await visitor.say('Здравствуйте!');
  const subject = await subjectOf(on.clinic, visitor);
  for (const reason of ['request', 'unlawful', 'withdrawn']) {
    const file = await on.clinic.asOfficer('POST', `subjects/${subject}/erase`, { reason, now: false });
    check(`${reason}: a day at least`, Date.parse(file.erasures.find((e) => e.state === 'planned')?.due_at) - Date.now() > 23 * 3600_000, file.erasures);
    await sleep(1500);
    same(`${reason}: nothing has gone`, (await on.clinic.asOfficer('GET', `subjects/${subject}`)).subject.erased_at ?? null, null);
    await on.clinic.asOfficer('POST', `subjects/${subject}/cancel-erasure`);
  }
  visitor.socket.cut();
}

// The period is over while the person has the widget open.
async function byRetention(on) {
  const visitor = await on.clinic.visitor();
  await visitor.say('Здравствуйте!');
  visitor.socket.cut();
  const subject = await subjectOf(on.clinic, visitor);
  same('stops', await on.server.stop(), { code: 0, signal: null });
  const old = 1_577_836_800_000_000;  // 2020
  const id = idIn(on.place, subject);
  for (const sql of [`UPDATE conversation SET started_at = ${old}, last_at = ${old} WHERE visitor = ${id}`, `UPDATE visitor SET created_at = ${old} WHERE id = ${id}`,
                     `UPDATE message SET at = ${old} WHERE conversation IN (SELECT id FROM conversation WHERE visitor = ${id})`]) change(on.place, on.tenant, sql);
  await on.server.start();
  const panel = await panelOf(on.clinic);
  await visitor.connect();
  await on.clinic.asOfficer('POST', 'retention/sweep');
  await until('the erasure', async () => (await on.clinic.asOfficer('GET', 'destruction')).items.some((act) => act.subject === subject));
  await lineIsClosed('the period is over', on, visitor, panel);
}

async function talkedAndMailed(on, person) {
  const visitor = await on.clinic.visitor();
  await visitor.say(`У меня ${person.said}`);
  await visitor.answerAll(await visitor.say(`Перезвоните мне, пожалуйста, по поводу ${person.note}`), { name: person.name, phone: person.phone, email: person.email, until: () => true });
  await visitor.say(`Моя почта ${person.email}`);
  const asked = await request(on.port, { method: 'POST', path: `/privacy/v1/${on.clinic.key}/withdrawal-link`, body: JSON.stringify({ email: person.email, language: 'ru' }),
                                         headers: { 'content-type': 'application/json' } });
  same('a link is asked for', asked.status, 202);
  const subject = await subjectOf(on.clinic, visitor);
  await until('the mail to wait', () => waitingFor(on, subject) > 0);
  return { visitor, subject };
}
const waitingFor = (on, subject) => Number(rowsOf(on.place, on.tenant, `SELECT count(*) FROM outbox WHERE subject = ${idIn(on.place, subject)}`)[0][0]);

// What is sealed about the person: the boxes and the person's own wrapped key, in hex.
function boxesOf(on, subject) {
  const id = idIn(on.place, subject);
  const of = 'SELECT id FROM conversation WHERE visitor =';
  const queries = { key: `SELECT key_box FROM subject WHERE id = ${id}`, name: `SELECT name_box FROM visitor WHERE id = ${id}`, phone: `SELECT phone_box FROM visitor WHERE id = ${id}`,
                    email: `SELECT email_box FROM visitor WHERE id = ${id}`, note: `SELECT note_box FROM lead WHERE visitor = ${id}`,
                    message: `SELECT body_box FROM message WHERE conversation IN (${of} ${id})`, mail: `SELECT secrets_box FROM outbox WHERE subject = ${id}` };
  return Object.entries(queries).flatMap(([name, sql]) => rowsOf(on.place, on.tenant, sql).flat().filter(Boolean).map((hex) => ({ name, bytes: Buffer.from(hex, 'hex') })));
}
function rawFiles(on) {
  const out = [...filesBelow([on.place.directory], (path) => path.endsWith('demo-sign-ins.txt'))];
  if (on.place.database) out.push({ path: 'pg_dump', bytes: Buffer.from(on.place.database.cluster.dump(on.place.database.name)) });
  out.push({ path: 'what the program said', bytes: Buffer.concat(on.server.output) });
  return out;
}
const boxesIn = (on, boxes) => rawFiles(on).flatMap(({ path, bytes }) => boxes.filter((b) => bytes.includes(b.bytes) || bytes.includes(b.bytes.toString('hex'))).map((b) => `${path}: ${b.name}`));

async function P9_nothing_is_left(on) {
  const person = someone();
  const { visitor, subject } = await talkedAndMailed(on, person);
  const words = new Scanner(['name', 'digits', 'phone', 'email', 'said', 'note'].map((name) => ({ name, text: person[name] })));
  const cleartext = () => rawFiles(on).flatMap(({ path, bytes }) => words.find(bytes).map((hit) => `${path}: ${hit}`));
  const boxes = boxesOf(on, subject);
  for (const name of ['key', 'name', 'phone', 'email', 'note', 'message', 'mail']) check(`there was a ${name}`, boxes.some((b) => b.name === name), boxes.map((b) => b.name));
  check('their boxes are found before', boxesIn(on, boxes).length >= boxes.length, boxesIn(on, boxes));
  same('in the clear nothing, before', cleartext(), []);
  await erase(on.clinic, subject);
  await visitor.socket.closing();
  same('no mail waits', waitingFor(on, subject), 0);
  const { items } = await on.clinic.owner.get('/api/v1/outbox?limit=100');
  check('nor is one shown', !JSON.stringify(items).includes(person.email));
  for (const text of [person.phone, person.email, visitor.id]) {
    const found = await on.clinic.asOfficer('POST', 'subjects/find', { text });
    check('the person is not found', !JSON.stringify(found).includes(subject) || found.items.every((s) => s.erased_at), found);
  }
  // The log before the file is emptied a second after at the latest, while the server runs.
  await sleep(3000);
  same('no box is left', boxesIn(on, boxes), []);
  same('in the clear nothing, after', cleartext(), []);
  same('the key is gone', rowsOf(on.place, on.tenant, `SELECT count(*) FROM subject WHERE id = ${idIn(on.place, subject)} AND key_box IS NOT NULL`)[0].map(Number), [0]);
  await on.server.kill();
  same('nor after SIGKILL', [boxesIn(on, boxes), cleartext()], [[], []]);
  await on.server.start();
}

async function P53_replay(on) {
  const person = someone();
  const { visitor, subject } = await talkedAndMailed(on, person);
  visitor.socket.cut();
  const stays = await on.clinic.conversation();
  const begin = await on.clinic.startBody();
  await on.server.stop();
  const putBack = backup(on.place, on.tenant);
  await on.server.start();
  await erase(on.clinic, subject);
  await until('the erasure', async () => (await on.clinic.asOfficer('GET', 'destruction')).items.some((a) => a.subject === subject));
  await on.server.stop();
  putBack();
  check('the old data hold the person', boxesOf(on, subject).some((b) => b.name === 'key'));
  const before = on.server.log().length;
  await on.server.start({ demo: false });
  const config = () => request(on.port, { path: `/widget/v1/config?key=${on.clinic.key}&language=ru` });
  const start = async () => request(on.port, { method: 'POST', path: '/widget/v1/conversations', body: JSON.stringify({ ...begin, client_id: randomUUID() }), headers: { 'content-type': 'application/json' } });
  same('nobody is served from them', (await start()).status, 503);
  const signIn = await on.clinic.signIn('owner').then(() => 'signed in', (error) => error.message);
  check('no employee either', /503|unavailable/.test(signIn), signIn);
  const other = await Visitor.start(on.port, on.salon.key).then(() => 'served', (error) => error.message);
  if (on.storage === 'sqlite') same('the other business is', other, 'served');
  check('the log says what to do', on.server.log().slice(before).includes('chatika privacy replay'), on.server.log().slice(before).slice(-600));
  check('but not about whom', !on.server.log().includes(person.email));
  const replayed = command(on.place, ['privacy', 'replay', '--tenant', 'clinic']);
  same('replayed', [replayed.status, /clinic: [1-9]\d* erasures replayed/.test(replayed.out)], [0, true]);
  await until('to be served again', async () => (await start()).status === 201);
  on.clinic.owner = await on.clinic.signIn('owner');
  same('the person is gone', boxesOf(on, subject).map((b) => b.name), []);
  const file = await on.clinic.owner.call('GET', `/api/v1/privacy/subjects/${subject}`);
  check('to the officer too', !file.text.includes(person.email) && !file.text.includes(person.digits), file.text);
  same('everybody else is there', (await on.clinic.owner.call('GET', `/api/v1/conversations/${stays}`)).status, 200);
  same('a second time there is nothing to do', command(on.place, ['privacy', 'replay', '--tenant', 'clinic']).out, 'clinic: 0 erasures replayed\n');
  check('config', (await config()).status === 200);
}

// An employee who left: no session, no sign-in, no name; the audit keeps an id.
async function employee(on) {
  const { owner, receptionist } = on.salon;
  const own = owner.session.employee.id;
  const { id, name } = receptionist.session.employee;
  const { email, password } = on.salon.signIns.find((s) => s.role === 'receptionist');
  // P34: whoever answers for data locks nobody out; only an owner ends an access.
  for (const subject of [own, id])
    for (const [act, body] of [['erase', { reason: 'request', now: true }], ['block', { reason: 'спор' }]]) {
      const refused = await owner.call('POST', `/api/v1/privacy/subjects/${subject}/${act}`, body);
      same(`${act} of an employee with access`, [refused.status, refused.json.errors[0].code], [409, 'has_access']);
    }
  same('and may go on', (await owner.call('GET', '/api/v1/conversations')).status, 200);
  const panel = await receptionist.socket();
  panel.send({ type: 'hello', after: null });
  await panel.next('welcome', (e) => e.type === 'welcome');
  await on.salon.asOfficer('POST', `employees/${id}/disable`);
  await panel.closing();
  same('the panel closes', panel.closeCode, 4401);
  await erase(on.salon, id);
  same('the session is over', (await receptionist.call('GET', '/api/v1/conversations')).status, 401);
  await until('the erasure', async () => (await on.salon.asOfficer('GET', 'destruction')).items.some((a) => a.subject === id));
  same('nobody signs in', await Employee.signIn(on.port, email, password).then(() => 'signed in', (error) => /401/.test(error.message)), true);
  const staff = await owner.call('GET', '/api/v1/privacy/staff');
  check('the staff are without the name', staff.status === 200 && !staff.text.includes(name), staff.text);
  const log = await owner.call('GET', `/api/v1/privacy/audit?actor=employee:${id}`);
  check('the audit keeps the id only', log.status === 200 && log.json.items.length > 0 && !log.text.includes(name), log.text);
  same('a second time they are gone', (await owner.call('POST', `/api/v1/privacy/subjects/${id}/erase`, { reason: 'request', now: true })).status, 410);
  await until('the job', async () => (await owner.get('/api/v1/jobs?state=waiting&limit=100')).items.every((job) => job.kind !== 'employee.forget_login'));
  await on.server.stop();
  const again = command(on.place, ['user', 'add', '--tenant', 'salon', '--role', 'receptionist'], `Новый человек\n${email}\nдлинный-пароль-1\n`);
  same('the address is free', [again.status, again.out.includes('taken')], [0, false]);
  await on.server.start();
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    on.tenant = on.clinic.owner.cookie.split('.')[0];
    await part('open lines', () => openLines(on));
    await part('a plan can be taken back', () => aPlanCanBeTakenBack(on));
    await part('P5 by retention', () => byRetention(on));
    await part('P9 nothing is left', () => P9_nothing_is_left(on));
    await part('P46 an employee who left', () => employee(on));
    await part('P53 replay', () => P53_replay(on));
    same('stops', await on.server.stop(), { code: 0, signal: null });
  });
}
done();
