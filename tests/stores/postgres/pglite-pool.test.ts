import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { durably } from '#src/stores/postgres/durably.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';

let pool: PglitePool;
let db: Kysely<any>;

beforeAll(async () => {
  pool = new PglitePool(await PGlite.create({ loadDataDir: await dataDir() }));
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: pool as never }) });
});

afterAll(() => pool.end());

beforeEach(async () => {
  await pool.query('DROP TABLE IF EXISTS rows');
  await pool.query('CREATE TABLE rows (id int PRIMARY KEY, word text, data jsonb)');
});

const count = async () => Number((await pool.query('SELECT count(*) AS n FROM rows')).rows[0].n);

test('single inserts beside transactions that roll back all stand, and none of the others', async () => {
  const rollBack = async (number: number) => {
    const client = await pool.connect();
    await client.query(number % 2 ? 'BEGIN' : '/* so too */ start transaction');
    await client.query('INSERT INTO rows VALUES ($1)', [1000 + number]);
    await client.query('SAVEPOINT s');
    await client.query('INSERT INTO rows VALUES ($1)', [2000 + number]);
    await client.query('ROLLBACK TO SAVEPOINT s');
    if (number % 3 === 0) await client.query('INSERT INTO rows VALUES ($1)', [1000 + number]).catch(() => {});
    if (number % 4) await client.query('ROLLBACK');
    client.release();
  };
  const insert = (number: number) => pool.query('INSERT INTO rows VALUES ($1)', [number]);
  const work: Promise<unknown>[] = [];
  for (let i = 0; i < 40; i++) {
    work.push(rollBack(i));
    for (let j = 0; j < 5; j++) work.push(insert(i * 5 + j));
  }
  await Promise.all(work);
  const { rows } = await pool.query(
    'SELECT count(*) FILTER (WHERE id < 200) AS kept, count(*) FILTER (WHERE id >= 200) AS undone FROM rows',
  );
  expect(rows[0]).toEqual({ kept: 200, undone: 0 });
});

test('a query beside the open transaction is refused at once, and allowed again after it', async () => {
  await durably(db, async (trx) => {
    await sql`INSERT INTO rows VALUES (1)`.execute(trx);
    await expect(pool.query('SELECT 1')).rejects.toThrow('beside the open transaction');
    await expect(sql`SELECT 1`.execute(db)).rejects.toThrow('beside the open transaction');
    await expect(durably(db, async () => {})).rejects.toThrow('beside the open transaction');
  });
  expect(await count()).toBe(1);
});

test('what a transaction leaves running for later may query once it is over', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  await durably(db, async () => {
    void over.then(count).then(resolve);
  });
  end();
  expect(await promise).toBe(0);
});

test('a transaction commits durably and a failed one leaves nothing', async () => {
  const setting = await durably(db, async (trx) => {
    const { rows } = await sql<{ s: string }>`SELECT current_setting('synchronous_commit') AS s`.execute(trx);
    return rows[0]?.s;
  });
  expect(setting).toBe('on');
  const failing = durably(db, async (trx) => {
    await sql`INSERT INTO rows VALUES (7)`.execute(trx);
    throw new Error('changed its mind');
  });
  await expect(failing).rejects.toThrow('changed its mind');
  expect(await count()).toBe(0);
});

test('a commit of an aborted transaction is no success', async () => {
  const swallowed = db.transaction().execute(async (trx) => {
    await sql`INSERT INTO rows VALUES (1)`.execute(trx);
    await sql`INSERT INTO rows VALUES (1)`.execute(trx).catch(() => {});
  });
  await expect(swallowed).rejects.toThrow();
  expect(await count()).toBe(0);
});

test('a client that is released with an open transaction is rolled back before the next has its turn', async () => {
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO rows VALUES (1)');
  client.release();
  expect(await count()).toBe(0);
  await expect(client.query('SELECT 1')).rejects.toThrow('released');
});

test('a transaction on the pool itself is refused', async () => {
  await expect(pool.query('BEGIN')).rejects.toThrow('connect()');
  expect(await count()).toBe(0);
});

test('statements of one client run in the order they were given', async () => {
  const client = await pool.connect();
  const statements = ['BEGIN', 'INSERT INTO rows VALUES (1)', 'COMMIT', 'INSERT INTO rows VALUES (2)'];
  await Promise.all(statements.map((text) => client.query(text)));
  client.release();
  expect(await count()).toBe(2);
});

test('timers run while a loop queries without end', async () => {
  let stop = false;
  const loop = (async () => {
    while (!stop) await pool.query('SELECT 1');
  })();
  await new Promise((resolve) => setTimeout(resolve, 1));
  stop = true;
  await loop;
});

test('notifications reach every client that listens', async () => {
  const [a, b] = [await pool.connect(), await pool.connect()];
  const heard = Promise.all([a, b].map((client) => new Promise((resolve) => client.once('notification', resolve))));
  await a.query('LISTEN wake');
  await pool.query(`SELECT pg_notify('wake', 'tin mới')`);
  expect(await heard).toEqual([
    { channel: 'wake', payload: 'tin mới' },
    { channel: 'wake', payload: 'tin mới' },
  ]);
  a.release();
  b.release();
});

test('the answer tells the command and the rows it touched', async () => {
  expect(await pool.query('INSERT INTO rows VALUES (1), (2)')).toMatchObject({ command: 'INSERT', rowCount: 2 });
  expect(await pool.query('UPDATE rows SET word = $1', ['x'])).toMatchObject({ command: 'UPDATE', rowCount: 2 });
  expect(await pool.query('SELECT id FROM rows')).toMatchObject({ command: 'SELECT', rows: [{ id: 1 }, { id: 2 }] });
  const counted = await db.deleteFrom('rows').where('id', '=', 1).executeTakeFirst();
  expect(counted.numDeletedRows).toBe(1n);
});

test('U+0000 is dropped from text and from JSON on the way in', async () => {
  await pool.query('INSERT INTO rows VALUES ($1, $2, $3)', [1, 'a\0b', '{"k":"a\\u0000b\\\\u0000"}']);
  const { rows } = await pool.query('SELECT * FROM rows');
  expect(rows).toEqual([{ id: 1, word: 'ab', data: { k: 'ab\\u0000' } }]);
});

test('an error carries no parameters: it is logged, and they may be secrets', async () => {
  const error = await pool.query('SELECT $1::int', ['top secret']).catch((e) => e);
  expect(error).toMatchObject({ code: '22P02' });
  expect(error).not.toHaveProperty('params');
});

test('there may be any number of listeners', () => {
  expect(pool.getMaxListeners()).toBe(0);
});

test('after the end every query is refused, and ending twice is no error', async () => {
  const own = new PglitePool(await PGlite.create({ loadDataDir: await dataDir() }));
  const client = await own.connect();
  await client.query('BEGIN');
  const ended = own.end();
  await client.query('COMMIT');
  await Promise.all([ended, own.end()]);
  await expect(own.query('SELECT 1')).rejects.toThrow('closed');
});
