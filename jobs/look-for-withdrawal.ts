import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { isShifting } from '#jobs/hold-back.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { addressKey } from '#src/core/address-key.ts';
import { done, later, type Outcome } from '#src/core/outcome.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { isWithdrawal } from '#src/core/withdrawal.ts';
import type { OtherReading } from '#src/stores/articles.ts';
import type { Reading } from '#src/stores/sources.ts';

/** While nobody has said what its source's new ids mean. Milliseconds. */
const shiftLook = 10 * 60_000;
/** Until what came at the same time is read. */
const anewLook = 60_000;

/** A page that is gone: the article's withdrawal, or a wait until that is certain. */
export async function lookForWithdrawal(
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
    // Feeds are often quicker than their site's pages: one that is not there yet is asked for again.
    if (!raw.certain && reading.ref.sign === 'changed') throw new Error(raw.reason);
    await sources.finishReading(reading.id, now, reading.ref.stamp, { kind: 'lost', detail: raw.reason });
    await settleRef(configured, reading.ref, null, deps, signal);
    return done;
  }
  if (await isShifting(reading.sourceId, deps.ledger)) {
    await sources.letReadingGo(reading.id);
    return later(now + shiftLook);
  }
  // Deleted and set anew: taken back first, its posts would never come again.
  if (raw.certain && (await sources.comesAnew(reading))) {
    await sources.letReadingGo(reading.id);
    return later(now + anewLook);
  }
  if (!raw.certain) {
    const nextLook = now + deps.settings.guards.goneGrace / 2;
    const looked = await sources.countGone(reading.id, now, nextLook);
    if (!isWithdrawal(looked, deps.settings.guards.goneGrace, now)) return later(nextLook);
  }
  const standing = await standingElsewhere(known.stored.id, reading, deps);
  if (standing.length > 0) {
    // It may be long since anybody looked there.
    for (const { id } of standing) await sources.planLook(id, now);
    const step = { kind: 'stands' as const, detail: raw.reason };
    await sources.finishReading(reading.id, now, reading.ref.stamp, step, 'missing');
    await settleRef(configured, reading.ref, null, deps, signal);
    return done;
  }
  // The reading stays due until the withdrawal stands in the ledger: a lost job is found again.
  const payload = { articleId: known.stored.id, reason: raw.reason, readingId: reading.id, stamp: reading.ref.stamp };
  await sources.letReadingGo(reading.id);
  await deps.jobs.add({ kind: 'withdraw-article', payload });
  return done;
}

/**
 * Renamed, or told by another source too: its old page may be gone while the article stands at a new address. At the
 * same address it stands where its source has named it anew since.
 */
async function standingElsewhere(
  articleId: string,
  { sourceId, ref, foundAt }: Reading,
  { ledger, sources }: Deps,
): Promise<OtherReading[]> {
  const keys = { sourceId, externalId: ref.externalId, canonicalUrl: null };
  const others = await ledger.articles.otherReadings(articleId, keys);
  const keyOf = (url: string | null) => (url === null ? null : (addressKey(url)?.key ?? null));
  const own = keyOf(ref.url);
  return others.filter((other) => {
    if (!sources.has(other.sourceId)) return false;
    if (other.sourceId === sourceId && other.foundAt > foundAt) return true;
    const key = keyOf(other.url);
    return own !== null && key !== null && key !== own;
  });
}
