// The few words live tests are written in. A check that fails is told at once; done() closes with `N passed, N failed`,
// the line that ./test counts.
import { isDeepStrictEqual } from 'node:util';

let passed = 0;
let failed = 0;
let where = '';
const kShownFailures = 60;

function short(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === undefined ? 'undefined' : text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

export function check(name, good, detail) {
  if (good) {
    passed += 1;
    return true;
  }
  failed += 1;
  if (failed <= kShownFailures) {
    console.log(`FAILED ${where}: ${name}${detail === undefined ? '' : `\n       ${short(detail)}`}`);
  }
  return false;
}

export function same(name, actual, expected) {
  return check(name, isDeepStrictEqual(actual, expected), `is ${short(actual)}, should be ${short(expected)}`);
}

// One part of a script. What it throws is one failure, and the next part still runs.
export async function part(name, work) {
  const outer = where;
  where = outer ? `${outer}, ${name}` : name;
  const began = Date.now();
  const before = passed + failed;
  try {
    await work();
  } catch (error) {
    check('ran to its end', false, error?.stack ?? String(error));
  }
  console.log(`  ${where}: ${passed + failed - before} checks, ${Date.now() - began} ms`);
  where = outer;
}

export function done() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks again and again until the answer is truthy; the deadline is an error, never a silent pass.
export async function until(what, ask, deadlineMs = 10_000) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms for: ${what}`);
    await sleep(15);
  }
}
