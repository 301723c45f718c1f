// T1 and T2: a durable, answered, audited, encrypted chat turn against a bare durable WebSocket echo, in one run.
//   node bench/chat_bench.mjs [--runs 5] [--seconds 3] [--build build/release]
// Prints both sides and their ratio, medians over the runs; each run measures the limit and Chatika one after the other.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const runs = Number(option('runs', 5));
const seconds = option('seconds', '3');
const build = option('build', 'build/release');
const dir = mkdtempSync(join(tmpdir(), 'chatika-bench-'));
const children = [];
const QUESTION = 'Сколько стоит приём терапевта?';
const port = 18_700 + (process.pid % 200) * 4;

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

const start = (command, args) => {
  const child = spawn(command, args, { stdio: 'ignore' });
  children.push(child);
  return child;
};

const until = async (url) => {
  for (let i = 0; i < 300; i++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`nothing answers at ${url}`);
};

const load = (args) => JSON.parse(execFileSync(`${build}/bench/ws_load`, [...args, '--seconds', seconds, '--warm-up', '1'], { encoding: 'utf8' }));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// One limit server a mode, one Chatika for both.
const echo = async (at, group) => {
  start(`${build}/bench/echo_ws_durable`, ['--port', String(at), '--file', join(dir, `echo-${at}.sqlite`), ...(group ? ['--group'] : [])]);
  await new Promise((done) => setTimeout(done, 500));
};

const chatika = async (at) => {
  writeFileSync(join(dir, 'bench.toml'), '[limits]\nmessages_per_minute = 1e12\nstarts_per_minute = 1e12\n');
  start(`${build}/chatika`, ['serve', '--demo', '--port', String(at), '--data', join(dir, 'data'), '--config', join(dir, 'bench.toml')]);
  const base = `http://localhost:${at}`;
  await until(`${base}/readyz`);
  const key = (await (await fetch(`${base}/demo/clinic/`)).text()).match(/pk_[0-9a-f]+/)[0];
  const { consent } = await (await fetch(`${base}/widget/v1/config?key=${key}&language=ru`)).json();
  const conversation = async () => {
    const body = { key, client_id: randomUUID(), language: 'ru', widget_version: 'bench',
      consent: { version: consent.version, hash: consent.hash, agreed: true, health: true } };
    const answer = await fetch(`${base}/widget/v1/conversations`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin: base }, body: JSON.stringify(body) });
    if (answer.status !== 201) throw new Error(`no conversation: ${answer.status}`);
    return answer.json();
  };
  return { base, key, conversation };
};

const hellos = async (server, n) => {
  const lines = [];
  for (let i = 0; i < n; i++) {
    const { conversation, token } = await server.conversation();
    lines.push(JSON.stringify({ type: 'hello', key: server.key, conversation, token, after: 1, language: 'ru' }));
  }
  const file = join(dir, `hellos-${randomUUID()}`);
  writeFileSync(file, lines.join('\n') + '\n');
  return file;
};

const frame = JSON.stringify({ type: 'send', id: '{uuid}', text: QUESTION });
const measure_echo = (at, connections) =>
  load(['--port', String(at), '--path', '/', '--frame', frame, '--until', 'send', '--connections', String(connections)]);
const measure_chatika = async (server, connections) =>
  load(['--port', new URL(server.base).port, '--path', `/widget/v1/socket?key=${server.key}`, '--header', `Origin: http://127.0.0.1:${new URL(server.base).port}`,
    '--first-file', await hellos(server, connections), '--first-until', '"welcome"',
    '--frame', frame, '--until', '"from":"assistant"', '--connections', String(connections)]);

await echo(port, false);
await echo(port + 1, true);
const server = await chatika(port + 2);
const one = { limit: [], ours: [] };
const many = { limit: [], ours: [] };
for (let i = 0; i < runs; i++) {
  one.limit.push(measure_echo(port, 1));
  one.ours.push(await measure_chatika(server, 1));
  many.limit.push(measure_echo(port + 1, 100));
  many.ours.push(await measure_chatika(server, 100));
}
const of = (list, field) => median(list.map((r) => r[field]));
const line = (name, ours, limit, unit, ratio, reach) =>
  console.log(`${name}: ${ours.toFixed(0)} ${unit}, limit ${limit.toFixed(0)} ${unit}, ratio ${ratio.toFixed(2)} (reach ${reach})`);
for (const [name, field, reach] of [['T1 turn p50', 'p50_us', '<= 3'], ['T1 turn p99', 'p99_us', '<= 4']])
  line(name, of(one.ours, field), of(one.limit, field), 'us', of(one.ours, field) / of(one.limit, field), reach);
line('T2 100 visitors', of(many.ours, 'turns_per_s'), of(many.limit, 'turns_per_s'), 'turns/s',
  of(many.ours, 'turns_per_s') / of(many.limit, 'turns_per_s'), '>= 0.20');
process.exit(0);
