import { expect, test } from 'vitest';
import { onRedis } from '#tests/e2e/backends.ts';
import { judge } from '#tests/faults/processes/oracle.ts';
import { withPlant } from '#tests/faults/processes/plant.ts';
import { type KindName, kinds } from '#tests/faults/processes/services.ts';

const second = 1000;
const every = Object.keys(kinds) as KindName[];

test.skipIf(!onRedis.here).for(['coming', 'accepted'] as const)(
  'a worker is killed with its requests %s, beside another one: by the clock all is shown within two minutes and settled within ten',
  (point) =>
    withPlant({ backend: onRedis, channels: every, photos: true }, async (plant) => {
      await plant.start('web,poll,read,photos,feeds');
      const doomed = await plant.start('deliver');
      const held = plant.services.map(({ gate, shows }) => gate.hold(point, shows));
      await plant.publish('một');
      await Promise.all(held.map(({ reached }) => reached));
      await plant.start('deliver');
      doomed.kill('SIGKILL');
      const killed = performance.now();
      for (const { release } of held) release();

      await plant.until(async () =>
        (await plant.rows()).every(({ state, reason }) => state !== 'sending' && (state === 'sent' || reason !== null)),
      );
      expect(performance.now() - killed).toBeLessThan(120 * second);
      const { parked, ...verdict } = await judge(plant, ['một']);
      expect(performance.now() - killed).toBeLessThan(600 * second);
      expect(verdict).toEqual({ doubles: [], lost: [], untrue: [] });
      // Nobody can look at a channel on Telegram, and the others can be asked.
      expect(parked.map((what) => what.split(':')[0])).toEqual(['một on telegram']);
      for (const { id, guarantee, posts } of plant.services) {
        // Bytes on their way may arrive after their sender's death, or not.
        if (guarantee === 'D' && point === 'coming') expect(posts().length, id).toBeLessThanOrEqual(1);
        else expect(posts().length, id).toBe(1);
      }
    }),
);
