// Counting and waiting. A step is one test; the last line of a script is `N passed, N failed`.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

export { assert };

/** How long anything may take to become true on a busy machine. */
export const kPatienceMs = 20_000;
const kLookEveryMs = 25;

let passed = 0;
let failed = 0;

const witnesses = [];
/** Asked after every failure for what else there is to say: text, or nothing. */
export function witness(tell) {
  witnesses.push(tell);
}

async function attempt(name, work) {
  const began = Date.now();
  try {
    await work();
  } catch (why) {
    failed += 1;
    console.log([`FAILED  ${name}`, indent(why?.stack ?? String(why)), ...witnesses.map((tell) => tell()).filter(Boolean).map(indent)].join("\n"));
    return why ?? new Error(name);
  }
  passed += 1;
  console.log(`ok      ${name} (${Date.now() - began} ms)`);
  return null;
}

const indent = (text) => text.replace(/^/gm, "        ");

/** A test that stands alone: the next one runs whatever became of it. */
export async function test(name, work) {
  await attempt(name, work);
}

/** A step of a story: what follows makes no sense without it, so the story ends here when it fails. */
export async function step(name, work) {
  const why = await attempt(name, work);
  if (why) throw new StoryEnds(name);
}

class StoryEnds extends Error {}

/** Looks until `look` gives something true; a failed assertion inside counts as "not yet". */
export async function until(what, look, patienceMs = kPatienceMs) {
  const end = Date.now() + patienceMs;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (why) {
      last = why;
    }
    if (Date.now() > end) throw new Error(`not within ${patienceMs} ms: ${what}`, { cause: last });
    await pause(kLookEveryMs);
  }
}

const atExit = [];
/** Runs at the end in reverse order, also after a failure or a signal; must be quick and synchronous. */
export function cleanUp(work) {
  atExit.push(work);
}
process.on("exit", () => {
  for (const work of atExit.reverse()) {
    try {
      work();
    } catch (why) {
      console.error(why);
    }
  }
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** Runs a script's `main`, says what it counted and ends the process. */
export async function run(main) {
  try {
    await main();
  } catch (why) {
    if (!(why instanceof StoryEnds)) {
      failed += 1;
      console.log(`FAILED  outside of any test\n${indent(why?.stack ?? String(why))}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
