import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBackend } from '#src/queue/open-backend.ts';
import { type RecordingAlerts, recordingAlerts } from '#tests/fakes/alerts.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { until } from '#tests/fakes/until.ts';
import { redisAt } from '#tests/queue/backends.ts';
import { hastyClock, type Newsroom, openNewsroom } from '#tests/queue/newsroom.ts';
import { has } from '#tests/servers/has.ts';
import { type RedisServer, startRedis } from '#tests/servers/redis.ts';

const names = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix} ${index}`);

describe.skipIf(!has('redis'))('when Redis', () => {
  let server: RedisServer;
  let alerts: RecordingAlerts;
  let newsroom: Newsroom;
  let gate: PromiseWithResolvers<void>;

  const open = async (): Promise<void> => {
    const log = recordingLog();
    const backend = await openBackend(redisAt(server), { alerts, log, clock: hastyClock, queuePool: null as never });
    newsroom = openNewsroom(backend, () => gate.promise);
  };
  const command = async (name: string, ...words: string[]): Promise<void> => {
    const client = new Redis({ port: server.port });
    await client.call(name, ...words).finally(() => client.disconnect());
  };
  /** All is done, each piece of work once, and the one alert is over. */
  const allIsWell = async (): Promise<void> => {
    await newsroom.settled();
    expect(new Set(newsroom.done.values())).toEqual(new Set([1]));
    await until(() => alerts.standing.size === 0, { what: 'the end of the alert' });
  };

  beforeEach(async () => {
    server = await startRedis();
    alerts = recordingAlerts();
    gate = Promise.withResolvers();
  });
  afterEach(async () => {
    await newsroom.close();
    await server.stop();
  });

  test('is killed and comes back empty, all goes on', async () => {
    await open();
    await newsroom.find(names('before'));
    await server.kill();
    await until(() => alerts.standing.has('queue'), { what: 'the alert' });
    expect(alerts.standing.get('queue')).toMatch(
      /^The queue \(Redis at 127\.0\.0\.1:\d+\) (cannot be reached: nothing listens there|does not answer)\./,
    );
    const started = performance.now();
    await newsroom.find(names('meanwhile'));
    await expect(newsroom.queues.add({ kind: 'publish', payload: { name: 'x' } })).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(6000);
    gate.resolve();
    await server.start();
    await allIsWell();
    expect(newsroom.done.size).toBe(40);
    expect(alerts.story).toEqual(['raise queue', 'resolve queue']);
  });

  test('is flushed, its schedule and all that is due are back', async () => {
    await open();
    await until(() => newsroom.queues.scheduledFor({ kind: 'sweep', payload: {} }));
    await newsroom.find(names('before'));
    await command('FLUSHALL');
    gate.resolve();
    await allIsWell();
    await until(() => newsroom.queues.scheduledFor({ kind: 'sweep', payload: {} }), { what: 'the schedule' });
    const client = new Redis({ port: server.port });
    expect(await client.hget('{loa}:publish:meta', 'opts.maxLenEvents')).toBe('100');
    client.disconnect();
  });

  test.each([
    [
      'is full',
      ['CONFIG', 'SET', 'maxmemory', '1'],
      ['CONFIG', 'SET', 'maxmemory', '0'],
      'is full and takes no new jobs',
    ],
    ['is read-only', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE'], 'is a read-only replica'],
  ] as [string, [string, ...string[]], [string, ...string[]], string][])(
    '%s, nobody turns in circles, and all goes on',
    async (_what, breaks, mends, told) => {
      gate.resolve();
      await open();
      await newsroom.find(names('before'));
      await newsroom.settled();
      await command(...breaks);
      await newsroom.find(names('meanwhile'));
      await until(() => alerts.standing.get('queue')?.includes(told), { what: 'the alert' });

      // Two queues' workers and producers: without a brake these are tens of thousands in a second.
      const raisedBefore = alerts.raised;
      const cpuBefore = process.cpuUsage();
      const started = performance.now();
      await until(() => performance.now() - started > 1500);
      const { user, system } = process.cpuUsage(cpuBefore);
      expect(alerts.raised - raisedBefore).toBeLessThan(100);
      expect((user + system) / 1000 / (performance.now() - started)).toBeLessThan(0.5);

      await command(...mends);
      await allIsWell();
      expect(newsroom.done.size).toBe(40);
    },
  );

  test('is away at the start, the start goes on without it, and the work with it', async () => {
    await server.kill();
    const started = performance.now();
    await open();
    expect(performance.now() - started).toBeLessThan(5000);
    await newsroom.find(names('meanwhile'));
    expect([...alerts.standing.keys()]).toEqual(['queue']);
    gate.resolve();
    await server.start();
    await allIsWell();
  });

  test('is away, a stop does not wait for it', async () => {
    await open();
    await newsroom.find(names('before'));
    await server.kill();
    await until(() => alerts.standing.has('queue'));
    const started = performance.now();
    gate.resolve();
    await newsroom.close();
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
