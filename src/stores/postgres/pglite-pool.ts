/** The face of a `pg.Pool` on the one session of the embedded database, for Kysely and BullMQ. */
import { EventEmitter } from 'node:events';
import { setImmediate as macrotask } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { messageOf } from '#src/core/errors.ts';
import { refuseBesideTransaction } from '#src/stores/postgres/open-transaction.ts';
import { stripNul } from '#src/stores/postgres/strip-nul.ts';

/** What node-postgres gives back, as far as Kysely and BullMQ look at it. */
export interface Answer {
  rows: any[];
  rowCount: number;
  command: string;
}

/** Statements go one by one, transactions whole: nobody else's statement slips into one. */
export class PglitePool extends EventEmitter {
  /** Lets BullMQ wait as long as it likes for a notification: no socket here can drop. */
  readonly options = { keepAlive: true };
  readonly #db: PGlite;
  readonly #clients = new Set<PgliteClient>();
  #line: Promise<void> = Promise.resolve();
  #ended: Promise<void> | undefined;
  #broken: Error | undefined;
  readonly #onBroken: (error: Error) => void;

  /** `onBroken` is called once, when PostgreSQL stopped itself: only a new process may open the files again. */
  constructor(db: PGlite, onBroken: (error: Error) => void = () => {}) {
    super();
    this.#onBroken = onBroken;
    this.setMaxListeners(0); // every queue and worker listens here
    this.#db = db;
    db.onNotification((channel, payload) => {
      for (const client of this.#clients) client.emit('notification', { channel, payload });
    });
  }

  /** One statement; a transaction needs a client of its own. */
  async query(text: string, params?: readonly unknown[]): Promise<Answer> {
    const client = new PgliteClient(this);
    try {
      const answer = await client.query(text, params);
      if (client.inTransaction) throw new Error('A transaction needs a client of its own: use connect()');
      return answer;
    } finally {
      client.release();
    }
  }

  async connect(): Promise<PgliteClient> {
    const client = new PgliteClient(this, () => this.#clients.delete(client));
    this.#clients.add(client);
    return client;
  }

  /** Waits for the open transaction, then closes the database; whoever still waits is refused. */
  end(): Promise<void> {
    this.#ended ??= this.#take().then(async (free) => {
      if (!this.#broken) await this.#db.close();
      free();
    });
    return this.#ended;
  }

  /** Waits for its turn; the function it gives hands the turn on. */
  async turn(): Promise<() => void> {
    const free = await this.#take();
    if (!this.#db.closed && !this.#broken) return free;
    free();
    throw this.#broken ?? new Error('The database is closed');
  }

  inTransaction(): boolean {
    return !this.#broken && !this.#db.closed && this.#db.isInTransaction();
  }

  /** To be called by whoever has the turn. A macrotask each: without it BullMQ's fetch loop starves every timer. */
  async run(text: string, params: readonly unknown[] = []): Promise<Answer> {
    await macrotask();
    if (this.#broken) throw this.#broken;
    try {
      const results = params.length ? [await this.#db.query(text, params.map(stripNul))] : await this.#db.exec(text);
      const last = results.at(-1);
      return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0, command: last?.command ?? '' };
    } catch (error) {
      if (isFatal(error)) this.#break(error);
      throw withoutParams(error);
    }
  }

  /** After a PANIC the WebAssembly answers on, with nothing in it: an acknowledged commit would be a lie. */
  #break(cause: unknown): void {
    if (this.#broken) return;
    this.#broken = new Error(`The database has stopped itself: ${messageOf(cause)}`, { cause });
    this.#onBroken(this.#broken);
  }

  async #take(): Promise<() => void> {
    const before = this.#line;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#line = promise;
    await before;
    return resolve;
  }
}

export class PgliteClient extends EventEmitter {
  readonly #pool: PglitePool;
  readonly #released: () => void;
  /** The end of this client's own line: its statements run in the order they were given. */
  #last: Promise<unknown> = Promise.resolve();
  #free: (() => void) | undefined;
  #gone = false;

  constructor(pool: PglitePool, released: () => void = () => {}) {
    super();
    this.setMaxListeners(0);
    this.#pool = pool;
    this.#released = released;
  }

  get inTransaction(): boolean {
    return this.#free !== undefined;
  }

  query(text: string, params?: readonly unknown[]): Promise<Answer> {
    if (this.#gone) return Promise.reject(new Error('The client was released'));
    const answer = this.#last.then(() => this.#run(text, params));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** What is still open is rolled back before anybody else has a turn. */
  release(_destroy?: boolean): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#released();
    void this.#last.then(async () => {
      if (!this.#free) return;
      await this.#pool.run('ROLLBACK').catch(() => {});
      this.#leave();
    });
  }

  /** Keeps the turn as long as PostgreSQL says that a transaction is open, whatever words opened or ended it. */
  async #run(text: string, params?: readonly unknown[]): Promise<Answer> {
    if (!this.#free) {
      refuseBesideTransaction();
      this.#free = await this.#pool.turn();
    }
    try {
      return await this.#pool.run(text, params);
    } finally {
      if (!this.#pool.inTransaction()) this.#leave();
    }
  }

  #leave(): void {
    this.#free?.();
    this.#free = undefined;
  }
}

/** PostgreSQL gave up, its WebAssembly broke, or the disk failed under it. */
function isFatal(error: unknown): boolean {
  const { severity, name } = error as { severity?: string; name?: string };
  return severity === 'PANIC' || severity === 'FATAL' || name === 'RuntimeError' || name === 'DiskFailure';
}

/** PGlite hangs the parameters on its errors; they may be secrets and whole articles, and errors are logged. */
function withoutParams(error: unknown): unknown {
  if (error instanceof Error) {
    delete (error as { params?: unknown }).params;
    delete (error as { queryOptions?: unknown }).queryOptions;
  }
  return error;
}
