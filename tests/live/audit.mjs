// The audit as its owner and a stranger check it: the running program's checkpoints, the commands, the export and the
// verifier that needs nothing of Chatika; and what they say when somebody who has the database cuts the end off.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, done, part, same } from './support/check.mjs';
import { Visitor } from './support/people.mjs';
import { kStorages } from './support/places.mjs';
import { command } from './support/server.mjs';
import { stage } from './support/stage.mjs';

const kVerifier = 'tools/audit_verify.py';
const kCut = 3;

function cutTail(on, tenant) {
  const sql = (table, where) =>
    `DELETE FROM ${table} WHERE seq > (SELECT MAX(seq) - ${kCut} FROM audit_kept)${where}`;
  if (on.storage === 'postgres') {
    const of = `tenant = '${tenant}'`;
    on.place.database.cluster.sql(on.place.database.name, `
      CREATE TEMP TABLE audit_kept AS SELECT seq FROM audit WHERE ${of};
      ${sql('audit', ` AND ${of}`)}; ${sql('audit_checkpoint', ` AND ${of}`)};`);
    return;
  }
  const script = `import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.executescript("CREATE TEMP TABLE audit_kept AS SELECT seq FROM audit; ${sql('audit', '')}; ${sql('audit_checkpoint', '')};")
c.commit()`;
  execFileSync('python3', ['-c', script, join(on.place.data, 'tenants', `${tenant}.sqlite`)]);
}

for (const storage of kStorages) {
  await part(storage, async () => {
    const on = await stage(storage);
    for (let i = 0; i < 3; i += 1) await Visitor.start(on.port, on.clinic.key);
    await on.clinic.owner.get?.('/api/v1/conversations');
    const served = await on.clinic.owner.call('GET', '/api/v1/privacy/audit/export');
    same('the officer exports it', [served.status, served.headers['content-type']], [200, 'application/jsonl']);
    same('who exported stands in the log', (await on.clinic.owner.get('/api/v1/privacy/audit?operation=audit.export')).items.length, 1);
    same('nobody else does', (await on.clinic.receptionist.call('GET', '/api/v1/privacy/audit/export')).status, 403);
    same('stops', await on.server.stop(), { code: 0, signal: null });

    const verified = command(on.place, ['audit', 'verify', '--json']);
    same('every chain is whole', verified.status, 0);
    const reports = verified.stdout.trim().split('\n').map((line) => JSON.parse(line));
    const clinic = reports.find((r) => r.tenant === 'clinic');
    check('what was done at stop is vouched for', clinic.rows > 3 && clinic.checkpoints > 0 && clinic.unsigned_rows === 0, clinic);

    const folder = `${on.place.data}.evidence/checkpoints`;
    for (const name of readdirSync(folder)) same('nobody else reads the anchor', statSync(join(folder, name)).mode & 0o777, 0o600);
    const exported = command(on.place, ['audit', 'export', '--tenant', 'clinic']);
    same('the audit is exported', exported.status, 0);
    const tenant = JSON.parse(exported.stdout.split('\n')[0]).tenant;
    const anchor = join(folder, `${tenant}.jsonl`);
    const key = command(on.place, ['audit', 'key']).stdout.trim();
    check('the key is 32 bytes', /^[0-9a-f]{64}$/.test(key), key);
    const file = join(on.place.directory, 'audit.jsonl');
    const stranger = (text) => {
      writeFileSync(file, text);
      return spawnSync('python3', [kVerifier, file, '--key', key, '--anchor', anchor], { encoding: 'utf8' });
    };
    const earlier = stranger(served.text);
    check('what was served is whole, and older than the anchor', earlier.status === 3 && /chain whole/.test(earlier.stdout) && /taken at/.test(earlier.stdout), earlier);
    const good = stranger(exported.stdout);
    same('a stranger finds it whole', [good.status, good.stderr], [0, '']);
    const lines = exported.stdout.trimEnd().split('\n');
    const edited = lines.map((line, i) => (i === lines.length - 2 ? line.replace('"actor":"', '"actor":"x') : line));
    same('and one letter changed', stranger(`${edited.join('\n')}\n`).status, 1);
    same('of another business nothing', command(on.place, ['audit', 'export', '--tenant', 'nobody']).status, 1);

    check('a checkpoint is made when asked for', command(on.place, ['audit', 'checkpoint', '--tenant', 'clinic']).status === 0);
    const anchored = readFileSync(anchor, 'utf8').trimEnd().split('\n').length;
    command(on.place, ['audit', 'checkpoint', '--tenant', 'clinic']);
    same('and not twice for one row', readFileSync(anchor, 'utf8').trimEnd().split('\n').length, anchored);

    cutTail(on, tenant);
    const cut = command(on.place, ['audit', 'verify', '--tenant', 'clinic']);
    same('a cut tail is found', cut.status, 1);
    check('and said to be one', /BROKEN.*is missing/.test(cut.out), cut.out);
    same('by a stranger too', stranger(command(on.place, ['audit', 'export', '--tenant', 'clinic']).stdout).status, 1);
    same('the other business is whole', command(on.place, ['audit', 'verify', '--tenant', 'salon']).status, 0);

    // As after a restore: somebody says so, for good.
    const acknowledge = (...more) => command(on.place, ['audit', 'acknowledge-loss', '--tenant', 'clinic', ...more]);
    check('not without a reason', acknowledge().status !== 0 && acknowledge('--reason', ' ').status !== 0);
    const said = acknowledge('--reason', 'Восстановлено из копии от 12 ноября');
    same('the loss is acknowledged', said.status, 0);
    check('and counted in every verification', /1 lost tails were acknowledged/.test(command(on.place, ['audit', 'verify', '--tenant', 'clinic']).out), said.out);
    const after = command(on.place, ['audit', 'export', '--tenant', 'clinic']).stdout;
    const found = stranger(after);
    same('a stranger finds it whole', found.status, 0);
    check('and is told of the loss', /1 lost tails/.test(found.stdout), found.stdout);
    check('the reason stands in the log', after.includes('audit.loss_acknowledged') && after.includes('12 ноября'));
    same('twice there is nothing to acknowledge', acknowledge('--reason', 'ещё раз').status, 1);
    cutTail(on, tenant);
    same('another cut is found', command(on.place, ['audit', 'verify', '--tenant', 'clinic']).status, 1);
    same('by a stranger too, once more', stranger(command(on.place, ['audit', 'export', '--tenant', 'clinic']).stdout).status, 1);
  });
}
done();
