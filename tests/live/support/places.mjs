// Where a server of a test keeps its data: a temporary directory, on SQLite or on a private PostgreSQL cluster.
// Everything goes away with the test, however it ends.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kPostgres = '/usr/lib/postgresql/15/bin';
const kTlsOffset = 363;  // where `serve --demo` puts its TLS listener
const undo = [];

process.on('exit', () => {
  for (const step of undo.reverse()) step();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

// `step` is synchronous: it runs while the process ends.
export function atExit(step) {
  undo.push(step);
}

export function temporaryDirectory(name) {
  const directory = mkdtempSync(join(tmpdir(), `chatika-live-${name}-`));
  atExit(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function listenOnce(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => {
      const got = probe.address().port;
      probe.close(() => resolve(got));
    });
  });
}

// A port whose TLS companion is free too.
export async function freePort() {
  for (let i = 0; i < 50; i += 1) {
    const port = await listenOnce(0);
    if (port > 0 && port + kTlsOffset <= 65535 && (await listenOnce(port + kTlsOffset))) return port;
  }
  throw new Error('no free pair of ports');
}
export const tlsPort = (port) => port + kTlsOffset;

// $1 directory, $2 binaries. Lives as long as its standard input: the cluster ends with the test even after SIGKILL.
const kKeeper = `
dir=$1 bin=$2
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir"
  run() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
else
  run() { "$@"; }
fi
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
run "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
run "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c shared_buffers=32MB -c max_connections=60 </dev/null >>"$dir/log" 2>&1 &
cat >/dev/null
run "$bin/pg_ctl" -D "$dir/data" -m immediate -w -t 20 stop >>"$dir/log" 2>&1
`;

export class Cluster {
  static async start() {
    const cluster = new Cluster();
    cluster.directory = mkdtempSync(join(tmpdir(), 'chatika-live-pg-'));  // the keeper takes it away
    const keeper = spawn('sh', ['-c', kKeeper, 'sh', cluster.directory, kPostgres], { stdio: ['pipe', 'ignore', 'inherit'] });
    atExit(() => keeper.stdin.end());
    for (let tries = 0; ; tries += 1) {
      try {
        cluster.sql('postgres', 'CREATE ROLE chatika_owner LOGIN; CREATE ROLE chatika_app LOGIN');
        break;
      } catch (error) {
        if (keeper.exitCode !== null || tries > 300) throw new Error('PostgreSQL did not start', { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    keeper.unref();
    return cluster;
  }

  newDatabase(name) {
    this.sql('postgres', `CREATE DATABASE ${name} OWNER chatika_owner`);
    return { name, cluster: this };
  }

  // As the superuser, past row-level security.
  sql(database, text) {
    return this.#client('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text]).trim();
  }
  dump(database) {
    return this.#client('pg_dump', [database]);
  }
  url(role, database) {
    return `postgresql://${role}@/${database}?host=${this.directory}`;
  }

  #client(program, args) {
    return execFileSync(join(kPostgres, program), ['-h', this.directory, '-U', 'postgres', ...args], {
      encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

let cluster;
let databases = 0;

// A fresh place for one installation. `settings` are TOML lines by section.
export async function place(storage, settings = {}) {
  const directory = temporaryDirectory(storage);
  const out = { storage, directory, data: join(directory, 'data'), config: join(directory, 'chatika.toml'), database: null };
  const sections = { operator: ['name = "ООО «Проверка»"'], data: [`directory = "${out.data}"`],
                     limits: ['messages_per_minute = 60000', 'starts_per_minute = 60000'], ...settings };
  if (storage === 'postgres') {
    cluster ??= await Cluster.start();
    databases += 1;
    out.database = cluster.newDatabase(`live_${databases}`);
    sections.data = [...sections.data, `postgres = "${cluster.url('chatika_app', out.database.name)}"`,
                     `postgres_owner = "${cluster.url('chatika_owner', out.database.name)}"`];
  }
  const lines = Object.entries(sections).flatMap(([name, entries]) => [`[${name}]`, ...entries]);
  writeFileSync(out.config, `${lines.join('\n')}\n`);
  return out;
}

export const kStorages = (process.env.CHATIKA_STORAGES ?? 'sqlite,postgres').split(',');
