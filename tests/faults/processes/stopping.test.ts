import { describe, expect, test } from 'vitest';
import { backends, embedded, onRedis } from '#tests/e2e/backends.ts';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { withPlant } from '#tests/faults/processes/plant.ts';

const namesFrom = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word}-${index + 1}`);

test.for(backends.filter((one) => one === embedded || one === onRedis))(
  'on $name, told to stop under load it ends within ten seconds, and the next one does the rest once',
  (backend) =>
    withPlant({ backend }, async (plant) => {
      const names = namesFrom('tải', 20);
      const running = await plant.start();
      const hanging = plant.service('webhook').gate.hold('coming', /^POST /);
      await plant.publish(...names);
      await hanging.reached;
      const told = performance.now();
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
      expect(performance.now() - told).toBeLessThan(10_000);
      hanging.release();
      await plant.start();
      expect(await judge(plant, names)).toEqual(clean);
    }),
);

describe.skipIf(!onRedis.here)('several workers', () => {
  test('race for the same posts, are restarted one after the other under load, and post each once', () =>
    withPlant({ backend: onRedis }, async (plant) => {
      await plant.start('web,poll,read,photos,feeds');
      const workers = await Promise.all([1, 2, 3, 4].map(() => plant.start('deliver')));
      const first = namesFrom('đua', 15);
      await plant.publish(...first);
      expect(await judge(plant, first)).toEqual(clean);

      const second = namesFrom('thay', 30);
      await plant.publish(...second);
      for (const worker of workers.slice(0, 2)) {
        worker.kill('SIGTERM');
        expect(await worker.ended).toBe(0);
        await plant.start('deliver');
      }
      expect(await judge(plant, [...first, ...second])).toEqual(clean);
    }));
});
