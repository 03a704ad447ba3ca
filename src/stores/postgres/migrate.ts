/** Brings the ledger's schema `loa` to this version, under a lock, all or nothing. */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { UserError } from '#src/core/errors.ts';

/** Runs the migrations that have not run; gives their names. A database made by a newer Loa is a `UserError`. */
export async function migrate(db: Kysely<any>, migrations: Record<string, Migration>): Promise<string[]> {
  return db.connection().execute(async (one) => {
    // Kysely's own lock comes after it has made its tables, which two processes at once cannot.
    await sql`SET statement_timeout = 0`.execute(one);
    await sql`SET lock_timeout = 0`.execute(one);
    await sql`SELECT pg_advisory_lock(${lock}::bigint)`.execute(one);
    try {
      await refuseNewer(one, migrations);
      return await runAll(one, migrations);
    } finally {
      await sql`SELECT pg_advisory_unlock(${lock}::bigint)`.execute(one);
      await sql`RESET statement_timeout`.execute(one);
      await sql`RESET lock_timeout`.execute(one);
    }
  });
}

/** Any number that nobody else's advisory lock has. */
const lock = '5501207133904220162';

async function runAll(db: Kysely<any>, migrations: Record<string, Migration>): Promise<string[]> {
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
