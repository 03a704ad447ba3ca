import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { type Bench, withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';
import { startService } from '#tests/faults/processes/services.ts';

test("with yesterday's backup in place of the ledger nothing that was posted since is posted again", async () => {
  const service = await startService('mastodon', Date.now);
  const channels = `  - { ${service.settings}, pace: { settle: 0s, gap: 0s, perHour: off } }`;
  const headlines = (bench: Bench) => [...bench.receiver.events.values()].map(({ data }) => data.title as string);
  try {
    await withBench(
      [story('cu')],
      async (bench) => {
        const there = { cwd: bench.folder };
        const posted = async (slug: string) => {
          bench.newsroom.stories.unshift(story(slug, { publishedAt: Date.now() }));
          await bench.until(async () => headlines(bench).some((one) => one.endsWith(` ${slug}`)));
          await bench.until(async () => service.posts().some((one) => one.includes(` ${slug}\n`)));
        };
        const running = await bench.start();
        await bench.until(async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length);
        await posted('hom-qua');
        expect((await loa(['backup', 'hom-qua.gz', '--config', 'my.yaml'], there)).code).toBe(0);
        for (const slug of ['sang', 'trua', 'chieu']) await posted(slug);
        running.kill('SIGTERM');
        await running.ended;

        await rm(join(bench.folder, 'data/db'), { recursive: true });
        expect(await loa(['restore', 'hom-qua.gz', '--config', 'my.yaml'], there)).toMatchObject({ code: 0 });
        await bench.start();
        // The feed on the disk is newer than the ledger: what the first look finds is asked of the ledger.
        await bench.until(
          async () => ((await (await bench.get('/api/v1/articles')).json()) as any).articles.length === 5,
        );
        await posted('toi');
        for (const seen of [headlines(bench), service.posts()]) {
          expect(seen).toHaveLength(5);
          expect(new Set(seen).size).toBe(5);
        }
      },
      { channels },
    );
  } finally {
    await service.close();
  }
});
