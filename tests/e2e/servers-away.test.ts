import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { onPostgres, onRedis } from '#tests/e2e/backends.ts';
import { loa, startLoa } from '#tests/e2e/loa.ts';
import { type Bench, benchOn, withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

const fresh = (slug: string) => story(slug, { publishedAt: Date.now() });

describe.skipIf(!onRedis.here)('the ledger on PostgreSQL, the queue on Redis', () => {
  const withBench = benchOn(onRedis);

  test.concurrent('Redis dies and comes back empty: feeds are served meanwhile, then everything is posted once', () =>
    withBench([story('cu')], async (bench) => {
      const running = await bench.start();
      await posted(bench, 'mot');
      await bench.backend.redis!.kill();
      await running.printed(/[Qq]ueue.*(cannot be reached|refuse|away|answer)/);
      bench.newsroom.stories.unshift(fresh('hai'));
      expect((await bench.get('/feeds/latest.rss')).status).toBe(200);
      await bench.backend.redis!.start();
      await posted(bench, 'ba');
      await bench.until(async () => bench.receiver.events.size === 3);
      expect(bench.receiver.record).toHaveLength(3);
      // One line a minute says so; what was under way when it died may have a line each.
      expect(linesOn(running.output(), /warning: The queue .* cannot be reached/)).toBeLessThanOrEqual(2);
      expect(linesOn(running.output(), /queue/i)).toBeLessThan(12);
    }));

  test.concurrent('both servers away at start: it says so, waits, and works once they are there', () =>
    withBench([story('cu')], async (bench) => {
      const { postgres, redis } = bench.backend;
      await Promise.all([postgres!.kill(), redis!.kill()]);
      const running = startLoa(['start', '--config', 'my.yaml'], { cwd: bench.folder });
      await running.printed(/database.*127\.0\.0\.1/i);
      await postgres!.start();
      await running.printed(/queue.*127\.0\.0\.1/i);
      await redis!.start();
      await bench.until(async () => (await headlines(bench)).length === 1);
      await posted(bench, 'mot');
    }));
});

describe.skipIf(!onPostgres.here)('ledger and queue on PostgreSQL', () => {
  const withBench = benchOn(onPostgres);

  test('it dies and comes back: everything goes on, and everything is posted once', () =>
    withBench([story('cu')], async (bench) => {
      const running = await bench.start();
      await posted(bench, 'mot');
      await bench.backend.postgres!.kill();
      await running.printed(/database.*(cannot be reached|refuse|away|answer|gone)/i);
      expect((await bench.get('/feeds/latest.rss')).status).toBe(200);
      bench.newsroom.stories.unshift(fresh('hai'));
      await bench.backend.postgres!.start();
      await posted(bench, 'ba');
      await bench.until(async () => bench.receiver.events.size === 3);
      expect(bench.receiver.record).toHaveLength(3);
    }));
});

test.skipIf(!onPostgres.here)(
  'a backup of the embedded database moves to a PostgreSQL server, and nothing is posted twice',
  () =>
    withBench([story('cu')], async (bench) => {
      const running = await bench.start();
      await posted(bench, 'mot');
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
      const there = { cwd: bench.folder };
      expect(await loa(['backup', 'moved.gz', '--config', 'my.yaml'], there)).toMatchObject({ code: 0 });

      const server = await onPostgres.open();
      try {
        const settings = await readFile(join(bench.folder, 'my.yaml'), 'utf8');
        await writeFile(join(bench.folder, 'my.yaml'), `${settings}data: ./data-server\n${server.settings}\n`);
        const restored = await loa(['restore', 'moved.gz', '--config', 'my.yaml'], there);
        expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('2 articles') });
        await bench.start();
        await bench.until(async () => (await headlines(bench)).length === 2);
        bench.newsroom.stories.unshift(story('giua', { publishedAt: Date.now() }));
        await bench.until(async () => (await headlines(bench)).length === 3);
        // What a source shows at its first look after the move may have been posted: it is not posted again.
        await posted(bench, 'hai');
        expect([...bench.receiver.events.values()].map(({ data }) => data.title)).not.toContain(
          'Khánh thành trạm bơm cu',
        );
        expect(new Set(bench.receiver.record.map(({ id }) => id)).size).toBe(bench.receiver.record.length);
      } finally {
        await server.close();
      }
    }),
);

/** Publishes a story and waits until the receiver has it. */
async function posted(bench: Bench, slug: string): Promise<void> {
  // What stands there at the first look is never posted.
  await bench.until(async () => (await headlines(bench)).length > 0);
  bench.newsroom.stories.unshift(fresh(slug));
  await bench.until(async () =>
    [...bench.receiver.events.values()].some(({ data }) => data.title.endsWith(` ${slug}`)),
  );
}

async function headlines(bench: Bench): Promise<string[]> {
  const { items } = (await (await bench.get('/feeds/latest.json')).json()) as { items: { title: string }[] };
  return items.map(({ title }) => title);
}

const linesOn = (output: string, about: RegExp) => output.split('\n').filter((line) => about.test(line)).length;
