/** A bounded pool of connections to a PostgreSQL server whose troubles are told by the watch. */
import pg from 'pg';
import type { Log } from '#src/core/tools.ts';
import { refuseBesideTransaction } from '#src/stores/postgres/open-transaction.ts';
import type { ServerAddress } from '#src/stores/postgres/server-address.ts';
import type { ServerWatch } from '#src/stores/postgres/server-watch.ts';
import { stripNul } from '#src/stores/postgres/strip-nul.ts';

export interface ServerPoolOptions {
  address: ServerAddress;
  watch: ServerWatch;
  log: Log;
  /** Most connections. */
  max: number;
  /** Of its sessions, as `-c` takes them: `search_path=bullmq`. */
  settings?: string[];
  /** Whether a query beside an open transaction is refused, as the embedded database does. */
  strict?: boolean;
}

/** Asking for more than this of a server that is there means that it is not well. */
const statementTimeout = 30_000;
/** For migrations and restoring, which have lifted that limit: the server or TCP says when there is no more to wait for. */
const unlimited = 24 * 3_600_000;

/** Whoever looks after waiting for a lock must see what was written meanwhile, whatever the server's own default is. */
const isolation = 'default_transaction_isolation=read\\ committed';

/** The face of a `pg.Pool`, as far as Kysely and BullMQ look at it. */
export class ServerPool {
  readonly options = { keepAlive: true };
  readonly #pool: pg.Pool;
  readonly #watch: ServerWatch;
  readonly #strict: boolean;
  #ended: Promise<void> | undefined;

  constructor({ address, watch, log, max, settings = [], strict = false }: ServerPoolOptions) {
    this.#watch = watch;
    this.#strict = strict;
    this.#pool = new pg.Pool({
      connectionString: address.url,
      options: [isolation, ...settings].map((setting) => `-c ${setting}`).join(' '),
      max,
      application_name: 'loa',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 60_000,
      statement_timeout: statementTimeout,
      // A connection that broke without a word would be waited for much longer.
      query_timeout: statementTimeout + 5000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
    });
    // Nobody waits for an idle connection: whoever asks next gets a new one, and meets what is wrong.
    this.#pool.on('error', (error) => log.debug('An idle connection to the database broke', { error }));
  }

  async query(text: string, params?: readonly unknown[]): Promise<pg.QueryResult> {
    const client = await this.connect();
    try {
      return await client.query(text, params);
    } finally {
      client.release();
    }
  }

  async connect(): Promise<ServerClient> {
    if (this.#strict) refuseBesideTransaction();
    try {
      return new ServerClient(await this.#pool.connect(), this.#watch);
    } catch (error) {
      throw this.#watch.failed(error);
    }
  }

  /** For who finds out in another way that the server is in trouble: what to throw. */
  refusal(error: Error): unknown {
    return this.#watch.failed(error);
  }

  end(): Promise<void> {
    this.#ended ??= this.#pool.end();
    return this.#ended;
  }
}

export class ServerClient {
  readonly #client: pg.PoolClient;
  readonly #watch: ServerWatch;
  #isBroken = false;
  #isReleased = false;
  /** Statements may take as long as they take; until it is given back. */
  #isPatient = false;
  readonly #onError = (): void => {
    this.#isBroken = true;
  };

  constructor(client: pg.PoolClient, watch: ServerWatch) {
    this.#client = client;
    this.#watch = watch;
    // Between two statements of a transaction nobody else would hear it, and the process would end.
    client.on('error', this.#onError);
  }

  get processID(): number | undefined {
    return (this.#client as { processID?: number }).processID;
  }

  async query(text: string, params?: readonly unknown[]): Promise<pg.QueryResult> {
    const lifted = /^(?:SET (?:LOCAL )?statement_timeout = (0)|RESET statement_timeout)$/.exec(text);
    if (lifted) this.#isPatient = lifted[1] !== undefined;
    try {
      const values = params?.map(stripNul) as unknown[];
      // The driver's own limit knows nothing of the server's.
      const answer = await (this.#isPatient
        ? this.#client.query({ text, values, query_timeout: unlimited } as pg.QueryConfig)
        : this.#client.query(text, values));
      this.#watch.worked(answer.command);
      return answer;
    } catch (error) {
      const told = this.#watch.failed(error);
      if (told !== error) this.#isBroken = true;
      throw told;
    }
  }

  on(event: 'notification' | 'error', listener: (told: any) => void): void {
    this.#client.on(event as 'error', listener);
  }

  /** One that failed is closed: whatever is left open in it ends with it. */
  release(destroy = false): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.removeListener('error', this.#onError);
    this.#client.release(destroy || this.#isBroken);
  }
}
