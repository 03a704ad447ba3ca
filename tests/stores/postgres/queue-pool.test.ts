import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { QueuePool } from '#src/stores/postgres/queue-pool.ts';
import { openServerDatabase, type ServerDatabase } from '#tests/fakes/server-database.ts';
import { has } from '#tests/servers/has.ts';

describe.skipIf(!has('postgres'))('the pools on a server', () => {
  let database: ServerDatabase;
  let pool: QueuePool;
  beforeAll(async () => {
    database = await openServerDatabase();
    pool = database.queuePool as QueuePool;
  });
  afterAll(() => database.close());

  const admin = async (statement: string): Promise<any[]> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    return (await client.query(statement).finally(() => client.end())).rows;
  };
  /** As a worker of BullMQ does it. */
  const listen = async () => {
    const client = await pool.connect();
    await client.query('-- jobs\nLISTEN bullmq_jobs;');
    return client;
  };
  const told = (client: Awaited<ReturnType<typeof listen>>) =>
    new Promise<string>((resolve) => void client.once('notification', ({ payload }) => resolve(payload)));

  test('28 workers listen over one connection, and listen again when it was ended', async () => {
    const workers = await Promise.all(Array.from({ length: 28 }, listen));
    const all = Promise.all(workers.map(told));
    await pool.query("SELECT pg_notify('bullmq_jobs', 'poll')");
    expect(new Set(await all)).toEqual(new Set(['poll']));
    const listeners = await admin(
      "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND application_name = 'loa'",
    );
    expect(listeners).toHaveLength(1);

    const lost = Promise.all(workers.map((worker) => new Promise((resolve) => void worker.once('error', resolve))));
    await admin(`SELECT pg_terminate_backend(${listeners[0].pid})`);
    expect(await lost).toHaveLength(28);
    for (const worker of workers) worker.release(true);
    const again = await listen();
    const heard = told(again);
    await pool.query("SELECT pg_notify('bullmq_jobs', 'read')");
    expect(await heard).toBe('read');
    again.release();
  });

  test('idle connections that are ended end nothing else', async () => {
    await Promise.all(Array.from({ length: 5 }, () => sql`SELECT pg_sleep(0.01)`.execute(database.db)));
    await admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loa'");
    await expect
      .poll(() =>
        sql`SELECT 1 AS one`.execute(database.db).then(
          ({ rows }) => rows,
          () => [],
        ),
      )
      .toEqual([{ one: 1 }]);
  });

  test('single inserts beside transactions that roll back all stand, and none of the others', async () => {
    await sql`CREATE TABLE loa.race (who text)`.execute(database.db);
    const failing = Array.from({ length: 40 }, () =>
      database.db
        .transaction()
        .execute(async (trx) => {
          await sql`INSERT INTO loa.race VALUES ('lost')`.execute(trx);
          await sql`INSERT INTO loa.race VALUES ('lost')`.execute(trx);
          throw new Error('rolled back');
        })
        .catch(() => {}),
    );
    const single = Array.from({ length: 200 }, () => pool.query("INSERT INTO loa.race VALUES ('kept')"));
    await Promise.all([...failing, ...single]);
    const { rows } = await sql`SELECT who, count(*)::int AS count FROM loa.race GROUP BY who`.execute(database.db);
    expect(rows).toEqual([{ who: 'kept', count: 200 }]);
    await sql`DROP TABLE loa.race`.execute(database.db);
  });

  test('a transaction of the queue has a connection of its own, given back at its end', async () => {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('CREATE TEMP TABLE own (id int)');
    await client.query('ROLLBACK');
    await client.query('BEGIN');
    client.release();
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

test('a listener that was lost before it stood does not undo the one in its place', async () => {
  const listeners: { lose(): void; answer: PromiseWithResolvers<void> }[] = [];
  const connect = async () => {
    const answer = Promise.withResolvers<void>();
    const heard: Record<string, (told: unknown) => void> = {};
    listeners.push({ answer, lose: () => heard['error']?.(new Error('lost')) });
    return {
      on: (event: string, listener: (told: unknown) => void) => Object.assign(heard, { [event]: listener }),
      query: () => answer.promise,
      release() {},
    };
  };
  const pool = new QueuePool({ connect } as never);
  const client = await pool.connect();
  const first = client.query('LISTEN bullmq_jobs');
  await expect.poll(() => listeners.length).toBe(1);
  listeners[0]!.lose();
  const second = client.query('LISTEN bullmq_jobs');
  listeners[0]!.answer.reject(new Error('lost'));
  await expect(first).rejects.toThrow('lost');
  listeners[1]!.answer.resolve();
  await second;
  await client.query('LISTEN bullmq_events');
  expect(listeners).toHaveLength(2);
});
