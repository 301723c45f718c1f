// The commands beside a server: `privacy calendar` and `prove`, asked of a running server through its console socket and,
// when none runs, of the data themselves. And what the socket refuses.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { check, done, part, same } from './support/check.mjs';
import { kStorages } from './support/places.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kShipped = 'src/privacy/calendar_data/ru-2027.json';
const kSource = 'Постановление Правительства РФ от 01.10.2026 № 1 (пример)';

// What the year's file says, changed by `how`, written where the command can read it.
function calendarFile(on, how) {
  const year = JSON.parse(readFileSync(kShipped, 'utf8'));
  how(year);
  const file = join(on.place.directory, 'calendar.json');
  writeFileSync(file, JSON.stringify(year));
  return file;
}
const calendar = (on, ...args) => command(on.place, ['privacy', 'calendar', ...args]);
const daysOf = (year, month) => year.months.find((m) => m.month === month);

// A business whose agreement cannot be drawn up is not left behind half set up.
function accepts_no_agreement_without_both_sides(on) {
  const add = (...more) => command(on.place, ['tenant', 'add', '--slug', 'half', '--name', 'Половина', '--zone', 'Europe/Moscow', '--phone', '+7 900 000-00-00',
                                              '--address', 'Москва', '--greeting', 'Здравствуйте', '--accept-agreement', ...more]);
  const refused = add('--legal-name', 'ООО «Половина»');
  check('what is missing is named', refused.status === 1 && /--legal-address/.test(refused.out) && /--privacy-email/.test(refused.out) && !/--legal-name/.test(refused.out), refused.out);
  check('nothing was added', !/half/.test(command(on.place, ['tenant', 'list']).out));
}

// `imported`: 16 February 2027 is a day off by then.
function P41_explains(on, imported = false) {
  for (const [from, last] of [['2026-04-28', '2026-05-14'], ['2026-12-25', '2027-01-19'], ['2027-02-15', imported ? '2027-03-03' : '2027-03-02']]) {
    const said = JSON.parse(calendar(on, '--explain', '--from', from, '--days', '10', '--json').stdout);
    same(`${from} + 10 business days`, said.last, last);
    same(`${from}: ten of the days count`, said.counted.filter((d) => d.counts).length, 10);
    check(`${from}: each day has its revision`, said.counted.every((d) => d.revision.startsWith('ru-')));
  }
  const far = JSON.parse(calendar(on, '--explain', '--from', '2041-01-07', '--days', '5', '--json').stdout);
  same('a year without a calendar is provisional', [far.provisional, far.last], [true, '2041-01-14']);
  check('in words', /PROVISIONAL/.test(calendar(on, '--explain', '--from', '2041-01-07', '--days', '5').out));
  for (const day of ['2026-02-30', '28.04.2026', 'tomorrow', '']) {
    const refused = calendar(on, '--explain', '--from', day, '--days', '10');
    check(`--from ${day} is refused`, refused.status === 1 && /a date that exists/.test(refused.out), refused.out);
  }
  for (const days of ['-1', '100000', 'ten']) check(`--days ${days} is refused`, calendar(on, '--explain', '--from', '2026-04-28', '--days', days).status !== 0);
  for (const args of [[], ['--list', '--explain']]) same(`${args.join(' ')}: one of three is expected`, calendar(on, ...args).status, 2);
}

function P41_imports(on) {
  const list = () => calendar(on, '--list', '--json').stdout.trim().split('\n').map((line) => JSON.parse(line));
  const before = list();
  same('four years come with the program', before.filter((r) => r.shipped).map((r) => r.year), [2024, 2025, 2026, 2027]);
  const refusals = {
    'a day that is none': [(y) => { daysOf(y, 2).days = `30,${daysOf(y, 2).days}`; }, /02\.30/],
    'a day twice': [(y) => { daysOf(y, 1).days += `,${daysOf(y, 1).days.split(',')[0]}`; }, /stands twice/],
    'another year': [(y) => { y.year = 2026; }, /2026/],
    'a month twice': [(y) => { y.months[2].month = 2; }, /stands twice/],
    'not whole': [(y) => { y.months.pop(); }, /month/],
  };
  for (const [name, [how, complaint]] of Object.entries(refusals)) {
    const refused = calendar(on, '--import', calendarFile(on, how), '--year', '2027', '--source', kSource);
    check(`${name} is refused and says where`, refused.status === 1 && complaint.test(refused.out), refused.out);
  }
  const gone = calendar(on, '--import', join(on.place.directory, 'nothing.json'), '--source', kSource);
  check('a file that is not there', gone.status === 1 && /cannot read/.test(gone.out), gone.out);
  same('nothing was added by what was refused', list(), before);

  const file = calendarFile(on, (y) => { daysOf(y, 2).days += ',16'; });
  const taken = calendar(on, '--import', file, '--year', '2027', '--source', kSource);
  check('a new revision is in force', taken.status === 0 && /in force now/.test(taken.out), taken.out);
  const after = list();
  same('the old one is kept', after.length, before.length + 1);
  same('and superseded', after.filter((r) => r.year === 2027).map((r) => [r.shipped, r.in_force]), [[true, false], [false, true]]);
  same('with its act', after.at(-1).source, kSource);
  const said = JSON.parse(calendar(on, '--explain', '--from', '2027-02-15', '--days', '10', '--json').stdout);
  same('a day off more is a day later', said.last, '2027-03-03');
  check('the same again adds nothing', /in force already/.test(calendar(on, '--import', file, '--year', '2027', '--source', kSource).out));
  same('nothing was added', list().length, after.length);
}

// One request as bytes; what comes back until the server closes, or null.
function ask(on, text) {
  return new Promise((resolve) => {
    const socket = createConnection(join(on.place.data, 'console.sock'));
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (more) => { said += more; });
    socket.on('error', () => {});
    socket.on('close', () => resolve(said));
    socket.end(text);
  });
}

async function socketRefuses(on) {
  const file = statSync(join(on.place.data, 'console.sock'));
  check('a socket', file.isSocket());
  same('for its owner alone', file.mode & 0o777, 0o600);
  for (const text of ['', '{', '[]', '{"command":"prove"}', '{"command":"prove","arguments":"{}","more":1}', '\u0000'.repeat(100)]) {
    const said = JSON.parse(await ask(on, text));
    check(`${JSON.stringify(text.slice(0, 20))} is no request`, said.status === 1 && /not a request/.test(said.err), said);
  }
  const unknown = JSON.parse(await ask(on, JSON.stringify({ command: 'rm', arguments: '{}' })));
  check('a command it was not given', unknown.status === 1 && /does not know/.test(unknown.err), unknown);
  const bad = JSON.parse(await ask(on, JSON.stringify({ command: 'calendar', arguments: '{"action":"list","json":1}' })));
  check('arguments that are none', bad.status !== 0 && bad.out === '', bad);
  same('more than it reads is not answered', await ask(on, 'x'.repeat(3 << 20)), '');
  const good = JSON.parse(await ask(on, JSON.stringify({ command: 'prove', arguments: '{"json":true}' })));
  check('and it goes on', JSON.parse(good.out).promises.length === 56, good.err);
}

function P1_to_P56_prove(on) {
  const run = command(on.place, ['prove', '--json']);
  const report = JSON.parse(run.stdout);
  same('each promise once', report.promises.map((p) => p.promise), Array.from({ length: 56 }, (_, i) => `P${i + 1}`));
  check('each says what was found', report.promises.every((p) => p.evidence.length > 0 && p.what.length > 0));
  const failed = report.promises.filter((p) => p.state === 'failed');
  // The stage's third business has a widget and an agreement, but nobody responsible, no documents and no reviews.
  same('the business that is not organised is found, and nothing else', failed.map((p) => p.promise), ['P25', 'P26', 'P29']);
  check('and named', failed.every((p) => p.evidence.some((fact) => /: partner$/.test(fact))), failed);
  same('status', run.status, 1);
  const people = new RegExp([...on.clinic.signIns, ...on.salon.signIns].map((s) => s.email.replaceAll('.', '\\.')).join('|'));
  check('nobody is named', !people.test(run.out));
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    await part('P41 explain', () => P41_explains(on));
    if (storage === 'sqlite') await part('P41 import', () => P41_imports(on));
    if (storage === 'sqlite') await part('console', () => socketRefuses(on));
    await part('P1 to P56 prove', () => P1_to_P56_prove(on));
    same('stops', await on.server.stop(), { code: 0, signal: null });
    if (storage === 'postgres') await part('P41 import', () => P41_imports(on));
    await part('tenant add', () => accepts_no_agreement_without_both_sides(on));
    await part('P41 explain without a server', () => P41_explains(on, true));
    await part('P1 to P56 prove without a server', () => P1_to_P56_prove(on));
  });
}
done();
