import { expect, test } from 'vitest';
import { addReadings } from '#jobs/add-readings.ts';
import type { JobRequest } from '#src/queue/job.ts';
import type { Reading } from '#src/stores/sources.ts';

test('of thousands of articles of one source the later ones let other sources go first', async () => {
  const added: JobRequest[] = [];
  const jobs = { add: async (request: JobRequest) => void added.push(request), addFlow: async () => {} };
  const readings = Array.from({ length: 1000 }, (_, index) => ({ id: `${index}` }) as Reading);
  await addReadings(readings, { jobs });
  expect(added).toHaveLength(1000);
  expect(added[0]).toEqual({ kind: 'read-article', payload: { readingId: '0' } });
  expect(added.filter(({ behind }) => behind === undefined)).toHaveLength(20);
  expect(added.at(-1)!.behind).toBe(49);
});
