/** Where a worker under test keeps its ledger and its queue. */
import { has } from '#tests/servers/has.ts';
import { type PostgresServer, startPostgres } from '#tests/servers/postgres.ts';
import { type RedisServer, startRedis } from '#tests/servers/redis.ts';

export interface OpenBackend {
  /** Lines of the settings file. */
  settings: string;
  /** Its servers, for tests that take them away. */
  postgres?: PostgresServer;
  redis?: RedisServer;
  close(): Promise<void>;
}

export interface Backend {
  name: string;
  /** False where the machine lacks what it needs. */
  here: boolean;
  open(): Promise<OpenBackend>;
}

export const embedded: Backend = {
  name: 'the embedded database',
  here: true,
  open: async () => ({ settings: '', close: async () => {} }),
};

/** Ledger and queue on one PostgreSQL server. */
export const onPostgres: Backend = {
  name: 'PostgreSQL',
  here: has('postgres'),
  async open() {
    const postgres = await startPostgres();
    return { settings: `database: "${await postgres.database()}"`, postgres, close: () => postgres.stop() };
  },
};

/** The ledger on PostgreSQL, the queue on Redis. */
export const onRedis: Backend = {
  name: 'PostgreSQL and Redis',
  here: has('postgres') && has('redis'),
  async open() {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    return {
      settings: `database: "${await postgres.database()}"\nqueue: "${redis.url}"`,
      postgres,
      redis,
      close: async () => void (await Promise.all([postgres.stop(), redis.stop()])),
    };
  },
};

/** Those this machine has the programs for. */
export const backends = [embedded, onPostgres, onRedis].filter(({ here }) => here);

/** The smallest and the largest of them, for what does not turn on where the queue is. */
export const bothEnds = backends.filter((backend) => backend !== onPostgres || !onRedis.here);
