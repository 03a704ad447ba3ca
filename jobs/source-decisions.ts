/** What a person decides of everything of a source that is held. */
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { plannedChannels } from '#jobs/finding.ts';
import { knownRefs, tellHolds } from '#jobs/hold-back.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { addressKey } from '#src/core/address-key.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { SourceDecision, SourceDecisions } from '#src/core/decisions.ts';
import { mostOfArticle } from '#src/core/delivery.ts';
import { burstReason, planCreate } from '#src/core/delivery-plan.ts';
import { UserError } from '#src/core/errors.ts';
import { articleOf } from '#src/core/poll-verdict.ts';
import type { Reading } from '#src/stores/sources.ts';

/** A command without a running worker has no sources. */
type SourceDeps = Pick<Deps, 'ledger' | 'settings' | 'channels' | 'clock' | 'jobs' | 'alerts'> & Partial<Deps>;

export function createSourceDecisions(deps: SourceDeps): SourceDecisions {
  return {
    fold: (sourceId) => fold(sourceId, deps),
    seen: (sourceId) => decideBurst(sourceId, () => [], deps),
    newest: async (sourceId, count) => {
      await refuseUnread(sourceId, deps);
      return decideBurst(sourceId, (articles) => articles.slice(0, count), deps);
    },
    drip: (sourceId) => decideBurst(sourceId, null, deps),
  };
}

/** New ids join the stories they mean; the really new ones go on, as a burst where they are many. */
async function fold(sourceId: string, deps: SourceDeps): Promise<SourceDecision> {
  const { ledger, clock, settings } = deps;
  const held = await heldOf(sourceId, 'shift', deps);
  const known = await knownRefs(
    sourceId,
    held.map(({ ref }) => ref),
    ledger,
  );
  const now = clock.now();
  const fresh: Reading[] = [];
  let folded = 0;
  for (const reading of held) {
    const articleId = reading.ref.sign === 'changed' ? articleOf(reading.ref, known) : null;
    if (articleId === null) fresh.push(reading);
    else if (await foldOne(reading, articleId, deps, now)) {
      folded += 1;
      await settle(reading, deps);
    }
  }
  const to = fresh.length > settings.guards.burst ? 'burst' : null;
  const ids = fresh.map(({ id }) => id);
  const due = await ledger.holds.letGo(ids, to, now);
  for (const { id } of due) await deps.jobs.add({ kind: 'read-article', payload: { readingId: id } });
  await tellHolds(sourceId, deps);
  return { sourceId, renamed: folded, fresh: fresh.length, posts: 0, skipped: 0 };
}

/** A folder files the story away that was dropped once more. */
async function settle({ sourceId, ref }: Reading, deps: SourceDeps): Promise<void> {
  const configured = deps.sources?.get(sourceId);
  if (configured) await settleRef(configured, ref, null, deps as Deps, new AbortController().signal);
}

function foldOne({ id, ref, sourceId }: Reading, articleId: string, { ledger }: SourceDeps, now: number) {
  const address = ref.url === null ? null : addressKey(ref.url);
  const keys = { sourceId, externalId: ref.externalId, canonicalUrl: address?.specific ? address.key : null };
  const detail = `source ${sourceId} calls it ${ref.externalId.slice(0, 200).toWellFormed()} now: a person said that its ids changed`;
  return ledger.holds.fold({ readingId: id, articleId, keys, detail, now });
}

/** `choose`: of the articles, the newest first, those that are posted; null for all. */
async function decideBurst(
  sourceId: string,
  choose: ((articles: StoredArticle[]) => StoredArticle[]) | null,
  deps: SourceDeps,
): Promise<SourceDecision> {
  const { ledger, clock } = deps;
  const held = await heldOf(sourceId, 'burst', deps);
  const now = clock.now();
  const articles = await articlesOf(held, deps);
  // One may have come under two names, or have been taken back meanwhile.
  const standing = new Map([...articles.values()].map((article) => [article.id, article]));
  const newest = [...standing.values()]
    .filter(({ state }) => state !== 'withdrawn')
    .sort((a, b) => publishedAt(b) - publishedAt(a));
  const chosen = choose === null ? null : new Set(choose(newest).map(({ id }) => id));
  const decision = { sourceId, renamed: 0, fresh: held.length, posts: 0, skipped: 0 };
  for (const reading of held) {
    const article = articles.get(reading.id);
    // What is not read yet cannot be among the newest.
    const goes = chosen === null || (article !== undefined && chosen.has(article.id));
    if (article) await decideArticle(article, reading, goes, deps, now);
    // After its posts: stopped in between, the next try finds it held and does it again.
    await ledger.holds.letGo([reading.id], goes ? null : 'seen', now);
    decision[goes ? 'posts' : 'skipped'] += 1;
  }
  await tellHolds(sourceId, deps);
  return decision;
}

/** Which are the newest, their pages tell. One that cannot be read does not hold up the others. */
async function refuseUnread(sourceId: string, deps: SourceDeps): Promise<void> {
  const held = await heldOf(sourceId, 'burst', deps);
  const unread = held.filter(({ state, attempts }) => state === 'due' && attempts === 0).length;
  if (unread === 0) return;
  throw new UserError(
    `${unread} of the ${held.length} new articles of source ${sourceId} are not read yet: nobody can tell which are the newest.`,
    { next: 'Try again in a minute.' },
  );
}

async function decideArticle(
  article: StoredArticle,
  { foundAt }: Reading,
  goes: boolean,
  deps: SourceDeps,
  now: number,
): Promise<void> {
  const { ledger, settings, jobs } = deps;
  const planned = planCreate({
    articleId: article.id,
    article,
    sourceId: article.sourceId,
    baseline: article.baseline,
    held: goes ? null : 'seen',
    seenAt: foundAt,
    channels: await plannedChannels(deps, now),
    site: settings.site,
    now,
  });
  for (const row of await ledger.holds.decidePosts(article.id, planned, now)) await enqueueDelivery(row, jobs);
}

/** A person may have decided of the burst while the article was being read, with its posts held since. */
export async function followDecision(reading: Reading, deps: SourceDeps): Promise<void> {
  if (!reading.story.some(({ kind }) => kind === 'burst')) return;
  const { sources, holds, articles, deliveries } = deps.ledger;
  const after = await sources.reading(reading.id);
  const articleId = (await holds.articlesOf([reading.id])).get(reading.id);
  if (!after || after.held === 'burst' || articleId === undefined) return;
  const waiting = await deliveries.list({ articleIds: [articleId], states: ['waiting'], limit: mostOfArticle });
  const article = await articles.get(articleId);
  if (!article || !waiting.some(({ reason }) => reason === burstReason(article.sourceId))) return;
  await decideArticle(article, after, after.held === null, deps, deps.clock.now());
}

async function articlesOf(held: readonly Reading[], { ledger }: SourceDeps): Promise<Map<string, StoredArticle>> {
  const ids = await ledger.holds.articlesOf(held.map(({ id }) => id));
  const articles = new Map<string, StoredArticle>();
  for (const { id, sourceId, foundAt } of held) {
    const article = await ledger.articles.get(ids.get(id) ?? '');
    // One that another source had before has posts of its own.
    const isOwn = article?.sourceId === sourceId && Date.parse(article.firstSeenAt) >= foundAt;
    if (article && isOwn) articles.set(id, article);
  }
  return articles;
}

async function heldOf(sourceId: string, hold: 'shift' | 'burst', { ledger, settings }: SourceDeps): Promise<Reading[]> {
  const held = await ledger.holds.list(sourceId, hold);
  if (held.length > 0) return held;
  const known = settings.sources.map(({ id }) => id);
  if (!known.includes(sourceId)) {
    throw new UserError(`There is no source ${sourceId}.`, { next: `Sources: ${known.join(', ')}` });
  }
  const none = {
    shift: `Source ${sourceId} has no stories under new ids that wait for a person.`,
    burst: `Source ${sourceId} has no burst of new articles that waits for a person.`,
  };
  throw new UserError(none[hold], { next: 'loa source list shows what is held.' });
}

function publishedAt({ publishedAt: published, firstSeenAt }: StoredArticle): number {
  return Date.parse(published ?? firstSeenAt);
}
