import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { lookForWithdrawal } from '#jobs/look-for-withdrawal.ts';
import { enqueuePublication } from '#jobs/publication.ts';
import { recordArticle } from '#jobs/record-article.ts';
import { recordFailure } from '#jobs/record-failure.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { bodyFound, StoryNotFound, watchHabits } from '#jobs/watch-habits.ts';
import type { ReadingSigns } from '#src/articles/draft.ts';
import { isEmpty } from '#src/articles/empty.ts';
import type { ArticleKeys } from '#src/core/article.ts';
import { NotYet, UserError } from '#src/core/errors.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import { done, later, type Outcome, rejected } from '#src/core/outcome.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
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

    if ((await deps.ledger.sources.beginReading(readingId)) > mostBeginnings) {
      return recordFailure(poison(), reading, configured, deps, signal);
    }
    try {
      return await read(reading, configured, deps, signal);
    } catch (error) {
      await deps.ledger.sources.letReadingGo(readingId).catch(() => {});
      throw error;
    }
  },
});

/** Of an article that may end the worker; what fails in good order is not counted. */
const mostBeginnings = 3;

const poison = (): UserError =>
  new UserError(`the worker ended ${mostBeginnings} times while it was read; it is left alone from now on`, {
    next: 'Look at its page. It is read again when the newsroom changes it.',
  });

async function read(reading: Reading, configured: ConfiguredSource, deps: Deps, signal: AbortSignal): Promise<Outcome> {
  try {
    const raw = await configured.source.read(reading.ref, configured.settings.settings, sourceTools(deps, signal));
    if (raw?.kind === 'gone') return await lookForWithdrawal(reading, raw, configured, deps, signal);
    if (raw) await store(raw, reading, configured, deps);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof NotYet) {
      await deps.ledger.sources.letReadingGo(reading.id);
      return later(error.at);
    }
    return recordFailure(error, reading, configured, deps, signal);
  }
  await deps.ledger.sources.finishReading(reading.id, deps.clock.now(), reading.ref.stamp);
  await settleRef(configured, reading.ref, null, deps, signal);
  return done;
}

async function store(raw: Found, reading: Reading, configured: ConfiguredSource, deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const { profile, folder } = configured;
  let signs: ReadingSigns = { body: 'given' };
  const context = { profile, site: deps.settings.site, now, folder };
  const article = await deps.reader.read(raw, context, (told) => {
    signs = told;
  });
  const { externalId } = reading.ref;
  const body = bodyFound(raw, article, signs, profile);
  if (body === 'missing') {
    await watchHabits({ externalId, body, photos: null }, article.url, configured, deps);
    throw new StoryNotFound(profile);
  }
  // Perhaps the page is only broken for a moment.
  if (isEmpty(article)) throw new Error('neither a headline nor text stands there');
  const keys: ArticleKeys = {
    sourceId: reading.sourceId,
    externalId,
    canonicalUrl: article.url === null ? null : normalizeUrl(article.url),
  };
  const recorded = await recordArticle({ article, keys, baseline: reading.baseline, now }, deps);
  if (recorded) await enqueuePublication(recorded, deps.jobs);
  const photos = recorded?.revision === 1 ? article.photos.length : null;
  await watchHabits({ externalId, body, photos }, article.url, configured, deps);
}
