import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueueControl, QueueStanding } from '#src/core/queue-standing.ts';
import { writeRunFile } from '#src/ops/run-file.ts';
import { queueRoutes } from '#src/server/queue-routes.ts';
import { runCommand } from '#tests/fakes/run-command.ts';
import { runToken, startServer } from '#tests/server/server-bench.ts';
import { has } from '#tests/servers/has.ts';
import { type RedisServer, startRedis } from '#tests/servers/redis.ts';

function newsroom(queue = ''): string {
  const cwd = mkdtempSync(join(tmpdir(), 'loa-queue-command-'));
  mkdirSync(join(cwd, 'config'));
  mkdirSync(join(cwd, 'config/data'), { recursive: true });
  writeFileSync(
    join(cwd, 'config/loa.yaml'),
    `site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.example
data: ${join(cwd, 'data')}
${queue}
sources: [{ id: portal, kind: feed, url: https://bao.example/rss }]
channels: [{ id: page, kind: board }]
`,
  );
  mkdirSync(join(cwd, 'data'));
  return cwd;
}

describe('while a worker runs', () => {
  const cwd = newsroom();
  const done: string[] = [];
  const standing: QueueStanding = {
    name: 'deliver-page',
    isPaused: true,
    waiting: 7,
    active: 1,
    delayed: 2,
    blocked: 0,
    failed: 4,
    oldestWaitingAt: Date.now() - 12 * 60_000,
    oldestActiveAt: null,
  };
  const control: QueueControl = {
    standings: async () => [{ ...standing, name: 'poll', isPaused: false, oldestWaitingAt: null }, standing],
    pause: async (name) => void done.push(`pause ${name}`),
    resume: async (name) => void done.push(`resume ${name}`),
    async retry(name) {
      done.push(`retry ${name}`);
      return 4;
    },
  };
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({ api: queueRoutes(control) });
    await writeRunFile(join(cwd, 'data'), { pid: process.pid, url: server.url, token: runToken });
  });
  afterAll(() => server.close());

  test('queue status shows each queue, and how long its oldest waits', async () => {
    const { out } = await runCommand(['queue', 'status'], { cwd });
    expect(out.split('\n')[2]).toMatch(/^deliver-page {2}paused {2}7 +1 +2 +0 +4 +12 min$/);
    const document = JSON.parse((await runCommand(['queue', 'status', '--json'], { cwd })).out);
    expect(document.queues[1]).toMatchObject({
      name: 'deliver-page',
      waiting: 7,
      oldestWaiting: expect.stringMatching(/Z$/),
    });
  });

  test('pause, resume and retry act on one queue or on all, and say what became of it', async () => {
    const { out } = await runCommand(['queue', 'retry', 'deliver-page'], { cwd });
    expect(out).toContain('4 failed jobs run again.');
    expect(out).not.toContain('poll');
    await runCommand(['queue', 'pause'], { cwd });
    const resumed = await runCommand(['queue', 'resume', 'deliver-page', '--json'], { cwd });
    expect(JSON.parse(resumed.out).queues).toHaveLength(1);
    expect(done).toEqual(['retry deliver-page', 'pause null', 'resume deliver-page']);
  });

  test('anything else is a wrong use', async () => {
    expect((await runCommand(['queue', 'stop'], { cwd })).code).toBe(2);
    expect((await runCommand(['queue', 'status', 'poll'], { cwd })).code).toBe(2);
  });
});

describe.skipIf(!has('redis'))('without a worker, the queue on Redis', () => {
  let redis: RedisServer;
  let cwd: string;
  beforeAll(async () => {
    redis = await startRedis();
    cwd = newsroom(`queue: redis://127.0.0.1:${redis.port}`);
  });
  afterAll(() => redis.stop());

  test('is asked itself, and keeps a pause', async () => {
    const { code, err } = await runCommand(['queue', 'pause', 'deliver-page'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { queues } = JSON.parse((await runCommand(['queue', 'status', '--json'], { cwd })).out);
    const paused = queues.filter(({ isPaused }: QueueStanding) => isPaused);
    expect(paused.map(({ name }: QueueStanding) => name)).toEqual(['deliver-page']);
    await runCommand(['queue', 'resume'], { cwd });
    expect((await runCommand(['queue', 'status'], { cwd })).out).not.toContain('paused');
    expect((await runCommand(['queue', 'pause', 'deliver-pag'], { cwd })).err).toContain('did you mean "deliver-page"');
  });

  test('that is away is said to be, in one line', async () => {
    await redis.kill();
    const { code, err } = await runCommand(['queue', 'status'], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/Redis at 127\.0\.0\.1/);
    expect(err).not.toContain('unexpected');
  });
});
