import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBackend } from '#src/queue/open-backend.ts';
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { type RecordingAlerts, recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { until } from '#tests/fakes/until.ts';
import { hastyClock, type Newsroom, openNewsroom } from '#tests/queue/newsroom.ts';
import { has } from '#tests/servers/has.ts';
import { type PostgresServer, startPostgres } from '#tests/servers/postgres.ts';

const names = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix} ${index}`);

describe.skipIf(!has('postgres'))('when the PostgreSQL that holds the queue', () => {
  let server: PostgresServer;
  let database: OpenDatabase;
  let alerts: RecordingAlerts;
  let newsroom: Newsroom;

  beforeEach(async () => {
    server = await startPostgres();
    alerts = recordingAlerts();
    const tools = { alerts, log: silentLog, clock: hastyClock };
    database = await openDatabase({ ...tools, data: '', database: await server.database() });
    const { queuePool } = database;
    newsroom = openNewsroom(await openBackend({ kind: 'database' }, { ...tools, queuePool }));
    await newsroom.find(names('before'));
    await newsroom.settled();
  });
  afterEach(async () => {
    await newsroom.close();
    await database.close();
    await server.stop();
  });

  const allIsWell = async (): Promise<void> => {
    await newsroom.settled();
    expect(newsroom.done.size).toBe(40);
    expect(new Set(newsroom.done.values())).toEqual(new Set([1]));
    await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
  };

  test('is killed and started again, all goes on', async () => {
    await server.kill();
    await newsroom.find(names('meanwhile'));
    await until(() => alerts.standing.has('database'), { what: 'the alert' });
    await server.start();
    await allIsWell();
  });

  test('ends every connection, all goes on', async () => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
    await client.end();
    await newsroom.find(names('meanwhile'));
    await allIsWell();
  });

  test('is killed right before the queues and workers are made, they work once it is back', async () => {
    const tools = { alerts, log: silentLog, clock: hastyClock, queuePool: database.queuePool };
    const backend = await openBackend({ kind: 'database' }, tools);
    await newsroom.close();
    await server.kill();
    newsroom = openNewsroom(backend);
    await newsroom.find(names('meanwhile'));
    await server.start();
    await newsroom.settled();
    expect(newsroom.done.size).toBe(20);
    expect(new Set(newsroom.done.values())).toEqual(new Set([1]));
    await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
  });
});
