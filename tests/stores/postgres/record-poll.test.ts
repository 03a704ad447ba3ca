import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { start } from '#tests/contracts/ledger/samples.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';

let memory: MemoryDatabase;
beforeAll(async () => {
  memory = await openMemoryDatabase();
});
afterAll(() => memory.close());

test('a poll that breaks off between its slices leaves the cursor where it was, and the next one takes the rest', async () => {
  let ids = 0;
  let last = 600;
  const { sources } = createLedger(memory.db, {
    newId() {
      if (ids === last) throw new Error('the worker ended');
      return `row${ids++}`;
    },
  });
  const refs = Array.from({ length: 1200 }, (_, n): ArticleRef => {
    return { externalId: `tin-${n}`, url: null, title: 'Tin', stamp: '1', sign: 'changed', payload: null };
  });
  const poll = { sourceId: 'portal', refs, cursor: { at: 1 }, now: start, nextPollAt: start };
  await expect(sources.recordPoll(poll)).rejects.toThrow('the worker ended');
  expect(await sources.state('portal', start)).toMatchObject({ cursor: null, baselineAt: null });
  const stored = (await sources.dueReadings(start, 5000)).length;
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(600);

  last = Number.POSITIVE_INFINITY;
  expect(await sources.recordPoll(poll)).toHaveLength(1200 - stored);
  expect(await sources.state('portal', start)).toMatchObject({ cursor: { at: 1 }, baselineAt: start });
  const due = await sources.dueReadings(start, 5000);
  expect(due).toHaveLength(1200);
  expect(due.every(({ baseline }) => baseline)).toBe(true);
});
