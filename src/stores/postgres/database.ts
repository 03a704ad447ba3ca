/** An open database, whichever kind. */
import type { Kysely } from 'kysely';
import type { MaintenanceReport } from '#src/stores/postgres/maintenance.ts';
import type { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import type { QueuePool } from '#src/stores/postgres/queue-pool.ts';

export interface OpenDatabase {
  /** `embedded`: this process alone has it, whatever another one held is over. */
  kind: 'embedded' | 'server';
  /** For BullMQ; the ledger goes through `db`. */
  queuePool: PglitePool | QueuePool;
  db: Kysely<any>;
  /** Does what is due of VACUUM and CHECKPOINT; call it about every half minute. */
  maintain(): Promise<MaintenanceReport>;
  close(): Promise<void>;
}
