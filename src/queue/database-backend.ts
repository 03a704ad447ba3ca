import { type BackendFactory, createPostgresBackend, type IQueueBackend, runMigrations, withBackend } from 'bullmq';
import type { BackendTools, OpenBackend } from '#src/queue/backend.ts';
import { explainDatabase } from '#src/queue/database-trouble.ts';
import { createHealth } from '#src/queue/health.ts';
import { steady } from '#src/queue/steady.ts';

/** What is needed of a `pg.Pool`. */
export interface DatabasePool {
  query(text: string): Promise<{ rows: any[] }>;
  connect(): Promise<{ query: any; release(): void }>;
}

/** The pool itself tells of its server's trouble, the ledger's and the queue's as one. */
const toldElsewhere = { raise() {}, resolve() {} };

/**
 * The queue inside the ledger's database: its schema `bullmq` is brought up to date first. `alone`: no other process can
 * be at work on it, so what is under way was begun by one that is dead.
 */
export async function databaseBackend(
  pool: DatabasePool,
  { clock, alone = false }: BackendTools & { alone?: boolean },
): Promise<OpenBackend> {
  const client = await pool.connect();
  try {
    // A pool handed to BullMQ never migrates by itself.
    await runMigrations(client as any);
    if (alone) await freeAbandoned(client);
  } finally {
    client.release();
  }
  const ping = async (): Promise<void> => {
    const { rows } = await pool.query("SELECT current_setting('transaction_read_only') AS answer");
    if (rows[0]?.answer === 'on') throw Object.assign(new Error('it is read-only'), { code: '25006' });
  };
  const health = createHealth({ cause: 'database', explain: explainDatabase, ping, alerts: toldElsewhere, clock });
  return {
    classes: withBackend<any, any>(steady(lookingAgain(createPostgresBackend))),
    producer: pool,
    worker: pool,
    place: "the ledger's database",
    health,
    ping,
    async close() {
      health.close();
    },
  };
}

/**
 * The workers' first look takes such jobs up again; without this it waits for their locks to end. What was being read
 * waits: an article that ended the worker must not end the next one at once, nor one beside it be counted with it.
 */
async function freeAbandoned(client: { query: any }): Promise<void> {
  await client.query(
    "UPDATE bullmq.job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active' AND queue <> 'read'",
  );
  await client.query("DELETE FROM bullmq.meta WHERE field = 'stalled-check'");
}

/**
 * Each queue and worker looks at the schema once, at first use. BullMQ keeps the answer even where it was that the server
 * is away, and refuses everything from then on.
 */
function lookingAgain<B extends IQueueBackend, C>(factory: BackendFactory<B, C>): BackendFactory<B, C> {
  return (...args) => {
    const backend = factory(...args);
    const { connection } = backend as unknown as { connection: Connection };
    let looked: Promise<void> | undefined;
    connection.waitUntilReady = () => {
      looked ??= connection.bootstrap().catch((error) => {
        looked = undefined;
        throw error;
      });
      return looked;
    };
    // Without the name that it would give the connection: all share one.
    backend.waitUntilReady = () => connection.waitUntilReady();
    return backend;
  };
}

interface Connection {
  bootstrap(): Promise<void>;
  waitUntilReady(): Promise<void>;
}
