import { expect, test } from 'vitest';
import type { QueueHealth } from '#src/queue/health.ts';
import { hintsFor } from '#src/queue/hints.ts';

function bench(isAway: boolean, isServers: boolean) {
  const noted: unknown[] = [];
  const added: string[] = [];
  const note = (error: unknown) => noted.push(error) > 0 && isServers;
  const health: QueueHealth = { note, lost() {}, isAway: () => isAway, onBack() {}, close() {} };
  const failing = {
    async add({ kind }: { kind: string }) {
      added.push(kind);
      throw new Error('refused');
    },
    async addFlow() {
      throw new Error('refused');
    },
  };
  return { hints: hintsFor(failing, { health }), noted, added };
}

test('a server that refuses fails nobody: it is noted, and the sweep adds the job again', async () => {
  const { hints, noted } = bench(false, true);
  await hints.add({ kind: 'read-article', payload: {} });
  await hints.addFlow({ parent: { kind: 'publish-article', id: 'p', payload: {} }, children: [] });
  expect(noted).toHaveLength(2);
});

test('a server that is away is not asked again for every job', async () => {
  const { hints, added } = bench(true, true);
  await hints.add({ kind: 'read-article', payload: {} });
  expect(added).toEqual([]);
});

test('what is wrong with the job itself is thrown', async () => {
  const { hints } = bench(false, false);
  await expect(hints.add({ kind: 'nonsense', payload: {} })).rejects.toThrow('refused');
});
