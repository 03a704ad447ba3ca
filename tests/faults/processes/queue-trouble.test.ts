import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { onRedis } from '#tests/e2e/backends.ts';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { type Plant, withPlant } from '#tests/faults/processes/plant.ts';

/** What happens to the queue while posts wait in it. */
const troubles: Record<string, (plant: Plant) => Promise<void>> = {
  'it is emptied': (plant) => command(plant, 'FLUSHALL'),
  'it goes back to an earlier state': async ({ backend }) => {
    await backend.redis!.kill();
    await backend.redis!.start();
  },
  'it says nothing for seconds': (plant) => command(plant, 'CLIENT', 'PAUSE', '6000', 'ALL'),
};

describe.skipIf(!onRedis.here)('a queue in trouble while posts are on their way', () => {
  test('loses nothing and posts nothing twice, whatever becomes of it', () =>
    withPlant({ backend: onRedis }, async (plant) => {
      await plant.start();
      await plant.publish('đầu');
      expect(await judge(plant, ['đầu'])).toEqual(clean);
      // What it goes back to: jobs that are long done wait in it again.
      const before = plant.services.map(({ gate, shows }) => gate.hold('coming', shows));
      await plant.publish('cũ');
      await Promise.all(before.map(({ reached }) => reached));
      await command(plant, 'SAVE');
      for (const { release } of before) release();

      const names = ['đầu', 'cũ'];
      for (const [what, trouble] of Object.entries(troubles)) {
        const own = [1, 2, 3].map((index) => `${names.length}-${index}`);
        names.push(...own);
        const held = plant.services.map(({ gate, shows }) => gate.hold('coming', shows));
        await plant.publish(...own);
        await Promise.all(held.map(({ reached }) => reached));
        await trouble(plant);
        for (const { release } of held) release();
        expect(await judge(plant, own), what).toEqual(clean);
      }
      expect(await judge(plant, names)).toEqual(clean);
    }));
});

async function command({ backend }: Plant, name: string, ...args: string[]): Promise<void> {
  const redis = new Redis(backend.redis!.url);
  await redis.call(name, ...args).finally(() => redis.disconnect());
}
