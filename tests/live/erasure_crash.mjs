// kill -9 while many people are being erased, at moments spread over the whole of it: after the restart every erasure that was
// acknowledged or had come into the ledger is carried out, once, with its act, its notices and its place in the ledger.
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { check, done, part, same, sleep, until } from './support/check.mjs';
import { change, idIn, rowsOf } from './support/database.mjs';
import { Visitor } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kKills = Number(process.env.CHATIKA_KILLS ?? 20);
const kPeople = 5;      // of a round
const kLatestMs = 60;   // after the first acknowledgement; an erasure takes one or two
const kRecipients = 2;

// Lines of an entry and its keyed hash after the one of the beginning; a last one may be torn.
const ledgerOf = (on) => {
  const file = `${on.place.data}.ledger/${on.tenant}.jsonl`;
  return !existsSync(file) ? [] : readFileSync(file, 'utf8').split('\n').slice(1, -1).map((line) => JSON.parse(line.slice(0, line.lastIndexOf(' '))));
};

async function arrive(on) {
  const visitor = await on.clinic.visitor();
  await visitor.say('Здравствуйте!');
  visitor.socket.cut();
  return { id: (await on.clinic.owner.get(`/api/v1/conversations/${visitor.id}`)).visitor.id, conversation: visitor.id };
}

// Answers who was acknowledged when the server died.
async function killedWhileErasing(on, people, delay) {
  const acknowledged = new Set();
  let first;
  const begun = new Promise((resolve) => { first = resolve; });
  const calls = people.map((person) => on.clinic.owner.call('POST', `/api/v1/privacy/subjects/${person.id}/erase`, { reason: 'request', now: true })
    .then((answer) => answer.status === 200 && (acknowledged.add(person.id), first()), () => {}));
  await Promise.race([begun, Promise.all(calls)]);
  await sleep(delay);
  await on.server.kill();
  await Promise.allSettled(calls);
  return acknowledged;
}

// What is left of each of these people, and what says that they were erased. While no server runs.
function tracesOf(on, people) {
  const one = ({ id }) => {
    const own = idIn(on.place, id);
    const counts = [`erasure WHERE subject = ${own} AND state = 'done'`, `erasure WHERE subject = ${own} AND state IN ('planned', 'held')`, `destruction WHERE subject = ${own}`,
                    `recipient_notice WHERE subject = ${own}`, `conversation WHERE visitor = ${own}`, `visitor WHERE id = ${own}`,
                    `subject WHERE id = ${own} AND key_box IS NOT NULL AND length(key_box) > 0`];
    return `SELECT ${counts.map((from) => `(SELECT count(*) FROM ${from})`).join(', ')}`;
  };
  const ledger = ledgerOf(on);
  const rows = rowsOf(on.place, on.tenant, people.map((p, i) => `SELECT ${i} AS at, * FROM (${one(p)}) AS of_${i}`).join(' UNION ALL ').concat(' ORDER BY 1'));
  return rows.map(([, ...counts], i) => {
    const [done, live, acts, notices, conversations, visitors, keys] = counts.map(Number);
    return { done, live, acts, notices, conversations, visitors, keys, ledger: ledger.filter((e) => e.subject === people[i].id).length };
  });
}
const kErased = { done: 1, live: 0, acts: 1, notices: kRecipients, conversations: 0, visitors: 0, keys: 0, ledger: 1 };
const kUntouched = { done: 0, live: 0, acts: 0, notices: 0, conversations: 1, visitors: 1, keys: 1, ledger: 0 };

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    on.tenant = on.clinic.owner.cookie.split('.')[0];
    for (let i = 0; i < kRecipients; i += 1) await on.clinic.recipient();
    const all = [];
    const sum = { acknowledged: 0, carriedOut: 0, inLedger: 0, finished: 0 };
    for (let round = 0; round < kKills; round += 1) {
      const people = [];
      for (let i = 0; i < kPeople; i += 1) people.push(await arrive(on));
      const delay = round % 2 ? randomInt(kLatestMs) : Math.round((round / kKills) * 12);
      const acknowledged = await killedWhileErasing(on, people, delay);
      const found = tracesOf(on, people);
      sum.acknowledged += acknowledged.size;
      sum.carriedOut += found.filter((t) => t.done).length;
      sum.inLedger += found.filter((t) => t.ledger && !t.done).length;
      // The command follows the ledger too: two times of three it is left to the server.
      if (round % 3 === 0) same(`${round}: killed after ${delay} ms, the audit is whole`, command(on.place, ['audit', 'verify', '--tenant', 'clinic']).status, 0);
      // Nodes that share a database wait for a dead one's leases to end: five minutes, which are over now. A lone server takes its own back.
      if (storage === 'postgres') change(on.place, on.tenant, "UPDATE job SET lease_until = 0 WHERE state = 'leased'");
      await on.server.start();
      // A plan that was committed but not answered counts too: what was begun is completed.
      const due = people.filter((p, i) => acknowledged.has(p.id) || found[i].done || found[i].live || found[i].ledger);
      await until('what was begun to be complete', async () => {
        const acts = (await on.clinic.asOfficer('GET', 'destruction?limit=100')).items.map((act) => act.subject);
        return due.every((p) => acts.includes(p.id));
      }, 20_000).catch((error) => check(`round ${round}`, false, error.message));
      all.push(...people.map((p) => ({ ...p, due: due.includes(p) })));
    }
    sum.finished = (on.server.log().match(/privacy\.erasures_finished/g) ?? []).length;
    check('there was something to be killed', sum.acknowledged > sum.carriedOut, sum);
    same('stops', await on.server.stop(), { code: 0, signal: null });
    const left = tracesOf(on, all);
    all.forEach((person, i) => same(`${person.id}, ${person.due ? 'erased' : 'untouched'}`, left[i], person.due ? kErased : kUntouched));
    const ledger = ledgerOf(on).map((e) => e.seq);
    same('the ledger counts on', ledger, ledger.map((_, i) => i + 1));
    same('the audit is whole', command(on.place, ['audit', 'verify']).status, 0);
    console.log(`    ${kKills} kills, ${all.length} people: ${sum.acknowledged} acknowledged when killed, ${sum.carriedOut} of them carried out, ${sum.inLedger} in the ledger only, ${sum.finished} times finished from the ledger`);
  });
}
done();
