import { describe, expect, test } from 'vitest';
import { embedded } from '#tests/e2e/backends.ts';
import type { Running } from '#tests/e2e/loa.ts';
import { judge } from '#tests/faults/processes/oracle.ts';
import { type Plant, withPlant } from '#tests/faults/processes/plant.ts';
import { inDoubt } from '#tests/faults/processes/services.ts';

const minute = 60_000;

/** Where nobody can know afterwards whether the post stands: the service has it, or it was on its way. */
const points = ['coming', 'accepted'] as const;

describe('services that know no keys, or have forgotten them', () => {
  test('a post in doubt is shown to a person as such, then found at the service, sent once more or parked; never twice', () =>
    withPlant({ backend: embedded, channels: inDoubt }, async (plant) => {
      let running = await plant.start();
      const names = points.map((point) => `lần-${point}`);
      for (const [index, point] of points.entries()) {
        const held = plant.services.map(({ gate, shows }) => gate.hold(point, shows));
        await plant.publish(names[index]!);
        await Promise.all(held.map(({ reached }) => reached));
        running.kill('SIGKILL');
        await running.ended;
        for (const { release } of held) release();
        await plant.pass(2 * minute);
        running = await plant.start();
        // Shown: its row says what is the matter, in words.
        await plant.until(async () =>
          (await plant.rows()).every((row) => row.state !== 'sending' && (row.state === 'sent' || row.reason !== null)),
        );
        running = await letTimePass(plant, running);
      }
      const { parked, ...verdict } = await judge(plant, names);
      expect(verdict).toEqual({ doubles: [], lost: [], untrue: [] });
      for (const what of parked) expect(what).toMatch(/: .{40}/);
    }));
});

/** Nine minutes in steps: looks at the service are a minute apart. */
async function letTimePass(plant: Plant, first: Running): Promise<Running> {
  let running = first;
  for (let step = 0; step < 6; step++) {
    // What was due is done: the next step is to come.
    const rows = await plant.until(async () => {
      const found = await plant.rows();
      return found.every(({ state, dueAt }) => state !== 'sending' && !isPast(dueAt)) && found;
    });
    if (rows.every(({ state }) => state === 'sent' || state === 'parked')) break;
    running.kill('SIGTERM');
    await running.ended;
    await plant.pass(1.5 * minute);
    running = await plant.start();
  }
  return running;
}

const isPast = (time: string | null) => time !== null && Date.parse(time) < Date.now();
