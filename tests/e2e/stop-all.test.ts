import { expect, test } from 'vitest';
import { bothEnds } from '#tests/e2e/backends.ts';
import { loa } from '#tests/e2e/loa.ts';
import { benchOn } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';
import { readExposition } from '#tests/fakes/read-exposition.ts';

test.for(bothEnds)(
  'on $name stop-all keeps every post back while feeds go on, says so everywhere, and resume-all sends what waited',
  (backend) =>
    benchOn(backend)([story('cu')], async (bench) => {
      await bench.start();
      const items = async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length;
      const run = (...args: string[]) => loa([...args, '--config', 'my.yaml'], { cwd: bench.folder });
      const metric = async (name: string) => {
        const { samples } = readExposition(await (await bench.get('/metrics')).text());
        return samples.filter((sample) => sample.name === name);
      };
      await bench.until(async () => (await items()) === 1);

      const stopped = await run('stop-all', '--reason', 'ảnh sai');
      expect(stopped.stdout).toMatch(/^All posting is stopped since .*: ảnh sai$/m);
      bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() - 1000 }));
      await bench.until(async () => (await items()) === 2);
      await bench.until(async () => (await run('delivery', 'list')).stdout.match(/waiting .*all posting is stopped/));
      expect(bench.receiver.events.size).toBe(0);
      expect(await (await bench.get('/console?lang=en')).text()).toContain('ảnh sai');
      expect(await bench.until(async () => (await metric('loa_posting_stopped'))[0]?.value === 1)).toBe(true);
      // The alert comes with the next look, within two seconds.
      await bench.until(async () =>
        (await metric('loa_alerts_open')).some(({ labels }) => labels['cause'] === 'stop-all'),
      );

      expect((await run('resume-all')).code).toBe(0);
      const resumed = performance.now();
      await bench.until(async () => bench.receiver.events.size === 1);
      expect(performance.now() - resumed).toBeLessThan(10_000);
      await bench.until(async () =>
        (await metric('loa_delivery_attempts_total')).some(({ labels }) => labels['result'] === 'sent'),
      );
    }),
);
