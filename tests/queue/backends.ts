/** Where jobs can live: every place the queue's tests run over, for real. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueueSettings } from '#src/core/settings.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
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
  open: () => openIn('embedded'),
};

const onPostgres: BackendForTest = {
  name: 'PostgreSQL',
  here: has('postgres'),
  async open() {
    const server = await startPostgres();
    const { backend, close } = await openIn(await server.database());
    return {
      backend,
      async close() {
        await close();
        await server.stop();
      },
    };
  },
};

async function openIn(database: string): Promise<OpenForTest> {
  const data = await mkdtemp(join(tmpdir(), 'loa-queue-'));
  const { queuePool, close } = await openDatabase({ ...tools(), data, database });
  const backend = await openBackend({ kind: 'database' }, { ...tools(), queuePool });
  return {
    backend,
    async close() {
      await backend.close();
      await close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

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
