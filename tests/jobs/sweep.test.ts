import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweep } from '#jobs/sweep.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());

/** Found by a poll; the first `looked` of them are read, and their pages are to be looked at again. */
async function found(sourceId: string, count: number, looked: number): Promise<string[]> {
  const { sources } = bench.deps.ledger;
  bench.clock.advance(1000);
  const now = bench.clock.now();
  const refs = Array.from({ length: count }, (_, n): ArticleRef => {
    const url = `https://bao.example/${sourceId}-${n}`;
    return { externalId: url, url, title: null, stamp: '1', sign: 'changed', payload: null };
  });
  const readings = await sources.recordPoll({ sourceId, refs, cursor: {}, now, nextPollAt: now });
  for (const { id } of readings.slice(0, looked)) {
    await sources.finishReading(id, now);
    await sources.planLook(id, now);
  }
  return readings.map(({ id }) => id);
}

test('what a source left behind that is no longer in the settings holds up no other', async () => {
  const left = await found('cu', 450, 220);
  const own = await found('portal', 2, 1);
  bench.clock.advance(60_000);
  await bench.run(sweep, {});
  const asked = bench.added.flatMap(({ payload }) => (payload as { readingId?: string }).readingId ?? []);
  expect(asked.sort()).toEqual(own.sort());
  expect(asked).not.toContain(left[0]);
});
