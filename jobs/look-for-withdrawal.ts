import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { isShifting } from '#jobs/hold-back.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { addressKey } from '#src/core/address-key.ts';
import { done, later, type Outcome } from '#src/core/outcome.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { isWithdrawal } from '#src/core/withdrawal.ts';
import type { Reading } from '#src/stores/sources.ts';

/** While nobody has said what its source's new ids mean. Milliseconds. */
const shiftLook = 10 * 60_000;

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
  if (!raw.certain) {
    const nextLook = now + deps.settings.guards.goneGrace / 2;
    const looked = await sources.countGone(reading.id, now, nextLook);
    if (!isWithdrawal(looked, deps.settings.guards.goneGrace, now)) return later(nextLook);
  }
  if (await standsElsewhere(known.stored.id, reading, deps)) {
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

/** Renamed, or told by another source too: its old page may be gone while the article stands at a new address. */
async function standsElsewhere(articleId: string, { sourceId, ref }: Reading, { ledger, sources }: Deps) {
  const keys = { sourceId, externalId: ref.externalId, canonicalUrl: null };
  const others = await ledger.articles.otherReadings(articleId, keys);
  const own = ref.url === null ? null : addressKey(ref.url)?.key;
  if (!own) return false;
  return others.some(({ sourceId: source, url }) => {
    const other = url === null ? null : addressKey(url)?.key;
    return sources.has(source) && other !== null && other !== own;
  });
}
