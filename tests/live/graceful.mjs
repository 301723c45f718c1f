// Stopping and starting: SIGTERM in the middle of work loses nothing; what cannot be served is refused with a sentence
// that a person understands, and nothing is overwritten.
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, done, part, same, sleep } from './support/check.mjs';
import { keepsPromises, Talker } from './support/load.mjs';
import { freePort, kStorages, place } from './support/places.mjs';
import { filesBelow } from './support/scanner.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kVisitors = 8;
const kGraceMs = 5000;
const kSlackMs = 1500;
const kGoingAway = 1001;

async function stopsUnderLoad(on) {
  const talkers = [];
  for (let i = 0; i < kVisitors; i += 1) talkers.push(await Talker.arrive(on.port, on[i % 2 ? 'salon' : 'clinic'].key));
  const panel = await on.clinic.owner.socket();
  panel.send({ type: 'hello', after: null });
  for (const talker of talkers) await talker.connect();
  for (const talker of talkers) talker.talk();
  await sleep(500);
  const began = performance.now();
  const ending = on.server.stop();
  const codes = await Promise.all([...talkers.map((t) => t.visitor.socket), panel].map((socket) => socket.closing()));
  same('every socket is told to come back', codes, codes.map(() => kGoingAway));
  same('it ends well', await ending, { code: 0, signal: null });
  const took = performance.now() - began;
  check('within its grace', took < kGraceMs + kSlackMs, took);
  check('it says so', /"event":"stopped"/.test(on.server.log()), on.server.log().slice(-400));
  for (const talker of talkers) talker.pause();
  const acknowledged = talkers.reduce((sum, t) => sum + t.acknowledged.size, 0);
  check('there was load', acknowledged > kVisitors && talkers.some((t) => t.open.size > 0), acknowledged);
  await on.server.start();
  for (const talker of talkers) await keepsPromises('after SIGTERM', talker);
  for (const talker of talkers) {
    await talker.connect();
    await talker.settled();
    talker.visitor.socket.cut();
    await keepsPromises('after sending again', talker);
  }
  same('SIGINT is as good', await stopBy(on.server, 'SIGINT'), { code: 0, signal: null });
  same('the audit chain is whole', command(on.place, ['audit', 'verify']).status, 0);
  console.log(`    ${acknowledged} messages acknowledged, stopped in ${Math.round(took)} ms`);
}

async function stopBy(server, signal) {
  server.child.kill(signal);
  return server.ended;
}

// The files that matter, by content. WAL and lock come and go with any opening.
function contents(place) {
  const out = {};
  for (const { path, bytes } of filesBelow([place.directory], (p) => /(-wal|-shm|\/lock)$/.test(p))) out[path.slice(place.directory.length)] = createHash('sha256').update(bytes).digest('hex');
  return out;
}

// `break_` makes something wrong and returns how to mend it.
async function isRefused(on, name, break_, words, args = []) {
  const port = await freePort();
  const mend = break_?.();
  const before = contents(on.place);
  const run = command(on.place, ['serve', '--demo', '--port', String(port), ...args]);
  same(`${name}: exit status`, run.status, 1);
  check(`${name}: one sentence that names it`, words.test(run.out) && /^chatika: [^\n]{10,300}\n$/.test(run.out), run.out);
  same(`${name}: nothing is overwritten`, contents(on.place), before);
  mend?.();
}

async function refusals(on) {
  const key = join(`${on.place.data}.keys`, 'master.key');
  const config = readFileSync(on.place.config, 'utf8');
  const write = (text) => () => {
    writeFileSync(on.place.config, text);
    return () => writeFileSync(on.place.config, config);
  };
  const replaceKey = (bytes) => () => {
    const right = readFileSync(key);
    writeFileSync(key, bytes);
    return () => writeFileSync(key, right);
  };
  await isRefused(on, 'a key that others may read', () => {
    chmodSync(key, 0o644);
    return () => chmodSync(key, 0o600);
  }, /master\.key.*0644.*600/);
  await isRefused(on, 'another key', replaceKey(Buffer.alloc(32, 7)), /master key is not the one this data was sealed with/);
  await isRefused(on, 'no key for data that is sealed', () => {
    const right = readFileSync(key);
    rmSync(key);
    return () => writeFileSync(key, right, { mode: 0o600 });
  }, /master\.key: is not there/);
  await isRefused(on, 'half a key', replaceKey(Buffer.alloc(16, 7)), /master\.key.*16 bytes.*32/);
  await isRefused(on, 'a certificate that is not there', write(`${config}[server]\ntls_port = ${await freePort()}\ncertificate = "/nowhere/a.crt"\nkey = "/nowhere/a.key"\n`), /\/nowhere\/a\.crt/);
  await isRefused(on, 'an unknown setting', write(`${config}[server]\nprot = 8080\n`), /chatika\.toml: line \d+: unknown setting server\.prot/);
  await isRefused(on, 'an unknown section', write(`${config}[sever]\nport = 8080\n`), /unknown setting sever\.port/);
  await isRefused(on, 'a value of the wrong kind', write(`${config}[server]\nthreads = "two"\n`), /line \d+: server\.threads/);
  await isRefused(on, 'a value out of range', write(`${config}[server]\ntls_port = 70000\n`), /line \d+: server\.tls_port/);
  for (const address of ['http://chat.example', 'https://chat.example/', 'https://chat.example/path', 'https://a@chat.example', 'chat.example', 'https://', 'https://chat.example:'])
    await isRefused(on, `the public address ${address}`, write(`${config}[server]\npublic_url = "${address}"\n`), /line \d+: server\.public_url/);
  await isRefused(on, 'a file that is no TOML', write(`${config}[server\n`), /chatika\.toml: line \d+: /);
  await isRefused(on, 'plain HTTP for everybody', write(`${config}[server]\naddress = "0.0.0.0"\n`), /plain HTTP is served on the loopback only/);
  await on.server.start();
  if (on.storage === 'sqlite') {
    const second = command(on.place, ['serve', '--demo', '--port', String(await freePort())]);
    same('a second server on the same data: exit status', second.status, 1);
    check('a second server on the same data: a sentence', /^chatika: another process serves the data directory [^\n]+\n$/.test(second.out), second.out);
    same('nor a command beside it', command(on.place, ['audit', 'verify']).status, 1);
  }
  same('and the first goes on, with the key and the data it had', (await on.clinic.owner.call('GET', '/api/v1/session')).status, 200);
  await on.server.stop();
}

async function portInUse(storage, port) {
  const other = await place(storage);
  const run = command(other, ['serve', '--demo', '--port', String(port)]);
  same('a port in use: exit status', run.status, 1);
  check('a port in use: a sentence that names it', run.out.includes(String(port)) && /^chatika: [^\n]+$/m.test(run.out), run.out.slice(-300));
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    await part('SIGTERM', () => stopsUnderLoad(on));
    await part('refusals', () => refusals(on));
    await part('a port in use', async () => {
      await on.server.start();
      await portInUse(storage, on.port);
      await on.server.stop();
    });
    same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  });
}
done();
