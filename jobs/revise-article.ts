import type { Deps } from '#jobs/deps.ts';
import { announce, type Finding, plannedChannels } from '#jobs/finding.ts';
import { isEmbargoMoved } from '#src/core/age.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { isBreaking } from '#src/core/breaking.ts';
import { mostOfArticle } from '#src/core/delivery.ts';
import { planRevision } from '#src/core/delivery-plan.ts';
import type { Verdict } from '#src/core/identity.ts';
import { joinedSentence } from '#src/core/joined-sentence.ts';
import { changesBetween, rescheduled, returned } from '#src/core/revision.ts';
import { isRicher } from '#src/core/richness.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { KnownStory } from '#src/stores/articles.ts';

interface Known extends Finding {
  hash: string;
  known: KnownStory;
  /** How it was recognised. */
  by: Verdict['by'];
}

/**
 * What a reading of a known article adds: a further name, a revision. Null: nothing a reader sees. `again`: another
 * reading was quicker.
 */
export async function reviseArticle(found: Known, deps: Deps): Promise<StoredArticle | null | 'again'> {
  const { known, article, hash } = found;
  const { stored } = known;
  const isPoorer = givesLess(found, deps);
  await joinKeys(found, isPoorer, deps);
  const isBack = stored.state === 'withdrawn' && known.withdrawnBy === 'newsroom';
  const isMoved = isEmbargoMoved(stored, article, found.now);
  if (!isBack && (isPoorer || (known.contentHash === hash && !isMoved))) return null;
  const changes = [...changesBetween(stored, article), ...(isMoved ? [rescheduled] : [])];
  if (!isBack && changes.length === 0) return null;
  return writeRevision(found, isBack ? [returned, ...changes] : changes, isBack, deps);
}

/**
 * The text is that of the source that gives the most of it: another one's, or a part of its own, only takes its place
 * when it is richer.
 */
function givesLess({ known, article, identity, partial }: Known, { sources }: Deps): boolean {
  const { contentFrom, stored } = known;
  if (!partial && (contentFrom === identity.keys.sourceId || !sources.has(contentFrom))) return false;
  return !isRicher(article, stored);
}

async function joinKeys(found: Known, isPoorer: boolean, { ledger }: Deps): Promise<void> {
  const { identity, known, by, now } = found;
  const { keys, marks } = identity;
  const isKnown = known.names.some(
    ({ sourceId, externalId }) => sourceId === keys.sourceId && externalId === keys.externalId,
  );
  const addresses = [keys.canonicalUrl, ...(keys.addresses ?? [])];
  if (isKnown && addresses.every((one) => one === null || known.addresses.includes(one))) return;
  const isOwn = known.names.some(({ sourceId }) => sourceId === keys.sourceId);
  const text = isPoorer ? 'stays' : known.contentFrom === keys.sourceId ? 'own' : 'moves';
  const detail = joinedSentence({ ...keys, by, isOwn, text, textFrom: known.contentFrom });
  await ledger.articles.addKeys(known.stored.id, keys, { marks, detail, now });
}

async function writeRevision(
  { article, identity, hash, known, now }: Known,
  changes: string[],
  isBack: boolean,
  deps: Deps,
): Promise<StoredArticle | 'again'> {
  const { stored } = known;
  const existing = await deps.ledger.deliveries.list({ articleIds: [stored.id], limit: mostOfArticle });
  const revision = stored.revision + 1;
  const channels = await plannedChannels(deps, now);
  const { site } = deps.settings;
  const deliveries = planRevision({ stored, article, revision, changes, existing, channels, site, now });
  const isNew = (of: ChannelSettings) => isBreaking(of, article) && !isBreaking(of, stored);
  const urgent = channels.filter(({ settings }) => isNew(settings)).map(({ settings }) => settings.id);
  const { keys, marks } = identity;
  const made = await deps.ledger.articles.revise({
    ...{ id: stored.id, after: stored.revision, keys, marks, article, contentHash: hash, changes, deliveries, now },
    urgent,
    returned: isBack,
  });
  if (made) announce(made.article, changes, made.deliveries, deps, now);
  return made?.article ?? 'again';
}
