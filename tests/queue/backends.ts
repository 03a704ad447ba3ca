/** Where jobs can live: every place the queue's tests run over, for real. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueueSettings } from '#src/core/settings.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { recordingAlerts } from '#tests/fakes/recording-alerts.ts';
import { SharedPgPool } from '#tests/fakes/shared-pg-pool.ts';
import { has } from '#tests/servers/has.ts';
import { startPostgres } from '#tests/servers/postgres.ts';
import { type RedisServer, startRedis } from '#tests/servers/redis.ts';

export interface OpenForTest {
  backend: OpenBackend;
  close(): Promise<void>;
}

export interface BackendForTest {
  name: string;
  /** False where the machine lacks what it needs. */
  here: boolean;
  open(): Promise<OpenForTest>;
}

const tools = () => ({ alerts: recordingAlerts(), log: silentLog, clock: systemClock });
const noPool = null as never;

const embedded: BackendForTest = {
  name: 'the embedded database',
  here: true,
  async open() {
    const data = await mkdtemp(join(tmpdir(), 'loa-queue-'));
    const database = await openDatabase({ data, log: silentLog, clock: systemClock });
    const backend = await openBackend({ kind: 'database' }, { ...tools(), queuePool: database.pool });
    return {
      backend,
      async close() {
        await backend.close();
        await database.close();
        await rm(data, { recursive: true, force: true });
      },
    };
  },
};

const onPostgres: BackendForTest = {
  name: 'PostgreSQL',
  here: has('postgres'),
  async open() {
    const server = await startPostgres();
    const queuePool = new SharedPgPool(await server.database());
    const backend = await openBackend({ kind: 'database' }, { ...tools(), queuePool });
    return {
      backend,
      async close() {
        await backend.close();
        await queuePool.end();
        await server.stop();
      },
    };
  },
};

const onRedis: BackendForTest = {
  name: 'Redis',
  here: has('redis'),
  async open() {
    const server = await startRedis();
    const backend = await openBackend(redisAt(server), { ...tools(), queuePool: noPool });
    return {
      backend,
      async close() {
        await backend.close();
        await server.stop();
      },
    };
  },
};

/** The settings of a plain Redis on this machine. */
export function redisAt({ port }: Pick<RedisServer, 'port'>): QueueSettings & { kind: 'redis' } {
  const server = { host: '127.0.0.1', port, path: null, db: 0, username: null, password: null };
  return { kind: 'redis', server, tls: false, ca: null, prefix: 'loa' };
}

export const backends = [embedded, onPostgres, onRedis].filter(({ here }) => here);
