import type { Deps } from '#jobs/deps.ts';
import type { Reading } from '#src/stores/sources.ts';

/** As many of one source go on at once; of more the later ones let other sources' articles go first. */
const atOnce = 20;

/** Each is read soon, however many thousands another source has found. */
export async function addReadings(readings: readonly Reading[], { jobs }: Pick<Deps, 'jobs'>): Promise<void> {
  for (const [index, { id }] of readings.entries()) {
    const behind = Math.floor(index / atOnce);
    await jobs.add({ kind: 'read-article', payload: { readingId: id }, ...(behind > 0 && { behind }) });
  }
}
