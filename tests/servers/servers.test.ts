import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { has } from '#tests/servers/has.ts';
import { startPostgres } from '#tests/servers/postgres.ts';
import { startRedis } from '#tests/servers/redis.ts';

describe.skipIf(!has('postgres'))('a PostgreSQL for tests', () => {
  test('gives databases of their own, and holds them over a power failure', async () => {
    const server = await startPostgres({ password: 'an ordinary pass word' });
    try {
      const url = await server.database();
      await query(url, "CREATE TABLE words AS SELECT 'Ảnh' AS word");
      await query(url, 'CHECKPOINT');
      await server.kill();
      await expect(query(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
      await server.start();
      expect((await query(url, 'SELECT word FROM words')).rows).toEqual([{ word: 'Ảnh' }]);
    } finally {
      await server.stop();
    }
  });
});

describe.skipIf(!has('redis'))('a Redis for tests', () => {
  test('answers, and is empty after a power failure', async () => {
    const server = await startRedis();
    const { Redis } = await import('ioredis');
    const client = new Redis(server.url, { lazyConnect: true, retryStrategy: () => 20 });
    client.on('error', () => {});
    try {
      expect(await client.set('word', 'Ảnh')).toBe('OK');
      await server.kill();
      await server.start();
      expect(await client.get('word')).toBeNull();
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});

async function query(url: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client.query(text).finally(() => client.end());
}
