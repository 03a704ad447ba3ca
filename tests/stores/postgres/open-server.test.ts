import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseTrouble, UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { newestBackup } from '#src/stores/postgres/backup-files.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { has } from '#tests/servers/has.ts';
import { type PostgresServer, startPostgres } from '#tests/servers/postgres.ts';

const password = 'mật khẩu bí mật';

describe.skipIf(!has('postgres'))('a PostgreSQL server', () => {
  let server: PostgresServer;
  let data: string;
  beforeAll(async () => {
    server = await startPostgres({ password, settings: { synchronous_commit: 'on' } });
    data = mkdtempSync(join(tmpdir(), 'loa-server-'));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const options = (database: string) => {
    const alerts = recordingAlerts();
    return { database, data, log: silentLog, clock: systemClock, alerts };
  };
  const refusal = async (database: string): Promise<UserError> => {
    const error = await openDatabase(options(database)).then(
      (opened) => opened.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message, next } = error as UserError;
    expect(`${message} ${next}`).not.toMatch(/mật|m%E1/);
    return error as UserError;
  };
  const admin = async (url: string, statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };

  test('two processes may start at once on an empty database, and share it and its folder', async () => {
    const database = await server.database();
    const [one, other] = await Promise.all([openLedger(options(database)), openLedger(options(database))]);
    await one.ledger.channels.state('ban-tin', 5);
    expect((await other.ledger.channels.all()).map(({ channelId }) => channelId)).toEqual(['ban-tin']);
    expect(one.database.kind).toBe('server');
    const file = await other.backup(1000);
    expect(newestBackup(join(data, 'backups'))).toBe(file);
    await Promise.all([one.close(), other.close()]);
  });

  test('what only a person can mend is refused with its place, cause and next step, and without the password', async () => {
    const database = await server.database();
    expect((await refusal(database.replace('//loa:', '//loa:khac-'))).message).toContain(
      'refuses the user or the password',
    );
    expect((await refusal(`${database}khac`)).message).toContain(`at 127.0.0.1:${server.port} has no database`);
    expect((await refusal('postgres://loa:m%E1%BA%ADt@127.0.0.1:1/loa')).message).toContain('nothing listens there');
    expect((await refusal(`${database}?sslmode=require`)).next).toContain('sslmode');
    expect((await refusal(`${database}?sslmode=verify-full&sslrootcert=/none.pem`)).message).toContain('/none.pem');

    await admin(server.url, `CREATE USER reader PASSWORD '${password}'`);
    const reader = await refusal(database.replace('//loa:', '//reader:'));
    expect(reader.message).toContain('does not let the user reader make the schemas');
    expect(reader.next).toMatch(/^As its owner: GRANT CREATE ON DATABASE "test_\w+" TO "reader"$/);
    await admin(server.url, `CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    expect((await refusal(database.replace(/\/test_.*/, '/latin'))).next).toContain('UTF8');
    await admin(database, `ALTER DATABASE ${database.split('/').at(-1)} SET default_transaction_read_only = on`);
    expect((await refusal(database)).message).toContain('is read-only');
  });

  test('each look sees what others have written by then, whatever the server would have it', async () => {
    const database = await server.database();
    const name = database.split('/').at(-1);
    await admin(database, `ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`);
    const opened = await openDatabase(options(database));
    const question = 'SHOW transaction_isolation';
    const { rows } = await opened.db.transaction().execute((trx) => sql.raw(question).execute(trx));
    expect(rows).toEqual([{ transaction_isolation: 'read committed' }]);
    expect((await opened.queuePool.query(question)).rows).toEqual(rows);
    expect((await opened.queuePool.query('SHOW search_path')).rows).toEqual([{ search_path: 'bullmq' }]);
    await opened.close();
  });

  test('gives values as the embedded database does', async () => {
    const opened = await openDatabase(options(await server.database()));
    const { rows } = await sql`SELECT 9007199254740993::bigint AS big, 7::int AS small, 1.50::numeric AS money,
      '\\xff00'::bytea AS bytes, '{"a":[1,null]}'::jsonb AS json, ARRAY['a','b'] AS list, 1.5::float8 AS real,
      true AS yes, ${'Chợ\0 nổi'}::text AS text`.execute(opened.db);
    expect(rows).toEqual([
      {
        big: '9007199254740993',
        small: 7,
        money: '1.50',
        bytes: Buffer.from('ff00', 'hex'),
        json: { a: [1, null] },
        list: ['a', 'b'],
        real: 1.5,
        yes: true,
        text: 'Chợ nổi',
      },
    ]);
    await opened.close();
  });

  test('goes away and comes back: one alert, queries that fail at once, then all goes on', async () => {
    const given = options(await server.database());
    const opened = await openLedger(given);
    await opened.ledger.channels.state('ban-tin', 5);
    await server.kill();
    await expect(opened.ledger.channels.all()).rejects.toBeInstanceOf(DatabaseTrouble);
    await expect(opened.ledger.channels.state('khac', 5)).rejects.toThrow(/The database at 127.0.0.1:\d+/);
    const [alert] = await given.alerts.open();
    expect(alert).toMatchObject({ cause: 'database', count: 1 });

    const waiting = openLedger({ ...options(given.database), waitForServer: true });
    const stopping = new AbortController();
    const stopped = openLedger({ ...options(given.database), waitForServer: true, signal: stopping.signal });
    stopping.abort(new Error('told to stop'));
    await expect(stopped).rejects.toThrow('told to stop');
    await server.start();
    const after = await waiting;
    await expect.poll(() => opened.ledger.channels.all().then((all) => all.length), { timeout: 15_000 }).toBe(1);
    await expect
      .poll(() => opened.ledger.channels.all().then(() => given.alerts.open()), { timeout: 15_000, interval: 200 })
      .toEqual([]);
    await Promise.all([after.close(), opened.close()]);
  });
});
