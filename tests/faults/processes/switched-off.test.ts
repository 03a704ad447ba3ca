import { expect, test } from 'vitest';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { withPlant } from '#tests/faults/processes/plant.ts';

test('stopped in the middle of a burst, nothing goes out two seconds later; let go again, the rest goes out once', () =>
  withPlant({ channels: ['webhook', 'mastodon'] }, async (plant) => {
    await plant.start();
    // Each answer takes its time: the burst lasts.
    const slow = plant.services.map(({ gate, shows }) => gate.slow(shows, 250));
    const names = Array.from({ length: 40 }, (_, index) => `loạt-${index + 1}`);
    await plant.publish(...names);
    await plant.until(() => plant.services.every((one) => one.posts().length >= 3));
    expect((await plant.run('stop-all', '--reason', 'ảnh sai')).code).toBe(0);
    const stopped = Date.now();
    await plant.until(() => Date.now() > stopped + 4000);
    for (const { gate, shows, posts } of plant.services) {
      const late = gate.calls.filter(({ what, at }) => shows.test(what) && at > stopped + 2000);
      expect(late).toEqual([]);
      expect(posts().length).toBeLessThan(names.length);
    }
    for (const end of slow) end();
    expect((await plant.run('resume-all')).code).toBe(0);
    expect(await judge(plant, names)).toEqual(clean);
  }));
