// The real program, started and ended as its users do.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from './check.mjs';
import { request } from './http.mjs';
import { atExit, freePort } from './places.mjs';

export const kBinary = resolve(process.env.CHATIKA_BIN ?? 'build/chatika');
if (!existsSync(kBinary)) throw new Error(`no program at ${kBinary}; set CHATIKA_BIN`);

const kStartMs = 30_000;

// A command that ends by itself: {status, out}, both streams in one text.
export function command(place, args, input = '') {
  const run = spawnSync(kBinary, [...args, '--config', place.config], { input, encoding: 'utf8', timeout: 60_000 });
  return { status: run.status, out: run.stdout + run.stderr, stdout: run.stdout };
}

export class Server {
  constructor(place) {
    this.place = place;
    this.output = [];  // of all lives of this server, both streams
    this.child = null;
  }

  // Resolves when the server is ready, with the time that took.
  async start({ demo = true, args = [] } = {}) {
    this.port ??= await freePort();
    const began = performance.now();
    // setpriv: if this script is killed, so is its server.
    const all = ['--pdeathsig', 'KILL', kBinary, 'serve', ...(demo ? ['--demo'] : []), '--port', String(this.port),
                 '--config', this.place.config, ...args];
    const child = spawn('setpriv', all, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    child.stdout.on('data', (bytes) => this.output.push(bytes));
    child.stderr.on('data', (bytes) => this.output.push(bytes));
    this.ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    atExit(() => child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'));
    await until('the server to be ready', async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${this.log()}`);
      const answer = await request(this.port, { path: '/readyz' }).catch(() => null);
      return answer?.status === 200;
    }, kStartMs);
    return performance.now() - began;
  }

  log() {
    return Buffer.concat(this.output).toString('utf8');
  }
  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }
  async kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  // [{business, role, email, password}], as the demo writes them down.
  signIns() {
    const text = readFileSync(join(`${this.place.data}.keys`, 'demo-sign-ins.txt'), 'utf8');
    return text.trim().split('\n').map((line) => {
      const [business, role, email, password] = line.split('\t');
      return { business, role, email, password };
    });
  }
}
