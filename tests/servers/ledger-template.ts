/** The empty ledger as files, made once for a whole run: a test's own is then loaded instead of migrated. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { Kysely, PostgresDialect } from 'kysely';
import { migrate } from '#src/stores/postgres/migrate.ts';
import { migrations } from '#src/stores/postgres/migrations.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';

/** Where the test processes look for it. */
const variable = 'LOA_TEST_LEDGER';

/** Takes it away again. */
export async function makeLedgerTemplate(): Promise<() => void> {
  if (process.env[variable]) return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'loa-ledger-'));
  const file = join(folder, 'ledger.tar');
  process.env[variable] = file;
  const database = await PGlite.create({ loadDataDir: await dataDir() });
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: new PglitePool(database) as never }) });
  await migrate(db, migrations);
  await writeFile(file, (await database.dumpDataDir('none')).stream());
  await db.destroy();
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A bare cluster where no run of tests made a template. */
export async function ledgerTemplate(): Promise<Blob> {
  const file = process.env[variable];
  return file ? new Blob([await readFile(file)]) : dataDir();
}
