// A retention sweep over 10,000 people of one business while its visitors talk: the chat's p99 without and with the sweep, and their ratio
// (reach: under 2). SQLite: all of a business's operations share one connection, the harder case.
//   CHATIKA_BIN=build/chatika node bench/sweep_bench.mjs [--people 10000] [--expired 200] [--runs 3]
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileOf } from '../tests/live/support/database.mjs';
import { stage } from '../tests/live/support/stage.mjs';

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const people = option('people', 10_000);
const expired = option('expired', 200);  // of a year's people a day lets go 27
const runs = option('runs', 3);
const kVisitors = 8;
const kPauseMs = 30;
const kQuietMs = 6000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// People whose texts nobody opens: a sweep looks at times and standing, an erasure takes rows and keys.
const kFill = `import os, sqlite3, sys, time
path, people, expired = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
c = sqlite3.connect(path)
day, now = 86400 * 10**6, int(time.time() * 10**6)
for i in range(people):
    s, v = os.urandom(16), os.urandom(16)
    at = now - (400 * day if i < expired else (i % 200) * day + 10**6)
    c.execute("INSERT INTO subject (id, kind, capacity, key_box, granted, health, objected, closed, created_at) VALUES (?, 'visitor', 'processor', ?, 15, 0, 0, 0, ?)", (s, os.urandom(61), at))
    c.execute("INSERT INTO visitor (id, created_at) VALUES (?, ?)", (s, at))
    c.execute("INSERT INTO conversation (id, visitor, client_id, token_hash, status, language, last_seq, visitor_read_seq, staff_read_seq, started_at, last_at) VALUES (?, ?, ?, ?, 'assistant', 'ru', 3, 0, 0, ?, ?)", (v, s, os.urandom(16), os.urandom(32), at, at))
    for n in (1, 2, 3):
        c.execute("INSERT INTO message (conversation, seq, id, sender, body_box, at) VALUES (?, ?, ?, 'assistant', ?, ?)", (v, n, os.urandom(16), os.urandom(200), at))
c.commit()`;

function talk(visitor, latencies, going) {
  return (async () => {
    while (going()) {
      const id = randomUUID();
      const since = visitor.socket.events.length;
      const began = performance.now();
      visitor.socket.send({ type: 'send', id, text: 'Сколько стоит приём терапевта?' });
      await visitor.socket.next('receipt', (e) => e.type === 'received' && e.id === id, { since });
      latencies.push(performance.now() - began);
      await sleep(kPauseMs);
    }
  })();
}
async function measured(visitors, over) {
  const latencies = [];
  let going = true;
  const talks = visitors.map((v) => talk(v, latencies, () => going));
  await over();
  going = false;
  await Promise.all(talks);
  latencies.sort((a, b) => a - b);
  return { turns: latencies.length, p50: latencies[latencies.length >> 1], p99: latencies[Math.floor(latencies.length * 0.99)] };
}
const ms = ({ turns, p50, p99 }) => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (${turns} turns)`;

const ratios = [];
for (let run = 1; run <= runs; run += 1) {
  const on = await stage('sqlite');
  const tenant = on.clinic.owner.cookie.split('.')[0];
  await on.server.stop();
  execFileSync('python3', ['-c', kFill, fileOf(on.place, tenant), String(people), String(expired)]);
  await on.server.start();
  const visitors = [];
  for (let i = 0; i < kVisitors; i += 1) visitors.push(await on.clinic.visitor());
  await measured(visitors, () => sleep(1500));
  const without = await measured(visitors, () => sleep(kQuietMs));
  let took = 0;
  const with_ = await measured(visitors, async () => {
    const began = performance.now();
    const asked = Date.now();
    await on.clinic.asOfficer('POST', 'retention/sweep');
    for (let last; !last?.finished_at || Date.parse(last.started_at) < asked; await sleep(200)) last = (await on.clinic.asOfficer('GET', 'retention')).last;
    for (let acts = 0; acts < Math.min(expired, 100); await sleep(200)) acts = (await on.clinic.asOfficer('GET', 'destruction?limit=100')).items.length;
    took = performance.now() - began;
  });
  ratios.push(with_.p99 / without.p99);
  console.log(`run ${run}: without ${ms(without)}; with a sweep of ${(took / 1000).toFixed(1)} s over ${people} people, ${expired} expired: ${ms(with_)}; ratio ${ratios.at(-1).toFixed(2)}`);
  for (const v of visitors) v.socket.cut();
  await on.server.stop();
}
ratios.sort((a, b) => a - b);
console.log(`median ratio of p99: ${ratios[ratios.length >> 1].toFixed(2)} (reach: under 2)`);
process.exit(0);
