import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { done } from '#src/core/outcome.ts';
import { systemClock } from '#src/ops/clock.ts';
import { defineJob } from '#src/queue/job.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { createQueues } from '#src/queue/queues.ts';
import { startWorkers } from '#src/queue/worker.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';

test('what a process had begun when it ended is taken up at once by the only one after it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'loa-queue-'));
  const first = await startOn(data, () => new Promise(() => {}));
  await first.add();
  await first.ran;
  await first.close();

  const second = await startOn(data, async () => {});
  const started = performance.now();
  await second.ran;
  // A lock ends after ten seconds.
  expect(performance.now() - started).toBeLessThan(3000);
  await second.close();
  await rm(data, { recursive: true });
});

async function startOn(data: string, work: () => Promise<void>) {
  const tools = { alerts: recordingAlerts(), log: silentLog, clock: systemClock };
  const { queuePool, close } = await openDatabase({ ...tools, data, database: 'embedded' });
  const backend = await openBackend({ kind: 'database' }, { ...tools, queuePool, alone: true });
  const ran = Promise.withResolvers<void>();
  const definition = defineJob({
    kind: 'deliver-post',
    queue: 'deliver-board',
    payload: z.object({}),
    attempts: 1,
    async run(_payload, _deps: null) {
      ran.resolve();
      await work();
      return done;
    },
  });
  const definitions = new Map([[definition.kind, definition]]);
  const queues = createQueues({ backend, definitions, keepFailed: 1000, names: ['deliver-board'], log: silentLog });
  const { signal } = new AbortController();
  const workers = startWorkers(backend, [{ name: 'deliver-board', concurrency: 1 }], {
    definitions,
    deps: null,
    clock: systemClock,
    log: silentLog,
    signal,
  });
  return {
    ran: ran.promise,
    add: () => queues.add({ kind: 'deliver-post', payload: {} }),
    async close() {
      await workers.close(0);
      await queues.close();
      await backend.close();
      await close();
    },
  };
}
