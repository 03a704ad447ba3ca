import type { Deps } from '#jobs/deps.ts';
import type { Article, ArticleKeys, StoredArticle } from '#src/core/article.ts';
import { planCreate, planRevision } from '#src/core/delivery-plan.ts';
import { entryId } from '#src/core/identity.ts';
import { feedsTaking } from '#src/core/only.ts';
import { changesBetween, contentHash } from '#src/core/revision.ts';

export interface Finding {
  article: Article;
  keys: ArticleKeys;
  baseline: boolean;
  now: number;
}

/** Writes a new article or a new revision with its deliveries, in one transaction. Null: nothing a reader sees changed. */
export async function recordArticle(finding: Finding, deps: Deps): Promise<StoredArticle | null> {
  const { articles } = deps.ledger;
  const hash = contentHash(finding.article);
  for (let tries = 0; tries < 3; tries++) {
    const known = await articles.find(finding.keys);
    if (!known) return create(finding, hash, deps);
    await articles.addKeys(known.stored.id, finding.keys);
    if (known.contentHash === hash) return null;
    const revised = await revise(finding, hash, known.stored, deps);
    if (revised) return revised;
  }
  throw new Error('the article kept changing while its revision was written');
}

async function create(finding: Finding, hash: string, deps: Deps): Promise<StoredArticle> {
  const { article, keys, baseline, now } = finding;
  const id = deps.newId();
  const deliveries = planCreate({
    articleId: id,
    article,
    sourceId: keys.sourceId,
    baseline,
    channels: await plannedChannels(deps, now),
    site: deps.settings.site,
    now,
  });
  const entry = entryId(deps.settings.site.url, id, now);
  const made = await deps.ledger.articles.create({
    id,
    entryId: entry,
    keys,
    article,
    contentHash: hash,
    baseline,
    deliveries,
    now,
  });
  announce(made.article, [], made.deliveries, deps, now);
  return made.article;
}

async function revise(
  finding: Finding,
  hash: string,
  stored: StoredArticle,
  deps: Deps,
): Promise<StoredArticle | null> {
  const { article, keys, now } = finding;
  const changes = changesBetween(stored, article);
  const existing = await deps.ledger.deliveries.list({ articleIds: [stored.id], limit: 1000 });
  const revision = stored.revision + 1;
  const channels = await plannedChannels(deps, now);
  const { site } = deps.settings;
  const deliveries = planRevision({ stored, article, revision, changes, existing, channels, site, now });
  const made = await deps.ledger.articles.revise({
    id: stored.id,
    after: stored.revision,
    keys,
    article,
    contentHash: hash,
    changes,
    deliveries,
    now,
  });
  if (made) announce(made.article, changes, made.deliveries, deps, now);
  return made?.article ?? null;
}

/** The channels with the moment each was first seen: what stood there before is not posted on it. */
async function plannedChannels(deps: Deps, now: number) {
  return Promise.all(
    [...deps.channels.values()].map(async ({ settings, channel }) => ({
      settings,
      channel,
      since: (await deps.ledger.channels.state(settings.id, now)).since,
    })),
  );
}

function announce(
  article: StoredArticle,
  changes: string[],
  deliveries: { channelId: string; state: string }[],
  deps: Deps,
  seenAt: number,
): void {
  deps.journal.note({
    kind: 'article',
    articleId: article.id,
    revision: article.revision,
    headline: article.headline,
    changes,
    baseline: article.baseline,
    photos: article.photos.filter((photo) => photo.url !== null).length,
    seenAt,
    feeds: feedsTaking(article, deps.settings.feeds),
    channels: deliveries.filter((delivery) => delivery.state === 'waiting').map((delivery) => delivery.channelId),
  });
}
