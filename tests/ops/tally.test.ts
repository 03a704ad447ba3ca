import { expect, test } from 'vitest';
import { createTally } from '#src/ops/tally.ts';
import type { Count } from '#src/stores/counts.ts';

test('what is counted goes to the ledger in sums, and is kept while that does not take it', async () => {
  const added: Count[][] = [];
  let isAway = true;
  const tally = createTally({
    async add(counts) {
      if (isAway) throw new Error('away');
      added.push([...counts]);
    },
  });
  for (let times = 0; times < 3; times++) tally.note({ kind: 'poll', sourceId: 'portal', outcome: 'unchanged' });
  await expect(tally.flush()).rejects.toThrow('away');
  tally.note({ kind: 'poll', sourceId: 'portal', outcome: 'unchanged' });
  tally.note({ kind: 'photo', articleId: 'a', revision: 1, position: 0, failure: 'damaged' });
  tally.note({ kind: 'ready', articleId: 'a', revision: 1 });
  isAway = false;
  await tally.flush();
  await tally.flush();
  expect(added).toEqual([
    [
      { name: 'polls', labels: { source: 'portal', outcome: 'unchanged' }, value: 4 },
      { name: 'photos', labels: { outcome: 'failed' }, value: 1 },
    ],
  ]);
});
