/** A pool for BullMQ on a PostgreSQL server, whose workers share one connection that listens. */
import { EventEmitter } from 'node:events';
import pg from 'pg';

export class SharedPgPool extends EventEmitter {
  readonly options = { keepAlive: true };
  readonly #pool: pg.Pool;
  readonly #clients = new Set<EventEmitter>();
  #listener: Promise<pg.QueryResult> | undefined;
  #held: pg.PoolClient | undefined;

  constructor(url: string) {
    super();
    this.setMaxListeners(0);
    this.#pool = new pg.Pool({
      connectionString: url,
      max: 10,
      options: '-c search_path=bullmq',
      connectionTimeoutMillis: 5000,
    });
    this.#pool.on('error', (error) => this.emit('error', error));
  }

  query(text: string, params?: readonly unknown[]): Promise<pg.QueryResult> {
    return this.#pool.query(text, params as unknown[]);
  }

  async connect(): Promise<SharedClient> {
    const client: SharedClient = new SharedClient(
      (text, params) => (/^LISTEN /m.test(text) ? this.#listen() : this.query(text, params)),
      () => this.#clients.delete(client),
    );
    this.#clients.add(client);
    return client;
  }

  async end(): Promise<void> {
    await this.#listener?.catch(() => {});
    this.#held?.release(true);
    await this.#pool.end();
  }

  #listen(): Promise<pg.QueryResult> {
    this.#listener ??= this.#pool.connect().then((client) => {
      this.#held = client;
      client.on('notification', (msg) => {
        for (const c of this.#clients) c.emit('notification', msg);
      });
      client.on('error', (error) => {
        this.#listener = this.#held = undefined;
        client.release(true);
        for (const c of [...this.#clients]) if (c.listenerCount('error')) c.emit('error', error);
      });
      return client
        .query('LISTEN bullmq_jobs; LISTEN bullmq_events')
        .then(() => ({ rows: [] }) as unknown as pg.QueryResult);
    });
    this.#listener.catch(() => {
      this.#listener = undefined;
    });
    return this.#listener;
  }
}

class SharedClient extends EventEmitter {
  readonly query: (text: string, params?: readonly unknown[]) => Promise<pg.QueryResult>;
  readonly release: (destroy?: boolean) => void;

  constructor(query: SharedClient['query'], release: () => void) {
    super();
    this.setMaxListeners(0);
    this.query = (text, params) =>
      /set_config\('application_name'/.test(text)
        ? Promise.resolve({ rows: [] } as unknown as pg.QueryResult)
        : query(text, params);
    this.release = release;
  }
}
