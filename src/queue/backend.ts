import type { withBackend } from 'bullmq';
import type { Alerts, Clock, Log } from '#src/core/tools.ts';
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
