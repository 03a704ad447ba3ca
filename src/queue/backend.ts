import type { withBackend } from 'bullmq';
import type { QueueSettings } from '#src/core/settings.ts';
import type { Alerts, Clock, Log } from '#src/core/tools.ts';
import type { DatabasePool } from '#src/queue/database-backend.ts';
import type { QueueHealth } from '#src/queue/health.ts';

/** BullMQ's classes bound to where their jobs live, and what they connect with. */
export interface Backend {
  classes: ReturnType<typeof withBackend<any, any>>;
  /** For adding jobs: whatever is asked of a server that is away fails soon. */
  producer: unknown;
  /** For working on them: waits for a server that is away, however long. */
  worker: unknown;
  /** First part of every key where jobs have keys. */
  prefix?: string;
  health: QueueHealth;
}

export interface OpenBackend extends Backend {
  /** Where it is, for people: `Redis at 127.0.0.1:6379`. */
  place: string;
  /** Does what a job needs done; rejects within seconds when that does not work. */
  ping(): Promise<void>;
  /** After workers and queues. */
  close(): Promise<void>;
}

export interface BackendTools {
  alerts: Alerts;
  log: Log;
  clock: Clock;
}

/**
 * Where the settings say. A Redis that is away is waited for behind the scenes; one that will never do (too old, wrong
 * password) is a `UserError`. `queuePool`: of the ledger's database, for `queue: database`.
 */
export async function openBackend(
  settings: QueueSettings,
  tools: BackendTools & { queuePool: DatabasePool },
): Promise<OpenBackend> {
  if (settings.kind !== 'database') {
    // Only now: whoever has no Redis need not hold its client in memory.
    const { redisBackend } = await import('#src/queue/redis-backend.ts');
    return redisBackend(settings, tools);
  }
  const { databaseBackend } = await import('#src/queue/database-backend.ts');
  return databaseBackend(tools.queuePool, tools);
}
