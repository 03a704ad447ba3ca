import { describe, expect, test } from 'vitest';
import { bothEnds, embedded } from '#tests/e2e/backends.ts';
import { type Bench, benchOn } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

/** Several processes, as on several machines: the ledger on one server, the queue on another. */
describe.concurrent.for(bothEnds.filter((backend) => backend !== embedded))('several processes on $name', (backend) => {
  const withBench = benchOn(backend);

  test('share the work by roles; one is killed in the middle of it, and all goes on with nothing twice', () =>
    withBench([story('cu')], async (bench) => {
      const front = await bench.start('web,poll,read');
      const maker = await bench.start('photos,feeds,deliver');
      await bench.until(async () => (await headlines(bench)).length === 1);
      bench.newsroom.stories.unshift(story('mot', { publishedAt: Date.now() }));
      await bench.until(async () => bench.receiver.events.size === 1);
      expect(front.output()).toMatch(/new article "Khánh thành trạm bơm mot": 2 photos/);

      const fetched = bench.newsroom.asked(/photo\/hai/);
      bench.newsroom.stories.unshift(story('hai', { publishedAt: Date.now() }));
      await fetched;
      maker.kill('SIGKILL');
      expect(await maker.ended).toBe('SIGKILL');
      await bench.start('photos,feeds,deliver');
      await bench.until(async () => (await headlines(bench)).length === 3);
      await bench.until(async () => bench.receiver.events.size === 2);
      expect(bench.receiver.record).toHaveLength(2);
    }));

  test('may start at once on an empty database, each doing everything, and still do each thing once', () =>
    withBench([story('cu')], async (bench) => {
      const [running] = await Promise.all([bench.start(), bench.start('poll,read,photos,feeds,deliver')]);
      await bench.until(async () => (await headlines(bench)).length === 1);
      for (const name of ['mot', 'hai', 'ba']) bench.newsroom.stories.unshift(story(name, { publishedAt: Date.now() }));
      await bench.until(async () => bench.receiver.events.size === 3);
      await bench.until(async () => (await headlines(bench)).length === 4);
      expect(bench.receiver.record).toHaveLength(3);
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    }));
});

async function headlines(bench: Bench): Promise<string[]> {
  const { items } = (await (await bench.get('/feeds/latest.json')).json()) as { items: { title: string }[] };
  return items.map(({ title }) => title);
}
