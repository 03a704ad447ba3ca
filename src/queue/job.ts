/** What a job is. Only this folder knows BullMQ. */
import type { z } from 'zod';
import type { Outcome } from '#src/core/outcome.ts';

/** Fixed queues; each channel has one more, `deliver-CHANNEL`. No `:` in names. */
export type QueueName =
  | 'poll'
  | 'read'
  | 'photos'
  | 'formats'
  | 'publish'
  | 'feeds'
  | 'hub'
  | 'sweep'
  | `deliver-${string}`;

export interface JobContext {
  /** From 1. */
  attempt: number;
  signal: AbortSignal;
}

export interface JobDefinition<P = any, D = any> {
  /** Stable string, the file's name. */
  kind: string;
  queue: QueueName | ((payload: P) => QueueName);
  payload: z.ZodType<P>;
  /**
   * Same id while waiting or active: one job, moved forward when the new one is to run earlier. BullMQ's deduplication,
   * never a fixed job id: a finished job with that id would swallow every later one.
   */
  dedup?: (payload: P) => string;
  /** With `dedup`: what arrives while it runs makes it run once more. */
  again?: boolean;
  /** Milliseconds a new job waits, so that several requests become one run. */
  debounce?: number;
  /** Tries before it counts as failed; delays grow from `backoff` milliseconds. */
  attempts: number;
  backoff?: number;
  run(payload: P, deps: D, context: JobContext): Promise<Outcome>;
}

/** One job to be added. */
export interface JobRequest<P = unknown> {
  kind: string;
  payload: P;
  /** Milliseconds. */
  delay?: number;
  /** How far it stands back for others of its queue: 0, the default, for none. */
  behind?: number;
}

/** A parent that runs once its children have ended, failed ones included. Ids are unique to the parent. */
export interface FlowRequest {
  parent: JobRequest & { id: string };
  children: (JobRequest & { id: string })[];
}

/** Adds jobs, always after commit: a job is a hint, the ledger is the truth. */
export interface Jobs {
  add(request: JobRequest): Promise<void>;
  addFlow(flow: FlowRequest): Promise<void>;
}

/** Keeps a definition's payload and deps types together. */
export function defineJob<P, D>(definition: JobDefinition<P, D>): JobDefinition<P, D> {
  return definition;
}
