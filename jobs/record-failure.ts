import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { later, type Outcome, rejected } from '#src/core/outcome.ts';
import { readingRetry } from '#src/core/poll-interval.ts';
import { formatTime } from '#src/core/time.ts';
import type { Reading } from '#src/stores/sources.ts';

/** Writes down why an article could not be read, and when it is tried again, if that can help. */
export async function recordFailure(
  error: unknown,
  reading: Reading,
  configured: ConfiguredSource,
  deps: Deps,
  signal: AbortSignal,
): Promise<Outcome> {
  const now = deps.clock.now();
  const message = messageOf(error);
  // What a person must mend does not mend itself by asking again.
  const retryAt = error instanceof UserError ? null : readingRetry(reading.attempts + 1, now);
  await deps.ledger.sources.failReading(reading.id, { error: message, retryAt, now, stamp: reading.ref.stamp });
  const name = reading.ref.title ?? reading.ref.url ?? reading.ref.externalId;
  if (retryAt !== null) {
    const next = `next try at ${formatTime(retryAt, deps.settings.site.timezone)}`;
    deps.log.warn(`${reading.sourceId}: cannot read “${name}”: ${message}; ${next}`, { sourceId: reading.sourceId });
    return later(retryAt);
  }
  deps.alerts.raise({
    cause: `reading-${reading.id}`,
    message: `An article of ${reading.sourceId} was left out: “${name}”: ${message}`,
    ...(error instanceof UserError && error.next ? { next: error.next } : {}),
  });
  await settleRef(configured, reading.ref, message, deps, signal);
  return rejected(message);
}
