// kill -9 in the middle of work, five times over: what was acknowledged is there, once; the rest at most once.
import { check, done, part, same, sleep } from './support/check.mjs';
import { brokenPromisesAreSeen, keepsPromises, Talker } from './support/load.mjs';
import { kStorages } from './support/places.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kRounds = 5;
const kVisitors = 8;
const kReadyMs = 5000;

async function round(on, talkers, number) {
  for (const talker of talkers) await talker.connect();
  for (const talker of talkers) talker.talk();
  await sleep(250 + Math.random() * 350);
  const before = talkers.reduce((sum, t) => sum + t.acknowledged.size, 0);
  await on.server.kill();
  const killed = performance.now();
  for (const talker of talkers) {
    talker.pause();
    await talker.visitor.socket.closing();
  }
  const open = talkers.reduce((sum, t) => sum + t.open.size, 0);
  check(`${number}: there was load`, before > kVisitors && open > 0, { before, open });

  const audit = command(on.place, ['audit', 'verify']);
  same(`${number}: the audit chain is whole`, audit.status, 0);
  const took = await on.server.start();
  check(`${number}: ready again within ${kReadyMs} ms`, took < kReadyMs, took);
  for (const talker of talkers) await keepsPromises(`${number}, after the restart`, talker);
  for (const talker of talkers) {
    await talker.connect();
    await talker.settled();
    same(`${number}: everything sent again is acknowledged`, talker.open.size, 0);
    talker.visitor.socket.cut();
  }
  let messages = 0;
  for (const talker of talkers) messages += await keepsPromises(`${number}, after sending again`, talker);
  console.log(`    round ${number}: ${messages} messages, ${open} in flight when killed, ready in ${Math.round(took)} ms, ${Math.round(performance.now() - killed)} ms until checked`);
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    const talkers = [];
    for (let i = 0; i < kVisitors; i += 1) talkers.push(await Talker.arrive(on.port, on[i % 2 ? 'salon' : 'clinic'].key));
    for (let number = 1; number <= kRounds; number += 1) await part(`round ${number}`, () => round(on, talkers, number));
    await brokenPromisesAreSeen(talkers[0]);
    same('stops', await on.server.stop(), { code: 0, signal: null });
    same('the audit chain is whole at the end', command(on.place, ['audit', 'verify']).status, 0);
    same('no error in the log', on.server.log().split('\n').filter((l) => l.includes('"level":"error"')), []);
  });
}
done();
