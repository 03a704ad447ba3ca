/** All migrations, in the order of their names. Released ones never change. */
import type { Migration } from 'kysely/migration';
import { createLedgerTables } from '#src/stores/postgres/migrations/001-ledger.ts';

import { createSwitches } from '#src/stores/postgres/migrations/003-switches.ts';

export const migrations: Record<string, Migration> = {
  '001-ledger': { up: createLedgerTables },
  '003-switches': { up: createSwitches },
};
