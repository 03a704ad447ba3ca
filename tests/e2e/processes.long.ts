import { expect, test } from 'vitest';
import { onRedis } from '#tests/e2e/backends.ts';
import { type Bench, withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

test.skipIf(!onRedis.here)(
  'a process that is killed while it sends is made good by another one, under the same key',
  () =>
    withBench(
      [story('cu')],
      async (bench) => {
        await bench.start('web,poll,read,photos,feeds');
        const sender = await bench.start('deliver');
        await bench.until(async () => (await items(bench)) === 1);
        bench.receiver.misbehave('hang');
        const told = bench.receiver.nextRequest();
        bench.newsroom.stories.unshift(story('mot', { publishedAt: Date.now() }));
        await told;
        await bench.start('deliver');
        sender.kill('SIGKILL');
        expect(await sender.ended).toBe('SIGKILL');

        bench.newsroom.stories.unshift(story('hai', { publishedAt: Date.now() }));
        await bench.until(async () => bench.receiver.events.size === 1);
        // The killed one's claim ends with its lease; the sweep finds it then.
        await bench.until(async () => bench.receiver.events.size === 2);
        expect(bench.receiver.record).toHaveLength(3);
        expect(new Set(bench.receiver.record.map(({ id }) => id)).size).toBe(2);
      },
      { backend: onRedis },
    ),
);

async function items(bench: Bench): Promise<number> {
  const feed = (await (await bench.get('/feeds/latest.json')).json()) as { items: unknown[] };
  return feed.items.length;
}
