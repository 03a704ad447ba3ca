/** All migrations, in the order of their names. Released ones never change. */
import type { Migration } from 'kysely/migration';
import { createLedgerTables } from '#src/stores/postgres/migrations/001-ledger.ts';

export const migrations: Record<string, Migration> = {
  '001-ledger': { up: createLedgerTables },
};
