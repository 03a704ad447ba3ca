/** What the ledger has yet to be told of one cause: that it was raised, so often; that it is over; or both. */
import type { Alert } from '#src/stores/alerts.ts';

export interface AlertNews {
  raised: Pick<Alert, 'message' | 'next' | 'firstSeenAt' | 'lastSeenAt' | 'count'> | null;
  /** After `raised`, if both. */
  overAt: number | null;
}

/** One that comes back before its end was written goes on as the same. */
export function mergeNews(older: AlertNews, newer: AlertNews): AlertNews {
  if (!older.raised || !newer.raised) return { raised: newer.raised ?? older.raised, overAt: newer.overAt };
  const { firstSeenAt, count } = older.raised;
  return { raised: { ...newer.raised, firstSeenAt, count: count + newer.raised.count }, overAt: newer.overAt };
}

/** The alerts as they stand with the news. */
export function withNews(stored: readonly Alert[], news: Iterable<[string, AlertNews]>): Alert[] {
  const byCause = new Map(stored.map((alert) => [alert.cause, alert]));
  for (const [cause, { raised, overAt }] of news) {
    const before = byCause.get(cause);
    if (overAt !== null) byCause.delete(cause);
    else if (raised) {
      const { firstSeenAt, count } = before ?? { firstSeenAt: raised.firstSeenAt, count: 0 };
      byCause.set(cause, { cause, resolvedAt: null, ...raised, firstSeenAt, count: count + raised.count });
    }
  }
  return [...byCause.values()];
}
