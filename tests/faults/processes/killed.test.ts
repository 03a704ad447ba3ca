import { describe, expect, test } from 'vitest';
import { embedded, onRedis } from '#tests/e2e/backends.ts';
import type { Running } from '#tests/e2e/loa.ts';
import { holdInLedger, type LedgerPoint } from '#tests/faults/processes/ledger-points.ts';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { databaseIn, type Plant, withPlant } from '#tests/faults/processes/plant.ts';
import type { Service } from '#tests/faults/processes/services.ts';

/** Brings every channel to a point with one more article; `over` is called once the process is dead. */
type Reach = (plant: Plant, running: Running, name: string) => Promise<{ over(): Promise<void> | void }>;

const requests = (services: readonly Service[], point: 'coming' | 'accepted', of: (one: Service) => RegExp | null) =>
  services.flatMap((one) => {
    const what = of(one);
    return what ? [one.gate.hold(point, what)] : [];
  });

const inLedger =
  (point: LedgerPoint): Reach =>
  async (plant, _running, name) => {
    const held = await holdInLedger(databaseIn(plant.backend.settings), point);
    await plant.publish(name);
    await held.reached(plant.services.length);
    return { over: held.release };
  };

const atService =
  (point: 'coming' | 'accepted', of: (one: Service) => RegExp | null): Reach =>
  async (plant, _running, name) => {
    const held = requests(plant.services, point, of);
    await plant.publish(name);
    await Promise.all(held.map(({ reached }) => reached));
    return {
      over() {
        for (const { release } of held) release();
      },
    };
  };

/** Stopped first, so that the answer is there and nothing of it recorded. */
const answered: Reach = async (plant, running, name) => {
  const held = requests(plant.services, 'accepted', ({ shows }) => shows);
  await plant.publish(name);
  await Promise.all(held.map(({ reached }) => reached));
  running.kill('SIGSTOP');
  for (const { release } of held) release();
  return { over: () => {} };
};

const anywhere: Record<string, Reach> = {
  'while it prepares the post': atService('coming', ({ prepares }) => prepares),
  'while the request is on its way': atService('coming', ({ shows }) => shows),
  'after the service has taken it, before its answer': atService('accepted', ({ shows }) => shows),
  'with the answer there, before it is recorded': answered,
};

/** What goes on in the ledger itself, and where a claim is not ended by the next start but by its time. */
const onServer: Record<string, Reach> = {
  'before the claim': inLedger('claim'),
  'after the claim': inLedger('freeze'),
  'after the service has taken it, before its answer': atService('accepted', ({ shows }) => shows),
  'while it records the answer': inLedger('record'),
};

const places = [
  { backend: embedded, points: anywhere },
  { backend: onRedis, points: onServer },
].filter(({ backend }) => backend.here);

describe.concurrent.for(places)('on $backend.name', ({ backend, points }) => {
  test('killed at any step of a delivery and started again, it posts once, and parks what nobody can know', () =>
    withPlant({ backend, photos: true }, async (plant) => {
      let running = await plant.start();
      const names: string[] = [];
      for (const reach of Object.values(points)) {
        const name = `lần-${names.length + 1}`;
        names.push(name);
        const { over } = await reach(plant, running, name);
        running.kill('SIGKILL');
        await running.ended;
        await over();
        // The dead one's claims end meanwhile.
        await plant.pass(2 * minute);
        running = await plant.start();
        expect(await judge(plant, [name])).toEqual(clean);
      }
      expect(await judge(plant, names)).toEqual(clean);
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    }));
});

const minute = 60_000;
