/** The ledger in its database, brought up to date and ready for use. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Ledger } from '#src/stores/ledger.ts';
import { writeBackup } from '#src/stores/postgres/backup.ts';
import { backupName, pruneBackups } from '#src/stores/postgres/backup-files.ts';
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { migrate } from '#src/stores/postgres/migrate.ts';
import { migrations } from '#src/stores/postgres/migrations.ts';
import { type OpenDatabaseOptions, openDatabase } from '#src/stores/postgres/open-database.ts';

export interface OpenLedger {
  ledger: Ledger;
  database: OpenDatabase;
  /** Writes a backup into `data/backups/` and drops those older than `keepMs`; gives its path. */
  backup(keepMs: number): Promise<string>;
  close(): Promise<void>;
}

/** Throws a `UserError` when the data folder is taken or cannot be written, or the database does not open. */
export async function openLedger(options: OpenDatabaseOptions): Promise<OpenLedger> {
  const { data, clock } = options;
  const database = await openDatabase(options);
  try {
    await migrate(database.db, migrations);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    ledger: createLedger(database.db, { newId: randomUUID }),
    database,
    async backup(keepMs) {
      const folder = join(data, 'backups');
      const file = join(folder, backupName(clock.now()));
      await writeBackup(database.db, file, clock);
      pruneBackups(folder, keepMs, clock.now());
      return file;
    },
    close: () => database.close(),
  };
}
