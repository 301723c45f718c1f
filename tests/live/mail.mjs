// Mail to a real SMTP receiver: TLS and its refusals, answers of every kind, kill -9 between acceptance and marking.
import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, done, part, same, until } from './support/check.mjs';
import { bodies, certificates, decoded, header, Mailbox } from './support/mailbox.mjs';
import { request } from './support/http.mjs';
import { kStorages, place } from './support/places.mjs';
import { command, kBinary } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kFrom = 'noreply@clinic.example';
const kTo = 'anna@visitor.example';
const keys = certificates();

const settings = (box, more = []) => ['host = "localhost"', `port = ${box.port}`, `from = "${kFrom}"`, `ca_file = "${keys.caFile}"`, ...more];

// `chatika mail test` while this process receives: not command(), which would block it.
function mailTest(where, to = kTo) {
  return new Promise((resolve) => {
    const child = spawn(kBinary, ['mail', 'test', '--config', where.config], { stdio: 'pipe' });
    let [stdout, out] = ['', ''];
    child.stdout.on('data', (bytes) => { stdout += bytes; out += bytes; });
    child.stderr.on('data', (bytes) => { out += bytes; });
    child.on('close', (status) => resolve({ status, stdout, out }));
    child.stdin.end(`${to}\n`);
  });
}
const tryMail = async (box, more = [], to = kTo) => mailTest(await place('sqlite', { mail: settings(box, more) }), to);

function passwordFile(where, mode = 0o600) {
  const file = join(where, 'password');
  writeFileSync(file, 'пароль-7 "q"\n');
  chmodSync(file, mode);
  return file;
}

async function transport() {
  await part('STARTTLS', async () => {
    const box = await Mailbox.open({ keys });
    const run = await tryMail(box);
    same('is accepted', [run.status, run.stdout], [0, 'accepted (250)\n']);
    same('one mail, encrypted', box.mails.map((m) => [m.from, m.to, m.secure]), [[kFrom, [kTo], true]]);
    same('the subject is Russian', header(box.mails[0], 'Subject').map(decoded), ['Проверка почты · Mail check']);
    await box.close();
  });
  await part('TLS from the first byte', async () => {
    const box = await Mailbox.open({ tls: true, keys });
    const run = await tryMail(box, ['security = "tls"']);
    same('is accepted', run.status, 0);
    same('encrypted', box.mails.map((m) => m.secure), [true]);
    await box.close();
  });
  await part('what is not trusted', async () => {
    const box = await Mailbox.open({ keys: certificates() });  // of an authority we do not know
    const run = await tryMail(box);
    check('an unknown authority', run.status === 1 && /untrusted/.test(run.out), run.out);
    const other = certificates('mail.other.example');
    const named = await Mailbox.open({ keys: other });
    const where = await place('sqlite', { mail: [...settings(named).slice(0, 3), `ca_file = "${other.caFile}"`] });
    const wrong = await mailTest(where);
    check('a certificate of another name', wrong.status === 1 && /untrusted/.test(wrong.out), wrong.out);
    const clear = await Mailbox.open({ plain: true });
    const bare = await tryMail(clear);
    check('a server without STARTTLS', bare.status === 1 && /untrusted/.test(bare.out), bare.out);
    same('none of them got a mail', [box, named, clear].flatMap((b) => b.mails), []);
    for (const b of [box, named, clear]) await b.close();
  });
  await part('signing in', async () => {
    const box = await Mailbox.open({ keys, user: 'clinic', password: 'пароль-7 "q"' });
    const where = await place('sqlite', {});
    const file = passwordFile(where.directory);
    same('with the password of the file', (await tryMail(box, ['user = "clinic"', `password_file = "${file}"`])).status, 0);
    writeFileSync(file, 'wrong\n');
    const wrong = await tryMail(box, ['user = "clinic"', `password_file = "${file}"`]);
    check('a wrong one is to be mended, not the mail’s end', wrong.status === 1 && /deferred \(535\)/.test(wrong.out), wrong.out);
    const open = await tryMail(box, ['user = "clinic"', `password_file = "${passwordFile(where.directory, 0o644)}"`]);
    check('a file that others may read', open.status === 1 && /chmod 600/.test(open.out), open.out);
    same('one mail', box.mails.length, 1);
    await box.close();
  });
  await part('answers', async () => {
    const box = await Mailbox.open({ keys });
    box.onRecipient = () => 451;
    check('4xx', /deferred \(451\)/.test((await tryMail(box)).out));
    box.onRecipient = () => 550;
    check('5xx', /refused \(550\)/.test((await tryMail(box)).out));
    box.onRecipient = null;
    box.onMail = () => 554;
    check('5xx to the message', /refused \(554\)/.test((await tryMail(box)).out));
    box.onMail = null;
    box.silent = true;
    const began = performance.now();
    const slow = await tryMail(box, ['timeout = 2']);
    check('a server that says nothing', /timed_out/.test(slow.out) && performance.now() - began < 8000, slow.out);
    await box.close();
    check('no server', /unreachable/.test((await tryMail(box)).out));
  });
  await part('nothing ends a line', async () => {
    const box = await Mailbox.open({ keys });
    for (const to of ['a@b.example>\rRCPT TO:<c@d.example', 'a@b.example,c@d.example', '<a@b.example> NOTIFY=NEVER', 'a b@c.example', '']) {
      const run = await tryMail(box, [], to);
      same(`refused: ${JSON.stringify(to)}`, run.status, 1);
      check('and not repeated', to === '' || !run.out.includes(to), run.out);
    }
    same('no connection', box.sessions.length, 0);
    await box.close();
  });
  await part('settings', async () => {
    const refused = async (lines, words) => {
      const where = await place('sqlite', { mail: lines });
      const run = await mailTest(where);
      check(lines.join(' '), run.status === 1 && words.test(run.out), run.out);
    };
    await refused(['host = "mail.clinic.example"', 'security = "plain"', `from = "${kFrom}"`], /loopback only/);
    await refused(['host = "localhost"', 'security = "none"', `from = "${kFrom}"`], /mail\.security/);
    await refused(['host = "localhost"'], /mail\.from/);
    await refused([`from = "${kFrom}"`], /mail\.host/);
    await refused(['host = "localhost"', `from = "${kFrom}"`, 'user = "x"'], /belong together/);
  });
}

// A mail to the clinic's owner.
const put = (on) => on.clinic.mail();

const mailOf = async (on, id) => (await on.clinic.owner.get('/api/v1/outbox?limit=100')).items.find((m) => m.id === id);
const inState = (on, id, state) => until(`the mail to be ${state}`, async () => (await mailOf(on, id)).state === state && mailOf(on, id));

async function outbox(storage) {
  const box = await Mailbox.open({ keys });
  const on = await stage(storage);  // without a mail server
  same('not configured', await on.clinic.owner.get('/api/v1/mail'), { configured: false, waiting: 0, dead: 0 });
  const first = await put(on);
  same('mails wait', await on.clinic.owner.get('/api/v1/mail'), { configured: false, waiting: 1, dead: 0 });
  await on.server.stop();

  await part('a server is configured', async () => {
    writeFileSync(on.place.config, `\n[mail]\n${settings(box, ['timeout = 5']).join('\n')}\n`, { flag: 'a' });
    await on.server.start();
    const mail = await inState(on, first, 'sent');
    same('sent', [mail.attempts, mail.last_code, mail.error, mail.template], [1, 250, '', 'mail_check']);
    const address = on.clinic.signIns.find((s) => s.role === 'owner').email;
    same('to the owner', box.mails.map((m) => m.to), [[address]]);
    same('in the business’s name', decoded(header(box.mails[0], 'From')[0]).includes(`<${kFrom}>`), true);
    const [text, html] = bodies(box.mails[0]);
    check('as text and HTML', text.type === 'text/plain' && html.type === 'text/html' && [text, html].every((b) => b.text.includes('почта настроена')), text.text);
    const all = JSON.stringify(await on.clinic.owner.get('/api/v1/outbox')) + JSON.stringify(await on.clinic.owner.get(`/api/v1/outbox/${first}/attempts`));
    check('no address is told', !all.includes('@'), all);
    same('the delivery log', (await on.clinic.owner.get(`/api/v1/outbox/${first}/attempts`)).items.map((a) => [a.number, a.result, a.code]), [[1, 'sent', 250]]);
    same('another business knows nothing of it', (await on.salon.owner.call('POST', `/api/v1/outbox/${first}/retry`)).status, 404);
    // The demo prints its sign-ins when it starts: that is no log.
    check('nor does the log of the program', !on.server.log().split('\n').some((line) => line.startsWith('{') && line.includes(address)));
  });

  await part('P47 a link in a mail leads to this installation, whatever Host a stranger sends', async () => {
    const visitor = await on.clinic.visitor();
    await visitor.callBack({ name: 'Вера Пробная', phone: '+7 912 000-77-88', email: 'vera@visitor.example' });
    await visitor.say('Моя почта vera@visitor.example');
    box.mails.length = 0;
    const asked = await request(on.port, { method: 'POST', path: `/privacy/v1/${on.clinic.key}/withdrawal-link`,
      body: JSON.stringify({ email: 'vera@visitor.example', language: 'ru' }), headers: { 'content-type': 'application/json', host: 'evil.example' } });
    same('taken', asked.status, 202);
    const mail = await until('the mail', async () => box.mails.find((m) => m.to.includes('vera@visitor.example')));
    const text = bodies(mail).map((b) => b.text).join('\n');
    check('our own address', text.includes(`http://localhost:${on.port}/privacy/withdraw#`) && !text.includes('evil'), text);
  });

  await part('4xx, then accepted; 5xx is the end', async () => {
    box.mails.length = 0;
    box.onRecipient = () => 450;
    const id = await put(on);
    const deferred = await until('the first attempt', async () => { const m = await mailOf(on, id); return m.attempts === 1 && m; });
    same('waits', [deferred.state, deferred.last_code, deferred.error], ['waiting', 450, 'deferred']);
    check('for a minute', Math.abs(Date.parse(deferred.next_at) - Date.now() - 60_000) < 15_000, deferred.next_at);
    box.onRecipient = null;
    same('now', (await on.clinic.owner.call('POST', `/api/v1/outbox/${id}/retry`)).status, 200);
    same('accepted at the second', (await inState(on, id, 'sent')).attempts, 2);
    box.onMail = () => 550;
    const dead = await put(on);
    same('refused', (await inState(on, dead, 'dead')).last_code, 550);
    same('counted', await on.clinic.owner.get('/api/v1/mail'), { configured: true, waiting: 0, dead: 1 });
    box.onMail = null;
    await on.clinic.owner.call('POST', `/api/v1/outbox/${dead}/retry`);
    await inState(on, dead, 'sent');
    same('sent again is refused', (await on.clinic.owner.call('POST', `/api/v1/outbox/${dead}/retry`)).status, 409);
  });

  await part('kill -9 between acceptance and marking', async () => {
    box.mails.length = 0;
    const killed = new Promise((resolve) => {
      box.onMail = async () => {
        box.onMail = null;
        await on.server.kill();  // before the answer reaches it
        resolve();
        return 0;
      };
    });
    const id = await put(on);
    await killed;
    if (storage === 'postgres') {  // where other nodes may work, the lease must run out first
      on.place.database.cluster.sql(on.place.database.name, 'UPDATE job SET lease_until = 1 WHERE lease_until IS NOT NULL');
    }
    await on.server.start();
    await inState(on, id, 'sent');
    same('twice', box.mails.length, 2);
    same('under one Message-ID', new Set(box.mails.flatMap((m) => header(m, 'Message-Id'))).size, 1);
    same('the same bytes', box.mails[0].text, box.mails[1].text);
  });

  await part('SIGTERM while a server is slow', async () => {
    box.silent = true;
    const before = box.sessions.length;
    const id = await put(on);
    await until('it to be tried', () => box.sessions.length > before);
    const began = performance.now();
    same('it ends well', await on.server.stop(), { code: 0, signal: null });
    check('soon', performance.now() - began < 12_000, performance.now() - began);
    box.silent = false;
    await on.server.start();
    await on.clinic.owner.call('POST', `/api/v1/outbox/${id}/retry`);
    await inState(on, id, 'sent');
    same('stops', await on.server.stop(), { code: 0, signal: null });
  });
  same('the audit chain is whole', command(on.place, ['audit', 'verify']).status, 0);
  same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  await box.close();
}

await part('transport', transport);
for (const storage of kStorages) await part(storage, () => outbox(storage));
done();
