// The data of a test's server, looked at and changed past the server: SQLite files by Python, PostgreSQL as its superuser. A SQLite
// file belongs to the server alone while it runs: then a copy is read.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from './places.mjs';

const kScript = `import json, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
rows = [[v.hex() if isinstance(v, bytes) else v for v in row] for row in c.execute(sys.argv[2])]
c.commit()
print(json.dumps(rows))`;

export const fileOf = (where, tenant) => join(where.data, 'tenants', `${tenant}.sqlite`);
const python = (file, sql) => JSON.parse(execFileSync('python3', ['-c', kScript, file, sql], { encoding: 'utf8', maxBuffer: 1 << 28 }));

// An id as SQL of this storage.
export const idIn = (where, id) => (where.database ? `'\\x${id.replaceAll('-', '')}'::bytea` : `x'${id.replaceAll('-', '')}'`);

// Rows of a query; bytes in hex. On SQLite of a copy, so that the server may run.
export function rowsOf(where, tenant, sql) {
  if (where.database) {
    const { cluster, name } = where.database;
    return cluster.sql(name, sql).split('\n').filter(Boolean).map((line) => line.split('|').map((v) => v.replace(/^\\x/, '')));
  }
  const copy = join(temporaryDirectory('copy'), 'copy.sqlite');
  for (const suffix of ['', '-wal']) if (existsSync(fileOf(where, tenant) + suffix)) copyFileSync(fileOf(where, tenant) + suffix, copy + suffix);
  return python(copy, sql);
}
// While no server runs.
export function change(where, tenant, sql) {
  if (where.database) where.database.cluster.sql(where.database.name, sql);
  else python(fileOf(where, tenant), sql);
}

// A copy of one tenant's data (of the whole database on PostgreSQL), while no server runs; and what puts it back.
export function backup(where, tenant) {
  if (where.database) {
    const { cluster, name } = where.database;
    const kept = `${name}_kept`;
    const copy = (from, to) => cluster.sql('postgres', `CREATE DATABASE ${to} TEMPLATE ${from} OWNER chatika_owner`);
    copy(name, kept);
    return () => {
      cluster.sql('postgres', `DROP DATABASE ${name}`);
      copy(kept, name);
    };
  }
  const kept = join(temporaryDirectory('backup'), 'backup.sqlite');
  copyFileSync(fileOf(where, tenant), kept);
  return () => {
    for (const suffix of ['-wal', '-shm']) rmSync(fileOf(where, tenant) + suffix, { force: true });
    copyFileSync(kept, fileOf(where, tenant));
  };
}
