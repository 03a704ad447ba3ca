import { expect, test } from 'vitest';
import { backends, embedded } from '#tests/e2e/backends.ts';
import { headlinesOnBoard, items, killAtEveryMoment } from '#tests/e2e/kill-moments.ts';
import { benchOn } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

test('killed at any moment and started again, it loses nothing and posts nothing twice', () =>
  killAtEveryMoment(embedded));

test.for(backends)(
  'on $name, told to stop in the middle of the work, it ends within ten seconds and goes on after the next start',
  (backend) =>
    benchOn(backend)([story('cu')], async (bench) => {
      const first = await bench.start();
      await bench.until(async () => (await items(bench)).length === 1);
      bench.receiver.misbehave('hang');
      const told = bench.receiver.nextRequest();
      bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() }));
      await told;
      const stopped = performance.now();
      first.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      expect(performance.now() - stopped).toBeLessThan(10_000);

      await bench.start();
      await bench.until(async () => bench.receiver.events.size === 1);
      expect(new Set(bench.receiver.record.map((one) => one.id)).size).toBe(1);
      expect((await headlinesOnBoard(bench)).length).toBe(1);
    }),
);
