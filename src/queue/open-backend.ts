import type { QueueSettings } from '#src/core/settings.ts';
import type { BackendTools, OpenBackend } from '#src/queue/backend.ts';
import type { DatabasePool } from '#src/queue/database-backend.ts';

/**
 * Where the settings say. A Redis that is away is waited for behind the scenes; one that will never do (too old, wrong
 * password) is a `UserError`. `queuePool`: of the ledger's database, for `queue: database`; `alone`: only this process
 * can be at work on that database.
 */
export async function openBackend(
  settings: QueueSettings,
  tools: BackendTools & { queuePool: DatabasePool; alone?: boolean },
): Promise<OpenBackend> {
  if (settings.kind !== 'database') {
    // Only now: whoever has no Redis need not hold its client in memory.
    const { redisBackend } = await import('#src/queue/redis-backend.ts');
    return redisBackend(settings, tools);
  }
  const { databaseBackend } = await import('#src/queue/database-backend.ts');
  return databaseBackend(tools.queuePool, tools);
}
