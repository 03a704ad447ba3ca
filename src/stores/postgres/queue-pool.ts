/** One pool for every queue and worker of the process: BullMQ keeps a connection per worker to listen, here they share one. */
import { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { ServerClient, ServerPool } from '#src/stores/postgres/server-pool.ts';

const channels = 'LISTEN bullmq_jobs; LISTEN bullmq_events';

/**
 * The face of a `pg.Pool` for BullMQ, on a pool whose search path is BullMQ's schema. Its own `error` never comes:
 * nobody need act on an idle connection that broke.
 */
export class QueuePool extends EventEmitter {
  readonly options = { keepAlive: true };
  readonly #pool: ServerPool;
  readonly #clients = new Set<QueueClient>();
  #listening: Promise<void> | undefined;
  #listener: ServerClient | undefined;

  constructor(pool: ServerPool) {
    super();
    this.setMaxListeners(0); // every queue and worker
    this.#pool = pool;
  }

  query(text: string, params?: readonly unknown[]): Promise<pg.QueryResult> {
    return this.#pool.query(text, params);
  }

  async connect(): Promise<QueueClient> {
    const client: QueueClient = new QueueClient(this.#pool, {
      listen: () => this.#listen(),
      released: () => this.#clients.delete(client),
    });
    this.#clients.add(client);
    return client;
  }

  async end(): Promise<void> {
    await this.#listening?.catch(() => {});
    this.#listener?.release(true);
    await this.#pool.end();
  }

  /** The first who listens opens the connection for all; it stays until it breaks. */
  #listen(): Promise<void> {
    if (this.#listening) return this.#listening;
    const opening: Promise<void> = this.#openListener().catch((error) => {
      // It may have been lost before it stood, and another one be on its way.
      if (this.#listening === opening) this.#listening = undefined;
      throw error;
    });
    this.#listening = opening;
    return opening;
  }

  async #openListener(): Promise<void> {
    const listener = await this.#pool.connect();
    const lost = (error: Error): void => {
      if (this.#listener !== listener) return;
      this.#listening = this.#listener = undefined;
      listener.release(true);
      // BullMQ lets go of a client with an error, and listens again on a new one.
      for (const client of [...this.#clients]) if (client.listenerCount('error') > 0) client.emit('error', error);
    };
    this.#listener = listener;
    listener.on('error', lost);
    listener.on('notification', (told) => {
      for (const client of this.#clients) client.emit('notification', told);
    });
    try {
      await listener.query(channels);
    } catch (error) {
      if (this.#listener === listener) this.#listener = undefined;
      listener.release(true);
      throw error;
    }
  }
}

const empty = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] } as unknown as pg.QueryResult;

/** Holds a connection only while a transaction is open. */
class QueueClient extends EventEmitter {
  readonly #pool: ServerPool;
  readonly #on: { listen(): Promise<void>; released(): void };
  #held: ServerClient | undefined;

  constructor(pool: ServerPool, on: { listen(): Promise<void>; released(): void }) {
    super();
    this.setMaxListeners(0);
    this.#pool = pool;
    this.#on = on;
  }

  async query(text: string, params?: readonly unknown[]): Promise<pg.QueryResult> {
    if (/^LISTEN\s/m.test(text)) {
      await this.#on.listen();
      return empty;
    }
    // The name of one worker would stand for all that share the connection.
    if (text.includes("set_config('application_name'")) return empty;
    if (/^\s*BEGIN\b/i.test(text)) this.#held ??= await this.#pool.connect();
    if (!this.#held) return this.#pool.query(text, params);
    const answer = await this.#held.query(text, params);
    if (/^\s*(COMMIT|ROLLBACK)\b/i.test(text)) this.#letGo(false);
    return answer;
  }

  release(_destroy?: boolean): void {
    this.#on.released();
    this.#letGo(true);
  }

  #letGo(destroy: boolean): void {
    this.#held?.release(destroy);
    this.#held = undefined;
  }
}
