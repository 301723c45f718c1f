// A start with a thousand businesses on one machine (SQLite): until the first answer, until everybody's background work was looked at,
// memory, the slowest answer meanwhile, and the stop.
//   CHATIKA_BIN=build/chatika node bench/start_bench.mjs [--tenants 1000]
// Making them takes about a quarter of a second each. At the first start a day's work of all of them is due at once (sweep, audit,
// documents); the second is a start as any other.
import { readFileSync } from 'node:fs';
import { request } from '../tests/live/support/http.mjs';
import { place } from '../tests/live/support/places.mjs';
import { Server, command } from '../tests/live/support/server.mjs';

const at = process.argv.indexOf('--tenants');
const tenants = at < 0 ? 1000 : Number(process.argv[at + 1]);
const kTicksPerSecond = 100;
const kQuiet = 0.05;  // of a core, over a second
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const where = await place('sqlite');
let key = '';
for (let i = 0; i < tenants; i += 1) {
  const added = command(where, ['tenant', 'add', '--json', '--slug', `business-${i}`, '--name', `Клиника ${i}`, '--zone', 'Europe/Moscow', '--phone', '+7 900 000-00-00',
                                '--address', 'Москва', '--greeting', 'Здравствуйте', '--legal-name', 'ООО «Клиника»', '--tax-number', '7700000000',
                                '--legal-address', 'Москва', '--privacy-email', `privacy@business-${i}.example`, '--accept-agreement']);
  if (added.status !== 0) throw new Error(added.out);
  key = JSON.parse(added.stdout).public_key;
}

const cpuOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / kTicksPerSecond;
};
const megabytesOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

for (const which of ['first', 'second']) {
  const server = new Server(where);
  const began = performance.now();
  const ready = await server.start({ demo: false });
  const { pid } = server.child;
  let slowest = 0;
  let peak = 0;
  for (let before = -1; cpuOf(pid) - before > kQuiet;) {
    before = cpuOf(pid);
    for (let i = 0; i < 20; i += 1) {
      const asked = performance.now();
      await request(server.port, { path: `/privacy/v1/${key}/policy` });
      slowest = Math.max(slowest, performance.now() - asked);
      peak = Math.max(peak, megabytesOf(pid));
      await sleep(50);
    }
  }
  const looked = (performance.now() - began) / 1000 - 1;
  const cpu = cpuOf(pid);
  const stopping = performance.now();
  await server.stop();
  console.log(`${which} start, ${tenants} businesses: ready in ${ready.toFixed(0)} ms; all looked at after ${looked.toFixed(1)} s and ${cpu.toFixed(1)} s of CPU; ` +
              `slowest answer meanwhile ${slowest.toFixed(0)} ms; ${peak.toFixed(0)} MB at most; stopped in ${((performance.now() - stopping) / 1000).toFixed(1)} s`);
}
process.exit(0);
