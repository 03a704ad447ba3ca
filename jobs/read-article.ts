import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { enqueuePublication } from '#jobs/publication.ts';
import { recordArticle } from '#jobs/record-article.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { readArticle as understand } from '#src/articles/read.ts';
import type { ArticleKeys } from '#src/core/article.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import { done, later, type Outcome, rejected } from '#src/core/outcome.ts';
import { readingRetry } from '#src/core/poll-interval.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { formatTime } from '#src/core/time.ts';
import { isWithdrawal } from '#src/core/withdrawal.ts';
import { defineJob } from '#src/queue/job.ts';
import type { Reading } from '#src/stores/sources.ts';

type Found = Exclude<RawArticle, { kind: 'gone' }>;

/** Reads one article that a poll found new, changed or gone, and writes what changed into the ledger. */
export const readArticle = defineJob({
  kind: 'read-article',
  queue: 'read',
  payload: z.object({ readingId: z.string() }),
  dedup: ({ readingId }) => readingId,
  attempts: 5,
  async run({ readingId }, deps: Deps, { signal }): Promise<Outcome> {
    const reading = await deps.ledger.sources.reading(readingId);
    if (!reading || reading.state === 'done') return done;
    if (reading.dueAt > deps.clock.now()) return later(reading.dueAt);
    const configured = deps.sources.get(reading.sourceId);
    if (!configured) return rejected(`source ${reading.sourceId} is no longer in the settings`);

    try {
      const raw = await configured.source.read(reading.ref, configured.settings.settings, sourceTools(deps, signal));
      if (raw?.kind === 'gone') return await lookForWithdrawal(reading, raw, configured, deps, signal);
      if (raw) await store(raw, reading, configured, deps);
    } catch (error) {
      if (signal.aborted) throw error;
      return recordFailure(error, reading, configured, deps, signal);
    }
    await deps.ledger.sources.finishReading(reading.id, deps.clock.now(), reading.ref.stamp);
    await settleRef(configured, reading.ref, null, deps, signal);
    return done;
  },
});

async function store(raw: Found, reading: Reading, configured: ConfiguredSource, deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const { profile, folder } = configured;
  const article = understand(raw, { profile, site: deps.settings.site, now, folder });
  const keys: ArticleKeys = {
    sourceId: reading.sourceId,
    externalId: reading.ref.externalId,
    canonicalUrl: article.url === null ? null : normalizeUrl(article.url),
  };
  const recorded = await recordArticle({ article, keys, baseline: reading.baseline, now }, deps);
  if (recorded) await enqueuePublication(recorded, deps.jobs);
}

async function lookForWithdrawal(
  reading: Reading,
  raw: RawArticle & { kind: 'gone' },
  configured: ConfiguredSource,
  deps: Deps,
  signal: AbortSignal,
): Promise<Outcome> {
  const now = deps.clock.now();
  const { sources, articles } = deps.ledger;
  const known = await articles.find({
    sourceId: reading.sourceId,
    externalId: reading.ref.externalId,
    canonicalUrl: null,
  });
  if (!known) {
    await sources.finishReading(reading.id, now);
    await settleRef(configured, reading.ref, null, deps, signal);
    return done;
  }
  if (!raw.certain) {
    const nextLook = now + deps.settings.guards.goneGrace / 2;
    const looked = await sources.countGone(reading.id, now, nextLook);
    if (!isWithdrawal(looked, deps.settings.guards.goneGrace, now)) return later(nextLook);
  }
  // The reading stays due until the withdrawal stands in the ledger: a lost job is found again.
  const payload = { articleId: known.stored.id, reason: raw.reason, readingId: reading.id, stamp: reading.ref.stamp };
  await deps.jobs.add({ kind: 'withdraw-article', payload });
  return done;
}

async function recordFailure(
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
  const next = retryAt === null ? 'left out' : `next try at ${formatTime(retryAt, deps.settings.site.timezone)}`;
  deps.log.warn(`${reading.sourceId}: cannot read “${name}”: ${message}; ${next}`, { sourceId: reading.sourceId });
  if (retryAt !== null) return later(retryAt);

  await deps.ledger.alerts.raise({
    cause: `reading-${reading.id}`,
    message: `An article of ${reading.sourceId} was left out: “${name}”: ${message}`,
    next: error instanceof UserError ? error.next : null,
    now,
  });
  await settleRef(configured, reading.ref, message, deps, signal);
  return rejected(message);
}
