/** Brings the ledger's schema `loa` to this version, under a lock, all or nothing. */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { UserError } from '#src/core/errors.ts';

/** Runs the migrations that have not run; gives their names. A database made by a newer Loa is a `UserError`. */
export async function migrate(db: Kysely<any>, migrations: Record<string, Migration>): Promise<string[]> {
  await refuseNewer(db, migrations);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'loa',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(`The ledger's migration ${failed ?? ''} failed, nothing of it was kept`, { cause: error });
  }
  return (results ?? []).map((result) => result.migrationName);
}

/** The newest migration that ran; null before the first. */
export async function lastMigration(db: Kysely<any>): Promise<string | null> {
  return (await ranMigrations(db)).at(-1) ?? null;
}

async function refuseNewer(db: Kysely<any>, migrations: Record<string, Migration>): Promise<void> {
  const unknown = (await ranMigrations(db)).filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new UserError(`The database was made by a newer Loa (it has the migration ${unknown.join(', ')})`, {
    next: 'Start it with that version again, or restore a backup into a new data folder.',
  });
}

async function ranMigrations(db: Kysely<any>): Promise<string[]> {
  const table = await sql<{ found: boolean }>`SELECT to_regclass('loa.kysely_migration') IS NOT NULL AS found`.execute(
    db,
  );
  if (!table.rows[0]?.found) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM loa.kysely_migration ORDER BY name`.execute(db);
  return rows.map((row) => row.name);
}
