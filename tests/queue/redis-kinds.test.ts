import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { QueueSettings } from '#src/core/settings.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { testQueue } from '#tests/contracts/queue-contract.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { recordingLog, silentLog } from '#tests/fakes/log.ts';
import { redisAt } from '#tests/queue/backends.ts';
import { openNewsroom } from '#tests/queue/newsroom.ts';
import { type RedisKind, startCluster, startSentinels, startTls } from '#tests/queue/redis-kinds.ts';
import { has } from '#tests/servers/has.ts';
import { startRedis } from '#tests/servers/redis.ts';

const tools = { alerts: recordingAlerts(), log: silentLog, clock: systemClock, queuePool: null as never };

describe.skipIf(!has('redis')).each([
  ['a Redis Cluster', startCluster],
  ['a Redis that sentinels name', startSentinels],
  ['a Redis by TLS', startTls],
])('jobs on %s', (_name, start) => {
  let kind: RedisKind;
  let backend: OpenBackend;
  beforeAll(async () => {
    kind = await start();
    backend = await openBackend(kind.settings, tools);
  });
  afterAll(async () => {
    await backend.close();
    await kind.stop();
  });

  testQueue(() => backend);
});

describe.skipIf(!has('redis'))('Redis', () => {
  test('with a certificate nobody knows is refused at once, and told how to trust it', async () => {
    const kind = await startTls();
    const settings = { ...kind.settings, ca: null } as QueueSettings;
    await expect(openBackend(settings, tools)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be trusted'),
      next: expect.stringContaining('ca: …'),
    });
    await kind.stop();
  });

  test.each([
    ['no password', { password: null }, 'wants a password'],
    ['a wrong password', { password: 'sai bét' }, 'refuses the user name or the password'],
  ])('with %s is refused at once, without repeating it', async (_what, login, told) => {
    const server = await startRedis({ args: ['--requirepass', 'đúng'] });
    const settings = redisAt(server);
    const opening = openBackend({ ...settings, server: { ...settings.server, ...login } }, tools);
    const error = await opening.then(
      () => null,
      (reason) => reason as Error,
    );
    expect(error?.name).toBe('UserError');
    expect(error?.message).toContain(told);
    expect(error?.message).not.toMatch(/sai bét|đúng/);
    await server.stop();
  });

  test('whose user may not ask what it is, is refused with the rights that are missing', async () => {
    // The client says so too, in a line of its own.
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const server = await startRedis({ args: ['--user', 'default', 'on', 'nopass', '~*', '&*', '+@all', '-info'] });
    await expect(openBackend(redisAt(server), tools)).rejects.toMatchObject({
      name: 'UserError',
      next: expect.stringContaining('+info'),
    });
    await server.stop();
    warn.mockRestore();
  });

  test('that would throw jobs away when it is full is warned of, once', async () => {
    const server = await startRedis({ args: ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'] });
    const log = recordingLog();
    const backend = await openBackend(redisAt(server), { ...tools, log });
    expect(log.lines).toEqual([
      { level: 'warn', message: expect.stringContaining('CONFIG SET maxmemory-policy noeviction') },
    ]);
    await backend.close();
    await server.stop();
  });

  test('is shared by two Loas with a prefix each: neither sees the jobs of the other', async () => {
    const server = await startRedis();
    const [one, two] = await Promise.all(
      ['loa', 'loa-tay-bac'].map((prefix) => openBackend({ ...redisAt(server), prefix }, tools)),
    );
    const [here, there] = [openNewsroom(one!), openNewsroom(two!)];
    await here.find(['Tin miền xuôi']);
    await there.find(['Tin miền ngược']);
    await Promise.all([here.settled(), there.settled()]);
    expect([[...here.done.keys()], [...there.done.keys()]]).toEqual([['Tin miền xuôi'], ['Tin miền ngược']]);
    await Promise.all([here.close(), there.close()]);
    await server.stop();
  });
});
