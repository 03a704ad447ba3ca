import { expect, test } from 'vitest';
import { clean, judge, verdictOf } from '#tests/faults/processes/oracle.ts';
import { withPlant } from '#tests/faults/processes/plant.ts';

test('one service that never answers holds up nobody else, and gets its posts once it does', () =>
  withPlant({ channels: ['webhook', 'mastodon', { kind: 'webhook', id: 'hung' }] }, async (plant) => {
    await plant.start();
    const { gate, shows } = plant.service('hung');
    const end = gate.hang(shows);
    const names = Array.from({ length: 10 }, (_, index) => `treo-${index + 1}`);
    await plant.publish(...names);
    const others = { ...plant, services: plant.services.filter(({ id }) => id !== 'hung') };
    // Far less than the twenty seconds after which the hanging one is given up for this time.
    const published = performance.now();
    await plant.until(() => others.services.every(({ posts }) => posts().length === names.length));
    expect(performance.now() - published).toBeLessThan(15_000);
    expect(verdictOf(await plant.rows(), others, names).doubles).toEqual([]);
    end();
    expect(await judge(plant, names)).toEqual(clean);
  }));
