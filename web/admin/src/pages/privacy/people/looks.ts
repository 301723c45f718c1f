// The audit of one person in the order of time, the newest first, without the repetitions: a list that looks again every
// few seconds would bury who opened the file.

import type { AuditRow } from '../wire';

export interface Look {
  /** The newest of them. */
  row: AuditRow;
  times: number;
  /** When the oldest of them was. */
  first: string;
}

const same = (a: AuditRow, b: AuditRow) =>
  a.operation === b.operation && a.actor === b.actor && a.from === b.from && a.fields.join() === b.fields.join();

export function looksOf(rows: readonly AuditRow[]): Look[] {
  const looks: Look[] = [];
  for (const row of rows) {
    const last = looks.at(-1);
    if (last && same(last.row, row)) {
      last.times += 1;
      last.first = row.at;
    } else {
      looks.push({ row, times: 1, first: row.at });
    }
  }
  return looks;
}
