/**
 * Delivery by the real worker to fake services over HTTP: how soon an article is posted, what one hanging service costs
 * the others, how soon a worker stops, and how soon another one goes on after it was killed.
 */
import type { Bench } from '#tests/bench/bench.ts';
import { interleave } from '#tests/bench/interleave.ts';
import type { Report } from '#tests/bench/report.ts';
import { percentile } from '#tests/bench/statistics.ts';
import { onRedis } from '#tests/e2e/backends.ts';
import { holdInLedger } from '#tests/faults/processes/ledger-points.ts';
import { clean, judge } from '#tests/faults/processes/oracle.ts';
import { databaseIn, type Plant, withPlant } from '#tests/faults/processes/plant.ts';
import type { Service } from '#tests/faults/processes/services.ts';

export const benches: Bench[] = [
  { name: 'article seen to post accepted', run: measurePosting },
  { name: 'one channel that hangs', run: measureHanging },
  { name: 'stopping under load', run: measureStopping },
  { name: 'going on after a kill, started again', run: measureRestart },
  { name: 'going on after a kill, beside another worker', needs: ['postgres', 'redis'], run: measureTakeover },
];

let published = 0;
const fresh = (count: number) => Array.from({ length: count }, () => `bài-${++published}`);

/** Milliseconds since the epoch of what readers see, in order; each is accepted at once. */
const shownAt = ({ gate, shows }: Service) => gate.calls.filter(({ what }) => shows.test(what)).map(({ at }) => at);

/** From the push of one article to its post, on every service; milliseconds. */
async function postOne(plant: Plant, services: readonly Service[]): Promise<number[]> {
  const before = services.map((one) => shownAt(one).length);
  const pushed = Date.now();
  await plant.publish(...fresh(1));
  await plant.until(() => services.every((one, index) => shownAt(one).length > before[index]!));
  return services.map((one, index) => shownAt(one)[before[index]!]! - pushed);
}

/** Without photos to make: they are measured by themselves. */
async function measurePosting(report: Report): Promise<void> {
  await withPlant({ channels: ['mastodon'] }, async (plant) => {
    await plant.start();
    const measured: number[] = [];
    for (let index = 0; index < warmups + 40; index++) {
      const [took = 0] = await postOne(plant, plant.services);
      if (index >= warmups) measured.push(took);
    }
    report.limit('article seen to post accepted, p50', {
      ours: [percentile(measured, 0.5)],
      unit: 'ms',
      bar: { atMost: 300 },
    });
    report.tell('article seen to post accepted, p95', [percentile(measured, 0.95)], 'ms');
  });
}

/** Code is compiled and connections are made with the first ones. */
const warmups = 5;

async function measureHanging(report: Report): Promise<void> {
  const channels = ['webhook' as const, 'mastodon' as const, { kind: 'webhook' as const, id: 'third' }];
  await withPlant({ channels }, (hanging) =>
    withPlant({ channels }, async (whole) => {
      const third = hanging.service('third');
      third.gate.hang(third.shows);
      const p95 = (plant: Plant) => async (): Promise<number> => {
        const others = plant.services.filter(({ id }) => id !== 'third');
        const took: number[] = [];
        for (let index = 0; index < 20; index++) took.push(...(await postOne(plant, others)));
        return percentile(took, 0.95);
      };
      for (const plant of [hanging, whole]) {
        await plant.start();
        for (let index = 0; index < warmups; index++) await postOne(plant, plant.services.slice(0, 2));
      }
      const { ours, peer } = await interleave({ ours: p95(hanging), peer: p95(whole) });
      report.compare("the others' p95 beside a channel that hangs", { ours, peer, unit: 'ms', bar: { atMost: 1.05 } });
    }),
  );
}

async function measureStopping(report: Report): Promise<void> {
  const took: number[] = [];
  await withPlant({}, async (plant) => {
    const names: string[] = [];
    for (let round = 0; round < 5; round++) {
      const running = await plant.start();
      const held = plant.service('webhook').gate.hold('coming', /^POST /);
      const own = fresh(20);
      names.push(...own);
      await plant.publish(...own);
      await held.reached;
      const told = performance.now();
      running.kill('SIGTERM');
      await running.ended;
      took.push(performance.now() - told);
      held.release();
    }
    await plant.start();
    await demandClean(plant, names);
  });
  report.limit('told to stop under load, slowest of five', {
    ours: [Math.max(...took) / 1000],
    unit: 's',
    bar: { atMost: 10 },
  });
}

/** Rows that nobody had claimed when the only worker was killed in the middle of a burst. */
async function measureRestart(report: Report): Promise<void> {
  await withPlant({ channels: ['webhook', 'mastodon'] }, async (plant) => {
    const running = await plant.start();
    // The burst lasts until the kill; what comes after it is the worker's own time.
    const slow = plant.services.map(({ gate, shows }) => gate.slow(shows, 200));
    const names = fresh(25);
    await plant.publish(...names);
    await plant.until(() => plant.services.every((one) => shownAt(one).length >= 4));
    running.kill('SIGKILL');
    const killed = Date.now();
    for (const end of slow) end();
    await running.ended;
    await plant.start();
    await demandClean(plant, names);
    const took = plant.services.flatMap((one) => shownAt(one).filter((at) => at > killed));
    sayResumed(
      report,
      'killed and started again',
      took.map((at) => at - killed),
    );
  });
}

/** Rows whose jobs the killed worker had begun and not yet claimed. */
async function measureTakeover(report: Report): Promise<void> {
  const channels = Array.from({ length: 8 }, (_, index) => ({ kind: 'webhook' as const, id: `hook-${index}` }));
  await withPlant({ backend: onRedis, channels }, async (plant) => {
    const database = databaseIn(plant.backend.settings);
    await plant.start('web,poll,read,photos,feeds');
    const took: number[] = [];
    for (let round = 0; round < 3; round++) {
      const doomed = await plant.start('deliver');
      const held = await holdInLedger(database, 'claim');
      const [name = ''] = fresh(1);
      await plant.publish(name);
      await held.reached(channels.length);
      const other = await plant.start('deliver');
      doomed.kill('SIGKILL');
      const killed = Date.now();
      await held.release();
      await demandClean(plant, [name]);
      took.push(...plant.services.map((one) => shownAt(one).at(-1)! - killed));
      other.kill('SIGTERM');
      await other.ended;
    }
    sayResumed(report, 'killed beside another worker', took);
  });
}

function sayResumed(report: Report, how: string, took: readonly number[]): void {
  const ours = [percentile(took, 0.95) / 1000];
  report.limit(`${how}: what nobody had claimed goes on, p95 of ${took.length}`, {
    ours,
    unit: 's',
    bar: { atMost: 15 },
  });
  report.tell(`${how}: p50`, [percentile(took, 0.5) / 1000], 's');
}

async function demandClean(plant: Plant, names: readonly string[]): Promise<void> {
  const verdict = await judge(plant, names);
  if (JSON.stringify(verdict) !== JSON.stringify(clean)) throw new Error(JSON.stringify(verdict));
}
