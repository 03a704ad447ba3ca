/** Random newsrooms, services and deaths on the real ledger: what must hold whatever happens. `SEEDS=500` for more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeChannel, fakeChannel, fakeChannelWithUploads } from '#tests/fakes/fake-channel.ts';
import { openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { openServerDatabase } from '#tests/fakes/server-database.ts';
import { has } from '#tests/servers/has.ts';

const seeds = Number(process.env['SEEDS'] ?? 8);
const steps = 25;

let bench: DeliveryBench;

const databases = {
  'the embedded database': openMemoryDatabase,
  ...(has('postgres') && { 'a PostgreSQL server': openServerDatabase }),
};

describe.each(Object.entries(databases))('whatever happens on %s', (_name, openDatabase) => {
  beforeAll(async () => {
    bench = await openDeliveryBench(openDatabase);
  });
  afterAll(() => bench.close());

  it.each(Array.from({ length: seeds }, (_, seed) => seed))(
    'nothing is shown twice or lost (seed %i)',
    async (seed) => {
      const random = generator(seed);
      const channels = openChannels(seed);
      const articles: string[] = [];
      for (let step = 0; step < steps; step++) await act(random, channels, articles);
      for (const { channel } of channels) channel.plan.length = 0;
      await bench.settle(60);

      for (const articleId of articles) {
        const rows = await bench.rows(articleId);
        const article = await bench.ledger.articles.get(articleId);
        for (const { id, channel } of channels) {
          const mine = rows.filter(({ channelId }) => channelId === id);
          const create = mine.find(({ op }) => op === 'create');
          const shown = channel.record.filter(({ op, key }) => op === 'create' && key === create?.key);
          const told = `${articleId} on ${id}`;
          expect(
            mine.filter(({ op }) => op === 'create'),
            told,
          ).toHaveLength(1);
          expect(['sent', 'parked', 'cancelled', 'expired', 'dead'], told).toContain(create?.state);
          if (id.startsWith('blind')) expect(shown.length, told).toBeLessThanOrEqual(1);
          const standing = channel.visible.filter((post) => post.id === create?.remote?.id);
          expect(standing.length, told).toBeLessThanOrEqual(1);
          if (create?.state === 'sent') expect(standing.length, told).toBe(article?.state === 'withdrawn' ? 0 : 1);
          if (id.startsWith('keyed') && article?.state === 'withdrawn') {
            expect(
              channel.visible.some((post) => post.id === `id-${create?.key}`),
              told,
            ).toBe(false);
          }
        }
      }
    },
  );
});

function openChannels(seed: number): { id: string; channel: FakeChannel }[] {
  bench.clear();
  const channels = [
    { id: `keyed-${seed}`, channel: fakeChannelWithUploads('A') },
    { id: `blind-${seed}`, channel: fakeChannel('D') },
  ];
  for (const { id, channel } of channels) bench.add(channel, channelSettings(id));
  return channels;
}

/** One thing happens. */
async function act(random: () => number, channels: { id: string; channel: FakeChannel }[], articles: string[]) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const any = articles.length > 0 ? pick(articles) : null;
  const dice = random();
  if (any === null || dice < 0.15) articles.push((await bench.publish()).id);
  else if (dice < 0.25) await bench.revise(any, `Bản mới số ${Math.floor(random() * 1000)}`);
  else if (dice < 0.3) await bench.withdraw(any);
  else if (dice < 0.5) pick(channels).channel.plan.push(pick(troubles));
  else if (dice < 0.7) await killSomeone(Math.floor(random() * 20));
  else if (dice < 0.85) await bench.sweep();
  else bench.clock.advance(Math.floor(random() * 120_000));
}

const troubles: FakeChannel['plan'] = [
  { taken: true, result: new HttpFailure('reset', 'the connection broke', { sent: true }) },
  { taken: false, result: new HttpFailure('reset', 'the connection broke', { sent: true }) },
  { taken: false, result: new HttpFailure('refused', 'nobody listens', { sent: false }) },
  { taken: true, result: { kind: 'ambiguous', reason: 'the service answered 502' } },
  { taken: false, result: { kind: 'notSent', reason: 'the service answered 429' } },
];

/** A worker takes a due row and dies somewhere on its way. */
async function killSomeone(point: number): Promise<void> {
  const [row] = await bench.ledger.deliveries.due(bench.clock.now(), 1);
  if (!row) return;
  const doomed = doomedWorker(bench.deps, point);
  await Promise.race([deliverPost(row.id, doomed.deps), doomed.died]);
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
