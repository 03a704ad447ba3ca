import { expect, test } from 'vitest';
import { checkParts } from '#src/ops/health.ts';

test('each part answers for itself', async () => {
  const checks = await checkParts({
    ledger: async () => [],
    files: async () => {
      throw new Error('the disk is full');
    },
  });
  expect(checks).toEqual([
    { name: 'ledger', ok: true, detail: null },
    { name: 'files', ok: false, detail: 'the disk is full' },
  ]);
});
