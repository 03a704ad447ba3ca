import { expect, test } from 'vitest';
import { ServerClient } from '#src/stores/postgres/server-pool.ts';

test('a limit that is lifted on the server is lifted here too, until it is back', async () => {
  const limits: (number | undefined)[] = [];
  const driver = {
    on() {},
    removeListener() {},
    release() {},
    async query(asked: string | { query_timeout?: number }) {
      limits.push(typeof asked === 'string' ? undefined : asked.query_timeout);
      return { command: '', rows: [] };
    },
  };
  const watch = { failed: (error: unknown) => error, worked() {} };
  for (const lift of ['SET statement_timeout = 0', 'SET LOCAL statement_timeout = 0']) {
    limits.length = 0;
    const client = new ServerClient(driver as never, watch);
    for (const text of ['SELECT 1', lift, 'CREATE INDEX slow', 'RESET statement_timeout', 'SELECT 2']) {
      await client.query(text);
    }
    const [before, , meanwhile, ...after] = limits;
    expect([before, ...after]).toEqual([undefined, undefined, undefined]);
    expect(meanwhile).toBeGreaterThan(3_600_000);
  }
});
