import { describe, expect, test } from 'vitest';
import { onRedis } from '#tests/e2e/backends.ts';
import { holdInLedger } from '#tests/faults/processes/ledger-points.ts';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { databaseIn, type Plant, withPlant } from '#tests/faults/processes/plant.ts';

const minute = 60_000;

/** Brings every channel to the point; what it gives lets them go on. */
type Reach = (plant: Plant, name: string) => Promise<() => Promise<void> | void>;

const atService =
  (point: 'coming' | 'accepted'): Reach =>
  async ({ services, publish }, name) => {
    const held = services.map(({ gate, shows }) => gate.hold(point, shows));
    await publish(name);
    await Promise.all(held.map(({ reached }) => reached));
    return () => {
      for (const { release } of held) release();
    };
  };

const places: Record<string, Reach> = {
  'before the gate': async ({ backend, services, publish }, name) => {
    const held = await holdInLedger(databaseIn(backend.settings), 'freeze');
    await publish(name);
    await held.reached(services.length);
    return held.release;
  },
  'between the gate and the service': atService('coming'),
  'between the service and its answer': atService('accepted'),
};

describe.skipIf(!onRedis.here)('a worker that stands still for longer than its claims hold, beside another one', () => {
  test('wakes to find its posts settled: what it brings late is refused, and nothing is posted twice', () =>
    withPlant({ backend: onRedis }, async (plant) => {
      await plant.start('web,poll,read,photos,feeds');
      for (const [index, [place, reach]] of Object.entries(places).entries()) {
        const name = `lần-${index + 1}`;
        const frozen = await plant.start('deliver');
        const release = await reach(plant, name);
        frozen.kill('SIGSTOP');
        await plant.pass(2 * minute);
        const other = await plant.start('deliver');
        if (place === 'before the gate') await release();
        expect(await judge(plant, [name]), place).toEqual(clean);
        const calls = plant.services.map(({ gate }) => gate.calls.length);

        frozen.kill('SIGCONT');
        await release();
        if (place !== 'before the gate') await frozen.printed(/late answer of webhook was not recorded/);
        frozen.kill('SIGTERM');
        expect(await frozen.ended, place).toBe(0);
        expect(await judge(plant, [name]), place).toEqual(clean);
        // Whoever wakes before the gate sends nothing at all.
        if (place === 'before the gate') expect(plant.services.map(({ gate }) => gate.calls.length)).toEqual(calls);
        other.kill('SIGTERM');
        await other.ended;
      }
    }));
});
