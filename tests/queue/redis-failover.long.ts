/** What takes its time by nature: servers that agree on which of them is gone. */
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { openBackend } from '#src/queue/open-backend.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { until } from '#tests/fakes/until.ts';
import { redisAt } from '#tests/queue/backends.ts';
import { hastyClock, openNewsroom } from '#tests/queue/newsroom.ts';
import { startCluster, startSentinels } from '#tests/queue/redis-kinds.ts';
import { has } from '#tests/servers/has.ts';
import { startRedis } from '#tests/servers/redis.ts';

const tools = { log: silentLog, clock: hastyClock, queuePool: null as never };

describe.skipIf(!has('redis'))('Redis', () => {
  test('fails over to its replica, all goes on, nothing twice', async () => {
    const kind = await startSentinels();
    const alerts = recordingAlerts();
    const backend = await openBackend(kind.settings, { ...tools, alerts });
    const newsroom = openNewsroom(backend);
    try {
      await newsroom.find(['before']);
      await newsroom.settled();
      await kind.kill();
      await newsroom.find(['meanwhile']);
      await newsroom.settled();
      expect([...newsroom.done]).toEqual([
        ['before', 1],
        ['meanwhile', 1],
      ]);
      await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
    } finally {
      await newsroom.close();
      await kind.stop();
    }
  });

  test('loses the node of its cluster that holds the jobs, all goes on once that is back', async () => {
    const kind = await startCluster();
    const alerts = recordingAlerts();
    const backend = await openBackend(kind.settings, { ...tools, alerts });
    const newsroom = openNewsroom(backend);
    try {
      await newsroom.find(['before']);
      await newsroom.settled();
      await kind.kill();
      await newsroom.find(['meanwhile']);
      await until(() => alerts.standing.has('queue'), { what: 'the alert' });
      await kind.start();
      await newsroom.settled();
      expect([...newsroom.done.values()]).toEqual([1, 1]);
      await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
    } finally {
      await newsroom.close();
      await kind.stop();
    }
  });

  test('answers nobody for a while, producers do not wait for it, all goes on', async () => {
    const server = await startRedis();
    const alerts = recordingAlerts();
    const backend = await openBackend(redisAt(server), { ...tools, alerts });
    const newsroom = openNewsroom(backend);
    const client = new Redis({ port: server.port });
    try {
      await newsroom.find(['before']);
      await newsroom.settled();
      await client.call('CLIENT', 'PAUSE', '9000', 'ALL');
      const started = performance.now();
      await newsroom.find(['meanwhile', 'and more', 'and still more']);
      expect(performance.now() - started).toBeLessThan(7000);
      expect(alerts.standing.get('queue')).toContain('does not answer');
      await newsroom.settled();
      expect([...newsroom.done.values()]).toEqual([1, 1, 1, 1]);
      await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
    } finally {
      client.disconnect();
      await newsroom.close();
      await server.stop();
    }
  });
});
