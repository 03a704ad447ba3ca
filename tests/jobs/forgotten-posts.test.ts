import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellForgottenPosts } from '#jobs/forgotten-posts.ts';
import { readyCreate } from '#tests/contracts/ledger/samples.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());

test('a post that was left to a person by a worker that died before it said so is told of by the sweep, once', async () => {
  const { ledger, alerts, clock } = bench.deps;
  const row = await readyCreate(ledger);
  const claim = await ledger.deliveries.claim(row.id, clock.now(), clock.now() + 30_000);
  const ending = { state: 'parked', reason: 'nobody knows', now: clock.now(), result: 'ambiguous' } as const;
  await ledger.deliveries.record(row.id, claim!.delivery.fence, ending);

  const raised: string[] = [];
  const telling = { ledger, clock, alerts: { ...alerts, raise: ({ cause }: { cause: string }) => raised.push(cause) } };
  await tellForgottenPosts(telling as never);
  expect(raised, 'its own worker may be about to').toEqual([]);

  bench.clock.advance(60_000);
  await tellForgottenPosts(telling as never);
  expect(raised).toEqual([`delivery:${row.id}:parked`]);

  await ledger.alerts.raise({ cause: raised[0]!, message: 'told', now: clock.now() });
  await tellForgottenPosts(telling as never);
  expect(raised).toHaveLength(1);
});
