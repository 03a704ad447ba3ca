/** The databases that runs are made on, emptied between them. */

import type { Ledger } from '#src/stores/ledger.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { QuickPool } from '#tests/faults/simulation/quick-pool.ts';

export interface Arena {
  db: MemoryDatabase['db'];
  /** An empty ledger. */
  fresh(): Promise<Ledger>;
  close(): Promise<void>;
}

/** In memory when left out. */
export async function openArena(
  open: () => Promise<Pick<MemoryDatabase, 'db' | 'reset' | 'close'>> = () => openMemoryDatabase(QuickPool),
): Promise<Arena> {
  const { db, reset, close } = await open();
  return {
    db,
    async fresh() {
      await reset();
      let names = 0;
      return createLedger(db, { newId: () => `row${String(++names).padStart(7, '0')}` });
    },
    close,
  };
}
